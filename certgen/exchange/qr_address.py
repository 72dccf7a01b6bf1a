"""The text of our QR codes (二维码): an address that any phone opens, with signed data behind the `#`.

    https://<host>/c/<22-character code>#1<decimal>

What stands behind `#` never leaves the phone. `1` is the version of the form; the decimal is the number that the bytes
`01` and the message make, so that leading zeros survive and QR's numeric mode holds it at 3.3 bits a digit.
"""

import re
from typing import NamedTuple

from certgen.errors import NotOursError, PayloadError

FORM = "1"
MAX_MESSAGE = 424
"""Bytes. A symbol of version 13 at its weakest correction holds 425 (ISO/IEC 18004 table 7): more was never ours."""

MAX_HOST = 63
"""Characters: so long a host still leaves room in version 13 for the longest texts that a certificate prints."""

_SYMBOL_BITS = 3424  # data bits of version 13 at level L
_BYTE_HEADER, _NUMERIC_HEADER = 20, 16  # mode and count, in versions 10 to 26
_DIGITS_OF_CODE = 21

_MAX_DIGITS = 1024  # 425 bytes make 1,024 decimal digits at most
_MAX_TEXT = len("https:///c/#") + MAX_HOST + 22 + len(FORM) + _MAX_DIGITS
_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})+")
_ADDRESS = re.compile(r"https://([a-z0-9.-]{1,63})/c/([YS][0-9]{21})(?:#(.*))?", re.DOTALL)
_DECIMAL = re.compile(r"[1-9][0-9]*")


class Address(NamedTuple):
    """The three parts of the text."""

    host: str  # whose page opens; says nothing about who signed
    code: str  # of the form of a certificate code, no more
    message: bytes  # not read yet


def write(host: str, code: str, message: bytes) -> str:
    """The text of a QR code."""
    number = int.from_bytes(b"\x01" + message, "big")
    return f"{plain(host, code)}#{FORM}{number}"


def fits(text: str) -> bool:
    """Whether a QR code can carry the text that `write` gave: version 13 at its weakest correction."""
    before, _, decimal = text.partition("#")
    letters = len(before) - _DIGITS_OF_CODE + 1  # the address up to the code's letter, and '#'
    digits = (_DIGITS_OF_CODE, len(decimal))
    bits = 8 * letters + 2 * _BYTE_HEADER + sum(_numeric_bits(count) for count in digits)
    return bits <= _SYMBOL_BITS


def _numeric_bits(count: int) -> int:
    """A segment of digits: ten bits for three, seven for two, four for one (ISO/IEC 18004 7.4.3)."""
    return _NUMERIC_HEADER + count // 3 * 10 + (0, 4, 7)[count % 3]


def plain(host: str, code: str) -> str:
    """The address alone, as the unsigned profile (own-host) prints it."""
    return f"https://{host}/c/{code}"


def read(text: str) -> Address:
    """The parts of `text`, in time and memory that do not grow with it.

    Raises `NotOursError` where it is not of this form, `PayloadError` where it is, and broken.
    """
    if len(text) > _MAX_TEXT:
        raise _not_ours(reason="too-long", zh="文字过长", en=f"{len(text)} characters of text")
    found = _ADDRESS.fullmatch(text)
    if found is None or not _HOST.fullmatch(found[1]):
        raise _not_ours(reason="not-ours", zh="不是本格式的网址", en="not an address of our form")
    host, code, fragment = found.groups()
    if fragment is None:
        raise _not_ours(
            reason="no-payload",
            zh="只有查询网址，没有签名数据",
            en="an address without signed data",
        )
    if not fragment.startswith(FORM):
        raise PayloadError(
            zh="二维码的数据格式版本未知：请更新程序后再验",
            en="the QR code's data are of an unknown version: update this program",
            reason="version",
        )
    return Address(host, code, _message(fragment[len(FORM) :]))


def _message(decimal: str) -> bytes:
    if not _DECIMAL.fullmatch(decimal):
        raise _broken(
            reason="decimal", zh="数据部分不是规范的十进制数字", en="not a plain decimal number"
        )
    if len(decimal) > _MAX_DIGITS:  # before int(): its time grows with the square of the length
        raise _broken(reason="too-long", zh="数字过长", en="the number is too long")
    framed = int(decimal).to_bytes(MAX_MESSAGE + 2, "big").lstrip(b"\0")
    if framed[:1] != b"\x01" or len(framed) > MAX_MESSAGE + 1:
        raise _broken(
            reason="frame", zh="数字的开头不对", en="the number does not begin as ours do"
        )
    return framed[1:]


def _broken(*, reason: str, zh: str, en: str) -> PayloadError:
    return PayloadError(
        zh=f"二维码的签名数据无法读取（{zh}）：请重新拍摄，仍然如此则不是本工具签发的数据",
        en=f"the QR code's signed data cannot be read ({en}): take another picture; if it stays so, it is none of ours",
        reason=reason,
    )


def _not_ours(*, reason: str, zh: str, en: str) -> NotOursError:
    return NotOursError(
        zh=f"二维码不含可离线核验的签名数据（{zh}）",
        en=f"the QR code carries no signed data to check offline ({en})",
        reason=reason,
    )
