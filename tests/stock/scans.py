"""Scans of blank sheets, drawn for the tests: a sheet on the glass, straight or askew."""

from pathlib import Path

import blank_sheet
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


def on_glass(
    path: Path,
    *,
    dpi: float = 120,
    angle: float = 0.0,
    lid: int = 60,
    corner: tuple[float, float] = (9.0, 6.0),
) -> Path:
    """The sheet scanned on a glass of 315 × 230 mm."""
    lying = Scan(path, dpi, *corner, angle)
    scanned = blank_sheet.on_glass(sheet(dpi), lying, (315.0, 230.0), lid, grain=3.0)
    scanned.save(path, dpi=(dpi, dpi))
    return path
