"""The picture that a report shows a person: small, upright, in colour, without a camera's notes."""

import io

import pypdfium2
from PIL import Image, ImageOps

SIDE = 1500
"""Pixels of the longer side."""


def of_picture(source: Image.Image, turn: int = 0) -> bytes:
    """JPEG of an opened picture, `turn` quarter turns anticlockwise after its own orientation is applied.

    The caller has checked its size.
    """
    source.draft("RGB", (SIDE, SIDE))
    upright = ImageOps.exif_transpose(source)
    upright.thumbnail((SIDE, SIDE), Image.Resampling.BILINEAR)
    layered = upright.convert("RGBA")
    ground = Image.new("RGBA", layered.size, "white")
    ground.alpha_composite(layered)
    return _jpeg(turned(ground.convert("RGB"), turn))


def of_page(document: pypdfium2.PdfDocument, number: int) -> bytes:
    """JPEG of page `number` (from 0)."""
    page = document[number]
    try:
        scale = SIDE / max(*page.get_size(), 1.0)
        picture: Image.Image = page.render(scale=scale).to_pil()
    finally:
        page.close()
    return _jpeg(picture.convert("RGB"))


def turned(image: Image.Image, turn: int) -> Image.Image:
    """By quarter turns anticlockwise."""
    return image.rotate(90 * turn, expand=True) if turn else image


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()
