"""Choose the mask of a QR symbol by the penalties of ISO/IEC 18004 §7.8.3, on whole pictures at once.

A picture is an integer: bit y·step+x is module (x, y), dark = 1; the bits beyond a row's last module are 0. Shifting
it by 1 or by `step` lays each module over its neighbour to the right or below.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple


def stride(size: int) -> int:
    """How many bits a row takes: whole bytes, at least one bit more than it has modules."""
    return (size // 8 + 1) * 8


class _Fields(NamedTuple):
    """Which modules have k neighbours to the right (or below), as pictures, by k."""

    right: tuple[int, ...]
    below: tuple[int, ...]


def best_mask(pictures: Sequence[int], size: int) -> tuple[int, int]:
    """The number of the picture with the least penalty, the first of equals, and the picture."""
    best, least = 0, _WORST
    for mask, picture in enumerate(pictures):
        found = penalty(picture, size, below=least)
        if found < least:
            best, least = mask, found
    return best, pictures[best]


_WORST = 1 << 30


def penalty(picture: int, size: int, *, below: int = _WORST) -> int:
    """The sum of the four penalties of a symbol; only that it is not below `below`, as soon as that is sure."""
    fields, step = _fields(size), stride(size)
    same_right = ~(picture ^ picture >> 1) & fields.right[1]
    same_below = ~(picture ^ picture >> step) & fields.below[1]
    runs = _runs(same_right, 1, fields.right[4]) + _runs(same_below, step, fields.below[4])
    if runs >= below:
        return runs
    blocks = same_right & same_right >> step & same_below
    share = int(abs(picture.bit_count() * 100 / size**2 - 50) / 5)
    found = runs + 3 * blocks.bit_count() + 10 * share
    if found >= below:
        return found
    light = picture ^ fields.right[0]
    finders = _finders(picture, light, 1, fields.right[10])
    finders += _finders(picture, light, step, fields.below[10])
    return found + 40 * finders


def _runs(same: int, step: int, field: int) -> int:
    """Five or more of a colour in a line: 3, and 1 for each further one."""
    five = same & same >> step & same >> 2 * step & same >> 3 * step & field
    starts = five & ~(five << step)
    return five.bit_count() + 2 * starts.bit_count()


def _finders(dark: int, light: int, step: int, field: int) -> int:
    """1:1:3:1:1 with four light modules before or behind, as often as it stands in lines of this direction."""
    core = (
        dark & light >> step & dark >> 2 * step & dark >> 3 * step & dark >> 4 * step
        & light >> 5 * step & dark >> 6 * step
    )  # fmt: skip
    quiet = light & light >> step & light >> 2 * step & light >> 3 * step
    return (core & quiet >> 7 * step & field).bit_count() + (
        quiet & core >> 4 * step & field
    ).bit_count()


@lru_cache(maxsize=40)
def _fields(size: int) -> _Fields:
    row = (1 << size) - 1
    step = stride(size)
    right, below = [], []
    for neighbours in range(11):
        narrow = (1 << (size - neighbours)) - 1
        right.append(sum(narrow << (y * step) for y in range(size)))
        below.append(sum(row << (y * step) for y in range(size - neighbours)))
    return _Fields(tuple(right), tuple(below))
