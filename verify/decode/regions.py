"""Where on a page a QR code may be: places that are finely patterned on all sides.

Text is patterned too, but thinly; a portrait, a seal or the edge of the table only here and there.
"""

from dataclasses import dataclass

import numpy as np
from PIL import Image

from verify.decode.planes import box_mean, plane

WORKING_SIDE = 1_000
"""Pixels of the longer side at which the picture is surveyed."""

HALF_SIDES = (16, 25, 38, 58, 90, 140)
"""Half a symbol's side, in pixels of the survey."""

CROP_SIDE = 1_000
"""A larger region is reduced to this: a symbol in it has then more pixels than it needs."""


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the picture."""

    box: tuple[int, int, int, int]  # left, top, right, bottom, in pixels of the picture
    worth: float

    def area(self) -> int:
        """In pixels of the picture."""
        left, top, right, bottom = self.box
        return (right - left) * (bottom - top)

    def cut(self, picture: Image.Image, size: tuple[int, int]) -> tuple[Image.Image, float]:
        """The region out of `picture`, and how many of its pixels one pixel of the part is.

        `size` is that of the picture that was surveyed; `picture` may be smaller.
        """
        scale = picture.width / size[0]
        box = tuple(round(edge * scale) for edge in self.box)
        part = picture.crop((box[0], box[1], box[2], box[3]))
        factor = max(part.size) / CROP_SIDE
        if factor > 1:
            smaller = (max(1, round(part.width / factor)), max(1, round(part.height / factor)))
            part = part.resize(smaller, Image.Resampling.BOX, reducing_gap=2.0)
        return part, max(factor, 1.0) / scale


def regions(picture: Image.Image, most: int) -> list[Region]:
    """The likeliest places, best first; a small picture is one of them as a whole."""
    factor = max(1.0, max(picture.size) / WORKING_SIDE)
    size = (max(1, round(picture.width / factor)), max(1, round(picture.height / factor)))
    if min(size) < 24:
        return []
    survey = picture.resize(size, Image.Resampling.BOX) if factor > 1 else picture
    values = plane(survey)
    middle = box_mean(values, 3)
    # In units of the local brightness, or a shadow would hide what lies in it.
    fine = ((values - middle) / np.maximum(middle, 12)) ** 2
    found: list[Region] = []
    for half in HALF_SIDES:
        if 2 * half > min(size):
            break
        found += _at(fine, half, factor)
    chosen: list[Region] = []
    for region in sorted(found, key=lambda region: -region.worth):
        if all(_overlap(region, other) < 0.35 for other in chosen):
            chosen.append(region)
        if len(chosen) == most:
            break
    return chosen


def _at(fine: np.ndarray, half: int, factor: float) -> list[Region]:
    """Places where all four quarters of a square are patterned: the least of them counts."""
    energy = box_mean(fine, half // 2)
    height, width = energy.shape
    step = max(1, half // 2)
    quarters = [
        energy[y : height - 2 * step + y, x : width - 2 * step + x]
        for y in (0, 2 * step)
        for x in (0, 2 * step)
    ]
    least = np.minimum.reduce(quarters)
    found = []
    for _ in range(4):
        y, x = np.unravel_index(int(np.argmax(least)), least.shape)
        worth = float(least[y, x])
        if worth < 1e-4:
            break
        at_x, at_y, reach = float(x) + step, float(y) + step, 2.6 * half
        box = (at_x - reach, at_y - reach, at_x + reach, at_y + reach)
        limits = (width, height, width, height)
        left, top, right, bottom = (
            round(min(max(edge, 0), limit) * factor)
            for edge, limit in zip(box, limits, strict=True)
        )
        found.append(Region((left, top, right, bottom), worth * half))
        least[max(0, y - 2 * half) : y + 2 * half, max(0, x - 2 * half) : x + 2 * half] = 0
    return found


def _overlap(one: Region, other: Region) -> float:
    """Shared area in units of the larger one: nested regions of different size are both tried."""
    left, top = max(one.box[0], other.box[0]), max(one.box[1], other.box[1])
    right, bottom = min(one.box[2], other.box[2]), min(one.box[3], other.box[3])
    shared = max(0, right - left) * max(0, bottom - top)
    return shared / max(one.area(), other.area(), 1)
