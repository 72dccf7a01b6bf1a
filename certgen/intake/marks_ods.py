"""Hidden rows, errors and uncomputed formulas of an OpenDocument sheet, from its content.xml.

Rows and cells may stand for many alike (`number-rows-repeated`); the last ones for a million.
"""

import zipfile
from pathlib import Path

from certgen.intake.cells import UNCOMPUTED, Flaw
from certgen.intake.grids import Marks
from certgen.intake.plain_xml import Attributes, scan

_CELLS = frozenset({"table-cell", "covered-table-cell"})
_ERROR_NOT_SHOWN = "#N/A"
_MOST_COLUMNS = 1 << 14


def marks(path: Path, sheet: str, last_row: int) -> Marks:
    """The marks of the sheet up to `last_row`. Raises `XmlError`, `KeyError` or `BadZipFile`."""
    reader = _Reader(sheet, last_row)
    with zipfile.ZipFile(path) as package, package.open("content.xml") as file:
        scan(file, reader.start, reader.text, reader.end)
    return Marks(frozenset(reader.rows), frozenset(reader.columns), reader.flaws)


class _Reader:
    """Follows the tags of the one sheet."""

    def __init__(self, sheet: str, last_row: int) -> None:
        self.rows: set[int] = set()
        self.columns: set[int] = set()
        self.flaws: dict[int, dict[int, Flaw]] = {}
        self._sheet, self._last_row = sheet, last_row
        self._inside = False
        self._row, self._row_repeat, self._column, self._column_at = 0, 0, 0, 0
        self._shown: list[str] | None = None  # the text of a cell with an error

    def start(self, tag: str, found: Attributes) -> None:
        if tag == "table":
            self._inside = found["name"] == self._sheet
        elif self._inside and tag in _CELLS:
            self._cell(found)
        elif self._inside and tag == "table-row":
            self._row += self._row_repeat
            self._row_repeat, self._column = _repeat(found, "number-rows-repeated"), 0
            if found["visibility"] in {"collapse", "filter"}:
                self.rows.update(self._rows_meant())
        elif self._inside and tag == "table-column":
            repeat = _repeat(found, "number-columns-repeated")
            if found["visibility"] == "collapse":
                until = min(self._column_at + repeat, _MOST_COLUMNS)
                self.columns.update(range(self._column_at, until))
            self._column_at += repeat

    def text(self, text: str) -> None:
        if self._shown is not None:
            self._shown.append(text)

    def end(self, tag: str) -> None:
        if tag == "table":
            self._inside = False
        elif tag in _CELLS and self._shown is not None:
            self._add("".join(self._shown).strip() or _ERROR_NOT_SHOWN, self._column - 1)
            self._shown = None

    def _cell(self, found: Attributes) -> None:
        first = self._column
        self._column += _repeat(found, "number-columns-repeated")
        # LibreOffice keeps an error as text or as 0, and says beside it what it is.
        if found["calcext:value-type"] == "error":
            self._shown = []
        elif found["formula"] and not found["office:value-type"]:
            self._add(UNCOMPUTED, first)

    def _add(self, text: str, column: int) -> None:
        for row in self._rows_meant():
            self.flaws.setdefault(row, {})[column] = Flaw(text)

    def _rows_meant(self) -> range:
        return range(self._row + 1, min(self._row + self._row_repeat, self._last_row) + 1)


def _repeat(found: Attributes, name: str) -> int:
    text = found[name]
    return int(text) if text.isascii() and text.isdecimal() else 1
