r"""Sample rosters (花名册) as the bytes of a CSV file or an Excel workbook, the same in every run.

>>> csv_bytes([["姓名", "等级"], ["丁一", "3"]], encoding="gb18030").decode("gb18030")
'姓名,等级\r\n丁一,3\r\n'
"""

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime

from openpyxl import Workbook

Cell = str | int | float | date
Rows = Sequence[Sequence[Cell]]

_MADE = datetime(2026, 1, 1)  # noqa: DTZ001 -- openpyxl wants a naive time and writes it as UTC
_TEXT_FORMAT = "@"  # Excel's own mark of a text cell: what keeps an identity number whole


def csv_bytes(rows: Rows, encoding: str = "utf-8-sig") -> bytes:
    """A comma-separated file as Excel saves it, with CRLF line ends; by default UTF-8 with BOM."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode(encoding)


def xlsx_bytes(rows: Rows, sheet: str = "名单") -> bytes:
    """A workbook with one sheet. Text is marked as text; numbers and dates stay what they are."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = sheet
    for row in rows:
        page.append(tuple(row))
    for line in page.iter_rows():
        for cell in line:
            if isinstance(cell.value, str):
                cell.number_format = _TEXT_FORMAT
                cell.data_type = "s"  # text even where it begins with '='
    book.properties.created = _MADE
    out = io.BytesIO()
    book.save(out)
    return _without_clock(out.getvalue())


def _without_clock(workbook: bytes) -> bytes:
    """The same workbook without the moment at which openpyxl saved it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = re.sub(
                    rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2026-01-01T00:00:00Z", data
                )
            entry = zipfile.ZipInfo(name, date_time=(2026, 1, 1, 0, 0, 0))
            new.writestr(entry, data, compress_type=zipfile.ZIP_DEFLATED)
    return out.getvalue()
