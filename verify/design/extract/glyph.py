"""One code point where it stands: what every reader makes first, and lines and blocks are joined from."""

import math
from dataclasses import dataclass, field

from certgen.model.box import Box
from certgen.model.page import Mm
from verify.design.design import Hiding, Painted, Rgb

MM_PER_PT = 25.4 / 72
TINY_PT = 3.0
"""Type below this is not read by eye: a Chinese character of 3 pt is 1 mm high."""


@dataclass(slots=True)
class Glyph:
    """A code point on a page, millimetres from the top left. Made by a reader, completed by the paint check."""

    char: str
    box: Box  # the extent of its type body
    x: Mm  # where it stands on its baseline
    y: Mm
    angle_deg: float  # direction of the baseline, clockwise, 0 to 360
    size_pt: float
    face: str = ""
    colour: Rgb | None = None
    thing: int = 0  # which object of the file drew it
    ink: Box | None = None  # what it blackens, where the reader knows
    painted: Painted = Painted.UNDECIDED
    hiding: tuple[Hiding, ...] = ()

    @property
    def em(self) -> Mm:
        """The height of its type."""
        return self.size_pt * MM_PER_PT


@dataclass(slots=True)
class Piece:
    """Glyphs that stand one behind the other on one baseline. `u` runs along it, `v` across, downwards."""

    glyphs: list[Glyph]
    u0: Mm
    u1: Mm
    v: Mm
    spaced_before: set[int] = field(default_factory=set)  # indexes of glyphs behind a wide gap

    @property
    def em(self) -> Mm:
        """The height of its type."""
        return self.glyphs[0].em

    @property
    def text(self) -> str:
        """Its code points."""
        return "".join(glyph.char for glyph in self.glyphs)

    @property
    def middle(self) -> Mm:
        """Half way along."""
        return (self.u0 + self.u1) / 2


class Frame:
    """Turns page coordinates so that the baseline of an angle lies level."""

    def __init__(self, angle_deg: float) -> None:
        self._cos = math.cos(math.radians(angle_deg))
        self._sin = math.sin(math.radians(angle_deg))

    def along(self, x: Mm, y: Mm) -> Mm:
        """How far along the baseline."""
        return x * self._cos + y * self._sin

    def across(self, x: Mm, y: Mm) -> Mm:
        """How far below."""
        return y * self._cos - x * self._sin

    def span(self, box: Box) -> tuple[Mm, Mm]:
        """From where to where a box reaches along the baseline."""
        corners = [self.along(x, y) for x in (box.x0, box.x1) for y in (box.y0, box.y1)]
        return min(corners), max(corners)
