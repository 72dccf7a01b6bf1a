"""Strict CBOR: what it accepts is what a general decoder reads, in the one form that it writes."""

import time

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from certgen.exchange import cbor
from certgen.exchange.cbor import CborError, Value

_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**64), 2**64 - 1) | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.integers(0, 30), inner),
    max_leaves=12,
)


@given(_VALUES)
def test_what_is_written_is_read_back(value: Value) -> None:
    try:
        assert cbor.read(cbor.write(value), limit=1 << 20) == value
    except CborError as error:
        assert "nested" in f"{error}"  # noqa: PT017 -- deeper than any of ours


@given(st.binary(max_size=60))
def test_any_bytes_are_one_value_for_both_readers_or_refused(data: bytes) -> None:
    try:
        value = cbor.read(data, limit=60)
    except CborError:
        return
    assert cbor2.loads(data) == value
    assert cbor.write(value) == data


@pytest.mark.parametrize(
    ("data", "why"),
    {
        "nothing": ("", "cut off"),
        "two values": ("0000", "more bytes"),
        "24 in two bytes too many": ("190018", "shortest"),
        "23 in one byte too many": ("1817", "shortest"),
        "255 in four bytes": ("1a000000ff", "shortest"),
        "2^32 - 1 in eight bytes": ("1b00000000ffffffff", "shortest"),
        "bytes of unknown length": ("5f4100ff", "definite"),
        "a float": ("f93c00", "special"),
        "undefined": ("f7", "special"),
        "a date": ("c100", "special"),
        "a big number": ("c249010000000000000000", "special"),
        "a regular expression": ("d8236161", "special"),
        "reserved": ("1c", "definite"),
        "text that is no UTF-8": ("61ff", "UTF-8"),
        "a surrogate": ("63eda080", "UTF-8"),
        "an array longer than the data": ("9b7fffffffffffffff", "cut off"),
        "a map longer than the data": ("bb7fffffffffffffff", "cut off"),
        "keys out of order": ("a202000100", "order"),
        "a key twice": ("a201000100", "twice"),
        "true as a key": ("a1f500", "key"),
        "a list as a key": ("a18000", "key"),
    }.values(),
)
def test_other_forms_are_refused(data: str, why: str) -> None:
    with pytest.raises(CborError, match=why):
        cbor.read(bytes.fromhex(data), limit=99)


def test_deep_nesting_and_long_arrays_end_quickly() -> None:
    begun = time.perf_counter()
    for bomb in (b"\x81" * 5_000_000, b"\x9a\x00\x4c\x00\x00" + b"\x9a" * 5_000_000):
        with pytest.raises(CborError):
            cbor.read(bomb, limit=len(bomb))
    assert time.perf_counter() - begun < 0.5
