"""Target: a key list, as a file and as a body that is rightly signed; a status pack around it."""

from collections.abc import Iterator

from certgen.errors import SignatureError, TrustListError
from certgen.exchange import key_list, pack
from tests.exchange.lists import AGENCY, ROOT, a_key, a_key_list, an_agency
from tests.exchange.signing import edwards, signed

MAX_LEN = 2000

FILE, BODY = b"F", b"B"
_FILES = [
    a_key_list(),
    a_key_list(an_agency(a_key(AGENCY)), signer=AGENCY),
    a_key_list(an_agency(a_key(edwards(3)), name="ZOÉ", pdf_signers=()), number=1),
]


def seeds() -> Iterator[bytes]:
    """Good lists in both ways, and packs."""
    for file in _FILES:
        yield FILE + file
        yield BODY + key_list.parse(file).message.payload
    yield FILE + pack.make(_FILES, [])


def run(data: bytes) -> None:
    """One input."""
    file = data[1:]
    if data[:1] == BODY:
        file = key_list.FORM.line + signed(file, key_list.FORM.domain, ROOT)
    try:
        lists = pack.read(file)
    except TrustListError as error:
        if not error.reason:
            raise AssertionError(file) from error
        return
    for one, listed in lists.key_lists:
        listed.introduces()
        again = key_list.make(listed.number, listed.issued, listed.expires, listed.agencies, ROOT)
        if key_list.parse(again).message.payload != listed.message.payload:
            raise AssertionError(one)  # a second spelling
        try:
            key_list.verify(listed, ROOT.spki)
        except SignatureError:
            continue
        if data[:1] != BODY and one not in _FILES:
            raise AssertionError(one)  # nobody signed this
