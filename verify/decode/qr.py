"""Read QR codes (二维码) out of a picture.

read_qr(PIL.Image.open("photo.jpg"))  # ('https://agency.example/c/Y000…',)
"""

import zxingcpp
from PIL.Image import Image

# Micro QR and rMQR carry too little checksum: on a portrait they are now and then found by chance.
_FULL_SIZE = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCodeModel2])


def read_qr(picture: Image) -> tuple[str, ...]:
    """The texts of all QR codes that decode without error, in the order the decoder found them."""
    plain = zxingcpp.TextMode.Plain  # the default shows control characters as '<NUL>'
    found = zxingcpp.read_barcodes(picture, formats=_FULL_SIZE, text_mode=plain)
    return tuple(str(code.text) for code in found)
