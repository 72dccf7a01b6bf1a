from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certgen.standards.identity import (
    Sex,
    birth_date,
    check_digit,
    guess_type,
    mask,
    problems,
    sex,
    tidy,
)
from certgen.standards.identity_types import IdentityType

RESIDENT = IdentityType.RESIDENT_CARD
HMT = IdentityType.HMT_RESIDENCE_PERMIT
PERMANENT = IdentityType.PERMANENT_RESIDENCE_CARD
HK = IdentityType.HONG_KONG_MACAO_PERMIT
TAIWAN = IdentityType.TAIWAN_PERMIT
PASSPORT = IdentityType.PASSPORT

TODAY = date(2026, 1, 5)
SPECIMENS = [
    # GB 11643-1999, annex
    (RESIDENT, "11010519491231002X"),
    (RESIDENT, "440524188001010014"),
    # 国办发〔2018〕81号 第三条: specimens of residence permits
    (HMT, "810000199408230021"),
    (HMT, "830000199201300022"),
    # specimens of the card of 2023
    (PERMANENT, "932682198501010017"),
    (PERMANENT, "911124198108030024"),
    (PERMANENT, "931586198001010028"),
]
OTHERS = [
    (PERMANENT, "USA110000000001"),
    (HK, "H12345678"),
    (HK, "M1234567801"),
    (TAIWAN, "12345678"),
    (TAIWAN, "1234567801"),
    (TAIWAN, "1234567801(B)"),
    (PASSPORT, "E12345678"),
    (PASSPORT, "EA1234567"),
    (PASSPORT, "C01X00T47"),
]


def codes(kind: IdentityType, number: str, on: date = TODAY) -> list[tuple[str, bool]]:
    return [(problem.code, problem.certain) for problem in problems(kind, number, on=on)]


def numbered(first_seventeen: str) -> str:
    return first_seventeen + check_digit(first_seventeen)


@pytest.mark.parametrize(("kind", "number"), [*SPECIMENS, *OTHERS])
def test_published_specimens_and_usual_forms_have_no_problem(
    kind: IdentityType, number: str
) -> None:
    assert codes(kind, number) == []


@pytest.mark.parametrize(("kind", "number"), SPECIMENS)
def test_the_check_digit_of_a_specimen_is_its_last_character(
    kind: IdentityType, number: str
) -> None:
    assert check_digit(number[:17]) == number[17]
    assert guess_type(number) is kind


@pytest.mark.parametrize(
    ("kind", "number", "found"),
    [
        (RESIDENT, "110105194912310021", [("identity/check-digit", True)]),
        (RESIDENT, "110105491231002", [("identity/old-number", True)]),
        (RESIDENT, "1101051949123100", [("identity/shape", True)]),
        (RESIDENT, "11010519491231002x", [("identity/shape", True)]),
        (RESIDENT, "1101051949123100２X", [("identity/shape", True)]),
        (RESIDENT, "1101051949123100²X", [("identity/shape", True)]),
        (RESIDENT, "", [("identity/shape", True)]),
        (RESIDENT, "11010519491231002X\n", [("identity/shape", True)]),
        (RESIDENT, numbered("11010519490230002"), [("identity/birth-date", True)]),
        (RESIDENT, numbered("11010500000101002"), [("identity/birth-date", True)]),
        (RESIDENT, numbered("11010517991231002"), [("identity/birth-date", True)]),
        (RESIDENT, numbered("11010520260106002"), [("identity/birth-date", True)]),
        (RESIDENT, numbered("11010520260105002"), []),
        (RESIDENT, "810000199408230021", [("identity/other-type", False)]),
        (RESIDENT, "932682198501010017", [("identity/other-type", False)]),
        (RESIDENT, numbered("99000019900101002"), []),  # no place, and no permanent card either
        (RESIDENT, "E12345678", [("identity/shape", True)]),
        (HMT, "11010519491231002X", [("identity/shape", True)]),
        (PERMANENT, "810000199408230021", [("identity/shape", True)]),
        (HK, "H1234567", [("identity/unusual-shape", False)]),
        (HK, "h12345678", [("identity/shape", True)]),
        (TAIWAN, "1234567", [("identity/shape", True)]),
        (PASSPORT, "E123", [("identity/shape", True)]),
        (PASSPORT, "E1234567８", [("identity/shape", True)]),
        (PASSPORT, "11010519491231002X", [("identity/other-type", False)]),
        (PASSPORT, "12345678", []),
    ],
)
def test_a_wrong_number_has_its_problem(
    kind: IdentityType, number: str, found: list[tuple[str, bool]]
) -> None:
    assert codes(kind, number) == found


