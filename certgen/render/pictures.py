"""Seals and photos as image objects, each edition in its own colours."""

import io
import zlib
from pathlib import Path
from typing import Protocol

from PIL import Image, ImageChops, ImageStat

from certgen.errors import InputError
from certgen.render.pdf import stream

SEAL_DPI = 300
"""What a seal is reduced to: finer than any stamp is inked."""

STENCIL_DPI = 600
"""One bit a pixel needs more than shades do."""

GREYS = 16
"""Steps of a seal's edge. More cannot be told apart, and cost a third of the file."""

FLAT = 24
"""How far the channels of inked pixels may lie from their mean for a seal to count as one colour."""


class Adds(Protocol):
    """Takes objects, as `certgen.render.pdf.Objects` and `certgen.render.revision.Revision` do."""

    def add(self, body: bytes, /) -> int:
        """Write the next object; its number."""


class SealImage:
    """A seal as an image with a soft mask, reduced and compressed once.

    A seal of one flat colour, as nearly all are, is a single pixel of that colour under its mask.
    """

    def __init__(self, path: Path, diameter_mm: float, *, cmyk: bool) -> None:
        picture = _open_rgba(path)
        side = min(round(diameter_mm / 25.4 * SEAL_DPI), max(picture.size))
        alpha = picture.getchannel("A")
        colours = _flattened(picture.convert("RGB"), alpha)
        if colours.size != (1, 1):
            colours = colours.resize((side, side), Image.Resampling.LANCZOS)
        step = 255 / (GREYS - 1)
        edge = alpha.resize((side, side), Image.Resampling.LANCZOS)
        edge = edge.point(lambda value: round(round(value / step) * step))
        self._mask = _image(edge, "/DeviceGray")
        self._colours = to_cmyk(colours) if cmyk else colours
        self._packed = zlib.compress(self._colours.tobytes(), 9)
        self._space = "/DeviceCMYK" if cmyk else "/DeviceRGB"

    def put(self, objects: Adds) -> int:
        """Write the image; its object number."""
        mask = objects.add(self._mask)
        extra = f"/SMask {mask} 0 R"
        return objects.add(_packed_image(self._colours, self._packed, self._space, extra))


def put_stencil(objects: Adds, path: Path, diameter_mm: float) -> tuple[int, tuple[float, ...]]:
    """A seal as one bit a pixel and one ink mixture, for presses that know no transparency; its object number."""
    picture = _open_rgba(path)
    side = round(diameter_mm / 25.4 * STENCIL_DPI)
    alpha = picture.getchannel("A").resize((side, side), Image.Resampling.LANCZOS)
    bits = ImageChops.invert(alpha).convert(
        "1", dither=Image.Dither.NONE
    )  # 0 paints, ISO 32000-1 8.9.6.2
    entries = (
        f"/Type/XObject/Subtype/Image/Width {side}/Height {side}/ImageMask true/BitsPerComponent 1"
        "/Filter/FlateDecode"
    )
    number = objects.add(stream(entries.encode(), zlib.compress(bits.tobytes(), 9)))
    mean = ImageStat.Stat(picture.convert("RGB"), picture.getchannel("A").point(_inked)).mean
    flat = Image.new("RGB", (1, 1), (round(mean[0]), round(mean[1]), round(mean[2])))
    inks = to_cmyk(flat).tobytes()
    return number, tuple(round(ink / 255, 3) for ink in inks)


def _inked(value: int) -> int:
    return 255 if value >= 128 else 0


def put_embossed(objects: Adds, path: Path, diameter_mm: float) -> int:
    """An embossed seal (钢印) as light and shade from the upper left; its object number.

    Paper is embossed by a press; on the screen only the relief's edges are drawn, half transparent, over the photo.
    """
    alpha = _open_rgba(path).getchannel("A")
    side = min(round(diameter_mm / 25.4 * SEAL_DPI), max(alpha.size))
    relief = alpha.resize((side, side), Image.Resampling.LANCZOS)
    step = max(1, side // 240)  # about 0.15 mm: as deep as such a seal presses
    lit, shaded = (ImageChops.offset(relief, by, by) for by in (step, -step))
    shade, light = ImageChops.subtract(lit, shaded), ImageChops.subtract(shaded, lit)
    strength = ImageChops.lighter(shade, light).point(lambda value: round(value * 0.6))
    mask = objects.add(_image(strength, "/DeviceGray"))
    tones = light.point(lambda value: 255 if value else 0)
    return objects.add(_image(tones, "/DeviceGray", f"/SMask {mask} 0 R"))


def _open_rgba(path: Path) -> Image.Image:
    try:
        with Image.open(path) as file:
            return file.convert("RGBA")
    except (OSError, Image.DecompressionBombError, ValueError) as problem:
        raise InputError(
            zh=f"无法读取印章图片 {path.name}：请使用带透明底的 PNG",
            en=f"cannot read the seal picture {path.name}: give a PNG with a transparent ground",
        ) from problem


def _flattened(colours: Image.Image, alpha: Image.Image) -> Image.Image:
    """One pixel where all well-inked pixels have the same colour, else `colours` as they are."""
    inked = alpha.point(_inked)
    if inked.getbbox() is None:
        return colours
    red, green, blue = (round(value) for value in ImageStat.Stat(colours, inked).mean)
    mean = (red, green, blue)
    spread = ImageChops.difference(colours, Image.new("RGB", colours.size, mean))
    spread.paste((0, 0, 0), mask=ImageChops.invert(inked))
    if max(high for _, high in ImageStat.Stat(spread).extrema) > FLAT:
        return colours
    return Image.new("RGB", (1, 1), mean)


def _image(picture: Image.Image, space: str, extra: str = "") -> bytes:
    return _packed_image(picture, zlib.compress(picture.tobytes(), 9), space, extra)


def _packed_image(picture: Image.Image, packed: bytes, space: str, extra: str) -> bytes:
    entries = (
        f"/Type/XObject/Subtype/Image/Width {picture.width}/Height {picture.height}"
        f"/ColorSpace{space}/BitsPerComponent 8/Filter/FlateDecode{extra}"
    )
    return stream(entries.encode(), packed)


def photo(jpeg: bytes, width: int, height: int) -> bytes:
    """A portrait whose JPEG bytes are carried as they are (three components, sRGB)."""
    entries = (
        b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode"
        % (width, height)
    )
    return stream(entries, jpeg)


def print_photo(jpeg: bytes) -> bytes:
    """The same portrait in CMYK. Pillow writes CMYK JPEG inverted, as Adobe does: the Decode array turns it back."""
    with Image.open(io.BytesIO(jpeg)) as file:
        picture = to_cmyk(file.convert("RGB"))
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=92, subsampling=0)
    entries = (
        f"/Type/XObject/Subtype/Image/Width {picture.width}/Height {picture.height}/ColorSpace/DeviceCMYK"
        "/BitsPerComponent 8/Decode[1 0 1 0 1 0 1 0]/Filter/DCTDecode"
    )
    return stream(entries.encode(), made.getvalue())


def to_cmyk(picture: Image.Image) -> Image.Image:
    """From sRGB to CMYK by plain grey replacement: K is the least of C, M and Y, taken out of all three.

    Not proofed for any press: no notice and no shop is behind it.
    """
    inks = ImageChops.invert(picture).split()
    black = ImageChops.darker(ImageChops.darker(inks[0], inks[1]), inks[2])
    return Image.merge("CMYK", (*(ImageChops.subtract(ink, black) for ink in inks), black))
