"""Pictures of a design's pages, drawn when a report asks for them.

    whole = page_picture(design, 1, dpi=100)
    crop = crop_of(design, 1, finding_box, dpi=150)

Drawn in a process of its own, as everything that opens what somebody sent.
"""

import tempfile
from functools import lru_cache
from pathlib import Path

from PIL import Image

from certgen.errors import InputError
from certgen.model.box import Box
from verify.bounded import Overrun, call
from verify.design.design import Design, Format
from verify.design.limits import DEFAULT, Limits


def page_picture(design: Design, number: int, *, dpi: int = 100) -> Image.Image | None:
    """Page `number` (from 1) as it shows, in RGB; None for a format that this machine cannot draw."""
    if design.rendition is not None:
        return _of_bytes(design.rendition, number, dpi)
    if design.source.format not in {Format.PDF, Format.PICTURE}:
        return None
    return _of_file(design.source.path, design.source.format, number, dpi)


def crop_of(
    design: Design, number: int, box: Box, *, dpi: int = 150, margin: float = 2.0
) -> Image.Image | None:
    """What shows in `box` and a margin around it."""
    whole = page_picture(design, number, dpi=dpi)
    if whole is None:
        return None
    page = design.pages[number - 1]
    scale = whole.width / page.width
    around = box.grown(margin)
    left, top = max(round(around.x0 * scale), 0), max(round(around.y0 * scale), 0)
    right = min(max(round(around.x1 * scale), left + 1), whole.width)
    bottom = min(max(round(around.y1 * scale), top + 1), whole.height)
    if left >= right or top >= bottom:
        return None
    return whole.crop((left, top, right, bottom))


def _of_bytes(pdf: bytes, number: int, dpi: int) -> Image.Image:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        return _drawn(Path(file.name), Format.PDF, number, dpi)


@lru_cache(maxsize=4)
def _of_file(path: str, kind: Format, number: int, dpi: int) -> Image.Image:
    return _drawn(Path(path), kind, number, dpi)


def _drawn(path: Path, kind: Format, number: int, dpi: int) -> Image.Image:
    try:
        return call(draw, path, kind, number, dpi, DEFAULT, seconds=30, memory=DEFAULT.memory_bytes)
    except Overrun as problem:
        raise InputError(
            zh=f"无法画出第 {number} 页：{problem.said.zh}",
            en=f"page {number} cannot be drawn: {problem.said.en}",
        ) from problem


def draw(path: Path, kind: Format, number: int, dpi: int, limits: Limits) -> Image.Image:
    """The page, drawn in this process."""
    if kind is Format.PDF:
        from verify.design.extract.pdf import picture_of_page  # noqa: PLC0415 - pdfium only here

        return picture_of_page(path, number, dpi, limits)
    from verify.design.extract.picture import upright_page  # noqa: PLC0415 - only for pictures

    return upright_page(path, number, dpi, limits)
