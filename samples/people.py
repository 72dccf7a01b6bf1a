"""Sixty invented certificate holders (持证人): nobody here exists.

Resident numbers begin 190000, a place that GB/T 2260 does not have, and pass the check digit of
GB 11643-1999. Residence permits and 18-digit permanent-residence cards show the numbers of
published specimens; every other number is plainly made up (H00000001, SAMPLE01).

>>> resident("19870412", 31)[0:6]
'190000'
"""

import hashlib
from dataclasses import dataclass
from datetime import date

from certgen.standards.identity import check_digit
from certgen.standards.identity_types import IdentityType
from certgen.standards.levels import Level

_NOWHERE = "190000"  # provinces 11 to 15 exist in North China, 19 does not (GB/T 2260)

Identity = tuple[IdentityType, str]


def resident(born: str, sequence: int) -> str:
    """The number of somebody born on `born` (YYYYMMDD), nowhere; an odd sequence is a man's."""
    first = f"{_NOWHERE}{born}{sequence:03d}"
    return first + check_digit(first)


def seed_of(number: str) -> int:
    """The number from which the portrait of a holder is drawn."""
    return int.from_bytes(hashlib.sha256(number.encode()).digest()[:4])


def is_female(number: str) -> bool:
    """Whom the portrait shows: what a resident number says, else drawn by lot."""
    digit = number[16] if len(number) == 18 else str(seed_of(number) % 10)
    return digit in "02468"


@dataclass(frozen=True, slots=True)
class Trade:
    """An occupation (职业), its job (工种/职业方向) or None, and the levels filed for it."""

    occupation: str
    job: str | None
    levels: str  # '5、4、3', as lists of filed scopes write it (备案职业范围)
    code: str = ""  # of the occupation, where a notice gives it


@dataclass(frozen=True, slots=True)
class Holder:
    """One invented person and the certificate that person is to get."""

    name: str
    kind: IdentityType
    number: str
    trade: Trade
    level: Level
    issued: date

    @property
    def female(self) -> bool:
        """Whom the portrait shows: what a resident number says, else drawn by lot."""
        return is_female(self.number)

    @property
    def seed(self) -> int:
        """The number from which the portrait is drawn; the same in every run."""
        return seed_of(self.number)


# 车工, 家政服务员, 汽车维修工 and 钳工 with codes, jobs and levels as in the example of
# 豫职鉴〔2021〕1号 三(五); the writing of the levels differs on purpose from trade to trade.
LATHE_BEGINNER = Trade("车工", None, "5", "6-18-01-01")
LATHE = Trade("车工", "普通车床", "4、3、2、1", "6-18-01-01")
LATHE_CNC = Trade("车工", "数控车床", "4、3、2、1", "6-18-01-01")
FITTER = Trade("钳工", None, "5、4、3、2、1", "6-20-01-01")
WELDER = Trade("焊工", "电焊工", "5-1")
CRANE = Trade("起重装卸机械操作工", "叉车司机", "5、4、3")
# Fifteen characters, as the longest name in groups 3 to 6 of the occupation catalogue
# (职业分类大典) of 2022.
CHIPS = Trade("半导体分立器件和集成电路装调工", "半导体分立器件封装工", "5-1")

CARE = Trade("养老护理员", None, "五级/初级工、四级/中级工、三级/高级工、二级/技师、一级/高级技师")
HOME = Trade("家政服务员", "家务服务员", "5、4、3", "4-10-01-06")
NEWBORN = Trade("家政服务员", "母婴护理员", "5、4、3", "4-10-01-06")
HOME_SENIOR = Trade("家政服务员", None, "2", "4-10-01-06")
CAR = Trade("汽车维修工", "汽车电器维修工", "5、4、3、2、1", "4-12-01-01")
COOK = Trade("中式烹调师", None, "5-1")

EMPLOYER_TRADES = (LATHE_BEGINNER, LATHE, LATHE_CNC, FITTER, WELDER, CRANE, CHIPS)
SCHOOL_TRADES = (CARE, HOME, NEWBORN, HOME_SENIOR, CAR, COOK)


def _card(born: str, sequence: int) -> Identity:
    return IdentityType.RESIDENT_CARD, resident(born, sequence)


def _permit(number: str) -> Identity:
    return IdentityType.HMT_RESIDENCE_PERMIT, number


def _foreign(number: str) -> Identity:
    return IdentityType.PERMANENT_RESIDENCE_CARD, number


def _hong_kong_macao(number: str) -> Identity:
    return IdentityType.HONG_KONG_MACAO_PERMIT, number


def _taiwan(number: str) -> Identity:
    return IdentityType.TAIWAN_PERMIT, number


def _passport(number: str) -> Identity:
    return IdentityType.PASSPORT, number


_Row = tuple[str, Identity, Trade, int]


def _holders(issued: date, *rows: _Row) -> tuple[Holder, ...]:
    return tuple(
        Holder(name, *identity, trade, Level(level), issued)
        for name, identity, trade, level in rows
    )


