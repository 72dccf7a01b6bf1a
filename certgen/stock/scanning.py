"""A scan of the blank sheet (空白纸张扫描件): opened with care, the sheet found in it, straightened.

A flat-bed scan at 150 to 600 dpi is expected. Where its lid shows around the sheet, the four edges are found and give
place, angle and resolution; else the whole picture is the sheet.
"""

import io
import warnings
from dataclasses import dataclass
from math import atan2, degrees, hypot
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from certgen.errors import InputError
from certgen.model.misplacement import Size
from certgen.stock.definition import Scan

Grey = NDArray[np.float32]
"""Brightness by row and column, 0 black to 255 white."""

FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP")
LARGEST = 80_000_000  # pixels: A3 at 600 dpi
LEAST_DPI, MOST_DPI = 90, 1250
TAG_TOLERANCE = 0.03
"""How far the resolution that a file states may lie from what its sheet measures, before the latter is believed."""

_WORKING = 1800  # pixels of the longer side while edges are looked for
_STANDS_OUT = 14  # levels by which lid and paper must differ
_QUALITY = 82


class Ground(NamedTuple):
    """A straightened picture of the sheet as JPEG."""

    data: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Found:
    """How the sheet lies in a scan, and how that is known."""

    scan: Scan
    by_edges: bool  # else the whole picture is taken for the sheet
    tagged_dpi: float  # 0: the file states none


def find(path: Path, size: Size) -> Found:
    """Where a sheet of `size` lies in the scan. `InputError` for what is no scan of such a sheet."""
    picture = _opened(path)
    tagged = _tag(picture)
    width, height = picture.size
    grey = _small(picture)
    scale = max(width, height) / max(grey.shape)
    corners = _corners(grey)
    if corners is not None:
        found = _lying(path, corners * scale, size)
        if found is not None:
            return Found(found, by_edges=True, tagged_dpi=tagged)
    across, down = width / size[0] * 25.4, height / size[1] * 25.4
    if abs(across / down - 1) > 0.03:
        raise InputError(
            zh=f"扫描件 {path.name}（{width} × {height} 像素）与 {size[0]:g} × {size[1]:g} 毫米的纸张不成比例，"
            "也看不出纸张的四边：请平放、整张扫描，或核对纸张尺寸",
            en=f"the scan {path.name} ({width} × {height} pixels) has not the shape of a sheet of {size[0]:g} × "
            f"{size[1]:g} mm, and no edges are seen in it: scan the whole sheet flat, or look at its size",
        )
    dpi = (across + down) / 2
    _refuse_coarse(path, dpi)
    return Found(Scan(path, dpi, 0.0, 0.0, 0.0), by_edges=False, tagged_dpi=tagged)


def straightened(scan: Scan, size: Size, dpi: float) -> Image.Image:
    """The sheet alone, upright, at `dpi`, in colour."""
    picture = _over_white(_opened(scan.path))
    shrink = int(scan.dpi / dpi)
    if shrink > 1:  # averaged first: an affine picture takes single pixels
        picture = picture.reduce(shrink)
    width, height = (max(1, round(length * dpi / 25.4)) for length in size)
    reduced = max(1, shrink)
    start = np.array(scan.pixel((0, 0))) / reduced
    right = (np.array(scan.pixel((size[0], 0))) / reduced - start) / width
    down = (np.array(scan.pixel((0, size[1]))) / reduced - start) / height
    matrix = tuple(float(one) for one in (right[0], down[0], start[0], right[1], down[1], start[1]))
    return picture.transform(
        (width, height),
        Image.Transform.AFFINE,
        matrix,
        Image.Resampling.BICUBIC,
        fillcolor=(255, 255, 255),
    )


def ground(scan: Scan, size: Size, dpi: float) -> Ground:
    """The sheet as a JPEG to lay data over."""
    picture = straightened(scan, size, dpi)
    saved = io.BytesIO()
    picture.save(saved, "JPEG", quality=_QUALITY)
    return Ground(saved.getvalue(), picture.width, picture.height)


def _opened(path: Path) -> Image.Image:
    """The picture, its pixels read. Bombs, torn files and other things are refused."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit is our own
            with Image.open(path, formats=FORMATS) as picture:  # has read its head alone
                if picture.width * picture.height <= LARGEST:
                    picture.load()
                    return picture
    except Image.DecompressionBombError as problem:
        raise _too_large(path) from problem
    except Exception as problem:  # a damaged picture makes Pillow raise nearly anything
        raise InputError(
            zh=f"无法读取扫描件 {path.name}：应为完整的 PNG、JPEG 或 TIFF 图片，请重新扫描",
            en=f"cannot read the scan {path.name}: a whole PNG, JPEG or TIFF is needed; scan again",
        ) from problem
    raise _too_large(path)


def _too_large(path: Path) -> InputError:
    return InputError(
        zh=f"扫描件 {path.name} 过大（上限 {LARGEST // 1_000_000} 百万像素）：请用 300 dpi 扫描",
        en=f"the scan {path.name} is too large (at most {LARGEST // 1_000_000} million pixels): scan at 300 dpi",
    )


def _refuse_coarse(path: Path, dpi: float) -> None:
    if not LEAST_DPI <= dpi <= MOST_DPI:
        raise InputError(
            zh=f"扫描件 {path.name} 折合 {dpi:.0f} dpi，应在 {LEAST_DPI} 至 {MOST_DPI} 之间：请用 200 或 300 dpi 扫描",
            en=f"the scan {path.name} comes to {dpi:.0f} dpi; it must be {LEAST_DPI} to {MOST_DPI}: scan at 200 or 300",
        )


def _tag(picture: Image.Image) -> float:
    dpi = picture.info.get("dpi", (0, 0))
    try:
        value = float(dpi[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return 0.0
    return value if LEAST_DPI <= value <= MOST_DPI else 0.0


def _over_white(picture: Image.Image) -> Image.Image:
    if picture.has_transparency_data:
        paper = Image.new("RGBA", picture.size, (255, 255, 255, 255))
        return Image.alpha_composite(paper, picture.convert("RGBA")).convert("RGB")
    return picture.convert("RGB")


def _small(picture: Image.Image) -> Grey:
    grey = _over_white(picture).convert("L")
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
