"""Drawn seals (印章) for the sample agencies: placeholders marked 样例 SAMPLE, no imitations.

Round, the filed name along the ring from left to right, a star, the purpose below:
人社鉴发〔2021〕1号 四(一) allows 职业技能等级认定专用章 after the name. 42 mm, within the 45 mm of
国发〔1999〕25号. One flat red, all else transparent: print below a seal stays readable.
"""

from dataclasses import dataclass
from io import BytesIO
from math import cos, pi, radians, sin
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont

DIAMETER_MM = 42
PIXELS = 992  # 42 mm at 600 dpi
RED = (200, 22, 29)
_SCALE = 3  # drawn three times as large and reduced, which smooths every edge
_PIXELS_PER_MM = PIXELS * _SCALE / DIAMETER_MM

_RING_MM = 1.2
_NAME_RADIUS_MM = 16.6  # of the middles of the characters
_NAME_SPAN_DEG = 264  # the name leaves the lowest part of the ring free
_NAME_STEP_DEG = 22  # short names are not pulled apart
_NAME_SIZE_MM = 4.7


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A grey picture in which white is ink; lengths in millimetres from the middle, y down."""

    image: Image.Image
    draw: ImageDraw.ImageDraw
    font: Path

    def circle(self, radius: float, ink: int) -> None:
        """A filled circle around the middle."""
        self.draw.ellipse([_pixels(-radius)] * 2 + [_pixels(radius)] * 2, fill=ink)

    def text(self, text: str, y: float, size: float, ink: int = 255) -> None:
        """One line, centred on (0, y)."""
        at = (_pixels(0), _pixels(y))
        self.draw.text(at, text, fill=ink, font=self._face(size), anchor="mm")

    def turned(self, char: str, angle_deg: float, radius: float, size: float) -> None:
        """One character on a circle, its foot to the middle; angles clockwise from the top."""
        side = round(size * _PIXELS_PER_MM * 1.5)
        tile = Image.new("L", (side, side))
        ImageDraw.Draw(tile).text(
            (side / 2, side / 2), char, fill=255, font=self._face(size), anchor="mm"
        )
        tile = tile.rotate(-angle_deg, Image.Resampling.BICUBIC)
        x, y = radius * sin(radians(angle_deg)), -radius * cos(radians(angle_deg))
        left, top = round(_pixels(x) - side / 2), round(_pixels(y) - side / 2)
        box = (left, top, left + side, top + side)
        self.image.paste(ImageChops.lighter(self.image.crop(box), tile), box)

    def _face(self, size: float) -> ImageFont.FreeTypeFont:
        return ImageFont.truetype(self.font, round(size * _PIXELS_PER_MM))


def _pixels(mm: float) -> float:
    return PIXELS * _SCALE / 2 + mm * _PIXELS_PER_MM


def png(name: str, font: Path) -> bytes:
    """The seal of the agency or branch with this filed name (备案名称), lettered in `font`."""
    image = Image.new("L", (PIXELS * _SCALE,) * 2)
    sheet = _Sheet(image, ImageDraw.Draw(image), font)
    sheet.circle(DIAMETER_MM / 2 - 0.1, 255)
    sheet.circle(DIAMETER_MM / 2 - 0.1 - _RING_MM, 0)
    _name(sheet, name)
    _star(sheet, y=-5.8, radius=5.2)
    _sample_mark(sheet)
    sheet.text("职业技能等级认定", 7.9, 2.4)
    sheet.text("专用章", 11.1, 2.4)
    return _one_red(image.reduce(_SCALE))


def _name(sheet: _Sheet, name: str) -> None:
    step = min(_NAME_STEP_DEG, _NAME_SPAN_DEG / (len(name) - 1))
    room = _NAME_RADIUS_MM * radians(step)
    size = min(_NAME_SIZE_MM, room * 0.93)
    for index, char in enumerate(name):
        angle = (index - (len(name) - 1) / 2) * step
        sheet.turned(char, angle, _NAME_RADIUS_MM, size)


def _star(sheet: _Sheet, y: float, radius: float) -> None:
    """A plain five-point star: every second corner at sin 18° / sin 54° of the radius."""
    inner = radius * sin(pi / 10) / sin(3 * pi / 10)
    corners = []
    for point in range(10):
        reach = inner if point % 2 else radius
        angle = point * pi / 5
        corners.append((_pixels(reach * sin(angle)), _pixels(y - reach * cos(angle))))
    sheet.draw.polygon(corners, fill=255)


def _sample_mark(sheet: _Sheet) -> None:
    """A solid bar with 样例 SAMPLE cut out of it: nobody takes the picture for a real seal."""
    bar = [_pixels(-12.6), _pixels(0.2), _pixels(12.6), _pixels(5.4)]
    sheet.draw.rounded_rectangle(bar, radius=_PIXELS_PER_MM * 0.8, fill=255)
    sheet.text("样例 SAMPLE", 2.8, 3.8, ink=0)


def _one_red(ink: Image.Image) -> bytes:
    """A PNG of one colour whose transparency is the drawing."""
    seal = Image.new("RGBA", ink.size, (*RED, 0))
    seal.putalpha(ink)
    out = BytesIO()
    seal.save(out, "PNG", optimize=True, dpi=(600, 600))
    return out.getvalue()
