"""Files that are no roster, and rosters in files that look like something else.

The first are refused with a sentence that says why; the second are read as if nothing were odd.
"""

import io
import zipfile
from collections.abc import Callable, Mapping

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from .base import good_roster
from .forms import compound_bytes, csv_bytes, ods_bytes, xls_bytes, xlsx_bytes
from .paper import Fact, Paper, text

_GOOD = good_roster()
_CSV, _XLSX, _ODS, _XLS = (
    write(_GOOD.grid) for write in (csv_bytes, xlsx_bytes, ods_bytes, xls_bytes)
)


def _without(key: str) -> bytes:
    at = _GOOD.columns.index(key)
    return csv_bytes([[*cells[:at], *cells[at + 1 :]] for cells in _GOOD.grid])


def _repacked(data: bytes, change: Callable[[str, bytes], bytes], *, locked: bool = False) -> bytes:
    """A zip with other contents; `locked` marks all members as encrypted."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.infolist():
            new.writestr(member, change(member.filename, old.read(member)))
    packed = bytearray(out.getvalue())
    at = -1
    while locked and (at := packed.find(b"PK\x01\x02", at + 1)) >= 0:
        packed[at + 8] |= 1
    return bytes(packed)


def _with_doctype(_: str, data: bytes) -> bytes:
    return data.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet', 1)


def _zip_of(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in members.items():
            package.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def _stray(cell: str) -> bytes:
    """With a space in a cell where nobody looks."""

    def write(sheet: Worksheet) -> None:
        sheet[cell] = " "

    return xlsx_bytes(_GOOD.grid, write)


def _empty_workbook() -> bytes:
    out = io.BytesIO()
    Workbook().save(out)
    return out.getvalue()


NO_ROSTERS: Mapping[str, tuple[bytes, str]] = {
    "empty.csv": (b"", "0 bytes"),
    "empty.xlsx": (b"", "0 bytes"),
    "only_a_byte_order_mark.csv": (b"\xef\xbb\xbf", "not found"),
    "only_spaces.csv": (b"  \r\n \r\n", "not found"),
    "no_header.csv": (csv_bytes(_GOOD.grid[1:]), "not found"),
    "no_column_of_names.csv": (_without("name"), "name"),
    "no_column_of_numbers.csv": (_without("identity_number"), "identity_number"),
    "no_column_of_occupations.csv": (_without("occupation"), "occupation"),
    "no_column_of_levels.csv": (_without("level"), "level"),
    "header_in_row_21.csv": (csv_bytes([*[["说明"]] * 20, *_GOOD.grid]), "first 20 rows"),
    "all_in_one_cell.csv": (csv_bytes([["，".join(map(str, row))] for row in _GOOD.grid]), "not f"),
    "quotation_never_closed.csv": (
        _CSV.replace("李样品".encode(), '"李样品'.encode()),
        "quotation",
    ),
    "zero_bytes_inside.csv": (_CSV + b"\0\0\0", "not a roster"),
    "broken_encoding.csv": (_CSV + b"\xff\xff\xff", "not a roster"),
    "a_picture.csv": (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)), "not a roster"),
    "an_essay.xlsx": ("这不是工作簿。\n".encode(), "not found"),
    "a_web_page.xls": (b"\xef\xbb\xbf <html><table><tr><td>1</td></tr></table>", "web page"),
    "excel_2003_xml.xls": (b'<?xml version="1.0"?><Workbook/>', "XML"),
    "cut_in_half.xlsx": (_XLSX[: len(_XLSX) // 2], "not a roster"),
    "cut_in_half.ods": (_ODS[: len(_ODS) // 2], "not a roster"),
    "cut_in_half.xls": (_XLS[: len(_XLS) // 2], "not a roster"),
    "head_only.xls": (_XLS[:100], "not a roster"),
    "photos_not_roster.zip": (_zip_of(a=b"1", b=b"2"), "not a roster"),
    "a_letter.xlsx": (_zip_of(word__document=b"<w/>"), "not a roster"),
    "binary_workbook.xlsb": (_zip_of(**{"xl__workbook.bin": b"x"}), ".xlsb"),
    "workbook_without_content.xlsx": (_empty_workbook(), "not found"),
    "password.xlsx": (compound_bytes("EncryptedPackage", b"x"), "password"),
    "password.xls": (xls_bytes(_GOOD.grid, password=True), "password"),
    "password_in_the_zip.xlsx": (_repacked(_XLSX, lambda _, data: data, locked=True), "password"),
    "some_other_compound.xls": (compound_bytes("WordDocument", b"x"), "not a roster"),
    "entities_in_the_sheet.xlsx": (_repacked(_XLSX, _with_doctype), "not a roster"),
    "stray_cell_in_the_last_corner.xlsx": (_stray("XFD1048576"), "far away"),
    "~$花名册.xlsx": (b"\x05admin", "lock file"),
    ".~lock.花名册.ods#": (b",admin,;", "lock file"),
}
"""File name -> content, and words of the refusal."""


def _book(sheet: Worksheet) -> Workbook:
    assert sheet.parent
    return sheet.parent


def _two_sheets(sheet: Worksheet) -> None:
    other = _book(sheet).create_sheet("第二批")
    other.append(list(_GOOD.grid[0]))


def _cover_first(sheet: Worksheet) -> None:
    _book(sheet).create_sheet("封面", 0).append(["2026年花名册"])


def _hidden_sheet_first(sheet: Worksheet) -> None:
    old = _book(sheet).create_sheet("旧名单", 0)
    old.append(list(_GOOD.grid[0]))
    old.sheet_state = "hidden"
    _book(sheet).active = 1


def _merged_occupation(sheet: Worksheet) -> None:
    sheet.merge_cells("D4:D5")


def _wide_title(sheet: Worksheet) -> None:
    sheet.insert_rows(1)
    sheet["A1"] = "花名册"
    sheet.merge_cells("A1:J1")


def _moved(paper: Paper, change: Callable[[Worksheet], None]) -> bytes:
    return xlsx_bytes(paper.grid, change)


_OTHER_SHEET = Fact("roster/other-sheet", refuses=False)

ODD_FILES: Mapping[str, tuple[bytes, Paper]] = {
    "workbook_called.csv": (_XLSX, _GOOD),
    "text_called.xlsx": (_CSV, _GOOD),
    "opendocument_called.xls": (_ODS, _GOOD),
    "text_called.txt": (csv_bytes(_GOOD.grid, "gb18030", "\t"), _GOOD),
    "name_in_capitals.CSV": (_CSV, _GOOD),
    "lines_end_with_cr.csv": (csv_bytes(_GOOD.grid, end="\r"), _GOOD),
    "lines_end_with_lf.csv": (csv_bytes(_GOOD.grid, end="\n"), _GOOD),
    "no_line_end_at_the_end.csv": (_CSV.rstrip(), _GOOD),
    "separator_announced.csv": (b"sep=,\r\n" + csv_bytes(_GOOD.grid, "utf-8"), _GOOD.above(text("sep="))),
    "everything_quoted.csv": ("\r\n".join('"' + '","'.join(map(str, row)) + '"' for row in _GOOD.grid).encode(), _GOOD),
    "rows_longer_than_the_header.csv": (_CSV.replace(b"\r\n", b",,,\r\n"), _GOOD),
    "header_and_nobody.csv": (csv_bytes(_GOOD.grid[:1]), Paper(_GOOD.columns, _GOOD.lines[:1])),
    "stray_space_in_row_50000.xlsx": (_stray("B50000"), _GOOD),
    "cover_sheet_first.xlsx": (_moved(_GOOD, _cover_first), _GOOD),
    "hidden_sheet_first.xlsx": (_moved(_GOOD, _hidden_sheet_first), _GOOD.said(_OTHER_SHEET)),
    "two_rosters_in_one_book.xlsx": (_moved(_GOOD, _two_sheets), _GOOD.said(_OTHER_SHEET)),
    "title_merged_over_all_columns.xlsx": (_moved(_GOOD, _wide_title), _GOOD.above(text("sep="))),
    "cells_merged_over_two_people.xlsx": (
        _moved(_GOOD, _merged_occupation),
        _GOOD.said(
            Fact("roster/merged-cells", "p3", "occupation", refuses=False),
            Fact("occupation/missing", "p4", "occupation"),
        ),
    ),
}  # fmt: skip
"""File name -> content, and the paper that it holds."""
