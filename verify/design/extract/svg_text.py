"""Text of an SVG, character by character: `x`, `y`, `dx`, `dy`, `rotate` and the anchor of a text and its tspans."""

import math
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from certgen.errors import InputError
from certgen.model.box import Box
from verify.design.design import Hiding
from verify.design.extract import css
from verify.design.extract.glyph import MM_PER_PT, TINY_PT, Glyph
from verify.design.extract.pdf_page import Affine
from verify.design.extract.safe_xml import local
from verify.design.extract.svg_page import Look, SvgPage, looked
from verify.design.extract.svg_shapes import transform
from verify.design.extract.unread import undecided
from verify.design.extract.widths import widths_em
from verify.design.limits import Limits


def write_text(element: Element, look: Look, page: SvgPage, limits: Limits) -> None:
    """A text element: `x`, `y`, `dx`, `dy` of it and its tspans, one baseline until they say otherwise."""
    pen = _Pen()
    page.visited.add(id(element))
    start = len(page.glyphs)
    page.things += 1
    _span(element, look, page, pen, limits)
    _anchored(page.glyphs[start:], pen, look.style.get("text-anchor", "start"))


@dataclass(slots=True)
class _Pen:
    x: float = 0.0
    y: float = 0.0
    lines: list[tuple[int, str]] = field(default_factory=list)  # glyphs so far, text-anchor
    after_space: bool = True
    written: int = 0


def _span(element: Element, look: Look, page: SvgPage, pen: _Pen, limits: Limits) -> None:
    size = css.length(look.style.get("font-size", "16px"), 16.0, em=16.0, whole=16.0)
    x, y, dx, dy = (
        [css.length(part, 0.0, em=size) for part in element.get(name, "").replace(",", " ").split()]
        for name in ("x", "y", "dx", "dy")
    )
    places = _Places(x, y, dx, dy, css.numbers(element.get("rotate", "")))
    if places.x:
        pen.lines.append((pen.written, look.style.get("text-anchor", "start")))
    if places.x or places.y or any(value for value in places.dy):
        page.things += 1
    _write(element.text or "", look, page, pen, places, size, limits)
    for child in element:
        tag = local(child.tag)
        if tag in {"tspan", "a", "textPath", "tref"}:
            mine = looked(child, tag, look, page)
            if tag == "textPath":
                page.undecided["text-on-path"] = undecided("text-on-path", 1)
            _span(child, mine, page, pen, limits)
        elif tag in {"title", "desc"}:
            page.beside.append((f"svg {tag}", "".join(child.itertext())))
        _write(child.tail or "", look, page, pen, _Places([], [], [], [], []), size, limits)


@dataclass(slots=True)
class _Places:
    x: list[float]
    y: list[float]
    dx: list[float]
    dy: list[float]
    rotate: list[float]


def _write(
    text: str, look: Look, page: SvgPage, pen: _Pen, places: _Places, size: float, limits: Limits
) -> None:
    spacing = css.length(look.style.get("letter-spacing", ""), 0.0, em=size)
    vertical = look.style.get("writing-mode", "").startswith(("tb", "vertical"))
    index = 0
    for char, width in zip(text, widths_em(text), strict=True):
        if char.isspace():
            if pen.after_space:
                continue
            char = " "  # noqa: PLW2901 - white space collapses (SVG 1.1 10.15)
            width = 0.28  # noqa: PLW2901
        pen.after_space = char == " "
        pen.x = places.x[index] if index < len(places.x) else pen.x
        pen.y = places.y[index] if index < len(places.y) else pen.y
        pen.x += places.dx[index] if index < len(places.dx) else 0.0
        pen.y += places.dy[index] if index < len(places.dy) else 0.0
        turn = places.rotate[min(index, len(places.rotate) - 1)] if places.rotate else 0.0
        _glyph(char, width, pen, look, page, size, turn)
        if vertical:
            pen.y += size + spacing
        else:
            pen.x += width * size + spacing
        pen.written += 1
        index += 1
        if len(page.glyphs) > limits.characters:
            raise InputError(
                zh=f"文字超过 {limits.characters} 个字符，无法检查",
                en="too much text: split the file",
            )


def _glyph(
    char: str, width: float, pen: _Pen, look: Look, page: SvgPage, size: float, turn: float
) -> None:
    matrix = page.to_mm.after(look.matrix).after(Affine(1, 0, 0, 1, pen.x, pen.y))
    if turn:
        matrix = matrix.after(transform(f"rotate({turn})"))
    along, up = matrix.vector(1, 0), matrix.vector(0, 1)
    length = math.hypot(*along) or 1e-9
    size_mm = size * abs(along[0] * up[1] - along[1] * up[0]) / length
    style = look.style
    opacity = look.opacity * css.number(style.get("fill-opacity", ""), 1.0)
    fill = style.get("fill", "black")
    if fill == "currentColor":
        fill = style.get("color", "black")
    hiding = list(look.hiding)
    if style.get("visibility", "visible") in {"hidden", "collapse"}:
        hiding.append(Hiding.MARKED_HIDDEN)
    if opacity < 0.03 or (
        fill in {"none", "transparent"} and style.get("stroke", "none") == "none"
    ):
        hiding.append(Hiding.TRANSPARENT)
    size_pt = size_mm / MM_PER_PT
    if size_pt < TINY_PT:
        hiding.append(Hiding.TINY)
    x, y = matrix.point(0, 0)
    glyph = Glyph(
        char,
        matrix.box(0, -0.88 * size, width * size, 0.12 * size),
        x,
        y,
        math.degrees(math.atan2(along[1], along[0])) % 360,
        size_pt,
        style.get("font-family", "").split(",")[0].strip(" '\""),
        css.colour(fill),
        page.things,
        hiding=tuple(dict.fromkeys(hiding)),
    )
    if not _on(glyph.box, page.box):
        glyph.hiding += (Hiding.OFF_PAGE,)
    if look.doubtful:
        page.doubtful.add(len(page.glyphs))
    page.glyphs.append(glyph)


def _anchored(glyphs: list[Glyph], pen: _Pen, anchor: str) -> None:
    """Move lines whose `text-anchor` is their middle or end."""
    lines = [(0, anchor), *pen.lines]
    ends = [first for first, _ in pen.lines] + [len(glyphs)]
    for (first, wanted), end in zip(lines, ends, strict=True):
        line = glyphs[first:end]
        if not line or wanted not in {"middle", "end"}:
            continue
        width = line[-1].box.x1 - line[0].box.x0
        shift = width * (0.5 if wanted == "middle" else 1.0)
        for glyph in line:
            box = glyph.box
            glyph.box = Box(box.x0 - shift, box.y0, box.x1 - shift, box.y1)
            glyph.x -= shift


def _on(box: Box, page: Box) -> bool:
    return box.x0 < page.x1 and page.x0 < box.x1 and box.y0 < page.y1 and page.y0 < box.y1
