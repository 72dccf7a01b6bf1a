"""What an SVG has shown so far: its canvas in millimetres, characters and shapes in painting order.

And what an element inherits from those around it.
"""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from certgen.model.box import Box
from verify.design.design import Code, GraphicKind, Hiding, Rgb, Undecided
from verify.design.extract import css
from verify.design.extract.glyph import Glyph
from verify.design.extract.pdf_page import Affine
from verify.design.extract.safe_xml import local
from verify.design.extract.svg_pictures import Shown
from verify.design.extract.svg_shapes import transform


@dataclass(slots=True)
class Look:
    """What an element inherits."""

    matrix: Affine
    style: dict[str, str]
    opacity: float = 1.0
    hiding: tuple[Hiding, ...] = ()
    doubtful: bool = False  # clipped, masked or filtered in a way that is not followed


@dataclass(frozen=True, slots=True)
class Drawn:
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
class SvgPage:
    """What has been read so far."""

    rules: list[css.StyleRule]
    by_id: dict[str, Element]
    to_mm: Affine
    box: Box
    glyphs: list[Glyph] = field(default_factory=list)
    doubtful: set[int] = field(default_factory=set)
    drawn: list[Drawn] = field(default_factory=list)
    beside: list[tuple[str, str]] = field(default_factory=list)
    undecided: dict[str, Undecided] = field(default_factory=dict)
    uses: int = 0
    visited: set[int] = field(default_factory=set)
    codes: list[Code] = field(default_factory=list)
    outlines: list[list[list[tuple[float, float]]]] = field(default_factory=list)
    things: int = 0


def started(root: Element) -> SvgPage:
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
    return SvgPage(rules, by_id, to_mm, Box(0, 0, width, height))


def looked(element: Element, tag: str, look: Look, page: SvgPage) -> Look:
    """What an element inherits from `look`, with its own style, transform and ways of hiding."""
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
    return Look(matrix, style, opacity, tuple(hiding), doubtful)
