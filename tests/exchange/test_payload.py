"""The signed payload: read, refused and verified, by vectors that other implementations must pass too."""

import json
import pickle
import time
from datetime import date
from typing import Any

import cbor2
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pycose.headers import KID, Algorithm
from pycose.keys.curves import P256, Ed25519
from pycose.keys.ec2 import EC2Key
from pycose.keys.okp import OKPKey
from pycose.messages.sign1message import Sign1Message

from certgen.errors import NotOursError, PayloadError, PayloadSignatureError
from certgen.exchange import payload, qr_address
from certgen.exchange.payload import Claims
from certgen.standards.identity_types import IdentityType
from tests.exchange import payload_vectors
from tests.exchange.payload_vectors import GOOD, ORDINARY, carried
from tests.exchange.signing import CODE, HOST, KEYS, TestKey

VECTORS: dict[str, Any] = json.loads(payload_vectors.FILE.read_text("ascii"))
TEXT = payload.sign(HOST, CODE, ORDINARY, KEYS["es256"])


def named(vector: dict[str, Any]) -> str:
    return str(vector["name"])


def is_verified(text: str, key: TestKey = KEYS["es256"]) -> bool:
    try:
        payload.verify(payload.parse(text), key.spki)
    except (PayloadError, PayloadSignatureError):
        return False
    return True


def reason_of(text: str) -> str:
    """Why the text is refused; none of the texts it is asked for may be good."""
    with pytest.raises(PayloadError) as caught:
        payload.parse(text)
    return caught.value.reason


def test_the_file_of_vectors_is_what_its_script_writes() -> None:
    assert payload_vectors.FILE.read_text("ascii") == payload_vectors.written()


@pytest.mark.parametrize("vector", VECTORS["valid"], ids=named)
def test_a_good_payload_is_read_and_verified(vector: dict[str, Any]) -> None:
    signed = payload.parse(vector["text"])
    payload.verify(signed, bytes.fromhex(VECTORS["keys"][vector["key"]]["spki"]))
    claims = vector["claims"] | {
        "issue_date": date.fromisoformat(vector["claims"]["issue_date"]),
        "identity_type": IdentityType(vector["claims"]["identity_type"]),
    }
    assert (signed.host, signed.code, signed.claims) == (
        vector["host"],
        vector["code"],
        Claims(**claims),
    )


@pytest.mark.parametrize("vector", VECTORS["invalid"], ids=named)
def test_a_bad_payload_is_refused_for_its_reason(vector: dict[str, Any]) -> None:
    text = vector["text"] + vector["text"][-1:] * vector.get("repeat_last", 0)
    kind = PayloadError if vector["fails"] == "parse" else PayloadSignatureError
    with pytest.raises(kind) as caught:
        payload.verify(payload.parse(text), KEYS[vector["key"]].spki)
    assert caught.value.reason == vector["reason"]


@pytest.mark.parametrize("key", ["es256", "eddsa"])
def test_signing_again_gives_the_same_text(key: str) -> None:
    assert payload.sign(HOST, CODE, ORDINARY, KEYS[key]) == payload.sign(
        HOST, CODE, ORDINARY, KEYS[key]
    )


@pytest.mark.parametrize("key", ["es256", "eddsa"])
def test_no_changed_bit_of_the_message_verifies(key: str) -> None:
    raw = payload.parse(payload.sign(HOST, CODE, ORDINARY, KEYS[key])).raw
    for at in range(len(raw)):
        for bit in range(8):
            changed = bytearray(raw)
            changed[at] ^= 1 << bit
            assert not is_verified(qr_address.write(HOST, CODE, bytes(changed)), KEYS[key])


def test_no_changed_digit_of_the_text_verifies() -> None:
    start = TEXT.index("/c/") + 3
    for at in range(start, len(TEXT)):
        for digit in "0123456789":
            if digit != TEXT[at]:
                assert not is_verified(TEXT[:at] + digit + TEXT[at + 1 :])


def test_no_cut_or_doubled_digit_verifies() -> None:
    start = TEXT.index("#") + 1
    for at in range(start, len(TEXT)):
        assert not is_verified(TEXT[:at])
        assert not is_verified(TEXT[:at] + TEXT[at + 1 :]) or TEXT[at] == TEXT[at + 1]
        assert not is_verified(TEXT[:at] + TEXT[at] + TEXT[at:])


@given(st.text())
@example("https://a.cn/c/" + CODE + "#1" + "9" * 5000)  # beyond Python's own limit for int()
def test_any_text_is_no_payload_and_says_so(text: str) -> None:
    with pytest.raises(PayloadError):
        payload.parse(text)


@given(st.binary(max_size=qr_address.MAX_MESSAGE))
def test_any_message_is_read_or_refused(message: bytes) -> None:
    assert reason_of(qr_address.write(HOST, CODE, message)) not in {"", "not-ours"}


