"""Pictures of a checked design for its reports: whole pages with their marks, and crops of findings.

Where this machine cannot draw a format, there are none, and the reports say so.
"""

import base64
import io
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from certgen.model.box import Box
from verify.design.decisions import Item
from verify.design.design import Design
from verify.design.finding import Kind

DPI = 110
MARGIN = 6.0
"""Millimetres around a crop, so that its place is recognised."""

LEAST_WIDTH, LEAST_HEIGHT = 62.0, 17.0
"""Millimetres that a crop shows at least."""

COLOURS = {
    Kind.ERROR: (200, 30, 30),
    Kind.REVIEW: (190, 110, 0),
    Kind.UNDECIDED: (110, 60, 160),
    Kind.WARNING: (30, 90, 180),
    Kind.NOTE: (90, 90, 90),
    Kind.EXEMPT: (40, 130, 60),
}
_MM_PER_INCH = 25.4


class Gallery:
    """Draws each page once."""

    def __init__(self, design: Design, dpi: int = DPI) -> None:
        self._design = design
        self._dpi = dpi
        self._pages: dict[int, Image.Image | None] = {}

    def page(self, number: int) -> Image.Image | None:
        """A page as it shows."""
        if not 1 <= number <= len(self._design.pages):
            return None
        if number not in self._pages:
            from verify.design.picture import page_picture  # noqa: PLC0415  (only for reports)

            self._pages[number] = page_picture(self._design, number, dpi=self._dpi)
        return self._pages[number]

    def crop(self, number: int, box: Box, kind: Kind, margin: float = MARGIN) -> Image.Image | None:
        """What stands in and around a box, the box drawn in the colour of its kind."""
        whole = self.page(number)
        if whole is None:
            return None
        scale = self._scale(number, whole)
        around = _roomy(box.grown(margin))
        left, top = (max(round(v * scale), 0) for v in around[:2])
        right = min(max(round(around.x1 * scale), left + 4), whole.width)
        bottom = min(max(round(around.y1 * scale), top + 4), whole.height)
        if right - left < 4 or bottom - top < 4:
            return None
        crop = whole.crop((left, top, right, bottom)).convert("RGB")
        edge = [v * scale for v in box.grown(0.6)]
        frame = (edge[0] - left, edge[1] - top, edge[2] - left, edge[3] - top)
        ImageDraw.Draw(crop).rectangle(frame, outline=COLOURS[kind], width=2)
        return crop

    def marked(self, number: int, items: Sequence[tuple[int, Item]]) -> Image.Image | None:
        """A page with the numbered boxes of its findings."""
        whole = self.page(number)
        if whole is None:
            return None
        picture = whole.convert("RGB")
        draw = ImageDraw.Draw(picture, "RGBA")
        font = ImageFont.load_default(size=max(self._dpi // 8, 10))
        scale = self._scale(number, whole)
        taken: list[tuple[float, float]] = []
        for label, item in items:
            colour = COLOURS[item.kind]
            for box in item.finding.place.boxes:
                x0, y0, x1, y1 = (v * scale for v in box.grown(0.6))
                draw.rectangle((x0, y0, x1, y1), outline=colour, fill=(*colour, 36), width=2)
            first = item.finding.place.boxes[0] if item.finding.place.boxes else None
            if first is not None:
                _label(draw, str(label), _free(first, scale, taken), colour, font)
        return picture

    def _scale(self, number: int, picture: Image.Image) -> float:
        width = self._design.pages[number - 1].width
        return picture.width / width if width else self._dpi / _MM_PER_INCH


def _roomy(box: Box) -> Box:
    """Wide and high enough that a reader knows the place again."""
    more_x, more_y = max(LEAST_WIDTH - box.width, 0) / 2, max(LEAST_HEIGHT - box.height, 0) / 2
    return Box(box.x0 - more_x, box.y0 - more_y, box.x1 + more_x, box.y1 + more_y)


def _free(box: Box, scale: float, taken: list[tuple[float, float]]) -> tuple[float, float]:
    """Left above the box; further left where another label is."""
    x, y = max(box.x0 * scale - 16, 2), max(box.y0 * scale - 14, 2)
    while any(abs(x - ox) < 18 and abs(y - oy) < 14 for ox, oy in taken):
        x += 20
    taken.append((x, y))
    return x, y


def _label(
    draw: ImageDraw.ImageDraw,
    text: str,
    at: tuple[float, float],
    colour: tuple[int, int, int],
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
) -> None:
    box = draw.textbbox(at, text, font=font)
    draw.rectangle((box[0] - 3, box[1] - 2, box[2] + 3, box[3] + 2), fill=colour)
    draw.text(at, text, font=font, fill="white")


def as_png(picture: Image.Image) -> bytes:
    """The bytes of a PNG; photographs and scans shrink to 128 colours."""
    out = io.BytesIO()
    small = (
        picture.convert("RGB").quantize(128) if picture.width * picture.height > 40_000 else picture
    )
    small.save(out, "PNG", optimize=True)
    return out.getvalue()


def as_data_url(picture: Image.Image) -> str:
    """The picture inside an HTML file."""
    return "data:image/png;base64," + base64.b64encode(as_png(picture)).decode("ascii")
