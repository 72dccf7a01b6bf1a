"""Wording akin to the banned terms: what 五(二) calls 与上述相关或易产生歧义和误导的字样.

The terms themselves stand in `wording`. Here are the other names of the same bodies, the same claims
in English and pinyin (拼音), other ministries, supervised printing, and the words of the campaign of
2022. Each is an expression over folded text (`normalise`) with the rule and the strength it has.

>>> [(pattern.rule.value, pattern.strength.value) for pattern in RELATED if pattern.reads("人社部")]
[('wording/government-body', 'listed')]
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from certgen.standards.normalise import folded, loose
from certgen.standards.wording import CLAUSE, Rule

CAMPAIGN_CLAUSE = "人社部函〔2022〕25号"
"""Campaign against irregular certificates, 2022, as provincial departments relayed it; E10 of no notice here."""

SUPERVISION_CLAUSE = "人社鉴发〔2021〕1号 一"
"""证书由评价机构独立印制并发放，政府部门不参与监制。"""


class Strength(StrEnum):
    """How plainly a notice bars a wording."""

    LISTED = "listed"  # a banned term, or another name of what it names
    RELATED = "related"  # 与上述相关或易产生歧义和误导: a person decides


@dataclass(frozen=True, slots=True)
class Pattern:
    """One expression, what it claims, and how plainly it is barred."""

    expression: str
    rule: Rule
    strength: Strength
    clause: str = CLAUSE

    @property
    def compiled(self) -> re.Pattern[str]:
        """Over `Folded.text`."""
        return loose(self.expression)

    def reads(self, text: str) -> bool:
        """Whether the wording stands in `text`."""
        return any(folded(text).spans(self.compiled))


_AND = "[和与及、]?"
_DEPARTMENT = "(?:行政|主管|行政主管)?部门?|[厅局委办]|系统|机关|服务中心|事业单位"
# Human resources and social security (人力资源社会保障) by its names since 1988.
_LABOUR = (
    f"人力资源{_AND}社会保障(?:{_DEPARTMENT})?",
    "(?<![个法私])人社(?:部门?|[厅局委办]|系统)",
    "(?<!个)人保[部厅]",
    f"劳动{_AND}社会保障(?:{_DEPARTMENT})",
    f"劳动保障(?:{_DEPARTMENT})",
    "原劳动人事[部厅局]|[省市县区]劳动人事[厅局]",
    "原劳动[部厅局]|(?<![事保资])劳动部(?!门|分|件|署)",
    "原人事[部厅局]|国人部",
)
_CENTRES = (
    "(?:职业)?技能(?:人才)?鉴定(?:指导)?(?:总站|[中总]心|指导中心|管理中心)",
    "职业技能鉴定[所站]",
    "就业培训(?:技术)?指导中心",
)
_CLAIMS = ("职业资格|资格(?:的)?凭证|就业(?:的)?凭证|录用(?:的)?(?:重要|主要|有效|唯一)?依据",)
_STATE_WORDS = ("(?:中华)?人民共和国|中华共和国|中国|中华|国家|全国",)

# Departments of the State Council and offices that share their names with departments below.
_MINISTRIES = (
    "(?<![续人业远程高等学会])教育部(?!门)",
    "教育(?:[厅局]|行政部门)",
    "工业和信息化[部厅局]|工信[部厅局]",
    "应急管理[部厅局]|应急[部厅](?!门)",
    "住房(?:和)?城乡建设[部厅局委]|住建[部厅局委](?!门)",
    "交通运输[部厅局委]|农业农村[部厅局委]|文化和旅游[部厅局委]|文旅[部厅局](?!门)",
    "卫生健康(?:委员会|委)|卫健委|卫计委|国卫办",
    "公安[部厅局]|民政[部厅局]|财政[部厅局]|司法[部厅局]|水利[部厅局]|商务[厅局]|商务部(?!门|经)",
    "科学技术[部厅局]|科技[部厅局](?!门)",
    "自然资源[部厅局]|生态环境[部厅局]|退役军人事务[部厅局]",
    "市场监督管理(?:总局|局)|市场监管(?:总局|局)|质检总局|体育总局|安监总局|安全生产监督管理局|药监局",
    "中医药管理局|能源局|铁路局|民航局|邮政局|林业和草原局|粮食和物资储备局|广电总局",
    "发展和改革委员会|发展改革委|发改委|国资委",
    "国务院|中共中央|党中央|中央(?:人民)?政府|中央(?:国家)?(?:机关|部委|组织部|宣传部|编办)|两部委|[各多数]部委",
    "人民政府|国字号|国考(?!察|核|研|量|虑|古|生)",
)
_MISLEADING = (
    "(?:持证|凭证|须证|无证)上岗|上岗(?:必备|必需|凭证|资格|许可|依据|通行证)|上岗证",
    "(?:岗位)?任职(?:资格|依据|条件|凭证)|准入(?:资格|凭证|证明|许可)|从业(?:资格|许可|准入|必备)|就业准入",
    "政府(?:部门|机构|机关)?(?:认可|认证|认定|授权|批准|指定|监管|推荐|背书|颁发|承认)",
    "(?<![业员])资格证(?:书|明)?",
    "[部省国]颁(?!发)|部级(?:认证|证书|颁发)|省部级|国标委",
    "官方(?:认证|认可|授权|指定|发证|颁发|机构|备案|权威|证书|唯一)",
    "行政许可|红头文件|法定(?:证书|资格|凭证)|体制内(?:认可|通用)",
    "(?:等同|视同|相当|等效)于?(?:学历|职称|公务员|执业)",
    "(?:从业|上岗|任职|聘用|录取)(?:的)?(?:凭证|依据)|就业(?:的)?(?:依据|通行证)",
    "(?:招聘|晋升|晋级|加薪|落户|积分入户)(?:的)?(?:必备|凭证|依据)",
    "职业技能等级[^。]{0,4}1\ue001x|1\ue001x(?:证书|职业技能)",
)
_CAMPAIGN = (
    "(?:岗位|上岗)合格(?:凭证|证书|证明|证)?",
    "专业技术(?:职务|资格|职称)(?:任职)?(?:凭证|资格|证书)?",
    "执业(?:资格|许可|准入|证书)",
    "(?:职业)?技能鉴定",
    "专项职业能力",
    "政府主推|政府推荐证书",
    "包过(?![滤敏程热渡])|保过(?![滤敏程热渡])|包拿证|包取证|不过(?:包)?退|考不过退|代考|替考|免考|免试|速成|快速(?:拿证|取证|下证|出证)",
    "上岗必须|高薪(?:入职|就业)|内部推荐|包就业|挂靠|挂证",
    "[0-9一二三四五六七八九十两]{1,4}(?:个)?(?:工作日|天|日|周|月)(?:内)?(?:拿证|取证|下证|出证|领证)",
    "不限(?:年龄|专业|学历|条件)|(?:年龄|专业|学历)不限|[零无]门槛|无需(?:考试|培训)",
    (
        "原(?:国家)?(?:劳动|劳动人事|人事|卫生|卫生计生|教育|农业|林业|建设|铁道|交通|信息产业|电子工业|机械工业|冶金工业"
        "|化学工业|煤炭工业|纺织工业|轻工业|电力工业|国内贸易|商业|物资|外经贸|国土资源|环境保护|文化|邮电|水利|能源"
        "|地质矿产|航空航天)部"
    ),
)
_SUPERVISION = ("监制(?![度造药衣作师])|监印(?!象)|监督(?:印制|制作|制发|印刷)|印制监督",)

_WORD = "(?<![a-z0-9])(?:{})(?![a-z0-9])"
_SP = "[ \n\ue001\ue002\ue003]{0,3}"
_KIND = "(?:occupational|vocational|professional|occupation|vocation|profession|career|job|skills?|trade)"
_FULL_ENGLISH = (
    f"people'?s{_SP}republic{_SP}of{_SP}china|republic{_SP}of{_SP}china",
    f"p{_SP}r{_SP}c|p{_SP}r{_SP}of{_SP}china|p{_SP}r{_SP}china",
    f"(?:national|state|china){_SP}(?:{_KIND}{_SP}){{0,2}}qualifications?",
    f"{_KIND}{_SP}(?:skills?{_SP})?qualifications?",
    f"ministry{_SP}of(?:{_SP}[a-z]+){{1,3}}(?:{_SP}and{_SP}social{_SP}security)?|mohrss|moh?lss",
    f"human{_SP}resources{_SP}(?:and{_SP})?social{_SP}security(?:{_SP}(?:department|bureau|ministry|authority))?",
    (
        f"{_KIND}{_SP}skills?{_SP}(?:testing|appraisal|identification|verification){_SP}"
        f"(?:guidance{_SP})?(?:authority|cent(?:er|re))"
    ),
    "osta|cettic|nosc",
    f"china{_SP}employment{_SP}training{_SP}technical{_SP}(?:instruction|guidance){_SP}cent(?:er|re)",
)
_RELATED_ENGLISH = (
    (
        f"national{_SP}(?:(?:unified|general|official|{_KIND}){_SP}){{0,2}}(?:standards?|certificates?|"
        "certification|certified|credentials?|licen[cs]es?|authority|recogni[sz](?:ed|tion)|examinations?|level|"
        "registration|registered|accredit(?:ed|ation)|unified|validity|valid|skills?|database|network|award|training|"
        "assessment|testing|cent(?:er|re)|administration|commission|bureau|council|government|emblem|grade|"
        "competency|framework|register|occupational|vocational|professional)"
    ),
    f"nationally{_SP}(?:recogni[sz]ed|valid|certified|accredited|registered|unified)|nation{_SP}wide",
    f"(?:valid|recogni[sz]ed){_SP}(?:throughout|across|all{_SP}over){_SP}(?:the{_SP})?(?:country|nation|china)",
    f"state{_SP}(?:council|certified|recogni[sz]ed|authori[sz]ed|approved|issued|administration|level|government)",
    f"(?:chinese|china'?s|central|local|provincial|municipal){_SP}(?:national|government|state|ministry)",
    f"government{_SP}(?:recogni[sz]ed|certified|authori[sz]ed|approved|issued|accredited|supervised|endorsed)",
    (
        f"(?:authori[sz]ed|approved|recogni[sz]ed|certified|supervised|issued|accredited|endorsed){_SP}by{_SP}"
        f"(?:the{_SP})?(?:chinese{_SP})?(?:state|government|nation|ministry|department)"
    ),
    f"(?:professional|occupational|vocational|national){_SP}(?:title|licen[cs]e|licensure)",
    f"(?:personnel|staff|employee){_SP}qualifications?|qualification{_SP}(?:certificate|credential|certification)s?",
    f"(?:certificate|certification|proof){_SP}of{_SP}(?:{_KIND}{_SP})?qualifications?",
    f"(?:employment|hiring|recruitment){_SP}(?:credential|voucher|permit|licen[cs]e|basis|certificate)s?",
    f"basis{_SP}(?:for|of){_SP}(?:employment|recruitment|hiring)",
    f"supervised{_SP}(?:and{_SP})?(?:printed|printing)|printed{_SP}under{_SP}(?:the{_SP})?supervision",
    "(?<!bone )china(?!ware)",
)
# The syllables of each banned term. A person's name may read the same: the holder is exempt.
_PINYIN_TERMS = (
    *("zhong hua ren min gong he guo", "zhong hua", "zhong guo", "guo jia", "quan guo"),
    *("ren min gong he guo", "ren li zi yuan", "she hui bao zhang"),
    *("zhi ye zi ge", "zi ge ping zheng", "zi ge zheng shu", "jiu ye ping zheng", "lu yong yi ju"),
    *(
        "ren yuan zi ge",
        "zhi ye ji neng jian ding",
        "jian ding zhong xin",
        "ren she bu",
        "ren she ting",
    ),
)
# After these letters another syllable would begin otherwise: guojian, zhongguon.
_PINYIN = (
    *(
        rf"(?<![a-z]){_SP.join(term.split())}(?!n(?![aeiou])|ng|o|i|u|r(?![aeiu]))"
        for term in _PINYIN_TERMS
    ),
    _WORD.format("zhyzg|zyzg|zyzgzs|zhrmghg|gjzyzg|zgjypxjszdzx|rlzyshbzb"),
)


def _all(
    expressions: tuple[str, ...], rule: Rule, strength: Strength, clause: str = CLAUSE
) -> tuple[Pattern, ...]:
    return tuple(Pattern(expression, rule, strength, clause) for expression in expressions)


def _words(expressions: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(_WORD.format, expressions))


RELATED: tuple[Pattern, ...] = (
    *_all(_STATE_WORDS, Rule.STATE_NAME, Strength.LISTED),
    *_all((*_LABOUR, *_CENTRES), Rule.GOVERNMENT_BODY, Strength.LISTED),
    *_all(_CLAIMS, Rule.QUALIFICATION_CLAIM, Strength.LISTED),
    *_all(("人员(?:的)?(?:职业)?资格",), Rule.PERSONNEL_QUALIFICATION, Strength.LISTED),
    *_all(_SUPERVISION, Rule.GOVERNMENT_SUPERVISION, Strength.LISTED, SUPERVISION_CLAUSE),
    *_all(_words(_FULL_ENGLISH), Rule.FOREIGN_EQUIVALENT, Strength.LISTED),
    *_all(_words(_RELATED_ENGLISH), Rule.FOREIGN_EQUIVALENT, Strength.RELATED),
    *_all(_PINYIN, Rule.PINYIN, Strength.RELATED),
    *_all((*_MINISTRIES, *_MISLEADING), Rule.MISLEADING, Strength.RELATED),
    *_all(_CAMPAIGN, Rule.CAMPAIGN_2022, Strength.RELATED, CAMPAIGN_CLAUSE),
)
"""In the order in which, of two hits of one length, the first is reported."""

CLAUSES: Mapping[Rule, str] = MappingProxyType(
    {pattern.rule: pattern.clause for pattern in RELATED}
)
"""The clause that each rule rests on."""
