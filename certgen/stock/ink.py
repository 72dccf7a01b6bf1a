"""Where there is ink on a straightened scan of the blank sheet: in the box of a slot, and as lines to write on."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from certgen.layouts.checks import Box
from certgen.model.page import Mm

DPI = 200
"""At which ink is looked for: a line of 0.5 pt is a pixel and a half."""

DARKER = 45
"""Levels below its surroundings that make ink; the ground pattern (底纹) of a certificate is lighter."""

INKED = 0.03
"""Share of a character's cell that even a 一 covers."""

GAP: Mm = 1.5
"""A break that a printed line may have, as a dashed one or a badly scanned one does."""

COVERED = 0.6
"""How much of a slot a line must run under to be the one that its value stands on."""

_BLOCK = 24  # pixels, 3 mm: the surroundings that ink is compared with


class Line(NamedTuple):
    """A printed line: its two ends and its middle, in millimetres."""

    x0: Mm
    x1: Mm
    y: Mm


class Inked:
    """The ink of one sheet."""

    def __init__(self, sheet: Image.Image) -> None:
        """`sheet` is straight, upright and at `DPI`."""
        grey = np.asarray(sheet.convert("L"), dtype=np.float32)
        self._dark: NDArray[np.bool_] = grey < _surroundings(grey) - DARKER

    def share_of_cells(self, box: Box, cell: Mm, slack: Mm) -> float:
        """How many of the cells side by side in `box` have ink, each looked at with `slack` around it."""
        count = max(1, round((box.x1 - box.x0) / cell))
        step = (box.x1 - box.x0) / count
        inked = 0
        for at in range(count):
            x = box.x0 + at * step
            part = self._part(x - slack / 2, box.y0 - slack, x + step + slack / 2, box.y1 + slack)
            least = INKED * cell * (box.y1 - box.y0) * (DPI / 25.4) ** 2
            inked += int(part.sum()) >= least
        return inked / count

    def lines(self, x0: Mm, x1: Mm, y0: Mm, y1: Mm) -> list[Line]:
        """The printed lines between y0 and y1 that run under most of x0 to x1, from the top."""
        window = self._part(x0, y0, x1, y1)
        if window.size == 0:
            return []
        thick = window | np.roll(window, 1, axis=0)  # a scan is never quite straight
        rows = np.flatnonzero(thick.mean(axis=1) >= COVERED)
        if rows.size == 0:
            return []
        groups = np.split(rows, np.flatnonzero(np.diff(rows) > 2) + 1)
        top, middle = max(0, _px(y0)), _px((x0 + x1) / 2)
        found = (self._line(top + int(g[0]) - 1, top + int(g[-1]) + 1, middle) for g in groups)
        return [line for line in found if line is not None]

    def _line(self, first: int, last: int, middle: int) -> Line | None:
        band = self._dark[max(0, first) : last]
        if band.size == 0 or not band.any():
            return None
        left, right = _ends(band.max(axis=0), middle)
        weights = band[:, left : right + 1].sum(axis=1).astype(float)
        y = float((weights * np.arange(band.shape[0])).sum() / weights.sum())
        return Line(_mm(left), _mm(right + 1), _mm(max(0, first) + y + 0.5))

    def _part(self, x0: Mm, y0: Mm, x1: Mm, y1: Mm) -> NDArray[np.bool_]:
        rows = slice(max(0, _px(y0)), max(0, _px(y1) + 1))
        return self._dark[rows, max(0, _px(x0)) : max(0, _px(x1) + 1)]


def _surroundings(grey: NDArray[np.float32]) -> NDArray[np.float32]:
    """How light the paper is around each pixel."""
    height, width = (max(1, -(-side // _BLOCK)) for side in grey.shape)
    padded = np.pad(
        grey,
        ((0, height * _BLOCK - grey.shape[0]), (0, width * _BLOCK - grey.shape[1])),
        mode="edge",
    )
    blocks = padded.reshape(height, _BLOCK, width, _BLOCK).swapaxes(1, 2)
    light = np.percentile(blocks.reshape(height, width, -1), 75, axis=2).astype(np.float32)
    size = (grey.shape[1], grey.shape[0])
    spread = Image.fromarray(light).resize(size, Image.Resampling.BILINEAR)
    return np.asarray(spread, dtype=np.float32)


def _ends(dark: NDArray[np.bool_], middle: int) -> tuple[int, int]:
    """The first and the last column of the line through `middle`."""
    columns = np.flatnonzero(dark)
    start = int(np.abs(columns - middle).argmin())
    breaks = np.diff(columns) > _px(GAP)
    before, after = np.flatnonzero(breaks[:start]), np.flatnonzero(breaks[start:])
    first = columns[before[-1] + 1] if before.size else columns[0]
    last = columns[start + after[0]] if after.size else columns[-1]
    return int(first), int(last)


def _px(length: Mm) -> int:
    return int(length * DPI / 25.4)


def _mm(pixels: float) -> Mm:
    return pixels * 25.4 / DPI
