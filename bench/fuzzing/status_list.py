"""Target: a status list, as a file, as a body that is rightly signed, and as compressed places in a good body."""

import zlib
from collections.abc import Iterator

import cbor2

from certgen.errors import SignatureError, TrustListError
from certgen.exchange import pack, status_list
from certgen.exchange.status_list import Status
from tests.exchange.lists import AGENCY, SITE, a_status_list
from tests.exchange.signing import signed

MAX_LEN = 2000

FILE, BODY, PLACES = b"F", b"B", b"P"
_FILES = [
    a_status_list(),
    a_status_list({1: Status.VOID, 70_000: Status.SUSPENDED, 99_999: Status.SUPERSEDED}),
    a_status_list({index: Status(index % 4) for index in range(300)}, prefixes=(SITE,), highest=9),
]


def seeds() -> Iterator[bytes]:
    """Good lists in every way."""
    for file in _FILES:
        body = status_list.parse(file).message.payload
        yield FILE + file
        yield BODY + body
        yield PLACES + cbor2.loads(body)[5]
    yield PLACES + zlib.compress(bytes(1 << 20))
    yield FILE + pack.make([], _FILES)


def run(data: bytes) -> None:
    """One input."""
    way, file = data[:1], data[1:]
    if way == PLACES:
        file = cbor2.dumps([5, 1_700_000_000, 86_400, [SITE], 16_384, file])
    if way in {BODY, PLACES}:
        file = status_list.FORM.line + signed(file, status_list.FORM.domain, AGENCY)
    try:
        lists = pack.read(file)
    except TrustListError as error:
        if not error.reason:
            raise AssertionError(file) from error
        return
    for one, listed in lists.status_lists:
        for index in (0, 1, 65_535, 65_536, 1 << 24):
            listed.status(index)
        try:
            status_list.verify(listed, AGENCY.spki)
        except SignatureError:
            continue
        if way == FILE and one not in _FILES:
            raise AssertionError(one)  # nobody signed this
