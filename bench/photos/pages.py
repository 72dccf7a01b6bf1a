"""A whole certificate in the frame: the A4 page as the press made it, on a table, in a 4:3 photograph.

The page fills 93 % of the frame's width. Blur is in pixels, as a telephone's is; three levels of difficulty.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image

from bench.photos import optics
from bench.photos.closeup import looking, warped
from bench.photos.symbols import Symbol
from certgen.layouts.national_2021 import QR

WIDTH_MM = 297.0
QUIET = 4  # modules, inside the 30 mm
FILL = 0.93
TABLE = 0.12  # of the page's width, on every side
MEGAPIXELS = (1, 2, 3, 5, 8)


@dataclass(frozen=True, slots=True)
class Level:
    """How hard it is. Lengths in pixels, angles in degrees."""

    tilt: float
    defocus: tuple[float, float]  # diameter of the disk
    motion: tuple[float, float]
    electrons: float
    level: float
    uneven: float
    glare: float
    jpeg: int


LEVELS = {
    "easy": Level(5, (0.5, 1.2), (0, 0), 3000, 0.75, 0.2, 0.0, 88),
    "mid": Level(15, (1.8, 2.6), (0.8, 1.6), 1000, 0.65, 0.4, 0.0, 70),
    "hard": Level(28, (2.6, 3.6), (1.6, 2.6), 250, 0.35, 0.7, 0.8, 45),
}


@dataclass(frozen=True, slots=True)
class Shot:
    """A photograph and how many pixels of it one module has where the code lies."""

    data: bytes
    px: float


def photograph(
    pdf: Path, symbol: Symbol, megapixels: float, level: Level, rng: np.random.Generator
) -> Shot:
    """One JPEG of the first page of `pdf` with `symbol` in the place of its QR code."""
    width = round((megapixels * 1e6 * 4 / 3) ** 0.5)
    factor = 2 if megapixels <= 3 else 1
    size = (width * factor, width * 3 // 4 * factor)
    per_mm = FILL * size[0] / WIDTH_MM
    art = _on_table(_sheet(pdf, symbol, per_mm), rng)
    tilt = np.radians(rng.uniform(0.6, 1) * level.tilt)
    place = looking(
        tilt,
        rng.uniform(0, 2 * np.pi),
        np.radians(rng.uniform(-5, 5)),
        rng.uniform(1.3, 2.2) * art.shape[1],
    )
    middle = np.array([[1, 0, -size[0] / 2], [0, 1, -size[1] / 2], [0, 0, 1]])
    back = np.array([[1, 0, art.shape[1] / 2], [0, 1, art.shape[0] / 2], [0, 0, 1]])
    light = warped(art, back @ np.linalg.inv(place) @ middle, size)
    light = optics.blurred(light, optics.disk(rng.uniform(*level.defocus) * factor, rng))
    if level.motion[1]:
        light = optics.blurred(light, optics.streak(rng.uniform(*level.motion) * factor, rng))
    light = optics.lit(optics.binned(light, factor), level.uneven, rng)
    if level.glare:
        spot = (rng.uniform(-0.7, 0.9), rng.uniform(-0.9, 0.7))
        light = optics.glared(
            light, rng.uniform(0.5, 1.2) * level.glare, rng.uniform(0.1, 0.3), spot
        )
    light = optics.exposed(light, level.electrons, level.level, rng)
    sharpen = float(rng.choice([0.0, 0.4, 0.8]))
    picture = optics.developed(
        light, rng, smooth=0.5 if level.electrons < 500 else 0.0, sharpen=sharpen
    )
    px = per_mm / factor * QR.size / (symbol.dark.shape[0] + 2 * QUIET)
    return Shot(optics.squeezed(picture, level.jpeg), px)


def _on_table(sheet: optics.Light, rng: np.random.Generator) -> optics.Light:
    """The page on wood, cloth or metal: a colour, and a grain that runs one way."""
    rim = round(TABLE * sheet.shape[1])
    size = (sheet.shape[0] + 2 * rim, sheet.shape[1] + 2 * rim)
    colour = rng.uniform(0.02, 0.5, 3).astype(np.float32)
    coarse = rng.uniform(0.6, 1.3, (size[0] // 3 + 1, size[1] // 60 + 1)).astype(np.float32)
    grain = np.asarray(Image.fromarray(coarse).resize(size[::-1], Image.Resampling.BICUBIC))
    table = grain[..., None] * colour
    table[rim:-rim, rim:-rim] = sheet
    return table


def _sheet(pdf: Path, symbol: Symbol, per_mm: float) -> optics.Light:
    """The page in linear light, at so many pixels a millimetre."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0].render(scale=per_mm * 25.4 / 72).to_pil().convert("RGB")
    finally:
        document.close()
    grid = np.pad(~symbol.dark, QUIET, constant_values=True)
    fine = Image.fromarray(np.kron(grid, np.ones((8, 8))).astype(np.uint8) * 255)
    left, top, side = (QR.x * per_mm, QR.y * per_mm, QR.size * per_mm)
    box = (round(left), round(top), round(left + side), round(top + side))
    page.paste(fine.resize((box[2] - box[0], box[3] - box[1]), Image.Resampling.BOX), box[:2])
    return np.asarray((np.asarray(page, dtype=np.float32) / 255) ** optics.GAMMA, dtype=np.float32)
