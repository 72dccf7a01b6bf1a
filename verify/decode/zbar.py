"""The second decoder, zbar, through pyzbar and behind a guard.

pyzbar 0.1.9 raises on real pictures (structured append: `4294967295 is not a valid ZBarOrientation`)
and zbar takes short UTF-8 for Latin-1, so that only ASCII comes back as it was written. On Linux its
library is a package of the system (libzbar0) that may be missing: then the stage is left out.
"""

from functools import cache
from importlib import import_module
from typing import Any

from PIL.Image import Image

from certgen.errors import Said
from verify.decode.qr import Symbol

MISSING = Said(
    zh="未安装 zbar 库，第二个解码器没有参与（Debian/Ubuntu：apt-get install libzbar0）",
    en="the zbar library is not installed, so the second decoder took no part "
    "(Debian/Ubuntu: apt-get install libzbar0)",
)


def is_there() -> bool:
    """Whether this machine has the library."""
    return _pyzbar() is not None


def read_zbar(picture: Image) -> tuple[Symbol, ...]:
    """The QR codes of a grey picture that zbar reads and that are ASCII; () where it fails in any way."""
    pyzbar = _pyzbar()
    if pyzbar is None:
        return ()
    try:
        decoded = pyzbar.decode(picture, symbols=[pyzbar.ZBarSymbol.QRCODE])
    except Exception:  # noqa: BLE001 - whatever it trips over, another decoder may still read
        return ()
    return tuple(
        Symbol(code.data.decode("ascii"), tuple((float(x), float(y)) for x, y in code.polygon))
        for code in decoded
        if code.data.isascii()
    )


@cache
def _pyzbar() -> Any:  # noqa: ANN401 - a library without types
    try:
        return import_module("pyzbar.pyzbar")
    except (ImportError, OSError):
        return None
