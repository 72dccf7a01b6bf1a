"""The approval gate (审核关): only people on the centre's list are issued, and only what it says.

A line of the list serves one row of the roster. What is in one of the two and not in the other is
named on both sides: rows in `findings`, people in `closing`.
"""

from collections.abc import Iterator

from certgen.eligibility.approved_list import CLAUSE, Approved, ApprovedList
from certgen.eligibility.rule import About
from certgen.intake.cells import error, warning
from certgen.intake.columns import ALIASES, Field
from certgen.intake.repeats import digest
from certgen.model.finding import Finding
from certgen.model.record import Record
from certgen.standards.text import shown

Difference = tuple[Field, str, str]
"""A field, what the roster says, what the list says."""


class Approval:
    """Holds rows against the list and remembers which of its lines were used."""

    def __init__(self, listed: ApprovedList) -> None:
        self._listed = listed
        self._numbers_of: dict[str, str] = {
            approved.name: approved.masked for approved in listed.everybody()
        }

    def findings(self, record: Record) -> Iterator[About]:
        """A refusal, unless a line of the list approves exactly this and no other row uses it."""
        lines = self._listed.people.get(digest(record.identity_number))
        if not lines:
            yield self._not_approved(record)
            return
        line = min(lines, key=lambda line: _rank(line, record))
        line.met = True
        differences = _differences(line, record)
        if differences:
            yield _differs(differences, line)
        elif line.refused_as:
            yield _refused(line)
        elif line.used_by not in (None, record.place):
            yield _used_twice(line)
        else:
            line.used_by = record.place

    def closing(self) -> Iterator[Finding]:
        """Lines that could not be read, and a warning for everybody approved and not seen."""
        yield from self._listed.findings
        for line in self._listed.everybody():
            if not line.met and not line.refused_as:
                yield self._listed.listing.at_row(line.row, _not_in_roster(line))

    def _not_approved(self, record: Record) -> About:
        other = self._numbers_of.get(record.name)
        zh = f"；名单中有同名者，证件号码为 {other}，请核对号码" if other else ""
        en = f"; it has somebody of this name with number {other}: compare" if other else ""
        finding = error(
            "approval/not-approved",
            zh=f"此人不在审核通过名单中，不能制证{zh}",
            en=f"this person is not on the approved list and is not issued{en}",
            clause=CLAUSE,
        )
        return About(Field.IDENTITY_NUMBER, finding)


def _rank(line: Approved, record: Record) -> tuple[int, bool, bool]:
    """The line that says most nearly the same; among equals an approval that is still free."""
    is_taken = line.used_by not in (None, record.place)
    return len(_differences(line, record)), bool(line.refused_as), is_taken


def _differences(line: Approved, record: Record) -> list[Difference]:
    skill = line.skill
    pairs = (
        (Field.NAME, record.name, line.name),
        (Field.OCCUPATION, record.occupation, skill.occupation),
        (Field.JOB, record.job or "", skill.job),
        (Field.LEVEL, record.level_written, skill.level.written),
        (Field.BATCH, record.batch, skill.batch if record.batch else None),
    )
    return [
        (field, said, listed)
        for field, said, listed in pairs
        if listed is not None and said != listed
    ]


def _differs(differences: list[Difference], line: Approved) -> About:
    zh = "；".join(
        f"{ALIASES[field][0]}：花名册“{shown(said) or '--'}”，名单“{shown(listed) or '--'}”"
        for field, said, listed in differences
    )
    en = "; ".join(
        f"{field}: roster '{shown(said) or '--'}', list '{shown(listed) or '--'}'"
        for field, said, listed in differences
    )
    finding = error(
        "approval/differs",
        zh=f"与审核通过名单第 {line.row} 行不一致（{zh}），请更正花名册，或重新报审",
        en=f"differs from row {line.row} of the approved list ({en}): correct the roster, or have "
        "it approved again",
        clause=CLAUSE,
    )
    return About(differences[0][0], finding)


def _refused(line: Approved) -> About:
    finding = error(
        "approval/not-passed",
        zh=f"审核通过名单第 {line.row} 行的审核结果是“{line.refused_as}”，不是通过，不能制证",
        en=f"row {line.row} of the approved list gives the result '{line.refused_as}', which is no "
        "approval: not issued",
        clause=CLAUSE,
    )
    return About(Field.IDENTITY_NUMBER, finding)


def _used_twice(line: Approved) -> About:
    row = line.used_by.row if line.used_by else None
    finding = error(
        "approval/used-twice",
        zh=f"审核通过名单第 {line.row} 行已用于花名册第 {row} 行，一次审核只发一本证书",
        en=f"row {line.row} of the approved list already serves row {row} of the roster: one approval "
        "is one certificate",
        clause=CLAUSE,
    )
    return About(Field.IDENTITY_NUMBER, finding)


def _not_in_roster(line: Approved) -> Finding:
    skill = line.skill
    what = f"{skill.occupation} / {skill.job or '--'} / {skill.level.written}"
    return warning(
        "approval/not-in-roster",
        zh=f"{line.name}（{line.masked}，{shown(what)}）已审核通过，但花名册中没有可以制证的对应行：漏列，"
        "或该行另有错误",
        en=f"{line.name} ({line.masked}, {shown(what)}) is approved, but no row of the roster could be "
        "issued for it: left out, or refused for another reason",
        clause=CLAUSE,
    )
