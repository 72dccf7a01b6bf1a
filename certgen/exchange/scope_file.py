"""Reads the filed scope (备案职业范围): a CSV of what an agency may certify, and at which levels.

Certificates must match it: 职业名称, 工种/职业方向 and 等级 as filed and published
(人社鉴发〔2021〕1号 三(二)). The columns are those of the form in 豫职鉴〔2021〕1号, whose table
can be saved as it is:

    职业编码,职业名称,工种/职业方向,级别,评价标准
    6-18-01-01,车工,普通车床,4、3、2、1,国家职业技能标准

Two lines may name the same occupation and job; together they hold.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
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


class _Row(NamedTuple):
    line: int
    cells: tuple[str, ...]


class _Problem(NamedTuple):
    line: int
    said: Said


def read(path: Path) -> tuple[ScopeEntry, ...]:
    """The entries of the scope file at `path`, in its order; at least one.

    Raises `InputError`, whose message has one line for each problem: 'scope.csv:7  …'.
    """
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise InputError(
            zh=f"无法读取备案职业范围 {path.name}，请检查路径",
            en=f"cannot read the filed scope {path.name}; check the path",
        ) from error
    problems: list[_Problem] = []
    entries = _entries(_rows(_decode(path, data), problems), problems)
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


def _entries(rows: Iterator[_Row], problems: list[_Problem]) -> tuple[ScopeEntry, ...]:
    columns = next((found for row in rows if (found := _columns(row, problems))), None)
    if columns is None:
        zh = "找不到表头：需要“职业名称”和“等级”两列（可加“工种/职业方向”“职业编码”）"
        en = "no header: 职业名称 and 等级 are needed, 工种/职业方向 and 职业编码 may be there too"
        problems.append(_Problem(1, Said(zh, en)))
        return ()
    entries = [_entry(row, columns, problems) for row in rows]
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


def _entry(row: _Row, columns: Mapping[str, int], problems: list[_Problem]) -> ScopeEntry:
    """What `row` says. If `problems` grew, the entry is not to be used."""

    def cell(name: str) -> str:
        at = columns.get(name, len(row.cells))
        return row.cells[at] if at < len(row.cells) else ""

    def report(zh: str, en: str) -> None:
        problems.append(_Problem(row.line, Said(zh, en)))

    occupation, code = _MARKS.sub("", cell("occupation")), half_width(cell("code"))
    if not occupation:
        report("职业名称为空，请填写", "no occupation; fill in 职业名称")
    if code and not _CODE.fullmatch(code):
        report(
            f"职业编码“{shown(code)}”应为 6-18-01-01 的形式",
            f"occupation code '{shown(code)}' must look like 6-18-01-01",
        )
    if any(_LONE_LEVEL.fullmatch(behind) for behind in row.cells[columns["levels"] + 1 :]):
        report(  # 5,4,3 without quotes: unseen, two levels would be lost
            "等级似乎被逗号分到了几格，请用顿号分隔，如 5、4、3",
            "the levels seem to fill several cells; separate them with 、 as in 5、4、3",
        )
    job, levels = cell("job"), frozenset[Level]()
    try:
        levels = _levels(cell("levels"))
    except LevelError as error:
        report(
            f"{error.said.zh}；多个等级请用顿号分隔",
            f"{error.said.en}; separate several levels with 、",
        )
    return ScopeEntry(occupation, None if job in _NO_JOB else job, levels, code)


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
