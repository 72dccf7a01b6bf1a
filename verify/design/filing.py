"""What is filed (备案) about the agency whose design is checked: the names that must be printed as filed.

From an agency file of ours or from a row of the centre's directory (`directory`). None of it is
guessed from the design: what is not given is not compared, and the report says so.
"""

import re
from dataclasses import dataclass

from certgen.exchange.agency import Agency, ScopeEntry
from certgen.standards.seals import SUFFIX
from certgen.standards.wording_matches import Names

PERSONNEL_OFFICE = (
    "人力资源部|人力资源中心|人力资源处|人力资源科|人事部|人事处|人事科|人事劳资(?:部|处|科)|劳动人事(?:部|处|科)"
    "|人事劳动(?:部|处|科)|组织人事(?:部|处|科)|劳动工资(?:部|处|科)|人力资源管理(?:部|处|中心)|人事教育(?:部|处|科)"
    "|人力资源开发(?:部|处|中心)|人事劳动保障工作机构"
)
"""Offices of an employer that may seal in its place: 四(四) 本机构人事劳动保障工作机构."""

_ASSOCIATION = re.compile("协会|商会|学会|联合会|促进会|研究会|同业公会|行业公会")


@dataclass(frozen=True, slots=True)
class Filing:
    """One agency as it is filed. Empty means: not given, not compared."""

    name: str
    english_name: str = ""
    category: str = ""  # 'Y' 用人单位, 'S' 社会培训评价组织, '' not known
    association: bool | None = None  # 行业协会商会
    branches: tuple[str, ...] = ()
    branch_english_names: tuple[str, ...] = ()
    scope: tuple[ScopeEntry, ...] = ()
    qr_host: str = ""  # its own query host
    holders: tuple[str, ...] = ()  # names of persons whom the design shows

    @property
    def names(self) -> tuple[str, ...]:
        """Agency and branches."""
        return self.name, *self.branches

    @property
    def seals(self) -> tuple[str, ...]:
        """What a seal may say: 四(一), 四(二)."""
        return (*self.names, *(name + SUFFIX for name in self.names))

    @property
    def is_association(self) -> bool:
        """As filed; where the filing does not say, as the name reads."""
        if self.association is not None:
            return self.association
        return bool(_ASSOCIATION.search(self.name))


def of_agency(agency: Agency) -> Filing:
    """The filing that an agency file describes."""
    return Filing(
        name=agency.name,
        english_name=agency.english_name,
        category=agency.category,
        branches=tuple(branch.name for branch in agency.branches.values()),
        branch_english_names=tuple(b.english_name for b in agency.branches.values()),
        scope=agency.scope,
        qr_host=agency.qr_host,
    )


def names_of(filing: Filing | None, holders: tuple[str, ...] = ()) -> Names:
    """What the wording rules exempt."""
    if filing is None:
        return Names(holders=holders)
    english = (filing.english_name, *filing.branch_english_names)
    return Names(
        filed=filing.names,
        english=tuple(name for name in english if name),
        holders=(*filing.holders, *holders),
        association=filing.is_association,
    )
