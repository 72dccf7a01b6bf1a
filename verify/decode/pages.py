"""The pictures in a file: one of a photo, one a page of a PDF or of a scan with many pages.

    for picture in pages(Path("scan.pdf")):  # one in memory at a time
        reading = read(picture, is_ours)

The engine for PDF is pdfium, as for everything that is looked at; drawing stops after `PAGE_SECONDS`.
"""

import ctypes
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from certgen.errors import InputError
from verify.decode.picture import Picture, frames, open_picture

PAGES = 2_000
"""The most pages of one file: a scan of five hundred, both sides, twice."""

PDF_BYTES = 2_000_000_000
"""The largest PDF: 500 pages scanned in colour are below this. It is read from the disk, not into memory."""

PAGE_SECONDS = 20.0
"""How long one page may take to draw: an honest one takes a tenth of a second."""

DPI = 300
"""A 30 mm symbol of version 10 has then 5 pixels a module, and an A4 page 8.7 megapixels."""

PAGE_PIXELS = 12_000_000
"""A larger page, a poster, is drawn at fewer dots an inch."""


def pages(source: Path | bytes, only: int | None = None) -> Iterator[Picture]:
    """Every picture of a file in order, upright, each opened when it is its turn; or `only` one page, from 1.

    Raises `InputError` for a file that is no picture, is broken, encrypted, or beyond the limits.
    """
    if is_pdf(source):
        yield from _pdf_pages(source, only)
        return
    found = frames(source)
    _check_count(found)
    for number in _wanted(found, only):
        yield open_picture(source, number)


def is_pdf(source: Path | bytes) -> bool:
    """Whether the file calls itself a PDF, within the first kilobyte as readers allow."""
    if isinstance(source, bytes):
        return b"%PDF-" in source[:1024]
    try:
        with source.open("rb") as stream:
            return b"%PDF-" in stream.read(1024)
    except OSError as problem:
        raise InputError(
            zh=f"无法读取文件 {source.name}：{problem.strerror}",
            en=f"cannot read {source.name}: {problem.strerror}",
        ) from problem


def count(source: Path | bytes) -> int:
    """How many pages the file has. Raises as `pages` does."""
    if not is_pdf(source):
        return frames(source)
    with _refusing():
        document = pypdfium2.PdfDocument(source)
    try:
        return len(document)
    finally:
        document.close()


def _wanted(found: int, only: int | None) -> range:
    if only is None:
        return range(1, found + 1)
    return range(only, min(only, found) + 1)


def _pdf_pages(source: Path | bytes, only: int | None) -> Iterator[Picture]:
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size > PDF_BYTES:
        raise InputError(
            zh=f"PDF 过大：{size // 1_000_000} MB，请分成几个文件",
            en=f"the PDF is too large: {size // 1_000_000} MB. Split it",
        )
    with _refusing():
        document = pypdfium2.PdfDocument(source)
    try:
        _check_count(len(document))
        for number in _wanted(len(document), only):
            with _refusing():
                colours = _drawn(document, number - 1)
            yield Picture.of(colours, number)
    finally:
        document.close()


def _check_count(found: int) -> None:
    if found > PAGES:
        raise InputError(
            zh=f"文件有 {found} 页，上限 {PAGES} 页，请分成几个文件",
            en=f"the file has {found} pages, the limit is {PAGES}. Split it",
        )


def _drawn(document: pypdfium2.PdfDocument, index: int) -> Image.Image:
    page = document[index]
    try:
        width, height = page.get_size()
        inches = max(width, 1.0) * max(height, 1.0) / 72**2
        scale = min(DPI, (PAGE_PIXELS / inches) ** 0.5) / 72
        # A page a thousand times longer than wide would still be a bitmap with one huge side.
        size = tuple(min(max(round(side * scale), 1), 20_000) for side in (width, height))
        bitmap = pypdfium2.PdfBitmap.new_native(*size, raw.FPDFBitmap_BGR)
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, *size)
        _draw(page, bitmap, size)
        colours: Image.Image = bitmap.to_pil().convert("RGB")
        return colours
    finally:
        page.close()


def _draw(page: Any, bitmap: Any, size: tuple[int, ...]) -> None:  # noqa: ANN401 - pdfium's handles
    """Draw in steps, so that a page made to draw for ever can be left."""
    end = time.monotonic() + PAGE_SECONDS

    kind = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(raw.IFSDK_PAUSE))
    tired = kind(lambda _: int(time.monotonic() > end))
    pause = raw.IFSDK_PAUSE(version=1, NeedToPauseNow=tired, user=None)
    flags = raw.FPDF_ANNOT
    status = raw.FPDF_RenderPageBitmap_Start(bitmap, page, 0, 0, *size, 0, flags, pause)
    raw.FPDF_RenderPage_Close(page)
    if status == raw.FPDF_RENDER_TOBECONTINUED:
        raise InputError(
            zh=f"PDF 页面过于复杂，{PAGE_SECONDS:.0f} 秒内无法画出",
            en=f"the page of the PDF is too complex: not drawn within {PAGE_SECONDS:.0f} seconds",
        )
    if status != raw.FPDF_RENDER_DONE:
        raise InputError(zh="PDF 页面无法画出", en="the page of the PDF cannot be drawn")


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except InputError:
        raise
    except FileNotFoundError as missing:
        raise InputError(zh="找不到文件", en="no such file") from missing
    except Exception as problem:
        raise InputError(
            zh="无法读取 PDF：文件已损坏或有密码。请重新发送，或发送照片",
            en="the PDF cannot be read: broken, or protected by a password. Send it again, or a photo",
        ) from problem
