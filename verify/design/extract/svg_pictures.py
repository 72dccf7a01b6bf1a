"""What pictures embedded in an SVG show, and what its filled paths look like: to find unread type."""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageChops, ImageDraw

from certgen.errors import InputError
from certgen.model.box import Box
from verify.design.design import Code, Share
from verify.design.extract import raster
from verify.design.extract.codes import codes_on
from verify.design.limits import Limits

PX_PER_MM = 100 / 25.4
_MOST_PIXELS = 12_000_000
_FINER = 3  # outlines are filled larger and reduced: a filled edge takes a whole pixel
_MOST_PATHS = 20_000
_LOOKED_AT = 1200  # pixels of the longer side


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture and what stands on it; `rows` and `codes` in millimetres of the page."""

    digest: str
    pixels: tuple[int, int]
    alpha: Image.Image | None  # how much it covers, small; None where it covers all
    colours: tuple[Share, ...]
    ink: float
    near_round: bool
    rows: tuple[Box, ...]
    codes: tuple[Code, ...]


def shown(data: bytes, box: Box, limits: Limits) -> Shown:
    """Look at an embedded picture that stands in `box`. Raises `InputError` for one too large, `OSError` for none."""
    with Image.open(io.BytesIO(data)) as opened:
        size = opened.size
        if size[0] * size[1] > limits.pixels:
            raise InputError(
                zh=f"内嵌图片有 {size[0]}×{size[1]} 像素，太大：请缩小后重新导出",
                en=f"an embedded picture has {size[0]} x {size[1]} pixels: reduce it",
            )
        has_alpha = opened.mode in {"RGBA", "LA", "PA"} or "transparency" in opened.info
        picture = opened.convert("RGBA") if has_alpha else opened.convert("RGB")
    picture.thumbnail((_LOOKED_AT, _LOOKED_AT))
    alpha = None
    if has_alpha:
        alpha = picture.getchannel("A")
        ground = Image.new("RGBA", picture.size, (255, 255, 255, 255))
        picture = Image.alpha_composite(ground, picture).convert("RGB")
    pixels = np.asarray(picture)
    colours, ink = raster.colours(pixels)
    px_per_mm = picture.width / max(box.width, 0.1)
    return Shown(
        hashlib.sha256(data).hexdigest(),
        size,
        alpha,
        colours,
        ink,
        raster.is_near_round(raster.ink(pixels)),
        tuple(_rows(picture, box)),
        tuple(
            Code(code.text, 1, _moved(code.box, box))
            for code in codes_on(picture, 1, 1 / px_per_mm)
        ),
    )


def _rows(picture: Image.Image, box: Box) -> Sequence[Box]:
    """Rows of type on a picture at the size at which it stands on the page."""
    size = max(round(box.width * PX_PER_MM), 1), max(round(box.height * PX_PER_MM), 1)
    if min(size) < 8 or size[0] * size[1] > _MOST_PIXELS:
        return ()
    pixels = np.asarray(picture.resize(size, Image.Resampling.BOX))
    found = [_in_mm(row) for row in raster.type_rows(pixels, PX_PER_MM)]
    return [_moved(row, box) for row in found]


def outlined_rows(paths: Sequence[Sequence[Sequence[tuple[float, float]]]], page: Box) -> list[Box]:
    """Rows that look like type among filled paths: each a list of closed lines, in millimetres."""
    width, height = (round(side * PX_PER_MM) + 1 for side in (page.width, page.height))
    if not paths or width * height * _FINER**2 > _MOST_PIXELS:
        return []
    sheet = Image.new("1", (width * _FINER, height * _FINER), 0)
    for lines in paths[:_MOST_PATHS]:
        _fill(sheet, lines)
    grey = sheet.convert("L").point(lambda value: 255 - value).reduce(_FINER)
    pixels = np.asarray(Image.merge("RGB", (grey, grey, grey)))
    return [_in_mm(row) for row in raster.type_rows(pixels, PX_PER_MM)]


def _fill(sheet: Image.Image, lines: Sequence[Sequence[tuple[float, float]]]) -> None:
    """Fill a path, even-odd, so that the counters of letters stay open."""
    scale = PX_PER_MM * _FINER
    points = [(x * scale, y * scale) for line in lines for x, y in line]
    if len(points) < 3:
        return
    left, top = (max(int(min(p[axis] for p in points)), 0) for axis in (0, 1))
    right = min(int(max(x for x, _ in points)) + 2, sheet.width)
    bottom = min(int(max(y for _, y in points)) + 2, sheet.height)
    if left >= right or top >= bottom:
        return
    whole = Image.new("1", (right - left, bottom - top), 0)
    for line in lines:
        if len(line) > 2:
            one = Image.new("1", whole.size, 0)
            moved = [(x * scale - left, y * scale - top) for x, y in line]
            ImageDraw.Draw(one).polygon(moved, fill=1)
            whole = ImageChops.logical_xor(whole, one)
    sheet.paste(1, (left, top, right, bottom), whole)


def _in_mm(row: tuple[int, int, int, int]) -> Box:
    return Box(*(edge / PX_PER_MM for edge in row))


def _moved(inner: Box, outer: Box) -> Box:
    return Box(inner.x0 + outer.x0, inner.y0 + outer.y0, inner.x1 + outer.x0, inner.y1 + outer.y0)
