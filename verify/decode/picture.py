"""One picture, opened with distrust: its grey values upright, its colours when asked, its limits kept.

    picture = open_picture(Path("photo.jpg"))
    picture.grey.size  # (3000, 4000)

Memory: grey takes a byte a pixel; colours are never larger than `COLOUR_PIXELS`. A JPEG is decoded
to what is asked for and no more (draft mode); others are decoded whole once and reduced.
"""

import io
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from PIL import Image

from certgen.errors import InputError

PIXELS = 80_000_000
"""The largest picture that is opened: above the 50 megapixels of a telephone of today."""

FILE_BYTES = 128_000_000
"""The largest file of one picture."""

COLOUR_PIXELS = 13_000_000
"""Colours serve to look through a seal: more of them than this never helped."""

FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF", "AVIF")
_HEIC = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"heif"})

Opener = Callable[[], Image.Image]


@dataclass(frozen=True, slots=True)
class Compression:
    """How a JPEG was squeezed: what tells an original from a chat application's copy."""

    quality: int  # the libjpeg quality its luminance table is nearest to, 1-100
    has_camera: bool  # its EXIF still names a camera


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture in memory."""

    grey: Image.Image  # mode L, upright
    page: int = 1  # of its file, from 1
    compression: Compression | None = None
    _colours: Callable[[], Image.Image | None] = field(default=lambda: None, repr=False)

    @classmethod
    def of(cls, colours: Image.Image, page: int = 1) -> "Picture":
        """A picture that is already upright and in RGB: a page that was drawn."""
        return cls(colours.convert("L"), page, None, lambda: colours.getchannel("R"))

    def red(self) -> Image.Image | None:
        """The red channel, upright, perhaps smaller than `grey`; None where the picture is grey anyway."""
        return self._colours()


def open_picture(source: Path | bytes | Image.Image, page: int = 1) -> Picture:
    """The picture in a file, in bytes, or already open; `page` of a file that holds several.

    Raises `InputError` for what is no picture, is broken, or exceeds the limits.
    """
    if isinstance(source, Image.Image):
        check_size(source.size)
        with _refusing():
            return _taken(source.copy, page)
    with _refusing():
        return _taken(lambda: _opened(source, page), page)


def frames(source: Path | bytes) -> int:
    """How many pictures the file holds."""
    with _refusing(), _opened(source, 1) as image:
        # An animation or the pair of pictures a camera writes (MPO) is one photo to a person.
        return int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1


def check_size(size: tuple[int, int]) -> None:
    """Raise `InputError` for a picture larger than `PIXELS`."""
    if min(size) < 1 or size[0] * size[1] > PIXELS:
        raise InputError(
            zh=f"图片过大：{size[0]}×{size[1]} 像素，上限 {PIXELS // 1_000_000} 百万像素。请缩小或只截取二维码部分",
            en=f"the picture is too large: {size[0]} x {size[1]} pixels, the limit is "
            f"{PIXELS // 1_000_000} megapixels. Reduce it, or cut out the QR code",
        )


def _taken(opener: Opener, page: int) -> Picture:
    with opener() as image:
        check_size(image.size)
        compression = _compression(image)
        is_colour = image.mode in {"RGB", "RGBA", "P", "CMYK", "YCbCr", "RGBX", "LAB", "PA"}
        orientation = _orientation(image)
        image.draft("L", image.size)
        grey = _upright(_grey(image), orientation)
    if not is_colour:
        return Picture(grey, page, compression)
    return Picture(grey, page, compression, lambda: _red(opener, orientation))


def _red(opener: Opener, orientation: int) -> Image.Image | None:
    with _refusing(), opener() as image:
        factor = 1
        while image.size[0] * image.size[1] > COLOUR_PIXELS * factor**2:
            factor += 1
        if factor > 1:
            image.draft("RGB", (image.size[0] // factor, image.size[1] // factor))
        red = _on_white(image).getchannel("R")
        while red.width * red.height > COLOUR_PIXELS:
            red = red.reduce(2)
        return _upright(red, orientation)


def _opened(source: Path | bytes, page: int) -> Image.Image:
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size > FILE_BYTES:
        raise InputError(
            zh=f"文件过大：{size // 1_000_000} MB，上限 {FILE_BYTES // 1_000_000} MB",
            en=f"the file is too large: {size // 1_000_000} MB, the limit is "
            f"{FILE_BYTES // 1_000_000} MB",
        )
    _enable_heic(source)
    image = Image.open(
        io.BytesIO(source) if isinstance(source, bytes) else source, formats=_formats()
    )
    check_size(image.size)
    if page > 1:
        image.seek(page - 1)
        check_size(image.size)
    return image


def _formats() -> tuple[str, ...]:
    return (*FORMATS, "HEIF") if "HEIF" in Image.OPEN else FORMATS


def _enable_heic(source: Path | bytes) -> None:
    """HEIC is read where pillow-heif is installed; without it the reader is told so."""
    if isinstance(source, bytes):
        head = source[:12]
    else:
        with source.open("rb") as stream:
            head = stream.read(12)
    if head[4:8] != b"ftyp" or head[8:12] not in _HEIC or "HEIF" in Image.OPEN:
        return
    try:
        import_module("pillow_heif").register_heif_opener(thumbnails=False)
    except ImportError as missing:
        raise InputError(
            zh="这是 HEIC 照片，本机未装读取它的组件：请安装 certgen[heic]，或在手机上改存为 JPEG 后再试",
            en="this is a HEIC photo and what reads it is not installed: install certgen[heic], "
            "or save the photo as JPEG on the telephone",
        ) from missing


def _grey(image: Image.Image) -> Image.Image:
    if image.mode == "L":
        image.load()
        return image.copy()
    if image.mode.startswith("I;16") or image.mode in {"I", "F"}:
        return _stretched(image)
    if image.mode in {"1", "RGB", "YCbCr", "RGBX"}:
        return image.convert("L")
    return _on_white(image).convert("L")


def _stretched(image: Image.Image) -> Image.Image:
    """Sixteen bits and more: Pillow would cut at 255 what scanners spread to 65,535."""
    wide = image.convert("F")
    low, high = wide.getextrema()
    scale = 255 / max(float(high) - float(low), 1e-6)  # type: ignore[arg-type]
    return wide.point(lambda value: value * scale - float(low) * scale).convert("L")  # type: ignore[arg-type]


def _on_white(image: Image.Image) -> Image.Image:
    """What a person sees: transparent is paper, not black."""
    if image.mode in {"P", "PA", "LA", "RGBA", "La", "RGBa"} or "transparency" in image.info:
        layered = image.convert("RGBA")
        ground = Image.new("RGBA", layered.size, "white")
        ground.alpha_composite(layered)
        return ground.convert("RGB")
    return image if image.mode == "RGB" else image.convert("RGB")


_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def _orientation(image: Image.Image) -> int:
    with suppress(Exception):  # a camera's or an attacker's broken EXIF: the picture is as it lies
        return int(image.getexif().get(0x0112, 1))
    return 1


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    turn = _TURNS.get(orientation)
    return image.transpose(turn) if turn is not None else image


def _compression(image: Image.Image) -> Compression | None:
    table = getattr(image, "quantization", {}).get(0) if image.format in {"JPEG", "MPO"} else None
    if not table:
        return None
    has_camera = False
    with suppress(Exception):
        has_camera = bool(image.getexif().get(0x010F))
    # libjpeg scales the example table of ITU-T T.81 Annex K, whose mean is 57.6.
    scale = sum(table) / len(table) / 57.6 * 100
    quality = 100 - scale / 2 if scale <= 100 else 5000 / scale
    return Compression(max(1, min(100, round(quality))), has_camera)


@contextmanager
def _refusing() -> Iterator[None]:
    """Whatever a decoder of pictures raises on hostile bytes becomes one clear refusal."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    except InputError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise InputError(
            zh=f"图片过大，上限 {PIXELS // 1_000_000} 百万像素。请缩小或只截取二维码部分",
            en=f"the picture is too large, the limit is {PIXELS // 1_000_000} megapixels. "
            "Reduce it, or cut out the QR code",
        ) from bomb
    except FileNotFoundError as missing:
        name = Path(str(missing.filename)).name
        raise InputError(zh=f"找不到文件 {name}", en=f"no file {name}") from missing
    except MemoryError as problem:
        raise InputError(
            zh="内存不足，无法打开图片", en="not enough memory to open the picture"
        ) from problem
    except Exception as problem:
        raise InputError(
            zh="无法读取图片：格式不支持或文件已损坏。支持 JPEG、PNG、WebP、TIFF、BMP、GIF、AVIF、HEIC 和 PDF；"
            "请重新发送原图",
            en="the picture cannot be read: unknown format or broken file. JPEG, PNG, WebP, TIFF, BMP, "
            "GIF, AVIF, HEIC and PDF are supported; send the original again",
        ) from problem
