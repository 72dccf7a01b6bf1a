"""Hidden rows and columns, Excel errors and uncomputed formulas of an .xlsx sheet, from its XML.

The readers of values leave all of them out: a filtered row looks like any other, `#N/A` like an
empty cell, and so does a formula that was written by a program and never computed.
"""

import posixpath
import re
import zipfile
from pathlib import Path

from certgen.intake.cells import UNCOMPUTED, Flaw
from certgen.intake.grids import Marks
from certgen.intake.plain_xml import Attributes, XmlError, scan

_BOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_REFERENCE = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")
_TRUE = frozenset({"1", "true"})
_MOST_COLUMNS = 1 << 14
# A sheet without any of these bytes has nothing to find, and a large one is not parsed for it:
# a hidden row or column, an error cell, a formula, whatever prefix the writer gave its tags.
_WORTH_PARSING = re.compile(rb"hidden|t=[\"']e[\"']|[<:]f[\s/>]|<!DOCTYPE")
_PIECE = 1 << 20
_OVERLAP = 16


def marks(path: Path, sheet: str) -> Marks:
    """The marks of the sheet. Raises `XmlError`, `KeyError` or `BadZipFile`."""
    with zipfile.ZipFile(path) as package:
        part = _part_of(package, sheet)
        if not _is_worth_parsing(package, part):
            return Marks()
        reader = _Reader()
        with package.open(part) as file:
            scan(file, reader.start, reader.text, reader.end)
    return Marks(frozenset(reader.rows), frozenset(reader.columns), reader.flaws)


def _part_of(package: zipfile.ZipFile, sheet: str) -> str:
    """The part that holds the sheet: the workbook gives its id, the relations its place."""
    ids: dict[str, str] = {}
    targets: dict[str, str] = {}

    def in_book(tag: str, found: Attributes) -> None:
        if tag == "sheet":
            ids[found["name"]] = found["id"]

    def in_relations(tag: str, found: Attributes) -> None:
        if tag == "Relationship":
            targets[found["Id"]] = found["Target"]

    with package.open(_BOOK) as file:
        scan(file, in_book)
    with package.open(_RELATIONS) as file:
        scan(file, in_relations)
    return posixpath.normpath(posixpath.join("/xl", targets[ids[sheet]])).lstrip("/")


def _is_worth_parsing(package: zipfile.ZipFile, part: str) -> bool:
    tail = b""
    with package.open(part) as file:
        while piece := file.read(_PIECE):
            if _WORTH_PARSING.search(tail + piece):
                return True
            tail = piece[-_OVERLAP:]
    return False


class _Reader:
    """Follows the tags of one sheet; rows and cells without a reference follow the one before."""

    def __init__(self) -> None:
        self.rows: set[int] = set()
        self.columns: set[int] = set()
        self.flaws: dict[int, dict[int, Flaw]] = {}
        self._row, self._column = 0, -1
        self._kind = ""
        self._has_formula = False
        self._value: list[str] | None = None  # the pieces of a <v> that matters
        self._said = ""

    def start(self, tag: str, found: Attributes) -> None:
        if tag == "c":
            self._column = _column(found["r"]) if found["r"] else self._column + 1
            self._kind, self._has_formula, self._said = found["t"], False, ""
        elif tag == "f":
            self._has_formula = True
        elif tag == "v":
            self._value = [] if self._has_formula or self._kind == "e" else None
        elif tag == "row":
            self._row = _number(found["r"]) if found["r"] else self._row + 1
            self._column = -1
            if found["hidden"] in _TRUE:
                self.rows.add(self._row)
        elif tag == "col" and found["hidden"] in _TRUE:
            last = min(_number(found["max"]), _MOST_COLUMNS)
            self.columns.update(range(_number(found["min"]) - 1, last))

    def text(self, text: str) -> None:
        if self._value is not None:
            self._value.append(text)

    def end(self, tag: str) -> None:
        if tag == "v" and self._value is not None:
            self._said, self._value = "".join(self._value), None
        elif tag == "c":
            self._judge()

    def _judge(self) -> None:
        """An error speaks for itself; a formula may well give the empty text (t="str")."""
        if self._kind == "e":
            self._add(self._said or "#N/A")
        elif self._has_formula and not self._said and self._kind != "str":
            self._add(UNCOMPUTED)

    def _add(self, text: str) -> None:
        self.flaws.setdefault(self._row, {})[self._column] = Flaw(text)


def _column(reference: str) -> int:
    found = _REFERENCE.fullmatch(reference)
    if not found:
        raise XmlError(reference)
    index = 0
    for letter in found.group(1):
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise XmlError(text)
    return int(text)
