"""Where the sheet lies in a scan: by its four edges where the scanner's lid shows around it, else all of the picture.

The edges give place, angle and resolution; what the file says of its resolution is only compared.
"""

from dataclasses import dataclass
from math import atan2, degrees, hypot
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from certgen.errors import InputError
from certgen.model.misplacement import Size
from certgen.stock.definition import Scan
from certgen.stock.scanning import LEAST_DPI, MOST_DPI, opened

Grey = NDArray[np.float32]
"""Brightness by row and column, 0 black to 255 white."""

TAG_TOLERANCE = 0.03
"""How far the resolution that a file states may lie from what its sheet measures, before the latter is believed."""

_WORKING = 1800  # pixels of the longer side while edges are looked for
_STANDS_OUT = 14  # levels by which lid and paper must differ


@dataclass(frozen=True, slots=True)
class Found:
    """How the sheet lies in a scan, and how that is known."""

    scan: Scan
    by_edges: bool  # else the whole picture is taken for the sheet
    tagged_dpi: float  # 0: the file states none


def find(path: Path, size: Size) -> Found:
    """Where a sheet of `size` lies in the scan. `InputError` for what is no scan of such a sheet."""
    picture, tagged = opened(path)
    width, height = picture.size
    grey = _small(picture)
    scale = max(width, height) / max(grey.shape)
    corners = _corners(grey)
    if corners is not None:
        found = _lying(path, corners * scale, size)
        if found is not None:
            return Found(found, by_edges=True, tagged_dpi=tagged)
    across, down = width / size[0] * 25.4, height / size[1] * 25.4
    _refuse_sideways(path, (width, height), size)
    if abs(across / down - 1) > 0.03:
        raise InputError(
            zh=f"扫描件 {path.name}（{width} × {height} 像素）与 {size[0]:g} × {size[1]:g} 毫米的纸张不成比例，"
            "也看不出纸张的四边：请平放、整张扫描，或核对纸张尺寸",
            en=f"the scan {path.name} ({width} × {height} pixels) has not the shape of a sheet of {size[0]:g} × "
            f"{size[1]:g} mm, and no edges are seen in it: scan the whole sheet flat, or look at its size",
        )
    dpi = (across + down) / 2
    _refuse_coarse(path, dpi)
    return Found(Scan(path, dpi, 0.0, 0.0), by_edges=False, tagged_dpi=tagged)


def _refuse_sideways(path: Path, pixels: tuple[int, int], size: Size) -> None:
    """A sheet that lies across, as it does on most glasses: nobody can tell which way up it is but a person."""
    shape, wanted = pixels[0] / pixels[1], size[1] / size[0]
    if abs(shape / wanted - 1) < 0.1 < abs(shape * wanted - 1):
        raise InputError(
            zh=f"扫描件 {path.name} 是横放的（{pixels[0]} × {pixels[1]} 像素）：请先把图片旋转到文字端正，再重新运行",
            en=f"the scan {path.name} lies on its side ({pixels[0]} × {pixels[1]} pixels): turn the picture until its "
            "words read upright, then run again",
        )


def _refuse_coarse(path: Path, dpi: float) -> None:
    if not LEAST_DPI <= dpi <= MOST_DPI:
        raise InputError(
            zh=f"扫描件 {path.name} 折合 {dpi:.0f} dpi，应在 {LEAST_DPI} 至 {MOST_DPI} 之间：请用 200 或 300 dpi 扫描",
            en=f"the scan {path.name} comes to {dpi:.0f} dpi; it must be {LEAST_DPI} to {MOST_DPI}: scan at 200 or 300",
        )


def _small(picture: Image.Image) -> Grey:
    grey = picture.convert("L")
    scale = min(1.0, _WORKING / max(grey.size))
    width, height = (max(1, round(side * scale)) for side in grey.size)
    return np.asarray(grey.resize((width, height), Image.Resampling.BOX), dtype=np.float32)


def _corners(grey: Grey) -> NDArray[np.float64] | None:
    """The four corners of the paper, clockwise from the top left; None where no lid is seen around it."""
    height, width = grey.shape
    if min(height, width) < 60:
        return None
    rim = max(2, min(height, width) // 150)
    fringe = np.concatenate([
        grey[:rim].ravel(), grey[-rim:].ravel(), grey[:, :rim].ravel(), grey[:, -rim:].ravel(),
    ])  # fmt: skip
    lid = float(np.median(fringe))
    if float(np.mean(np.abs(fringe - lid) < _STANDS_OUT)) < 0.85:
        return None  # no even ground goes all around
    paper = np.abs(grey - lid) > _STANDS_OUT
    # A line of the sheet is seen where a third of it differs from the lid.
    sides = []
    for mask in (paper, paper[::-1], paper.T, paper.T[::-1]):
        line = _edge(mask)
        if line is None:
            return None
        sides.append(line)
    (top, lower, left, right) = sides
    bottom = (-lower[0], height - 1 - lower[1])
    right = (-right[0], width - 1 - right[1])
    met = (_meet(top, left), _meet(top, right), _meet(bottom, right), _meet(bottom, left))
    return np.array(met) + 0.5


def _edge(mask: NDArray[np.bool_]) -> tuple[float, float] | None:
    """The line y = slope · x + start of the paper's first row, seen from the top of `mask`."""
    solid = mask & np.roll(mask, -1, axis=0) & np.roll(mask, -2, axis=0)  # dust is thinner
    columns = np.flatnonzero(solid.any(axis=0))
    if columns.size < mask.shape[1] / 3:
        return None
    first = solid.argmax(axis=0)[columns].astype(float)
    inner = slice(
        columns.size // 12, -max(1, columns.size // 12)
    )  # the corners belong to other edges
    x, y = columns[inner].astype(float), first[inner]
    for _ in range(4):  # what lies off the line is dust, a dog-ear, or a pattern that begins late
        slope, start = np.polyfit(x, y, 1)
        off = np.abs(y - (slope * x + start))
        good = off <= max(0.75, float(np.median(off)) * 2.5)
        if good.all() or good.sum() < 20:
            break
        x, y = x[good], y[good]
    if x.size < mask.shape[1] / 6 or abs(slope) > 0.15:
        return None
    return float(slope), float(start) - 0.5


def _meet(row: tuple[float, float], column: tuple[float, float]) -> tuple[float, float]:
    """Where y = a·x + b and x = c·y + d meet."""
    (a, b), (c, d) = row, column
    y = (a * d + b) / (1 - a * c)
    return c * y + d, y


def _lying(path: Path, corners: NDArray[np.float64], size: Size) -> Scan | None:
    """From corners in pixels of the scan; None where they are not those of such a sheet."""
    top, right, bottom, left = (corners[(n + 1) % 4] - corners[n] for n in range(4))
    across = (hypot(*top) + hypot(*bottom)) / 2 / size[0] * 25.4
    down = (hypot(*right) + hypot(*left)) / 2 / size[1] * 25.4
    if abs(across / down - 1) > 0.012:
        return None
    dpi = (across + down) / 2
    _refuse_coarse(path, dpi)
    angle = degrees(atan2(top[1] - bottom[1], top[0] - bottom[0]))
    middle = corners.mean(axis=0) * 25.4 / dpi
    centre = np.array(Scan(path, dpi, 0, 0, angle).pixel((size[0] / 2, size[1] / 2))) * 25.4 / dpi
    x, y = middle - centre
    return Scan(path, dpi, float(x), float(y), angle)
