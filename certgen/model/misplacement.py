"""How far a printer misses (套打误差): where it puts what it was told to put at a place, and how that is undone.

>>> shifted = Misplacement(dx=0.5, dy=-0.2)
>>> shifted.lands((100.0, 100.0), (297.0, 210.0))
(100.5, 99.8)
>>> shifted.aim((100.0, 100.0), (297.0, 210.0))
(99.5, 100.2)
"""

from dataclasses import dataclass
from math import cos, radians, sin

from certgen.model.page import Mm

Point = tuple[Mm, Mm]
"""Millimetres from the top left corner of the sheet: x to the right, y downwards."""

Size = tuple[Mm, Mm]
"""Width and height of the sheet."""


@dataclass(frozen=True, slots=True)
class Misplacement:
    """A shift, a scale in either direction and a turn, all about the middle of the sheet.

    A printer that misses by nothing is `Misplacement()`.
    """

    dx: Mm = 0.0  # the middle of the sheet comes out so far to the right
    dy: Mm = 0.0  # and so far down
    scale_x: float = 1.0  # 0.97: the driver shrinks the page
    scale_y: float = 1.0
    angle_deg: float = 0.0  # clockwise, as y runs downwards

    def lands(self, point: Point, sheet: Size) -> Point:
        """Where on the sheet this printer puts what is asked for at `point`."""
        middle_x, middle_y = sheet[0] / 2, sheet[1] / 2
        x, y = (point[0] - middle_x) * self.scale_x, (point[1] - middle_y) * self.scale_y
        turn = radians(self.angle_deg)
        return (
            middle_x + self.dx + x * cos(turn) - y * sin(turn),
            middle_y + self.dy + x * sin(turn) + y * cos(turn),
        )

    def aim(self, point: Point, sheet: Size) -> Point:
        """What to ask for so that it comes out at `point`: the inverse of `lands`."""
        middle_x, middle_y = sheet[0] / 2, sheet[1] / 2
        x, y = point[0] - middle_x - self.dx, point[1] - middle_y - self.dy
        turn = radians(self.angle_deg)
        return (
            middle_x + (x * cos(turn) + y * sin(turn)) / self.scale_x,
            middle_y + (y * cos(turn) - x * sin(turn)) / self.scale_y,
        )
