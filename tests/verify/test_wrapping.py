import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from verify.terminal.wrapping import wrap

SENTENCE = "PDF 有签名，但签名人不在信任之列：请先运行 certverify trust add，再核验一次。"


@pytest.mark.parametrize("width", range(4, 80))
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert max(map(cell_len, wrap(SENTENCE, width))) <= width


def test_a_comma_does_not_begin_a_line() -> None:
    for width in range(6, 60):
        assert not any(line[0] in "，。：" for line in wrap(SENTENCE, width))


def test_a_latin_word_stays_whole_where_it_fits() -> None:
    assert "certverify" in " ".join(wrap(SENTENCE, 30))


@given(st.text(st.sampled_from("证书a,， （"), max_size=60), st.integers(4, 20))
def test_nothing_is_lost_but_spaces(text: str, width: int) -> None:
    assert "".join("".join(wrap(text, width)).split()) == "".join(text.split())
