"""Which characters of a page an eye finds: the page is drawn with its text and without, and compared.

A character is painted where the two differ inside its box. That sees through every way of hiding: white
on white, covered, clipped, a layer switched off. Where characters of two objects lie on each other, each
is drawn alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from pypdfium2 import raw

from certgen.model.box import Box
from verify.design.design import Hiding, Painted
from verify.design.extract.glyph import Glyph
from verify.design.extract.pdf_page import INVISIBLE, Item, PdfPage
from verify.design.extract.pdf_text import PageText, Style
from verify.design.extract.raster import Pixels, difference, window

SEEN = 16  # grey levels of difference that an eye finds on paper
UNSEEN = 5
_ALIKE = 24  # two colours an eye takes for one
_SAME_PLACE = 0.15  # em: struck twice for a bold look or a shadow
_MOST_ALONE = 60  # objects that are drawn alone
_CELL = 3.0  # mm


class Paint:
    """A page drawn with and without its text."""

    def __init__(self, page: PdfPage, dpi: float) -> None:
        self.gave_up = False  # too many objects overlap to draw each alone
        self._page = page
        self._dpi = dpi
        self._px_per_mm = dpi / 25.4
        self._texts = [item for item in page.items if item.kind == raw.FPDF_PAGEOBJ_TEXT]
        self.whole: Pixels = np.asarray(page.draw(dpi))
        self.bare = self._drawn_with(()) if self._texts else self.whole
        self._seen = _apart(self.whole, self.bare)

    def bare_picture(self, dpi: int = 200) -> tuple[Image.Image, float]:
        """The page without its text, for OCR; and how many pixels are a millimetre."""
        with self._hidden(()):
            picture = self._page.draw(dpi)
        return picture, picture.width / self._page.width

    def judge(self, text: PageText, *, layers_off: bool) -> list[Glyph]:
        """The glyphs, each once though it was struck twice, with what is known of their being painted."""
        glyphs = _once(text.glyphs)
        alone = self._alone(glyphs, text)
        before: dict[int, Glyph] = {}
        for glyph in glyphs:
            style = text.styles[glyph.thing]
            if glyph.ink is None or not glyph.char.strip():
                _follow(glyph, before.get(glyph.thing))
                continue
            shown = alone.get(glyph.thing, self._seen)
            seen = None if shown is None else int(shown[self._window(glyph)].max())
            self._decide(glyph, style, seen, layers_off=layers_off)
            before[glyph.thing] = glyph
        return glyphs

    def _decide(self, glyph: Glyph, style: Style, seen: int | None, *, layers_off: bool) -> None:
        declared = set(glyph.hiding)
        if style.mode == 7 and self._contrast(glyph) > 40:
            glyph.painted = Painted.UNDECIDED  # it clips something else, which may show its shape
            return
        if style.mode == 7:
            glyph.hiding += (Hiding.INVISIBLE_MODE,)
        if declared & {Hiding.OFF_PAGE, Hiding.CLIPPED, Hiding.INVISIBLE_MODE, Hiding.TRANSPARENT}:
            glyph.painted = Painted.UNPAINTED
        elif seen is None:
            glyph.painted = Painted.UNDECIDED
        elif seen < UNSEEN:
            glyph.painted = Painted.UNPAINTED
            if Hiding.INVISIBLE_MODE not in glyph.hiding:
                glyph.hiding += (self._cause(glyph, style, layers_off=layers_off),)
        elif Hiding.TINY in declared:
            glyph.painted = Painted.UNPAINTED
        else:
            glyph.painted = Painted.PAINTED if seen >= SEEN else Painted.UNDECIDED

    def _cause(self, glyph: Glyph, style: Style, *, layers_off: bool) -> Hiding:
        """Why a character leaves no trace."""
        if style.item is not None and style.item.on_layer:
            return Hiding.LAYER_OFF
        ground = self.bare[self._window(glyph)].reshape(-1, 3)
        red, green, blue = (int(channel) for channel in np.median(ground, axis=0))
        if glyph.colour is not None and difference(glyph.colour, (red, green, blue)) < _ALIKE:
            return Hiding.SAME_COLOUR
        if style.item is not None and self._is_covered(glyph, style.item):
            return Hiding.COVERED
        return Hiding.LAYER_OFF if layers_off else Hiding.NO_INK

    def _is_covered(self, glyph: Glyph, item: Item) -> bool:
        x, y = (glyph.ink or glyph.box).centre
        for other in self._page.items:
            if other.order > item.order and other.kind not in {
                raw.FPDF_PAGEOBJ_TEXT,
                raw.FPDF_PAGEOBJ_FORM,
            }:
                box = self._page.box_of(other)
                if box and box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1:
                    return True
        return False

    def _contrast(self, glyph: Glyph) -> int:
        part = self.whole[self._window(glyph)]
        return int(part.max()) - int(part.min())

    def _window(self, glyph: Glyph) -> tuple[slice, slice]:
        return window(glyph.ink or glyph.box, self._px_per_mm, self.whole.shape)

    def _alone(
        self, glyphs: Sequence[Glyph], text: PageText
    ) -> dict[int, NDArray[np.uint8] | None]:
        """For objects whose characters lie on others': how the page changes by each alone; None: too many."""
        things = [thing for thing in _overlapping(glyphs) if text.styles[thing].item is not None]
        found: dict[int, NDArray[np.uint8] | None] = {}
        for number, thing in enumerate(things):
            item = text.styles[thing].item
            if number >= _MOST_ALONE or item is None:
                found[thing] = None
                self.gave_up = True
            else:
                found[thing] = _apart(self._drawn_with((item.key,)), self.bare)
        return found

    def _drawn_with(self, keys: Iterable[int]) -> Pixels:
        """The page with these text objects only."""
        with self._hidden(keys):
            drawn: Pixels = np.asarray(self._page.draw(self._dpi))
        return drawn

    @contextmanager
    def _hidden(self, but: Iterable[int]) -> Iterator[None]:
        """All text objects invisible but these."""
        shown = set(but)
        modes = [
            (item, raw.FPDFTextObj_GetTextRenderMode(item.handle))
            for item in self._texts
            if item.key not in shown
        ]
        for item, _ in modes:
            raw.FPDFTextObj_SetTextRenderMode(item.handle, INVISIBLE)
        try:
            yield
        finally:
            for item, mode in modes:
                raw.FPDFTextObj_SetTextRenderMode(item.handle, mode)


