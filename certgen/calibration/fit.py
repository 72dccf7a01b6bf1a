"""Least squares: the misplacement (套打误差) that explains best what was measured.

Two kinds of measurement come here, in one form: from a place that was asked for, one edge of the paper is so far away.
A cross that is read by hand gives two of them; an edge in a photograph gives a dozen of no distance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from certgen.model.misplacement import Misplacement, Size
from certgen.model.page import Mm


class Reading(NamedTuple):
    """At what was asked for at (x, y) one edge of the paper is `distance` away; 0 where the place is on the edge."""

    x: Mm
    y: Mm
    edge: str  # left, top, right, bottom
    distance: Mm


@dataclass(frozen=True, slots=True)
class Fit:
    """What least squares found."""

    printer: Misplacement
    misses: tuple[Mm, ...]  # of each reading, signed: read minus explained
    leverage: tuple[float, ...]  # of each reading: 1 where nothing else could contradict it

    @property
    def rms(self) -> Mm:
        """Root mean square of the misses."""
        return float(np.sqrt(np.mean(np.square(self.misses))))

    @property
    def largest(self) -> Mm:
        """The largest miss."""
        return float(np.max(np.abs(self.misses)))

    def against_the_rest(self) -> tuple[Mm, ...]:
        """How far each reading lies from what all the others say."""
        return tuple(
            miss / max(1 - share, 0.05)
            for miss, share in zip(self.misses, self.leverage, strict=True)
        )


def fit(readings: Sequence[Reading], sheet: Size, paper: Size) -> Fit:
    """The misplacement on `paper`, the size it was measured with, of a page meant for `sheet`.

    Distances count from the left and the top edge, as the pre-print of a form does; where the right and bottom ones lie
    the paper's measured size says. Gauss-Newton over shift, two scales and the turn; three steps are exact to 1 µm.
    """
    values = np.array([0.0, 0.0, 1.0, 1.0, 0.0])
    slopes = np.zeros((len(readings), 5))
    asked = np.array([(reading.x, reading.y) for reading in readings])
    edges = np.array([reading.edge for reading in readings])
    distances = np.array([reading.distance for reading in readings])
    for _ in range(6):
        now = _distances(values, asked, edges, sheet, paper) - distances
        for column, step in enumerate(np.eye(5) * 1e-6):
            moved = _distances(values + step, asked, edges, sheet, paper) - distances
            slopes[:, column] = (moved - now) / 1e-6
        values = values - np.linalg.lstsq(slopes, now, rcond=None)[0]
    misses = distances - _distances(values, asked, edges, sheet, paper)
    leverage = np.einsum("ij,ji->i", slopes, np.linalg.pinv(slopes))
    dx, dy, scale_x, scale_y, turn = (float(value) for value in values)
    printer = Misplacement(dx, dy, scale_x, scale_y, float(np.degrees(turn)))
    return Fit(printer, tuple(map(float, misses)), tuple(map(float, leverage)))


def _distances(
    values: NDArray[np.float64],
    asked: NDArray[np.float64],
    edges: NDArray[np.str_],
    sheet: Size,
    paper: Size,
) -> NDArray[np.float64]:
    """`Misplacement.lands` for arrays, then how far from each reading's edge."""
    dx, dy, scale_x, scale_y, turn = values
    x = (asked[:, 0] - sheet[0] / 2) * scale_x
    y = (asked[:, 1] - sheet[1] / 2) * scale_y
    right = sheet[0] / 2 + dx + x * np.cos(turn) - y * np.sin(turn)
    down = sheet[1] / 2 + dy + x * np.sin(turn) + y * np.cos(turn)
    return np.select(
        [edges == "left", edges == "top", edges == "right"],
        [right, down, paper[0] - right],
        paper[1] - down,
    )
