"""A table of cells (工作表) as a file gives it, before anybody knows that it is a roster."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from certgen.intake.cells import Cell, Flaw, column_letter

Rows = Iterator[tuple[int, Sequence[Cell]]]
"""Row number, from 1 as Excel shows it, and the cells from column A."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A range of merged cells; only its first cell holds the value. All four count inclusively."""

    first_row: int
    last_row: int
    first_column: int  # from 0
    last_column: int

    @property
    def name(self) -> str:
        """As Excel names it: 'B4:B5'."""
        first, last = column_letter(self.first_column), column_letter(self.last_column)
        return f"{first}{self.first_row}:{last}{self.last_row}"


@dataclass(frozen=True, slots=True)
class Marks:
    """What a spreadsheet shows of a sheet and a reader of mere values leaves out.

    Hidden rows are those that somebody hid and those that a filter (筛选) keeps from view.
    """

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()  # from 0
    flaws: Mapping[int, Mapping[int, Flaw]] = field(default_factory=dict)  # row -> column -> flaw


NO_MARKS = Marks()


def _no_marks() -> Marks:
    return NO_MARKS


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet of cells. `rows` can be called again: it begins a new pass each time."""

    sheet: str  # '' for CSV
    rows: Callable[[], Rows]
    last_row: int
    merged: tuple[Merged, ...] = ()
    marks: Callable[[], Marks] = _no_marks


def with_flaws(rows: Rows, flaws: Mapping[int, Mapping[int, Flaw]]) -> Rows:
    """`rows` with the flaws where the reader of values left an empty cell."""
    for number, cells in rows:
        if number not in flaws:
            yield number, cells
            continue
        here = flaws[number]
        width = max(len(cells), max(here) + 1)
        held = (*cells, *[""] * (width - len(cells)))
        yield number, [here.get(column, cell) for column, cell in enumerate(held)]
