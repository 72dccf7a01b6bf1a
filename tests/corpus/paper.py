"""A roster (花名册) on the desk: lines of cells, and what must be found in them.

Facts are kept by person and field, not by row and column: so a mess that moves rows or columns can
be combined with any other, and the row and column to expect are worked out at the end.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import reduce

from certgen.intake.cells import Cell, column_letter

HEADER = "header"
"""The key of the line that names the columns."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the sheet: cells by the key of their column; absent ones are empty."""

    cells: Mapping[str, Cell]
    key: str = ""  # HEADER, or who the line is about: 'p1'; '' for what is neither
    hidden: bool = False

    @property
    def counts(self) -> bool:
        """Whether the line is a row of the account: a person, however damaged."""
        return self.key.startswith("p")


@dataclass(frozen=True, slots=True)
class Fact:
    """A finding to expect. Without `key` it has no row, without `field` no column."""

    code: str
    key: str = ""
    field: str = ""
    refuses: bool = True  # the person, if `key` is one


@dataclass(frozen=True, slots=True)
class Paper:
    """The sheet from its first line on, and the facts about it."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    facts: tuple[Fact, ...] = ()
    hidden_columns: tuple[str, ...] = ()

    @property
    def grid(self) -> list[list[Cell]]:
        """The cells as they stand, row by row."""
        return [[line.cells.get(key, "") for key in self.columns] for line in self.lines]

    @property
    def expected(self) -> set[tuple[str, int | None, str]]:
        """Code, row and column of every finding, as the spreadsheet shows them."""
        return {(fact.code, self.row(fact.key), self.letter(fact.field)) for fact in self.facts}

    @property
    def counted(self) -> set[int]:
        """The rows that must be in the account."""
        return {number for number, line in enumerate(self.lines, 1) if line.counts}

    @property
    def refused(self) -> set[int]:
        """The rows that must not go through."""
        people = {line.key for line in self.lines if line.counts}
        keys = {fact.key for fact in self.facts if fact.refuses}
        return {row for row in map(self.row, people & keys) if row}

    def row(self, key: str) -> int | None:
        """Where the line with this key stands, counted from 1."""
        return next((at for at, line in enumerate(self.lines, 1) if key and line.key == key), None)

    def letter(self, field: str) -> str:
        """The letter over the column of `field`."""
        return column_letter(self.columns.index(field)) if field else ""

    def said(self, *facts: Fact) -> "Paper":
        """The same sheet with more to find."""
        return replace(self, facts=(*self.facts, *facts))

    def line(self, key: str) -> Line:
        """The line with this key."""
        return next(line for line in self.lines if line.key == key)

    def written(self, key: str, **cells: Cell) -> "Paper":
        """Other cells in the line with this key."""
        return self.swapped(key, replace(self.line(key), cells={**self.line(key).cells, **cells}))

    def swapped(self, key: str, *lines: Line) -> "Paper":
        """Other lines in the place of the line with this key."""
        at = next(at for at, line in enumerate(self.lines) if line.key == key)
        return replace(self, lines=(*self.lines[:at], *lines, *self.lines[at + 1 :]))

    def under(self, key: str, *lines: Line) -> "Paper":
        """More lines under the line with this key."""
        return self.swapped(key, self.line(key), *lines)

    def above(self, *lines: Line) -> "Paper":
        """More lines at the top of the sheet."""
        return replace(self, lines=(*lines, *self.lines))

    def below(self, *lines: Line) -> "Paper":
        """More lines at the end of the sheet."""
        return replace(self, lines=(*self.lines, *lines))


Mess = Callable[[Paper], Paper]
"""What somebody did to a roster."""


def all_of(*messes: Mess) -> Mess:
    """One mess after the other."""
    return lambda paper: reduce(lambda made, mess: mess(made), messes, paper)


def cell(
    key: str, field: str, value: Cell, *codes: str, at: str | None = None, refuses: bool = True
) -> Mess:
    """One cell overwritten, and the codes that must be found there, or `at` another column.

    Of several codes only the first may refuse.
    """
    column = field if at is None else at
    facts = [Fact(code, key, column, refuses and code == codes[0]) for code in codes]
    return lambda paper: paper.written(key, **{field: value}).said(*facts)


def text(words: str) -> Line:
    """A line with words in its first column of the base roster: a title, a remark."""
    return Line({"name": words})
