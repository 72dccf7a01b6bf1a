"""Key lists, status lists and packs: read back whole, or refused for the right reason, always in bounded time."""

import time
import zlib
from datetime import UTC, date, datetime, timedelta
from typing import Any

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certgen.errors import SignatureError, TrustListError
from certgen.exchange import key_list, pack, status_list
from certgen.exchange.key_list import KeyStatus
from certgen.exchange.signed_file import Form
from certgen.exchange.status_list import BLOCK, Status
from tests.exchange.lists import (
    AGENCY,
    NEIGHBOUR,
    OTHER_ROOT,
    ROOT,
    SITE,
    a_key,
    a_key_list,
    a_status_list,
    an_agency,
)
from tests.exchange.signing import TestKey, edwards, signed

KEYS_FILE = a_key_list()
STATUS_FILE = a_status_list({0: Status.VOID, 5: Status.SUPERSEDED, 99_999: Status.SUSPENDED})


def forged(form: Form, body: object, signer: TestKey = ROOT) -> bytes:
    return form.line + signed(cbor2.dumps(body), form.domain, signer)


def body_of(data: bytes, form: Form) -> Any:
    return cbor2.loads(cbor2.loads(data[len(form.line) :])[2])


KEYS_BODY, STATUS_BODY = body_of(KEYS_FILE, key_list.FORM), body_of(STATUS_FILE, status_list.FORM)


def with_part(body: list[Any], at: int, value: Any) -> list[Any]:
    return [*body[:at], value, *body[at + 1 :]]


def with_key(at: int, value: Any) -> list[Any]:
    agency = KEYS_BODY[3][0]
    key = with_part(agency[2][0], at, value)
    return with_part(KEYS_BODY, 3, [with_part(agency, 2, [key])])


def with_agency(at: int, value: Any) -> list[Any]:
    return with_part(KEYS_BODY, 3, [with_part(KEYS_BODY[3][0], at, value)])


def read_and_verify(data: bytes) -> None:
    if data.startswith(status_list.FORM.line):
        status_list.verify(status_list.parse(data), AGENCY.spki)
    else:
        key_list.verify(key_list.parse(data), ROOT.spki)


def test_a_key_list_is_read_back_as_it_was_made() -> None:
    retired = a_key(
        edwards(9), status=KeyStatus.RETIRED, since=date(2026, 3, 1), not_before=date(2025, 1, 1)
    )
    agency = an_agency(a_key(), retired)
    listed = key_list.parse(a_key_list(agency, number=12, signer=edwards(10)))
    key_list.verify(listed, edwards(10).spki)
    assert (listed.number, listed.agencies) == (12, (agency,))
    assert listed.expires - listed.issued == timedelta(days=365)
    assert listed.agency_of(f"{SITE}263000001") == agency
    assert listed.agency_of("S000041019996263000001") is None


def test_a_list_of_the_one_key_that_signed_it_introduces_that_key() -> None:
    own = an_agency(a_key(AGENCY))
    assert key_list.parse(a_key_list(own, signer=AGENCY)).introduces() == own.keys[0]
    assert key_list.parse(a_key_list(own)).introduces() is None
    two = an_agency(a_key(AGENCY), a_key(NEIGHBOUR))
    assert key_list.parse(a_key_list(two, signer=AGENCY)).introduces() is None


def test_a_status_list_says_what_each_place_says() -> None:
    listed = status_list.parse(STATUS_FILE)
    status_list.verify(listed, AGENCY.spki)
    found = {index: listed.status(index) for index in (0, 1, 5, 99_998, 99_999, 2 * BLOCK - 1)}
    assert found == {
        0: Status.VOID,
        1: Status.VALID,
        5: Status.SUPERSEDED,
        99_998: Status.VALID,
        99_999: Status.SUSPENDED,
        2 * BLOCK - 1: Status.VALID,
    }
    assert listed.status(2 * BLOCK) is None
    assert listed.covers(f"{SITE}263000001")
    assert not listed.covers("S000041019997263000001")


