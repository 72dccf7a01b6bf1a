"""Lay lattices on a picture: from corner marks to grids, the best first."""

import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image

from verify.decode.finders import Triple, marks, triples
from verify.decode.gridfit import Grid, Numbers, fits, fitted, spanned
from verify.decode.lattice import LARGEST, lattice
from verify.decode.planes import Plane, levelled, plane
from verify.decode.reading import Corners

TRIPLES = 60
REFINED = 8
ALIKE = 2  # of one version: perspective may hide which it is
FIT = 0.5
"""From this correlation of the known modules on a grid is worth reading: wrong ones stay below 0.5, right ones
were above 0.7 under every condition tried."""


SURE = 0.75
HOPE = 0.2  # before anything is refined

STRETCH = 1.4
"""Undoes a tilt of 45 degrees, and most of one of 30 or 55."""


@dataclass(frozen=True, slots=True)
class Way:
    """One guess: this version, laid about so."""

    version: int
    outline: Numbers  # its outer corners in pixels: 4 x 2
    unit: float  # pixels a module


@dataclass(frozen=True, slots=True)
class Laid:
    """A grid and the levelled picture that it lies on."""

    grid: Grid
    values: Plane
    unit: float  # pixels a module


class Locator:
    """One grey picture, levelled at the scales that are asked for."""

    def __init__(self, picture: Image.Image) -> None:
        self._picture = picture
        self._values = plane(picture)
        self._levelled: dict[int, Plane] = {}
        self.best: Grid | None = None  # of all that were tried: where a code is, even if unread

    def grids(self) -> Iterator[Laid]:
        """Grids of symbols that are seen from about straight on, best first."""
        ways = [
            Way(version, _outline(triple, version), triple.unit)
            for triple in triples(marks(self._picture), TRIPLES)
            for version in _versions(triple.modules)
        ]
        return self._laid(ways, slanted=True)

    def stretched_grids(self, turn: float) -> Iterator[Laid]:
        """Grids of symbols that a tilt has shortened in the direction `turn` (radians)."""
        picture, to_original = _stretched(self._picture, turn)
        ways = [
            Way(version, to_original(_outline(triple, version)), triple.unit / 1.2)
            for triple in triples(marks(picture, 1.7), TRIPLES // 2)
            for version in _versions(triple.modules)
        ]
        return self._laid(ways, slanted=True)

    def grids_near(self, corners: Corners) -> Iterator[Laid]:
        """Grids of a symbol whose outline is known from elsewhere, best first."""
        outline = np.array(corners)
        side = float(np.hypot(*np.diff(outline, axis=0, append=outline[:1]).T).mean())
        ways = [
            Way(version, outline, side / lattice(version).size) for version in range(1, LARGEST + 1)
        ]
        return self._laid(ways, slanted=False)

    def _laid(self, ways: list[Way], *, slanted: bool) -> Iterator[Laid]:
        later = []
        for way in self._best(ways):
            values = self._at(way.unit)
            grid = fitted(values, way.version, _spanned([way])[0], slanted=slanted)
            laid = Laid(grid, values, way.unit)
            if self.best is None or grid.fit > self.best.fit:
                self.best = grid
            if grid.fit > SURE:
                yield laid
            elif grid.fit > FIT:
                later.append(laid)
        yield from sorted(later, key=lambda laid: -laid.grid.fit)

    def _best(self, ways: list[Way]) -> list[Way]:
        """Those that fit best as they are; all of one version and scale are tried at once."""
        alike: dict[tuple[int, int], list[Way]] = {}
        for way in ways:
            alike.setdefault((way.version, _radius(way.unit)), []).append(way)
        graded: list[tuple[float, Way]] = []
        for (version, _), group in alike.items():
            values = self._at(group[0].unit)
            found = fits(values, version, _spanned(group))
            graded += zip(found.tolist(), group, strict=True)
        counted: Counter[int] = Counter()
        chosen = []
        for fit, way in sorted(graded, key=lambda pair: -pair[0]):
            if fit < HOPE:
                break
            counted[way.version] += 1
            if counted[way.version] <= ALIKE:
                chosen.append(way)
        return chosen[:REFINED]

    def _at(self, unit: float) -> Plane:
        radius = _radius(unit)
        if radius not in self._levelled:
            self._levelled[radius] = levelled(self._values, radius)
        return self._levelled[radius]


def _radius(unit: float) -> int:
    """About five modules, in steps, so that few levelled pictures serve all."""
    return max(3, round(5 * float(1.4 ** round(math.log(max(unit, 0.5)) / math.log(1.4)))))


def _spanned(ways: list[Way]) -> Numbers:
    outlines = np.array([way.outline for way in ways])
    return spanned(outlines, lattice(ways[0].version).size)


def _stretched(
    picture: Image.Image, turn: float
) -> tuple[Image.Image, Callable[[Numbers], Numbers]]:
    """The picture drawn out by `STRETCH` in one direction, and the way back for points."""
    cos, sin = np.cos(turn), np.sin(turn)
    forth = np.diag([STRETCH, 1.0]) @ np.array([[cos, sin], [-sin, cos]])
    back = np.linalg.inv(forth)
    middle = np.array(picture.size) / 2
    edges = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * middle
    reach = np.abs(edges @ forth.T).max(axis=0)
    size = (int(2 * reach[0]) + 1, int(2 * reach[1]) + 1)
    shift = middle - back @ (np.array(size) / 2)
    data = (back[0, 0], back[0, 1], shift[0], back[1, 0], back[1, 1], shift[1])
    drawn = picture.transform(
        size,
        Image.Transform.AFFINE,
        data,
        Image.Resampling.BICUBIC,
        fillcolor=int(np.median(plane(picture.reduce(4)))),
    )
    return drawn, lambda points: points @ back.T + shift


def _versions(modules: float) -> list[int]:
    """Versions whose marks are about so many modules apart: a tilt or blur makes the measure poor."""
    likeliest = (modules + 7 - 17) / 4
    low, high = (modules * 0.78 - 10) / 4, (modules * 1.25 - 10) / 4
    every = range(max(1, round(low)), min(LARGEST, round(high)) + 1)
    return sorted(every, key=lambda version: abs(version - likeliest))[:8]


def _outline(triple: Triple, version: int) -> Numbers:
    """Outer corners if the symbol were a parallelogram."""
    size = 4 * version + 17
    at = np.array([triple.corner.x, triple.corner.y])
    across = (np.array([triple.right.x, triple.right.y]) - at) / (size - 7)
    down = (np.array([triple.below.x, triple.below.y]) - at) / (size - 7)
    origin = at - 3.5 * (across + down)
    return np.array(
        [origin, origin + size * across, origin + size * (across + down), origin + size * down]
    )
