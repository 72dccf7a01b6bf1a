"""Scans of blank sheets, drawn for the tests: a sheet on the glass, straight or askew."""

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from certgen.stock.definition import Scan

SHEET = (297.0, 210.0)
MARKS = ((30.0, 25.0), (260.0, 40.0), (150.0, 180.0))
"""Middles of black squares of 4 mm, in millimetres of the sheet."""


def sheet(dpi: float, paper: int = 246, size: tuple[float, float] = SHEET) -> Image.Image:
    """White paper with black marks."""
    drawn = Image.new(
        "RGB", (round(size[0] * dpi / 25.4), round(size[1] * dpi / 25.4)), (paper,) * 3
    )
    pen = ImageDraw.Draw(drawn)
    for x, y in MARKS:
        box = [edge * dpi / 25.4 for edge in (x - 2, y - 2, x + 2, y + 2)]
        pen.rectangle(box, fill=(0, 0, 0))
    return drawn


@cache
def grain(size: tuple[int, int]) -> NDArray[np.float32]:
    """The noise of a scanner."""
    drawn = np.random.default_rng(7).normal(0, 3.0, (size[1], size[0], 1))
    return drawn.astype(np.float32)


def on_glass(
    path: Path,
    *,
    dpi: float = 150,
    angle: float = 0.0,
    lid: int = 60,
    corner: tuple[float, float] = (9.0, 6.0),
    paper: int = 246,
) -> Path:
    """The sheet scanned on a glass of 315 × 230 mm."""
    flat = sheet(dpi, paper)
    glass = Image.new("RGB", (round(315 * dpi / 25.4), round(230 * dpi / 25.4)), (lid,) * 3)
    lying = Scan(path, dpi, *corner, angle)
    start = np.array(lying.pixel((0, 0)))
    pixel = 25.4 / dpi
    forth = np.array(
        [np.array(lying.pixel((pixel, 0))) - start, np.array(lying.pixel((0, pixel))) - start]
    ).T
    back = np.linalg.inv(forth)
    moved = -back @ start
    matrix = (*back[0].tolist(), float(moved[0]), *back[1].tolist(), float(moved[1]))
    laid, there = (
        one.transform(glass.size, Image.Transform.AFFINE, matrix, Image.Resampling.BICUBIC)
        for one in (flat, Image.new("L", flat.size, 255))
    )
    glass.paste(laid, mask=there)
    noisy = np.clip(np.asarray(glass, dtype=np.float32) + grain(glass.size), 0, 255)
    Image.fromarray(noisy.astype(np.uint8)).save(path, dpi=(dpi, dpi))
    return path
