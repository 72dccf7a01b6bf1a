"""One cell of a roster: what may stand in it, its text, and what reading it gives.

Spreadsheets keep numbers and dates as numbers, and some of them are damage: an identity number
kept as a number has lost its last digits. So a cell keeps the type its file gave it until a reader
of that column (name, date, identity number) has seen it.
"""

import re
from datetime import date, datetime, time, timedelta
from typing import Generic, NamedTuple, TypeVar

from certgen.errors import Said
from certgen.model.finding import Finding, Severity


class Flaw(NamedTuple):
    """A cell that shows no value of its own: an Excel error, or a formula that nobody computed."""

    text: str  # '#N/A', or '=' for a formula whose result is not in the file


Cell = str | int | float | bool | date | datetime | time | timedelta | Flaw
"""What a cell holds. CSV has text and flaws only; an empty cell is the empty text."""

T = TypeVar("T")

INEXACT_FROM = 1e15
"""A spreadsheet number keeps 15 digits; from the 16th on they are invented."""

UNCOMPUTED = "="
"""The text of the flaw of a formula without a result."""

# What Excel and WPS write for a value that cannot be computed; a row of # where it does not fit.
_ERROR_TEXT = re.compile(
    r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)|#{2,}"
    r"|Err:[0-9]{3}"
)
_ERROR_BEGINS = frozenset("#E \t")
_QUOTED = re.compile(r'="([^"]*)"')


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
    if isinstance(cell, Flaw):
        return cell.text
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def is_blank(cell: Cell) -> bool:
    """Whether nothing stands in the cell; spaces are nothing."""
    return isinstance(cell, str) and not cell.strip()


def flaw_of(cell: Cell) -> Finding | None:
    """A refusal for an Excel error, also one that a CSV file keeps as text; None for a value."""
    if isinstance(cell, str):
        if not cell or cell[0] not in _ERROR_BEGINS:  # nearly every cell
            return None
        word = cell.strip()
        return _excel_error(word) if _ERROR_TEXT.fullmatch(word) else None
    if not isinstance(cell, Flaw):
        return None
    if cell.text != UNCOMPUTED:
        return _excel_error(cell.text)
    return error(
        "cell/formula",
        zh="单元格是公式，文件中没有它的计算结果；请用 Excel 或 WPS 打开并保存，"
        "或将该列复制后“选择性粘贴”为数值",
        en="the cell is a formula and the file does not hold its result: open and save the file "
        "in Excel or WPS, or paste the column as values",
    )


def unquoted(text: str) -> str:
    """The text in `="…"`, as which programs export long numbers so that Excel leaves them alone."""
    found = _QUOTED.fullmatch(text.strip())
    return found.group(1) if found else text


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


def review(code: str, *, zh: str, en: str, clause: str = "") -> Finding:
    """A finding that a person must decide; the row goes through."""
    return Finding(code, Severity.REVIEW, Said(zh, en), clause=clause)


def warning(code: str, *, zh: str, en: str, clause: str = "") -> Finding:
    """A finding that somebody should look at; the row goes through."""
    return Finding(code, Severity.WARNING, Said(zh, en), clause=clause)


def note(code: str, *, zh: str, en: str, clause: str = "") -> Finding:
    """A finding that only tells what was done."""
    return Finding(code, Severity.NOTE, Said(zh, en), clause=clause)


def _excel_error(text: str) -> Finding:
    return error(
        "cell/excel-error",
        zh=f"单元格是表格软件的错误值“{text}”，请改正公式或直接填写内容"
        if text.strip("#")
        else "单元格只有 #：列宽不够，存成 CSV 时内容已丢失；请加宽该列后重新另存",
        en=f"the cell holds the spreadsheet error {text}: mend the formula or type the value"
        if text.strip("#")
        else "the cell holds only #: its column was too narrow and the value was lost when the "
        "CSV file was saved; widen the column and save it again",
    )