def _apart(one: Pixels, other: Pixels) -> NDArray[np.uint8]:
    """The largest difference of a channel, pixel by pixel."""
    apart = np.where(one > other, one - other, other - one)
    largest: NDArray[np.uint8] = np.maximum(np.maximum(apart[..., 0], apart[..., 1]), apart[..., 2])
    return largest


def _follow(glyph: Glyph, before: Glyph | None) -> None:
    """A space or a character without ink is as seen as the one before it in its object."""
    if before is not None:
        glyph.painted = before.painted
        glyph.hiding = before.hiding
    elif glyph.hiding:
        glyph.painted = Painted.UNPAINTED
    else:
        glyph.painted = Painted.PAINTED


def _once(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Without the repetitions of characters that were struck twice in nearly one place."""
    places: dict[tuple[str, int, int], list[Glyph]] = defaultdict(list)
    kept: list[Glyph] = []
    for glyph in glyphs:
        column, row = int(glyph.x // _CELL), int(glyph.y // _CELL)
        near = [
            other
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for other in places[glyph.char, column + dx, row + dy]
        ]
        twin = next((other for other in near if _is_twin(glyph, other)), None)
        if twin is None:
            places[glyph.char, column, row].append(glyph)
            kept.append(glyph)
        elif twin.hiding and not glyph.hiding:
            twin.hiding, twin.colour, twin.thing = glyph.hiding, glyph.colour, glyph.thing
    return kept


def _is_twin(glyph: Glyph, other: Glyph) -> bool:
    near = _SAME_PLACE * max(glyph.em, other.em)
    return (
        glyph.thing != other.thing
        and abs(glyph.x - other.x) < near
        and abs(glyph.y - other.y) < near
        and abs(glyph.size_pt - other.size_pt) < 0.1 * glyph.size_pt
    )


def _overlapping(glyphs: Sequence[Glyph]) -> list[int]:
    """Objects with a character that lies on a character of another object."""
    cells: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
    found: dict[int, None] = {}
    for glyph in glyphs:
        if glyph.ink is None or not glyph.char.strip():
            continue
        for cell in _cells(glyph.ink):
            for other in cells[cell]:
                if other.thing != glyph.thing and _lies_on(glyph.ink, other.ink):
                    found[glyph.thing] = found[other.thing] = None
            cells[cell].append(glyph)
    return list(found)


def _cells(box: Box) -> Iterable[tuple[int, int]]:
    """Cells of a grid that a box touches; a giant letter counts at its middle and corners only."""
    columns = range(int(box.x0 // _CELL), int(box.x1 // _CELL) + 1)
    rows = range(int(box.y0 // _CELL), int(box.y1 // _CELL) + 1)
    if len(columns) * len(rows) > 400:
        x, y = box.centre
        return [(int(x // _CELL), int(y // _CELL))]
    return [(column, row) for column in columns for row in rows]


def _lies_on(one: Box, other: Box | None) -> bool:
    if other is None:
        return False
    small = min(one.width * one.height, other.width * other.height)
    return one.overlap(other) > 0.3 * max(small, 1e-6)
