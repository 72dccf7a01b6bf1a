import pytest
from hypothesis import given
from hypothesis import strategies as st

from certgen.standards.normalise import Disguise, disguises, fold, folded, loose

WORD = "职业资格"


def spans(text: str, expression: str = WORD) -> list[tuple[int, int]]:
    plain = folded(text)
    return [plain.source_span(*span) for span in plain.spans(loose(expression))]


@pytest.mark.parametrize(
    ("text", "span", "how"),
    [
        pytest.param("职 业 资 格", (0, 7), [Disguise.SPACED], id="spaces"),
        pytest.param("职\u3000业\u3000资\u3000格", (0, 7), [Disguise.SPACED], id="ideographic"),
        pytest.param("甲职\u200b业资\ufeff格", (1, 7), [Disguise.ZERO_WIDTH], id="zero width"),
        pytest.param("职\u2060业\u00ad资格", (0, 6), [Disguise.ZERO_WIDTH], id="soft hyphen"),
        pytest.param("职·业•资*格", (0, 7), [Disguise.WEDGED], id="dots and stars"),
        pytest.param("职①业②资③格", (0, 7), [Disguise.WEDGED], id="circled numbers"),
        pytest.param(
            "职/业/资/格", (0, 7), [Disguise.WEDGED], id="slashes between single characters"
        ),
        pytest.param("【职】【业】【资】【格】", (1, 11), [Disguise.WEDGED], id="brackets"),
        pytest.param("职业\n资格", (0, 5), [Disguise.BROKEN], id="line break"),
        pytest.param("職業資格", (0, 4), [Disguise.TRADITIONAL], id="traditional"),
        pytest.param("职职业业资资格格", (0, 8), [Disguise.DOUBLED], id="every character twice"),
        pytest.param("职业资格", (0, 4), [], id="plain"),
    ],
)
def test_a_disguised_word_is_found_at_its_characters_and_its_disguise_is_named(
    text: str, span: tuple[int, int], how: list[Disguise]
) -> None:
    assert spans(text) == [span]
    assert list(disguises(text[slice(*span)], WORD)) == how


@pytest.mark.parametrize(
    ("text", "expression", "how"),
    [
        pytest.param("⼈⺠", "人民", Disguise.RADICAL, id="radicals"),
        pytest.param("㊥囯", "中国", Disguise.COMPATIBILITY, id="circled"),
        pytest.param("中囯", "中国", Disguise.TRADITIONAL, id="a variant in no table"),
        pytest.param("\ufa72国", "全国", Disguise.COMPATIBILITY, id="compatibility ideograph"),
        pytest.param("ｎａｔｉｏｎ", "nation", Disguise.FULL_WIDTH, id="full width"),
        pytest.param("nаtiоn", "nation", Disguise.ALPHABET, id="Cyrillic letters"),
        pytest.param("n a t i o n", "nation", Disguise.SPACED, id="spelt out"),
    ],
)
def test_other_code_points_for_a_word_are_named(text: str, expression: str, how: Disguise) -> None:
    ((start, end),) = spans(text, expression)
    assert (start, end) == (0, len(text))
    assert how in disguises(text, expression)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("爱国，家政", id="a comma between two words"),
        pytest.param("爱国。家政", id="a full stop"),
        pytest.param("卫国/家政", id="a slash between two words"),
        pytest.param("张国（家政服务员）", id="a bracket"),
        pytest.param("张国\t家政", id="a tab"),
        pytest.param("张国     家政", id="a wide gap"),
        pytest.param("国画家", id="an ideograph between"),
    ],
)
def test_what_parts_two_words_parts_them(text: str) -> None:
    assert spans(text, "国家") == []


def test_each_kind_of_code_point_is_folded_as_it_is_read() -> None:
    assert [fold(char) for char in "Ａ\u200b\t é\u3164，。·①ＡА"] == [
        *("a", "", "\ue003", " ", "e", " ", "\ue002", "\ue000", "\ue001", "\ue001", "a", "a"),
    ]


def test_a_name_keeps_the_characters_it_is_filed_in() -> None:
    assert folded("中國核⼯业", names=True).text == "中國核工业"


@given(st.text(max_size=60))
def test_any_text_folds_and_every_folded_character_has_its_place(text: str) -> None:
    plain = folded(text)
    assert len(plain.text) == len(plain.starts) == len(plain.ends)
    assert all(0 <= s < e <= len(text) for s, e in zip(plain.starts, plain.ends, strict=True))
    assert list(plain.starts) == sorted(plain.starts)


@given(
    before=st.text("甲乙丙丁", max_size=4),
    wedges=st.lists(
        st.sampled_from(["", " ", "\u200b", "·", "-", "\n", "*", "\u3000"]), min_size=3, max_size=3
    ),
    after=st.text("甲乙丙丁", max_size=4),
)
def test_a_word_with_anything_between_its_characters_is_found(
    before: str, wedges: list[str], after: str
) -> None:
    written = "".join(char + wedge for char, wedge in zip(WORD, [*wedges, ""], strict=True))
    assert spans(before + written + after) == [(len(before), len(before) + len(written))]
