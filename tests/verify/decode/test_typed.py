"""Slips at each place of a code, and what is suggested."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certgen.errors import CodeError
from certgen.standards.codes.national import CertificateCode
from verify.decode.typed import LENGTH, MOST, Slip, suggestions

CODE = "S000041000123253000017"
PREFIX = CODE[:13]


@pytest.mark.parametrize(
    ("typed", "slip"),
    [
        pytest.param("Ｓ０００041000123253000017", Slip.FORM, id="full-width"),
        pytest.param("s000041000123253000017", Slip.FORM, id="small letter"),
        pytest.param("S0000-41-000123-25-3-000017", Slip.FORM, id="hyphens"),
        pytest.param("SOOO041OOO123253OOOO17", Slip.LOOK_ALIKE, id="O for 0"),
        pytest.param("S00004I000I23253000017", Slip.LOOK_ALIKE, id="I for 1"),
        pytest.param("S0000410001232S3000017", Slip.LOOK_ALIKE, id="S for 5"),
        pytest.param("5000041000123253000017", Slip.LOOK_ALIKE, id="5 for S"),
    ],
)
def test_a_slip_of_writing_has_one_answer(typed: str, slip: Slip) -> None:
    assert [(one.code, one.slip) for one in suggestions(typed)] == [(CODE, slip)]


@pytest.mark.parametrize(
    ("typed", "slip", "position"),
    [
        ("S000014000123253000017", Slip.SWAPPED, 6),
        ("S000041000132253000017", Slip.SWAPPED, 12),
        ("S000046000123253000017", Slip.WRONG, 7),
        ("Y000041000123253000017", Slip.WRONG, 1),
        ("S00041000123253000017", Slip.MISSING, 2),
        ("000041000123253000017", Slip.MISSING, 1),
        ("S0000414000123253000017", Slip.EXTRA, 8),
    ],
)
def test_one_slip_among_the_first_thirteen_is_told_by_a_known_agency(
    typed: str, slip: Slip, position: int
) -> None:
    first = suggestions(typed, [PREFIX])[0]
    assert (first.code, first.slip, first.known) == (CODE, slip, True)
    if (
        slip is not Slip.MISSING or position == 1
    ):  # of three zeros any may be the one that is missing
        assert first.position == position
    assert CODE in first.said.zh
    assert CODE in first.said.en


@pytest.mark.parametrize("typed", ["S0000410001232530000177", "SS000041000123253000017"])
def test_a_character_typed_twice_is_among_what_may_be_meant(typed: str) -> None:
    assert (CODE, Slip.DOUBLED) in [(one.code, one.slip) for one in suggestions(typed)]


def test_a_code_without_a_slip_needs_no_suggestion() -> None:
    assert suggestions(CODE) == ()
    assert suggestions(CODE, [PREFIX]) == ()


def test_a_year_that_has_not_come_is_not_suggested() -> None:
    found = suggestions("SOOO041OOO123993OOOO17", latest_year=2026)
    assert {CertificateCode.parse(one.code).issue_year for one in found} <= {2019}


@pytest.mark.parametrize("typed", ["", "S", "张三", "11010519491231002X", CODE * 3, "S" * 23])
def test_what_is_no_code_gives_nothing(typed: str) -> None:
    assert suggestions(typed, [PREFIX]) == ()


@given(st.text(max_size=30) | st.text("0123456789YSOI", min_size=20, max_size=24))
def test_any_text_gives_few_lawful_codes(text: str) -> None:
    found = suggestions(text, [PREFIX])
    assert len(found) <= MOST
    for one in found:
        assert len(CertificateCode.parse(one.code).prefix) == 13
        assert one.code != text


@given(
    st.integers(1, LENGTH - 1),
    st.sampled_from("0123456789"),
    st.sampled_from(["wrong", "missing", "extra"]),
)
def test_every_slip_before_the_serial_finds_the_code_when_the_agency_is_known(
    place: int, digit: str, kind: str
) -> None:
    rest = CODE[place + (kind != "extra") :]
    typed = CODE[:place] + ("" if kind == "missing" else digit) + rest
    found = [one.code for one in suggestions(typed, [PREFIX])]
    if place < 13 and typed != CODE:
        assert CODE in found
    try:
        CertificateCode.parse(typed)
    except CodeError:
        assert all(code.startswith(PREFIX) for code in found[:1])
