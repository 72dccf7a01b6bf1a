"""What the benchmark asks of an engine, and the QR code that the peers share.

`setup(material)` does once what an engine can do once and returns a function that makes one
certificate; the benchmark times the two apart.
"""

from collections.abc import Callable
from pathlib import Path

import zxingcpp

from bench.baseline import Certificate

RenderOne = Callable[[Certificate, Path, Path], None]
"""Takes what the certificate says, the photo's file, and the file to write."""


def qr_svg(text: str) -> str:
    """A QR code (二维码) of level M with its quiet zone, as SVG.

    zxing-cpp draws it in a twentieth of the time that the baseline's `qrcode` needs: the peers are
    to be the best that is ready made, so that nobody can call the comparison unfair to them.
    """
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    return str(code.to_svg())
