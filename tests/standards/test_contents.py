from datetime import date

import pytest

from certgen.standards import contents

# 人社鉴发〔2021〕1号 二(一), word for word, with 工种/职业方向 as 附件 prints it
LISTED = [
    *("证书名称", "证书正文", "评价机构名称", "发证日期", "姓名", "证件类型", "证件号码"),
    *("职业名称", "工种/职业方向", "职业技能等级", "证书编号", "持证人照片", "二维码"),
    *("证书信息查询网址", "机构信息查询网址"),
]


def test_fifteen_contents_are_required_in_the_order_of_the_notice() -> None:
    required = [content.name.zh for content in contents.CONTENTS if content.required]
    assert required == LISTED
    assert len(required) == 15


def test_two_contents_are_optional() -> None:
    optional = [content.id for content in contents.CONTENTS if not content.required]
    assert optional == ["provincial_query", "print_number"]


def test_labels_are_those_of_the_sample() -> None:
    assert [tuple(label) for label in contents.LABELS.values()] == [
        ("姓名", "Name"),
        ("证件类型", "ID Type"),
        ("证件号码", "ID No."),
        ("职业名称", "Occupation"),
        ("工种/职业方向", "Job"),
        ("职业技能等级", "Skill Level"),
        ("证书编号", "Certificate No."),
    ]
    assert tuple(contents.ISSUE_DATE) == ("发证日期", "Issued date")
    assert contents.CERTIFICATE_QUERY == "证书信息查询网址(Certificate Information)"
    assert contents.INSTITUTION_QUERY == "机构信息查询网址(Assessment Information)"
    assert contents.PRINT_NUMBER == "No."


def test_the_provincial_label_avoids_the_restricted_words() -> None:
    assert "人力资源" not in contents.PROVINCIAL_QUERY


def test_the_title_is_fixed() -> None:
    assert contents.TITLE.zh == "职业技能等级证书"
    assert contents.TITLE.en == "Certificate of Occupational Skill Level"


def test_the_chinese_body_is_that_of_the_sample() -> None:
    assert contents.body_zh("××××") == (
        "本证书由××××颁发，表明持证人通过本机构组织的职业技能等级认定，"
        "具备该职业（工种）相应技能等级水平。"
    )


@pytest.mark.parametrize("name", ["Yunhe Sample Co., Ltd.", "Yunhe Sample Co., Ltd"])
def test_the_english_body_ends_in_one_full_stop(name: str) -> None:
    assert contents.body_en(name) == (
        "This is to certify that the bearer has demonstrated corresponding competency in this "
        "occupation(job) for successful completion of the occupational skill level assessment "
        "organized by Yunhe Sample Co., Ltd."
    )


def test_braces_in_a_name_are_only_text() -> None:
    assert "{agency}" in contents.body_zh("{agency}")


@pytest.mark.parametrize(
    ("day", "zh", "en"),
    [
        (date(2026, 1, 5), "2026年1月5日", "January 5, 2026"),
        (date(2021, 12, 31), "2021年12月31日", "December 31, 2021"),
    ],
)
def test_a_date_is_written_without_leading_zeros(day: date, zh: str, en: str) -> None:
    assert contents.issue_date_zh(day) == zh
    assert contents.issue_date_en(day) == en
