"""A guard before the first decoder: pictures made of thousands of corner marks, which nobody photographs.

zxing-cpp compares every mark with every other: a page covered with marks of one pixel a module takes it
minutes. Such a picture is read in tiles, each of which ends, until the time is up.
"""

import zlib
from collections.abc import Iterator

import numpy as np
from PIL import Image

ROWS = 48  # looked at, one at a chance place of each strip: a mark is at least three rows high where it shows
MARKS = 8_000
"""So many marks cost zxing-cpp about a second; a page of print seems to have some hundred."""

GRAIN = 10  # grey levels: the noise of paper is no mark
TILE = (
    640  # pixels; neighbours share half, so that a symbol of 320 pixels lies whole in one of them
)


def is_crowded(grey: Image.Image) -> bool:
    """Whether the picture seems to hold more than `MARKS` corner marks."""
    if grey.width * grey.height <= TILE * TILE:
        return False
    # Chance, so that nobody lays marks between the rows; of the picture itself, so that it is judged alike again.
    chance = np.random.default_rng(zlib.crc32(grey.tobytes()))
    places = (np.arange(ROWS) + chance.random(ROWS)) * grey.height / ROWS
    hits = 0.0
    for y in places:
        row = np.frombuffer(grey.crop((0, int(y), grey.width, int(y) + 1)).tobytes(), np.uint8)
        hits += _marks_across(row.astype(np.float32))
    return hits * grey.height / ROWS > MARKS


def tiles(grey: Image.Image) -> Iterator[Image.Image]:
    """The picture in parts that overlap by half."""
    for top in range(0, max(1, grey.height - TILE // 2), TILE // 2):
        for left in range(0, max(1, grey.width - TILE // 2), TILE // 2):
            yield grey.crop((left, top, min(left + TILE, grey.width), min(top + TILE, grey.height)))


def _marks_across(row: np.ndarray) -> float:
    """Runs of about 1:1:3:1:1, dark first, each counted as the share of a mark's height that one row is."""
    sums = np.concatenate([[0.0], np.cumsum(row)])
    ends = np.minimum(np.arange(len(row)) + 24, len(row))
    starts = np.maximum(np.arange(len(row)) - 24, 0)
    dark = row < (sums[ends] - sums[starts]) / (ends - starts) - GRAIN
    edges = np.flatnonzero(dark[1:] != dark[:-1]) + 1
    if len(edges) < 6:
        return 0.0
    runs = np.diff(edges).astype(np.float32)
    first = 0 if dark[edges[0]] else 1
    windows = np.lib.stride_tricks.sliding_window_view(runs, 5)[first::2]
    unit = windows.sum(axis=1, keepdims=True) / 7
    alike = np.abs(windows / unit - np.array([1, 1, 3, 1, 1])) < np.array([0.6, 0.6, 1.2, 0.6, 0.6])
    return float((1 / (3 * unit[alike.all(axis=1), 0])).sum())
