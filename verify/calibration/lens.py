"""From the target's millimetres to the picture's pixels: a plane seen by a lens, and a paper that is not quite flat.

Three layers, fitted to the centres of discs together: a homography (the flat sheet, the ideal lens), two radial terms
(Brown's: every lens bends), and a quintic in the sheet's own coordinates (a curl, a lens off its centre). The printer's
misplacement is affine: it disappears in the homography, and so shows only in where the paper's edges lie.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
"""n x 2."""

_SURE = 0.2  # px: a disc's centre is known to that or better
_PRIORS = (0.05, 0.02, 0.003)
"""About how far k1, k2 and the terms of the bend lie from 0, in half diagonals; only where discs do not say."""
_BENDS = tuple((degree - down, down) for degree in range(2, 6) for down in range(degree + 1))
DEGREES = (3, 4, 5)
"""A flat sheet needs the first; what bends up sharply at its end needs the last, which makes more of the noise."""


@dataclass(frozen=True, slots=True)
class View:
    """How one photograph shows one target."""

    size: tuple[float, float]  # of the target, mm
    middle: tuple[float, float]  # of the picture, px
    half: float  # half the picture's diagonal, px
    plane: NDArray[np.float64]  # 3 x 3: target, -1 to 1 → picture, unit `half`
    radial: tuple[float, float] = (0.0, 0.0)
    bend: NDArray[np.float64] | None = None  # a row for each of `_BENDS`, unit `half`

    def pixels(self, points: Points) -> Points:
        """Where the picture shows these places of the target. A pixel's centre is at whole numbers."""
        unit = self._unit(points)
        x, y = _projected(self.plane, unit).T
        square = x**2 + y**2
        factor = 1 + self.radial[0] * square + self.radial[1] * square**2
        seen = np.column_stack([x * factor, y * factor])
        if self.bend is not None:
            seen += _bends(unit)[:, : len(self.bend)] @ self.bend
        return np.asarray(seen * self.half + np.array(self.middle))

    def per_mm(self, points: Points) -> NDArray[np.float64]:
        """Pixels a millimetre around these places: the smaller way."""
        here = self.pixels(points)
        sides = [
            np.hypot(*(self.pixels(points + np.array(step)) - here).T)
            for step in ((1.0, 0.0), (0.0, 1.0))
        ]
        return np.asarray(np.minimum(*sides))

    @property
    def is_mirrored(self) -> bool:
        """Whether the picture shows the sheet as a mirror does."""
        middle = np.array([[self.size[0] / 2, self.size[1] / 2]])
        here = self.pixels(middle)[0]
        right = self.pixels(middle + np.array([1.0, 0.0]))[0] - here
        down = self.pixels(middle + np.array([0.0, 1.0]))[0] - here
        return bool(right[0] * down[1] - right[1] * down[0] < 0)

    def _unit(self, points: Points) -> Points:
        return np.asarray(2 * points / np.array(self.size) - 1)


def rough(
    size: tuple[float, float], picture: tuple[int, int], target: Points, seen: Points
) -> View:
    """A view by homography alone, from at least four pairs (direct linear transform)."""
    width, height = picture
    middle = ((width - 1) / 2, (height - 1) / 2)
    half = float(np.hypot(width, height)) / 2
    unit = 2 * target / np.array(size) - 1
    x, y = ((seen - np.array(middle)) / half).T
    ones, none = np.ones(len(unit)), np.zeros((len(unit), 3))
    whole = np.column_stack([unit, ones])
    upper = np.column_stack([whole, none, -whole * x[:, None]])
    lower = np.column_stack([none, whole, -whole * y[:, None]])
    plane = np.linalg.svd(np.vstack([upper, lower]))[2][-1].reshape(3, 3)
    return View(size, middle, half, plane / plane[2, 2])


def fitted(start: View, target: Points, seen: Points, degree: int = DEGREES[-1]) -> View:
    """The view that misses the discs least, all three layers at once (Gauss-Newton with weak priors)."""
    terms = 2 * sum(sum(powers) <= degree for powers in _BENDS)
    values = np.concatenate([start.plane.ravel()[:8], start.radial, np.zeros(terms)])
    spread = np.concatenate([_PRIORS[:2], np.full(terms, _PRIORS[2])])

    def view(of: NDArray[np.float64]) -> View:
        plane, bend = np.append(of[:8], 1.0).reshape(3, 3), of[10:].reshape(-1, 2)
        return View(start.size, start.middle, start.half, plane, (float(of[8]), float(of[9])), bend)

    def misses(of: NDArray[np.float64]) -> NDArray[np.float64]:
        off = (view(of).pixels(target) - seen).ravel() / _SURE
        return np.concatenate([off, of[8:] / spread])

    for _ in range(8):
        now = misses(values)
        slopes = np.column_stack(
            [(misses(values + step) - now) / 1e-6 for step in np.eye(len(values)) * 1e-6]
        )
        try:
            move = np.linalg.solve(slopes.T @ slopes, -slopes.T @ now)
        except np.linalg.LinAlgError:  # discs on one line: what they miss will tell
            break
        values = values + move
        if np.abs(move).max() < 1e-8:
            break
    return view(values)


def _projected(plane: NDArray[np.float64], unit: Points) -> Points:
    places = np.column_stack([unit, np.ones(len(unit))]) @ plane.T
    return np.asarray(places[:, :2] / places[:, 2:])


def _bends(unit: Points) -> NDArray[np.float64]:
    x, y = (_powers(axis) for axis in unit.T)
    return np.column_stack([x[across] * y[down] for across, down in _BENDS])


def _powers(axis: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """From 0 to the highest degree: by multiplication, a tenth of the time of `**`."""
    powers = [np.ones_like(axis)]
    for _ in range(DEGREES[-1]):
        powers.append(powers[-1] * axis)
    return powers
