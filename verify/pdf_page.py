"""What a person finds on the pages of a PDF: the text, and the picture. The engine is pdfium.

It is the engine of Chromium and has no part in writing or signing our files: what it finds,
a reader finds.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
from PIL.Image import Image

_HYPHENS = {0x2: "-", 0xFFFE: "-"}  # how pdfium marks a hyphen at the end of a line


@contextmanager
def open_pages(source: Path | bytes) -> Iterator[pypdfium2.PdfDocument]:
    """The document in `source`, its memory given back at the end: pdfium must be told."""
    document = pypdfium2.PdfDocument(source)
    try:
        yield document
    finally:
        document.close()


def text_of(document: pypdfium2.PdfDocument, number: int) -> str:
    """All text on page `number` (from 0), code point by code point, without white space."""
    return squeezed(lines_of(document, number))


def lines_of(document: pypdfium2.PdfDocument, number: int) -> str:
    """All text on page `number` (from 0), code point by code point, in the page's own lines."""
    page = document[number]
    try:
        # get_text_range() is limited to the BMP and would lose a rare name such as 𬭎.
        text: str = page.get_textpage().get_text_bounded()
    finally:
        page.close()
    return text.translate(_HYPHENS)


def picture_of(document: pypdfium2.PdfDocument, number: int, dpi: int) -> Image:
    """Page `number` (from 0) as it shows on a screen, seals included, in grey."""
    page = document[number]
    try:
        picture: Image = page.render(scale=dpi / 72, grayscale=True).to_pil()
    finally:
        page.close()
    return picture


def squeezed(text: str) -> str:
    """`text` without white space of any width: line breaks and letter-spacing are the layout's."""
    return "".join(text.split())
