"""The characters of a PDF page with place, true size, face and colour: all of them, painted or not.

True size is type size times matrix: `Tf 1` under a matrix of 12 prints 12 pt, and so does 24 pt scaled by a half.
"""

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdfium2 import raw

from certgen.errors import InputError
from certgen.model.box import Box
from verify.design.design import Hiding, Rgb
from verify.design.extract.glyph import TINY_PT, Glyph
from verify.design.extract.pdf_page import Affine, Item, PdfPage, address
from verify.design.limits import Limits

_HYPHENS = {0x2: "-", 0xFFFE: "-"}  # how pdfium marks a hyphen at the end of a line
_FILLS = {0, 2, 4, 6}  # text render modes (ISO 32000-1 table 106) that fill
_STROKES = {1, 2, 5, 6}
_CLIPS_ONLY = 7


@dataclass(frozen=True, slots=True)
class Style:
    """What all characters of one text object share."""

    item: Item | None
    mode: int
    colour: Rgb | None
    opacity: float
    face: str
    clip: Box | None  # mm: nothing outside of it shows
    number: int


@dataclass(frozen=True, slots=True)
class PageText:
    """The characters of a page; `styles` by the number in `Glyph.thing`; `unmapped` have no code point."""

    glyphs: list[Glyph]
    styles: dict[int, Style]
    unmapped: list[Box]


def read_text(page: PdfPage, limits: Limits) -> PageText:
    """Every character that the file has on this page, in the order it draws them."""
    textpage = raw.FPDFText_LoadPage(page.handle)
    if not textpage:
        return PageText([], {}, [])
    try:
        total = raw.FPDFText_CountChars(textpage)
        if total > limits.characters:
            raise InputError(
                zh=f"一页中的字符超过 {limits.characters} 个，无法检查，请拆分文件",
                en=f"a page holds more than {limits.characters} characters: split the file",
            )
        return _Reader(page, textpage).read(total)
    finally:
        raw.FPDFText_ClosePage(textpage)


