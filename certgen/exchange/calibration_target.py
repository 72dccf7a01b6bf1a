"""The calibration target (校准页): where its marks stand, in millimetres, for who draws it and who reads it.

>>> target = Target(297.0, 210.0)
>>> target.text(Corner.TOP_LEFT)
'CGT1S29702100A'
>>> recognise('CGT1S29702100A') == (target, Corner.TOP_LEFT)
True

All positions are ours; nothing official speaks of them. They leave a printer 5 mm that it cannot print at every edge,
and what a camera reads lies deeper than the worst misplacement that is measured carries it out (shift 3 mm, scale
1.02, 1.5° on A4: 8.7 mm).
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from certgen.errors import InputError
from certgen.model.page import Mm

VERSION = 1
"""Of the geometry below. It is part of every mark: a target is never read with another version's positions."""

UNPRINTED: Mm = 5.0  # nothing is drawn nearer to an edge
CROSS: Mm = 20.0  # from both edges to the centre of a corner's cross: what is read by hand
MARK: Mm = 26.0  # from both edges to the square of a corner's QR code
MARK_SIZE: Mm = 18.0  # with its quiet zone of four modules
MARK_MODULES = 29  # version 1 (21 modules) and the quiet zone: 0.62 mm each
QUIET = 4
DISC: Mm = 3.0  # diameter
ROWS: tuple[tuple[Mm, Mm], ...] = ((17.0, 32.0), (24.0, 48.0))
"""Discs run along all four edges: (how far from the edge, how far from the next corner the first stands)."""
PITCH: Mm = 8.0  # about: the discs of a row divide its length evenly

SIDE_MIN: Mm = 140.0  # below it the words do not fit: A5 is the smallest sheet
SIDE_MAX: Mm = 450.0
SIZES: dict[str, tuple[Mm, Mm]] = {
    "A3": (420.0, 297.0),
    "A4": (297.0, 210.0),
    "A5": (210.0, 148.0),
    "B5": (257.0, 182.0),
    "16K": (260.0, 185.0),
}
"""Lying (横向), as the certificates do. B5 is JIS, 16K the domestic 十六开."""

_TEXT = re.compile(r"CGT([0-9])([SC])([0-9]{4})([0-9]{4})([A-D])")


class Corner(StrEnum):
    """A corner of the sheet as it lies before the reader, text upright."""

    TOP_LEFT = "top-left"
    TOP_RIGHT = "top-right"
    BOTTOM_RIGHT = "bottom-right"
    BOTTOM_LEFT = "bottom-left"

    @property
    def is_right(self) -> bool:
        """Whether its sideways reading goes to the right edge."""
        return self in {Corner.TOP_RIGHT, Corner.BOTTOM_RIGHT}

    @property
    def is_bottom(self) -> bool:
        """Whether its upright reading goes to the bottom edge."""
        return self in {Corner.BOTTOM_RIGHT, Corner.BOTTOM_LEFT}


class Spot(NamedTuple):
    """A place on the sheet, from its top left corner."""

    x: Mm
    y: Mm


@dataclass(frozen=True, slots=True)
class Target:
    """The target of one size of sheet. `is_check`: printed with the correction applied, to confirm it."""

    width: Mm
    height: Mm
    is_check: bool = False

    def __post_init__(self) -> None:
        if not all(SIDE_MIN <= side <= SIDE_MAX for side in (self.width, self.height)):
            raise InputError(
                zh=f"校准页的边长应为 {SIDE_MIN:g} 至 {SIDE_MAX:g} 毫米，不是 {self.width:g}×{self.height:g}；"
                "更小的卡证请校准拼版所用的大纸",
                en=f"the sides of a target are {SIDE_MIN:g} to {SIDE_MAX:g} mm, not {self.width:g} x {self.height:g}; "
                "for smaller cards calibrate the sheet they are imposed on",
            )

    @property
    def size(self) -> tuple[Mm, Mm]:
        """Width and height."""
        return self.width, self.height

    def cross(self, corner: Corner) -> Spot:
        """The centre of a corner's cross."""
        return self._from(corner, CROSS, CROSS)

    def mark(self, corner: Corner) -> Spot:
        """The top left corner of the square of a corner's QR code, quiet zone included."""
        inner = MARK + MARK_SIZE
        x = self.width - inner if corner.is_right else MARK
        y = self.height - inner if corner.is_bottom else MARK
        return Spot(x, y)

    def symbol(self, corner: Corner) -> tuple[Spot, Spot, Spot, Spot]:
        """The four corners of the QR code itself, clockwise from its top left."""
        left, top = self.mark(corner)
        near = QUIET * MARK_SIZE / MARK_MODULES
        far = MARK_SIZE - near
        return (
            Spot(left + near, top + near),
            Spot(left + far, top + near),
            Spot(left + far, top + far),
            Spot(left + near, top + far),
        )

    @property
    def discs(self) -> tuple[Spot, ...]:
        """The centres of all discs."""
        spots: list[Spot] = []
        for inset, start in ROWS:
            for x in _spread(start, self.width - start):
                spots += [Spot(x, inset), Spot(x, self.height - inset)]
            for y in _spread(start, self.height - start):
                spots += [Spot(inset, y), Spot(self.width - inset, y)]
        return tuple(spots)

    def text(self, corner: Corner) -> str:
        """What the QR code of a corner says: version, sheet or check, size in tenths of a millimetre, corner."""
        width, height = (f"{round(10 * side):04d}" for side in self.size)
        letter = "ABCD"[list(Corner).index(corner)]
        return f"CGT{VERSION}{'C' if self.is_check else 'S'}{width}{height}{letter}"

    def _from(self, corner: Corner, x: Mm, y: Mm) -> Spot:
        return Spot(
            self.width - x if corner.is_right else x, self.height - y if corner.is_bottom else y
        )


def recognise(text: str) -> tuple[Target, Corner] | None:
    """The target and the corner that a QR code belongs to; None for any other text, another version's too."""
    match = _TEXT.fullmatch(text)
    if match is None or int(match[1]) != VERSION:
        return None
    width, height = int(match[3]) / 10, int(match[4]) / 10
    if not all(SIDE_MIN <= side <= SIDE_MAX for side in (width, height)):
        return None
    return Target(width, height, is_check=match[2] == "C"), list(Corner)["ABCD".index(match[5])]


def named(name: str, *, upright: bool = False) -> tuple[Mm, Mm]:
    """'A4' lying, or standing with `upright`; or 'width x height' in millimetres. `InputError` for anything else."""
    if (size := SIZES.get(name.strip().upper())) is not None:
        return (size[1], size[0]) if upright else size
    match = re.fullmatch(r"([0-9]{2,3}(?:\.[0-9])?)[xX×]([0-9]{2,3}(?:\.[0-9])?)", name.strip())
    if match is None:
        raise InputError(
            zh=f"不认识纸张“{name[:40]}”：可用 {'、'.join(SIZES)}，或写成“宽x高”毫米，如 297x210",
            en=f"unknown sheet '{name[:40]}': {', '.join(SIZES)}, or width x height in mm, such as 297x210",
        )
    return float(match[1]), float(match[2])


def _spread(first: Mm, last: Mm) -> list[Mm]:
    count = max(round((last - first) / PITCH), 1)
    return [first + (last - first) * step / count for step in range(count + 1)]
