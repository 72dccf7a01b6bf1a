"""Finds columns that have slipped a row: cells inserted or deleted in one column and not in others.

From some row on every value then belongs to the neighbour, and each row looks well-formed. Two
things give it away. A witness (出生日期, 性别, 照片) fits the number of the row above or below and
not its own; or a column has a gap, and its last value hangs below the end of the table.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from certgen.errors import Said
from certgen.intake.cells import Cell, error, is_blank, review
from certgen.intake.columns import ALIASES, Field, Header
from certgen.intake.witnesses import Claims, same_name, stated_sex
from certgen.model.finding import Finding, Place

# Weights are bits of surprise: a stranger's birth date or photo fits by chance about once in a
# thousand times, a stranger's sex every second time. Twenty bits are no coincidence in any roster.
_STRONG, _WEAK, _ENOUGH = 10, 1, 20
_FEW_ROWS = 3  # in a shorter table a gap in the last row is just a gap


@dataclass(frozen=True, slots=True)
class Shift:
    """From row `first` on, `column` and `other` do not belong to the same people."""

    first: int
    column: Field
    other: Field | None = None  # None: the gap and the overhang alone tell

    def finding(self, header: Header) -> Finding:
        """The one error about the file."""
        letter, name = header.letter(self.column), ALIASES[self.column][0]
        against = self._against(header)
        said = error(
            "roster/shifted",
            zh=f"{letter} 列（{name}）从第 {self.first} 行起似乎整列错位了一行{against.zh}；"
            "请把该列单元格移回原行后再试，从该行起的各行全部退回",
            en=f"columns look shifted from row {self.first}: {letter} ({self.column}) has moved by "
            f"one row{against.en}; move its cells back and try again, all rows from there on are "
            "refused",
        )
        return replace(said, place=Place(row=self.first, column=letter))

    def refusal(self) -> Finding:
        """What each row from `first` on is told."""
        return error(
            "row/shifted",
            zh=f"从第 {self.first} 行起有一列错位，本行内容可能分属两人，未读取",
            en=f"columns look shifted from row {self.first} on: this row may be two people's and "
            "is not read",
        )

    def _against(self, header: Header) -> Said:
        if self.other is None:
            return Said("（该行空缺，表末多出一格）", " (a gap there, a cell too many at the end)")
        other, name = header.letter(self.other), ALIASES[self.other][0]
        return Said(
            f"（与 {other} 列“{name}”的相邻行相符；也可能是 {other} 列错位）",
            f" (it fits the neighbouring rows of {other}, {self.other}; or {other} has moved)",
        )


class _Run:
    """Rows in succession whose witness fits a neighbour and not themselves."""

    def __init__(self) -> None:
        self.first, self.bits = 0, 0
        self.found: int | None = None  # where a run began that was no coincidence

    def add(self, row: int, own: int, neighbour: int) -> None:
        """Bits for (positive) and against (negative) a fit; 0 where there is nothing to compare."""
        if neighbour < 0 or own >= _STRONG:
            self.first = self.bits = 0
        elif own < 0 < neighbour:
            self.first = self.first or row
            self.bits += neighbour
            if self.bits >= _ENOUGH and self.found is None:
                self.found = self.first


class Neighbours:
    """Looks on as rows go by, in order, and compares each with the row before it."""

    def __init__(self) -> None:
        self._before: tuple[int, Claims] | None = None
        self._runs = {pair: (_Run(), _Run()) for pair in _COMPARE}

    def see(self, row: int, here: Claims) -> None:
        """Compare a row's number and name with its own witnesses and with the neighbours'."""
        before, self._before = self._before, (row, here)
        if before is None:
            return
        row_before, claims_before = before
        for pair, (down, up) in self._runs.items():
            bits = _COMPARE[pair]
            own = bits(here, here)
            # Slipped down: what stands here belongs to the row before. Slipped up: the other way.
            down.add(row, own, bits(here, claims_before))
            up.add(row_before, own, bits(claims_before, here))

    def shift(self) -> Shift | None:
        """The earliest shift that is beyond coincidence."""
        found = [
            Shift(run.found, column, other)
            for (column, other), runs in self._runs.items()
            for run in runs
            if run.found is not None
        ]
        return min(found, key=lambda shift: shift.first, default=None)


class Gaps:
    """Looks for necessary columns with a gap in one row, and the end of the table out of line."""

    def __init__(self, header: Header) -> None:
        self._necessary = header.necessary
        self._at = {field: header.columns[field][0] for field in header.necessary}
        self._header = header
        self._gaps: dict[Field, tuple[int, ...]] = {}
        self._rows = 0
        self._last: tuple[int, frozenset[Field]] = (0, frozenset())

    def see(self, row: int, cells: Sequence[Cell]) -> None:
        """Notes which necessary columns are filled in a row."""
        empty = frozenset(
            field for field, at in self._at.items() if at >= len(cells) or is_blank(cells[at])
        )
        self._rows, self._last = self._rows + 1, (row, empty)
        for field in empty:
            self._gaps[field] = (*self._gaps.get(field, ())[:1], row)  # the first and the latest

    def shift(self) -> Shift | None:
        """The last row holds only some columns, and just those have their one gap in one row."""
        row, empty = self._last
        hanging = self._at.keys() - empty
        gaps = {self._gaps.get(field, ()) for field in hanging}
        if not (empty and hanging and len(gaps) == 1):
            return None
        (gap,) = gaps
        if len(gap) != 1 or gap[0] >= row:
            return None
        return Shift(gap[0], next(field for field in self._necessary if field in hanging))

    def doubt(self) -> Finding | None:
        """A question where one column ends a row before the others and has no other gap."""
        row, empty = self._last
        if len(empty) != 1 or self._rows < _FEW_ROWS:
            return None
        (field,) = empty
        if self._gaps[field] != (row,):
            return None
        letter, name = self._header.letter(field), ALIASES[field][0]
        said = review(
            "roster/short-column",
            zh=f"{letter} 列（{name}）只有最后一行为空：请核对该列是否误删过单元格而整列上移",
            en=f"column {letter} ({field}) is empty in the last row only: was a cell deleted and "
            "have those below it moved up?",
        )
        return replace(said, place=Place(row=row, column=letter))


def _by_birth(number: Claims, witness: Claims) -> int:
    if not (number.number and witness.birth):
        return 0
    return _STRONG if number.number[6:14] == witness.birth else -_STRONG


def _by_sex(number: Claims, witness: Claims) -> int:
    stated = stated_sex(number)
    if not (stated and witness.sex):
        return 0
    return _WEAK if stated is witness.sex else -_WEAK


def _by_photo_number(number: Claims, witness: Claims) -> int:
    if not (number.number and witness.photo_number):
        return 0
    return _STRONG if number.number == witness.photo_number else -_STRONG


def _by_photo_name(name: Claims, witness: Claims) -> int:
    if not (name.name and witness.photo_name):
        return 0
    return _STRONG if same_name(name.name, witness.photo_name) else -_STRONG


_COMPARE = {
    (Field.IDENTITY_NUMBER, Field.BIRTH_DATE): _by_birth,
    (Field.IDENTITY_NUMBER, Field.SEX): _by_sex,
    (Field.IDENTITY_NUMBER, Field.PHOTO): _by_photo_number,
    (Field.NAME, Field.PHOTO): _by_photo_name,
}
