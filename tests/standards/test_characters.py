import pytest

from certgen.standards.characters import general_characters, tier


def test_the_table_has_8105_different_characters() -> None:
    assert len(general_characters()) == len(set(general_characters())) == 8105
    assert all(len(character) == 1 for character in general_characters())


@pytest.mark.parametrize(
    ("number", "character"),
    # 国发〔2013〕23号: first and last of each tier
    [(1, "一"), (3500, "矗"), (3501, "乂"), (6500, "齉"), (6501, "亍"), (8105, "蠼")],
)
def test_characters_stand_in_the_order_of_the_table(number: int, character: str) -> None:
    assert general_characters()[number - 1] == character


@pytest.mark.parametrize(
    ("character", "expected"),
    [
        *(("一", 1), ("矗", 1), ("乂", 2), ("齉", 2), ("亍", 3), ("蠼", 3)),
        ("𬭎", 3),
        *(("囯", None), ("國", None), ("A", None), ("", None), ("一乙", None)),
    ],
)
def test_a_character_belongs_to_one_tier_or_none(character: str, expected: int | None) -> None:
    assert tier(character) == expected
