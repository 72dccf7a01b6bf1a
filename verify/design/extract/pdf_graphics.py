"""The graphics of a PDF page: images, gradients, and paths that stand together as clusters.

A frame or a rule line (横线) is a graphic of its own, marked `straight`; a ground that fills much of the page too.
What else touches or nearly touches is one cluster: an emblem of three hundred paths is one emblem.
"""

import ctypes
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from pypdfium2 import raw

from certgen.errors import InputError
from certgen.model.box import Box
from verify.design.design import Graphic, GraphicKind, Hiding, Painted
from verify.design.extract import raster
from verify.design.extract.pdf_page import Item, PdfPage
from verify.design.extract.raster import Pixels
from verify.design.limits import Limits

_CELL = 0.6  # mm: paths nearer than this stand together
_LONG = 25.0  # mm: a straight line or frame of this length stands alone
_GROUND = 0.2  # of the page: a path of this extent stands alone
_FEW = 24  # segments up to which a path is looked at for curves
MOST_GRAPHICS = 400
"""Of a page; the others are not looked at, and the page is undecided."""


@dataclass(frozen=True, slots=True)
class _Path:
    box: Box
    straight: bool
    lone: bool


def read_graphics(
    page: PdfPage, bare: Pixels, number: int, limits: Limits
) -> tuple[list[Graphic], bool]:
    """The graphics of the page, and whether that is all of them; `bare` is the page drawn without text."""
    found: list[Graphic] = []
    paths: list[_Path] = []
    for item in page.items:
        box = page.box_of(item)
        if box is None:
            continue
        if item.kind == raw.FPDF_PAGEOBJ_IMAGE:
            found.append(_image(item, box, number, limits))
        elif item.kind == raw.FPDF_PAGEOBJ_SHADING:
            found.append(Graphic(GraphicKind.SHADING, number, _within(box, page.box), 0))
        elif item.kind == raw.FPDF_PAGEOBJ_PATH and _shows(item):
            paths.append(_path(item, box, page.box))
    found += [_lone(path, number, page.box) for path in paths if path.lone]
    found += _clusters([path for path in paths if not path.lone], page.box, number)
    px_per_mm = bare.shape[1] / page.width
    looked = [_looked_at(graphic, bare, px_per_mm, page.box) for graphic in found[:MOST_GRAPHICS]]
    # Word processors lay white or empty rectangles under everything: what leaves no ink is no graphic.
    shown = [one for one in looked if one.ink or one.kind is GraphicKind.IMAGE]
    numbered = [replace(graphic, index=index) for index, graphic in enumerate(shown)]
    return numbered, len(found) <= MOST_GRAPHICS


def barriers(graphics: Sequence[Graphic]) -> list[Box]:
    """Rule lines, which part fields. A frame around text parts nothing inside it."""
    return [
        graphic.box
        for graphic in graphics
        if graphic.straight and graphic.box.height < 1.5 and graphic.box.width > 5
    ]


def _image(item: Item, box: Box, number: int, limits: Limits) -> Graphic:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    raw.FPDFImageObj_GetImagePixelSize(item.handle, width, height)
    pixels = width.value * height.value
    if pixels > limits.pixels:
        raise InputError(
            zh=f"文件中的图片有 {pixels // 1_000_000} 百万像素，无法检查，请缩小后重新导出",
            en=f"a picture of {pixels // 1_000_000} megapixels in the file: reduce it",
        )
    length = raw.FPDFImageObj_GetImageDataRaw(item.handle, None, 0)
    digest = ""
    if 0 < length < 50_000_000:
        buffer = (ctypes.c_ubyte * length)()
        raw.FPDFImageObj_GetImageDataRaw(item.handle, buffer, length)
        digest = hashlib.sha256(bytes(buffer)).hexdigest()
    return Graphic(
        GraphicKind.IMAGE, number, box, 0, digest=digest, pixels=(width.value, height.value)
    )


