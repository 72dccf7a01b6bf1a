"""The text of a picture by OCR: rapidocr, with the models in its wheel. An extra: `pip install certgen[ocr]`.

Read in the red channel: the red seal over agency and date disappears there. What OCR read is a hint, never a proof.
"""

import logging
from functools import cache
from importlib.util import find_spec
from typing import Any

from PIL import Image

from certgen.errors import InputError
from verify.page.lines import Line, PageText

LONG_SIDE = 2400
"""Pixels. A certificate at 200 dpi is 2,339 wide, where every field was read; more only costs time."""

_SURE = 0.5  # scores below are guesses


def installed() -> bool:
    """Whether the extra is there."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def read_page(red: Image.Image) -> PageText:
    """The lines of text in a picture's red channel (or grey), upright.

    Raises `InputError` where the extra is missing.
    """
    if not installed():
        raise InputError(
            zh="没有安装文字识别组件，请运行 pip install certgen[ocr]",
            en="the OCR extra is not installed: pip install certgen[ocr]",
        )
    picture = red.convert("L")
    picture.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    found = _engine()(_array(picture.convert("RGB")))
    if found.boxes is None:
        return PageText((), by_ocr=True)
    width = picture.width
    lines = [
        _line(box, text, float(score), width)
        for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True)
        if score >= _SURE and text.strip()
    ]
    return PageText(tuple(lines), by_ocr=True)


def _line(box: Any, text: str, score: float, width: int) -> Line:  # noqa: ANN401 - an array
    xs, ys = [float(p[0]) / width for p in box], [float(p[1]) / width for p in box]
    return Line(text.strip(), min(xs), min(ys), max(xs), max(ys), score)


def _array(picture: Image.Image) -> Any:  # noqa: ANN401 - rapidocr takes numpy's
    import numpy as np  # noqa: PLC0415 - comes with the extra

    return np.asarray(picture)


@cache
def _engine() -> Any:  # noqa: ANN401 - a library without types
    from rapidocr import RapidOCR  # noqa: PLC0415 - heavy, and an extra

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.use_cls": False,  # upright by then
            "EngineConfig.onnxruntime.intra_op_num_threads": 2,
        }
    )
