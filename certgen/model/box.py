"""A box (矩形) on a page, in millimetres from its top left corner."""

from typing import NamedTuple

from certgen.model.page import Mm


class Box(NamedTuple):
    """A rectangle on a page: left, top, right, bottom."""

    x0: Mm
    y0: Mm
    x1: Mm
    y1: Mm

    @property
    def width(self) -> Mm:
        """From left to right."""
        return self.x1 - self.x0

    @property
    def height(self) -> Mm:
        """From top to bottom."""
        return self.y1 - self.y0

    @property
    def centre(self) -> tuple[Mm, Mm]:
        """The middle: x, y."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def union(self, other: "Box") -> "Box":
        """The smallest box around both."""
        return Box(
            min(self.x0, other.x0),
            min(self.y0, other.y0),
            max(self.x1, other.x1),
            max(self.y1, other.y1),
        )

    def overlap(self, other: "Box") -> float:
        """The area that both share, in mm²; 0 where they are apart."""
        width = min(self.x1, other.x1) - max(self.x0, other.x0)
        height = min(self.y1, other.y1) - max(self.y0, other.y0)
        return width * height if width > 0 and height > 0 else 0.0

    def grown(self, by: Mm) -> "Box":
        """The box with a margin of `by` on every side."""
        return Box(self.x0 - by, self.y0 - by, self.x1 + by, self.y1 + by)
