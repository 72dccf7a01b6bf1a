"""Rosters as workbooks (.xlsx, .xls, .ods): values from calamine, what it leaves out from `marks_*`."""

import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from certgen.intake import marks_ods, marks_xls, marks_xlsx
from certgen.intake.compound import Compound, CompoundError
from certgen.intake.delimited import no_roster
from certgen.intake.grids import Marks, Merged, Rows, Table, with_flaws
from certgen.intake.packages import DAMAGE, Package, package_of, password

_BOOK_STREAMS = ("Workbook", "Book")  # since Excel 97, and before

_MarksOf = Callable[[int, str, int], Marks]
"""Number of the sheet in the file, its name, its last row -> its marks."""


def open_package(path: Path) -> tuple[Table, ...]:
    """The sheets of an .xlsx or .ods, visible ones first. Raises `InputError`."""
    if package_of(path) is Package.ODS:
        return _tables(path, lambda _, sheet, last: marks_ods.marks(path, sheet, last))
    return _tables(path, lambda _, sheet, __: marks_xlsx.marks(path, sheet))


def open_xls(path: Path) -> tuple[Table, ...]:
    """The sheets of an .xls, visible ones first. Raises `InputError`, also for a password."""
    try:
        compound = Compound(path.read_bytes())
        if "EncryptedPackage" in compound.names:  # an .xlsx with a password
            raise password(path)
        name = next((name for name in _BOOK_STREAMS if name in compound.names), "")
        workbook = compound.stream(name)
        if marks_xls.has_password(workbook):
            raise password(path)
        if not marks_xls.is_sane(workbook):
            raise no_roster(path)
    except (CompoundError, struct.error) as problem:
        raise no_roster(path) from problem
    return _tables(path, lambda index, _, __: marks_xls.marks(workbook, index))


def _tables(path: Path, marks_of: _MarksOf) -> tuple[Table, ...]:
    with _refusals(path):
        with path.open("rb") as file:
            book = CalamineWorkbook.from_filelike(file)
        numbered = [
            (index, sheet)
            for index, sheet in enumerate(book.sheets_metadata)
            if sheet.typ == SheetTypeEnum.WorkSheet
        ]
        numbered.sort(key=lambda one: _is_hidden(one[1]))
        return tuple(
            _table(path, book.get_sheet_by_name(sheet.name), partial(marks_of, index, sheet.name))
            for index, sheet in numbered
        )


@contextmanager
def _refusals(path: Path) -> Iterator[None]:
    """What the reader says of a file that it cannot read, as an `InputError`."""
    try:
        yield
    except PasswordError as problem:
        raise password(path) from problem
    except CalamineError as problem:
        raise no_roster(path) from problem
    except BaseException as problem:
        # An assertion of the reader's own that a damaged file broke: a class of no module, and by
        # its makers' choice no Exception.
        if type(problem).__name__ == "PanicException":
            raise no_roster(path) from problem
        raise


def _table(path: Path, sheet: CalamineSheet, marks_of: Callable[[int], Marks]) -> Table:
    first_column = sheet.start[1] if sheet.start else 0
    missing = [""] * first_column  # the reader leaves out empty columns on the left
    last_row = sheet.end[0] + 1 if sheet.end else 0  # `total_height` is one less

    @cache
    def marks() -> Marks:
        try:
            return marks_of(last_row)
        except (*DAMAGE, struct.error) as problem:
            raise no_roster(path) from problem

    def rows() -> Rows:
        numbered = (
            (number, [*missing, *cells]) for number, cells in enumerate(sheet.iter_rows(), 1)
        )
        return with_flaws(numbered, marks().flaws)

    merged = (
        Merged(first[0] + 1, last[0] + 1, first[1], last[1])
        for first, last in sheet.merged_cell_ranges or ()
    )
    return Table(sheet.name, rows, last_row, tuple(merged), marks)


def _is_hidden(sheet: SheetMetadata) -> bool:
    return bool(sheet.visible != SheetVisibleEnum.Visible)
