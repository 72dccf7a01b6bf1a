"""Unrolls the ring of a round seal (印章) into a straight strip, so that its wording can be read beside the filed one.

    strip = unrolled(seal_picture)   # letters upright, from the lowest point clockwise round

The wording of a seal runs clockwise with its heads outwards and leaves the lowest part free, so the cut
falls there.
"""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

INNER, OUTER = 0.56, 0.95  # of the radius: the band in which the wording stands
_HEIGHT = 96  # pixels of the strip


def unrolled(seal: Image.Image, *, inner: float = INNER, outer: float = OUTER) -> Image.Image:
    """The ring of a seal as a strip, dark on white. `seal` is cut to the seal's outer edge."""
    ink = _ink_of(seal)
    height, width = ink.shape
    centre_x, centre_y = width / 2, height / 2
    radius = (width + height) / 4
    long = max(
        int(2 * np.pi * radius * (inner + outer) / 2 * _HEIGHT / (radius * (outer - inner))), 8
    )
    angle = np.linspace(0, 2 * np.pi, long, endpoint=False) + np.pi / 2  # from the lowest point on
    depth = np.linspace(outer, inner, _HEIGHT) * radius
    x = centre_x + np.outer(depth, np.cos(angle))
    y = centre_y + np.outer(depth, np.sin(angle))
    strip = _between_pixels(ink, x - 0.5, y - 0.5)
    # A few characters' length of white at both ends: readers of text miss what touches the edge.
    margin = np.full((_HEIGHT, _HEIGHT // 2), 255.0)
    whole = np.hstack([margin, strip, margin])
    return Image.fromarray(np.clip(whole, 0, 255).astype(np.uint8))


def _ink_of(seal: Image.Image) -> NDArray[np.float64]:
    """Red ink dark, black type beneath it light: in red light a seal vanishes, in green type and seal are both dark."""
    colours = np.asarray(seal.convert("RGB")).astype(np.float64)
    red, green = colours[..., 0], colours[..., 1]
    return np.asarray(255.0 - np.clip(red - green, 0, 255))


def _between_pixels(
    picture: NDArray[np.float64], x: NDArray[np.float64], y: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Values between pixels, linearly."""
    height, width = picture.shape
    x, y = np.clip(x, 0, width - 1.001), np.clip(y, 0, height - 1.001)
    left, top = x.astype(int), y.astype(int)
    dx, dy = x - left, y - top
    upper = picture[top, left] * (1 - dx) + picture[top, left + 1] * dx
    lower = picture[top + 1, left] * (1 - dx) + picture[top + 1, left + 1] * dx
    return np.asarray(upper * (1 - dy) + lower * dy)
