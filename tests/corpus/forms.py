"""Writes a grid of cells in the forms that rosters come in: CSV, .xlsx, .xls, .ods.

`.xls` and `.ods` are written by hand, record by record: no library of this project writes them, and
what a case needs (hidden rows, an error cell, a password mark) is little.
"""

import csv
import io
import struct
import zipfile
from collections.abc import Callable, Collection, Sequence
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from certgen.intake.cells import Cell, Flaw

Grid = Sequence[Sequence[Cell]]


def csv_bytes(
    grid: Grid, encoding: str = "utf-8-sig", delimiter: str = ",", end: str = "\r\n"
) -> bytes:
    """A text file. Encoding 'utf-16' writes a byte order mark, 'utf-16-le' and '-be' do not."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(grid)
    return out.getvalue().encode(encoding)


def xlsx_bytes(
    grid: Grid,
    change: Callable[[Worksheet], None] | None = None,
    corner: tuple[int, int] = (1, 1),
) -> bytes:
    """A workbook with the sheet 名单 whose first cell stands at `corner` (row, column)."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "名单"
    for row, cells in enumerate(grid, corner[0]):
        for column, value in enumerate(cells, corner[1]):
            if value != "" and not isinstance(value, Flaw):
                sheet.cell(row, column, value)
    if change:
        change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods_bytes(grid: Grid, hidden: Collection[int] = ()) -> bytes:
    """An OpenDocument spreadsheet of text cells; rows counted from 1 may be hidden."""
    rows = "".join(
        f"<table:table-row{_COLLAPSED if number in hidden else ''}>"
        + "".join(_ods_cell(value) for value in cells)
        + "</table:table-row>"
        for number, cells in enumerate(grid, 1)
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", _ODS, zipfile.ZIP_STORED)
        package.writestr("content.xml", _CONTENT.format(rows=rows))
        package.writestr("META-INF/manifest.xml", _MANIFEST)
    return out.getvalue()


def xls_bytes(grid: Grid, hidden: Collection[int] = (), *, password: bool = False) -> bytes:
    """An Excel 97 workbook ([MS-XLS]); numbers are numbers, '#N/A' is an error cell."""
    records = [_bof(0x0010)]
    for row, cells in enumerate(grid):
        flags = 0x0120 if row + 1 in hidden else 0x0100  # fDyZero: hidden
        records.append(_record(0x0208, struct.pack("<8H", row, 0, len(cells), 255, 0, 0, flags, 0)))
    for row, cells in enumerate(grid):
        records += [_xls_cell(row, column, value) for column, value in enumerate(cells)]
    sheet = b"".join((*records, _record(0x000A)))
    first = _bof(0x0005) + (_record(0x002F, bytes(54)) if password else b"")
    name = "名单".encode("utf-16-le")
    where = len(first) + 4 + 8 + len(name) + 4
    bound = struct.pack("<IHBB", where, 0, 2, 1) + name
    return compound_bytes("Workbook", first + _record(0x0085, bound) + _record(0x000A) + sheet)


def compound_bytes(name: str, stream: bytes) -> bytes:
    """A compound file ([MS-CFB]) with one stream, which is made 4,096 bytes long at least."""
    stream = stream.ljust(4096, b"\0")
    used = -(-len(stream) // 512)
    fat_sectors = -(-(used + 2) // 127)
    chain = [*range(1, used), _END, _END, *[_FAT] * fat_sectors]
    fat = struct.pack(f"<{fat_sectors * 128}I", *chain, *[_FREE] * (fat_sectors * 128 - len(chain)))
    numbers = [*range(used + 1, used + 1 + fat_sectors)]
    header = struct.pack(
        "<8s16x5H6x9I109I",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        *(0x3E, 3, 0xFFFE, 9, 6),  # version, byte order, sectors of 512 and 64 bytes
        *(0, fat_sectors, used, 0, 4096, _END, 0, _END, 0),
        *numbers,
        *[_FREE] * (109 - fat_sectors),
    )
    entries = (_entry("Root Entry", 5, 1, _END, 0), _entry(name, 2, _NONE, 0, len(stream)))
    directory = b"".join(entries).ljust(512, b"\0")
    return header + stream.ljust(used * 512, b"\0") + directory + fat


_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_COLLAPSED = ' table:visibility="collapse"'
_NAMES = 'xmlns:{0}="urn:oasis:names:tc:opendocument:xmlns:{0}:1.0"'
_CONTENT = (
    f"<office:document-content {_NAMES.format('office')} {_NAMES.format('table')} "
    f"{_NAMES.format('text')}><office:body><office:spreadsheet>"
    '<table:table table:name="名单">{rows}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)
_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS}"/>'
    "</manifest:manifest>"
)
_FREE, _END, _FAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def _ods_cell(value: Cell) -> str:
    if value == "":
        return "<table:table-cell/>"
    written = escape(str(value))
    if isinstance(value, int | float):
        kind = f'office:value-type="float" office:value="{value}"'
    else:
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{written}</text:p></table:table-cell>"


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _bof(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0x41, 6))


def _xls_cell(row: int, column: int, value: Cell) -> bytes:
    place = struct.pack("<3H", row, column, 0)
    if value == "":
        return b""
    if value == "#N/A":
        return _record(0x0205, place + b"\x2a\x01")
    if isinstance(value, int | float):
        return _record(0x0203, place + struct.pack("<d", value))
    written = str(value)
    return _record(
        0x0204, place + struct.pack("<HB", len(written), 1) + written.encode("utf-16-le")
    )


def _entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
    """A directory entry; the root's child is the one stream."""
    written = name.encode("utf-16-le")
    child = child if kind == 5 else _NONE
    links = struct.pack("<HBB3I36xIQ", len(written) + 2, kind, 1, _NONE, _NONE, child, first, size)
    return written.ljust(64, b"\0") + links
