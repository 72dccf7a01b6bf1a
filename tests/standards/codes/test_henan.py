from datetime import date

import pytest

from certgen.standards.codes.henan import CITIES, doubts, explain
from certgen.standards.codes.national import CertificateCode

TODAY = date(2026, 1, 5)


def code(text: str) -> CertificateCode:
    return CertificateCode.parse(text.replace(" ", "").replace("X", "1"))


@pytest.mark.parametrize(
    ("text", "city"),
    # 豫职鉴〔2020〕2号 附件1 三(一) to (五); X is any digit
    [
        ("Y 0001 41 00 XXXX 19 5 000001", "省直"),
        ("S 0001 41 00 XXXX 19 5 000001", "省直"),
        ("Y 0000 41 00 XXXX 19 5 000001", "省直"),
        ("S 0000 41 00 XXXX 19 5 000001", "省直"),
        ("Y 0000 41 12 XXXX 19 5 000001", "三门峡市"),
    ],
)
def test_the_five_examples_of_the_notice_have_eight_parts_and_no_doubt(
    text: str, city: str
) -> None:
    parts = explain(code(text))
    assert [part.text for part in parts] == text.replace("X", "1").split()
    assert [(part.first, part.last) for part in parts[3:5]] == [(8, 9), (10, 13)]
    assert parts[3].meaning.zh == city
    assert doubts(code(text), TODAY) == ()


def test_the_table_has_29_cities_numbered_without_a_gap() -> None:
    assert list(CITIES) == [f"{number:02}" for number in range(29)]
    assert CITIES["28"].zh == "新蔡县"


def test_a_code_of_another_province_is_explained_nationally_without_doubts() -> None:
    beijing = code("Y000011999999191000001")
    assert explain(beijing) == beijing.explain()
    assert doubts(beijing, TODAY) == ()


@pytest.mark.parametrize(
    ("text", "issued", "found"),
    [
        pytest.param("S000041290001203000001", date(2020, 3, 12), ["henan/city"], id="29"),
        pytest.param("S000041290001203000001", date(2020, 3, 11), [], id="29, before the rule"),
        pytest.param("Y000041008001213000001", date(2021, 1, 14), [], id="employer, 0-8"),
        pytest.param(
            "Y000041009001213000001", date(2021, 1, 14), ["henan/school-centre"], id="school"
        ),
        pytest.param("Y000041009001212000001", date(2021, 1, 13), [], id="school, before the rule"),
        pytest.param("S000041009001211000001", TODAY, [], id="9 of a social body says nothing"),
        pytest.param(
            "Y000041009001212000001",
            date(2021, 1, 14),
            ["henan/school-centre", "henan/school-level"],
            id="school, level 2",
        ),
        pytest.param(
            "Y000041999001211000001",
            TODAY,
            ["henan/city", "henan/school-centre", "henan/school-level"],
            id="everything",
        ),
    ],
)
def test_local_rules_raise_doubts_from_their_day_on(
    text: str, issued: date, found: list[str]
) -> None:
    assert [doubt.code for doubt in doubts(code(text), issued)] == found


def test_an_unknown_city_is_explained_as_unknown() -> None:
    assert explain(code("S000041290001203000001"))[3].meaning.zh == "未知代码"
