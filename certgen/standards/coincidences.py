"""Banned characters that meet by chance where two words touch: 安全|国际 holds 全国, 美国|家居 国家.

A hit passes as a coincidence (巧合) only when both sides make words: the one that ends with its first
characters and the one that begins with the rest. The lists err on the side of reporting.

>>> coincidence("电气安全国标应用", 3, 5)
('安全', '国标')
>>> coincidence("安全国家标准", 2, 4) is None
True
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

# Words that end in the first character of a term. 其中, 行业中: something stands within.
_BEFORE: Mapping[str, str] = MappingProxyType(
    {
        "全": "安全|完全|健全|齐全|保全|周全|成全|顾全|俱全|双全|万全|两全|求全|大全|不全",
        "中": (
            "其中|当中|之中|集中|高中|初中|途中|空中|心中|手中|水中|海中|年中|期中|程中|业中|目中|人中|员中"
            "|工中|生中|者中|师中|构中|位中|品中|料中|区中|市中|省中|县中|校中|队中|会中|段中|类中|组中|批中"
            "|作中|产中|训中|定中|价中|核中|试中|赛中|务中|场中|系中|库中|件中|房中|家中|城中|郑中|华中|适中"
            "|数中|例中|项中|章中|课中|学中|艺中|术中|验中|建中|汉中|晋中|台中|阆中"
        ),
        "国": (
            "美国|英国|法国|德国|泰国|韩国|俄国|外国|各国|我国|祖国|爱国|建国|卫国|强国|帝国|王国|跨国|出国"
            "|回国|救国|治国|保国|报国|护国|兴国|立国|邻国|本国|他国|别国|异国|两国|三国|古国|大国|小国|岛国"
            "|该国|贵国|敌国|盟国|定国|安国|振国|楚国|齐国|鲁国|赵国|燕国|秦国|魏国|吴国|越国|蜀国"
        ),
    }
)
# Words that begin with the second character, where no longer word takes them back: 国标准, 国企业.
_BEHIND: Mapping[str, str] = MappingProxyType(
    {
        "国": (
            "国际|国标(?!准)|国内(?!地|蒙)|国外(?!交|汇|贸)|国企(?!业)|国资(?!本|源|格|金|产|质|料|讯|助)"
            "|国产(?!业)|国有(?:企|资|控|独|土|林|银|经|单|全|产)|国营|国学(?!校|员|生|习|院|会|者|术)|国防|国旗"
            "|国徽|国歌|国语|国画|国药|国货|国土|国库|国债|国税|国庆|国界|国境|国手|国粹|国策|国宝|国史|国情"
            "|国力|国人(?!力|民|社|才|员)|国民(?!航|政|族|间|主|办|营)|国网|国电|国投|国贸|国药|国医|国术|国道"
            "|国宾|国泰|国安|国美|国瑞|国信|国培|国赛|国奖|国家(?:电|庭|具|政|居|装|纺|用|畜|禽|长|属|乡|园|教)"
        ),
        "华": "华为|华中|华南|华北|华东|华西|华侨|华人(?!民)|华夏|华山|华润|华电|华能|华硕|华裔|华文|华语|华丽|华侨",
        "家": (
            "家居|家政|家具|家电(?!网)|家庭|家装|家纺|家畜|家禽|家长|家族|家用|家园|家乡|家教|家属|家务|家常"
            "|家访|家规|家私|家训|家谱|家风|家书|家宴|家校|家兔|家蚕|家俱|家兴"
        ),
    }
)
_LONGEST = 4
"""Characters of the longest word in the lists."""

# Names of places and streets that hold a term and name no state.
_PLACES = re.compile(
    r"中华(?:路|街|门|大街|大道|巷|桥|广场|社区|街道|镇|乡|村|楼|园|苑|北街|南街|东路|西路|北大街|南大街|世纪坛|鲟)"
    r"|全国(?:坊|栋)"
)


def coincidence(text: str, first: int, last: int) -> tuple[str, str] | None:
    """The two words that meet in `text[first:last]`, or None where it must be read as it stands.

    `text` is folded and `first`, `last` are the ends of a term of two characters.
    """
    letters = [at for at in range(first, last) if text[at].isalnum()]
    if len(letters) != 2:
        return None
    one, two = text[letters[0]], text[letters[1]]
    left = text[max(letters[0] - _LONGEST, 0) : letters[0] + 1]
    before = re.search(f"(?:{_BEFORE.get(one, '(?!)')})$", left)
    behind = re.match(_BEHIND.get(two, "(?!)"), text[letters[1] :])
    return (before.group(), behind.group()) if before and behind else None


def place_name(text: str, first: int, last: int) -> str | None:
    """The name of a street or a place that `text[first:last]` begins, as 中华路."""
    found = _PLACES.match(text, first)
    return found.group() if found and found.end() > last else None
