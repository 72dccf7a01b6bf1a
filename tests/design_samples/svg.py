"""A page as SVG the way a drawing program exports it, with texts planted in every way of hiding."""

from base64 import b64encode
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from certgen.model.page import Page, Rule, TextRun
from tests.design_samples.pages import Plant, Way, pictures_of
from tests.render.builders import fonts

MM_PER_PT = 25.4 / 72


def _text(x: float, y: float, size_pt: float, face: str, text: str, **more: str) -> str:
    extra = "".join(f" {key.replace('_', '-')}={quoteattr(value)}" for key, value in more.items())
    return (
        f'<text x="{x:.3f}" y="{y:.3f}" font-size="{size_pt * MM_PER_PT:.4f}" '
        f"font-family={quoteattr(face)}{extra}>{escape(text)}</text>"
    )


def drawn(page: Page, plants: Sequence[Plant] = ()) -> str:
    """The page; user units are millimetres."""
    parts = []
    for item in page.items:
        if isinstance(item, TextRun):
            face = fonts().face(item.face).postscript_name
            parts.append(_text(item.x, item.baseline, item.size_pt, face, item.text))
        elif isinstance(item, Rule):
            parts.append(
                f'<line x1="{item.x0}" y1="{item.y0}" x2="{item.x1}" y2="{item.y1}" '
                f'stroke="black" stroke-width="{item.thickness_pt * MM_PER_PT:.3f}"/>'
            )
    for slot, data, x, y, width, height in pictures_of(page):
        kind = "jpeg" if slot == "photo" else "png"
        parts.append(
            f'<image x="{x}" y="{y}" width="{width}" height="{height}" '
            f'href="data:image/{kind};base64,{b64encode(data).decode()}"/>'
        )
    parts += [_planted(plant, page) for plant in plants]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{page.width}mm" height="{page.height}mm" '
        f'viewBox="0 0 {page.width} {page.height}">\n<style>.none{{display:none}}</style>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def _planted(plant: Plant, page: Page) -> str:  # noqa: C901, PLR0911, PLR0912 - a table of cases
    face, em = "FandolHei-Regular", plant.size_pt * MM_PER_PT
    place = plant.x, plant.y, plant.size_pt, face, plant.text
    bar = (
        f'<rect x="{plant.x - 1}" y="{plant.y - em}" width="{(len(plant.text) + 1) * em:.2f}" '
        f'height="{1.3 * em:.2f}" fill="%s"/>'
    )
    match plant.way:
        case Way.WHITE:
            return _text(*place, fill="#fff")
        case Way.TRANSPARENT:
            return _text(*place, opacity="0")
        case Way.MARKED_HIDDEN:
            return f'<g class="none">{_text(*place)}</g>'
        case Way.COVERED:
            return _text(*place) + bar % "white"
        case Way.ON_DARK:
            return bar % "#222" + _text(*place, fill="white")
        case Way.OFF_PAGE:
            return _text(page.width + 10, *place[1:])
        case Way.TINY:
            return _text(plant.x, plant.y, 0.5, face, plant.text)
        case Way.SCALED:
            inner = _text(0, 0, 1 / MM_PER_PT, face, plant.text)
            return f'<g transform="translate({plant.x} {plant.y}) scale({em})">{inner}</g>'
        case Way.ROTATED:
            return _text(*place, transform=f"rotate(-30 {plant.x} {plant.y})")
        case Way.VERTICAL | Way.TWO_LINES:
            half = 1 if plant.way is Way.VERTICAL else len(plant.text) // 2
            pieces = [plant.text[at : at + half] for at in range(0, len(plant.text), half)]
            spans = "".join(
                f'<tspan x="{plant.x}" y="{plant.y + n * 1.2 * em:.3f}">{escape(piece)}</tspan>'
                for n, piece in enumerate(pieces)
            )
            return f'<text font-size="{em:.4f}" font-family="{face}">{spans}</text>'
        case Way.TWO_BOXES:
            return "".join(
                _text(plant.x + n * 1.2 * em, plant.y, plant.size_pt, face, char)
                for n, char in enumerate(plant.text)
            )
        case Way.SPACED:
            return _text(*place, letter_spacing=f"{1.2 * em:.3f}")
        case Way.DEFS:
            return f"<defs>{_text(*place)}</defs>"
        case Way.ALT_TEXT:
            return f"<g><title>{escape(plant.text)}</title></g>"
        case Way.PROPERTY:
            return f"<metadata>{escape(plant.text)}</metadata>"
        case Way.VISIBLE:
            return _text(*place)
    raise ValueError(plant.way)


WAYS = frozenset(
    {
        *(Way.VISIBLE, Way.WHITE, Way.TRANSPARENT, Way.MARKED_HIDDEN, Way.COVERED, Way.ON_DARK),
        *(Way.OFF_PAGE, Way.TINY, Way.SCALED, Way.ROTATED, Way.VERTICAL, Way.TWO_LINES),
        *(Way.TWO_BOXES, Way.SPACED, Way.DEFS, Way.ALT_TEXT, Way.PROPERTY),
    }
)
"""What can be planted into an SVG."""
