r"""Drawn portraits (照片) of the sample holders: plainly drawings, never photographs of anybody.

One inch, 25 × 35 mm at 420 dpi, in colour on white (人社鉴发〔2021〕1号 三(一)). The same seed
draws the same picture to the last byte.

>>> jpeg(portrait(seed=7, female=True))[:2]
b'\xff\xd8'
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from io import BytesIO
from random import Random
from typing import NamedTuple

from PIL import ExifTags, Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 413, 579
_SCALE = 2  # drawn twice as large and reduced, which smooths every edge
_QUALITY = 90


class Turned(IntEnum):
    """How a camera was held: the EXIF orientation that turns its picture upright again."""

    UPRIGHT = 1
    HALF = 3
    RIGHT = 6
    LEFT = 8


class Rgb(NamedTuple):
    """A colour of the drawing."""

    red: int
    green: int
    blue: int

    def darker(self, share: float) -> "Rgb":
        """The same colour with `share` of its light taken away."""
        return Rgb(*(round(part * (1 - share)) for part in self))


_SKINS = (Rgb(246, 214, 186), Rgb(240, 203, 171), Rgb(232, 190, 155), Rgb(222, 177, 140))
_HAIRS = (Rgb(34, 30, 30), Rgb(48, 38, 34), Rgb(62, 46, 38), Rgb(92, 90, 92))
_CLOTHES = (Rgb(38, 52, 84), Rgb(52, 60, 66), Rgb(86, 42, 48), Rgb(40, 78, 72), Rgb(96, 84, 66))
_SHIRTS = (Rgb(226, 234, 242), Rgb(240, 232, 220), Rgb(206, 220, 214))


@dataclass(frozen=True, slots=True)
class _Look:
    """What tells one drawn face from the next; lengths in pixels of the finished picture."""

    skin: Rgb
    hair: Rgb
    clothes: Rgb
    shirt: Rgb
    half_face: int
    chin: int
    fringe: int
    eye_gap: int
    smile: int
    glasses: bool
    long_hair: bool


def _look(seed: int, *, female: bool) -> _Look:
    random = Random(seed)
    return _Look(
        skin=random.choice(_SKINS),
        hair=random.choice(_HAIRS),
        clothes=random.choice(_CLOTHES),
        shirt=random.choice(_SHIRTS),
        half_face=random.randint(82, 93),
        chin=random.randint(352, 368),
        fringe=random.randint(166, 190),
        eye_gap=random.randint(38, 44),
        smile=random.randint(8, 18),
        glasses=random.random() < 0.25,
        long_hair=female and random.random() < 0.7,
    )


class _Pen:
    """Draws in pixels of the finished picture, mirrored about its middle where a face is."""

    middle = WIDTH / 2

    def __init__(self, draw: ImageDraw.ImageDraw) -> None:
        self._draw = draw

    def ellipse(self, x: float, y: float, half: tuple[float, float], fill: Rgb) -> None:
        """An ellipse around (middle + x, y)."""
        x += self.middle
        box = (x - half[0], y - half[1], x + half[0], y + half[1])
        self._draw.ellipse([edge * _SCALE for edge in box], fill=fill)

    def polygon(self, points: Sequence[tuple[float, float]], fill: Rgb) -> None:
        """A filled polygon; x counts from the middle."""
        self._draw.polygon([((x + self.middle) * _SCALE, y * _SCALE) for x, y in points], fill=fill)

    def box(self, edges: tuple[float, float, float, float], radius: float, fill: Rgb) -> None:
        """A box with round corners; x counts from the middle."""
        left, top, right, bottom = edges
        moved = (left + self.middle, top, right + self.middle, bottom)
        self._draw.rounded_rectangle([edge * _SCALE for edge in moved], radius * _SCALE, fill=fill)

    def arc(self, box: tuple[float, float, float, float], span: tuple[int, int], fill: Rgb) -> None:
        """A thin arc inside a box; x counts from the middle."""
        left, top, right, bottom = box
        moved = (left + self.middle, top, right + self.middle, bottom)
        self._draw.arc([edge * _SCALE for edge in moved], *span, fill=fill, width=3 * _SCALE)


def portrait(seed: int, *, female: bool) -> Image.Image:
    """The upright picture, RGB, 413 × 579."""
    look = _look(seed, female=female)
    image = Image.new("RGB", (WIDTH * _SCALE, HEIGHT * _SCALE), "white")
    pen = _Pen(ImageDraw.Draw(image))
    _back_hair(pen, look)
    _shoulders(pen, look)
    _head(pen, look)
    _fringe(pen, look)
    _face(pen, look)
    return _grain(image.reduce(_SCALE), seed)


def _back_hair(pen: _Pen, look: _Look) -> None:
    pen.ellipse(0, 236, (look.half_face + 19, 122), look.hair)
    if look.long_hair:
        wide = look.half_face + 21
        pen.box((-wide, 230, wide, 446), 52, look.hair)


def _shoulders(pen: _Pen, look: _Look) -> None:
    pen.box((-38, 330, 38, 480), 20, look.skin.darker(0.10))
    pen.box((-172, 438, 172, 700), 92, look.clothes)
    pen.polygon([(-56, 434), (56, 434), (0, 560)], look.shirt)
    pen.polygon([(-38, 428), (38, 428), (0, 486)], look.skin.darker(0.10))
    for side in (-1, 1):
        lapel = [(side * 40, 424), (side * 80, 446), (side * 50, 520), (0, 579), (side * 44, 470)]
        pen.polygon(lapel, look.clothes.darker(0.25))


def _head(pen: _Pen, look: _Look) -> None:
    for side in (-1, 1):
        pen.ellipse(side * look.half_face, 268, (13, 23), look.skin.darker(0.07))
    pen.ellipse(0, 240, (look.half_face, 112), look.skin)
    pen.ellipse(0, look.chin - 84, (look.half_face - 7, 84), look.skin)


def _fringe(pen: _Pen, look: _Look) -> None:
    """Hair over the forehead: two locks that part at a place of their own."""
    wide = look.half_face + 5
    part = (look.eye_gap - 41) * 9
    for side in (-1, 1):
        lock = [(part, 124), (side * wide * 0.6, 130), (side * wide, 176), (side * wide, 250)]
        inner = [(side * (wide - 13), 206), (side * wide * 0.55, look.fringe), (part, 158)]
        pen.polygon(lock + inner, look.hair)


def _face(pen: _Pen, look: _Look) -> None:
    ink = look.hair.darker(0.2)
    for side in (-1, 1):
        eye = side * look.eye_gap
        pen.arc((eye - 19, 216, eye + 19, 244), (205, 335), ink)
        pen.ellipse(eye, 246, (15, 7.5), Rgb(252, 252, 250))
        pen.ellipse(eye, 246, (7.2, 7.2), ink)
        pen.ellipse(eye + 2.4, 243.6, (1.9, 1.9), Rgb(255, 255, 255))
        pen.arc((eye - 17, 237, eye + 17, 261), (190, 350), ink)
        pen.ellipse(side * 54, 290, (17, 10), look.skin.darker(0.045))
    pen.arc((-11, 268, 11, 290), (25, 155), look.skin.darker(0.28))
    pen.arc((-27, 322 - look.smile * 2, 27, 322), (25, 155), Rgb(172, 84, 80))
    if look.glasses:
        _glasses(pen, look)


def _glasses(pen: _Pen, look: _Look) -> None:
    frame = Rgb(70, 70, 78)
    for side in (-1, 1):
        eye = side * look.eye_gap
        pen.arc((eye - 27, 224, eye + 27, 270), (0, 360), frame)
    pen.arc((-14, 238, 14, 258), (200, 340), frame)


def _grain(image: Image.Image, seed: int) -> Image.Image:
    """A little paper grain off the white ground, so that the file is as large as a real photo's."""
    noise = Image.frombytes("L", image.size, Random(seed).randbytes(WIDTH * HEIGHT))
    grain = noise.filter(ImageFilter.GaussianBlur(0.8)).convert("RGB")
    drawn = image.convert("L").point(lambda light: 0 if light > 247 else 255)
    return Image.composite(Image.blend(image, grain, 0.06), image, drawn)


def jpeg(upright: Image.Image, turned: Turned = Turned.UPRIGHT) -> bytes:
    """The file of a camera held as `turned`; a turned one adds EXIF orientation and GPS."""
    out = BytesIO()
    if turned is Turned.UPRIGHT:
        upright.save(out, "JPEG", quality=_QUALITY, dpi=(420, 420))
    else:
        image = upright.transpose(_AS_HELD[turned])
        image.save(out, "JPEG", quality=_QUALITY, dpi=(420, 420), exif=_camera_data(turned))
    return out.getvalue()


_AS_HELD = {
    Turned.HALF: Image.Transpose.ROTATE_180,
    Turned.RIGHT: Image.Transpose.ROTATE_90,
    Turned.LEFT: Image.Transpose.ROTATE_270,
}


def _camera_data(turned: Turned) -> Image.Exif:
    """What must not reach a certificate: orientation, camera and the place 0° N 0° E."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = int(turned)
    exif[ExifTags.Base.Make] = "SAMPLE"
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLatitude] = "N", (0.0, 0.0, 0.0)
    gps[ExifTags.GPS.GPSLongitudeRef], gps[ExifTags.GPS.GPSLongitude] = "E", (0.0, 0.0, 0.0)
    return exif
