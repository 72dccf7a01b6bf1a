import pytest
from hypothesis import given
from hypothesis import strategies as st

from certgen.standards import wording
from certgen.standards.contents import LABELS, TITLE, body_zh
from certgen.standards.wording import ASSOCIATION_CLAUSE, CLAUSE, Hit, Rule, find

NAME = "中国国家样例集团有限公司"
BRANCH = f"{NAME}北方分公司"


def terms(text: str, *exempt: str) -> list[str]:
    return [hit.term for hit in find(text, exempt) if not hit.exempt_by]


# 人社鉴发〔2021〕1号 五(二), in its order
TERMS_2021 = (
    *("中华人民共和国", "中国", "中华", "国家", "全国"),
    *("人力资源社会保障部门", "职业技能鉴定中心", "中国就业培训技术指导中心"),
    *("职业资格", "资格凭证", "就业凭证", "录用依据"),
)
# 国办发〔2020〕21号 一(四), in its order
TERMS_2020 = ("中华人民共和国", "中国", "全国", "中华", "国家", "职业资格", "人员资格")


def test_the_terms_are_those_of_the_two_notices() -> None:
    assert tuple(wording.TERMS) == TERMS_2021
    assert set(wording.ASSOCIATION_TERMS) == set(TERMS_2020)


@pytest.mark.parametrize("term", TERMS_2021)
def test_a_term_of_2021_is_found_once_with_its_clause(term: str) -> None:
    (hit,) = find(f"样例{term}样例")
    assert (hit.term, hit.start, hit.end, hit.clause) == (term, 2, 2 + len(term), CLAUSE)


def test_a_term_for_associations_alone_has_their_clause() -> None:
    assert find("人员资格") == (
        Hit("人员资格", 0, 4, ASSOCIATION_CLAUSE, "", Rule.PERSONNEL_QUALIFICATION),
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("职业技能等级认定专用章", id="the seal of 四(一)"),
        pytest.param("职业技能鉴定", id="a term only with 中心"),
        pytest.param("职业技能等级认定中心", id="one character from a banned centre"),
        pytest.param("人力资源管理师", id="an occupation"),
        pytest.param("", id="nothing"),
        pytest.param(TITLE.zh, id="the title"),
        pytest.param(body_zh("样例厂"), id="the body"),
        *(pytest.param(label.zh, id=label.en) for label in LABELS.values()),
    ],
)
def test_lawful_wording_is_clean(text: str) -> None:
    assert find(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("国家电网职业资格", ["国家", "职业资格"], id="two terms"),
        pytest.param("中华人民共和国", ["中华人民共和国"], id="longest first"),
        pytest.param("中国就业培训技术指导中心", ["中国就业培训技术指导中心"], id="not 中国"),
        pytest.param("职业资格凭证", ["职业资格"], id="of two as long, the first"),
        pytest.param("全国家电", ["全国"], id="each span once"),
        pytest.param("国家国家", ["国家", "国家"], id="every occurrence"),
    ],
)
def test_the_longest_term_takes_a_span_once(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("text", "span"),
    [
        pytest.param("国 家", (0, 3), id="letter-spaced"),
        pytest.param("国\u3000家", (0, 3), id="ideographic space"),
        pytest.param("国\u200b家", (0, 3), id="zero width"),
        pytest.param("甲国\ufe00\n家乙", (1, 5), id="variation mark and line break"),
        pytest.param(" 國家", (1, 3), id="traditional"),
        pytest.param("囯傢", (0, 2), id="variants"),
    ],
)
def test_a_disguised_term_is_found_where_it_stands(text: str, span: tuple[int, int]) -> None:
    (hit,) = find(text)
    assert (hit.term, hit.start, hit.end) == ("国家", *span)


def test_radicals_and_traditional_forms_of_a_long_term_are_folded() -> None:
    assert terms("中華⼈⺠共和國") == ["中华人民共和国"]
    assert terms("就業憑證，錄用依據，職業技能鑒定中心") == [
        "就业凭证",
        "录用依据",
        "职业技能鉴定中心",
    ]


def test_a_filed_name_exempts_what_is_wholly_inside_it() -> None:
    hits = find(f"{NAME}与国家", (NAME,))
    assert [(hit.term, hit.exempt_by) for hit in hits] == [
        ("中国", NAME),
        ("国家", NAME),
        ("国家", ""),
    ]


def test_the_longest_filed_name_takes_the_span() -> None:
    assert {hit.exempt_by for hit in find(BRANCH, (NAME, BRANCH))} == {BRANCH}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("中国国家样例集团", id="a part of the name"),
        pytest.param("中国国家样例集团股份有限公司", id="another name"),
    ],
)
def test_what_is_not_the_whole_name_is_not_exempt(text: str) -> None:
    assert terms(text, NAME) == ["中国", "国家"]


def test_a_term_across_the_end_of_a_name_is_not_exempt() -> None:
    assert terms("样例中国", "样例中") == ["中国"]


def test_an_exempt_term_hides_no_other() -> None:
    assert terms("样例中国家政", "样例中国") == ["国家"]


def test_a_letter_spaced_name_is_exempt_and_an_empty_one_exempts_nothing() -> None:
    assert terms(" ".join(NAME), NAME) == []
    assert terms("国家", "", " ") == ["国家"]


@given(
    before=st.text("甲乙丙· \u200b", max_size=5),
    term=st.sampled_from(TERMS_2021),
    gap=st.sampled_from(["", " ", "\u200b", "\n"]),
    after=st.text("甲乙丙· \u200b", max_size=5),
)
def test_a_planted_term_is_found_once_in_its_place(
    before: str, term: str, gap: str, after: str
) -> None:
    written = gap.join(term)
    (hit,) = find(before + written + after)
    assert (hit.term, hit.start, hit.end) == (term, len(before), len(before) + len(written))
