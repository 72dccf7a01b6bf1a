"""Which characters of an SVG an eye finds: by what the file declares, and what it draws before and after them."""

from PIL import ImageStat

from certgen.model.box import Box
from verify.design.design import Hiding, Painted, Rgb
from verify.design.extract.glyph import Glyph
from verify.design.extract.raster import difference
from verify.design.extract.svg_page import Drawn, SvgPage

_WHITE: Rgb = (255, 255, 255)


def judge(page: SvgPage) -> None:
    """Painted or not, by what the file declares and what it draws before and after."""
    for index, glyph in enumerate(page.glyphs):
        if not glyph.hiding:
            x, y = glyph.box.centre
            over = [
                drawn
                for drawn in page.drawn
                if drawn.opaque
                and drawn.glyphs > index
                and _holds(drawn.box, x, y)
                and _covers(drawn, glyph)
            ]
            if any(drawn.is_full for drawn in over):
                glyph.hiding = (Hiding.COVERED,)
            elif glyph.colour is not None:
                ground = _ground(page, index, x, y)
                if ground is not None and difference(glyph.colour, ground) < 10:
                    glyph.hiding = (Hiding.SAME_COLOUR,)
            if over and not glyph.hiding:
                glyph.painted = Painted.UNDECIDED
                continue
        if glyph.hiding:
            glyph.painted = Painted.UNPAINTED
        elif index in page.doubtful:
            glyph.painted = Painted.UNDECIDED
        else:
            glyph.painted = Painted.PAINTED


def _ground(page: SvgPage, index: int, x: float, y: float) -> Rgb | None:
    """The colour under a character: of the last shape before it that covers the place; paper is white."""
    for drawn in reversed(page.drawn):
        if drawn.glyphs <= index and drawn.opaque and _holds(drawn.box, x, y):
            return drawn.fill if drawn.is_full else None
    return _WHITE


def _covers(drawn: Drawn, glyph: Glyph) -> bool:
    """Whether a picture is opaque over most of a character."""
    if drawn.shown is None or drawn.shown.alpha is None:
        return True
    wide, high = max(drawn.box.width, 1e-6), max(drawn.box.height, 1e-6)
    left, top = (glyph.box.x0 - drawn.box.x0) / wide, (glyph.box.y0 - drawn.box.y0) / high
    right, bottom = (glyph.box.x1 - drawn.box.x0) / wide, (glyph.box.y1 - drawn.box.y0) / high
    edges = [
        round(edge * side)
        for edge, side in zip((left, top, right, bottom), drawn.shown.alpha.size * 2, strict=True)
    ]
    box = edges[0], edges[1], max(edges[2], edges[0] + 1), max(edges[3], edges[1] + 1)
    return ImageStat.Stat(drawn.shown.alpha.crop(box)).mean[0] > 0.95 * 255


def _holds(box: Box, x: float, y: float) -> bool:
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1
