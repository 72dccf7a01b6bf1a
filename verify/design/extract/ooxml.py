"""The text of every XML part of a .docx or .pptx, with what the file says about its look and its hiding.

Reading only the paragraphs of the main document misses headers, text boxes, comments, tracked deletions, properties
and alternative texts: here every part is walked.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from certgen.errors import InputError
from certgen.model.box import Box
from verify.design.design import Hiding, Rgb
from verify.design.extract.glyph import TINY_PT
from verify.design.extract.safe_xml import local, parse
from verify.design.extract.safe_zip import Package

MM_PER_EMU = 1 / 36_000
MM_PER_TWIP = 25.4 / 1440
_MOST_TEXT = 200_000  # code points of a part
_WHITE = 250


@dataclass(frozen=True, slots=True)
class Look:
    """What a run of text looks like, as the file declares it."""

    face: str = ""
    size_pt: float | None = None
    colour: Rgb | None = None
    hiding: tuple[Hiding, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """A run of text. Runs of one `paragraph` are read on."""

    text: str
    part: str
    paragraph: int
    look: Look
    box: Box | None = None  # of the shape it stands in, where the file tells
    slide: int = 0  # in a presentation
    is_alt: bool = False  # alternative text or a name: a reader hears it, nobody sees it


@dataclass(frozen=True, slots=True)
class Styles:
    """Looks by style id, and the one that all text starts from."""

    default: Look = Look()
    by_id: Mapping[str, Look] = field(default_factory=dict)


def words_of(package: Package, name: str, styles: Styles, first: int) -> list[Words]:
    """The text of one part; its paragraphs are numbered from `first` on."""
    root = parse(package.read(name), name)
    return _Walker(name, styles, first).walk(root)


def styles_of(package: Package) -> Styles:
    """The styles of a text document; none in a presentation."""
    if "word/styles.xml" not in package:
        return Styles()
    root = parse(package.read("word/styles.xml"), "word/styles.xml")
    default = Look()
    raw: dict[str, tuple[str, Element]] = {}
    for element in root:
        tag = local(element.tag)
        if tag == "docDefaults":
            found = next((e for e in element.iter() if local(e.tag) == "rPr"), None)
            default = _run_look(found, default)
        elif tag == "style":
            based = next((_value(e) for e in element if local(e.tag) == "basedOn"), "")
            raw[_value(element, "styleId")] = based, element
    by_id: dict[str, Look] = {}
    for name in raw:
        chain: list[Element] = []
        at, seen = name, set[str]()
        while at in raw and at not in seen:
            seen.add(at)
            at, element = raw[at]
            chain.append(element)
        look = default
        for element in reversed(chain):
            look = _run_look(next((e for e in element if local(e.tag) == "rPr"), None), look)
        by_id[name] = look
    return Styles(default, by_id)


def properties_of(package: Package) -> dict[str, str]:
    """Core, application and custom properties by name."""
    facts: dict[str, str] = {}
    for name in package.names:
        if name.startswith("docProps/") and name.endswith(".xml") and "custom" not in name:
            for element in parse(package.read(name), name).iter():
                text = (element.text or "").strip()
                if not text:
                    continue
                facts[f"{name} {local(element.tag)}"] = text[:2000]
    if "docProps/custom.xml" in package:
        for holder in parse(package.read("docProps/custom.xml"), "docProps/custom.xml"):
            text, name = "".join(holder.itertext()).strip(), holder.get("name", "")
            if text:
                facts[f"docProps/custom.xml {name}"] = f"{name}：{text}"
    return facts


def targets_of(package: Package) -> Iterator[tuple[str, str]]:
    """Where links lead, and what the file refers to outside of itself: part and address."""
    for name in package.names:
        if name.endswith(".rels"):
            for relation in parse(package.read(name), name):
                if relation.get("TargetMode") == "External":
                    yield name, relation.get("Target", "")


class _Walker:
    """Collects runs in reading order; a text box inside a paragraph is a paragraph of its own."""

    def __init__(self, part: str, styles: Styles, first: int) -> None:
        self._part = part
        self._styles = styles
        self._next = first
        self._words: list[Words] = []
        self._length = 0

    def walk(self, root: Element) -> list[Words]:
        """All text below `root`."""
        self._below(root, None, self._styles.default)
        return self._words

    def _below(self, element: Element, box: Box | None, base: Look) -> None:
        for child in element:
            tag = local(child.tag)
            if tag == "AlternateContent":
                choice = next((e for e in child if local(e.tag) == "Choice"), None)
                self._below(choice if choice is not None else child, box, base)
                continue
            self._attributes(child, tag)
            if tag == "p":
                self._paragraph(child, box, base)
            elif tag in {"sp", "pic", "graphicFrame", "cxnSp"}:
                hidden = any(
                    local(e.tag) == "cNvPr" and e.get("hidden") in {"1", "true"}
                    for e in child.iter()
                )
                mine = replace(base, hiding=(Hiding.MARKED_HIDDEN,)) if hidden else base
                self._below(child, _place(child) or box, mine)
            elif tag == "docVar":
                self._say(_value(child), base, box)
            else:
                if tag in {"t", "v"} and (child.text or "").strip():
                    self._say(child.text or "", base, box)  # a chart's or a diagram's own text
                self._below(child, box, base)

    def _attributes(self, element: Element, tag: str) -> None:
        """Text that stands in attributes: alternative texts, WordArt, placeholders."""
        for key, value in element.attrib.items():
            name = local(key)
            if (
                name in {"descr", "title", "alt", "string"} or (name == "name" and tag == "docPr")
            ) and (value.strip()):
                self._say(value, Look(), None, is_alt=name != "string")  # WordArt shows its string

    def _paragraph(self, element: Element, box: Box | None, base: Look) -> None:
        style = next((_value(e) for e in element.iter() if local(e.tag) == "pStyle"), "")
        base = _over(base, self._styles.by_id.get(style))
        number = self._next
        self._next += 1
        for child in element:
            self._inline(child, box, base, number)

    def _inline(self, element: Element, box: Box | None, base: Look, number: int) -> None:
        tag = local(element.tag)
        if tag in {"r", "fld"}:
            self._run(element, box, base, number)
        elif tag in {"pPr", "rPr", "endParaRPr", "proofErr"}:
            return
        elif tag == "AlternateContent":
            choice = next((e for e in element if local(e.tag) == "Choice"), None)
            for child in choice if choice is not None else ():
                self._inline(child, box, base, number)
        elif tag == "p":
            self._paragraph(element, box, base)
        else:
            deleted = tag in {"del", "moveFrom"}
            mine = replace(base, hiding=(*base.hiding, Hiding.DELETED)) if deleted else base
            for child in element:
                self._inline(child, box, mine, number)

    def _run(self, element: Element, box: Box | None, base: Look, number: int) -> None:
        properties = next((e for e in element if local(e.tag) == "rPr"), None)
        style = next(
            (
                _value(e)
                for e in (properties if properties is not None else ())
                if local(e.tag) == "rStyle"
            ),
            "",
        )
        look = _run_look(properties, _over(base, self._styles.by_id.get(style)))
        text = ""
        for child in element:
            tag = local(child.tag)
            if tag in {"t", "delText", "instrText"}:
                text += child.text or ""
            elif tag in {"tab", "ptab"}:
                text += "\t"
            elif tag in {"br", "cr"}:
                text += "\n"
            elif tag == "noBreakHyphen":
                text += "-"
            elif tag != "rPr":
                self._say_pending(text, look, box, number)
                text = ""
                self._attributes(child, tag)
                self._below(child, box, self._styles.default)
        self._say_pending(text, look, box, number)

    def _say_pending(self, text: str, look: Look, box: Box | None, number: int) -> None:
        if text:
            self._keep(Words(text, self._part, number, _declared(look), box))

    def _say(self, text: str, look: Look, box: Box | None, *, is_alt: bool = False) -> None:
        words = Words(text, self._part, self._next, _declared(look), box, is_alt=is_alt)
        self._keep(words)
        self._next += 1

    def _keep(self, words: Words) -> None:
        self._length += len(words.text)
        if self._length > _MOST_TEXT:
            raise InputError(
                zh=f"{self._part} 中的文字过多，无法检查：请拆分文件",
                en=f"{self._part} holds too much text: split the file",
            )
        self._words.append(words)

    @property
    def next(self) -> int:
        """The first number that no paragraph has."""
        return self._next


def _over(base: Look, style: Look | None) -> Look:
    if style is None:
        return base
    return Look(
        style.face or base.face,
        style.size_pt or base.size_pt,
        style.colour or base.colour,
        tuple(dict.fromkeys((*base.hiding, *style.hiding))),
    )


def _run_look(properties: Element | None, base: Look) -> Look:
    """The look of a run whose properties (w:rPr or a:rPr) stand over `base`."""
    if properties is None:
        return base
    look = base
    if properties.get("sz", "").isdecimal():  # DrawingML: hundredths of a point
        look = replace(look, size_pt=int(properties.get("sz", "0")) / 100)
    for element in properties:
        look = _with_property(element, local(element.tag), look)
    return look


def _with_property(element: Element, tag: str, look: Look) -> Look:
    value = _value(element)
    if tag in {"vanish", "webHidden", "specVanish"}:
        look = _hidden(look, Hiding.MARKED_HIDDEN, on=value not in {"0", "false", "off"})
    elif tag == "sz" and re.fullmatch("[0-9]{1,4}", value):  # WordprocessingML: half points
        look = replace(look, size_pt=int(value) / 2)
    elif tag == "color" and re.fullmatch("[0-9A-Fa-f]{6}", value):
        look = replace(look, colour=_rgb(value))
    elif tag == "rFonts":
        face = _value(element, "eastAsia") or _value(element, "ascii")
        look = replace(look, face=face or look.face)
    elif tag == "ea" or (tag == "latin" and not look.face):
        look = replace(look, face=element.get("typeface", "") or look.face)
    elif tag == "noFill":
        look = _hidden(look, Hiding.TRANSPARENT, on=True)
    elif tag == "solidFill":
        look = _filled(element, look)
    return look


def _filled(fill: Element, look: Look) -> Look:
    """The colour of DrawingML text, which may be transparent."""
    found = next((e.get("val", "") for e in fill if local(e.tag) == "srgbClr"), "")
    if re.fullmatch("[0-9A-Fa-f]{6}", found):
        look = replace(look, colour=_rgb(found))
    if any(local(e.tag) == "alpha" and e.get("val") in {"0", "0%"} for e in fill.iter()):
        look = _hidden(look, Hiding.TRANSPARENT, on=True)
    return look


def _hidden(look: Look, hiding: Hiding, *, on: bool) -> Look:
    others = tuple(one for one in look.hiding if one is not hiding)
    return replace(look, hiding=(*others, hiding) if on else others)


def _declared(look: Look) -> Look:
    """The look, with what its colour and size say about its being seen on white paper."""
    hiding = set(look.hiding)
    if look.colour and min(look.colour) >= _WHITE:
        hiding.add(Hiding.SAME_COLOUR)
    if look.size_pt is not None and look.size_pt < TINY_PT:
        hiding.add(Hiding.TINY)
    return replace(look, hiding=tuple(sorted(hiding)))


def _place(shape: Element) -> Box | None:
    """Where a shape of a slide stands."""
    off = next((e for e in shape.iter() if local(e.tag) == "off"), None)
    ext = next((e for e in shape.iter() if local(e.tag) == "ext" and e.get("cx")), None)
    if off is None or ext is None:
        return None
    try:
        x, y = int(off.get("x", "")) * MM_PER_EMU, int(off.get("y", "")) * MM_PER_EMU
        wide, high = int(ext.get("cx", "")) * MM_PER_EMU, int(ext.get("cy", "")) * MM_PER_EMU
    except ValueError:
        return None
    return Box(x, y, x + wide, y + high)


def _rgb(text: str) -> Rgb:
    return int(text[:2], 16), int(text[2:4], 16), int(text[4:], 16)


def _value(element: Element, name: str = "val") -> str:
    """An attribute by its local name."""
    return next((value for key, value in element.attrib.items() if local(key) == name), "")
