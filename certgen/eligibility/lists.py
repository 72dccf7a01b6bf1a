"""Opens a list of people that somebody else made: the approved (审核通过名单), the staff (职工名单).

Any format of a roster will do. A row that the sheet hides or a filter keeps from view is not on the
list: whoever looked at it did not see it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from certgen.errors import InputError, Said
from certgen.intake.cells import Cell, is_blank, text_of, warning
from certgen.intake.columns import ALIASES, Field, Header, find_header
from certgen.intake.tables import Table, open_tables
from certgen.model.finding import Finding, Place
from certgen.standards.text import half_width

_NO_WORD = re.compile(r"\([^()]*\)|[\W_]+")


@dataclass(frozen=True, slots=True)
class ListKind:
    """What a list is for and which headings only it has."""

    id: str  # begins the codes of its findings: 'approval'
    name: Said
    necessary: Sequence[Field]
    extras: Mapping[str, Sequence[str]]  # further headings, by their key in `Listing.extras`


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list in which anything stands."""

    row: int  # as Excel counts
    cells: Sequence[Cell]
    hidden: bool

    def at(self, column: int | None) -> Cell:
        """The cell of a column counted from 0; '' where there is none."""
        return self.cells[column] if column is not None and column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Listing:
    """The table of a list and where its columns are."""

    kind: ListKind
    table: Table
    columns: Mapping[Field, int]
    extras: Mapping[str, int]  # columns that only this kind of list has
    header_row: int
    place: Place

    def lines(self) -> Iterator[Line]:
        """The rows under the header."""
        hidden = self.table.marks().hidden_rows
        for row, cells in self.table.rows():
            if row > self.header_row and not all(map(is_blank, cells)):
                yield Line(row, cells, row in hidden)

    def hidden(self, line: Line) -> Finding:
        """The warning about a row that nobody saw."""
        zh, en = self.kind.name
        finding = warning(
            f"{self.kind.id}/hidden-row",
            zh=f"{zh}的这一行被隐藏或筛选掉，不算在名单中；如应计入，请取消隐藏后重新保存",
            en=f"this row of the {en} is hidden or filtered out and does not count: show it and save "
            "the file again if it should",
        )
        return self.at_row(line.row, finding)

    def unreadable(self, line: Line, *found: Finding) -> Finding:
        """The warning about a row that names nobody, with the first reason among `found`."""
        said = next(finding.said for finding in found if finding.refuses)
        finding = warning(
            f"{self.kind.id}/unreadable",
            zh=f"{self.kind.name.zh}的这一行无法使用：{said.zh}",
            en=f"this row of the {self.kind.name.en} cannot be used: {said.en}",
        )
        return self.at_row(line.row, finding)

    def at_row(self, row: int, finding: Finding) -> Finding:
        """The finding, placed at a row of the list."""
        return replace(finding, place=replace(self.place, row=row))


def open_list(path: Path, kind: ListKind) -> Listing:
    """The first sheet with the necessary columns.

    Raises `InputError` for a file that cannot be read or has no such sheet.
    """
    nearest = tuple(kind.necessary)
    for table in open_tables(path):
        header = find_header(table)
        missing = tuple(field for field in kind.necessary if field not in header.columns)
        if not missing:
            columns = {field: at[0] for field, at in header.columns.items()}
            extras = _extras(table, header, kind.extras)
            return Listing(
                *(kind, table, columns, extras, header.row), Place(path.name, table.sheet)
            )
        nearest = min(nearest, missing, key=len)
    listed = "、".join(ALIASES[field][0] for field in nearest)
    raise InputError(
        zh=f"{kind.name.zh} {path.name} 的表头缺少：{listed}",
        en=f"the {kind.name.en} {path.name} has no column headed {listed}",
    )


def _extras(table: Table, header: Header, wanted: Mapping[str, Sequence[str]]) -> Mapping[str, int]:
    meanings = {_folded(alias): key for key, aliases in wanted.items() for alias in aliases}
    found: dict[str, int] = {}
    for row, cells in table.rows():
        if row >= header.row - 1:  # a header may take two rows
            for at, cell in enumerate(cells):
                key = meanings.get(_folded(text_of(cell)))
                if key:
                    found.setdefault(key, at)
        if row >= header.row:
            break
    return found


def _folded(text: str) -> str:
    return _NO_WORD.sub("", half_width(text)).casefold()
