"""One cell of a roster: what may stand in it, its text, and what reading it gives.

Spreadsheets keep numbers and dates as numbers, and some of them are damage: an identity number
kept as a number has lost its last digits. So a cell keeps the type its file gave it until a reader
of that column (name, date, identity number) has seen it.
"""

from datetime import date, datetime, time, timedelta
from typing import Generic, NamedTuple, TypeVar

from certgen.errors import Said
from certgen.model.finding import Finding, Severity

Cell = str | int | float | bool | date | datetime | time | timedelta
"""What a cell holds. CSV has text only; an empty cell is the empty text."""

T = TypeVar("T")

INEXACT_FROM = 1e15
"""A spreadsheet number keeps 15 digits; from the 16th on they are invented."""


class Read(NamedTuple, Generic[T]):
    """What a cell says: a value, None where it says nothing usable; findings without a place."""

    value: T | None
    findings: tuple[Finding, ...] = ()


def text_of(cell: Cell) -> str:
    """The text a person would read in the cell: 3.0 is '3', a date is ISO, text is itself."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < INEXACT_FROM:
        return f"{cell:.0f}"
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def is_blank(cell: Cell) -> bool:
    """Whether nothing stands in the cell; spaces are nothing."""
    return isinstance(cell, str) and not cell.strip()


def column_letter(index: int) -> str:
    """The letter Excel shows over column `index`, counted from 0: 'A', 'Z', 'AA'."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def error(code: str, *, zh: str, en: str, clause: str = "") -> Finding:
    """A finding that refuses its row."""
    return Finding(code, Severity.ERROR, Said(zh, en), clause=clause)


def warning(code: str, *, zh: str, en: str, clause: str = "") -> Finding:
    """A finding that somebody should look at; the row goes through."""
    return Finding(code, Severity.WARNING, Said(zh, en), clause=clause)


def note(code: str, *, zh: str, en: str) -> Finding:
    """A finding that only tells what was done."""
    return Finding(code, Severity.NOTE, Said(zh, en))
