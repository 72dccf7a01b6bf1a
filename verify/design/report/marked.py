"""The design with numbered boxes over its findings: a PDF with annotations, or pages as pictures.

A PDF keeps its pages as they are and gets annotations that any viewer lists; every other format is
drawn, marked and put into a PDF as pictures. Numbers are those of the report.
"""

import io
from collections.abc import Sequence
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from certgen.model.box import Box
from verify.bounded import Overrun, call
from verify.design.decisions import Item
from verify.design.design import Design, Format
from verify.design.report.gallery import COLOURS, Gallery

_PT_PER_MM = 72 / 25.4
_SECONDS = 30.0
_MEMORY = 1_500_000_000
Mark = tuple[int, Box, tuple[int, int, int], str, str]
"""Page, box, colour, number and text of an annotation."""


def marked_copy(
    design: Design, path: Path, numbered: Sequence[tuple[int, Item]], gallery: Gallery, lang: str
) -> bytes | None:
    """A PDF; None where the design can be neither annotated nor drawn."""
    if design.source.format is Format.PDF:
        marks = [
            (item.finding.place.page, box, COLOURS[item.kind], str(number), _text(item, lang))
            for number, item in numbered
            for box in item.finding.place.boxes
        ]
        try:
            return call(annotated, path, marks, seconds=_SECONDS, memory=_MEMORY)
        except Overrun:
            pass  # a page that pypdf cannot copy is still drawn
    return _drawn(design, numbered, gallery)


def _text(item: Item, lang: str) -> str:
    finding = item.finding
    head = f"{item.kind.said.in_(lang)}｜{finding.rule}"
    clause = f"{finding.clause}：{finding.clause.quote}" if finding.clause.document else ""
    return "\n".join(
        part for part in (head, finding.said.in_(lang), finding.remedy.in_(lang), clause) if part
    )


def annotated(path: Path, marks: Sequence[Mark]) -> bytes:
    """A copy of the PDF with a square and a number for each mark; run in a process of its own."""
    reader = PdfReader(path)
    writer = PdfWriter(clone_from=reader)
    for number, page in enumerate(writer.pages, 1):
        here = [mark for mark in marks if mark[0] == number]
        if not here:
            continue
        annotations = page.get("/Annots")
        kept = ArrayObject(annotations.get_object() if annotations is not None else [])
        for _, box, colour, label, text in here:
            rect = _rect(page, box)
            kept.append(writer._add_object(_square(rect, colour, text, label)))  # noqa: SLF001 (no public way)
            kept.append(writer._add_object(_number(rect, colour, label)))  # noqa: SLF001
        page[NameObject("/Annots")] = kept
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _rect(page: DictionaryObject, box: Box) -> list[float]:
    """A box of the page as shown, in the page's own coordinates: crop box and rotation undone."""
    crop = [float(v) for v in page.cropbox]  # type: ignore[attr-defined]  # a PageObject
    turn = int(page.get("/Rotate", 0) or 0) % 360
    wide, high = crop[2] - crop[0], crop[3] - crop[1]
    x0, y0, x1, y1 = (v * _PT_PER_MM for v in box.grown(0.5))
    match turn:
        case 90:
            corners = (y0, x0, y1, x1)
        case 180:
            corners = (wide - x1, y0, wide - x0, y1)
        case 270:
            corners = (wide - y1, high - x1, wide - y0, high - x0)
        case _:
            corners = (x0, high - y1, x1, high - y0)
    return [corners[0] + crop[0], corners[1] + crop[1], corners[2] + crop[0], corners[3] + crop[1]]


def _square(
    rect: list[float], colour: tuple[int, int, int], text: str, label: str
) -> DictionaryObject:
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Square"),
            NameObject("/Rect"): ArrayObject(map(FloatObject, rect)),
            NameObject("/C"): ArrayObject(FloatObject(round(v / 255, 3)) for v in colour),
            NameObject("/BS"): DictionaryObject({NameObject("/W"): FloatObject(1.2)}),
            NameObject("/F"): NumberObject(4),
            NameObject("/T"): TextStringObject(f"certverify {label}"),
            NameObject("/Contents"): TextStringObject(text),
        }
    )


def _number(rect: list[float], colour: tuple[int, int, int], label: str) -> DictionaryObject:
    red, green, blue = (round(v / 255, 3) for v in colour)
    wide = 7.0 + 5.0 * len(label)
    at = [rect[0] - wide, rect[3] - 2, rect[0], rect[3] + 11]
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/FreeText"),
            NameObject("/Rect"): ArrayObject(map(FloatObject, at)),
            NameObject("/DA"): TextStringObject(f"/Helv 9 Tf {red} {green} {blue} rg"),
            NameObject("/C"): ArrayObject(map(FloatObject, (1, 1, 1))),
            NameObject("/F"): NumberObject(4),
            NameObject("/Contents"): TextStringObject(label),
        }
    )


def _drawn(design: Design, numbered: Sequence[tuple[int, Item]], gallery: Gallery) -> bytes | None:
    pictures = []
    for page in design.pages:
        here = [(n, item) for n, item in numbered if item.finding.place.page == page.number]
        picture = gallery.marked(page.number, here)
        if picture is not None:
            pictures.append(picture)
    if not pictures:
        return None
    out = io.BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:], resolution=110)
    return out.getvalue()
