"""What a picture shows, measured in pixels: connected shapes, round shapes, colours, rows of type.

Pictures are NumPy arrays, height by width by three, RGB; masks are two-dimensional and boolean.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageFilter

from certgen.model.box import Box
from verify.design.design import Rgb, Share

Pixels = NDArray[np.uint8]
Mask = NDArray[np.bool_]

PAPER = 238  # lighter than this in all channels counts as paper
DIFFERENT = 40  # grey levels that an eye tells apart at once


class Spot(NamedTuple):
    """A connected shape: its pixel box (right and bottom exclusive) and how many pixels it has."""

    x0: int
    y0: int
    x1: int
    y1: int
    area: int

    @property
    def width(self) -> int:
        """Pixels across."""
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        """Pixels down."""
        return self.y1 - self.y0


def spots(mask: Mask, most: int = 200_000) -> list[Spot]:
    """The connected shapes of a mask (also over corners); [] where there are more than `most` pieces of rows."""
    rows = _pieces_of_rows(mask, most)
    if rows is None:
        return []
    parent = list(range(len(rows)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    above: list[int] = []
    above_y = -2
    start = 0
    while start < len(rows):
        y = rows[start][0]
        end = start
        while end < len(rows) and rows[end][0] == y:
            end += 1
        current = list(range(start, end))
        if y == above_y + 1:
            _unite(rows, above, current, parent, root)
        above, above_y, start = current, y, end
    found: dict[int, list[int]] = {}
    for index, (y, x0, x1) in enumerate(rows):
        box = found.setdefault(root(index), [x0, y, x1, y + 1, 0])
        box[0], box[2] = min(box[0], x0), max(box[2], x1)
        box[3] = y + 1
        box[4] += x1 - x0
    return [Spot(*box) for box in found.values()]


def _pieces_of_rows(mask: Mask, most: int) -> list[tuple[int, int, int]] | None:
    """Runs of set pixels: row, first, last + 1."""
    padded = np.zeros((mask.shape[0], mask.shape[1] + 2), dtype=np.int8)
    padded[:, 1:-1] = mask
    change = np.diff(padded, axis=1)
    y, x0 = np.nonzero(change == 1)
    _, x1 = np.nonzero(change == -1)
    if len(y) > most:
        return None
    return list(zip(y.tolist(), x0.tolist(), x1.tolist(), strict=True))


def _unite(
    rows: Sequence[tuple[int, int, int]],
    above: Sequence[int],
    current: Sequence[int],
    parent: list[int],
    root: Any,  # noqa: ANN401 - a local function
) -> None:
    at = 0
    for index in current:
        _, x0, x1 = rows[index]
        while at < len(above) and rows[above[at]][2] < x0:
            at += 1
        step = at
        while step < len(above) and rows[above[step]][1] <= x1:
            parent[root(above[step])] = root(index)
            step += 1


def grown(mask: Mask, by: int) -> Mask:
    """The mask with every shape thicker by `by` pixels."""
    wide = mask.copy()
    for step in range(1, by + 1):
        wide[:, step:] |= mask[:, :-step]
        wide[:, :-step] |= mask[:, step:]
    high = wide.copy()
    for step in range(1, by + 1):
        high[step:] |= wide[:-step]
        high[:-step] |= wide[step:]
    return high


def window(
    box: Box, px_per_mm: float, shape: tuple[int, ...], margin: int = 0
) -> tuple[slice, slice]:
    """The pixels that a box covers, at least one each way, kept inside a picture of `shape`."""
    y0 = min(max(int(box.y0 * px_per_mm) - margin, 0), shape[0] - 1)
    x0 = min(max(int(box.x0 * px_per_mm) - margin, 0), shape[1] - 1)
    y1 = min(max(int(np.ceil(box.y1 * px_per_mm)) + margin, y0 + 1), shape[0])
    x1 = min(max(int(np.ceil(box.x1 * px_per_mm)) + margin, x0 + 1), shape[1])
    return slice(y0, y1), slice(x0, x1)


def ink(pixels: Pixels) -> Mask:
    """What differs from the ground at the edge of a picture."""
    ground = np.median(_edge(pixels), axis=0)
    mask: Mask = np.abs(pixels.astype(np.int16) - ground).max(axis=2) > DIFFERENT
    return mask


def _edge(pixels: Pixels) -> Pixels:
    return np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])


def colours(pixels: Pixels, most: int = 4) -> tuple[tuple[Share, ...], float]:
    """The dominant colours without paper, and the share of the picture that is not paper."""
    flat = pixels.reshape(-1, 3)
    if len(flat) > 60_000:
        flat = flat[:: len(flat) // 60_000]
    inked = flat[(flat < PAPER).any(axis=1)]
    if not len(inked):
        return (), 0.0
    keys = (inked >> 5).astype(np.int32)
    numbers = keys[:, 0] * 64 + keys[:, 1] * 8 + keys[:, 2]
    counts = np.bincount(numbers, minlength=512)
    shares = []
    for number in np.argsort(counts)[::-1][:most]:
        share = counts[number] / len(inked)
        if share < 0.03:
            break
        mean = inked[numbers == number].mean(axis=0)
        red, green, blue = (round(float(channel)) for channel in mean)
        shares.append(Share((red, green, blue), round(float(share), 3)))
    return tuple(shares), round(len(inked) / len(flat), 4)


def is_near_round(mask: Mask) -> bool:
    """Whether a shape fills a circle: as wide as high, marks all around its edge, none in its corners."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return False
    mask = mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    height, width = mask.shape
    if min(height, width) < 12 or not 0.86 < width / height < 1.16:
        return False
    y, x = np.mgrid[0:height, 0:width]
    dx, dy = (x + 0.5) / width * 2 - 1, (y + 0.5) / height * 2 - 1
    radius = np.hypot(dx, dy)
    outside = mask[radius > 1.06]
    if outside.size and outside.mean() > 0.04:
        return False
    bins = ((np.arctan2(dy, dx) + np.pi) / (2 * np.pi) * 36).astype(int) % 36
    rim = (radius > 0.74) & (radius < 1.03) & mask
    return len(np.unique(bins[rim])) >= 25


