"""Findings and workbooks for the tests of what goes back to the clerk. People are invented."""

from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from certgen.errors import Said
from certgen.model.finding import Finding, Place, Severity
from certgen.standards.identity import check_digit

NUMBER = "99000019900101001" + check_digit("99000019900101001")
SAID = Said("等级前后矛盾", "two levels")


def a_finding(
    row: int | None = 4,
    column: str = "F",
    severity: Severity = Severity.ERROR,
    code: str = "level/unknown",
    *,
    sheet: str = "名单",
    file: str = "roster.xlsx",
    said: Said = SAID,
    clause: str = "",
) -> Finding:
    return Finding(code, severity, said, Place(file, sheet, row, column), clause)


def a_workbook(folder: Path, name: str = "roster.xlsx") -> Path:
    """Two sheets; title in a merge, header in row 3, one person in row 4; the number is text."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "名单"
    sheet["A1"] = "2026 年第一批"
    sheet.merge_cells("A1:F1")
    for column, text in enumerate(("姓名", "证件类型", "证件号码", "职业名称", "工种", "等级"), 1):
        sheet.cell(3, column, text)
    for column, text in enumerate(("张样例", "居民身份证", NUMBER, "车工", "", "三级"), 1):
        sheet.cell(4, column, text).number_format = "@"
    sheet.column_dimensions["C"].width = 31
    book.create_sheet("说明")["B2"] = "别的内容"
    path = folder / name
    book.save(path)
    return path


def sheet_of(book: Workbook, title: str) -> Worksheet:
    return next(sheet for sheet in book.worksheets if sheet.title == title)
