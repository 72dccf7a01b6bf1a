"""A certificate code typed with one slip: what was probably meant.

>>> [one.code for one in suggestions("Y0OO041000001251000001")]
['Y000041000001251000001']
>>> suggestions("Y000041000001251000001")
()

Slips: full-width characters, letters for digits (O/0, I/1, S/5 …), one character wrong, missing, doubled or swapped
with its neighbour. Only what fits the rules of the code is suggested, and what begins like an agency that is known
(`prefixes`: the pinned ones) comes first. A suggestion is a question to the person, never an answer: nothing is
looked up, and a slip among the last six digits shows in no rule.
"""

from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import IntEnum

from certgen.errors import CodeError, Said
from certgen.standards.codes.national import CertificateCode
from certgen.standards.text import half_width

LENGTH = 22
MOST = 8
"""A list longer than this helps nobody: then nothing is suggested unless a known agency narrows it."""

# What hands and eyes take for a digit; O and 0 lead by far.
_DIGIT_FOR = str.maketrans("OoQDIilL|!ZzEAhSsGbTBgq", "00001111112234455667899")
_LETTER_FOR = {"V": "Y", "X": "Y", "U": "Y", "4": "Y", "7": "Y", "5": "S", "8": "S", "$": "S"}
_DROPPED = str.maketrans("", "", "-–—_.·,，。:：/\\")


class Slip(IntEnum):
    """What went wrong, the likeliest first."""

    FORM = 1  # full-width, small letters, signs between
    LOOK_ALIKE = 2
    DOUBLED = 3
    SWAPPED = 4
    EXTRA = 5
    WRONG = 6
    MISSING = 7


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A well-formed code that is one slip away from what was typed."""

    code: str
    slip: Slip
    position: int  # of the slip in `code`, from 1; 0: all over
    known: bool  # begins with one of the prefixes
    said: Said


def suggestions(
    text: str, prefixes: Collection[str] = (), *, latest_year: int | None = None
) -> tuple[Suggestion, ...]:
    """What was probably meant, the likeliest first; () for a code without a slip, and where too much could be meant.

    `latest_year` (2026): no code is suggested of a year after it, nor of one before the rules (2019).
    """
    if _is_lawful(text, None) and (not prefixes or _is_known(text, prefixes)):
        return ()
    typed = half_width(text)[: 4 * LENGTH]
    typed = "".join(typed.split()).translate(_DROPPED)
    if abs(len(typed) - LENGTH) > 1:
        return ()
    found: dict[str, Suggestion] = {}
    for code, slip, position in _candidates(typed):
        if code == text or code in found or not _is_lawful(code, latest_year):
            continue
        known = _is_known(code, prefixes)
        found[code] = Suggestion(code, slip, position, known, _said(code, slip, position))
        if slip is Slip.LOOK_ALIKE or (slip is Slip.FORM and not prefixes):
            break  # nothing else is needed to explain what was typed
    if _is_lawful(text, None):  # well-formed: only a known agency makes another one likelier
        found = {code: one for code, one in found.items() if one.known}
    return _best(list(found.values()))


def _best(found: list[Suggestion]) -> tuple[Suggestion, ...]:
    known = [one for one in found if one.known]
    for group in (known, found):
        for slips in ({Slip.FORM, Slip.LOOK_ALIKE, Slip.DOUBLED}, set(Slip)):
            chosen = [one for one in group if one.slip in slips]
            if 0 < len(chosen) <= MOST:
                return tuple(sorted(chosen, key=lambda one: (one.slip, one.position)))
    return ()


def _candidates(typed: str) -> Iterator[tuple[str, Slip, int]]:
    """Everything one slip away, by likelihood; lawful or not."""
    yield typed.upper(), Slip.FORM, 0
    plain = _as_written(typed)
    if len(plain) == LENGTH:
        changed = [place for place in range(LENGTH) if plain[place] != typed[place].upper()]
        yield plain, Slip.LOOK_ALIKE, changed[0] + 1 if len(changed) == 1 else 0
        yield from _swapped(plain)
        yield from _wrong(plain)
    elif len(plain) > LENGTH:
        yield from _too_many(typed)
    else:
        yield from _missing(plain)


def _as_written(typed: str) -> str:
    """A capital letter and digits, wherever a look-alike stands."""
    if not typed[:1].isalpha() and len(typed) < LENGTH:
        return typed.translate(_DIGIT_FOR)  # the letter itself is missing
    first = typed[:1].upper()
    return _LETTER_FOR.get(first, first) + typed[1:].translate(_DIGIT_FOR)


def _too_many(typed: str) -> Iterator[tuple[str, Slip, int]]:
    for place in range(len(typed)):
        slip = Slip.DOUBLED if typed[place] == typed[place + 1 : place + 2] else Slip.EXTRA
        yield _as_written(typed[:place] + typed[place + 1 :]), slip, place + 1


def _missing(plain: str) -> Iterator[tuple[str, Slip, int]]:
    for place in range(LENGTH):
        for character in "0123456789" if place else "YS":
            yield plain[:place] + character + plain[place:], Slip.MISSING, place + 1


def _swapped(plain: str) -> Iterator[tuple[str, Slip, int]]:
    for place in range(LENGTH - 1):
        swapped = plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :]
        yield swapped, Slip.SWAPPED, place + 1


def _wrong(plain: str) -> Iterator[tuple[str, Slip, int]]:
    for place in range(LENGTH):
        for character in "0123456789" if place else "YS":
            yield plain[:place] + character + plain[place + 1 :], Slip.WRONG, place + 1


def _is_lawful(code: str, latest_year: int | None) -> bool:
    with suppress(CodeError):
        year = CertificateCode.parse(code).issue_year
        return latest_year is None or 2019 <= year <= latest_year
    return False


def _is_known(code: str, prefixes: Collection[str]) -> bool:
    return any(code.startswith(prefix) for prefix in prefixes)


def _said(code: str, slip: Slip, position: int) -> Said:
    zh = {
        Slip.FORM: "应为半角大写字母和数字，中间无符号",
        Slip.LOOK_ALIKE: "字母误作数字，或相反" + (f"（第 {position} 位）" if position else ""),
        Slip.DOUBLED: f"第 {position} 位多按了一次",
        Slip.SWAPPED: f"第 {position} 位和第 {position + 1} 位颠倒",
        Slip.EXTRA: f"第 {position} 位附近多一位",
        Slip.WRONG: f"第 {position} 位有误",
        Slip.MISSING: f"漏了第 {position} 位",
    }[slip]
    en = {
        Slip.FORM: "half-width capitals and digits with nothing between",
        Slip.LOOK_ALIKE: "a letter for a digit, or the other way round"
        + (f" (position {position})" if position else ""),
        Slip.DOUBLED: f"position {position} was typed twice",
        Slip.SWAPPED: f"positions {position} and {position + 1} change places",
        Slip.EXTRA: f"one character too many near position {position}",
        Slip.WRONG: f"position {position} is another",
        Slip.MISSING: f"position {position} is missing",
    }[slip]
    return Said(f"是否为 {code}？{zh}", f"did you mean {code}? {en}")
