"""The QR codes (二维码) on a drawn page, with their text and place."""

import zxingcpp
from PIL.Image import Image

from certgen.model.box import Box
from verify.design.design import Code

# Micro QR and rMQR carry too little checksum: on a portrait they are now and then found by chance.
_FULL_SIZE = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCodeModel2])


def codes_on(picture: Image, page: int, mm_per_px: float) -> tuple[Code, ...]:
    """Every symbol that decodes without error. Its box is the symbol without the quiet zone."""
    found = zxingcpp.read_barcodes(picture, formats=_FULL_SIZE, text_mode=zxingcpp.TextMode.Plain)
    codes = []
    for code in found:
        place = code.position
        corners = (place.top_left, place.top_right, place.bottom_left, place.bottom_right)
        xs = [corner.x * mm_per_px for corner in corners]
        ys = [corner.y * mm_per_px for corner in corners]
        codes.append(Code(str(code.text), page, Box(min(xs), min(ys), max(xs), max(ys))))
    return tuple(codes)
