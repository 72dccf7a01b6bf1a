"""Draws the benchmark's portraits and seals: nobody's face, nobody's seal, of realistic weight.

A portrait (照片) is a head and shoulders on white with the noise of a sensor, 413 x 579 pixels and
about 25 kB as real ones are. A seal (印章) is a ring, a star and the word 样例: nobody can take it
for an agency's.
"""

import math
import random
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from bench.data import PORTRAIT

SEAL = 700  # pixels across
RED = (200, 16, 24)


def draw_portrait(path: Path, rng: random.Random) -> None:
    """Write one JPEG; the generator decides tones and noise."""
    width, height = PORTRAIT
    image = Image.new("RGB", PORTRAIT, "white")
    draw = ImageDraw.Draw(image)
    skin = (rng.randrange(200, 235), rng.randrange(160, 190), rng.randrange(130, 160))
    coat = tuple(rng.randrange(20, 110) for _ in range(3))
    draw.ellipse((30, 400, width - 30, height + 260), fill=coat)
    draw.rectangle((170, 330, 243, 430), fill=skin)
    draw.ellipse((110, 90, 303, 290), fill=(30, 26, 24))
    draw.ellipse((120, 120, 293, 370), fill=skin)
    shade = Image.linear_gradient("L").rotate(90).resize(PORTRAIT).convert("RGB")
    image = Image.blend(image, shade, 0.06)
    noise = Image.frombytes("L", PORTRAIT, rng.randbytes(width * height)).convert("RGB")
    Image.blend(image, noise, 0.04).save(path, quality=82, dpi=(420, 420))


def draw_seal(path: Path, word: str, face: Path) -> None:
    """Write one PNG with an alpha channel: red, of one flat colour, on nothing."""
    size = SEAL * 2  # drawn twice as large and reduced, for smooth edges
    ink = Image.new("L", (size, size), 0)
    draw = ImageDraw.Draw(ink)
    draw.ellipse((8, 8, size - 8, size - 8), outline=255, width=40)
    draw.polygon(_star(size / 2, size * 0.44, size * 0.17), fill=255)
    font = ImageFont.truetype(str(face), size // 12)
    draw.text((size / 2, size * 0.76), f"{word} SAMPLE", fill=255, font=font, anchor="mm")
    ink = ink.resize((SEAL, SEAL), Image.Resampling.LANCZOS)
    seal = Image.new("RGBA", (SEAL, SEAL), (*RED, 0))
    seal.putalpha(ink)
    seal.save(path)


def _star(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    """The ten corners of a five-pointed star."""
    corners = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * 0.382
        angle = math.pi * corner / 5
        corners.append((x + reach * math.sin(angle), y - reach * math.cos(angle)))
    return corners