EMPLOYER_MAIN = _holders(
    date(2026, 1, 15),
    ("陈䶮", _card("19870412", 1), LATHE_CNC, 3),
    ("李𬭎", _card("19920830", 3), LATHE_CNC, 4),
    ("王㛃", _card("19950107", 2), LATHE, 4),
    ("赵𫖯", _card("19791122", 5), FITTER, 1),
    ("周𬀩", _card("19840619", 7), WELDER, 2),
    ("阿卜杜拉·买买提", _card("19901003", 9), WELDER, 3),
    ("阿依古丽努尔·阿卜杜外力伊明江", _card("19930214", 4), CHIPS, 3),
    ("布合力其汗·阿卜杜克热木江", _card("19960528", 6), CHIPS, 4),
    ("欧阳静姝", _card("19880917", 8), CHIPS, 2),
    ("丁一", _card("20040301", 11), LATHE_BEGINNER, 5),
    ("马骉", _card("20030715", 13), LATHE_BEGINNER, 5),
    ("孙晓禾", _card("19810526", 12), LATHE, 1),
    ("吴桐", _card("19860808", 15), LATHE, 2),
    ("郑砚秋", _card("19910411", 14), LATHE, 3),
    ("冯嘉木", _card("19991230", 17), FITTER, 5),
    ("何清越", _card("19970622", 16), FITTER, 4),
    ("林照野", _card("19830113", 19), FITTER, 3),
    ("高远", _card("19760909", 21), FITTER, 2),
    ("罗松年", _card("19720718", 23), WELDER, 1),
    ("宋知微", _card("20010405", 18), WELDER, 5),
    ("陈安琪", _permit("810000199408230021"), WELDER, 4),
    ("MARIA SAMPLE", _foreign("932682198501010017"), CHIPS, 5),
    ("何家乐", _hong_kong_macao("H00000001"), CRANE, 4),
    ("JOHN EXAMPLE", _passport("SAMPLE01"), LATHE_CNC, 1),
)
EMPLOYER_BRANCH = _holders(
    date(2026, 3, 20),
    ("梁𬱟", _card("19850316", 25), LATHE_CNC, 2),
    ("唐𫟹", _card("19940925", 20), FITTER, 3),
    ("许𬴂", _card("19890702", 27), CRANE, 3),
    ("韩采薇", _card("20000111", 22), CRANE, 5),
    ("邓舟", _card("19780429", 29), WELDER, 2),
    ("曹闻溪", _card("19980817", 24), CHIPS, 1),
    ("彭亦凡", _card("19930619", 31), CHIPS, 3),
    ("曾广陵", _card("19741205", 33), LATHE, 1),
    ("萧萧", _card("20020228", 26), LATHE_BEGINNER, 5),
    ("司马长青", _card("19801018", 35), FITTER, 4),
    ("扎西顿珠", _card("19910909", 37), CRANE, 4),
    ("黄雅婷", _permit("830000199201300022"), FITTER, 5),
    ("林俊宏", _taiwan("00000001"), WELDER, 4),
    ("ANNA PLACEHOLDER", _foreign("XXA000000000001"), LATHE_CNC, 4),
)
SCHOOL = _holders(
    date(2026, 5, 22),
    ("江䶮", _card("19820327", 28), CARE, 1),
    ("白𬭎", _card("19900516", 39), COOK, 2),
    ("苏㛃", _card("19960704", 30), NEWBORN, 3),
    ("古丽巴哈尔·吐尔逊阿依江", _card("19870923", 32), CARE, 4),
    ("于飞", _card("20030812", 41), CAR, 5),
    ("段听澜", _card("19940218", 34), HOME, 4),
    ("诸葛明月", _card("19791107", 36), HOME_SENIOR, 2),
    ("石磊", _card("19860131", 43), CAR, 1),
    ("任苒", _card("19990620", 38), CARE, 5),
    ("姜山", _card("19750415", 45), COOK, 1),
    ("范予安", _card("20011009", 40), NEWBORN, 5),
    ("方向明", _card("19881226", 47), CAR, 3),
    ("夏晚晴", _card("19920303", 42), HOME, 3),
    ("龙腾", _card("19970514", 49), CAR, 4),
    ("谭书雅", _card("19950827", 44), CARE, 3),
    ("次仁卓玛", _card("19890112", 46), CARE, 2),
    ("毛小满", _card("20040520", 48), HOME, 5),
    ("郭子衿", _card("19800606", 51), COOK, 3),
    ("卢卡斯", _foreign("911124198108030024"), COOK, 4),
    ("区嘉敏", _hong_kong_macao("M0000000201"), NEWBORN, 4),
    ("蔡佩珊", _taiwan("0000000201"), CARE, 3),
    ("NGUYEN VAN SAMPLE", _passport("XX0000001"), CAR, 2),
)
EVERYBODY = EMPLOYER_MAIN + EMPLOYER_BRANCH + SCHOOL
