"""A picture of a page: the PDF that would be issued, drawn by another engine."""

import io
from typing import Any

import pypdfium2


def png(pdf: bytes, *, dpi: int) -> bytes:
    """The first page of `pdf` as PNG."""
    made = io.BytesIO()
    _drawn(pdf, dpi).save(made, "PNG")
    return made.getvalue()


def jpeg(pdf: bytes, *, dpi: int) -> tuple[bytes, int, int]:
    """The first page of `pdf` as JPEG, to be shown small on another page; its width and height in pixels."""
    picture = _drawn(pdf, dpi).convert("RGB")
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=88)
    return made.getvalue(), picture.width, picture.height


def _drawn(pdf: bytes, dpi: int) -> Any:  # noqa: ANN401 (Pillow's picture, which this module does not name)
    document = pypdfium2.PdfDocument(pdf)
    try:
        return document[0].render(scale=dpi / 72).to_pil()
    finally:
        document.close()
