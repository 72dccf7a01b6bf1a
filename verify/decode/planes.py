"""Arithmetic on grey pictures that the search needs, in numpy: no library of its own is worth it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Plane = NDArray[np.floating[Any]]
"""Rows by columns of grey values."""


def plane(picture: Image.Image) -> Plane:
    """The picture's grey values, 0 to 255."""
    return np.asarray(picture, dtype=np.float32)


def box_mean(values: Plane, radius: int) -> Plane:
    """The mean of the square of `radius` around each pixel; the border is continued."""
    side = 2 * radius + 1
    wide = np.pad(values, ((radius + 1, radius), (radius + 1, radius)), mode="edge")
    sums = wide.cumsum(0, dtype=np.float64).cumsum(1)
    total = sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side]
    result: Plane = (total / side**2).astype(np.float32)
    return result


def levelled(values: Plane, radius: int) -> Plane:
    """Every place in units of its surroundings' contrast: shadows, vignettes and mild glare are gone.

    A floor keeps the grain of empty paper from being blown up to a pattern.
    """
    middle = box_mean(values, radius)
    spread = np.sqrt(np.maximum(box_mean(values**2, radius) - middle**2, 0))
    floor = 0.15 * float(np.percentile(spread, 95)) + 0.5
    result: Plane = (values - middle) / np.maximum(spread, floor)
    return result


def sampled(values: Plane, x: Plane, y: Plane) -> Plane:
    """The values at fractional places, bilinear; beyond the border the border's."""
    height, width = values.shape
    x = np.clip(x, 0, width - 1.001)
    y = np.clip(y, 0, height - 1.001)
    left, top = x.astype(np.intp), y.astype(np.intp)
    right, down = (x - left).astype(np.float32), (y - top).astype(np.float32)
    flat, start = values.ravel(), top * width + left
    upper = flat[start] * (1 - right) + flat[start + 1] * right
    lower = flat[start + width] * (1 - right) + flat[start + width + 1] * right
    result: Plane = upper * (1 - down) + lower * down
    return result
