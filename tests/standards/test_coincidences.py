import pytest

from certgen.standards.wording import find
from certgen.standards.wording_matches import Names, Standing, matches


@pytest.mark.parametrize(
    "text",
    [
        *(
            "电气安全国标应用",
            "人员中国有企业职工",
            "北京美国家居学校",
            "其中国内学员",
            "我国家庭服务业",
        ),
        *("跨国家电集团", "健全国企制度", "其中华为公司", "热爱祖国家乡", "李建国 家政服务员"),
    ],
)
def test_two_words_that_touch_are_no_banned_term(text: str) -> None:
    assert find(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        *(
            "安全国家标准",
            "国家电网",
            "中国标准",
            "中国企业",
            "全国标准",
            "全国企业",
            "中国有色",
            "中国内地",
        ),
        *("中国产业", "中国外交", "我国家标准", "中华人民", "全国技能", "经国家认可", "为国家级"),
    ],
)
def test_a_banned_term_stays_one_when_only_one_side_makes_a_word(text: str) -> None:
    assert find(text)


def test_a_street_is_no_state() -> None:
    (one,) = matches("郑州市中华路1号", Names())
    (other,) = matches("中华路德教育", Names())
    assert one.standing is Standing.COINCIDENCE
    assert (
        other.standing is Standing.COINCIDENCE
    )  # 中华路 reads so whatever follows: said in the report
