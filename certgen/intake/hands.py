"""A row in hand: gives out its cells by field and collects what is found in them."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from certgen.intake.cells import Cell, Read, column_letter, error, flaw_of, text_of
from certgen.intake.columns import Field, Header
from certgen.model.finding import Finding, Place

T = TypeVar("T")


class Hand:
    """The cells of one row under one header."""

    __slots__ = ("_cells", "_header", "findings", "place")

    def __init__(self, place: Place, header: Header, cells: Sequence[Cell]) -> None:
        self.place = place
        self.findings: list[Finding] = []
        self._header = header
        self._cells = cells

    @property
    def row(self) -> int:
        """Its number, as Excel shows it."""
        return self.place.row or 0

    def cell(self, field: Field) -> Cell:
        """What stands in the column of `field`; '' where there is no such column."""
        at = self._header.first.get(field)
        return "" if at is None else self._at(at)

    def take(self, field: Field, reader: Callable[[Cell], Read[T]]) -> T | None:
        """The value that `reader` finds in the cell of `field`; None also for a flawed cell."""
        cell = self.cell(field)
        flaw = flaw_of(cell)
        if flaw:
            self.say(field, flaw)
            return None
        value, findings = reader(cell)
        if findings:  # seldom: this line is passed a dozen times a row
            self.say(field, *findings)
        return value

    def say(self, field: Field, *findings: Finding | None) -> None:
        """Notes findings at the cell of `field`; None is no finding."""
        for found in findings:
            if found:
                self.tell(found, self._header.letter(field))

    def tell(self, found: Finding, column: str = "") -> None:
        """Notes a finding about the row, or about one of its columns."""
        place = Place(self.place.file, self.place.sheet, self.place.row, column)
        placed = Finding(found.code, found.severity, found.said, place, found.clause)
        self.findings.append(placed)

    def compare_twins(self) -> None:
        """Two columns of one heading must say the same, or the one that was not read is lost."""
        for field, (first, *others) in self._header.twins.items():
            said = text_of(self._at(first)).strip()
            differing = [i for i in others if text_of(self._at(i)).strip() != said]
            if differing:
                letters = "、".join(column_letter(index) for index in (first, *differing))
                clash = error(
                    "roster/columns-differ",
                    zh=f"{letters} 列表头含义相同而内容不同，请只保留正确的一列",
                    en=f"columns {letters} have the same heading and differ: keep the right one",
                )
                self.say(field, clash)

    def _at(self, index: int) -> Cell:
        return self._cells[index] if index < len(self._cells) else ""
