"""What the text of a QR code is: signed content of ours, an address with a code, a bare code, or something else.

>>> understand("https://agency.example/c/Y000041000001263000001").kind.name
'ADDRESS'
"""

import re
from dataclasses import dataclass
from enum import IntEnum

from certgen.errors import PayloadError, Said
from certgen.exchange import payload
from certgen.exchange.payload import SignedPayload
from certgen.standards.codes.identify import DocumentKind, identify
from verify.checks.addresses import hosts_in, official


class QrKind(IntEnum):
    """The kinds, the most useful last."""

    OTHER = 0
    OFFICIAL = 1  # an official query address: says nothing about this certificate
    CODE = 2  # the certificate code alone
    ADDRESS = 3  # an address with the code in it: no offline proof
    BROKEN = 4  # signed content of ours that does not read: nothing else may hide that
    SIGNED = 5


@dataclass(frozen=True, slots=True)
class QrText:
    """One text, understood as far as it goes. Nothing is believed yet."""

    text: str
    kind: QrKind
    code: str = ""
    host: str = ""
    signed: SignedPayload | None = None
    trouble: Said | None = None


_CODE = re.compile(r"(?<![0-9A-Za-z])[YS][0-9]{21}(?![0-9A-Za-z])")
_FOREIGN = frozenset({"not-ours", "no-payload", "too-long"})
_MAX_TEXT = 8192  # characters; a QR code holds 7,089


def understand(text: str) -> QrText:
    """What `text` is. Never raises, in time bounded by the text."""
    text = text[:_MAX_TEXT]
    try:
        signed = payload.parse(text)
    except PayloadError as problem:
        return _unsigned(text, problem)
    return QrText(text, QrKind.SIGNED, signed.code, signed.host, signed)


def known(text: str) -> bool:
    """Whether the search for a certificate's QR code may end with this text."""
    return understand(text).kind is not QrKind.OTHER


def best(texts: tuple[str, ...]) -> QrText | None:
    """The most useful of several; of two alike the first."""
    return max(map(understand, texts), key=lambda one: one.kind, default=None)


def _unsigned(text: str, problem: PayloadError) -> QrText:
    found = _CODE.search(text)
    code = found.group() if found else ""
    hosts = hosts_in(text) if "://" in text else ()
    host = hosts[0] if hosts else ""
    if problem.reason not in _FOREIGN:
        return QrText(text, QrKind.BROKEN, code, host, trouble=problem.said)
    if host and code:
        return QrText(text, QrKind.ADDRESS, code, host)
    if host:
        kind = QrKind.OFFICIAL if official(host) else QrKind.OTHER
        return QrText(text, kind, host=host)
    if identify(text).kind is DocumentKind.CERTIFICATE:
        return QrText(text, QrKind.CODE, "".join(text.split()))
    return QrText(text, QrKind.OTHER)
