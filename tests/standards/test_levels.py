import pytest
from hypothesis import given
from hypothesis import strategies as st

from certgen.errors import LevelError
from certgen.standards.levels import Level

ONE, TWO, THREE, FOUR, FIVE = Level


@pytest.mark.parametrize(
    ("digit", "written"),
    [
        # 人社鉴发〔2019〕2号 附件1 二(六) 表5
        (1, "一级/高级技师"),
        (2, "二级/技师"),
        (3, "三级/高级工"),
        (4, "四级/中级工"),
        (5, "五级/初级工"),
    ],
)
def test_a_level_is_written_as_the_table_has_it(digit: int, written: str) -> None:
    level = Level(digit)
    assert level.written == written
    assert (level.numeral, level.title) == tuple(written.split("/"))
    assert Level.parse(written) is level


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("一级 / 高级技师", ONE),  # as circulating copies of 人社鉴发〔2021〕1号 三(一) space it
        ("高级技师", ONE),
        ("1", ONE),
        ("技师", TWO),
        ("二级技师", TWO),
        ("技师（二级）", TWO),
        ("高级工", THREE),
        ("三级", THREE),
        ("3级", THREE),
        ("３级", THREE),
        ("三级／高级工", THREE),
        ("高级工（三级）", THREE),
        ("3/三级/高级工", THREE),
        ("三级-高级工", THREE),
        ("三级/高级", THREE),  # 豫职鉴〔2020〕2号 附件1 二(七) 表5
        ("四级 / 中级", FOUR),
        ("五级 / 初级", FIVE),
        ("初级", FIVE),
        (" 5 ", FIVE),
    ],
)
def test_every_usual_way_of_writing_is_read(text: str, level: Level) -> None:
    assert Level.parse(text) is level


@pytest.mark.parametrize("text", ["三级/中级工", "高级工（四级）", "3级高级技师", "技师/高级技师"])
def test_parts_that_disagree_are_refused(text: str) -> None:
    with pytest.raises(LevelError, match="two different levels"):
        Level.parse(text)


@pytest.mark.parametrize("step", ["学徒工", "特级技师", "首席技师", "一级/特级技师"])
def test_a_step_of_the_eight_step_series_has_no_code(step: str) -> None:
    with pytest.raises(LevelError) as caught:
        Level.parse(step)
    assert "人社部发〔2022〕14号" in caught.value.said.zh
    assert "no certificate code exists" in caught.value.said.en


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/",
        "--",
        "6",
        "0",
        "11",
        "三级/钳工",
        "六级",
        "²",
        "三级²",
        "①",
        "٣",
        "高级工工",
        "senior",
    ],
)
def test_anything_else_names_no_level(text: str) -> None:
    with pytest.raises(LevelError, match="names no skill level"):
        Level.parse(text)


def test_an_identity_number_in_the_level_column_is_not_repeated() -> None:
    with pytest.raises(LevelError) as caught:
        Level.parse("11010519491231002X")
    assert caught.value.said.zh == "无法识别职业技能等级“***2X”，请写成“三级/高级工”的形式"


@given(st.text() | st.text("一二三四五12345级高中初技师工/（） "))
def test_any_text_is_a_level_or_a_level_error(text: str) -> None:
    try:
        level = Level.parse(text)
    except LevelError:
        return
    assert level in set(Level)
