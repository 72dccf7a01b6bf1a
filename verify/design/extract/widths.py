"""Where characters stand when a format tells only where a text begins: widths as type is usually cut."""

from collections.abc import Sequence
from unicodedata import category, combining, east_asian_width

from certgen.model.box import Box
from certgen.model.page import Mm
from verify.design.extract.glyph import MM_PER_PT

ASCENT, DESCENT = 0.88, 0.12  # em: the body of a Chinese face around its baseline


def widths_em(text: str) -> list[float]:
    """The usual width of each code point in ems: an ideograph is one wide, a Latin letter about half."""
    return [_width(char) for char in text]


def _width(char: str) -> float:
    if combining(char) or category(char) in {"Cf", "Mn", "Me", "Cc"}:
        return 0.0
    if east_asian_width(char) in {"W", "F"}:
        return 1.0
    if char in "iljtfI.,:;!'| ":
        return 0.28
    return 0.67 if char.isupper() or char in "mw" else 0.5


def boxes_on_line(
    text: str, x: Mm, baseline: Mm, size_pt: float, width: Mm | None = None
) -> tuple[Box, ...]:
    """One box a code point on a level line from `x` on; `width` is that of the whole, where known."""
    em = size_pt * MM_PER_PT
    usual = widths_em(text)
    total = sum(usual) * em
    spread = _spread(usual, em, width, total)
    boxes = []
    for advance in spread:
        boxes.append(Box(x, baseline - ASCENT * em, x + advance, baseline + DESCENT * em))
        x += advance
    return tuple(boxes)


def _spread(usual: Sequence[float], em: Mm, width: Mm | None, total: Mm) -> list[Mm]:
    """Ideographs keep their em, what is left of the width goes to the others in proportion."""
    if width is None or total <= 0:
        return [share * em for share in usual]
    wide = sum(share for share in usual if share == 1.0) * em
    narrow = total - wide
    if narrow > 0 and width - wide > 0.3 * narrow:
        scale = (width - wide) / narrow
        return [share * em * (1 if share == 1.0 else scale) for share in usual]
    return [share * em * width / total for share in usual]
