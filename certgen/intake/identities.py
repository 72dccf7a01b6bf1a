"""Whose row it is: identity number (证件号码) and identity document type (证件类型).

A number that a spreadsheet has rounded is refused and never repaired: of the 18 digits it keeps 15,
exactly 100 valid numbers share those, and the check digit cannot choose among them.
No message of this module repeats a number.
"""

import re
from datetime import date
from functools import lru_cache

from certgen.intake.candidates import KEPT, Candidate, Candidates, listed, none
from certgen.intake.cells import (
    INEXACT_FROM,
    Cell,
    Read,
    error,
    note,
    text_of,
    unquoted,
    warning,
)
from certgen.model.finding import Finding
from certgen.standards import identity
from certgen.standards.identity import IdentityType
from certgen.standards.text import shown

_CLAUSE = "人社鉴发〔2021〕1号 二(一)"
_SCIENTIFIC = re.compile(r"([0-9])(?:\.([0-9]+)E\+?|E\+)[0-9]{1,3}")
_EXPORTED = re.compile(r"[0-9]{16,19}\.0+")  # a number cell as other programs write it to CSV
_PLAIN = re.compile(r"[0-9]{17}[0-9X]")


def read_number(cell: Cell, candidates: Candidates = none) -> Read[str]:
    """The number, tidied; its shape is judged by `number_findings` once the type is known.

    `candidates` are named where a spreadsheet has damaged the number.
    """
    if isinstance(cell, str) and _PLAIN.fullmatch(cell):
        return Read(cell)  # nearly every row of nearly every roster
    text = text_of(cell)
    number = identity.tidy(unquoted(text))
    kept = _kept_digits(cell, number)
    if kept is not None:
        return Read(None, (_damaged(candidates(kept) if len(kept) == KEPT else ()),))
    if not number:
        missing = error(
            "identity/missing",
            zh="证件号码为空，请填写",
            en="no identity number: fill it in",
            clause=_CLAUSE,
        )
        return Read(None, (missing,))
    if number == text.strip().upper():
        return Read(number)
    tidied = note(
        "identity/tidied",
        zh="证件号码中的全角字符、空格或引号已整理",
        en="full-width characters, spaces or quotation marks of the number were tidied",
    )
    return Read(number, (tidied,))


def read_type(cell: Cell, number: str | None) -> Read[IdentityType]:
    """The stated type, or where none is stated the one that `number` has the shape of."""
    text = text_of(cell).strip()
    return _stated(text) if text else _guessed(number)


@lru_cache(maxsize=256)  # a roster has few types
def _stated(text: str) -> Read[IdentityType]:
    kind = IdentityType.parse(text)
    if kind:
        return Read(kind)
    known = "、".join(kind.zh for kind in IdentityType)
    unknown = error(
        "identity/unknown-type",
        zh=f"无法识别证件类型“{shown(text)}”，可用：{known}",
        en=f"unknown identity type '{shown(text)}'; known: {known}",
        clause=_CLAUSE,
    )
    return Read(None, (unknown,))


def number_findings(
    kind: IdentityType, number: str, today: date, candidates: Candidates = none
) -> tuple[Finding, ...]:
    """What is wrong (refused) or doubtful (warned of) about the number.

    One that ends in 000 and fails its check digit was rounded by a spreadsheet and saved as text.
    """
    problems = identity.problems(kind, number, on=today)
    codes = {problem.code for problem in problems}
    if {"identity/rounded", "identity/check-digit"} <= codes:
        return (_damaged(candidates(number[:KEPT])),)
    return tuple(
        (error if problem.certain else warning)(
            problem.code, zh=problem.said.zh, en=problem.said.en
        )
        for problem in problems
    )


def _guessed(number: str | None) -> Read[IdentityType]:
    kind = identity.guess_type(number) if number else None
    if number is None or kind is IdentityType.RESIDENT_CARD:
        return Read(kind)  # without a number there is nothing to guess from: it has its own finding
    if kind is None:
        missing = error(
            "identity/type-missing",
            zh="没有证件类型，证件号码也不符合任何一种证件的格式，请补充",
            en="no identity type, and the number has the shape of none: add the type",
            clause=_CLAUSE,
        )
        return Read(None, (missing,))
    guessed = warning(
        "identity/type-guessed",
        zh=f"没有证件类型，按号码格式推断为{kind.zh}，请核对",
        en=f"no identity type; by the shape of the number it is a {kind.en}: check it",
    )
    return Read(kind, (guessed,))


def _kept_digits(cell: Cell, number: str) -> str | None:
    """What is left of a number that a spreadsheet took for one, 15 digits at best; else None."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        whole = f"{abs(cell):.0f}" if abs(cell) >= INEXACT_FROM else ""
        return whole[:KEPT] if whole else None
    found = _SCIENTIFIC.fullmatch(number)
    if found:
        return (found.group(1) + (found.group(2) or ""))[:KEPT]
    return number[:KEPT] if _EXPORTED.fullmatch(number) else None


def _damaged(found: tuple[Candidate, ...]) -> Finding:
    zh, en = listed(found)
    return error(
        "identity/excel-damaged",
        zh="证件号码被表格软件当作数字，后几位已丢失且无法推算；"
        f"请先把该列设为文本格式，再对照证件重新填写{zh}",
        en="a spreadsheet took the identity number for a number: its last digits are lost and "
        f"cannot be computed; format the column as text and enter it again from the document{en}",
    )
