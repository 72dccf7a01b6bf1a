"""What a PDF says beside its pages: properties, XMP, bookmarks, attachments, comments, form fields, layers, scripts.

Read with pikepdf (qpdf). Nothing of it is drawn, all of it travels with the file and shows somewhere.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pikepdf

from certgen.errors import InputError
from verify.design.design import WHOLE_FILE, Channel, Hiding, Painted, Run, Undecided
from verify.design.extract.pdf_page import Affine
from verify.design.extract.safe_xml import parse
from verify.design.extract.unread import undecided

_MOST = 5_000  # texts of all kinds
_MOST_TEXT = 20_000  # code points of one of them
_DEPTH = 40


@dataclass(slots=True)
class Beside:
    """What stands in the file and on no page; `annotations` by the page they belong to, from 1."""

    facts: dict[str, str] = field(default_factory=dict)
    runs: list[Run] = field(default_factory=list)
    annotations: dict[int, list[tuple[Run, tuple[float, ...] | None]]] = field(default_factory=dict)
    undecided: list[Undecided] = field(default_factory=list)
    units: dict[int, float] = field(default_factory=dict)  # UserUnit by page, where it is not 1
    layers_off: bool = False

    def add(
        self, channel: Channel, where: str, text: object, hiding: tuple[Hiding, ...] = ()
    ) -> None:
        """Keep a text, if it is one."""
        said = str(text).strip()
        if said and len(self.runs) < _MOST:
            self.runs.append(
                Run(
                    said[:_MOST_TEXT],
                    WHOLE_FILE,
                    channel,
                    painted=Painted.UNPAINTED,
                    hiding=hiding,
                    where=where,
                    block=len(self.runs) + 1,
                )
            )


def read_beside(path: Path) -> Beside:
    """Everything beside the pages. Raises `InputError` for a file that is no readable PDF."""
    beside = Beside()
    try:
        with pikepdf.open(path) as pdf:
            for reading in (
                _info,
                _xmp,
                _bookmarks,
                _attachments,
                _layers,
                _fields,
                _page_facts,
                _scripts,
            ):
                with suppress(pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError):
                    reading(pdf, beside)
    except pikepdf.PasswordError:
        beside.undecided.append(undecided("encrypted", WHOLE_FILE))
    except pikepdf.PdfError as problem:
        raise InputError(
            zh="PDF 文件结构损坏，无法读取：请重新导出",
            en="the PDF's structure is damaged: export it again",
        ) from problem
    return beside


def place_annotations(beside: Beside, number: int, to_mm: Affine, first_block: int) -> list[Run]:
    """The comments of a page where they stand. Their text shows in a window, not on the page."""
    runs = []
    for block, (run, rect) in enumerate(beside.annotations.get(number, []), start=first_block):
        box = to_mm.box(*rect) if rect else None
        boxes = (box,) * len(run.text) if box else ()
        runs.append(
            Run(
                run.text,
                number,
                run.channel,
                boxes,
                painted=run.painted,
                hiding=run.hiding,
                where=run.where,
                block=block,
            )
        )
    return runs


def _text(value: Any) -> str:  # noqa: ANN401 - a PDF object
    """A PDF string as text; '' for anything else. GBK is what some Chinese programs write."""
    if isinstance(value, pikepdf.String):
        raw = bytes(value)
        if raw[:2] in {b"\xfe\xff", b"\xff\xfe"} or raw[:3] == b"\xef\xbb\xbf":
            return str(value)
        if any(byte > 0x7F for byte in raw):
            with suppress(UnicodeDecodeError):
                return raw.decode("utf-8")
            with suppress(UnicodeDecodeError):
                return raw.decode("gb18030")
        return str(value)
    return ""


def _info(pdf: pikepdf.Pdf, beside: Beside) -> None:
    for key, value in pdf.docinfo.items():
        text = _text(value)
        if not text:
            continue
        beside.facts[f"Info {key}"] = text
        if key not in {"/CreationDate", "/ModDate", "/Producer", "/Creator", "/Trapped"}:
            beside.add(Channel.METADATA, f"Info {key}", text)


def _xmp(pdf: pikepdf.Pdf, beside: Beside) -> None:
    stream = pdf.Root.get("/Metadata")
    if stream is None:
        return
    raw = stream.read_bytes()
    if len(raw) > 1_000_000:
        raw = raw[:1_000_000]
    start, end = raw.find(b"<"), raw.rfind(b">")
    root = parse(raw[start : end + 1].split(b"?>", 1)[-1] if raw[:2] == b"<?" else raw, "XMP")
    for where, text in _xmp_texts(root, ""):
        beside.add(Channel.METADATA, f"XMP {where}", text)


_XMP_TECHNICAL = ("xmp", "xmpMM", "pdfaid", "pdf", "stEvt", "stRef", "pdfx")
_PREFIXES = {
    "adobe:ns:meta/": "x",
    "http://www.w3.org/XML/1998/namespace": "xml",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/xap/1.0/mm/": "xmpMM",
    "http://ns.adobe.com/pdf/1.3/": "pdf",
    "http://www.aiim.org/pdfa/ns/id/": "pdfaid",
    "http://ns.adobe.com/photoshop/1.0/": "photoshop",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
}


def _xmp_texts(element: Element, property_: str) -> Iterator[tuple[str, str]]:
    """Every property and its text; technical ones (dates, identifiers, producer) left out."""
    name = _short(element.tag)
    if ":" in name and not name.startswith(("rdf:", "x:")):
        property_ = property_ or name
    technical = (
        property_.partition(":")[0] in _XMP_TECHNICAL and property_ != "pdf:Keywords"
    ) or property_ in {"dc:format", "dc:date"}
    if not technical:
        for attribute, value in element.attrib.items():
            short = _short(attribute)
            if short.partition(":")[0] not in {*_XMP_TECHNICAL, "rdf", "xml"} and ":" in short:
                yield short, value
        if element.text and element.text.strip() and property_:
            yield property_, element.text
    for child in element:
        yield from _xmp_texts(child, property_)


def _short(tag: str) -> str:
    space, _, name = tag.rpartition("}")
    return f"{_PREFIXES.get(space[1:], 'other')}:{name}" if space else name


def _bookmarks(pdf: pikepdf.Pdf, beside: Beside) -> None:
    outlines = pdf.Root.get("/Outlines")
    if outlines is None:
        return
    seen: set[tuple[int, int]] = set()
    waiting = [outlines.get("/First")]
    while waiting and len(seen) < _MOST:
        item = waiting.pop()
        if item is None or item.objgen in seen:
            continue
        seen.add(item.objgen)
        beside.add(Channel.BOOKMARK, "bookmark", _text(item.get("/Title")))
        waiting += [item.get("/Next"), item.get("/First")]


def _attachments(pdf: pikepdf.Pdf, beside: Beside) -> None:
    for name, spec in pdf.attachments.items():
        beside.add(Channel.ATTACHMENT, "attachment name", name)
        beside.add(Channel.ATTACHMENT, f"attachment {name}", spec.description or "")
        with suppress(Exception):  # a broken attachment is still reported by its name
            data = spec.get_file().read_bytes()[:200_000]
            text = _plain(data)
            if text:
                beside.add(Channel.ATTACHMENT, f"attachment {name}", text)


def _plain(data: bytes) -> str:
    """The text of a file that is plain text; '' for any other."""
    if b"\0" in data[:4096] or data[:4] in {b"%PDF", b"PK\x03\x04"}:
        return ""
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            return data.decode(encoding)
    return ""


def _layers(pdf: pikepdf.Pdf, beside: Beside) -> None:
    properties = pdf.Root.get("/OCProperties")
    if properties is None:
        return
    default = properties.get("/D", pikepdf.Dictionary())
    base_off = str(default.get("/BaseState", "/ON")) == "/OFF"
    off = {group.objgen for group in default.get("/OFF", [])}
    on = {group.objgen for group in default.get("/ON", [])}
    for group in properties.get("/OCGs", []):
        is_off = group.objgen in off or (base_off and group.objgen not in on)
        beside.layers_off |= is_off
        hiding = (Hiding.LAYER_OFF,) if is_off else ()
        beside.add(Channel.LAYER, "layer", _text(group.get("/Name")), hiding)


def _fields(pdf: pikepdf.Pdf, beside: Beside) -> None:
    form = pdf.Root.get("/AcroForm")
    if form is None:
        return
    seen: set[tuple[int, int]] = set()
    waiting: list[tuple[Any, int]] = [(field_, 0) for field_ in form.get("/Fields", [])]
    while waiting and len(seen) < _MOST:
        field_, depth = waiting.pop()
        if field_.objgen in seen or depth > _DEPTH:
            continue
        seen.add(field_.objgen)
        name = _text(field_.get("/T"))
        for key in ("/T", "/TU", "/V", "/DV", "/RV"):
            beside.add(Channel.FORM, f"form field {name} {key}", _text(field_.get(key)))
        for option in field_.get("/Opt", []):
            texts = option if isinstance(option, pikepdf.Array) else [option]
            for text in texts:
                beside.add(Channel.FORM, f"form field {name} /Opt", _text(text))
        waiting += [(kid, depth + 1) for kid in field_.get("/Kids", [])]
    if "/XFA" in form:
        beside.undecided.append(undecided("xfa-form", WHOLE_FILE))


def _page_facts(pdf: pikepdf.Pdf, beside: Beside) -> None:
    """Annotations, the unit of a page, and resources in which text may hide from every reader."""
    total = 0
    for number, page in enumerate(pdf.pages, start=1):
        unit = page.obj.get("/UserUnit", 1)
        with suppress(TypeError, ValueError):
            if float(unit) != 1:
                beside.units[number] = float(unit)
        found: list[tuple[Run, tuple[float, ...] | None]] = []
        for annotation in page.obj.get("/Annots", []):
            total += 1
            if total > _MOST:
                break
            found += _annotation(annotation)
        if found:
            beside.annotations[number] = found
        if _hides_type(page.obj.get("/Resources"), 0):
            beside.undecided.append(undecided("text-in-pattern", number))


def _annotation(annotation: Any) -> Iterator[tuple[Run, tuple[float, ...] | None]]:  # noqa: ANN401
    if not isinstance(annotation, pikepdf.Dictionary):
        return
    kind = str(annotation.get("/Subtype", "/?"))[1:]
    rect = annotation.get("/Rect")
    place = tuple(float(edge) for edge in rect) if rect is not None and len(rect) == 4 else None
    channel = Channel.FORM if kind == "Widget" else Channel.ANNOTATION
    for key in ("/Contents", "/T", "/Subj", "/RC", "/TU", "/Alt"):
        if kind == "Widget" and key in {"/T", "/TU"}:
            continue  # told with the form's fields
        yield from _said(channel, f"annotation {kind} {key}", _text(annotation.get(key)), place)
    action = annotation.get("/A")
    if isinstance(action, pikepdf.Dictionary):
        uri = _text(action.get("/URI"))
        yield from _said(Channel.ADDRESS, "link", uri, place)


def _said(
    channel: Channel, where: str, text: str, place: tuple[float, ...] | None
) -> Iterator[tuple[Run, tuple[float, ...] | None]]:
    if text.strip():
        yield (
            Run(text[:_MOST_TEXT], 0, channel, painted=Painted.UNPAINTED, where=where),
            place,
        )


def _hides_type(resources: Any, depth: int) -> bool:  # noqa: ANN401 - a PDF object
    """Whether type stands in a tiling pattern or a soft mask, which no reader extracts."""
    if not isinstance(resources, pikepdf.Dictionary) or depth > 6:
        return False
    for pattern in _values(resources.get("/Pattern")):
        if _has_fonts(pattern.get("/Resources")):
            return True
    for state in _values(resources.get("/ExtGState")):
        mask = state.get("/SMask")
        if isinstance(mask, pikepdf.Dictionary):
            group = mask.get("/G")
            if group is not None and _has_fonts(group.get("/Resources")):
                return True
    return any(
        _hides_type(form.get("/Resources"), depth + 1)
        for form in _values(resources.get("/XObject"))
        if str(form.get("/Subtype", "")) == "/Form"
    )


def _values(resources: Any) -> Iterator[Any]:  # noqa: ANN401 - a PDF object
    if isinstance(resources, pikepdf.Dictionary):
        for _, value in list(resources.items())[:500]:
            if isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)):
                yield value


def _has_fonts(resources: Any) -> bool:  # noqa: ANN401 - a PDF object
    return isinstance(resources, pikepdf.Dictionary) and bool(
        len(resources.get("/Font", pikepdf.Dictionary()))
    )


def _scripts(pdf: pikepdf.Pdf, beside: Beside) -> None:
    """A script may put text on the page when a viewer opens the file."""
    names = pdf.Root.get("/Names", pikepdf.Dictionary())
    action = pdf.Root.get("/OpenAction")
    has_action = isinstance(action, pikepdf.Dictionary) and "/JS" in action
    if "/JavaScript" in names or has_action:
        beside.undecided.append(undecided("script", WHOLE_FILE))