def type_rows(pixels: Pixels, px_per_mm: float, least: int = 45) -> list[tuple[int, int, int, int]]:
    """Where a picture seems to hold type, two characters or more in a row: pixel boxes.

    Told by the many strokes that a line across them crosses. Ornaments repeat themselves and are left out.
    """
    grey = Image.fromarray(pixels).convert("L")
    ground = grey.filter(ImageFilter.BoxBlur(max(int(3 * px_per_mm), 2)))
    mask: Mask = np.asarray(ImageChops.difference(grey, ground)) > least
    joined = _widened(mask, max(round(0.55 * px_per_mm), 1))
    found = []
    for spot in spots(joined):
        high, wide = spot.height / px_per_mm, spot.width / px_per_mm
        if 1.5 < high < 16 and wide > 1.6 * high:
            part = mask[spot.y0 : spot.y1, spot.x0 : spot.x1]
            if _is_type(part):
                found.append((spot.x0, spot.y0, spot.x1, spot.y1))
    return found


def _widened(mask: Mask, by: int) -> Mask:
    """Every shape longer to both sides."""
    wide = mask.copy()
    for step in range(1, by + 1):
        wide[:, step:] |= mask[:, :-step]
        wide[:, :-step] |= mask[:, step:]
    return wide


def _is_type(part: Mask) -> bool:
    """Strokes to the height, ink by area, and nothing that repeats at a fixed step."""
    height, width = part.shape
    if not 0.10 < part.mean() < 0.75:
        return False
    middle = part[height // 6 : max(height - height // 6, height // 6 + 1)]
    strokes = np.count_nonzero(np.diff(middle.astype(np.int8), axis=1) == 1, axis=1)
    per_height = float(np.median(strokes)) * height / width
    if not 0.9 < per_height < 7 or np.count_nonzero(strokes) < 0.8 * len(strokes):
        return False
    return not _repeats(part)


def _repeats(part: Mask) -> bool:
    """Whether a row is one shape again and again: an ornament (花边), a hatching, a QR code's timing."""
    height, width = part.shape
    share = part.mean()
    by_chance = 1 - 2 * share * (1 - share)  # how alike two unrelated patterns of this density are
    for step in range(max(height // 4, 3), min(2 * height, width // 2) + 1):
        alike = float((part[:, step:] == part[:, :-step]).mean())
        if alike > by_chance + 0.6 * (1 - by_chance):
            return True
    return False


def difference(one: Rgb, other: Rgb) -> int:
    """How far two colours are apart: the channel that differs most."""
    return max(abs(a - b) for a, b in zip(one, other, strict=True))
