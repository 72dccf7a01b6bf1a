"""Numbers that a damaged identity number (证件号码) may have been, for the clerk to compare.

A spreadsheet keeps 15 of the 18 digits. Exactly 100 valid numbers share them, so nothing is ever
repaired; but a photo named by the number, or an earlier batch, may hold the real one. Candidates
are shown masked, with where they were found: the document decides.

>>> found = among([("11010519491231002X", Said("照片 a.jpg", "photo a.jpg"))])
>>> found("110105194912310")
(Candidate(masked='110***2X', found=Said(zh='照片 a.jpg', en='photo a.jpg')),)
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from certgen.errors import Said
from certgen.standards.identity import mask, tidy

KEPT = 15
"""Digits that a spreadsheet number keeps."""

_WHOLE = 18
_MOST = 5  # more would not help anyone


class Candidate(NamedTuple):
    """A number that begins as the damaged one does."""

    masked: str  # '110***2X'
    found: Said  # where: '照片 ***2X.jpg'


Candidates = Callable[[str], tuple[Candidate, ...]]
"""The first 15 digits -> the numbers that share them."""


def none(_first: str) -> tuple[Candidate, ...]:
    """No earlier batch, no photos: no candidates."""
    return ()


def among(numbers: Iterable[tuple[str, Said]]) -> Candidates:
    """Candidates among `numbers`, each with where it was found; what is no 18-digit number is left out."""
    index: dict[str, tuple[Candidate, ...]] = {}
    for raw, found in numbers:
        number = tidy(raw)
        if len(number) == _WHOLE and number[:-1].isascii() and number[:-1].isdecimal():
            first = number[:KEPT]
            index[first] = (*index.get(first, ()), Candidate(mask(number), found))
    return lambda first: index.get(first, ())


def either(*sources: Candidates) -> Candidates:
    """What any of the sources knows."""
    return lambda first: tuple(candidate for source in sources for candidate in source(first))


def listed(candidates: tuple[Candidate, ...]) -> Said:
    """The sentence that offers them, beginning with its own punctuation; empty where there are none."""
    if not candidates:
        return Said("", "")
    shown = candidates[:_MOST]
    more = "…" if len(candidates) > _MOST else ""
    zh = "、".join(f"{one.masked}（{one.found.zh}）" for one in shown) + more
    en = ", ".join(f"{one.masked} ({one.found.en})" for one in shown) + more
    return Said(
        f"。前 {KEPT} 位相同的号码：{zh}，可作对照线索，须以证件为准",
        f". Numbers with the same first {KEPT} digits: {en}; a hint only, the document decides",
    )
