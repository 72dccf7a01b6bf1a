"""Where the three corner marks (finder patterns) of a QR symbol are, however blurred the picture is.

Decoders look for sharp runs of 1:1:3:1:1. Here the whole mark, nine modules across, is correlated with the
picture at many sizes, averaged over all turns: it stands out of data modules long after its edges are gone.
"""

from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from verify.decode.planes import Plane, box_mean, plane

UNIT = 2.4  # pixels a module at which the mark is looked for; the picture is scaled, not the mark
STEP = 1.28  # from one size to the next
LIKENESS = 0.42  # correlation from which a place is a candidate
SMALLEST = 1.2  # pixels a module: below, a symbol cannot be told from grain
KEPT = 8  # of one size
ALTOGETHER = 32


@dataclass(frozen=True, slots=True)
class Mark:
    """A candidate, in pixels of the picture."""

    x: float
    y: float
    unit: float  # pixels a module
    likeness: float  # 1 is perfect


@dataclass(frozen=True, slots=True)
class Triple:
    """Three marks that can be one symbol's: corner, the next clockwise, the one before."""

    corner: Mark  # top left
    right: Mark
    below: Mark
    unit: float  # pixels a module
    modules: float  # between the centres of two marks: size - 7
    worth: float


def marks(picture: Image.Image, smallest: float = SMALLEST) -> list[Mark]:
    """The likeliest places, best first, of a symbol that takes a fifth of the picture's side or more."""
    found: list[Mark] = []
    side = max(picture.size)
    unit, largest = max(smallest, side / 300), side / 25
    while unit <= largest and min(picture.size) > 9 * unit:
        factor = UNIT / unit
        size = (max(24, round(picture.width * factor)), max(24, round(picture.height * factor)))
        if max(size) <= 1400:
            filtered = Image.Resampling.BICUBIC if factor > 1 else Image.Resampling.BOX
            found += _at(plane(picture.resize(size, filtered)), factor)
        unit *= STEP
    return _thinned(found)


def triples(candidates: list[Mark], most: int) -> list[Triple]:
    """Ways in which three marks span a symbol seen at up to about 50 degrees, the likeliest `most` first."""
    if len(candidates) < 3:
        return []
    x, y, unit, likeness = np.array([(m.x, m.y, m.unit, m.likeness) for m in candidates]).T
    count = len(candidates)
    corner, right, below = (axis.ravel() for axis in np.indices((count, count, count)))
    across = np.array([x[right] - x[corner], y[right] - y[corner]])
    down = np.array([x[below] - x[corner], y[below] - y[corner]])
    wide, high = np.hypot(*across), np.hypot(*down)
    small, large = np.minimum(wide, high), np.maximum(wide, high)
    mean = (unit[corner] + unit[right] + unit[below]) / 3
    spread = np.maximum(np.maximum(unit[corner], unit[right]), unit[below]) / np.minimum(
        np.minimum(unit[corner], unit[right]), unit[below]
    )
    sine = (across[0] * down[1] - across[1] * down[0]) / np.maximum(wide * high, 1e-6)
    ratio = large / np.maximum(small, 1e-6)
    lawful = (spread < 1.9) & (small > 12 * mean) & (large < 110 * mean)
    lawful &= (ratio < 1.75) & (sine > 0.6)  # negative: mirrored
    worth = likeness[corner] + likeness[right] + likeness[below]
    worth -= 0.5 * (ratio - 1) + 0.7 * (1 - sine) + 0.3 * (spread - 1)
    chosen = np.flatnonzero(lawful)
    chosen = chosen[np.argsort(-worth[chosen])][:most]
    return [
        Triple(
            *(candidates[corner[way]], candidates[right[way]], candidates[below[way]]),
            *(float(mean[way]), float((wide + high)[way] / 2 / mean[way]), float(worth[way])),
        )
        for way in chosen
    ]