def test_a_list_does_not_tell_how_many_places_are_taken() -> None:
    lists = {
        status_list.parse(a_status_list(highest=n, signer=edwards(3))).places
        for n in (0, 1, BLOCK - 1)
    }
    assert len(lists) == 1


def test_a_pack_brings_each_list_with_its_bytes() -> None:
    lists = pack.read(pack.make([KEYS_FILE], [STATUS_FILE]))
    assert [data for data, _ in lists.key_lists] == [KEYS_FILE]
    assert [data for data, _ in lists.status_lists] == [STATUS_FILE]
    assert pack.read(KEYS_FILE).key_lists[0][1] == key_list.parse(KEYS_FILE)
    assert pack.read(STATUS_FILE).status_lists[0][1] == status_list.parse(STATUS_FILE)


@pytest.mark.parametrize("key", [OTHER_ROOT, AGENCY, edwards(1)])
def test_another_key_did_not_sign_it(key: TestKey) -> None:
    with pytest.raises(SignatureError):
        key_list.verify(key_list.parse(KEYS_FILE), key.spki)
    if key is not AGENCY:
        with pytest.raises(SignatureError):
            status_list.verify(status_list.parse(STATUS_FILE), key.spki)


def test_a_key_list_signed_as_a_status_list_does_not_verify() -> None:
    data = key_list.FORM.line + signed(cbor2.dumps(KEYS_BODY), status_list.FORM.domain, ROOT)
    with pytest.raises(SignatureError):
        key_list.verify(key_list.parse(data), ROOT.spki)


@pytest.mark.parametrize("data", [KEYS_FILE, STATUS_FILE], ids=["key list", "status list"])
def test_no_changed_bit_of_a_list_verifies(data: bytes) -> None:
    read_and_verify(data)
    for at in range(len(data)):
        changed = bytearray(data)
        changed[at] ^= 1 << at % 8
        with pytest.raises((TrustListError, SignatureError)):
            read_and_verify(bytes(changed))


