"""The user's own list (名单): rows with name, number, level, date … out of a workbook or CSV, whatever else it holds.

Only to compare with: nothing in it is believed, and nothing but the last four of an identity number is kept.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import python_calamine

from certgen.errors import InputError, LevelError
from certgen.standards.levels import Level
from certgen.standards.text import half_width
from verify.claims import Channel, Claim, Field

HEADER_WITHIN = 20
MAX_ROWS = 100_000
MAX_BYTES = 100_000_000
MAX_UNPACKED = 400_000_000

_ALIASES: Mapping[Field, tuple[str, ...]] = {
    Field.NAME: ("姓名", "名字", "持证人", "持证人姓名", "Name"),
    Field.CODE: (
        "证书编号",
        "证书编码",
        "证书号",
        "编号",
        "Certificate No.",
        "Certificate number",
        "Number",
    ),
    Field.IDENTITY_TAIL: (
        "证件号码",
        "身份证号",
        "身份证号码",
        "证件号",
        "证件号码末四位",
        "ID No.",
        "ID number",
    ),
    Field.OCCUPATION: ("职业名称", "职业", "Occupation"),
    Field.JOB: ("工种/职业方向", "工种", "工种名称", "职业方向", "Job"),
    Field.LEVEL: ("职业技能等级", "技能等级", "等级", "级别", "Skill Level", "Level"),
    Field.ISSUE_DATE: ("发证日期", "发证时间", "颁证日期", "Issued date", "Issue date", "Date"),
}
_DATE = re.compile(r"(20[0-9]{2})[-/.年]?([0-9]{1,2})[-/.月]?([0-9]{1,2})日?(?:[ T].*)?")


@dataclass(frozen=True, slots=True)
class Row:
    """One row, and where it stands."""

    number: int  # as Excel counts, from 1
    claims: tuple[Claim, ...]

    def value(self, field: Field) -> str:
        """What the row says, or ''."""
        return next((claim.value for claim in self.claims if claim.field is field), "")


@dataclass(frozen=True, slots=True)
class Listing:
    """The rows of one sheet, and where its header is."""

    path: Path
    sheet: str  # '' for CSV
    header: int  # row number of the header
    columns: Mapping[Field, int]  # from 0
    rows: tuple[Row, ...]
    width: int  # columns in use
    table: tuple[tuple[object, ...], ...] = field(default=(), repr=False)  # all cells, to copy


def read(path: Path, sheet: str | None = None) -> Listing:
    """The list in `path`. Raises `InputError` where no header names a certificate number or a name."""
    if path.stat().st_size > MAX_BYTES:
        raise InputError(
            zh=f"名单过大：{path.name}", en=f"the list {path.name} is too large; split it"
        )
    _refuse_bomb(path)
    name, table = _table(path, sheet)
    for index, cells in enumerate(table[:HEADER_WITHIN]):
        columns = _columns(cells)
        if Field.CODE in columns or {Field.NAME, Field.LEVEL} <= columns.keys():
            rows = tuple(_rows(table, index, columns))
            width = max(map(len, table), default=0)
            return Listing(path, name, index + 1, columns, rows, width, tuple(map(tuple, table)))
    raise InputError(
        zh=f"{path.name} 前 {HEADER_WITHIN} 行没有表头：至少要有“证书编号”一列，最好还有姓名、等级、发证日期",
        en=f"no header in the first {HEADER_WITHIN} rows of {path.name}: a column 证书编号 is needed, better "
        "also 姓名, 职业技能等级, 发证日期",
    )


def _refuse_bomb(path: Path) -> None:
    """A workbook is a zip: one that swells beyond all reason is not opened."""
    if not is_zipfile(path):
        return
    with ZipFile(path) as package:
        size = sum(one.file_size for one in package.infolist())
    if size > MAX_UNPACKED:
        raise InputError(
            zh=f"{path.name} 解压后有 {size // 1_000_000} MB，不像名单，未打开",
            en=f"{path.name} unpacks to {size // 1_000_000} MB, which no list does: not opened",
        )


def _table(path: Path, sheet: str | None) -> tuple[str, list[list[object]]]:
    if path.suffix.lower() in {".csv", ".txt", ".tsv"}:
        return "", [list(row) for row in _csv(path)]
    try:
        book = python_calamine.CalamineWorkbook.from_path(path)
        name = sheet or book.sheet_names[0]
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, OSError, IndexError, ValueError) as problem:
        raise InputError(
            zh=f"无法读取名单 {path.name}：不是可读的工作簿，或没有这个工作表",
            en=f"cannot read the list {path.name}: no workbook that can be read, or no such sheet",
        ) from problem
    return name, [list(row) for row in rows[: MAX_ROWS + HEADER_WITHIN]]


def decoded(data: bytes) -> str:
    """Text of a CSV: byte order mark, strict UTF-8, else GB18030."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("gb18030", errors="replace")


def delimiter(text: str) -> str:
    """Tab, semicolon or comma, whichever the first lines have most of."""
    head = text[:4000]
    return max(",;\t", key=head.count)


def _csv(path: Path) -> Iterable[list[str]]:
    text = decoded(path.read_bytes())
    return list(csv.reader(io.StringIO(text), delimiter=delimiter(text)))[
        : MAX_ROWS + HEADER_WITHIN
    ]


def _columns(cells: Sequence[object]) -> dict[Field, int]:
    found: dict[Field, int] = {}
    for index, cell in enumerate(cells):
        word = re.sub(r"[\s*＊:：]|\(.*?\)", "", half_width(str(cell))).casefold()
        for kind, aliases in _ALIASES.items():
            if word and word in {re.sub(r"\s", "", alias).casefold() for alias in aliases}:
                found.setdefault(kind, index)
    return found


def _rows(table: list[list[object]], header: int, columns: Mapping[Field, int]) -> Iterable[Row]:
    for index, cells in enumerate(table[header + 1 :], header + 2):
        claims = tuple(
            Claim(field, value, Channel.LISTED)
            for field, column in columns.items()
            if column < len(cells) and (value := _value(field, cells[column]))
        )
        if claims:
            yield Row(index, claims)


def _value(field: Field, cell: object) -> str:
    """A cell as claims keep it; '' for an empty one. What cannot be read stays as it is, to be seen to differ."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = half_width(str(cell)).strip() if not isinstance(cell, date | datetime) else ""
    match field:
        case Field.CODE:
            return "".join(text.split()).upper()
        case Field.IDENTITY_TAIL:
            return "".join(text.split()).upper()[-4:]
        case Field.LEVEL:
            try:
                return f"{Level.parse(text):d}" if text else ""
            except LevelError:
                return text[:40]
        case Field.ISSUE_DATE:
            return _day(cell, text)
        case _:
            return str(cell).strip()[:200]


def _day(cell: object, text: str) -> str:
    if isinstance(cell, date):
        return cell.strftime("%Y-%m-%d")
    found = _DATE.fullmatch(text)
    if not found:
        return text[:40]
    try:
        return date(*map(int, found.groups())).isoformat()
    except ValueError:
        return text[:40]
