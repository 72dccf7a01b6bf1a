"""What all codes share: the explanation of a part, a doubt, and the errors about wrong shapes.

Every message gives the input, what was expected and what was found, in that order.
"""

import re
from dataclasses import dataclass

from certgen.errors import CodeAlphabetError, CodeComponentError, CodeLengthError, Said
from certgen.standards.text import shown

DIGITS = "0123456789"
"""The only digits of a code. `\\d` and `isdigit` would let full-width and superscript ones pass."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a code, explained. Positions count from 1, as in the notices, ends included."""

    first: int
    last: int
    text: str
    name: Said  # what the notice calls it: 省级代码
    meaning: Said  # what it says here: 黑龙江省
    clause: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reason to look again at a code that parses: a local rule it does not seem to follow."""

    code: str  # permanent short id, 'henan/city'
    said: Said
    clause: str


@dataclass(frozen=True, slots=True)
class Shape:
    """The length and alphabet of a kind of code, and how messages call it."""

    name: Said
    letters: str  # the letters allowed at position 1; empty where it is a digit
    length: int

    def check(self, text: str) -> None:
        """Pass, or raise `CodeLengthError` or `CodeAlphabetError` naming the first wrong place."""
        if len(text) != self.length:
            raise CodeLengthError(
                zh=f"{self.name.zh}“{shown(text)}”应为 {self.length} 位，现为 {len(text)} 位",
                en=f"{self.name.en} '{shown(text)}': expected {self.length} characters, "
                f"found {len(text)}",
            )
        for position, character in enumerate(text, 1):
            allowed = self.letters if position == 1 and self.letters else DIGITS
            if character not in allowed:
                raise self._wrong_character(text, position, character)

    def _wrong_character(self, text: str, position: int, found: str) -> CodeAlphabetError:
        is_letter = position == 1 and self.letters
        zh = f"大写字母 {'、'.join(self.letters)}" if is_letter else "半角数字 0-9"
        en = f"capital {' or '.join(self.letters)}" if is_letter else "an ASCII digit"
        return CodeAlphabetError(
            zh=f"{self.name.zh}“{shown(text)}”第 {position} 位应为{zh}，现为“{found}”",
            en=f"{self.name.en} '{shown(text)}', position {position}: expected {en}, "
            f"found '{found}'",
        )


def wrong_part(name: Said, text: str, part: Said, expected: Said, found: str) -> CodeComponentError:
    """The error for a part of the right shape that names nothing known."""
    return CodeComponentError(
        zh=f"{name.zh}“{shown(text)}”的{part.zh}应为{expected.zh}，现为“{shown(found)}”",
        en=f"{name.en} '{shown(text)}', {part.en}: expected {expected.en}, found '{shown(found)}'",
    )


def is_digits(text: str, length: int) -> bool:
    """Whether `text` is exactly `length` ASCII digits."""
    return bool(re.fullmatch(r"[0-9]+", text)) and len(text) == length
