"""QR symbols like ours: an address, then a signed payload as digits, in versions 8 to 10, level M and Q."""

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

import numpy as np
import qrcode
from numpy.typing import NDArray
from qrcode.constants import ERROR_CORRECT_M, ERROR_CORRECT_Q

HOST = "cert.agency.example"  # 19 characters, as long as a host of that kind is
LEVELS = {"M": ERROR_CORRECT_M, "Q": ERROR_CORRECT_Q}
KINDS = ((8, "M"), (10, "M"), (8, "Q"), (10, "Q"))
"""Version and level of the symbols that are photographed in turn."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """One symbol and what it says."""

    text: str
    dark: NDArray[np.bool_]  # modules, no quiet zone
    name: str  # '10-M'


def symbol(version: int, level: str, rng: np.random.Generator) -> Symbol:
    """A symbol of that version filled nearly full with a random payload."""
    text = _text(rng, _capacity(version, level))
    code = qrcode.QRCode(error_correction=LEVELS[level], border=0)
    code.add_data(text, optimize=6)
    code.make(fit=True)
    if code.version != version:
        raise AssertionError((code.version, version, level))
    return Symbol(text, np.array(code.modules, dtype=bool), f"{version}-{level}")


def is_ours(text: str) -> bool:
    """The form of our texts, and no more: what a reader may know before it has the key."""
    head = f"https://{HOST}/c/"
    code, mark, digits = text.removeprefix(head).partition("#1")
    return text.startswith(head) and bool(mark) and len(code) == 22 and digits.isdecimal()


def _text(rng: np.random.Generator, payload: int) -> str:
    code = "Y" + "".join(map(str, rng.integers(0, 10, 21)))
    signed = int.from_bytes(b"\x01" + rng.bytes(payload), "big")
    return f"https://{HOST}/c/{code}#1{signed}"


@cache
def _capacity(version: int, level: str) -> int:
    """The most bytes of payload whose symbol is not larger."""
    rng = np.random.default_rng(0)

    def too_large(payload: int) -> bool:
        code = qrcode.QRCode(error_correction=LEVELS[level])
        code.add_data(_text(rng, payload), optimize=6)
        return int(code.best_fit()) > version

    # The number of digits varies by one, hence one byte less than the most that fits.
    return bisect_left(range(1, 260), True, key=too_large) - 1
