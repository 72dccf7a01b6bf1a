"""Reads an SVG: text and tspans with transforms and style, pictures, shapes, what is hidden or beside.

It is never rendered and nothing it refers to is fetched. Painted or not is decided by what the file
declares and what it draws later on top; widths of characters are usual ones, so boxes have a tolerance.
"""

import base64
import binascii
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from xml.etree.ElementTree import Element

from PIL import Image

from certgen.errors import InputError
from certgen.model.box import Box
from verify.design.design import (
    WHOLE_FILE,
    Channel,
    DesignPage,
    Format,
    Graphic,
    GraphicKind,
    Joined,
    Painted,
    Run,
)
from verify.design.extract import css
from verify.design.extract.blocks import runs_of
from verify.design.extract.parts import BLOCKS_A_PAGE, Head, Parts
from verify.design.extract.pdf_page import IDENTITY, Affine
from verify.design.extract.safe_xml import local, parse
from verify.design.extract.svg_page import Drawn, Look, SvgPage, looked, started
from verify.design.extract.svg_paint import judge
from verify.design.extract.svg_pictures import Shown, outlined_rows, shown
from verify.design.extract.svg_shapes import (
    clusters,
    extent,
    is_straight,
    subpaths,
)
from verify.design.extract.svg_text import write_text
from verify.design.extract.unread import merged, undecided
from verify.design.limits import Limits

_SHAPES = {"rect", "circle", "ellipse", "line", "polyline", "polygon", "path"}
_WORDS = {"title", "desc", "metadata", "foreignObject"}
_NOT_DRAWN = {
    *("defs", "symbol", "clipPath", "mask", "pattern", "marker", "linearGradient"),
    *("radialGradient", "filter", "style", "script"),
}
_MOST_USES = 2_000


def read_svg(path: Path, limits: Limits) -> Parts:
    """The parts of the SVG at `path`."""
    root = parse(path.read_bytes(), path.name)
    if local(root.tag) != "svg":
        raise InputError(zh=f"{path.name} 不是 SVG", en=f"{path.name} is no SVG")
    page = started(root)
    if not (0.5 < page.box.x1 < limits.side_mm and 0.5 < page.box.y1 < limits.side_mm):
        raise InputError(
            zh=f"{path.name} 的画布尺寸不合理，无法检查",
            en=f"{path.name}: its canvas has no usable size",
        )
    _walk(root, Look(IDENTITY, {"font-size": "16px", "fill": "black"}), page, limits)
    for element in root.iter():
        if local(element.tag) == "text" and id(element) not in page.visited:
            words = " ".join("".join(element.itertext()).split())
            page.beside.append(("svg text that is never drawn", words))
    for number, row in enumerate(outlined_rows(page.outlines, page.box)):
        page.undecided[f"outlined {number}"] = undecided("outlined-text", 1, row)
    judge(page)
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


def _walk(element: Element, look: Look, page: SvgPage, limits: Limits, depth: int = 0) -> None:
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
    element: Element, tag: str, look: Look, page: SvgPage, limits: Limits, depth: int
) -> None:
    mine = looked(element, tag, look, page)
    for key in ("aria-label", "alt"):
        if element.get(key):
            page.beside.append((f"svg {tag} {key}", element.get(key, "")))
    if tag == "text":
        write_text(element, mine, page, limits)
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


def _use(element: Element, look: Look, page: SvgPage, limits: Limits, depth: int) -> None:
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


def _image(element: Element, look: Look, page: SvgPage, limits: Limits) -> None:
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
        Drawn(box, None, opaque, True, len(page.glyphs), GraphicKind.IMAGE, shown=found)
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


def _shape(element: Element, tag: str, look: Look, page: SvgPage) -> None:
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
        Drawn(
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


def _graphics(page: SvgPage) -> Iterator[Graphic]:
    yield from clusters(
        [(drawn.box, drawn.kind, drawn.fill, drawn.straight, drawn.shown) for drawn in page.drawn],
        page.box,
    )


def _beside(page: SvgPage) -> Iterator[Run]:
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
