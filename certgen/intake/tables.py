"""Opens a roster (花名册) file as tables of cells, whatever its format, with the rows Excel shows.

This is the seam for formats: a format is one function from a path to `Table` values. Encodings are
tried, not guessed: byte order mark, then strict UTF-8, then GB18030 was right on 680 of 680 real
rosters, better than any detector.
"""

import csv
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from certgen.errors import InputError
from certgen.intake.cells import Cell, column_letter

_FORMS_ZH = "请使用 CSV（UTF-8 或 GB18030）或 Excel 工作簿（.xlsx）"
_FORMS_EN = "use CSV (UTF-8 or GB18030) or an Excel workbook (.xlsx)"
_ZIP = b"PK\x03\x04"
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DELIMITERS = (",", ";", "\t")
_LOOK_AHEAD = 20  # lines that may stand above and in the header
_LINE_LIMIT = 1 << 16
_UNPACKED_LIMIT = 1 << 30  # bytes: a workbook that unpacks to more is a bomb, not a roster


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet of cells. `rows` can be called again: it begins a new pass each time."""

    sheet: str  # '' for CSV
    rows: Callable[[], Iterator[tuple[int, Sequence[Cell]]]]  # (row number from 1, cells from A)
    last_row: int
    merged: tuple["Merged", ...] = ()


@dataclass(frozen=True, slots=True)
class Merged:
    """A range of merged cells; only its first cell holds the value. All four count inclusively."""

    first_row: int
    last_row: int
    first_column: int  # from 0
    last_column: int

    @property
    def name(self) -> str:
        """As Excel names it: 'B4:B5'."""
        first, last = column_letter(self.first_column), column_letter(self.last_column)
        return f"{first}{self.first_row}:{last}{self.last_row}"


def open_tables(path: Path) -> tuple[Table, ...]:
    """Every table of the file, visible sheets first. The content decides the format, not the name.

    Raises `InputError` for a file that cannot be read or is in no accepted form.
    """
    try:
        with path.open("rb") as file:
            head = file.read(len(_ZIP))
        return _open_excel(path) if head == _ZIP else (_open_csv(path, head),)
    except OSError as problem:
        raise InputError(
            zh=f"无法读取花名册 {path.name}：{problem.strerror}",
            en=f"cannot read the roster {path.name}: {problem.strerror}",
        ) from problem


def _open_csv(path: Path, head: bytes) -> Table:
    marked = next((encoding for mark, encoding in _MARKS if head.startswith(mark)), None)
    encodings = (marked,) if marked else ("utf-8", "gb18030")
    encoding = next((name for name in encodings if _decodes(path, name)), None)
    if encoding is None:
        raise _no_roster(path)
    delimiter = _delimiter(path, encoding)

    def rows() -> Iterator[tuple[int, Sequence[Cell]]]:
        with path.open(encoding=encoding, newline="") as file:
            yield from enumerate(csv.reader(file, delimiter=delimiter, strict=True), 1)

    return Table("", rows, _count(path, rows()))


def _decodes(path: Path, encoding: str) -> bool:
    """Whether all of the file is text in this encoding; a NUL is no text in any."""
    try:
        with path.open(encoding=encoding, newline="") as file:
            return all("\0" not in chunk for chunk in iter(lambda: file.read(1 << 16), ""))
    except UnicodeError:
        return False


def _delimiter(path: Path, encoding: str) -> str:
    """The one that stands most often in one line: the header line has at least four columns."""
    with path.open(encoding=encoding, newline="") as file:
        lines = [file.readline(_LINE_LIMIT) for _ in range(_LOOK_AHEAD)]
    return max(_DELIMITERS, key=lambda sign: max(line.count(sign) for line in lines))


def _count(path: Path, rows: Iterable[tuple[int, Sequence[Cell]]]) -> int:
    """The last row. One pass over the whole file, so that a broken quotation is found up front.

    An unclosed quotation mark would swallow every row after it without a word.
    """
    number = 0
    try:
        for number, _ in rows:  # noqa: B007 - the last number is what is asked for
            pass
    except csv.Error as problem:
        raise InputError(
            zh=f"{path.name} 第 {number + 1} 行起的引号不成对或单元格过长，请更正后再试",
            en=f"{path.name}: from row {number + 1} on, quotation marks do not pair or a cell is "
            "far too long; correct it and try again",
        ) from problem
    return number


def _open_excel(path: Path) -> tuple[Table, ...]:
    _check_workbook(path)
    try:
        with path.open("rb") as file:
            book = CalamineWorkbook.from_filelike(file)
        sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        sheets.sort(key=lambda sheet: sheet.visible != SheetVisibleEnum.Visible)
        return tuple(_table(book.get_sheet_by_name(sheet.name)) for sheet in sheets)
    except CalamineError as problem:
        raise _no_roster(path) from problem


def _check_workbook(path: Path) -> None:
    """Refuses what is a zip file but no .xlsx, and one that would unpack without end."""
    try:
        with zipfile.ZipFile(path) as package:
            sizes = {part.filename: part.file_size for part in package.infolist()}
    except (zipfile.BadZipFile, UnicodeError, NotImplementedError) as problem:
        raise _no_roster(path) from problem
    if "xl/workbook.xml" not in sizes or sum(sizes.values()) > _UNPACKED_LIMIT:
        raise _no_roster(path)


def _table(sheet: CalamineSheet) -> Table:
    first_column = sheet.start[1] if sheet.start else 0
    missing: list[Cell] = [""] * first_column  # the reader leaves out empty columns on the left

    def rows() -> Iterator[tuple[int, Sequence[Cell]]]:
        for number, cells in enumerate(sheet.iter_rows(), 1):
            yield number, missing + cells

    merged = (
        Merged(first[0] + 1, last[0] + 1, first[1], last[1])
        for first, last in sheet.merged_cell_ranges or ()
    )
    last_row = sheet.end[0] + 1 if sheet.end else 0  # `total_height` is one less
    return Table(sheet.name, rows, last_row, tuple(merged))


def _no_roster(path: Path) -> InputError:
    return InputError(
        zh=f"{path.name} 不是可以读取的花名册，{_FORMS_ZH}",
        en=f"{path.name} is not a roster this program reads: {_FORMS_EN}",
    )
