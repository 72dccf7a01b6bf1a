"""An employer (用人单位, category Y) assesses its own people: rows against its staff list (职工名单).

用人单位对本单位职工（含劳务派遣人员）进行自主评价 (人社职司便函〔2020〕17号 第十六条); the centre of a technical
school, also its registered pupils (豫人社办函〔2021〕155号 二(一)1). Without a list nothing is claimed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from certgen.eligibility.lists import Line, Listing, ListKind, open_list
from certgen.eligibility.rule import About
from certgen.errors import Said
from certgen.exchange.agency import Agency
from certgen.intake.cells import Cell, error, text_of
from certgen.intake.columns import Field
from certgen.intake.identities import read_number
from certgen.intake.repeats import digest
from certgen.intake.texts import read_name
from certgen.model.finding import Finding
from certgen.model.record import Record
from certgen.standards.text import half_width, shown

_CLAUSE = "人社职司便函〔2020〕17号 第十六条"
_PUPIL_CLAUSE = "豫职鉴〔2021〕1号 一(三)2"
_KIND, _CLASS = "kind", "class"
_LIST = ListKind(
    "staff",
    Said("职工名单", "staff list"),
    (Field.NAME, Field.IDENTITY_NUMBER),
    {
        _KIND: ("人员类别", "用工形式", "用工类型", "用工性质", "类别", "Kind", "Employment"),
        _CLASS: ("班级类别", "班级", "班别", "培养层次", "Class"),
    },
)
_PUPIL = re.compile("学生|在册|学籍|在校|pupil|student", re.IGNORECASE)


class Kind(StrEnum):
    """How somebody belongs to the employer."""

    STAFF = "staff"  # 职工, 劳务派遣, 外包: all of them may be assessed
    PUPIL = "pupil"  # 在册学生
    UNSTATED = "unstated"


@dataclass(frozen=True, slots=True)
class Member:
    """One line of the staff list."""

    name: str
    kind: Kind
    school_class: str  # 高级工班, as the list writes it; '' where it says nothing
    row: int


@dataclass(frozen=True, slots=True)
class StaffList:
    """The list by the digest of the identity number."""

    members: Mapping[bytes, Member]
    findings: tuple[Finding, ...]  # lines that could not be read

    def of(self, record: Record) -> Member | None:
        """The line of the person that the record is about."""
        return self.members.get(digest(record.identity_number))


def read(path: Path) -> StaffList:
    """The list in the file at `path`: name and number; 人员类别 and 班级类别 where given.

    Raises `InputError` where it is no such list.
    """
    listing = open_list(path, _LIST)
    members: dict[bytes, Member] = {}
    findings: list[Finding] = []
    for line in listing.lines():
        number_cell = line.at(listing.columns[Field.IDENTITY_NUMBER])
        if not text_of(number_cell).strip():
            continue  # a total, a note: nobody can be told by a line without a number
        name, in_name = read_name(line.at(listing.columns[Field.NAME]))
        number, in_number = read_number(number_cell)
        if line.hidden:
            findings.append(listing.hidden(line))
        elif name and number:
            members.setdefault(digest(number), _member(listing, line, name))
        else:
            findings.append(listing.unreadable(line, *in_name, *in_number))
    return StaffList(members, tuple(findings))


class Staff:
    """Holds rows against the staff list."""

    def __init__(self, agency: Agency, listed: StaffList) -> None:
        self._agency = agency
        self._listed = listed

    def findings(self, record: Record) -> Iterator[About]:
        """A refusal for somebody who is not on the list, or not in this way."""
        member = self._listed.of(record)
        if member is None:
            yield About(Field.IDENTITY_NUMBER, _not_listed(is_school=self._agency.technical_school))
        elif member.name != record.name:
            yield About(Field.NAME, _other_name(member, record))
        elif member.kind is Kind.PUPIL and not self._agency.technical_school:
            yield About(Field.IDENTITY_NUMBER, _pupil(member))

    def closing(self) -> Iterator[Finding]:
        """Lines of the list that could not be read."""
        yield from self._listed.findings


def _member(listing: Listing, line: Line, name: str) -> Member:
    kind = _text(line.at(listing.extras.get(_KIND)))
    school_class = _text(line.at(listing.extras.get(_CLASS)))
    if _PUPIL.search(kind):
        return Member(name, Kind.PUPIL, school_class, line.row)
    return Member(name, Kind.STAFF if kind else Kind.UNSTATED, school_class, line.row)


def _text(cell: Cell) -> str:
    return half_width(text_of(cell)).strip()


def _not_listed(*, is_school: bool) -> Finding:
    pupils = "、在册学生" if is_school else ""
    return error(
        "staff/not-listed",
        zh=f"此人不在职工名单中：用人单位只评价本单位职工（含劳务派遣人员）{pupils}；请核对号码或补充名单",
        en="this person is not on the staff list: an employer assesses its own and dispatched staff"
        f"{', a technical school its pupils' if is_school else ''}; check the number or complete the "
        "list",
        clause=_CLAUSE,
    )


def _other_name(member: Member, record: Record) -> Finding:
    return error(
        "staff/other-name",
        zh=f"职工名单第 {member.row} 行同一证件号码的姓名是“{shown(member.name)}”，"
        f"花名册是“{shown(record.name)}”，请对照证件更正",
        en=f"row {member.row} of the staff list has this identity number under the name "
        f"'{shown(member.name)}', the roster says '{shown(record.name)}': compare with the document",
        clause=_CLAUSE,
    )


def _pupil(member: Member) -> Finding:
    return error(
        "staff/pupil",
        zh=f"职工名单第 {member.row} 行是学生：只有技工院校职业技能等级认定中心评价在册学生；"
        "如确为技工院校，请在机构配置 [agency] 中设 technical_school = true",
        en=f"row {member.row} of the staff list is a pupil: only the centre of a technical school "
        "assesses pupils; if this is one, set technical_school = true under [agency]",
        clause=_PUPIL_CLAUSE,
    )
