"""Text read off pictures by OCR (the extra [ocr]): it adds runs, and never takes back that something is undecided.

Lines of the page, and the rings of round seals unrolled. Characters share their line's box evenly.
"""

from collections.abc import Sequence

from PIL import Image

from certgen.model.box import Box
from verify.design.design import Channel, Graphic, Painted, Run
from verify.design.extract.widths import widths_em
from verify.design.ring import unrolled
from verify.page.ocr import read_page

SIZE_TOLERANCE = 0.2  # of the size, which is guessed from the height of a line
_EM_OF_LINE = 0.84
_LEAST_RING = 15.0  # mm


def ocr_runs(
    picture: Image.Image, px_per_mm: float, page: int, graphics: Sequence[Graphic], first_block: int
) -> list[Run]:
    """What OCR reads on a page and in its seals."""
    mm_a_width = picture.width / px_per_mm
    runs = [
        _line_run(
            line.text,
            Box(*(edge * mm_a_width for edge in (line.left, line.top, line.right, line.bottom))),
            page,
            first_block + number,
            line.score,
        )
        for number, line in enumerate(read_page(picture.getchannel("R")).lines)
    ]
    for graphic in graphics:
        if graphic.near_round and graphic.box.width >= _LEAST_RING:
            runs += _ring(picture, px_per_mm, graphic, first_block + len(runs))
    return runs


def _ring(picture: Image.Image, px_per_mm: float, graphic: Graphic, block: int) -> list[Run]:
    left, top, right, bottom = (round(edge * px_per_mm) for edge in graphic.box)
    strip = unrolled(picture.crop((left, top, right, bottom)))
    lines = sorted(read_page(strip).lines, key=lambda line: line.left)
    text = "".join(line.text for line in lines)
    if not text:
        return []
    score = min(line.score for line in lines)
    return [
        Run(
            text,
            graphic.page,
            Channel.OCR,
            (graphic.box,) * len(text),
            painted=Painted.PAINTED,
            block=block,
            where="seal ring",
            graphic=graphic.index,
            confidence=round(score, 3),
        )
    ]


def _line_run(text: str, box: Box, page: int, block: int, score: float) -> Run:
    size = box.height * _EM_OF_LINE * 72 / 25.4
    return Run(
        text,
        page,
        Channel.OCR,
        _shared(text, box),
        size_pt=round(size, 1),
        size_tolerance_pt=round(size * SIZE_TOLERANCE, 1),
        painted=Painted.PAINTED,
        block=block,
        confidence=round(score, 3),
    )


def _shared(text: str, box: Box) -> tuple[Box, ...]:
    widths = widths_em(text)
    whole = sum(widths) or 1.0
    x = box.x0
    boxes = []
    for width in widths:
        step = box.width * width / whole
        boxes.append(Box(x, box.y0, x + step, box.y1))
        x += step
    return tuple(boxes)