@pytest.mark.parametrize(
    ("body", "reason"),
    {
        "three parts": (KEYS_BODY[:3], "structure"),
        "number 0": (with_part(KEYS_BODY, 0, 0), "value"),
        "number true": (with_part(KEYS_BODY, 0, True), "value"),
        "a number of 33 bits": (with_part(KEYS_BODY, 0, 1 << 32), "value"),
        "a date beyond every calendar": (with_part(KEYS_BODY, 1, 1 << 62), "value"),
        "expiry before issue": (with_part(KEYS_BODY, 2, KEYS_BODY[1]), "value"),
        "no agency's parts": (with_part(KEYS_BODY, 3, [[]]), "structure"),
        "an agency twice": (with_part(KEYS_BODY, 3, KEYS_BODY[3][:1] * 2), "twice"),
        "no name": (with_agency(0, b""), "text"),
        "a name in UTF-8": (with_agency(0, "青木"), "text"),
        "no prefix": (with_agency(1, []), "prefix"),
        "a prefix of seven characters": (with_agency(1, ["S000041"]), "prefix"),
        "a prefix of a province that is none": (with_agency(1, ["S000099019999"]), "prefix"),
        "a prefix twice": (with_agency(1, [SITE, SITE]), "twice"),
        "bytes for a prefix": (with_agency(1, [SITE.encode()]), "prefix"),
        "a key of four parts": (with_agency(2, [KEYS_BODY[3][0][2][0][:4]]), "structure"),
        "a key twice": (with_agency(2, KEYS_BODY[3][0][2] * 2), "twice"),
        "a digest of 31 bytes": (with_agency(3, [bytes(31)]), "size"),
        "no key at all": (with_key(0, b""), "key"),
        "a key on another curve": (
            with_key(
                0,
                bytes.fromhex(
                    "3056301006072a8648ce3d020106052b8104000a034200"
                    "0479be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"
                    "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8"
                ),
            ),
            "key",
        ),
        "a last day before the first": (with_key(2, 0), "value"),
        "status 3": (with_key(3, 3), "value"),
        "compromised without a day": (with_key(3, 2), "value"),
        "active since a day": (with_key(4, 20000), "value"),
    }.values(),
)
def test_a_malformed_key_list_is_refused(body: object, reason: str) -> None:
    with pytest.raises(TrustListError) as caught:
        key_list.parse(forged(key_list.FORM, body))
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("body", "reason"),
    {
        "five parts": (STATUS_BODY[:5], "structure"),
        "a ttl of nothing": (with_part(STATUS_BODY, 2, 0), "value"),
        "a ttl of ten years": (with_part(STATUS_BODY, 2, 3660 * 86400), "value"),
        "no prefix": (with_part(STATUS_BODY, 3, []), "prefix"),
        "a prefix twice": (with_part(STATUS_BODY, 3, [SITE, SITE]), "twice"),
        "half a block": (with_part(STATUS_BODY, 4, 8192), "size"),
        "five megabytes": (with_part(STATUS_BODY, 4, 5 << 20), "value"),
        "not compressed": (with_part(STATUS_BODY, 5, b"plain"), "compression"),
        "fewer places than said": (
            with_part(STATUS_BODY, 5, zlib.compress(bytes(16384))),
            "compression",
        ),
        "more places than said": (
            with_part(STATUS_BODY, 5, zlib.compress(bytes(65536))),
            "compression",
        ),
        "cut off": (with_part(STATUS_BODY, 5, STATUS_BODY[5][:-4]), "compression"),
        "bytes behind": (with_part(STATUS_BODY, 5, STATUS_BODY[5] + b"\0"), "compression"),
    }.values(),
)
def test_a_malformed_status_list_is_refused(body: object, reason: str) -> None:
    with pytest.raises(TrustListError) as caught:
        status_list.parse(forged(status_list.FORM, body))
    assert caught.value.reason == reason


def test_a_bomb_is_refused_without_unpacking_it() -> None:
    bomb = zlib.compress(bytes(64 << 20), 9)
    data = forged(status_list.FORM, with_part(STATUS_BODY, 5, bomb))
    begun = time.perf_counter()
    with pytest.raises(TrustListError):
        status_list.parse(data)
    assert time.perf_counter() - begun < 0.2


@pytest.mark.parametrize("data", [b"", b"certgen key list 2\n", b"%PDF-1.7", KEYS_FILE[:-1]])
def test_other_files_are_no_lists(data: bytes) -> None:
    for parse in (key_list.parse, status_list.parse, pack.read):
        with pytest.raises(TrustListError):
            parse(data)


def test_a_file_larger_than_any_list_is_refused_unread() -> None:
    with pytest.raises(TrustListError) as caught:
        key_list.parse(key_list.FORM.line + bytes(key_list.FORM.limit))
    assert caught.value.reason == "size"


def test_a_pack_within_a_pack_is_refused() -> None:
    inner = pack.make([KEYS_FILE], [])
    with pytest.raises(TrustListError):
        pack.make([inner], [])


_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 1 << 40)
    | st.text(max_size=8)
    | st.binary(max_size=8),
    lambda inner: st.lists(inner, max_size=6),
    max_leaves=20,
)


@given(_VALUES)
@settings(max_examples=60)
def test_any_signed_body_is_read_or_refused(body: object) -> None:
    for form, parse in ((key_list.FORM, key_list.parse), (status_list.FORM, status_list.parse)):
        with pytest.raises(TrustListError):
            parse(forged(form, body, edwards(5)))
    with pytest.raises(TrustListError):
        pack.read(pack.LINE + cbor2.dumps(body)) if body != [[], []] else pack.read(b"")


def test_dates_are_read_in_utc() -> None:
    issued = datetime(2026, 1, 1, 0, 0, 1, tzinfo=UTC)
    assert key_list.parse(a_key_list(issued=issued)).issued == issued
