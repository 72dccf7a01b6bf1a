"""Reads the filed scope (备案职业范围): a CSV of what an agency may certify, and at which levels.

Certificates must match it: 职业名称, 工种/职业方向 and 等级 as filed and published
(人社鉴发〔2021〕1号 三(二)). The columns are those of the form in 豫职鉴〔2021〕1号, whose table
can be saved as it is:

    职业编码,职业名称,工种/职业方向,级别,评价标准
    6-18-01-01,车工,普通车床,4、3、2、1,国家职业技能标准

Two lines may name the same occupation and job; together they hold. Three more columns, ours, may
limit a line; an empty cell does not limit:

    职业名称,等级,站点,起始日期,截止日期
    车工,5-3,main、zezhou,2026-03-01,2028-12-31
"""

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from certgen.errors import InputError, LevelError, Said
from certgen.exchange.agency import ScopeEntry
from certgen.standards.levels import Level
from certgen.standards.text import half_width, shown

_HEADERS: Mapping[str, tuple[str, ...]] = {
    "code": ("职业编码", "职业代码", "occupation code", "code"),
    "occupation": ("职业名称", "职业", "occupation", "occupation name"),
    "job": ("工种/职业方向", "工种/方向", "工种名称", "工种", "职业方向", "job"),
    "levels": ("等级", "级别", "职业技能等级", "技能等级", "评价等级", "level", "levels"),
    "sites": ("站点", "评价站点", "site", "sites"),
    "from": ("起始日期", "备案起始日期", "filed from", "from"),
    "until": ("截止日期", "备案截止日期", "filed until", "until"),
}
_FIELDS = {alias.replace(" ", ""): name for name, known in _HEADERS.items() for alias in known}

_NO_JOB = ("", "--", "——")  # -- 人社鉴发〔2021〕1号 三(一); —— the withdrawn form of 2019
_CODE = re.compile(r"[1-8]-[0-9]{2}-[0-9]{2}-[0-9]{2}")  # 职业分类大典: 大类-中类-小类-细类
_MARKS = re.compile(  # 职业分类大典 marks digital (S) and green (L) occupations behind the name
    r"(?<=[^A-Za-z\s/(（])\s*(?:[SL](?:\s*/?\s*[SL])?|[(（][SL](?:\s*/?\s*[SL])?[)）])$"
)
_LIST = re.compile(r"[、,;\n]")
_RANGE = re.compile(r"[-–—~至到]+")
_NUMERAL = re.compile(r"[1-5一二三四五]级?")
_LONE_LEVEL = re.compile(r"[1-5]级?")
_DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")


class _Row(NamedTuple):
    line: int
    cells: tuple[str, ...]


class _Problem(NamedTuple):
    line: int
    said: Said


def read(path: Path, sites: Collection[str] = ()) -> tuple[ScopeEntry, ...]:
    """The entries of the scope file at `path`, in its order; at least one.

    `sites` are the ids that the column 站点 may name; without them any id goes. Raises
    `InputError`, whose message has one line for each problem: 'scope.csv:7  …'.
    """
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise InputError(
            zh=f"无法读取备案职业范围 {path.name}，请检查路径",
            en=f"cannot read the filed scope {path.name}; check the path",
        ) from error
    problems: list[_Problem] = []
    entries = _entries(_rows(_decode(path, data), problems), problems, sites)
    if problems:
        raise InputError(
            zh="\n".join(f"{path.name}:{line}  {said.zh}" for line, said in problems),
            en="\n".join(f"{path.name}:{line}  {said.en}" for line, said in problems),
        )
    return entries