_JUNK = (
    st.none() | st.booleans() | st.integers() | st.text() | st.binary() | st.lists(st.integers())
)
_CLAIM_REASONS = {"identity-type", "last-four", "date", "status-index"}


@given(st.lists(_JUNK, max_size=8) | _JUNK)
def test_any_signed_claims_are_read_or_refused(claims: object) -> None:
    body = cbor2.dumps(claims)[:300]
    assert reason_of(carried(body)) in {"cbor", "claims", "text", *_CLAIM_REASONS}


_TEXTS = st.text(
    st.characters(exclude_categories=["Cc", "Cf", "Cs", "Cn", "Zl", "Zp"]), min_size=1, max_size=12
)


@given(
    st.builds(
        Claims,
        name=_TEXTS,
        identity_type=st.sampled_from(IdentityType),
        last_four=st.text("0123456789AXZ()", min_size=4, max_size=4),
        occupation=_TEXTS,
        job=st.none() | _TEXTS,
        issue_date=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
        status_index=st.integers(0, payload.MAX_INDEX),
    )
)
def test_what_is_signed_is_read_back(claims: Claims) -> None:
    assert payload.parse(payload.sign(HOST, CODE, claims, KEYS["eddsa"])).claims == claims


def test_a_huge_text_is_refused_at_once() -> None:
    huge = f"https://{HOST}/c/{CODE}#1" + "9" * 30_000_000
    begun = time.perf_counter()
    with pytest.raises(PayloadError):
        payload.parse(huge)
    assert time.perf_counter() - begun < 0.1


def test_claims_beyond_any_symbol_are_refused_before_printing() -> None:
    long = "测" * 200
    claims = Claims(long, IdentityType.PASSPORT, "AB12", long, None, date(2026, 1, 1), 1)
    with pytest.raises(PayloadError, match="do not fit") as caught:
        payload.sign(HOST, CODE, claims, KEYS["es256"])
    assert caught.value.reason == "too-long"


def test_an_issue_date_of_another_year_than_the_code_is_refused() -> None:
    claims = Claims("丁一", IdentityType.PASSPORT, "AB12", "车工", None, date(2025, 12, 31), 1)
    with pytest.raises(PayloadError) as caught:
        payload.sign(HOST, CODE, claims, KEYS["es256"])
    assert caught.value.reason == "date"


def test_the_identity_number_never_gets_into_a_payload() -> None:
    claims = Claims(
        "丁一", IdentityType.RESIDENT_CARD, "19000020040301011X", "车工", None, date(2026, 1, 1), 1
    )
    with pytest.raises(PayloadError) as caught:
        payload.sign(HOST, CODE, claims, KEYS["es256"])
    assert caught.value.reason == "last-four"
    assert "1900002004" not in f"{caught.value.said}"


def test_an_error_keeps_its_reason_on_the_way_out_of_a_worker() -> None:
    with pytest.raises(NotOursError) as caught:
        payload.parse("https://example.cn/")
    assert pickle.loads(pickle.dumps(caught.value)).reason == "not-ours"  # noqa: S301


def _pycose_key(key: TestKey, *, private: bool) -> EC2Key | OKPKey:
    if key is KEYS["eddsa"]:
        x = key.private.public_key().public_bytes_raw()  # type: ignore[union-attr]
        d = key.private.private_bytes_raw() if private else b""  # type: ignore[union-attr]
        return OKPKey(crv=Ed25519, x=x, d=d)
    numbers = key.private.private_numbers()  # type: ignore[union-attr]
    x, y = (n.to_bytes(32) for n in (numbers.public_numbers.x, numbers.public_numbers.y))
    return EC2Key(crv=P256, x=x, y=y, d=numbers.private_value.to_bytes(32) if private else b"")


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize("key", ["es256", "eddsa"])
def test_another_cose_library_verifies_what_we_sign(key: str, name: str) -> None:
    raw = payload.parse(payload.sign(HOST, CODE, GOOD[name], KEYS[key])).raw
    message = Sign1Message.from_cose_obj(cbor2.loads(raw), allow_unknown_attributes=False)
    message.external_aad = payload.external(CODE)  # type: ignore[misc]
    message.key = _pycose_key(KEYS[key], private=False)
    assert message.verify_signature()
    message.external_aad = payload.external(CODE[:-1] + "2")  # type: ignore[misc]
    assert not message.verify_signature()


@pytest.mark.parametrize("key", ["es256", "eddsa"])
def test_we_verify_what_another_cose_library_signs(key: str) -> None:
    message = Sign1Message(
        phdr={Algorithm: key.upper(), KID: KEYS[key].key_id},
        payload=payload_vectors.body(),
        external_aad=payload.external(CODE),
        key=_pycose_key(KEYS[key], private=True),
    )
    text = qr_address.write(HOST, CODE, message.encode(tag=False))
    signed = payload.parse(text)
    payload.verify(signed, KEYS[key].spki)
    assert signed.claims == ORDINARY
