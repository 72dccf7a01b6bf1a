"""Occupations nobody may certify by skill level: those with an access qualification (准入类职业资格).

国家职业资格目录（2021年版）二, 技能人员职业资格, 13 items. 准入类职业资格不纳入试点范围 (人社厅发〔2018〕148号
一(三)); 技工院校不得对《国家职业资格目录》内的准入类职业开展技能等级认定 (豫人社办函〔2020〕35号 六).
Five occupations are still 水平评价类 and 拟依法调整为准入类: Henan refuses these too (豫职鉴〔2021〕1号
三(一)); elsewhere the notice for ministries and trades says so (中就培函〔2020〕41号 二(二)).

>>> find("消防设施操作员").entry.item
4
>>> find("焊工") is None
True

Errata. The copy of the catalogue that we worked from was read by machine, its table shifted from item
1 to item 3: the item's name 核安全设备焊接人员 stands in the line of item 2, whose own name, 安保服务人员,
is lost. Against other printings of the same catalogue:

- the second entry of item 1 reads 焊工 and is 国防科技工业军用核安全设备焊接人员. Ordinary 焊工
  (6-18-02-04) is in no list and is not refused;
- the second entry of item 2 has lost its name, 民航安全检查员: what is left of the line (民航行业技能鉴定机构,
  水平评价类) cannot be the 保安员 of the police;
- item 6: the remark 拟依法调整为准入类 stands beside 民航乘务员, which is 准入类 by 《民用航空法》; it belongs to
  the line below, 机场运行指挥员;
- item 7 reads 轨道交通司机 and is 轨道列车司机. Both are refused.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from certgen.standards.text import half_width

CATALOGUE = "国家职业资格目录（2021年版）二"
ACCESS_CLAUSE = "人社厅发〔2018〕148号 一(三)"
PROPOSED_CLAUSE = "中就培函〔2020〕41号 二(二)"
HENAN_PROPOSED_CLAUSE = "豫职鉴〔2021〕1号 三(一)"


class Kind(StrEnum):
    """The kind of qualification (资格类别) that the catalogue gives an occupation."""

    ACCESS = "准入类"
    PROPOSED = "拟依法调整为准入类"


@dataclass(frozen=True, slots=True)
class Entry:
    """One occupation of the catalogue."""

    item: int  # 序号
    name: str
    kind: Kind = Kind.ACCESS
    other_names: tuple[str, ...] = ()  # how lists also call it
    only_jobs: tuple[str, ...] = ()  # where the remark (备注) limits it: words in the job

    @property
    def source(self) -> str:
        """The place in the catalogue."""
        return f"{CATALOGUE} 第 {self.item} 项"


_PROPOSED = Kind.PROPOSED
ENTRIES: tuple[Entry, ...] = (
    # 核安全设备焊接人员，生态环境部和国防科工局
    Entry(1, "民用核安全设备焊工", other_names=("核安全设备焊接人员", "核安全设备焊工")),
    Entry(1, "民用核安全设备焊接操作工", other_names=("核安全设备焊接操作工",)),
    Entry(1, "国防科技工业军用核安全设备焊接人员"),
    # 安保服务人员
    Entry(2, "保安员"),
    Entry(2, "民航安全检查员", _PROPOSED),
    # 消防和应急救援人员
    Entry(3, "消防员", _PROPOSED),
    Entry(3, "森林消防员", _PROPOSED),
    Entry(3, "应急救援员", _PROPOSED),
    Entry(4, "消防设施操作员"),
    # 健身和娱乐场所服务人员
    Entry(5, "游泳救生员"),
    # 指从事游泳、滑雪、潜水、攀岩等高危险性体育项目的社会体育指导员 (备注)
    Entry(5, "社会体育指导员", only_jobs=("游泳", "滑雪", "潜水", "攀岩")),
    # 航空运输服务人员
    Entry(6, "民航乘务员"),
    Entry(6, "机场运行指挥员", _PROPOSED),
    # 轨道交通运输服务人员
    Entry(7, "轨道列车司机", other_names=("轨道交通司机", "轨道交通列车司机")),
    # 危险货物、化学品运输从业人员
    Entry(8, "危险货物道路运输从业人员"),
    Entry(8, "放射性物品道路运输从业人员"),
    Entry(8, "危险货物水路运输从业人员"),
    # 道路运输从业人员
    Entry(9, "经营性客运驾驶员"),
    Entry(9, "经营性货运驾驶员"),
    Entry(9, "出租汽车驾驶员"),
    Entry(10, "特种作业人员"),
    Entry(11, "建筑施工特种作业人员"),
    Entry(12, "特种设备安全管理和作业人员"),
    Entry(13, "家畜繁殖员"),
)
"""In the order of the catalogue."""


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that an occupation or job names."""

    entry: Entry
    certain: bool = True  # False: the entry holds for some jobs only, and none is given


def find(occupation: str, job: str | None = None) -> Match | None:
    """The entry that the occupation (职业) or its job (工种/职业方向) names in full, or None."""
    here = _folded(job or "")
    for name in filter(None, (_folded(occupation), here)):
        entry = _BY_NAME.get(name)
        if entry is None:
            continue
        if not entry.only_jobs or any(word in here for word in entry.only_jobs):
            return Match(entry)
        if here in {"", name}:
            return Match(entry, certain=False)
    return None


def _folded(text: str) -> str:
    return "".join(half_width(text).split())


def _named() -> Iterator[tuple[str, Entry]]:
    for entry in ENTRIES:
        yield from ((name, entry) for name in (entry.name, *entry.other_names))


_BY_NAME: Mapping[str, Entry] = dict(_named())
