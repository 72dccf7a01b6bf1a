"""Reads a scan or an exported picture (PNG, JPEG, TIFF): sheet, size, seals, photo, QR codes. Its text is undecided.

With the extra [ocr] the text is read as well, as a help: what OCR did not see may still stand there.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, ImageSequence

from certgen.errors import InputError
from certgen.model.box import Box
from verify.design.design import DesignPage, Format, Graphic, GraphicKind, Painted, Run
from verify.design.extract import raster
from verify.design.extract.codes import codes_on
from verify.design.extract.ocr import ocr_runs
from verify.design.extract.parts import BLOCKS_A_PAGE, Head, Parts
from verify.design.extract.raster import Pixels
from verify.design.extract.sheet import Sheet, sheet_of
from verify.design.extract.unread import undecided
from verify.design.limits import Limits

_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")
_PX_PER_MM = 4.0  # at which shapes are looked for
_LEAST = 11.0  # mm: smaller shapes are type
_LARGEST = 0.85  # of the page: larger shapes are frames or grounds


def read_picture(path: Path, limits: Limits) -> Parts:
    """The parts of the picture at `path`; a TIFF may hold several pages."""
    with _opened(path, limits) as opened:
        count = _frames(opened)
        if count > limits.pages:
            raise InputError(
                zh=f"{path.name} 有 {count} 页，上限 {limits.pages} 页：请拆分后检查",
                en=f"{path.name} has {count} pages, the limit is {limits.pages}: split it",
            )
        yield Head(Format.PICTURE, count, str(opened.info.get("Software", "")))
        for number, frame in enumerate(ImageSequence.Iterator(opened), start=1):
            if number > count:
                break
            sheet = _sheet(frame, path, limits)
            yield page_of(sheet, number, limits)


def upright_page(path: Path, number: int, dpi: int, limits: Limits) -> Image.Image:
    """Page `number` of a picture file, turned upright and cut to its sheet."""
    with _opened(path, limits) as opened:
        opened.seek(number - 1 if _frames(opened) > 1 else 0)
        sheet = _sheet(opened, path, limits)
    size = round(sheet.width / 25.4 * dpi), round(sheet.height / 25.4 * dpi)
    return sheet.picture.resize(size, Image.Resampling.LANCZOS)


def page_of(sheet: Sheet, number: int, limits: Limits) -> DesignPage:
    """What an upright sheet shows. Its text stays undecided."""
    scale = min(_PX_PER_MM / sheet.px_per_mm, 1.0)
    size = (
        max(round(sheet.picture.width * scale), 1),
        max(round(sheet.picture.height * scale), 1),
    )
    small: Pixels = np.asarray(sheet.picture.resize(size, Image.Resampling.BOX))
    px_per_mm = small.shape[1] / sheet.width
    graphics = tuple(_graphics(small, px_per_mm, number))
    runs: tuple[Run, ...] = ()
    if limits.ocr:
        first = number * BLOCKS_A_PAGE
        runs = tuple(ocr_runs(sheet.picture, sheet.px_per_mm, number, graphics, first))
    return DesignPage(
        number,
        sheet.width,
        sheet.height,
        sheet.basis,
        sheet.tolerance,
        runs=runs,
        graphics=graphics,
        codes=codes_on(sheet.picture, number, 1 / sheet.px_per_mm),
        undecided=(undecided("image-only", number),),
    )


def _graphics(pixels: Pixels, px_per_mm: float, number: int) -> Iterator[Graphic]:
    """Red shapes first: a seal lies over type and would else be one shape with it."""
    colours = pixels.astype(np.int16)
    red = (colours[..., 0] - np.maximum(colours[..., 1], colours[..., 2])) > 45
    index = 0
    seals: list[Box] = []
    for spot in raster.spots(raster.grown(red, max(round(0.6 * px_per_mm), 1))):
        box = _box(spot, px_per_mm)
        if min(box.width, box.height) < _LEAST or _share(box, pixels, px_per_mm) > _LARGEST:
            continue
        mask = red[spot.y0 : spot.y1, spot.x0 : spot.x1]
        if mask.mean() < 0.05:
            continue
        yield _graphic(pixels, spot, px_per_mm, number, index, raster.is_near_round(mask))
        index += 1
        seals.append(box)
    paper = np.median(colours.reshape(-1, 3), axis=0)
    dark = (np.abs(colours - paper).max(axis=2) > raster.DIFFERENT) & ~raster.grown(red, 1)
    for spot in raster.spots(raster.grown(dark, max(round(0.3 * px_per_mm), 1))):
        box = _box(spot, px_per_mm)
        if min(box.width, box.height) < _LEAST or _share(box, pixels, px_per_mm) > _LARGEST:
            continue
        if any(box.overlap(seal) > 0.6 * box.width * box.height for seal in seals):
            continue
        mask = dark[spot.y0 : spot.y1, spot.x0 : spot.x1]
        yield _graphic(pixels, spot, px_per_mm, number, index, raster.is_near_round(mask))
        index += 1


def _graphic(
    pixels: Pixels,
    spot: raster.Spot,
    px_per_mm: float,
    number: int,
    index: int,
    near_round: bool,  # noqa: FBT001
) -> Graphic:
    colours, ink = raster.colours(pixels[spot.y0 : spot.y1, spot.x0 : spot.x1])
    return Graphic(
        GraphicKind.IMAGE,
        number,
        _box(spot, px_per_mm),
        index,
        colours,
        ink,
        near_round,
        Painted.PAINTED,
        pixels=(spot.width, spot.height),
    )


def _box(spot: raster.Spot, px_per_mm: float) -> Box:
    return Box(*(edge / px_per_mm for edge in (spot.x0, spot.y0, spot.x1, spot.y1)))


def _share(box: Box, pixels: Pixels, px_per_mm: float) -> float:
    return float(box.width * box.height * px_per_mm**2 / (pixels.shape[0] * pixels.shape[1]))


def _sheet(frame: Image.Image, path: Path, limits: Limits) -> Sheet:
    if frame.width * frame.height > limits.pixels:
        raise InputError(
            zh=f"{path.name} 有 {frame.width}×{frame.height} 像素，太大：请以 300 dpi 重新扫描",
            en=f"{path.name} has {frame.width} x {frame.height} pixels: scan it at 300 dpi",
        )
    dpi = frame.info.get("dpi")
    tag = float(dpi[0]) if isinstance(dpi, tuple) and dpi and float(dpi[0]) > 0 else None
    try:
        upright = ImageOps.exif_transpose(frame)
        return sheet_of(_on_white(upright), tag)
    except (OSError, ValueError, SyntaxError, EOFError) as problem:
        raise _broken(path) from problem


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        ground = Image.new("RGBA", picture.size, (255, 255, 255, 255))
        return Image.alpha_composite(ground, picture.convert("RGBA")).convert("RGB")
    return picture.convert("RGB")


def _frames(opened: Image.Image) -> int:
    return int(getattr(opened, "n_frames", 1)) if opened.format == "TIFF" else 1


@contextmanager
def _opened(path: Path, limits: Limits) -> Iterator[Image.Image]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # sizes are judged here, damage ends in an error
        try:
            opened = Image.open(path, formats=_FORMATS)
        except Image.DecompressionBombError as problem:
            raise InputError(
                zh=f"{path.name} 的像素过多，未读取：请以 300 dpi 重新扫描",
                en=f"{path.name} has too many pixels and was not read: scan it at 300 dpi",
            ) from problem
        except (OSError, ValueError, SyntaxError) as problem:
            raise _broken(path) from problem
        del limits
        with opened:
            yield opened


def _broken(path: Path) -> InputError:
    return InputError(
        zh=f"图片 {path.name} 已损坏，无法读取：请重新保存或扫描",
        en=f"the picture {path.name} is broken: save or scan it again",
    )
