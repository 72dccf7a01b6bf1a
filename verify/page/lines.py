"""Pieces of text with the boxes they stand in, however they were read: what fields are looked for in.

Coordinates are fractions of the page's width (both x and y), origin top left: a photo has no millimetres.
"""

from dataclasses import dataclass

from certgen.standards.lookalikes import usual


@dataclass(frozen=True, slots=True)
class Line:
    """One piece of text that stands on one line, and its box."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    score: float = 1.0  # how sure the reader is: 1 for the text of a PDF

    @property
    def height(self) -> float:
        """Of the box, near the size of the type."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.top + self.bottom) / 2

    def beside(self, other: "Line") -> bool:
        """Whether this stands on the same line as `other`: each one's middle inside the other's box."""
        return self.top < other.middle < self.bottom or other.top < self.middle < other.bottom


@dataclass(frozen=True, slots=True)
class PageText:
    """What was read off one page."""

    lines: tuple[Line, ...]
    by_ocr: (
        bool  # read from a picture: what differs is never a contradiction, only a reason to look
    )

    @property
    def text(self) -> str:
        """All of it, a line each."""
        return "\n".join(line.text for line in self.lines)


def folded(text: str) -> str:
    """`text` to compare with: no white space, radicals and variants as the characters usually meant.

    >>> folded("⺠ 政（Ａ）") == folded("民政(A)")
    True
    """
    return "".join(usual(character) for character in text if not character.isspace())
