"""Target: the text of a QR code. As text, as the number of a message, and as claims that are rightly signed."""

from collections.abc import Iterator

from certgen.errors import PayloadError, PayloadSignatureError
from certgen.exchange import payload, qr_address
from tests.exchange import payload_vectors
from tests.exchange.payload_vectors import GOOD
from tests.exchange.signing import CODE, HOST, KEYS, signed

MAX_LEN = 1200

TEXT, MESSAGE, CLAIMS = b"T", b"M", b"C"
_KEYS = [KEYS["es256"].spki, KEYS["eddsa"].spki]
_SIGNED = frozenset(
    payload.parse(payload.sign(HOST, CODE, claims, KEYS[key])).raw
    for key in ("es256", "eddsa")
    for claims in GOOD.values()
)


def seeds() -> Iterator[bytes]:
    """Every vector, good and bad, in each of the three ways."""
    for raw in sorted(_SIGNED):
        yield MESSAGE + raw
        yield TEXT + qr_address.write(HOST, CODE, raw).encode()
        yield CLAIMS + payload.parse(qr_address.write(HOST, CODE, raw)).message.payload
    for _, bad in payload_vectors.bad():
        yield TEXT + bad.text[:MAX_LEN].encode()


def run(data: bytes) -> None:
    """One input."""
    way, rest = data[:1], data[1:]
    if way == CLAIMS:
        text = qr_address.write(HOST, CODE, signed(rest, payload.external(CODE)))
    elif way == MESSAGE:
        text = qr_address.write(HOST, CODE, rest)
    else:
        text = rest.decode("utf-8", "surrogateescape")
    try:
        found = payload.parse(text)
    except PayloadError as error:
        if not error.reason:
            raise AssertionError(text) from error
        return
    if qr_address.write(found.host, found.code, found.raw) != text:
        raise AssertionError(text)  # a second spelling
    for key in _KEYS:
        try:
            payload.verify(found, key)
        except PayloadSignatureError:
            continue
        if way != CLAIMS and found.raw not in _SIGNED:
            raise AssertionError(text)  # nobody signed this
        again = payload.sign(found.host, found.code, found.claims, KEYS["es256"])
        if payload.parse(again).message.payload != found.message.payload:
            raise AssertionError(text)  # a second spelling of the claims
