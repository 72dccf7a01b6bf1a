"""The centres of discs in a picture, to a few hundredths of a pixel: centroids of darkness."""

import numpy as np
from numpy.typing import NDArray

from certgen.exchange.calibration_target import DISC
from verify.calibration.lens import Points, View
from verify.decode.planes import Plane, sampled

_REACH = 1.75  # of a disc's radius: paper lies beyond, and no other disc
_GRID = 25  # samples a side
_FAINT = 0.25
"""Of the paper's light: a spot that is less dark than this is no disc of ours."""


def centres(light: Plane, view: View, spots: Points) -> tuple[Points, NDArray[np.bool_]]:
    """Where the discs at `spots` really are in the picture, and which of them were found there.

    `light` is linear. Each disc is resampled in the target's own millimetres: round, however the sheet lies.
    """
    radius = DISC / 2
    line = np.linspace(-_REACH * radius, _REACH * radius, _GRID)
    x, y = (axis.ravel() for axis in np.meshgrid(line, line))
    offset = np.zeros((len(spots), 2))
    found = np.ones(len(spots), dtype=bool)
    for _ in range(3):
        places = (spots + offset)[:, None, :] + np.column_stack([x, y])[None]
        pixels = view.pixels(places.reshape(-1, 2))
        values = sampled(light, pixels[:, 0], pixels[:, 1]).reshape(len(spots), -1)
        move, dark = _centroids(values, x, y, radius)
        offset += move
        found &= dark & (np.hypot(*offset.T) < radius)
    pixels = view.pixels(spots + offset)
    height, width = light.shape
    inside = (pixels > 1).all(axis=1) & (pixels < np.array([width - 2, height - 2])).all(axis=1)
    return pixels, found & inside


def _centroids(
    values: Plane, x: Plane, y: Plane, radius: float
) -> tuple[Points, NDArray[np.bool_]]:
    """How far each disc lies off the middle of its window, and whether there is one."""
    far = np.hypot(x, y)
    ring = far > 1.45 * radius
    # The paper around, as a plane: light falls unevenly.
    frame = np.column_stack([np.ones(ring.sum()), x[ring], y[ring]])
    slopes = np.linalg.lstsq(frame, values[:, ring].T, rcond=None)[0]
    paper = (np.column_stack([np.ones(len(x)), x, y]) @ slopes).T
    darkness = 1 - values / np.maximum(paper, 1e-4)
    core = np.median(darkness[:, far < 0.5 * radius], axis=1)
    weight = np.clip(darkness / np.maximum(core, 1e-3)[:, None] - 0.05, 0, 1) * (far < 1.6 * radius)
    total = np.maximum(weight.sum(axis=1), 1e-6)
    move = np.column_stack([(weight * x).sum(axis=1) / total, (weight * y).sum(axis=1) / total])
    area = total / (far < radius).sum()
    return move, (core > _FAINT) & (area > 0.6) & (area < 1.5)
