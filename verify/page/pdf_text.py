"""The text of a PDF's page with its places, as pdfium finds it; and what the PDF says about itself.

A page that is mostly one picture with text on it is a scan whose text was read by some scanner: that is OCR too, and
what it misread is no contradiction.
"""

import ctypes
from collections.abc import Mapping

import pypdfium2
from pypdfium2 import raw

from verify.page.lines import Line, PageText
from verify.pdf_page import open_pages

MAX_LINES = 4000
"""No certificate has more pieces of text than this; whoever writes more wants to keep us busy."""

_SCAN_SHARE = 0.6  # of the page's area covered by one picture
_HYPHENS = {0x2: "-", 0xFFFE: "-"}  # how pdfium marks a hyphen at the end of a line


def page_text(document: pypdfium2.PdfDocument, number: int) -> PageText:
    """The text of page `number` (from 0)."""
    page = document[number]
    try:
        width, height = page.get_size()
        text = page.get_textpage()
        lines = []
        for index in range(min(text.count_rects(), MAX_LINES)):
            left, bottom, right, top = text.get_rect(index)
            # get_text_bounded keeps what lies beyond the BMP: a rare name such as 𬭎.
            words = text.get_text_bounded(left, bottom, right, top).translate(_HYPHENS).strip()
            if words:
                lines.append(
                    Line(
                        words,
                        left / width,
                        (height - top) / width,
                        right / width,
                        (height - bottom) / width,
                    )
                )
        return PageText(tuple(_joined(lines)), by_ocr=_is_scan(page, width * height))
    finally:
        page.close()


def metadata(document: pypdfium2.PdfDocument) -> Mapping[str, str]:
    """Title, author and producer, as far as the PDF states them."""
    found = document.get_metadata_dict(skip_empty=True)
    return {key: found[key][:200] for key in ("Title", "Author", "Producer") if key in found}


def text_and_metadata(
    data: bytes, pages: int = 1
) -> tuple[tuple[PageText, ...], Mapping[str, str]]:
    """The text of the first `pages` pages and the metadata. Raises what pdfium raises for a damaged file."""
    with open_pages(data) as document:
        count = min(len(document), pages)
        return tuple(page_text(document, n) for n in range(count)), metadata(document)


def _joined(lines: list[Line]) -> list[Line]:
    """Pieces that continue each other on one line, as one: pdfium splits where the face changes."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda one: one.middle):
        row = next((row for row in reversed(rows[-3:]) if row[0].beside(line)), None)
        if row is None:
            rows.append([line])
        else:
            row.append(line)
    return [piece for row in rows for piece in _pieces(sorted(row, key=lambda one: one.left))]


def _pieces(row: list[Line]) -> list[Line]:
    """One row from left to right, its neighbours joined where no more than half a letter lies between."""
    pieces = row[:1]
    for line in row[1:]:
        last = pieces[-1]
        if line.left - last.right < 0.5 * max(line.height, last.height):
            pieces[-1] = Line(
                last.text + line.text,
                last.left,
                min(last.top, line.top),
                max(last.right, line.right),
                max(last.bottom, line.bottom),
            )
        else:
            pieces.append(line)
    return pieces


def _is_scan(page: pypdfium2.PdfPage, area: float) -> bool:
    """Whether one picture covers most of the page, or its text is painted invisibly."""
    for thing in page.get_objects(max_depth=2):
        if thing.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = _bounds(thing)
            if (right - left) * (top - bottom) > _SCAN_SHARE * area:
                return True
    return False


def _bounds(thing: pypdfium2.PdfObject) -> tuple[float, float, float, float]:
    sides = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(thing.raw, *sides)
    left, bottom, right, top = (side.value for side in sides)
    return left, bottom, right, top
