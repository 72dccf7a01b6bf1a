"""The last sheet of a marked workbook: what was found, counted, each with a link to its cell."""

from collections import Counter
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from certgen.clerk.words import COLOURS, FACE, SEVERITIES, cell_name, writable
from certgen.model.finding import Finding, Severity

TITLE = "certgen 核对结果 Findings"
_HEADS = ("单元格 cell", "程度 severity", "说明", "what", "依据 clause", "代码 code")
_WIDTHS = (16, 16, 62, 62, 26, 24)
_HEADER_ROW = 5
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_LINK = Font(name=FACE, color="FF0563C1", underline="single")
_GROUNDS = {one: PatternFill("solid", fgColor=colour) for one, colour in COLOURS.items()}
_HOW = "红色：错误，该行不能发证；橙色：须人工复核；黄色：提醒。改好后存盘，再核对一次即可；本表和批注会自动更新。"
_HOW_EN = (
    "Red: error, the row is refused; orange: look again; yellow: warning. Correct, save and check "
    "again: marks and this sheet are renewed."
)


def add(
    book: Workbook, file: str, shown: Sequence[tuple[Finding, str]], found: Sequence[Finding]
) -> None:
    """Add the sheet. `shown` are the findings with the sheet each is marked in ('' for none)."""
    sheet = book.create_sheet(TITLE)
    _head(sheet, file, len(shown), found)
    for row, (finding, marked_in) in enumerate(shown, _HEADER_ROW + 1):
        _line(sheet, row, finding, marked_in)
    last = _HEADER_ROW + len(shown)
    sheet.auto_filter.ref = f"A{_HEADER_ROW}:{get_column_letter(len(_HEADS))}{last}"
    sheet.freeze_panes = f"A{_HEADER_ROW + 1}"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def remove(book: Workbook) -> None:
    """Remove the sheet of an earlier run."""
    if TITLE in book.sheetnames:
        book.remove(book[TITLE])


def _head(sheet: Worksheet, file: str, shown: int, found: Sequence[Finding]) -> None:
    counted = Counter(finding.severity for finding in found)
    words = (f"{said.zh} {said.en} {counted[one]}" for one, said in SEVERITIES.items())
    _text(sheet, 1, 1, f"{file}：核对结果 findings").font = Font(name=FACE, bold=True, size=14)
    total = f"共 total {len(found)} ＝ " + " ＋ ".join(words)
    if shown < len(found):
        total += (
            f"；本文件只列最重的 {shown} 条，全部见 errors.csv (only the gravest {shown} are here)"
        )
    _text(sheet, 2, 1, total).font = Font(name=FACE, bold=True)
    _text(sheet, 3, 1, _HOW)
    _text(sheet, 4, 1, _HOW_EN)
    for column, (head, width) in enumerate(zip(_HEADS, _WIDTHS, strict=True), 1):
        cell = _text(sheet, _HEADER_ROW, column, head)
        cell.font = Font(name=FACE, bold=True)
        cell.fill = PatternFill("solid", fgColor="FFD9E1F2")
        sheet.column_dimensions[get_column_letter(column)].width = width


def _line(sheet: Worksheet, row: int, finding: Finding, marked_in: str) -> None:
    said = SEVERITIES[finding.severity]
    place = finding.place
    name = cell_name(finding) or (f"第 {place.row} 行 row" if place.row else "—")
    texts = (name, f"{said.zh} {said.en}", *finding.said, finding.clause, finding.code)
    cells = [_text(sheet, row, column, text) for column, text in enumerate(texts, 1)]
    for cell in cells:
        cell.alignment = _WRAPPED
    if finding.severity is not Severity.NOTE:
        cells[1].fill = _GROUNDS[finding.severity]
    if marked_in and place.row:
        goal = f"{quote_sheetname(marked_in)}!{cell_name(finding) or f'A{place.row}'}"
        cells[0].hyperlink = Hyperlink(ref=cells[0].coordinate, location=goal)
        cells[0].font = _LINK


def _text(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)  # noqa: S101 -- a new sheet has no merged cells
    cell.value = writable(text)
    cell.data_type = "s"  # text even where it begins with '='
    return cell
