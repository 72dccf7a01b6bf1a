"""Read QR codes (二维码) out of a picture: the first decoder, zxing-cpp, as it comes.

read_qr(PIL.Image.open("photo.jpg"))  # ('https://agency.example/c/Y000…',)
"""

from dataclasses import dataclass
from typing import Any

import zxingcpp
from PIL.Image import Image

from verify.decode.reading import Corners

# Micro QR and rMQR carry too little checksum: on a portrait they are now and then found by chance.
_FULL_SIZE = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCodeModel2])


@dataclass(frozen=True, slots=True)
class Symbol:
    """A QR code in a picture: what it says, or None where it was seen and could not be read."""

    text: str | None
    corners: Corners


def read_qr(picture: Image) -> tuple[str, ...]:
    """The texts of all QR codes that decode without error, in the order the decoder found them."""
    return tuple(symbol.text for symbol in see_qr(picture, unread=False) if symbol.text is not None)


def see_qr(picture: Any, *, unread: bool = True) -> tuple[Symbol, ...]:  # noqa: ANN401
    """All QR codes of a picture or array of grey values; with `unread` also those that do not decode."""
    plain = zxingcpp.TextMode.Plain  # the default shows control characters as '<NUL>'
    found = zxingcpp.read_barcodes(
        picture, formats=_FULL_SIZE, text_mode=plain, return_errors=unread
    )
    return tuple(Symbol(_text(code), _corners(code.position)) for code in found)


def drawn_qr(modules: Any) -> str | None:  # noqa: ANN401
    """The text of a symbol that was already taken apart into modules: an upright array of grey values.

    (`is_pure` of zxing-cpp 3.1 would be the call for it; it finds no QR code at all.)
    """
    plain = zxingcpp.TextMode.Plain
    found = zxingcpp.read_barcodes(
        modules,
        formats=_FULL_SIZE,
        text_mode=plain,
        try_rotate=False,
        try_downscale=False,
        try_invert=False,
    )
    return next((str(code.text) for code in found), None)


def _text(code: Any) -> str | None:  # noqa: ANN401 - a library without types
    # A part of a structured append is a piece of a text, no text: nothing of ours is written so.
    return str(code.text) if code.valid else None


def _corners(position: Any) -> Corners:  # noqa: ANN401 - a library without types
    places = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    return tuple((float(place.x), float(place.y)) for place in places)
