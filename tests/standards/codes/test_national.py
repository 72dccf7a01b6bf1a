from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certgen.errors import CodeAlphabetError, CodeComponentError, CodeError, CodeLengthError
from certgen.standards.codes.national import MAX_SERIAL, Category, CertificateCode, check_prefix
from certgen.standards.levels import Level
from certgen.standards.regions import PROVINCES

GOOD = "S000041000123263000001"

any_code = st.builds(
    CertificateCode,
    category=st.sampled_from(Category),
    agency=st.integers(0, 9999).map("{:04}".format),
    province=st.sampled_from(list(PROVINCES)),
    site_number=st.integers(0, 999_999).map("{:06}".format),
    year=st.integers(0, 99),
    level=st.sampled_from(Level),
    serial=st.integers(1, MAX_SERIAL),
)


@pytest.mark.parametrize(
    ("text", "category", "agency", "province"),
    # 人社鉴发〔2019〕2号 附件1 三(一) to (四); X is any digit
    [
        ("Y000123XXXXXX195000001", "Y", "0001", "黑龙江省"),
        ("S000123XXXXXX195000001", "S", "0001", "黑龙江省"),
        ("Y000011XXXXXX195000001", "Y", "0000", "北京市"),
        ("S000011XXXXXX195000001", "S", "0000", "北京市"),
    ],
)
def test_the_four_examples_of_the_notice(
    text: str, category: str, agency: str, province: str
) -> None:
    code = CertificateCode.parse(text.replace("X", "0"))
    assert (code.category, code.agency) == (category, agency)
    assert PROVINCES[code.province].zh == province
    assert (code.site_number, code.year, code.issue_year) == ("000000", 19, 2019)
    assert (code.level, code.serial) == (Level.FIVE, 1)


def test_prefix_and_counter_are_the_first_13_and_16_characters() -> None:
    code = CertificateCode.parse(GOOD)
    assert code.prefix == GOOD[:13]
    assert code.counter == GOOD[:16]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "certificate code '': expected 22 characters, found 0"),
        (GOOD[:-1], f"certificate code '{GOOD[:-1]}': expected 22 characters, found 21"),
        (GOOD + " ", f"certificate code '{GOOD} ': expected 22 characters, found 23"),
    ],
)
def test_a_wrong_length_is_named(text: str, message: str) -> None:
    with pytest.raises(CodeLengthError) as caught:
        CertificateCode.parse(text)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("text", "position", "expected", "found"),
    [
        ("s" + GOOD[1:], 1, "capital Y or S", "s"),
        ("R" + GOOD[1:], 1, "capital Y or S", "R"),
        ("Ｓ" + GOOD[1:], 1, "capital Y or S", "Ｓ"),
        ("00" + GOOD[2:], 1, "capital Y or S", "0"),
        (GOOD[:4] + "O" + GOOD[5:], 5, "an ASCII digit", "O"),
        ("Y000011000001２２5000001", 14, "an ASCII digit", "２"),
        ("Y00001100000122500000¹", 22, "an ASCII digit", "¹"),
        ("Y00004100012326A000001", 16, "an ASCII digit", "A"),
        (GOOD[:-1] + "\n", 22, "an ASCII digit", "\n"),
    ],
)
def test_a_character_no_code_has_there_is_named(
    text: str, position: int, expected: str, found: str
) -> None:
    with pytest.raises(CodeAlphabetError) as caught:
        CertificateCode.parse(text)
    assert f"position {position}: expected {expected}, found '{found}'" in str(caught.value)


def test_the_chinese_message_names_input_place_expected_and_found() -> None:
    with pytest.raises(CodeAlphabetError) as caught:
        CertificateCode.parse("R000041000123263000001")
    assert caught.value.said.zh == (
        "证书编码“R000041000123263000001”第 1 位应为大写字母 Y、S，现为“R”"
    )


def test_province_99_is_unknown() -> None:
    with pytest.raises(CodeComponentError) as caught:
        CertificateCode.parse("S000099000123263000001")
    assert str(caught.value) == (
        "certificate code 'S000099000123263000001', province code: "
        "expected a code of 人社鉴发〔2019〕2号 附件1 二(三) 表4, found '99'"
    )


@pytest.mark.parametrize("digit", ["0", "6", "7", "9"])
def test_a_level_outside_1_to_5_is_unknown(digit: str) -> None:
    with pytest.raises(CodeComponentError, match=f"skill level: expected 1 to 5, found '{digit}'"):
        CertificateCode.parse(GOOD[:15] + digit + GOOD[16:])


