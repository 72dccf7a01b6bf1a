"""Hidden rows and Excel errors of an .xls sheet, from its records ([MS-XLS]).

The reader of values gives an empty cell for `#N/A`; read as empty, a job would silently be none.
"""

import struct
from collections.abc import Iterator

from certgen.intake.cells import Flaw
from certgen.intake.grids import Marks

_BOUND_SHEET, _BOF, _EOF = 0x0085, 0x0809, 0x000A
_ROW, _COLUMN_INFO, _BOOL_OR_ERROR, _FORMULA = 0x0208, 0x007D, 0x0205, 0x0006
FILE_PASS = 0x002F
"""The record of a workbook with a password."""

_DIMENSIONS, _STRINGS = 0x0200, 0x00FC
# Numbers, texts, blanks, errors, formulas: all begin with their row and column; the last two hold
# several cells and end with the last column.
_CELLS = frozenset({0x0201, 0x0203, 0x0204, 0x00FD, 0x027E, 0x0205, 0x0006, 0x00BD, 0x00BE})
_SEVERAL = frozenset({0x00BD, 0x00BE})
_MOST_COLUMNS, _MOST_ROWS = 1 << 8, 1 << 16  # of this form

_HIDDEN_ROW = 0x0020
_HIDDEN_COLUMN = 0x0001
_IS_ERROR = 2  # kind of a formula's result, where its last two bytes are FF FF
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#REF!",
    0x17: "#VALUE!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


def marks(workbook: bytes, index: int) -> Marks:
    """The marks of sheet number `index` (from 0) of the stream 'Workbook'.

    Raises `struct.error` for a record that is cut short and `IndexError` where no sheet begins.
    """
    starts = _starts(workbook)
    rows: set[int] = set()
    columns: set[int] = set()
    flaws: dict[int, dict[int, Flaw]] = {}
    for kind, data in records(workbook, starts[index]):
        if kind == _ROW and struct.unpack_from("<H", data, 12)[0] & _HIDDEN_ROW:
            rows.add(struct.unpack_from("<H", data)[0] + 1)
        elif kind == _COLUMN_INFO and struct.unpack_from("<H", data, 8)[0] & _HIDDEN_COLUMN:
            first, last = struct.unpack_from("<HH", data)
            columns.update(range(first, last + 1))
        elif kind in {_BOOL_OR_ERROR, _FORMULA}:
            _add_flaw(flaws, kind, data)
    return Marks(frozenset(rows), frozenset(columns), flaws)


def records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Kind and data of each record of the substream at `start`; charts inside it are left out."""
    depth = 0
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
        elif depth == 1:
            yield kind, stream[start + 4 : start + 4 + length]
        if depth <= 0:
            return
        start += 4 + length


def is_sane(workbook: bytes) -> bool:
    """Whether no record claims more cells or texts than this form has room for.

    The reader of values sets aside the memory that is claimed; a damaged byte can claim 100 GB.
    Raises `struct.error` for a record that is cut short.
    """
    claims = (
        _is_sane_strings(len(workbook), data)
        for kind, data in _flat(workbook, 0)
        if kind == _STRINGS
    )
    return all(claims) and all(
        _is_sane_cell(kind, data)
        for start in _starts(workbook)
        for kind, data in _flat(workbook, start)
    )


def _starts(workbook: bytes) -> list[int]:
    """Where the sheets begin."""
    return [
        struct.unpack_from("<I", data)[0]
        for kind, data in records(workbook, 0)
        if kind == _BOUND_SHEET
    ]


def _flat(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Every record up to the first end of a substream, as a reader without depth sees them."""
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        if kind == _EOF:
            return
        yield kind, stream[start + 4 : start + 4 + length]
        start += 4 + length


def _is_sane_strings(size: int, data: bytes) -> bool:
    count: int = struct.unpack_from("<I", data, 4)[0]
    return count <= size


def _is_sane_cell(kind: int, data: bytes) -> bool:
    if kind == _DIMENSIONS and len(data) >= 12:
        first_row, rows, first_column, columns = struct.unpack_from("<IIHH", data)
        rows_fit = first_row <= rows <= _MOST_ROWS
        return bool(rows_fit and first_column <= columns <= _MOST_COLUMNS)
    if kind not in _CELLS:
        return True
    column: int = struct.unpack_from("<H", data, len(data) - 2 if kind in _SEVERAL else 2)[0]
    return column < _MOST_COLUMNS and struct.unpack_from("<H", data, 2)[0] < _MOST_COLUMNS


def _add_flaw(flaws: dict[int, dict[int, Flaw]], kind: int, data: bytes) -> None:
    row, column = struct.unpack_from("<HH", data)
    code = _error_code(kind, data)
    if code is not None:
        flaws.setdefault(row + 1, {})[column] = Flaw(_ERRORS.get(code, "#N/A"))


def _error_code(kind: int, data: bytes) -> int | None:
    if kind == _BOOL_OR_ERROR:
        return data[6] if data[7] else None
    is_no_number = data[12:14] == b"\xff\xff"
    return data[8] if is_no_number and data[6] == _IS_ERROR else None


def has_password(workbook: bytes) -> bool:
    """Whether the workbook asks for a password before it can be read."""
    return any(kind == FILE_PASS for kind, _ in records(workbook, 0))
