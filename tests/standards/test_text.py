import pytest

from certgen.standards.text import half_width, mask, shown


def test_full_width_letters_digits_and_signs_become_half_width() -> None:
    assert half_width("Ｙ０１（９）／\u3000") == "Y01(9)/ "


def test_superscripts_circled_digits_and_chinese_punctuation_stay() -> None:
    assert half_width("²①、。三") == "²①、。三"


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("11010519491231002X", "110***2X"),
        ("110105491231002", "110***02"),
        ("H12345678", "***78"),
        ("12345678", "***78"),
        ("1234567", "***"),
        ("", "***"),
    ],
)
def test_a_mask_shows_five_characters_at_most(number: str, masked: str) -> None:
    assert mask(number) == masked


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("三级/高级工", "三级/高级工"),
        ("level 3", "level 3"),
        ("11010519491231002X", "***2X"),
        ("１１０１０５１９４９１２３１００２Ｘ", "***2X"),
        ("张三 H12345678 三级", "张三 ***78 三级"),
        ("Y000123000456195000001", "Y000123000456195000001"),
        ("级" * 41, "级" * 40 + "…"),
    ],
)
def test_a_quotation_masks_what_may_be_an_identity_number(text: str, quoted: str) -> None:
    assert shown(text) == quoted
