import pytest
from hypothesis import given
from hypothesis import strategies as st

from certgen.wrapping import NOT_FIRST, NOT_LAST, atoms, wrap


def width_of(text: str) -> float:
    """A Chinese character counts two, as in a terminal."""
    return sum(1.0 if char.isascii() else 2.0 for char in text)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        pytest.param("", 10, ("",), id="nothing is one empty line"),
        pytest.param("职业技能", 8, ("职业技能",), id="what fits stays"),
        pytest.param("职业技能", 6, ("职业技", "能"), id="Chinese breaks anywhere"),
        pytest.param("职业技，能", 6, ("职业", "技，能"), id="a comma never begins a line"),
        pytest.param("职业（技能", 6, ("职业", "（技能"), id="a bracket never ends a line"),
        pytest.param("the bearer has", 10, ("the bearer", "has"), id="a Latin word stays whole"),
        pytest.param("Co., Ltd.", 6, ("Co.,", "Ltd."), id="Latin marks stay with their word"),
        pytest.param("查询http://a.cn/b", 14, ("查询", "http://a.cn/b"), id="an address is whole"),
        pytest.param("abcdefgh", 3, ("abc", "def", "gh"), id="a word wider than a line is cut"),
        pytest.param("职", 1, ("职",), id="one character stands even where it does not fit"),
        pytest.param("，，，", 4, ("，，", "，"), id="marks alone are cut like a word"),
        pytest.param("职业  ", 4, ("职业",), id="white space at the end goes"),
    ],
)
def test_lines(text: str, width: float, lines: tuple[str, ...]) -> None:
    assert wrap(text, width_of, width) == lines


def test_the_first_line_may_be_shorter() -> None:
    assert wrap("职业技能等级", width_of, 8, first_width=4) == ("职业", "技能等级")


def test_a_first_line_without_room_for_a_word_cuts_it() -> None:
    assert wrap("abcdef", width_of, 4, first_width=2) == ("ab", "cdef")


def test_marks_belong_to_the_character_before_or_after() -> None:
    assert atoms("（工种）水平。") == ("（工", "种）", "水", "平。")


TEXTS = st.text(st.sampled_from("职业技能等级证书（《》），。、；aB1.,() "), max_size=60)


@given(TEXTS, st.integers(1, 30), st.integers(1, 30))
def test_nothing_is_lost_but_white_space(text: str, width: int, first: int) -> None:
    lines = wrap(text, width_of, width, first_width=first)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(TEXTS, st.integers(2, 30))
def test_no_line_is_wider_than_asked(text: str, width: int) -> None:
    assert all(width_of(line) <= width for line in wrap(text, width_of, width))


@given(TEXTS.map(lambda text: "职" + text.replace(" ", "") + "业"), st.integers(2, 30))
def test_no_line_begins_or_ends_with_a_mark_it_must_not(text: str, width: int) -> None:
    if max(map(width_of, atoms(text))) <= width:
        lines = wrap(text, width_of, width)
        assert all(line[0] not in NOT_FIRST for line in lines)
        assert all(line[-1] not in NOT_LAST for line in lines)