def test_a_genuine_number_that_ends_in_000_is_only_doubtful() -> None:
    genuine = next(
        number
        for day in range(1, 29)
        if (number := numbered(f"110105199001{day:02}100")).endswith("000")
    )
    assert codes(RESIDENT, genuine) == [("identity/rounded", False)]


def test_a_number_rounded_by_excel_says_both_that_it_fails_and_why() -> None:
    assert codes(RESIDENT, "110105194912310000") == [
        ("identity/check-digit", True),
        ("identity/rounded", False),
    ]


@pytest.mark.parametrize(("kind", "number"), [*SPECIMENS, *OTHERS, (RESIDENT, "110105491231002")])
@pytest.mark.parametrize("stated", IdentityType)
def test_no_problem_repeats_the_number(
    kind: IdentityType, number: str, stated: IdentityType
) -> None:
    del kind
    for problem in problems(stated, number[:-1] + "0", on=TODAY):
        assert number[:-1] not in problem.said.zh + problem.said.en


def test_a_misplaced_number_is_named_for_what_it_looks_like() -> None:
    (problem,) = problems(TAIWAN, "H12345678", on=TODAY)
    assert problem.said.zh == (
        "台湾居民来往大陆通行证号码应为8 位数字（旧版 10 位），现为 9 位；"
        "看起来是港澳居民来往内地通行证，请核对证件类型"
    )


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("110105491231002", RESIDENT),
        ("USA110000000001", PERMANENT),
        ("H12345678", HK),
        ("12345678", TAIWAN),
        ("E12345678", PASSPORT),
        ("EA1234567", PASSPORT),
        ("C01X00T47", None),
        ("", None),
        ("１２３４５６７８", None),
    ],
)
def test_a_type_is_guessed_from_the_shape_or_not_at_all(
    number: str, kind: IdentityType | None
) -> None:
    assert guess_type(number) is kind


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" 110105 19491231 002x ", "11010519491231002X"),
        ("'11010519491231002X", "11010519491231002X"),
        ("\u2018H12345678\u2019", "H12345678"),
        ("\ufeff1101\u00a005\u200b\u3000", "110105"),
        ("１２３４５６７８０１（Ｂ）", "1234567801(B)"),
        ("²", "²"),
    ],
)
def test_tidying_drops_what_typing_adds(typed: str, kept: str) -> None:
    assert tidy(typed) == kept


def test_birth_date_and_sex_are_read_from_a_resident_number() -> None:
    assert birth_date(RESIDENT, "11010519491231002X") == date(1949, 12, 31)
    assert sex(RESIDENT, "440524188001010014") is Sex.MALE
    assert sex(RESIDENT, "11010519491231002X") is Sex.FEMALE
    assert sex(HMT, "830000199201300022") is Sex.FEMALE
    assert birth_date(PERMANENT, "932682198501010017") == date(1985, 1, 1)


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (RESIDENT, "110105194902300021"),
        (RESIDENT, "110105491231002"),
        (PERMANENT, "USA110000000001"),
        (PASSPORT, "11010519491231002X"),
    ],
)
def test_no_birth_date_is_invented(kind: IdentityType, number: str) -> None:
    assert birth_date(kind, number) is None


@pytest.mark.parametrize(
    ("kind", "number"),
    [(PERMANENT, "932682198501010017"), (RESIDENT, "1101051949"), (PASSPORT, "E12345678")],
)
def test_no_sex_is_invented(kind: IdentityType, number: str) -> None:
    assert sex(kind, number) is None


def test_the_mask_for_messages_is_reachable_from_here() -> None:
    assert mask("11010519491231002X") == "110***2X"


@given(st.text("0123456789", min_size=17, max_size=17), st.integers(0, 16), st.integers(1, 9))
def test_one_changed_digit_always_changes_the_check_digit(
    first: str, place: int, shift: int
) -> None:
    digit = str((int(first[place]) + shift) % 10)
    changed = first[:place] + digit + first[place + 1 :]
    assert check_digit(changed) != check_digit(first)


@given(st.sampled_from(IdentityType), st.text() | st.text("0123456789XHM", max_size=20))
def test_any_text_is_judged_without_an_exception(kind: IdentityType, text: str) -> None:
    for problem in problems(kind, text, on=TODAY):
        assert problem.code.startswith("identity/")
    guess_type(text)
    birth_date(kind, text)
    sex(kind, text)
