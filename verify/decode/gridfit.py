"""Where each module of a symbol lies: a homography fitted to the modules whose colour is known beforehand.

A homography here is a 3 x 3 matrix from modules, measured from the symbol's top left corner, to pixels. Many are
tried at once: arrays of K matrices, K x 3 x 3.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from verify.decode.lattice import Lattice, lattice
from verify.decode.planes import Plane, sampled

Numbers = NDArray[np.floating[Any]]

_SLANTS = np.linspace(-0.45, 0.45, 15)
"""How much nearer the camera one edge may be than the other, as a share of the distance."""

_STEPS = (0.8, 0.4, 0.2, 0.1, 0.05)  # modules, by which a corner is moved
_TURNS = 8  # at most, with one step

HOPELESS = 0.3
"""A fit that is no better after two rounds is left."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A lattice laid on a picture."""

    lattice: Lattice
    matrix: Numbers
    fit: float  # correlation of the known modules with the picture, 1 is perfect

    def places(self, across: Numbers, down: Numbers) -> tuple[Numbers, Numbers]:
        """Pixels of places given in modules."""
        x, y = mapped(self.matrix[None], across, down)
        return x[0], y[0]

    def corners(self) -> Numbers:
        """The symbol's outer corners in pixels, clockwise from the top left: 4 x 2."""
        return outline(self.matrix, self.lattice.size)


def spanned(corners: Numbers, size: int) -> Numbers:
    """The homographies that put a symbol's outer corners there: K x 4 x 2 to K x 3 x 3."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = np.moveaxis(corners, 0, -1)
    dx1, dx2, dx3 = x1 - x2, x3 - x2, x0 - x1 + x2 - x3
    dy1, dy2, dy3 = y1 - y2, y3 - y2, y0 - y1 + y2 - y3
    area = dx1 * dy2 - dx2 * dy1
    area = np.where(np.abs(area) < 1e-9, 1e-9, area)
    g, h = (dx3 * dy2 - dx2 * dy3) / area, (dx1 * dy3 - dx3 * dy1) / area
    one = np.ones_like(g)
    rows = [
        [(x1 - x0 + g * x1) / size, (x3 - x0 + h * x3) / size, x0],
        [(y1 - y0 + g * y1) / size, (y3 - y0 + h * y3) / size, y0],
        [g / size, h / size, one],
    ]
    return np.moveaxis(np.array(rows), -1, 0)


def outline(matrix: Numbers, size: int) -> Numbers:
    """The outer corners under one homography."""
    ends = np.array([0.0, size, size, 0.0]), np.array([0.0, 0.0, size, size])
    x, y = mapped(matrix[None], *ends)
    return np.stack([x[0], y[0]], axis=-1)


def mapped(matrices: Numbers, across: Numbers, down: Numbers) -> tuple[Numbers, Numbers]:
    """Places through each of K homographies: two arrays of K rows."""
    m = matrices[..., None]
    depth = m[:, 2, 0] * across + m[:, 2, 1] * down + m[:, 2, 2]
    depth = np.where(np.abs(depth) < 1e-6, 1e-6, depth)
    x = (m[:, 0, 0] * across + m[:, 0, 1] * down + m[:, 0, 2]) / depth
    y = (m[:, 1, 0] * across + m[:, 1, 1] * down + m[:, 1, 2]) / depth
    return x, y


def fits(values: Plane, version: int, matrices: Numbers) -> Numbers:
    """How well the known modules agree with a levelled picture under each homography."""
    ideal = _ideal(version)
    seen = sampled(values, *mapped(matrices, ideal.across, ideal.down))
    seen = seen - seen.mean(axis=1, keepdims=True)
    norm = np.sqrt((seen**2).sum(axis=1))
    result: Numbers = (seen @ ideal.light) / np.maximum(norm, 1e-6)
    return result


def fitted(values: Plane, version: int, matrix: Numbers, *, slanted: bool) -> Grid:
    """The best grid near a first guess; `slanted`: the guess knows nothing of perspective.

    The corners are moved in steps from a module down to a twentieth, whichever move helps most.
    """
    shape = lattice(version)
    if slanted:
        guesses = matrix @ _perspectives(version)
        matrix = guesses[int(np.argmax(fits(values, version, guesses)))]
    corners = outline(matrix, shape.size)
    sides = np.hypot(*np.diff(corners, axis=0, append=corners[:1]).T)
    unit = float(sides.mean()) / shape.size
    best = float(fits(values, version, matrix[None])[0])
    for step in _STEPS:
        if step < _STEPS[1] and best < HOPELESS:
            break
        for _ in range(_TURNS):
            trials = corners + step * unit * _MOVES
            matrices = spanned(trials, shape.size)
            found = fits(values, version, matrices)
            index = int(np.argmax(found))
            if found[index] <= best + 1e-4:
                break
            best, corners, matrix = float(found[index]), trials[index], matrices[index]
    return Grid(shape, matrix, best)


def _moves() -> Numbers:
    """Each corner alone four ways, and all together: shifted, turned, scaled."""
    moves = np.zeros((16, 4, 2))
    for index in range(8):
        moves[2 * index, index // 2, index % 2] = 1
        moves[2 * index + 1, index // 2, index % 2] = -1
    square = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) / 1.0
    turn = square @ np.array([[0, 1], [-1, 0]])
    whole = np.array([square, turn, np.ones((4, 2)) * (1, 0), np.ones((4, 2)) * (0, 1)])
    return np.concatenate([moves, whole, -whole])


_MOVES = _moves()


@dataclass(frozen=True, slots=True)
class _Ideal:
    """Where the known modules of a lattice lie, and their colours with mean 0 and norm 1."""

    across: Numbers
    down: Numbers
    light: Numbers


@cache
def _ideal(version: int) -> _Ideal:
    shape = lattice(version)
    rows, columns = np.nonzero(shape.known)
    light = np.where(shape.dark[rows, columns], -1.0, 1.0)
    light = light - light.mean()
    return _Ideal(columns + 0.5, rows + 0.5, light / np.sqrt((light**2).sum()))


@cache
def _perspectives(version: int) -> Numbers:
    """Maps of the module plane onto itself that leave the three corner marks and tilt the rest."""
    size = 4 * version + 17
    marks = np.array([[3.5, 3.5, 1], [size - 3.5, 3.5, 1], [3.5, size - 3.5, 1]])
    out = []
    for g in _SLANTS / size:
        for h in _SLANTS / size:
            depth = marks @ np.array([g, h, 1])
            affine = np.linalg.solve(marks, marks[:, :2] * depth[:, None]).T
            out.append([*affine, [g, h, 1]])
    return np.array(out)
