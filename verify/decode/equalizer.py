"""Read modules through blur: learn from the known ones how this picture mixes neighbours, and undo it.

A telephone line is equalised with a training sequence; a symbol carries one too (`lattice`). For every module
the picture is sampled around its centre, and least squares finds the weights that best give the known colours.
Whatever blurred the picture (defocus, motion, a shrunken copy, JPEG), its inverse is learnt, not guessed.
Then the clearest of all modules join the known ones and the weights are learnt again.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verify.decode.gridfit import Grid
from verify.decode.lattice import format_words
from verify.decode.planes import Plane, sampled

REACH = 2.0  # modules to each side of a centre that are looked at
SPACING = 0.5  # modules between samples
ROUNDS = 4
RIDGE = 0.02  # of the mean square of the samples


@dataclass(frozen=True, slots=True)
class Modules:
    """The modules of a symbol as they were told apart."""

    dark: NDArray[np.bool_]
    sureness: Plane  # 0: a coin's toss; 1 and more: clear


def told_apart(values: Plane, grid: Grid) -> Iterator[Modules]:
    """The symbol's modules after every round of learning, the first from the known modules alone."""
    shape = grid.lattice
    features = _features(values, grid)
    known = shape.known.ravel()
    colours = np.where(shape.dark.ravel(), -1, 1).astype(np.float32)
    target, weight = np.where(known, colours, 0), known.astype(np.float32)
    for _ in range(ROUNDS):
        soft = _learnt(features, target, weight)
        yield _modules(soft.reshape(shape.size, shape.size), grid)
        target = np.where(known, colours, np.sign(soft))
        weight = np.where(known, 1, np.minimum(np.abs(soft), 1) ** 2)


def _features(values: Plane, grid: Grid) -> Plane:
    """One row a module: the samples around its centre, and a constant."""
    size = grid.lattice.size
    offsets = np.arange(-REACH, REACH + SPACING / 2, SPACING)
    line = np.arange(size) + 0.5
    down, across, dy, dx = np.meshgrid(line, line, offsets, offsets, indexing="ij")
    x, y = grid.places((across + dx).ravel(), (down + dy).ravel())
    seen = sampled(values, x, y).reshape(size * size, len(offsets) ** 2)
    return np.hstack([seen, np.ones((size * size, 1), np.float32)])


def _learnt(features: Plane, target: Plane, weight: Plane) -> Plane:
    """Ridge regression: what the weights learnt on the weighted modules say about all of them.

    einsum, because BLAS wakes all cores for products as small as these and waits for them.
    """
    used = features[weight > 0]
    rows = used * weight[weight > 0, None]
    square = np.einsum("ni,nj->ij", rows, used)
    square[np.diag_indices(len(square))] += RIDGE * np.trace(square) / len(square)
    solved = np.linalg.solve(square, np.einsum("ni,n->i", rows, target[weight > 0]))
    result: Plane = np.einsum("ni,i->n", features, solved)
    return result


def _modules(soft: Plane, grid: Grid) -> Modules:
    """Colours by sign, known ones as they must be, format information as the nearest lawful word."""
    shape = grid.lattice
    dark = soft < 0
    places = shape.format_places
    words = np.where(format_words(), -1.0, 1.0)
    likeliest = int(np.argmax(words @ (soft[places][:15] + soft[places][15:])))
    word = format_words()[likeliest]
    dark[places] = np.concatenate([word, word])
    dark[shape.known] = shape.dark[shape.known]
    return Modules(dark, np.abs(soft))
