"""A workbook of text made from a roster that is none (CSV) or of an older form (.xls, .ods).

Every cell is text, so that no 18-digit number is touched, and every row keeps its number.
"""

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import numbers
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from certgen.clerk.guard import too_large
from certgen.clerk.words import width, writable
from certgen.intake.cells import Cell, is_blank, text_of
from certgen.intake.tables import Table, open_tables

SHEET = "花名册"
"""What the sheet of a CSV file is called: the file has no name for it."""
_CELLS_LIMIT = 1_500_000  # as many as `guard.XML_LIMIT` lets in with an .xlsx
_ROWS, _COLUMNS = 1_048_576, 16_384  # of an Excel sheet
_NARROWEST, _WIDEST = 8, 42  # characters


def text_copy(source: Path) -> Workbook:
    """The tables of `source`, each as a sheet of text cells.

    Raises `InputError` for a file that intake cannot read or that is too large to be marked.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    left = _CELLS_LIMIT
    for table in open_tables(source):
        sheet = book.create_sheet(table.sheet or SHEET)
        left -= _fill(sheet, table, source, left)
    return book


def _fill(sheet: Worksheet, table: Table, source: Path, left: int) -> int:
    """Copy a table; the number of cells that were looked at."""
    seen = 0
    widths: dict[int, int] = {}
    for row, cells in table.rows():
        seen += len(cells)
        if seen > left or row > _ROWS or len(cells) > _COLUMNS:
            too_large(source)
        for column, text in _texts(cells):
            _put(sheet, row, column, text)
            widths[column] = max(widths.get(column, _NARROWEST), min(width(text) + 2, _WIDEST))
    for column, wide in widths.items():
        dimension = sheet.column_dimensions[get_column_letter(column)]
        dimension.width = wide
        dimension.number_format = numbers.FORMAT_TEXT  # what the clerk types below stays text too
    return seen


def _texts(cells: Sequence[Cell]) -> list[tuple[int, str]]:
    return [
        (column, writable(text_of(cell)))
        for column, cell in enumerate(cells, 1)
        if not is_blank(cell)
    ]


def _put(sheet: Worksheet, row: int, column: int, text: str) -> None:
    cell = sheet.cell(row, column, text)
    cell.data_type = "s"  # text even where it begins with '='
    cell.number_format = numbers.FORMAT_TEXT