def _at(values: Plane, factor: float) -> list[Mark]:
    template = _template()
    reach = template.shape[0] // 2
    shape = tuple(_smooth(side + 2 * reach) for side in values.shape)
    wide = np.pad(values, reach, mode="edge") - values.mean()
    seen = np.fft.irfft2(np.fft.rfft2(wide, shape) * np.conj(_template_waves(shape)), shape)
    seen = seen[: values.shape[0], : values.shape[1]]
    spread = _spread(values, reach)
    floor = max(2.0, 0.1 * float(spread.max()))
    likeness = seen / (template.size * np.maximum(spread, floor))
    found = []
    for _ in range(KEPT):
        y, x = np.unravel_index(int(np.argmax(likeness)), likeness.shape)
        best = float(likeness[y, x])
        if best < LIKENESS:
            break
        at_x, at_y = _peak(likeness, int(x), int(y))
        found.append(
            Mark((at_x + 0.5) / factor - 0.5, (at_y + 0.5) / factor - 0.5, UNIT / factor, best)
        )
        near = round(4 * UNIT)
        likeness[max(0, y - near) : y + near + 1, max(0, x - near) : x + near + 1] = -1
    return found


def _spread(values: Plane, reach: int) -> Plane:
    """The deviation around each pixel, computed at half size: it is smooth."""
    mean, square = _halved(values), _halved(values * values)
    around = box_mean(square, reach // 2) - box_mean(mean, reach // 2) ** 2
    large = np.sqrt(np.maximum(around, 0)).repeat(2, axis=0).repeat(2, axis=1)
    rest = [(0, side - known) for side, known in zip(values.shape, large.shape, strict=True)]
    result: Plane = np.pad(large, rest, mode="edge")
    return result


def _halved(values: Plane) -> Plane:
    height, width = (side // 2 * 2 for side in values.shape)
    whole = values[:height, :width]
    result: Plane = (whole[::2, ::2] + whole[1::2, ::2] + whole[::2, 1::2] + whole[1::2, 1::2]) / 4
    return result


def _smooth(length: int) -> int:
    """The next length whose Fourier transform is quick."""
    while True:
        rest = length
        for factor in (2, 3, 5):
            while rest % factor == 0:
                rest //= factor
        if rest == 1:
            return length
        length += 1


@lru_cache(maxsize=64)
def _template_waves(shape: tuple[int, int]) -> NDArray[np.complexfloating]:
    return np.fft.rfft2(_template(), shape)


def _peak(likeness: NDArray[np.float64], x: int, y: int) -> tuple[float, float]:
    """The top between the pixels, by a parabola each way."""
    height, width = likeness.shape
    if not (0 < x < width - 1 and 0 < y < height - 1):
        return float(x), float(y)

    def offset(before: float, top: float, after: float) -> float:
        bend = before - 2 * top + after
        return 0.0 if bend >= -1e-9 else float(np.clip(0.5 * (before - after) / bend, -0.5, 0.5))

    return (
        x + offset(likeness[y, x - 1], likeness[y, x], likeness[y, x + 1]),
        y + offset(likeness[y - 1, x], likeness[y, x], likeness[y + 1, x]),
    )


def _thinned(found: list[Mark]) -> list[Mark]:
    """Each place once, at the size where it is likest."""
    kept: list[Mark] = []
    for mark in sorted(found, key=lambda mark: -mark.likeness):
        if not any(_same(mark, one) for one in kept):
            kept.append(mark)
        if len(kept) == ALTOGETHER:
            break
    return kept


def _same(one: Mark, other: Mark) -> bool:
    """The core of a mark is itself a smaller, poorer mark: both are kept, the triple decides."""
    near = float(np.hypot(one.x - other.x, one.y - other.y)) < 3.5 * min(one.unit, other.unit)
    return near and max(one.unit, other.unit) < 1.6 * min(one.unit, other.unit)


@cache
def _template() -> Plane:
    """The mark averaged over all turns, light positive, mean 0, root mean square 1."""
    reach = round(4.5 * UNIT)
    line = np.arange(-reach, reach + 1) / UNIT
    x, y = np.meshgrid(line, line)
    total = np.zeros_like(x)
    for turn in np.linspace(0, np.pi / 2, 24, endpoint=False):
        ring = np.maximum(
            np.abs(x * np.cos(turn) + y * np.sin(turn)), np.abs(y * np.cos(turn) - x * np.sin(turn))
        )
        total += np.where(
            ring < 1.5, -1.0, np.where(ring < 2.5, 1.0, np.where(ring < 3.5, -1.0, 1.0))
        )
    total -= total.mean()
    result: Plane = (total / np.sqrt((total**2).mean())).astype(np.float32)
    return result
