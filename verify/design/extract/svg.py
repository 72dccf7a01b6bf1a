"""Reads an SVG: text and tspans with transforms and style, pictures, shapes, what is hidden or beside.

It is never rendered and nothing it refers to is fetched. Painted or not is decided by what the file
declares and what it draws later on top; widths of characters are usual ones, so boxes have a tolerance.
"""

import base64
import binascii
import math
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

from PIL import Image, ImageStat

from certgen.errors import InputError
from verify.design.design import (
    WHOLE_FILE,
    Box,
    Channel,
    Code,
    DesignPage,
    Format,
    Graphic,
    GraphicKind,
    Hiding,
    Joined,
    Painted,
    Rgb,
    Run,
    Undecided,
)
from verify.design.extract import css
from verify.design.extract.blocks import runs_of
from verify.design.extract.glyph import MM_PER_PT, TINY_PT, Glyph
from verify.design.extract.parts import BLOCKS_A_PAGE, Head, Parts
from verify.design.extract.pdf_page import IDENTITY, Affine
from verify.design.extract.raster import difference
from verify.design.extract.safe_xml import local, parse
from verify.design.extract.svg_pictures import Shown, outlined_rows, shown
from verify.design.extract.svg_shapes import (
    clusters,
    extent,
    is_straight,
    subpaths,
    transform,
)
from verify.design.extract.unread import merged, undecided
from verify.design.extract.widths import widths_em
from verify.design.limits import Limits

_SHAPES = {"rect", "circle", "ellipse", "line", "polyline", "polygon", "path"}
_WORDS = {"title", "desc", "metadata", "foreignObject"}
_NOT_DRAWN = {
    *("defs", "symbol", "clipPath", "mask", "pattern", "marker", "linearGradient"),
    *("radialGradient", "filter", "style", "script"),
}
_MOST_USES = 2_000
_WHITE: Rgb = (255, 255, 255)


