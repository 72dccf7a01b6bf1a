"""The roster template (花名册模板) of an agency: an Excel workbook that intake reads as it is filled in.

Every cell is text, so that Excel damages no 18-digit number; what was filed is chosen from lists.
The grey rows above the header explain it; intake takes them for titles.
"""

from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side, numbers
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from certgen.clerk.choices import Choices
from certgen.clerk.whole import refuse_existing, written_whole
from certgen.clerk.words import FACE
from certgen.exchange.agency import Agency
from certgen.intake.columns import ALIASES, NECESSARY, Field

SHEET = "花名册"
HEADER_ROW = 3
FIRST_ROW = HEADER_ROW + 1

_HOW = (
    "说明：每人每证一行，从第 4 行填起；标 * 的列必填。请勿改动第 3 行表头，不用的列可以留空。"
    "所有单元格均为文本：证件号码请直接输入，从别处复制时请“选择性粘贴—数值”。\n"
    "One row for each certificate, from row 4 on; columns with * are required. Keep row 3 as it is. "
    "All cells are text: type numbers as they are, and paste values only."
)


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of the template: its width in characters and what is to be written there."""

    field: Field
    width: int
    how: str


_COLUMNS = (
    _Column(Field.NAME, 18, "与证件一致，生僻字照录\nas on the document"),
    _Column(Field.IDENTITY_TYPE, 22, "从列表选择\nchoose"),
    _Column(Field.IDENTITY_NUMBER, 24, "全部位数\nall characters"),
    _Column(Field.OCCUPATION, 20, "备案的职业名称\nas filed"),
    _Column(Field.JOB, 20, "先选职业；没有则留空\noccupation first; or empty"),
    _Column(Field.LEVEL, 18, "先选职业和工种\noccupation, job first"),
    _Column(Field.ISSUE_DATE, 14, "如 2026-01-05\nyear-month-day"),
    _Column(Field.SITE, 14, "填了分支机构可不填\nor by the branch"),
    _Column(Field.BRANCH, 28, "以分支机构名义发证时选择\nif a branch issues it"),
    _Column(Field.BATCH, 14, "区分再次评价，可留空\noptional"),
    _Column(Field.PRINT_NUMBER, 16, "纸张上的流水码\non the sheet"),
    _Column(Field.PHOTO, 22, "按证件号码命名的不填\nempty if named by number"),
)  # fmt: skip

_GREY = PatternFill("solid", fgColor="FFEDEDED")
_BLUE = PatternFill("solid", fgColor="FFD9E1F2")
_LINE = Side(style="thin", color="FFA6A6A6")


def write(path: Path, agency: Agency) -> None:
    """Write an empty roster for this agency.

    Raises `InputError` where `path` exists: it may be filled in already; `StorageError` where the
    disk refuses.
    """
    refuse_existing(path)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    columns = tuple(column for column in _COLUMNS if _needed(column.field, agency))
    _explain(sheet, len(columns))
    for index, column in enumerate(columns, 1):
        _head(sheet, index, column)
    letters = {column.field: get_column_letter(at) for at, column in enumerate(columns, 1)}
    for rule in Choices(book, agency).rules(letters, FIRST_ROW):
        sheet.add_data_validation(rule)
    _view(sheet)
    with written_whole(path) as part:
        book.save(part)


def _needed(field: Field, agency: Agency) -> bool:
    """A column that this agency has no use for is not offered."""
    if field is Field.SITE:
        return len(agency.sites) > 1
    if field is Field.BRANCH:
        return bool(agency.branches)
    return field is not Field.PRINT_NUMBER or agency.print_number


def _required(field: Field) -> bool:
    return field in {*NECESSARY, Field.ISSUE_DATE, Field.PRINT_NUMBER}


def _explain(sheet: Worksheet, columns: int) -> None:
    _put(sheet, 1, 1, _HOW, _GREY)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=columns)
    sheet.row_dimensions[1].height = 52
    sheet.row_dimensions[2].height = 40
    sheet.row_dimensions[HEADER_ROW].height = 24


def _head(sheet: Worksheet, index: int, column: _Column) -> None:
    star = "*" if _required(column.field) else ""
    explained = _put(sheet, 2, index, column.how, _GREY)
    explained.font = Font(name=FACE, size=9, color="FF595959")
    heading = _put(sheet, HEADER_ROW, index, ALIASES[column.field][0] + star, _BLUE)
    heading.font = Font(name=FACE, bold=True, color="FFC00000" if star else "FF000000")
    heading.alignment = Alignment(horizontal="center", vertical="center")
    dimension = sheet.column_dimensions[get_column_letter(index)]
    dimension.width = column.width
    dimension.number_format = numbers.FORMAT_TEXT  # of every cell that is still to be filled in


def _put(sheet: Worksheet, row: int, column: int, text: str, ground: PatternFill) -> Cell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)  # noqa: S101 -- nothing is merged before it is written
    cell.value = text
    cell.number_format = numbers.FORMAT_TEXT
    cell.fill = ground
    cell.border = Border(_LINE, _LINE, _LINE, _LINE)
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    return cell


def _view(sheet: Worksheet) -> None:
    """The header and the names stay in sight; a printed sheet is as wide as the page."""
    sheet.freeze_panes = f"B{FIRST_ROW}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