def _decode(path: Path, data: bytes) -> str:
    """UTF-8, with or without its mark, else GB18030 as Excel writes it; no guessing beyond that."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            zh=f"{path.name}:{line}  既不是 UTF-8 也不是 GB18030 编码，请另存为 CSV UTF-8",
            en=f"{path.name}:{line}  neither UTF-8 nor GB18030; save it as CSV UTF-8",
        ) from error


def _rows(text: str, problems: list[_Problem]) -> Iterator[_Row]:
    """The lines that are not empty, each with the number of its first line in the file."""
    reader = csv.reader(io.StringIO(text, newline=""))
    line = 1
    try:
        for cells in reader:
            if any(map(str.strip, cells)):
                yield _Row(line, tuple(map(str.strip, cells)))
            line = reader.line_num + 1
    except csv.Error as error:
        zh, en = f"不是有效的 CSV（{error}），请从表格另存", f"not CSV ({error}); save it again"
        problems.append(_Problem(line, Said(zh, en)))


def _entries(
    rows: Iterator[_Row], problems: list[_Problem], sites: Collection[str]
) -> tuple[ScopeEntry, ...]:
    columns = next((found for row in rows if (found := _columns(row, problems))), None)
    if columns is None:
        zh = "找不到表头：需要“职业名称”和“等级”两列（可加“工种/职业方向”“职业编码”）"
        en = "no header: 职业名称 and 等级 are needed, 工种/职业方向 and 职业编码 may be there too"
        problems.append(_Problem(1, Said(zh, en)))
        return ()
    entries = [_Line(row, columns, problems).entry(sites) for row in rows]
    if not entries and not problems:
        zh, en = "表头下没有内容，请填写备案范围", "nothing under the header; fill in the scope"
        problems.append(_Problem(1, Said(zh, en)))
    return tuple(entries)


def _columns(row: _Row, problems: list[_Problem]) -> Mapping[str, int] | None:
    """Where each field stands if `row` is the header; titles above it are passed over."""
    columns: dict[str, int] = {}
    for at, cell in enumerate(row.cells):
        name = _FIELDS.get("".join(half_width(cell).lower().split()))
        if name in columns:
            zh = f"“{cell}”与“{row.cells[columns[name]]}”重复，请只留一列"
            en = f"'{cell}' repeats '{row.cells[columns[name]]}'; keep one of the columns"
            problems.append(_Problem(row.line, Said(zh, en)))
        elif name:
            columns[name] = at
    return columns if {"occupation", "levels"} <= columns.keys() else None


@dataclass(frozen=True, slots=True)
class _Line:
    """One line in hand. If `problems` grew, what was read of it is not to be used."""

    row: _Row
    columns: Mapping[str, int]
    problems: list[_Problem]

    def entry(self, sites: Collection[str]) -> ScopeEntry:
        occupation, job = _MARKS.sub("", self.cell("occupation")), self.cell("job")
        if not occupation:
            self.report("职业名称为空，请填写", "no occupation; fill in 职业名称")
        return ScopeEntry(
            occupation,
            None if job in _NO_JOB else job,
            self.levels(sites),
            self.code(),
            self.sites(sites),
            *self.period(),
        )

    def cell(self, name: str) -> str:
        at = self.columns.get(name, len(self.row.cells))
        return self.row.cells[at] if at < len(self.row.cells) else ""

    def report(self, zh: str, en: str) -> None:
        self.problems.append(_Problem(self.row.line, Said(zh, en)))

    def code(self) -> str:
        code = half_width(self.cell("code"))
        if code and not _CODE.fullmatch(code):
            self.report(
                f"职业编码“{shown(code)}”应为 6-18-01-01 的形式",
                f"occupation code '{shown(code)}' must look like 6-18-01-01",
            )
        return code

    def levels(self, sites: Collection[str]) -> frozenset[Level]:
        behind = self.row.cells[self.columns["levels"] + 1 :]
        if any(_LONE_LEVEL.fullmatch(cell) and cell not in sites for cell in behind):
            self.report(  # 5,4,3 without quotes: unseen, two levels would be lost
                "等级似乎被逗号分到了几格，请用顿号分隔，如 5、4、3",
                "the levels seem to fill several cells; separate them with 、 as in 5、4、3",
            )
        try:
            return _levels(self.cell("levels"))
        except LevelError as error:
            self.report(
                f"{error.said.zh}；多个等级请用顿号分隔",
                f"{error.said.en}; separate several levels with 、",
            )
            return frozenset()

    def sites(self, known: Collection[str]) -> frozenset[str]:
        named = frozenset(filter(None, map(str.strip, _LIST.split(half_width(self.cell("sites"))))))
        unknown = "、".join(sorted(named.difference(known))) if known else ""
        if unknown:
            listed = "、".join(known)
            self.report(
                f"机构配置中没有站点“{shown(unknown)}”，可用：{listed}",
                f"the agency file has no site '{shown(unknown)}'; it has: {listed}",
            )
        return named

    def period(self) -> tuple[date | None, date | None]:
        first, last = self.day("from"), self.day("until")
        if first and last and first > last:
            self.report(
                f"截止日期早于起始日期 {first}，请核对",
                f"the last day is before the first, {first}; check both",
            )
        return first, last

    def day(self, name: str) -> date | None:
        text = self.cell(name)
        if not text:
            return None
        found = _DAY.fullmatch("".join(half_width(text).split()))
        try:
            if found:
                return date(*map(int, found.groups()))
        except ValueError:  # no such day
            pass
        self.report(
            f"日期“{shown(text)}”应为 2026-03-01 的形式",
            f"date '{shown(text)}' must look like 2026-03-01",
        )
        return None


def _levels(text: str) -> frozenset[Level]:
    """Every level that a cell lists: '5、4、3', '五级/初级工', '5-3', '高级工/技师'."""
    pieces = [piece for piece in _LIST.split(half_width(text)) if piece.strip()]
    return frozenset(level for piece in pieces or [""] for level in _levels_of(piece))


def _levels_of(piece: str) -> set[Level]:
    ends = _RANGE.split(piece)
    if len(ends) == 2:
        high, low = sorted(map(Level.parse, ends))
        return {level for level in Level if high <= level <= low}
    parts = piece.split("/")
    if len({bool(_NUMERAL.fullmatch(part.strip())) for part in parts}) == 1:
        return set(map(Level.parse, parts))  # 5/4/3 or 高级工/技师
    return {Level.parse(piece)}  # 三级/高级工 is one level, 三级/中级工 a contradiction
