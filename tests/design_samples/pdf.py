"""A page as PDF the way a drawing program writes it, with texts planted in every way of hiding."""

import math
from collections.abc import Callable, Sequence
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
from fontTools.pens.basePen import decomposeQuadraticSegment
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont as Opened
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from certgen.model.page import Page, Rule, Shape, TextRun
from tests.design_samples.pages import Plant, Way, pictures_of
from tests.render.builders import fonts

MM = 72 / 25.4

_Step = tuple[str, tuple[Any, ...]]
"""A pen's move and its points."""


@cache
def _font(role: str, text: str = "国") -> str:
    """The name under which reportlab knows the face of a role that draws `text`."""
    face = fonts().runs(role, text)[0][0]
    return _registered(face.id)


@cache
def _registered(face_id: str) -> str:
    face = fonts().face(face_id)
    name = face.postscript_name
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, str(face.path), asciiReadable=False))
    return name


class Sheet:
    """reportlab's canvas with our coordinates: millimetres from the top left."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.made = BytesIO()
        font = _font("times", "a")
        self.canvas = Canvas(
            self.made,
            pagesize=(page.width * MM, page.height * MM),
            invariant=1,
            initialFontName=font,  # type: ignore[arg-type]  # the stub is wrong
        )

    def at(self, x: float, y: float) -> tuple[float, float]:
        return x * MM, (self.page.height - y) * MM

    def text(
        self,
        text: str,
        x: float,
        y: float,
        size_pt: float,
        font: str,
        colour: tuple[int, int, int] = (0, 0, 0),
        mode: int | None = None,
        spacing_pt: float = 0.0,
    ) -> None:
        draw = self.canvas.beginText(*self.at(x, y))
        draw.setFont(font, size_pt)
        draw.setFillColorRGB(*(channel / 255 for channel in colour))
        if mode is not None:
            draw.setTextRenderMode(mode)  # type: ignore[arg-type]  # 0 to 7
        if spacing_pt:
            draw.setCharSpace(spacing_pt)
        draw.textOut(text)
        self.canvas.drawText(draw)

    def bar(self, x: float, y: float, width: float, height: float, grey: float) -> None:
        self.canvas.setFillGray(grey)
        left, bottom = self.at(x, y + height)
        self.canvas.rect(left, bottom, width * MM, height * MM, stroke=0, fill=1)


def drawn(page: Page, plants: Sequence[Plant] = (), *, pages: int = 1) -> bytes:
    """The page, `pages` times; `plants` stand on the first."""
    sheet = Sheet(page)
    for number in range(pages):
        below = [plant for plant in plants if plant.way is Way.UNDER_PICTURE and not number]
        for plant in below:
            _word(sheet, plant)
        for item in page.items:
            if isinstance(item, TextRun):
                sheet.text(item.text, item.x, item.baseline, item.size_pt, _registered(item.face))
            elif isinstance(item, Shape):
                _shape(sheet, item)
            elif isinstance(item, Rule):
                sheet.canvas.setLineWidth(item.thickness_pt)
                sheet.canvas.line(*sheet.at(item.x0, item.y0), *sheet.at(item.x1, item.y1))
        for _, data, x, y, width, height in pictures_of(page):
            left, bottom = sheet.at(x, y + height)
            picture = ImageReader(BytesIO(data))
            sheet.canvas.drawImage(picture, left, bottom, width * MM, height * MM, mask="auto")
        for plant in () if number else plants:
            _PLANTED.get(plant.way, _nothing)(sheet, plant)
        sheet.canvas.showPage()
    sheet.canvas.save()
    return _finished(sheet.made.getvalue(), plants, page)


def _shape(sheet: Sheet, shape: Shape) -> None:
    path = sheet.canvas.beginPath()
    for letter, points in shape.path:
        places = [
            edge for x, y in zip(points[::2], points[1::2], strict=True) for edge in sheet.at(x, y)
        ]
        getattr(path, {"m": "moveTo", "l": "lineTo", "c": "curveTo", "h": "close"}[letter])(*places)
    if shape.fill:
        sheet.canvas.setFillColorRGB(*shape.fill.rgb)
    if shape.stroke:
        sheet.canvas.setStrokeColorRGB(*shape.stroke.rgb)
        sheet.canvas.setLineWidth(shape.thickness_pt)
    sheet.canvas.drawPath(path, stroke=int(bool(shape.stroke)), fill=int(bool(shape.fill)))
    sheet.canvas.setStrokeColorRGB(0, 0, 0)


def _nothing(sheet: Sheet, plant: Plant) -> None:
    """Planted elsewhere: in the properties, or before the rest."""


def _word(sheet: Sheet, plant: Plant, **looks: object) -> None:
    font = _font(plant.role)
    looks = {"colour": plant.colour, **looks}
    sheet.text(plant.text, plant.x, plant.y, plant.size_pt, font, **looks)  # type: ignore[arg-type]


def _em(plant: Plant) -> float:
    return plant.size_pt / MM


def _scaled(sheet: Sheet, plant: Plant) -> None:
    canvas = sheet.canvas
    canvas.saveState()
    canvas.translate(*sheet.at(plant.x, plant.y))
    canvas.scale(plant.size_pt, plant.size_pt)
    draw = canvas.beginText(0, 0)
    draw.setFont(_font(plant.role), 1)
    draw.textOut(plant.text)
    canvas.drawText(draw)
    canvas.restoreState()


def _spaced(sheet: Sheet, plant: Plant) -> None:
    _word(sheet, plant, spacing_pt=1.2 * plant.size_pt)


def _two_boxes(sheet: Sheet, plant: Plant) -> None:
    for index, char in enumerate(plant.text):
        x = plant.x + index * 1.25 * _em(plant)
        sheet.text(char, x, plant.y, plant.size_pt, _font(plant.role), plant.colour)


def _two_lines(sheet: Sheet, plant: Plant) -> None:
    half = len(plant.text) // 2
    for line, text in enumerate((plant.text[:half], plant.text[half:])):
        y = plant.y + line * 1.5 * _em(plant)
        sheet.text(text, plant.x, y, plant.size_pt, _font(plant.role), plant.colour)


def _vertical(sheet: Sheet, plant: Plant) -> None:
    for index, char in enumerate(plant.text):
        y = plant.y + index * 1.1 * _em(plant)
        sheet.text(char, plant.x, y, plant.size_pt, _font(plant.role), plant.colour)


def _rotated(sheet: Sheet, plant: Plant) -> None:
    canvas = sheet.canvas
    canvas.saveState()
    canvas.translate(*sheet.at(plant.x, plant.y))
    canvas.rotate(30)
    canvas.setFont(_font(plant.role), plant.size_pt)
    canvas.drawString(0, 0, plant.text)
    canvas.restoreState()


def _round(sheet: Sheet, plant: Plant) -> None:
    canvas, radius = sheet.canvas, 2.2 * _em(plant) * max(len(plant.text), 4) / math.pi
    span = min(24.0 * (len(plant.text) - 1), 270.0)
    for index, char in enumerate(plant.text):
        turn = -span / 2 + span * index / max(len(plant.text) - 1, 1)
        canvas.saveState()
        canvas.translate(*sheet.at(plant.x, plant.y))
        canvas.rotate(-turn)
        canvas.setFont(_font(plant.role), plant.size_pt)
        canvas.drawCentredString(0, radius * MM, char)
        canvas.restoreState()


def _fake_bold(sheet: Sheet, plant: Plant) -> None:
    for shift in (0.0, 0.08):
        font = _font(plant.role)
        sheet.text(plant.text, plant.x + shift, plant.y, plant.size_pt, font, plant.colour)


def _form_xobject(sheet: Sheet, plant: Plant) -> None:
    canvas, name = sheet.canvas, f"form{abs(hash(plant))}"
    canvas.beginForm(name)
    _word(sheet, plant)
    canvas.endForm()
    canvas.doForm(name)


def _on_dark(sheet: Sheet, plant: Plant) -> None:
    width = (len(plant.text) + 1) * _em(plant)
    sheet.bar(plant.x - 1, plant.y - _em(plant), width, 1.3 * _em(plant), 0.15)
    _word(sheet, plant, colour=(255, 255, 255))


def _covered(sheet: Sheet, plant: Plant) -> None:
    _word(sheet, plant)
    width = (len(plant.text) + 1) * _em(plant)
    sheet.bar(plant.x - 1, plant.y - _em(plant), width, 1.3 * _em(plant), 1.0)


def _under_picture(sheet: Sheet, plant: Plant) -> None:
    width = (len(plant.text) + 1) * _em(plant)
    noise = Image.effect_noise((64, 16), 90).convert("RGB")
    left, bottom = sheet.at(plant.x - 1, plant.y + 0.3 * _em(plant))
    sheet.canvas.drawImage(ImageReader(noise), left, bottom, width * MM, 1.3 * plant.size_pt)


def _under_type(sheet: Sheet, plant: Plant) -> None:
    _word(sheet, plant, colour=(255, 255, 255))
    sheet.text("样" * len(plant.text), plant.x, plant.y, plant.size_pt, _font(plant.role))


def _clipped(sheet: Sheet, plant: Plant) -> None:
    canvas = sheet.canvas
    canvas.saveState()
    path = canvas.beginPath()
    left, bottom = sheet.at(plant.x, plant.y + 20)
    path.rect(left, bottom, 10, 10)
    canvas.clipPath(path, stroke=0)
    _word(sheet, plant)
    canvas.restoreState()


def _off_page(sheet: Sheet, plant: Plant) -> None:
    sheet.text(plant.text, sheet.page.width + 12, plant.y, plant.size_pt, _font(plant.role))


def _tiny(sheet: Sheet, plant: Plant) -> None:
    sheet.text(plant.text, plant.x, plant.y, 0.5, _font(plant.role))


def _transparent(sheet: Sheet, plant: Plant) -> None:
    sheet.canvas.saveState()
    sheet.canvas.setFillAlpha(0)
    draw = sheet.canvas.beginText(*sheet.at(plant.x, plant.y))
    draw.setFont(_font(plant.role), plant.size_pt)
    draw.textOut(plant.text)
    sheet.canvas.drawText(draw)
    sheet.canvas.restoreState()


def _layer_off(sheet: Sheet, plant: Plant) -> None:
    sheet.canvas._code.append("/OC /Hidden BDC")  # type: ignore[attr-defined]  # no public way
    _word(sheet, plant)
    sheet.canvas._code.append("EMC")  # type: ignore[attr-defined]


def _outlined(sheet: Sheet, plant: Plant) -> None:
    """Every character as the shape of its outline."""
    face = fonts().runs(plant.role, plant.text)[0][0]
    scale = plant.size_pt / 1000
    left, bottom = sheet.at(plant.x, plant.y)
    path = sheet.canvas.beginPath()
    for char in plant.text:
        for contour in _contours(face.path, char):
            _contour(path, contour, left, bottom, scale)
        left += face.advance(char) * scale
    sheet.canvas.setFillGray(0)
    sheet.canvas.drawPath(path, stroke=0, fill=1)


def _contour(path: Any, steps: Sequence[_Step], left: float, bottom: float, scale: float) -> None:
    def place(point: tuple[float, float]) -> tuple[float, float]:
        return left + point[0] * scale, bottom + point[1] * scale

    for kind, points in steps:
        flat = [edge for point in points for edge in place(point)]
        getattr(path, {"m": "moveTo", "l": "lineTo", "c": "curveTo"}[kind])(*flat)
    path.close()


def outline_path(text: str, x: float, y: float, size_pt: float, role: str = "hei") -> str:
    """The text as an SVG path, millimetres."""
    face = fonts().runs(role, text)[0][0]
    scale = size_pt / 1000 / MM
    parts = []
    for char in text:
        for contour in _contours(face.path, char):
            for kind, points in contour:
                places = " ".join(f"{x + px * scale:.3f} {y - py * scale:.3f}" for px, py in points)
                parts.append(f"{kind.upper()}{places}")
            parts.append("Z")
        x += face.advance(char) * scale
    return "".join(parts)


@cache
def _glyphs(path: str) -> tuple[Any, dict[int, str], float]:

    font = Opened(path)
    return font.getGlyphSet(), font.getBestCmap(), 1000 / font["head"].unitsPerEm


def _contours(path: object, char: str) -> list[list[_Step]]:

    glyphs, cmap, unit = _glyphs(str(path))
    pen = DecomposingRecordingPen(glyphs)
    glyphs[cmap[ord(char)]].draw(pen)
    contours: list[list[_Step]] = []
    here = (0.0, 0.0)

    def scaled(point: tuple[float, float]) -> tuple[float, float]:
        return point[0] * unit, point[1] * unit

    for kind, points in pen.value:
        if kind == "moveTo":
            here = scaled(points[0])
            contours.append([("m", (here,))])
        elif kind == "lineTo":
            here = scaled(points[0])
            contours[-1].append(("l", (here,)))
        elif kind == "qCurveTo":
            for control, end in decomposeQuadraticSegment(points):
                c, e = scaled(control), scaled(end)
                one = tuple(h + 2 / 3 * (k - h) for h, k in zip(here, c, strict=True))
                two = tuple(h + 2 / 3 * (k - h) for h, k in zip(e, c, strict=True))
                contours[-1].append(("c", (one, two, e)))
                here = e
    return contours


def _in_picture(sheet: Sheet, plant: Plant) -> None:
    """The text as pixels."""
    face = ImageFont.truetype(fonts().runs(plant.role, plant.text)[0][0].path, 64)
    picture = Image.new("RGB", (64 * len(plant.text) + 16, 84), "white")
    ImageDraw.Draw(picture).text((8, 6), plant.text, fill=plant.colour, font=face)
    left, bottom = sheet.at(plant.x, plant.y + 1)
    scale = plant.size_pt / 64
    sheet.canvas.drawImage(
        ImageReader(picture), left, bottom, picture.width * scale, picture.height * scale
    )


def _annotation(sheet: Sheet, plant: Plant) -> None:
    left, bottom = sheet.at(plant.x, plant.y)
    sheet.canvas.textAnnotation(plant.text, Rect=(left, bottom, left + 20, bottom + 20))


def _bookmark(sheet: Sheet, plant: Plant) -> None:
    sheet.canvas.bookmarkPage("here")
    sheet.canvas.addOutlineEntry(plant.text, "here")


_PLANTED: dict[Way, Callable[[Sheet, Plant], None]] = {
    Way.VISIBLE: _word,
    Way.SCALED: _scaled,
    Way.SPACED: _spaced,
    Way.TWO_BOXES: _two_boxes,
    Way.TWO_LINES: _two_lines,
    Way.VERTICAL: _vertical,
    Way.ROTATED: _rotated,
    Way.ROUND: _round,
    Way.FAKE_BOLD: _fake_bold,
    Way.FORM_XOBJECT: _form_xobject,
    Way.ON_DARK: _on_dark,
    Way.WHITE: lambda sheet, plant: _word(sheet, plant, colour=(255, 255, 255)),
    Way.INVISIBLE_MODE: lambda sheet, plant: _word(sheet, plant, mode=3),
    Way.TRANSPARENT: _transparent,
    Way.COVERED: _covered,
    Way.UNDER_PICTURE: _under_picture,
    Way.UNDER_TYPE: _under_type,
    Way.CLIPPED: _clipped,
    Way.OFF_PAGE: _off_page,
    Way.TINY: _tiny,
    Way.LAYER_OFF: _layer_off,
    Way.OUTLINED: _outlined,
    Way.IN_PICTURE: _in_picture,
    Way.ANNOTATION: _annotation,
    Way.BOOKMARK: _bookmark,
}
_BESIDE = {Way.TITLE, Way.XMP, Way.ATTACHMENT, Way.FORM_FIELD, Way.LAYER_NAME, Way.STAMPED}
WAYS = frozenset(_PLANTED) | _BESIDE
"""What can be planted into a PDF."""


def _finished(data: bytes, plants: Sequence[Plant], page: Page) -> bytes:
    """What reportlab cannot write, added by pikepdf."""
    if not any(plant.way in _BESIDE | {Way.LAYER_OFF} for plant in plants):
        return data
    made = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        for plant in plants:
            _add(pdf, plant, page)
        pdf.save(made, deterministic_id=True)
    return made.getvalue()


def _add(pdf: pikepdf.Pdf, plant: Plant, page: Page) -> None:
    text = pikepdf.String(plant.text)
    first = pdf.pages[0].obj
    if plant.way is Way.TITLE:
        pdf.docinfo["/Title"] = text
    elif plant.way is Way.XMP:
        with pdf.open_metadata(update_docinfo=False) as meta:
            meta["dc:description"] = plant.text
    elif plant.way is Way.ATTACHMENT:
        pdf.attachments[f"{plant.text}.txt"] = b"-"
    elif plant.way is Way.FORM_FIELD:
        field = pikepdf.Dictionary(T=pikepdf.String("f"), FT=pikepdf.Name.Tx, V=text)
        fields = pikepdf.Array([pdf.make_indirect(field)])
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=fields)
    elif plant.way in {Way.LAYER_NAME, Way.LAYER_OFF}:
        name = text if plant.way is Way.LAYER_NAME else pikepdf.String("layer")
        group = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=name))
        off = pikepdf.Array([group] if plant.way is Way.LAYER_OFF else [])
        default = pikepdf.Dictionary(OFF=off, Order=pikepdf.Array([group]))
        groups = pikepdf.Array([group])
        pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=groups, D=default)
        first.Resources["/Properties"] = pikepdf.Dictionary(Hidden=group)
    elif plant.way is Way.STAMPED:
        _stamp(pdf, plant, page)


def _stamp(pdf: pikepdf.Pdf, plant: Plant, page: Page) -> None:
    """The text as the appearance of a stamp whose /Contents says nothing."""
    blank = Page(page.layout, page.width, page.height, ())
    shown = drawn(blank, [Plant(plant.text, Way.VISIBLE, plant.x, plant.y, plant.size_pt)])
    with pikepdf.open(BytesIO(shown)) as other:
        form = pdf.copy_foreign(other.pages[0].as_form_xobject())
    rect = pikepdf.Array([0, 0, page.width * MM, page.height * MM])
    stamp = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Stamp,
        Rect=rect,
        F=4,
        AP=pikepdf.Dictionary(N=form),
    )
    pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(stamp)])
