"""Finds the sheet of paper in a scan: how far it is turned, where its edges are, how large it is.

The true size comes from the sheet's own edges where the scan shows them, else from the DPI tag, else it is
assumed; each with its tolerance.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from certgen.model.page import Mm
from verify.design.extract.raster import spots

A4 = (297.0, 210.0)
_SMALL = 700  # pixels of the longer side at which the sheet is looked for
_LIGHT = 190
_MOST_TURN = 12.0  # degrees
_LEAST_TURN = 0.12
_A4_RATIO = A4[0] / A4[1]
_RATIO_NEAR = 0.02
_EXPORTS = {72, 96}  # DPI tags that programs write without meaning them


@dataclass(frozen=True, slots=True)
class Sheet:
    """An upright picture of the sheet alone, and its true size."""

    picture: Image.Image
    width: Mm
    height: Mm
    basis: str  # 'sheet edges', 'dpi tag', 'assumed'
    tolerance: Mm
    turned_deg: float

    @property
    def px_per_mm(self) -> float:
        """Pixels to the millimetre."""
        return self.picture.width / self.width


def sheet_of(picture: Image.Image, dpi: float | None) -> Sheet:
    """The sheet in a scan. `dpi` is what the file says of itself."""
    picture = picture.convert("RGB")
    edges = _edges(picture)
    if edges is not None:
        turn, box = edges
        straight = _turned(picture, turn)
        cut = straight.crop(box)
        ratio = max(cut.size) / min(cut.size)
        if abs(ratio / _A4_RATIO - 1) < _RATIO_NEAR:
            width, height = A4 if cut.width > cut.height else (A4[1], A4[0])
            return Sheet(cut, width, height, "sheet edges", 0.012 * A4[0], turn)
        return _sized(cut, dpi, turn)
    turn = _turn_of_type(picture)
    return _sized(_turned(picture, turn), dpi, turn)


def _sized(picture: Image.Image, dpi: float | None, turn: float) -> Sheet:
    ratio = max(picture.size) / min(picture.size)
    is_a4 = abs(ratio / _A4_RATIO - 1) < _RATIO_NEAR
    if dpi and 50 <= dpi <= 2400:
        width, height = (side / dpi * 25.4 for side in picture.size)
        plausible = round(dpi) not in _EXPORTS or abs(max(width, height) - A4[0]) < 6
        if plausible and min(width, height) > 30 and max(width, height) < 1300:
            return Sheet(picture, width, height, "dpi tag", 0.01 * max(width, height), turn)
    long, short = A4 if is_a4 else (A4[0], A4[0] / ratio)
    size = (long, short) if picture.width >= picture.height else (short, long)
    return Sheet(picture, *size, "assumed", (0.03 if is_a4 else 0.34) * A4[0], turn)


def _turned(picture: Image.Image, turn: float) -> Image.Image:
    if abs(turn) < _LEAST_TURN:
        return picture
    return picture.rotate(turn, Image.Resampling.BICUBIC, expand=False, fillcolor=(255, 255, 255))


def _edges(picture: Image.Image) -> tuple[float, tuple[int, int, int, int]] | None:
    """How far the sheet is turned and where it then lies; None where the paper fills the picture."""
    scale = _SMALL / max(picture.size)
    small = (
        picture
        if scale >= 1
        else picture.resize(
            (max(round(picture.width * scale), 1), max(round(picture.height * scale), 1)),
            Image.Resampling.BOX,
        )
    )
    scale = small.width / picture.width
    grey = np.asarray(small.convert("L"))
    frame = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    if np.mean(frame < _LIGHT) < 0.85:
        return None
    found = max(spots(grey >= _LIGHT), key=lambda spot: spot.area, default=None)
    if found is None or found.area < 0.25 * grey.size:
        return None
    outline = _outline(grey >= _LIGHT, found)
    turn = min(np.arange(-_MOST_TURN, _MOST_TURN + 0.01, 0.5), key=lambda a: _area(outline, a))
    turn = float(min(np.arange(turn - 0.5, turn + 0.51, 0.05), key=lambda a: _area(outline, a)))
    x0, y0, x1, y1 = _bounds(outline, turn, (small.width / 2, small.height / 2))
    box = tuple(round(edge / scale) for edge in (x0, y0, x1, y1))
    return turn, (box[0], box[1], box[2], box[3])


def _outline(mask: NDArray[np.bool_], spot: Any) -> NDArray[np.float64]:  # noqa: ANN401 - a Spot
    """First and last light pixel of each row of the sheet, without the noise of single ones."""
    points = []
    for y in range(spot.y0, spot.y1):
        xs = np.flatnonzero(mask[y, spot.x0 : spot.x1]) + spot.x0
        if len(xs) > 3:
            points += [(float(xs[0]), float(y)), (float(xs[-1] + 1), float(y + 1))]
    return np.array(points)


def _rotated(
    points: NDArray[np.float64], turn: float, centre: tuple[float, float] = (0.0, 0.0)
) -> NDArray[np.float64]:
    """As PIL rotates: counter-clockwise on the screen."""
    angle = math.radians(-turn)
    moved = points - centre
    x = moved[:, 0] * math.cos(angle) - moved[:, 1] * math.sin(angle)
    y = moved[:, 0] * math.sin(angle) + moved[:, 1] * math.cos(angle)
    return np.column_stack([x, y]) + centre


def _area(points: NDArray[np.float64], turn: float) -> float:
    turned = _rotated(points, turn)
    low, high = np.percentile(turned, 0.5, axis=0), np.percentile(turned, 99.5, axis=0)
    return float(np.prod(high - low))


def _bounds(
    points: NDArray[np.float64], turn: float, centre: tuple[float, float]
) -> tuple[float, float, float, float]:
    turned = _rotated(points, turn, centre)
    x0, y0 = np.percentile(turned, 1, axis=0)
    x1, y1 = np.percentile(turned, 99, axis=0)
    return float(x0), float(y0), float(x1), float(y1)


def _turn_of_type(picture: Image.Image) -> float:
    """By how much lines of type are turned: the angle at which their rows are sharpest; 0 where unclear."""
    scale = min(1000 / max(picture.size), 1.0)
    size = max(round(picture.width * scale), 1), max(round(picture.height * scale), 1)
    grey = np.asarray(picture.resize(size, Image.Resampling.BOX).convert("L")).astype(np.int16)
    margin = max(min(grey.shape) // 50, 1)
    grey = grey[margin:-margin, margin:-margin]
    if not grey.size:
        return 0.0
    y, x = np.nonzero(grey < np.median(grey) - 60)
    if len(x) < 200:
        return 0.0
    if len(x) > 60_000:
        step = len(x) // 60_000 + 1
        y, x = y[::step], x[::step]
    coarse = max(np.arange(-6, 6.01, 0.25), key=lambda angle: _sharpness(x, y, angle))
    turn = float(
        max(np.arange(coarse - 0.25, coarse + 0.26, 0.05), key=lambda a: _sharpness(x, y, a))
    )
    return turn if _sharpness(x, y, turn) > 1.03 * _sharpness(x, y, 0.0) else 0.0


def _sharpness(x: NDArray[Any], y: NDArray[Any], turn: float) -> float:
    rows = (y - x * math.tan(math.radians(turn))).astype(int)
    counts = np.bincount(rows - rows.min())
    return float(np.sum(counts.astype(np.float64) ** 2))
