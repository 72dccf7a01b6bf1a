"""What is found in words, character by character."""

import pytest

from certgen.intake.cells import column_letter, text_of
from certgen.intake.texts import read_name


@pytest.mark.parametrize("dot", "·•・‧･∙⋅\u0387●")
def test_every_middle_dot_becomes_u_00b7(dot: str) -> None:
    assert read_name(f"阿卜杜拉{dot}买买提").value == "阿卜杜拉\u00b7买买提"


@pytest.mark.parametrize(
    ("private", "standard"),
    [("\ue863", "䶮"), ("\ue81e", "\u9fb4"), ("\ue818", "\U000200cc"), ("\ue844", "䜣")],
)
def test_a_private_character_of_gbk_fonts_names_the_standard_one(
    private: str, standard: str
) -> None:
    (finding,) = read_name(f"张{private}").findings
    assert finding.code == "text/private-use"
    assert f"第 2 个字符 U+{ord(private):04X}" in finding.said.zh
    assert f"{standard} (U+{ord(standard):04X})" in finding.said.en


def test_an_unknown_private_character_is_named_by_its_code_point() -> None:
    (finding,) = read_name("张\U000f0000").findings
    assert "U+F0000" in finding.said.en
    assert "likely" not in finding.said.en


def test_a_character_newer_than_python_is_no_defect() -> None:
    assert read_name("张\U00031350").findings == ()  # CJK extension H, of Unicode 15


@pytest.mark.parametrize(
    ("cell", "text"),
    [(3.0, "3"), (3, "3"), (0.5, "0.5"), (True, "TRUE"), ("=1+1", "=1+1"), (1e17, "1e+17")],
)
def test_a_cell_reads_as_a_person_would(cell: float | str, text: str) -> None:
    assert text_of(cell) == text


@pytest.mark.parametrize(("index", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ")])
def test_columns_are_lettered_as_in_excel(index: int, letter: str) -> None:
    assert column_letter(index) == letter
