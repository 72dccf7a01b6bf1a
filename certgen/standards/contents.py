"""What stands on a certificate: the contents the notice requires, and the words it gives them.

人社鉴发〔2021〕1号 二(一) lists fifteen contents and allows two more; 二(二) fixes the title.
Labels, bodies and their English are those of 附件 样式(一) and (二), the Chinese with full-width
punctuation.

>>> body_en("Yunhe Sample Co., Ltd.")[-22:]
'Yunhe Sample Co., Ltd.'

Errata of 样式(二) as circulated: the name at the right is the branch (分支机构名称, 四(二)), not a
second agency; 注册日期 is 发证日期, its 'Issue date' the 'Issued date' of 样式(一); No.88836888 is
No.88888888.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from certgen.errors import Said

TITLE = Said("职业技能等级证书", "Certificate of Occupational Skill Level")
"""证书名称: 二(二) fixes the Chinese, 附件 the English."""

LABELS: Mapping[str, Said] = MappingProxyType(
    {
        "name": Said("姓名", "Name"),
        "identity_type": Said("证件类型", "ID Type"),
        "identity_number": Said("证件号码", "ID No."),
        "occupation": Said("职业名称", "Occupation"),
        "job": Said("工种/职业方向", "Job"),
        "level": Said("职业技能等级", "Skill Level"),
        "code": Said("证书编号", "Certificate No."),
    }
)
"""The seven fields in the order of 附件. A colon follows the Chinese, none the English."""

ISSUE_DATE = Said("发证日期", "Issued date")
"""The label of the date: 附件 样式(一). A colon follows in both languages."""

CERTIFICATE_QUERY = "证书信息查询网址(Certificate Information)"
"""The label of the certificate query, one line in both languages: 附件 样式(一)."""

INSTITUTION_QUERY = "机构信息查询网址(Assessment Information)"
"""The label of the institution query: 附件 样式(一)."""

PROVINCIAL_QUERY = "省级证书查询网址(Provincial Certificate Information)"
"""The optional provincial query: 二(一) allows it, no sample shows it; the wording is inferred.

It may not name 人力资源社会保障部门 as 二(一) does: 五(二) bans the words from the certificate.
"""

PRINT_NUMBER = "No."
"""Stands before the print number (印制流水码): 附件 样式(一), 'No.88888888'."""

_BODY_ZH = (
    "本证书由{agency}颁发，表明持证人通过本机构组织的职业技能等级认定，"
    "具备该职业（工种）相应技能等级水平。"
)
_BODY_EN = (
    "This is to certify that the bearer has demonstrated corresponding competency in this "
    "occupation(job) for successful completion of the occupational skill level assessment "
    "organized by {agency}."
)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Content:
    """One content of a certificate (证书内容) as 二(一) counts them."""

    id: str
    name: Said  # as the notice lists it; the English is the label of 附件 where there is one
    required: bool


CONTENTS = (
    Content("title", Said("证书名称", "title"), required=True),
    Content("body", Said("证书正文", "body"), required=True),
    Content("agency", Said("评价机构名称", "name of the agency"), required=True),
    Content("issue_date", ISSUE_DATE, required=True),
    *(Content(field, label, required=True) for field, label in LABELS.items()),
    Content("photo", Said("持证人照片", "photo of the holder"), required=True),
    Content("qr", Said("二维码", "QR code"), required=True),
    Content(
        "certificate_query",
        Said("证书信息查询网址", "Certificate Information"),
        required=True,
    ),
    Content(
        "institution_query",
        Said("机构信息查询网址", "Assessment Information"),
        required=True,
    ),
    Content(
        "provincial_query",
        Said("省级证书查询网址", "Provincial Certificate Information"),
        required=False,
    ),
    Content("print_number", Said("证书印制流水码", "print number"), required=False),
)
"""Fifteen required contents and two optional ones, in the order of 二(一)."""


def body_zh(agency: str) -> str:
    """The Chinese body (正文) with the agency's filed name: 附件 样式(一)."""
    return _BODY_ZH.format(agency=agency)


def body_en(agency: str) -> str:
    """The English body. One full stop ends it, also after 'Co., Ltd.': 附件 样式(一)."""
    return _BODY_EN.format(agency=agency.removesuffix("."))


def issue_date_zh(day: date) -> str:
    """'2026年1月5日', without leading zeros, as ××年×月×日 of 附件 has it."""
    return f"{day.year}年{day.month}月{day.day}日"


def date_parts(day: date) -> Mapping[str, str]:
    """年、月、日 by content key, for sheets on which the three characters are printed with blanks before them.

    >>> dict(date_parts(date(2026, 1, 5)))
    {'issue_date.year': '2026', 'issue_date.month': '1', 'issue_date.day': '5'}
    """
    return {
        "issue_date.year": str(day.year),
        "issue_date.month": str(day.month),
        "issue_date.day": str(day.day),
    }


def issue_date_en(day: date) -> str:
    """'January 5, 2026': inferred, 附件 shows a blank line only. It does not ask the locale."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"
