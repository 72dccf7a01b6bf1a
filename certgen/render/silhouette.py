"""The portrait of nobody: head and shoulders on white, for the photo of a specimen (样本)."""

import io
from functools import cache

from PIL import Image, ImageDraw

_WIDTH, _HEIGHT = 295, 413  # pixels of one inch (一寸) at 300 dpi
_GREY = (176, 184, 196)
_FINER = 4


@cache
def silhouette() -> tuple[bytes, int, int]:
    """JPEG bytes, width, height in pixels: the same in every run."""
    width, height = _WIDTH * _FINER, _HEIGHT * _FINER
    picture = Image.new("RGB", (width, height), (255, 255, 255))
    draw = ImageDraw.Draw(picture)
    middle = width // 2
    head, neck = round(width * 0.21), round(width * 0.09)
    draw.ellipse(
        (middle - head, round(height * 0.19), middle + head, round(height * 0.58)), fill=_GREY
    )
    draw.rectangle(
        (middle - neck, round(height * 0.5), middle + neck, round(height * 0.72)), fill=_GREY
    )
    shoulder = round(width * 0.42)
    draw.rounded_rectangle(
        (middle - shoulder, round(height * 0.66), middle + shoulder, round(height * 1.4)),
        radius=round(width * 0.24),
        fill=_GREY,
    )
    small = picture.resize((_WIDTH, _HEIGHT), Image.Resampling.LANCZOS)
    made = io.BytesIO()
    small.save(made, "JPEG", quality=92, dpi=(300, 300))
    return made.getvalue(), _WIDTH, _HEIGHT
