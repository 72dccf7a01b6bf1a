"""Workbooks in older and other forms for the tests: .xls as records in a compound file, .ods as XML.

Both are written here by hand, as small as readers accept, so that a test can say exactly which
record or attribute it is about.
"""

import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_CUTOFF = 4096


class Error(NamedTuple):
    """An Excel error cell."""

    text: str = "#N/A"


class Formula(NamedTuple):
    """A formula cell with an error for its result."""

    text: str = "#REF!"


Value = str | float | Error | Formula
_CODES = {"#NULL!": 0x00, "#DIV/0!": 0x07, "#REF!": 0x0F, "#VALUE!": 0x17, "#N/A": 0x2A}


def xls(
    rows: Sequence[Sequence[Value]],
    *,
    hidden_rows: Iterable[int] = (),
    hidden_columns: Iterable[int] = (),
    password: bool = False,
) -> bytes:
    """An .xls with one sheet '名单'. Hidden rows count from 1, hidden columns from 0."""
    begin = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    locked = _record(0x002F, struct.pack("<HHH", 0, 1, 1)) if password else b""
    name = "名单".encode("utf-16-le")
    bound_length = 4 + 8 + len(name)
    start = len(begin) + len(locked) + bound_length + 4
    bound = _record(0x0085, struct.pack("<IHBB", start, 0, len(name) // 2, 1) + name)
    book = begin + locked + bound + _record(0x000A, b"")
    sheet = _sheet(rows, set(hidden_rows), set(hidden_columns))
    return compound({"Workbook": book + sheet})


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file with these streams; those under 4,096 bytes go into the small sectors."""
    small = {name: data for name, data in streams.items() if len(data) < _CUTOFF}
    mini, mini_fat = b"", list[int]()
    first_of: dict[str, int] = {}
    for name, data in small.items():
        first_of[name] = len(mini_fat)
        count = -(-len(data) // 64)
        mini_fat += [*range(len(mini_fat) + 1, len(mini_fat) + count), _END]
        mini += data.ljust(count * 64, b"\0")
    chains = {name: data for name, data in streams.items() if name not in small}
    parts = [("/mini", mini), ("/minifat", struct.pack(f"<{len(mini_fat)}I", *mini_fat))]
    sectors: list[bytes] = []
    fat: list[int] = []
    for name, data in [*chains.items(), *parts]:
        padded = data.ljust(-(-len(data) // _SECTOR) * _SECTOR, b"\xff" if "fat" in name else b"\0")
        pieces = [padded[at : at + _SECTOR] for at in range(0, len(padded), _SECTOR)]
        first_of[name] = len(sectors) if pieces else _END
        fat += [*range(len(sectors) + 1, len(sectors) + len(pieces)), _END] if pieces else []
        sectors += pieces
    entries = [_entry("Root Entry", 5, first_of["/mini"], len(mini), child=1 if streams else -1)]
    names = list(streams)
    for index, name in enumerate(names, 1):
        following = index + 1 if index < len(names) else -1
        entries.append(_entry(name, 2, first_of[name], len(streams[name]), right=following))
    directory = b"".join(entries).ljust(-(-len(entries) // 4) * _SECTOR, b"\0")
    first_directory = len(sectors)
    pieces = [directory[at : at + _SECTOR] for at in range(0, len(directory), _SECTOR)]
    fat += [*range(len(sectors) + 1, len(sectors) + len(pieces)), _END]
    sectors += pieces
    fat_count = -(-(len(fat) + 4) // 128)
    fat_at = len(sectors)
    fat += [_FAT] * fat_count
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(fat_count * _SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    mini_count = 1 if mini_fat else 0
    header += struct.pack("<IIIII", 0, fat_count, first_directory, 0, _CUTOFF)
    header += struct.pack("<IIII", first_of["/minifat"], mini_count, _END, 0)
    named = [*range(fat_at, fat_at + fat_count), *[_FREE] * (109 - fat_count)]
    return header + struct.pack("<109I", *named) + b"".join(sectors) + table


def ods(
    path: Path,
    rows: Sequence[Sequence[Value]],
    *,
    hidden_rows: Iterable[int] = (),
    manifest: str = "",
    content: str = "",
) -> Path:
    """An .ods with one sheet '名单'."""
    hidden = set(hidden_rows)
    body = "".join(_ods_row(cells, hidden=at in hidden) for at, cells in enumerate(rows, 1))
    made = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
        ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="名单">{body}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    listed = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>{manifest}'
        "</manifest:manifest>"
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", kind)
        package.writestr("META-INF/manifest.xml", listed)
        package.writestr("content.xml", content or made)
    return path


def _sheet(rows: Sequence[Sequence[Value]], hidden: set[int], columns: set[int]) -> bytes:
    parts = [_record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))]
    width = max(map(len, rows))
    parts += [_record(0x007D, struct.pack("<HHHHHH", at, at, 2000, 0, 1, 0)) for at in columns]
    parts.append(_record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0)))
    for row, _ in enumerate(rows):
        flags = 0x0120 if row + 1 in hidden else 0x0100
        parts.append(_record(0x0208, struct.pack("<HHHHHHHH", row, 0, width, 255, 0, 0, flags, 0)))
    for row, cells in enumerate(rows):
        parts += [_cell(row, at, value) for at, value in enumerate(cells) if value != ""]
    return b"".join(parts) + _record(0x000A, b"")


def _cell(row: int, column: int, value: Value) -> bytes:
    where = struct.pack("<HHH", row, column, 0)
    if isinstance(value, Error):
        return _record(0x0205, where + bytes((_CODES[value.text], 1)))
    if isinstance(value, Formula):
        result = bytes((2, 0, _CODES[value.text], 0, 0, 0, 0xFF, 0xFF))
        return _record(0x0006, where + result + struct.pack("<HIH", 0, 0, 0))
    if isinstance(value, str):
        text = value.encode("utf-16-le")
        return _record(0x0204, where + struct.pack("<HB", len(text) // 2, 1) + text)
    return _record(0x0203, where + struct.pack("<d", value))


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _entry(name: str, kind: int, first: int, size: int, right: int = -1, child: int = -1) -> bytes:
    raw = name.encode("utf-16-le")
    links = struct.pack("<iii", -1, right, child)
    head = raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw) + 2, kind, 1) + links
    return head + bytes(36) + struct.pack("<II4x", first, size)


def _ods_row(cells: Sequence[Value], *, hidden: bool) -> str:
    state = ' table:visibility="filter"' if hidden else ""
    return f"<table:table-row{state}>{''.join(map(_ods_cell, cells))}</table:table-row>"


def _ods_cell(value: Value) -> str:
    if isinstance(value, Error):
        return (
            '<table:table-cell table:formula="of:=NA()" office:value-type="float" office:value="0"'
            f' calcext:value-type="error"><text:p>{value.text}</text:p></table:table-cell>'
        )
    if isinstance(value, Formula):
        return '<table:table-cell table:formula="of:=1"/>'
    if isinstance(value, str):
        kind = f'office:value-type="string" office:string-value={quoteattr(value)}'
        return f"<table:table-cell {kind}><text:p>{escape(value)}</text:p></table:table-cell>"
    return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
