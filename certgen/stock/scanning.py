"""A scan of the blank sheet (空白纸张扫描件): opened with care, and straightened.

A flat-bed scan at 150 to 600 dpi is expected. How the sheet lies in it, `certgen.stock.edges` finds once and
the definition says ever after.
"""

import io
import warnings
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageOps

from certgen.errors import InputError
from certgen.model.misplacement import Size
from certgen.stock.definition import Scan

FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP")
LARGEST = 80_000_000  # pixels: A3 at 600 dpi
LEAST_DPI, MOST_DPI = 90, 1250
_QUALITY = 82


class Opened(NamedTuple):
    """A scan, and the resolution that its file states; 0: none that can be."""

    picture: Image.Image
    tagged_dpi: float


class Ground(NamedTuple):
    """A straightened picture of the sheet as JPEG."""

    data: bytes
    width: int
    height: int


def straightened(scan: Scan, size: Size, dpi: float) -> Image.Image:
    """The sheet alone, upright, at `dpi`, in colour."""
    picture, _ = opened(scan.path)
    shrink = int(scan.dpi / dpi)
    if shrink > 1:  # averaged first: an affine picture takes single pixels
        picture = picture.reduce(shrink)
    width, height = (max(1, round(length * dpi / 25.4)) for length in size)
    reduced = max(1, shrink)
    corners = [scan.pixel(point) for point in ((0.0, 0.0), (size[0], 0.0), (0.0, size[1]))]
    start, right, down = ((x / reduced, y / reduced) for x, y in corners)
    matrix = (
        *((right[0] - start[0]) / width, (down[0] - start[0]) / height, start[0]),
        *((right[1] - start[1]) / width, (down[1] - start[1]) / height, start[1]),
    )
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


def opened(path: Path) -> Opened:
    """The picture, upright, in colour, over white paper. Bombs, torn files and other things are refused."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit is our own
            with Image.open(path, formats=FORMATS) as picture:  # has read its head alone
                if picture.width * picture.height <= LARGEST:
                    return Opened(_over_white(ImageOps.exif_transpose(picture)), _dpi(picture))
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


def _over_white(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith(("I", "F")):  # 16 bits a pixel
        picture = picture.point(lambda value: value * (1 / 257) + 0).convert("L")
    if picture.has_transparency_data:
        paper = Image.new("RGBA", picture.size, (255, 255, 255, 255))
        return Image.alpha_composite(paper, picture.convert("RGBA")).convert("RGB")
    return picture.convert("RGB")


def _dpi(picture: Image.Image) -> float:
    try:
        value = float(picture.info.get("dpi", (0, 0))[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return 0.0
    return value if LEAST_DPI <= value <= MOST_DPI else 0.0
