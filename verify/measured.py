"""Where things stand in a finished PDF, measured by pdfium, which has no part in writing our files.

    front, *others = measure(path.read_bytes())
    front.width, front.texts[0].size_pt

Sizes are true ones: type size times matrix. Places count from the corner of the trim box, where there is one.
"""

import ctypes
import math
from collections.abc import Iterator
from typing import Any

import pypdfium2
from pypdfium2 import raw

from certgen.errors import InputError
from certgen.model.box import Box
from certgen.model.measured import MeasuredPage, MeasuredText
from verify.pdf_page import open_pages

MM = 25.4 / 72
MOST_OBJECTS = 50_000
"""Of a page: a file of our own has a few hundred."""


def measure(pdf: bytes) -> tuple[MeasuredPage, ...]:
    """Every page of `pdf`. Raises `InputError` for what is no PDF or is none of ours by its sheer size."""
    try:
        with open_pages(pdf) as document:
            return tuple(_page(document[number]) for number in range(len(document)))
    except pypdfium2.PdfiumError as error:
        raise InputError(
            zh="文件不是可读的 PDF，无法量取", en="the file cannot be read as PDF and measured"
        ) from error


def _page(page: pypdfium2.PdfPage) -> MeasuredPage:
    left, bottom, right, top = page.get_trimbox()
    texts: list[MeasuredText] = []
    boxes: dict[int, list[Box]] = {raw.FPDF_PAGEOBJ_IMAGE: [], raw.FPDF_PAGEOBJ_PATH: []}
    textpage = page.get_textpage()
    try:
        for item in _objects(page, textpage):
            if item.type == raw.FPDF_PAGEOBJ_TEXT:
                texts.append(_text(item, left, top))
            elif item.type in boxes:
                x0, y0, x1, y1 = item.get_bounds()
                box = Box((x0 - left) * MM, (top - y1) * MM, (x1 - left) * MM, (top - y0) * MM)
                boxes[item.type].append(box)
    finally:
        textpage.close()
        page.close()
    return MeasuredPage(
        (right - left) * MM,
        (top - bottom) * MM,
        tuple(texts),
        tuple(boxes[raw.FPDF_PAGEOBJ_IMAGE]),
        tuple(boxes[raw.FPDF_PAGEOBJ_PATH]),
    )


def _objects(page: pypdfium2.PdfPage, textpage: Any) -> Iterator[Any]:  # noqa: ANN401 (pdfium's own)
    for number, item in enumerate(page.get_objects(max_depth=2, textpage=textpage)):
        if number > MOST_OBJECTS:
            raise InputError(
                zh=f"一页中的对象超过 {MOST_OBJECTS} 个，无法量取",
                en=f"a page holds more than {MOST_OBJECTS} objects and is not measured",
            )
        yield item


def _text(item: Any, left: float, top: float) -> MeasuredText:  # noqa: ANN401 (pdfium's own)
    matrix = item.get_matrix()
    x0, _, x1, _ = item.get_bounds()
    return MeasuredText(
        item.extract(),
        (matrix.e - left) * MM,
        (top - matrix.f) * MM,
        (x1 - x0) * MM,
        _size(item) * math.hypot(matrix.c, matrix.d),
        _face(item.get_font().get_base_name()),
        math.degrees(math.atan2(matrix.b, matrix.a)),
        raw.FPDFTextObj_GetTextRenderMode(item) == raw.FPDF_TEXTRENDERMODE_FILL_STROKE,
    )


def _size(item: Any) -> float:  # noqa: ANN401 (pdfium's own)
    """`PdfTextObj.get_font_size` came late into pypdfium2; the function behind it was always there."""
    found = ctypes.c_float()
    raw.FPDFTextObj_GetFontSize(item, found)
    return found.value


def _face(name: str) -> str:
    """Without 'ABCDEF+', the prefix of a subset (ISO 32000-1 9.6.4)."""
    prefix, plus, rest = name.partition("+")
    return rest if plus and len(prefix) == 6 and prefix.isupper() else name
