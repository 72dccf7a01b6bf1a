"""A picture of a page: the PDF that would be issued, drawn by another engine."""

import io

import pypdfium2


def png(pdf: bytes, *, dpi: int) -> bytes:
    """The first page of `pdf` as PNG."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        picture = document[0].render(scale=dpi / 72).to_pil()
    finally:
        document.close()
    made = io.BytesIO()
    picture.save(made, "PNG")
    return made.getvalue()