class _Reader:
    def __init__(self, page: PdfPage, textpage: Any) -> None:  # noqa: ANN401 - pdfium's handle
        self._page = page
        self._textpage = textpage
        self._items = {item.key: item for item in page.items if item.kind == raw.FPDF_PAGEOBJ_TEXT}
        self._styles: dict[int, Style] = {}
        self._edges = [ctypes.c_double() for _ in range(4)]
        self._origin = ctypes.c_double(), ctypes.c_double()
        self._loose = raw.FS_RECTF()
        self._matrix = raw.FS_MATRIX()

    def read(self, total: int) -> PageText:
        glyphs: list[Glyph] = []
        unmapped: list[Box] = []
        for index, char in self._chars(total):
            glyph = self._glyph(index, char)
            if char == "":
                unmapped.append(glyph.box)
            else:
                glyphs.append(glyph)
        styles = {style.number: style for style in self._styles.values()}
        return PageText(glyphs, styles, unmapped)

    def _chars(self, total: int) -> Iterator[tuple[int, str]]:
        """Index and code point; '' for a glyph that is mapped to none."""
        high = 0
        for index in range(total):
            if raw.FPDFText_IsGenerated(self._textpage, index) == 1:
                continue
            code = raw.FPDFText_GetUnicode(self._textpage, index)
            if 0xD800 <= code < 0xDC00:  # the first half of a surrogate pair
                high = code
                continue
            if high and 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
            high = 0
            broken = raw.FPDFText_HasUnicodeMapError(self._textpage, index) == 1
            if broken or code in {0, 0xFFFD} or _is_private(code) or 0xD800 <= code < 0xE000:
                yield index, ""
            else:
                yield index, _HYPHENS.get(code, chr(code))

    def _glyph(self, index: int, char: str) -> Glyph:
        raw.FPDFText_GetMatrix(self._textpage, index, self._matrix)
        own = self._matrix
        to_mm = self._page.to_mm
        along = to_mm.vector(own.a, own.b)
        up = to_mm.vector(own.c, own.d)
        length = math.hypot(*along)
        area = abs(along[0] * up[1] - along[1] * up[0])
        size_mm_a_pt = area / length if length else 0.0
        size_pt = raw.FPDFText_GetFontSize(self._textpage, index) * size_mm_a_pt * 72 / 25.4
        raw.FPDFText_GetCharOrigin(self._textpage, index, *self._origin)
        x, y = to_mm.point(self._origin[0].value, self._origin[1].value)
        ink = self._ink(index)
        style = self._style(index)
        glyph = Glyph(
            char,
            self._body(index, to_mm) or ink or Box(x, y, x, y),
            x,
            y,
            math.degrees(math.atan2(along[1], along[0])) % 360,
            abs(size_pt),
            style.face,
            style.colour,
            style.number,
            ink,
        )
        glyph.hiding = tuple(_hiding(glyph, style, self._page.box))
        return glyph

    def _body(self, index: int, to_mm: Affine) -> Box | None:
        loose = self._loose
        if not raw.FPDFText_GetLooseCharBox(self._textpage, index, loose):
            return None
        return to_mm.box(loose.left, loose.bottom, loose.right, loose.top)

    def _ink(self, index: int) -> Box | None:
        left, right, bottom, top = self._edges
        if not raw.FPDFText_GetCharBox(self._textpage, index, left, right, bottom, top):
            return None
        if right.value <= left.value or top.value <= bottom.value:
            return None
        return self._page.to_mm.box(left.value, bottom.value, right.value, top.value)

    def _style(self, index: int) -> Style:
        handle = raw.FPDFText_GetTextObject(self._textpage, index)
        key = address(handle) if handle else 0
        if key not in self._styles:
            self._styles[key] = self._read_style(handle, key)
        return self._styles[key]

    def _read_style(self, handle: Any, key: int) -> Style:  # noqa: ANN401 - pdfium's handle
        number = len(self._styles) + 1
        if not handle:
            return Style(None, 0, None, 1.0, "", None, number)
        mode = raw.FPDFTextObj_GetTextRenderMode(handle)
        get = raw.FPDFPageObj_GetFillColor if mode in _FILLS else raw.FPDFPageObj_GetStrokeColor
        channels = [ctypes.c_uint() for _ in range(4)]
        known = get(handle, *channels)
        red, green, blue, alpha = (channel.value for channel in channels)
        item = self._items.get(key)
        return Style(
            item,
            mode,
            (red, green, blue) if known else None,
            alpha / 255 if known else 1.0,
            _face(handle),
            self._clip(handle, item),
            number,
        )

    def _clip(self, handle: Any, item: Item | None) -> Box | None:  # noqa: ANN401 - pdfium's handle
        """The box that the object's clipping paths leave, as far as lines tell."""
        clip = raw.FPDFPageObj_GetClipPath(handle)
        left: Box | None = None
        x, y = ctypes.c_float(), ctypes.c_float()
        for path in range(max(raw.FPDFClipPath_CountPaths(clip), 0)):
            points = []
            for number in range(min(raw.FPDFClipPath_CountPathSegments(clip, path), 1000)):
                segment = raw.FPDFClipPath_GetPathSegment(clip, path, number)
                if raw.FPDFPathSegment_GetPoint(segment, x, y):
                    points.append((x.value, y.value))
            if not points:
                continue
            xs, ys = zip(*points, strict=True)
            matrix = self._page.to_mm.after(item.matrix) if item else self._page.to_mm
            box = matrix.box(min(xs), min(ys), max(xs), max(ys))
            if left is None:
                left = box
            else:
                left = Box(
                    max(left.x0, box.x0),
                    max(left.y0, box.y0),
                    min(left.x1, box.x1),
                    min(left.y1, box.y1),
                )
        return left


def _face(handle: Any) -> str:  # noqa: ANN401 - pdfium's handle
    """The name of the font without its subset prefix 'ABCDEF+' (ISO 32000-1 9.6.4)."""
    font = raw.FPDFTextObj_GetFont(handle)
    if not font:
        return ""
    length = raw.FPDFFont_GetBaseFontName(font, None, 0)
    if not 0 < length < 1024:
        return ""
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFFont_GetBaseFontName(font, buffer, length)
    name = _decoded(buffer.value)
    prefix, plus, rest = name.partition("+")
    return rest if plus and len(prefix) == 6 and prefix.isascii() and prefix.isupper() else name


def _decoded(name: bytes) -> str:
    """Chinese programs write names of fonts in GBK."""
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return name.decode("gb18030", "replace")


def _hiding(glyph: Glyph, style: Style, page: Box) -> Iterator[Hiding]:
    """What the file itself says about why a character would not be seen."""
    if style.mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE:
        yield Hiding.INVISIBLE_MODE
    if style.opacity < 0.02:
        yield Hiding.TRANSPARENT
    if 0 < glyph.size_pt < TINY_PT and not glyph.char.isspace():
        yield Hiding.TINY
    box = glyph.ink or glyph.box
    if not _meets(box, page):
        yield Hiding.OFF_PAGE
    elif style.clip is not None and not _meets(box, style.clip.grown(0.05)):
        yield Hiding.CLIPPED


def _meets(box: Box, other: Box) -> bool:
    return box.x0 < other.x1 and other.x0 < box.x1 and box.y0 < other.y1 and other.y0 < box.y1


def _is_private(code: int) -> bool:
    """Private use: a picture or a symbol font's code, which says nothing about what it shows."""
    return 0xE000 <= code < 0xF900 or 0xF0000 <= code < 0x10FFFE
