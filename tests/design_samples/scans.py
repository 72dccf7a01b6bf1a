"""A design printed and scanned, or exported as a picture."""

from io import BytesIO
from typing import Any

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter


def picture(pdf: bytes, *, dpi: int = 200, page: int = 0) -> Image.Image:
    """A page as it shows."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        shown: Image.Image = document[page].render(scale=dpi / 72).to_pil().convert("RGB")
    finally:
        document.close()
    return shown


def scanned(
    pdf: bytes,
    *,
    form: str = "PNG",
    dpi: int = 200,
    skew_deg: float = 0.0,
    noise: float = 0.0,
    blur: float = 0.0,
    border_mm: float = 0.0,
    ground: int = 60,
    tag: bool = True,
    quality: int = 85,
) -> bytes:
    """The first page as a scanner gives it: turned, noisy, on a `ground` that shows around the sheet."""
    sheet = picture(pdf, dpi=dpi)
    if border_mm:
        edge = round(border_mm / 25.4 * dpi)
        whole = Image.new("RGB", (sheet.width + 2 * edge, sheet.height + 2 * edge), (ground,) * 3)
        whole.paste(sheet, (edge, edge))
        sheet = whole
    if skew_deg:
        fill = (ground,) * 3 if border_mm else (255, 255, 255)
        sheet = sheet.rotate(skew_deg, Image.Resampling.BICUBIC, fillcolor=fill)
    if blur:
        sheet = sheet.filter(ImageFilter.GaussianBlur(blur))
    if noise:
        random = np.random.default_rng(7).normal(0, noise, (sheet.height, sheet.width, 1))
        sheet = Image.fromarray(np.clip(np.asarray(sheet) + random, 0, 255).astype(np.uint8))
    options: dict[str, Any] = {"dpi": (dpi, dpi)} if tag else {}
    if form == "JPEG":
        options["quality"] = quality
    made = BytesIO()
    sheet.save(made, form, **options)
    return made.getvalue()