def test_serial_000000_does_not_exist() -> None:
    with pytest.raises(CodeComponentError, match="expected 000001 to 999999, found '0'"):
        CertificateCode.parse(GOOD[:16] + "000000")


def test_building_gives_the_code_of_the_year_level_and_serial() -> None:
    assert str(CertificateCode.build("S000041000123", 2026, Level.THREE, 1)) == GOOD
    last = CertificateCode.build("Y000123000456", 2099, Level.ONE, MAX_SERIAL)
    assert str(last) == "Y000123000456991999999"


@pytest.mark.parametrize("serial", [-1, 0, 1_000_000])
def test_a_serial_never_wraps(serial: int) -> None:
    with pytest.raises(CodeComponentError, match="serial: expected 000001 to 999999"):
        CertificateCode.build("S000041000123", 2026, Level.THREE, serial)


@pytest.mark.parametrize("year", [26, 1999, 2100])
def test_a_year_of_another_century_is_refused(year: int) -> None:
    with pytest.raises(CodeComponentError, match=f"2000 to 2099, found '{year}'"):
        CertificateCode.build("S000041000123", year, Level.THREE, 1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("category", "R"),
        ("agency", "001"),
        ("agency", "000１"),
        ("province", "00"),
        ("site_number", "12345"),
        ("site_number", "12345²"),
        ("year", 100),
        ("year", -1),
        ("level", 6),
        ("serial", 0),
    ],
)
def test_an_impossible_code_cannot_be_made(field: str, value: object) -> None:
    code = CertificateCode.parse(GOOD)
    with pytest.raises(CodeComponentError):
        replace(code, **{field: value})  # type: ignore[arg-type]  # the wrong value is the point


def test_an_explanation_says_what_the_notice_says_of_its_first_example() -> None:
    parts = CertificateCode.parse("Y000123000456195000001").explain()
    assert [(part.first, part.last, part.text, part.meaning.zh) for part in parts] == [
        (1, 1, "Y", "用人单位，面向本单位"),
        (2, 5, "0001", "先行向人力资源社会保障部备案"),
        (6, 7, "23", "黑龙江省"),
        (8, 13, "000456", "由黑龙江省赋码"),
        (14, 15, "19", "2019 年核发"),
        (16, 16, "5", "五级/初级工"),
        (17, 22, "000001", "该年度该等级第 1 号"),
    ]
    assert [part.clause for part in parts] == [
        f"人社鉴发〔2019〕2号 附件1 二({n})" for n in "一二三四五六七"
    ]


def test_a_social_body_filed_with_a_province_is_explained_as_such() -> None:
    parts = CertificateCode.parse(GOOD).explain()
    assert parts[0].meaning.zh == "社会培训评价组织，面向社会"
    assert parts[1].meaning.zh == "先行向省级人力资源社会保障部门备案"


def test_a_good_prefix_is_given_back() -> None:
    assert check_prefix("S000041000123") == "S000041000123"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("S00004100012", CodeLengthError),
        (GOOD, CodeLengthError),
        ("s000041000123", CodeAlphabetError),
        ("S00004100012３", CodeAlphabetError),
        ("S000099000123", CodeComponentError),
    ],
)
def test_a_wrong_prefix_is_refused(text: str, error: type[CodeError]) -> None:
    with pytest.raises(error):
        check_prefix(text)
    with pytest.raises(error):
        CertificateCode.build(text, 2026, Level.THREE, 1)


@given(any_code)
def test_a_code_prints_and_parses_to_itself(code: CertificateCode) -> None:
    assert CertificateCode.parse(str(code)) == code
    assert "".join(part.text for part in code.explain()) == str(code)
    assert CertificateCode.build(code.prefix, code.issue_year, code.level, code.serial) == code


@given(st.text() | st.from_regex(r"[YS]\d{21}", fullmatch=True) | st.text("YS0123459", max_size=24))
def test_any_text_parses_or_raises_a_code_error(text: str) -> None:
    try:
        code = CertificateCode.parse(text)
    except CodeError:
        return
    assert str(code) == text


@given(any_code, st.integers(1, 21), st.sampled_from("０５９²³٣१"))
def test_a_foreign_digit_is_refused_anywhere(code: CertificateCode, at: int, digit: str) -> None:
    text = str(code)
    with pytest.raises(CodeAlphabetError):
        CertificateCode.parse(text[:at] + digit + text[at + 1 :])