def _shows(item: Item) -> bool:
    """Whether a path is filled or stroked at all: many only clip."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(item.handle, fill, stroke):
        return True
    return bool(stroke.value) or (bool(fill.value) and not _is_white(item))


def _is_white(item: Item) -> bool:
    """Whether a fill is paper: word processors lay white rectangles under every frame."""
    channels = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFPageObj_GetFillColor(item.handle, *channels):
        return False
    red, green, blue, alpha = (channel.value for channel in channels)
    return alpha < 5 or min(red, green, blue) >= 250


def _path(item: Item, box: Box, page: Box) -> _Path:
    count = raw.FPDFPath_CountSegments(item.handle)
    straight = count <= _FEW and not any(
        raw.FPDFPathSegment_GetType(raw.FPDFPath_GetPathSegment(item.handle, index))
        == raw.FPDF_SEGMENT_BEZIERTO
        for index in range(count)
    )
    share = box.width * box.height / (page.width * page.height)
    lone = share > _GROUND or (straight and max(box.width, box.height) > _LONG)
    return _Path(box, straight, lone)


def _lone(path: _Path, number: int, page: Box) -> Graphic:
    return Graphic(
        GraphicKind.VECTOR, number, _within(path.box, page), 0, shapes=1, straight=path.straight
    )


def _clusters(paths: Sequence[_Path], page: Box, number: int) -> list[Graphic]:
    """Paths that stand together, found on a coarse grid: the work grows with their number only."""
    rows, columns = int(page.height / _CELL) + 2, int(page.width / _CELL) + 2
    grid = np.zeros((rows, columns), dtype=bool)
    on_page = [path for path in paths if path.box.overlap(page.grown(1)) > 0 or _meets(path, page)]
    places = [raster.window(path.box, 1 / _CELL, grid.shape) for path in on_page]
    for place in places:
        grid[place] = True
    spots = raster.spots(grid)
    label = np.full((rows, columns), -1, dtype=np.int32)
    for index, spot in enumerate(sorted(spots, key=lambda spot: -spot.area)):
        # Spots may enclose each other: the smaller, painted later, owns its own cells.
        part = grid[spot.y0 : spot.y1, spot.x0 : spot.x1]
        label[spot.y0 : spot.y1, spot.x0 : spot.x1][part] = index
    members: dict[int, list[_Path]] = {}
    for path, place in zip(on_page, places, strict=True):
        y, x = place[0].start, place[1].start
        members.setdefault(int(label[y, x]), []).append(path)
    return [_cluster(group, number, page) for group in members.values()]


def _cluster(group: Sequence[_Path], number: int, page: Box) -> Graphic:
    box = group[0].box
    for path in group[1:]:
        box = box.union(path.box)
    return Graphic(
        GraphicKind.VECTOR,
        number,
        _within(box, page),
        0,
        shapes=len(group),
        straight=len(group) < 5 and all(path.straight for path in group),
    )


def _looked_at(graphic: Graphic, bare: Pixels, px_per_mm: float, page: Box) -> Graphic:
    """The graphic with what its part of the drawn page shows."""
    shown = Painted.PAINTED
    hiding: tuple[Hiding, ...] = ()
    if not _overlaps(graphic.box, page):
        shown, hiding = Painted.UNPAINTED, (Hiding.OFF_PAGE,)
    part = bare[raster.window(graphic.box, px_per_mm, bare.shape)]
    colours, ink = raster.colours(part)
    big = min(graphic.box.width, graphic.box.height) > 6
    return replace(
        graphic,
        colours=colours,
        ink=ink,
        near_round=big and not graphic.straight and raster.is_near_round(raster.ink(part)),
        painted=shown,
        hiding=hiding,
    )


def _meets(path: _Path, page: Box) -> bool:
    return _overlaps(path.box, page)


def _overlaps(box: Box, page: Box) -> bool:
    return box.x0 < page.x1 and page.x0 < box.x1 and box.y0 < page.y1 and page.y0 < box.y1


def _within(box: Box, page: Box) -> Box:
    """The part of a box on the page; the box itself where it lies outside."""
    if not _overlaps(box, page):
        return box
    return Box(
        max(box.x0, page.x0), max(box.y0, page.y0), min(box.x1, page.x1), min(box.y1, page.y1)
    )
