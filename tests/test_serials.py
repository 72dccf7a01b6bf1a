"""Serials of pre-printed sheets are text: what stands on the sheet, zeros and letters included."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certgen.errors import InputError
from certgen.model.serials import MOST_SHEETS, Serial, SerialRange, in_ranges


@pytest.mark.parametrize(
    ("text", "prefix", "number", "digits"),
    [
        ("00012001", "", 12001, 8),
        ("豫A0012001", "豫A", 12001, 7),
        ("2026B01", "2026B", 1, 2),
        (" 00000000 ", "", 0, 8),
    ],
)
def test_a_serial_keeps_its_letters_and_noughts(
    text: str, prefix: str, number: int, digits: int
) -> None:
    serial = Serial.parse(text)
    assert (serial.prefix, serial.number, serial.digits) == (prefix, number, digits)
    assert serial.text == text.strip()
    assert Serial.at(serial.pile, number) == serial


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("０００１２００１", "full-width", id="full-width digits"),
        pytest.param("0001²", "no serial", id="superscript"),
        pytest.param("0001٢", "no serial", id="Arabic digit"),
        pytest.param("0001A", "no serial", id="letter behind"),
        pytest.param("", "no serial", id="nothing"),
        pytest.param("S000041000001263000001", "no serial", id="a certificate code"),
        pytest.param("00012001;DROP", "no serial", id="other characters"),
        pytest.param("豫" * 19 + "12", "no serial", id="too long"),
    ],
)
def test_what_is_no_serial_is_refused_with_words(text: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        Serial.parse(text)


def test_an_identity_number_in_the_wrong_place_is_not_repeated() -> None:
    number = "990000190001000012"
    with pytest.raises(InputError) as caught:
        SerialRange.parse(f"{number}-{number}")
    assert number not in caught.value.said.zh + caught.value.said.en


@pytest.mark.parametrize("text", ["00012001-00013000", "00012001~00013000", "00012001 — 00013000"])
def test_a_range_has_both_ends(text: str) -> None:
    serials = SerialRange.parse(text)
    assert serials.count == 1000
    assert [one.text for one in serials][::999] == ["00012001", "00013000"]
    assert serials.text == "00012001-00013000"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("00012001-3000", "write both ends in full"),
        ("豫A001-豫B002", "write both ends in full"),
        ("9999-10000", "write both ends in full"),
        ("00013000-00012001", "behind its end"),
        ("1-2-3", "no range"),
        (f"000000-{MOST_SHEETS:06d}", "at most 200000 at once"),
    ],
)
def test_a_range_that_cannot_be_meant_is_refused(text: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        SerialRange.parse(text)


@given(st.sets(st.integers(0, 99), min_size=1))
def test_serials_are_told_in_ranges_that_hold_each_once(numbers: set[int]) -> None:
    serials = [Serial("豫", number, 2) for number in sorted(numbers)]
    told = in_ranges(serials)
    assert [serial for one in told for serial in one] == serials
    assert all(b.first.number > a.last.number + 1 for a, b in pairwise(told))
