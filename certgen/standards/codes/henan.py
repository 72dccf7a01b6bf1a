"""How Henan (河南省) reads the certificate code: eight parts instead of seven, and local rules.

豫职鉴〔2020〕2号 附件1 (12 March 2020) splits the site number into a city code and four digits;
豫职鉴〔2021〕1号 一 (14 January 2021) gives position 10 a meaning. A code that breaks them is still
a national code, and agencies filed earlier may break them: hence doubts, never errors.

>>> [part.meaning.zh for part in explain(CertificateCode.parse("Y000041120123195000001"))][3]
'三门峡市'
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from certgen.errors import Said
from certgen.standards.codes.national import Category, CertificateCode
from certgen.standards.codes.parts import Doubt, Part
from certgen.standards.levels import Level

PROVINCE = "41"

_SPLIT_CLAUSE = "豫职鉴〔2020〕2号 附件1"
_SPLIT_SINCE = date(2020, 3, 12)
_SCHOOLS_CLAUSE = "豫职鉴〔2021〕1号"
_SCHOOLS_SINCE = date(2021, 1, 14)
_SCHOOL_CENTRE = "9"

CITIES: Mapping[str, Said] = MappingProxyType(
    {
        "00": Said("省直", "the province itself"),
        "01": Said("郑州市", "Zhengzhou"),
        "02": Said("开封市", "Kaifeng"),
        "03": Said("洛阳市", "Luoyang"),
        "04": Said("平顶山市", "Pingdingshan"),
        "05": Said("安阳市", "Anyang"),
        "06": Said("鹤壁市", "Hebi"),
        "07": Said("新乡市", "Xinxiang"),
        "08": Said("焦作市", "Jiaozuo"),
        "09": Said("濮阳市", "Puyang"),
        "10": Said("许昌市", "Xuchang"),
        "11": Said("漯河市", "Luohe"),
        "12": Said("三门峡市", "Sanmenxia"),
        "13": Said("南阳市", "Nanyang"),
        "14": Said("商丘市", "Shangqiu"),
        "15": Said("信阳市", "Xinyang"),
        "16": Said("周口市", "Zhoukou"),
        "17": Said("驻马店市", "Zhumadian"),
        "18": Said("济源市", "Jiyuan"),
        "19": Said("巩义市", "Gongyi"),
        "20": Said("兰考县", "Lankao"),
        "21": Said("汝州市", "Ruzhou"),
        "22": Said("滑县", "Huaxian"),
        "23": Said("长垣县", "Changyuan"),
        "24": Said("邓州市", "Dengzhou"),
        "25": Said("永城市", "Yongcheng"),
        "26": Said("固始县", "Gushi"),
        "27": Said("鹿邑县", "Luyi"),
        "28": Said("新蔡县", "Xincai"),
    }
)
"""City codes (省直或市级代码), positions 8 and 9: 附件1 二(四) 表5."""


def explain(code: CertificateCode) -> tuple[Part, ...]:
    """The eight parts of a Henan code; a code of another province is explained nationally."""
    national = code.explain()
    if code.province != PROVINCE:
        return national
    city, sequence = code.site_number[:2], code.site_number[2:]
    unknown = Said("未知代码", "unknown code")
    city_part = Part(
        *(8, 9, city),
        Said("省直或市级代码", "city code"),
        CITIES.get(city, unknown),
        f"{_SPLIT_CLAUSE} 二(四)",
    )
    sequence_part = Part(
        *(10, 13, sequence),
        Said("评价机构（站点）序列码", "site number"),
        Said("由参保地人力资源社会保障部门赋码", "assigned where the agency is insured"),
        f"{_SPLIT_CLAUSE} 二(五)",
    )
    return (*national[:3], city_part, sequence_part, *national[4:])


def doubts(code: CertificateCode, issued: date) -> tuple[Doubt, ...]:
    """What Henan's rules make doubtful about a code issued on that day; () for other provinces."""
    if code.province != PROVINCE:
        return ()
    found: list[Doubt] = []
    if issued >= _SPLIT_SINCE and code.site_number[:2] not in CITIES:
        found.append(_unknown_city(code.site_number[:2]))
    is_school_centre = code.category is Category.EMPLOYER and code.site_number[2] == _SCHOOL_CENTRE
    if issued >= _SCHOOLS_SINCE and is_school_centre:
        found.append(_school_centre())
        if code.level <= Level.TWO:
            found.append(_school_level(code.level))
    return tuple(found)


def _unknown_city(city: str) -> Doubt:
    said = Said(
        f"河南省没有市级代码“{city}”（第 8-9 位），请核对备案编码",
        f"Henan has no city code '{city}' (positions 8-9); compare with the filing",
    )
    return Doubt("henan/city", said, f"{_SPLIT_CLAUSE} 二(四)")


def _school_centre() -> Doubt:
    """取值范围为0—8 for employers (一(一)2), 9 for a school's centre for its pupils (一(三)2)."""
    said = Said(
        "第 10 位为 9：只有技工院校评价本校人员时使用，请核对评价机构名称",
        "position 10 is 9: only a technical school assessing its own people has it; "
        "compare with the name of the agency",
    )
    return Doubt("henan/school-centre", said, f"{_SCHOOLS_CLAUSE} 一(一)2, 一(三)2")


def _school_level(level: Level) -> Doubt:
    """原则上确定为5—3级 for pupils (二(三)); staff may have any level.

    豫人社办函〔2021〕155号 二(一)1: 学校对本校教职工可……开展各等级的技能等级评价.
    """
    said = Said(
        f"技工院校对学生的评价原则上为五级至三级，现为{level.numeral}，请核对是否为教职工",
        f"a technical school assesses pupils at levels 5 to 3 as a rule, found {level:d}; "
        "check that the holder belongs to its staff",
    )
    return Doubt("henan/school-level", said, f"{_SCHOOLS_CLAUSE} 二(三)")