@dataclass(slots=True)
class _Look:
    """What an element inherits."""

    matrix: Affine
    style: dict[str, str]
    opacity: float = 1.0
    hiding: tuple[Hiding, ...] = ()
    doubtful: bool = False  # clipped, masked or filtered in a way that is not followed


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A shape or picture in painting order, after `glyphs` characters were drawn."""

    box: Box
    fill: Rgb | None
    opaque: bool
    is_full: bool  # fills its box: a rectangle or a picture
    glyphs: int
    kind: GraphicKind
    straight: bool = False
    shown: Shown | None = None  # of a picture


@dataclass(slots=True)
class _Page:
    """What has been read so far."""

    rules: list[css.StyleRule]
    by_id: dict[str, Element]
    to_mm: Affine
    box: Box
    glyphs: list[Glyph] = field(default_factory=list)
    doubtful: set[int] = field(default_factory=set)
    drawn: list[_Drawn] = field(default_factory=list)
    beside: list[tuple[str, str]] = field(default_factory=list)
    undecided: dict[str, Undecided] = field(default_factory=dict)
    uses: int = 0
    visited: set[int] = field(default_factory=set)
    codes: list[Code] = field(default_factory=list)
    outlines: list[list[list[tuple[float, float]]]] = field(default_factory=list)
    things: int = 0


def read_svg(path: Path, limits: Limits) -> Parts:
    """The parts of the SVG at `path`."""
    root = parse(path.read_bytes(), path.name)
    if local(root.tag) != "svg":
        raise InputError(zh=f"{path.name} 不是 SVG", en=f"{path.name} is no SVG")
    page = _started(root)
    if not (0.5 < page.box.x1 < limits.side_mm and 0.5 < page.box.y1 < limits.side_mm):
        raise InputError(
            zh=f"{path.name} 的画布尺寸不合理，无法检查",
            en=f"{path.name}: its canvas has no usable size",
        )
    _walk(root, _Look(IDENTITY, {"font-size": "16px", "fill": "black"}), page, limits)
    for element in root.iter():
        if local(element.tag) == "text" and id(element) not in page.visited:
            words = " ".join("".join(element.itertext()).split())
            page.beside.append(("svg text that is never drawn", words))
    for number, row in enumerate(outlined_rows(page.outlines, page.box)):
        page.undecided[f"outlined {number}"] = undecided("outlined-text", 1, row)
    _judge(page)
    runs = runs_of(page.glyphs, 1, first_block=BLOCKS_A_PAGE)
    yield Head(Format.SVG, 1, runs=tuple(_beside(page)), undecided=())
    yield DesignPage(
        1,
        page.box.x1,
        page.box.y1,
        size_basis="file" if css.length_mm(root.get("width", "")) else "assumed",
        size_tolerance=0.0 if css.length_mm(root.get("width", "")) else page.box.x1 * 0.34,
        runs=tuple(runs),
        graphics=tuple(_graphics(page)),
        codes=tuple(page.codes),
        undecided=tuple(merged(list(page.undecided.values()))),
    )


def _started(root: Element) -> _Page:
    """The canvas: width and height in millimetres, and how user units map onto them."""
    view = css.numbers(root.get("viewBox", ""))
    px = 25.4 / 96
    width = css.length_mm(root.get("width", ""))
    height = css.length_mm(root.get("height", ""))
    if len(view) != 4 or view[2] <= 0 or view[3] <= 0:
        width = width or css.length(root.get("width", ""), 300) * px
        height = height or css.length(root.get("height", ""), 150) * px
        view = [0.0, 0.0, width / px, height / px]
    else:
        # Without a unit, user units are CSS pixels; drawing programs may mean points: 'assumed'.
        wide = css.length(root.get("width", ""), view[2], whole=view[2]) * px
        high = css.length(root.get("height", ""), view[3], whole=view[3]) * px
        width, height = width or wide, height or high
    scale = min(width / view[2], height / view[3])
    to_mm = Affine(
        scale,
        0,
        0,
        scale,
        (width - scale * view[2]) / 2 - scale * view[0],
        (height - scale * view[3]) / 2 - scale * view[1],
    )
    sheets = [element.text or "" for element in root.iter() if local(element.tag) == "style"]
    by_id = {name: element for element in root.iter() if (name := element.get("id"))}
    rules = [rule for sheet in sheets for rule in css.rules_of(sheet)]
    return _Page(rules, by_id, to_mm, Box(0, 0, width, height))


def _walk(element: Element, look: _Look, page: _Page, limits: Limits, depth: int = 0) -> None:
    if depth > limits.xml_depth or len(page.glyphs) + len(page.drawn) > limits.objects:
        raise InputError(
            zh="SVG 嵌套过深或内容过多，无法检查，请简化后重新导出",
            en="the SVG is nested too deeply or holds too much: simplify it",
        )
    tag = local(element.tag)
    if tag == "script" or any(key.startswith("on") for key in element.attrib):
        page.undecided["script"] = undecided("script", 1)
    if tag in _WORDS:
        page.beside.append((f"svg {tag}", " ".join("".join(element.itertext()).split())))
        if tag == "foreignObject":  # HTML: its text is read, where it stands is known roughly
            page.undecided["foreign"] = undecided("foreign-object", 1)
    elif tag not in _NOT_DRAWN:
        _drawn(element, tag, look, page, limits, depth)


def _drawn(
    element: Element, tag: str, look: _Look, page: _Page, limits: Limits, depth: int
) -> None:
    mine = _looked(element, tag, look, page)
    for key in ("aria-label", "alt"):
        if element.get(key):
            page.beside.append((f"svg {tag} {key}", element.get(key, "")))
    if tag == "text":
        _text(element, mine, page, limits)
    elif tag == "use":
        _use(element, mine, page, limits, depth)
    elif tag == "image":
        _image(element, mine, page, limits)
    elif tag in _SHAPES:
        _shape(element, tag, mine, page)
    else:
        if tag == "svg" and depth:
            x, y = css.length(element.get("x", ""), 0), css.length(element.get("y", ""), 0)
            mine.matrix = mine.matrix.after(Affine(1, 0, 0, 1, x, y))
        for child in element:
            _walk(child, mine, page, limits, depth + 1)


def _looked(element: Element, tag: str, look: _Look, page: _Page) -> _Look:
    attributes = {local(key): value for key, value in element.attrib.items()}
    style = css.styled(tag, attributes, page.rules, look.style)
    hiding = list(look.hiding)
    if style.get("display") == "none" and Hiding.MARKED_HIDDEN not in hiding:
        hiding.append(Hiding.MARKED_HIDDEN)
    opacity = look.opacity * css.number(style.get("opacity", ""), 1.0)
    doubtful = look.doubtful or any(
        style.get(name, "none") not in {"none", ""} for name in ("clip-path", "mask", "filter")
    )
    matrix = look.matrix.after(transform(attributes.get("transform", "")))
    return _Look(matrix, style, opacity, tuple(hiding), doubtful)


def _text(element: Element, look: _Look, page: _Page, limits: Limits) -> None:
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


def _span(element: Element, look: _Look, page: _Page, pen: _Pen, limits: Limits) -> None:
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
            mine = _looked(child, tag, look, page)
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
    text: str, look: _Look, page: _Page, pen: _Pen, places: _Places, size: float, limits: Limits
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
    char: str, width: float, pen: _Pen, look: _Look, page: _Page, size: float, turn: float
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


def _use(element: Element, look: _Look, page: _Page, limits: Limits, depth: int) -> None:
    href = next((value for key, value in element.attrib.items() if local(key) == "href"), "")
    target = page.by_id.get(href[1:]) if href.startswith("#") else None
    if target is None:
        if href and not href.startswith("#"):
            page.undecided["external"] = undecided("external", 1)
        return
    page.uses += 1
    if page.uses > _MOST_USES:
        raise InputError(
            zh="SVG 中的引用（use）过多或循环，可能是恶意文件，未读取",
            en="the SVG repeats itself too often (use) and may be hostile: it was not read",
        )
    x, y = css.length(element.get("x", ""), 0), css.length(element.get("y", ""), 0)
    look.matrix = look.matrix.after(Affine(1, 0, 0, 1, x, y))
    if local(target.tag) == "symbol":
        for child in target:
            _walk(child, look, page, limits, depth + 1)
    else:
        _walk(target, look, page, limits, depth + 1)


def _image(element: Element, look: _Look, page: _Page, limits: Limits) -> None:
    href = next((value for key, value in element.attrib.items() if local(key) == "href"), "")
    x, y, width, height = (
        css.length(element.get(name, ""), 0.0) for name in ("x", "y", "width", "height")
    )
    box = page.to_mm.after(look.matrix).box(x, y, x + width, y + height)
    found: Shown | None = None
    if href.startswith("data:"):
        with suppress(binascii.Error, ValueError, OSError, Image.DecompressionBombError):
            data = base64.b64decode(href.partition(",")[2], validate=False)
            if data[:5].strip().startswith((b"<svg", b"<?xml")):
                page.undecided["nested"] = undecided("nested-drawing", 1)
            else:
                found = shown(data, box, limits)
    elif href:
        page.undecided["external"] = undecided("external", 1)
    opaque = look.opacity > 0.9 and not look.hiding
    page.drawn.append(
        _Drawn(box, None, opaque, True, len(page.glyphs), GraphicKind.IMAGE, shown=found)
    )
    if found is not None and not look.hiding:
        page.codes += found.codes
        reason = "seal-text" if found.near_round else "picture-text"
        rows = [row for row in found.rows if not any(row.overlap(c.box) > 0 for c in page.codes)]
        # A collar in a portrait now and then looks like a row of type: two rows are type.
        if len(rows) > (0.6 < box.width / max(box.height, 0.1) < 0.85 and box.width < 50):
            page.undecided[f"{reason} {len(page.drawn)}"] = undecided(reason, 1, _union(rows))


def _union(boxes: Sequence[Box]) -> Box:
    whole = boxes[0]
    for box in boxes[1:]:
        whole = whole.union(box)
    return whole


def _covers(drawn: _Drawn, glyph: Glyph) -> bool:
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


def _shape(element: Element, tag: str, look: _Look, page: _Page) -> None:
    bounds = extent(element, tag)
    if bounds is None or look.hiding:
        return
    box = page.to_mm.after(look.matrix).box(*bounds)
    fill = look.style.get("fill", "black")
    opacity = look.opacity * css.number(look.style.get("fill-opacity", ""), 1.0)
    is_filled = fill not in {"none", "transparent"} and tag != "line" and opacity > 0
    if not is_filled and look.style.get("stroke", "none") in {"none", "transparent"}:
        return
    page.drawn.append(
        _Drawn(
            box,
            css.colour(fill) if is_filled else css.colour(look.style.get("stroke", "")),
            is_filled and opacity > 0.9,
            is_full=tag == "rect",
            glyphs=len(page.glyphs),
            kind=GraphicKind.VECTOR,
            straight=is_straight(element, tag),
        )
    )
    if is_filled and tag in {"path", "polygon"} and min(box.width, box.height) < 120:
        matrix = page.to_mm.after(look.matrix)
        lines = [[matrix.point(*point) for point in line] for line in subpaths(element, tag)]
        page.outlines.append(lines)


def _judge(page: _Page) -> None:
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


def _ground(page: _Page, index: int, x: float, y: float) -> Rgb | None:
    """The colour under a character: of the last shape before it that covers the place; paper is white."""
    for drawn in reversed(page.drawn):
        if drawn.glyphs <= index and drawn.opaque and _holds(drawn.box, x, y):
            return drawn.fill if drawn.is_full else None
    return _WHITE


def _graphics(page: _Page) -> Iterator[Graphic]:
    yield from clusters(
        [(drawn.box, drawn.kind, drawn.fill, drawn.straight, drawn.shown) for drawn in page.drawn],
        page.box,
    )


def _beside(page: _Page) -> Iterator[Run]:
    for number, (where, text) in enumerate(page.beside, start=1):
        if text.strip():
            yield Run(
                text.strip()[:20_000],
                WHOLE_FILE,
                Channel.PART,
                painted=Painted.UNDECIDED if "foreign" in where else Painted.UNPAINTED,
                where=where,
                block=number,
                joined=Joined.FIRST,
            )


def _holds(box: Box, x: float, y: float) -> bool:
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1


def _on(box: Box, page: Box) -> bool:
    return box.x0 < page.x1 and page.x0 < box.x1 and box.y0 < page.y1 and page.y0 < box.y1
