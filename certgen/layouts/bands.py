"""Where a mark (样本) may run across a side: as large as it can be, clear of photo and QR code.

Text is printed over it, so only what a mark would spoil is left clear: a QR code loses contrast, and a photo would hide
half of the mark.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

from certgen.layouts.slots import Layout
from certgen.model.page import Mm
from certgen.standards.filling import MM_PER_PT

EDGE: Mm = 6.0
"""Left free at the edge of the sheet, so that trimming takes nothing of the mark."""

CLEAR: Mm = 2.0
"""Left free around photo and QR code."""

_ANGLES = (32.0, 24.0, 16.0, 8.0, 0.0)
_STEP: Mm = 4.0  # between the places that are tried
_SHRINK = 0.93  # from one size that is tried to the next
_BELOW, _ABOVE = 0.12, 0.86  # of the size: how far the ink of a line reaches
_SMALLEST: Mm = 2.0
_Point = tuple[Mm, Mm]
_Box = tuple[_Point, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """One line of large type: where its baseline begins, and how it is turned (upwards to the right)."""

    x: Mm
    baseline: Mm
    size_pt: float
    angle_deg: float


def widest_band(layout: Layout, width_em: float) -> Band:
    """The largest place for a line that is `width_em` times as long as its type is high."""
    return _widest(layout.width, layout.height, _kept_clear(layout), round(width_em, 3))


@lru_cache(maxsize=32)  # every branch has the same side
def _widest(width: Mm, height: Mm, clear: tuple[_Box, ...], width_em: float) -> Band:
    middles = _middles(width, height)
    size = min(width, height)
    while size > _SMALLEST:
        for angle in _ANGLES:
            half = _half_extent(size, width_em, angle)
            for middle in middles:
                if _is_inside(middle, half, width, height) and not any(
                    _meet(_corners(middle, size, width_em, angle), box) for box in clear
                ):
                    x, baseline = _start(middle, size, width_em, angle)
                    return Band(x, baseline, round(size / MM_PER_PT, 1), angle)
        size *= _SHRINK
    return Band(EDGE, height / 2, _SMALLEST / MM_PER_PT, 0.0)  # a side that is full of pictures


def _middles(width: Mm, height: Mm) -> list[_Point]:
    """Points of the side, from the middle outwards."""
    across, down = int(width / _STEP), int(height / _STEP)
    centre = (width / 2, height / 2)
    points = [(x * _STEP, y * _STEP) for x in range(across + 1) for y in range(down + 1)]
    return sorted(points, key=lambda point: math.dist(point, centre))


def _half_extent(size: Mm, width_em: float, angle_deg: float) -> _Point:
    xs, ys = zip(*_corners((0.0, 0.0), size, width_em, angle_deg), strict=True)
    return max(xs), max(ys)


def _is_inside(middle: _Point, half: _Point, width: Mm, height: Mm) -> bool:
    (x, y), (across, down) = middle, half
    return EDGE + across <= x <= width - EDGE - across and EDGE + down <= y <= height - EDGE - down


def _start(middle: _Point, size: Mm, width_em: float, angle_deg: float) -> _Point:
    """Where the baseline of the line begins that has its ink around `middle`."""
    return _from(middle, -width_em / 2 * size, -(_ABOVE - _BELOW) / 2 * size, angle_deg)


def _from(point: _Point, along: Mm, up: Mm, angle_deg: float) -> _Point:
    sine, cosine = math.sin(math.radians(angle_deg)), math.cos(math.radians(angle_deg))
    return point[0] + along * cosine - up * sine, point[1] - along * sine - up * cosine


def _corners(middle: _Point, size: Mm, width_em: float, angle_deg: float) -> _Box:
    length, height = width_em * size, (_ABOVE + _BELOW) * size
    ends = ((-1, -1), (1, -1), (1, 1), (-1, 1))
    return tuple(_from(middle, a * length / 2, b * height / 2, angle_deg) for a, b in ends)


def _kept_clear(layout: Layout) -> tuple[_Box, ...]:
    boxes: list[_Box] = []
    if photo := layout.photo:
        boxes.append(_box(photo.x, photo.y, photo.width, photo.height))
    if qr := layout.qr:
        boxes.append(_box(qr.x, qr.y, qr.size, qr.size))
    return tuple(boxes)


def _box(x: Mm, y: Mm, width: Mm, height: Mm) -> _Box:
    left, top, right, bottom = x - CLEAR, y - CLEAR, x + width + CLEAR, y + height + CLEAR
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def _meet(one: _Box, other: _Box) -> bool:
    """Two rectangles share something unless a side of one of them parts them."""
    for corners in (one, other):
        for at in (0, 1):
            (x0, y0), (x1, y1) = corners[at], corners[at + 1]
            across = (y1 - y0, x0 - x1)
            first, second = (
                [x * across[0] + y * across[1] for x, y in rectangle] for rectangle in (one, other)
            )
            if max(first) <= min(second) or max(second) <= min(first):
                return False
    return True
