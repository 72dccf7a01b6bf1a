"""Reads a PDF: every character with place, size, face and whether an eye finds it; graphics; what is hidden beside.

Characters, boxes and drawing by pdfium, everything beside the pages by qpdf.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image

from certgen.errors import InputError
from certgen.model.box import Box
from verify.design.design import DesignPage, Format, GraphicKind, Hiding, Painted, Run, Undecided
from verify.design.extract.blocks import runs_of
from verify.design.extract.codes import codes_on
from verify.design.extract.ocr import ocr_runs
from verify.design.extract.parts import BLOCKS_A_PAGE, Head, Parts
from verify.design.extract.pdf_document import Beside, place_annotations, read_beside
from verify.design.extract.pdf_graphics import MOST_GRAPHICS, barriers, read_graphics
from verify.design.extract.pdf_page import PdfPage
from verify.design.extract.pdf_paint import Paint
from verify.design.extract.pdf_text import read_text
from verify.design.extract.raster import Pixels
from verify.design.extract.unread import type_unread, undecided
from verify.design.limits import Limits

_SCAN = 0.3  # of the page that pictures cover where it may be a scan
_LARGEST = 6_000_000  # pixels of a drawn page: larger sheets are drawn at fewer dots an inch
_ROWS_DPI = 100  # at which rows of unread type are looked for


def read_pdf(path: Path, limits: Limits) -> Parts:
    """The parts of the PDF at `path`."""
    beside = read_beside(path)
    if any(reason.reason == "encrypted" for reason in beside.undecided):
        yield Head(Format.PDF, 0, undecided=tuple(beside.undecided))
        return
    with _opened(path) as document:
        count = len(document)
        check_pages(count, limits)
        yield Head(
            Format.PDF,
            count,
            beside.facts.get("Info /Producer", ""),
            tuple(beside.runs),
            tuple(reason for reason in beside.undecided if not reason.page),
            beside.facts,
        )
        for number in range(1, count + 1):
            with _page(document, number) as handle:
                yield _read_page(handle, number, beside, limits)


def picture_of_page(path: Path, number: int, dpi: int, limits: Limits) -> Image.Image:
    """Page `number` (from 1) as it shows."""
    with _opened(path) as document, _page(document, number) as handle:
        page = PdfPage(handle, 1.0, limits)
        return page.draw(fitting_dpi(page.width, page.height, dpi, 4 * _LARGEST))


def check_pages(count: int, limits: Limits) -> None:
    """Raise `InputError` for a file of too many pages, or of none."""
    if not count:
        raise InputError(zh="文件没有页面", en="the file has no page")
    if count > limits.pages:
        raise InputError(
            zh=f"文件有 {count} 页，上限 {limits.pages} 页：请拆分后检查",
            en=f"the file has {count} pages, the limit is {limits.pages}: split it",
        )


def fitting_dpi(width: float, height: float, dpi: int, most: int) -> float:
    """`dpi`, or fewer for a large sheet."""
    pixels = width * height * (dpi / 25.4) ** 2
    return dpi if pixels <= most else dpi * float((most / pixels) ** 0.5)


@contextmanager
def _opened(path: Path) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as problem:
        raise InputError(
            zh="PDF 文件损坏，无法打开：请重新导出",
            en="the PDF is broken and cannot be opened: export it again",
        ) from problem
    try:
        yield document
    finally:
        document.close()


@contextmanager
def _page(document: pypdfium2.PdfDocument, number: int) -> Iterator[pypdfium2.PdfPage]:
    """The page with its comments and form fields made part of it, as they show."""
    try:
        page = document[number - 1]
        if pypdfium2.raw.FPDFPage_GetAnnotCount(page):
            pypdfium2.raw.FPDFPage_Flatten(page, pypdfium2.raw.FLAT_NORMALDISPLAY)
            page.close()
            page = document[number - 1]
    except pypdfium2.PdfiumError as problem:
        raise InputError(
            zh=f"PDF 第 {number} 页损坏，无法读取：请重新导出",
            en=f"page {number} of the PDF is broken: export it again",
        ) from problem
    try:
        yield page
    finally:
        page.close()


def _read_page(
    handle: pypdfium2.PdfPage, number: int, beside: Beside, limits: Limits
) -> DesignPage:
    page = PdfPage(handle, beside.units.get(number, 1.0), limits)
    text = read_text(page, limits)
    dpi = fitting_dpi(page.width, page.height, limits.dpi, _LARGEST)
    paint = Paint(page, dpi)
    glyphs = paint.judge(text, layers_off=beside.layers_off)
    graphics, all_of_them = read_graphics(page, paint.bare, number, limits)
    codes = codes_on(Image.fromarray(paint.whole), number, 25.4 / dpi)
    first_block = number * BLOCKS_A_PAGE
    runs = runs_of(glyphs, number, barriers=barriers(graphics), first_block=first_block)
    notes = [reason for reason in beside.undecided if reason.page == number]
    if text.unmapped:
        box = text.unmapped[0]
        for other in text.unmapped[1:]:
            box = box.union(other)
        notes.append(undecided("unmapped-text", number, box, count=len(text.unmapped)))
    if not all_of_them:
        notes.append(undecided("too-many-graphics", number, count=MOST_GRAPHICS))
    if paint.gave_up:
        notes.append(undecided("overlapping-text", number))
    images = [graphic.box for graphic in graphics if graphic.kind is GraphicKind.IMAGE]
    notes += _scan(runs, images, page.box, number)
    if any(not graphic.straight for graphic in graphics) or notes:
        px_per_mm = _ROWS_DPI / 25.4
        notes += type_unread(
            _scaled(paint.bare, page.width, px_per_mm), px_per_mm, graphics, codes, number
        )
    if limits.ocr and notes:
        runs += ocr_runs(*paint.bare_picture(), number, graphics, first_block + BLOCKS_A_PAGE // 4)
    comments = place_annotations(beside, number, page.to_mm, first_block + BLOCKS_A_PAGE // 2)
    return DesignPage(
        number,
        page.width,
        page.height,
        trim=page.trim,
        runs=(*runs, *comments),
        graphics=tuple(graphics),
        codes=codes,
        undecided=tuple(notes),
    )


def _scan(runs: list[Run], images: list[Box], page: Box, number: int) -> Iterator[Undecided]:
    """Whether the page is a picture, perhaps with an invisible text laid over it by an OCR program."""
    covered = sum(box.overlap(page) for box in images) / (page.width * page.height)
    seen = sum(len(run.text) for run in runs if run.painted is Painted.PAINTED)
    if covered < _SCAN or seen > 8:
        return
    yield undecided("image-only", number)
    under = sum(len(run.text) for run in runs if Hiding.INVISIBLE_MODE in run.hiding)
    if under > 20:
        yield undecided("scan-text-layer", number)


def _scaled(pixels: Pixels, width: float, px_per_mm: float) -> Pixels:
    scale = width * px_per_mm / pixels.shape[1]
    size = max(round(pixels.shape[1] * scale), 1), max(round(pixels.shape[0] * scale), 1)
    return np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.BOX))
