"""Reads the list of approved people (审核通过名单) that comes back from the centre (鉴定中心).

The columns of a roster are enough: name, identity number, occupation and level; job and batch are
compared where the list has them. A column with the result of the audit (审核结果) decides; other
columns, such as scores, are not read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from certgen.eligibility.lists import Line, Listing, ListKind, open_list
from certgen.errors import Said
from certgen.intake.cells import text_of
from certgen.intake.columns import NECESSARY, Field
from certgen.intake.identities import read_number
from certgen.intake.repeats import digest
from certgen.intake.texts import read_job, read_level, read_name, read_occupation, read_text
from certgen.model.finding import Finding, Place
from certgen.standards.levels import Level
from certgen.standards.text import half_width, mask, shown

CLAUSE = "人社厅发〔2018〕148号 二(四)"
"""对通过职业技能等级认定并经人力资源社会保障部门鉴定中心审核的人员，由试点机构……制作并颁发."""

_RESULT = "result"
_KIND = ListKind(
    "approval",
    Said("审核通过名单", "list of approved people"),
    NECESSARY,
    {
        _RESULT: (
            *("审核结果", "审核意见", "审核状态", "是否通过", "是否审核通过", "是否合格"),
            *("Result", "Audit result", "Approved"),
        )
    },
)
# '不同意', '未通过', '待审核' contain or precede the word of approval: they are looked for first.
_REFUSED = re.compile("[不未否非没待缺退撤]|no|fail|reject|pend|false", re.IGNORECASE)
_PASSED = re.compile("通过|合格|同意|是|[√✓]|pass|approved|yes|true", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Skill:
    """What somebody is approved for. None: the list has no such column, or the cell is empty."""

    occupation: str
    job: str | None  # '' says that there is no job
    level: Level
    batch: str | None


@dataclass(slots=True)
class Approved:
    """One line of the list, and what has become of it."""

    name: str
    masked: str  # the identity number, as a message may show it
    skill: Skill
    row: int
    refused_as: str = ""  # the words of the result where it is no approval
    used_by: Place | None = None  # the roster row that is issued on it
    met: bool = False  # whether the roster has this person for something else


@dataclass(frozen=True, slots=True)
class ApprovedList:
    """The list by the digest of the identity number: no number itself is kept."""

    listing: Listing
    people: dict[bytes, list[Approved]]
    findings: tuple[Finding, ...]  # lines that could not be read

    def everybody(self) -> Iterator[Approved]:
        """All lines, person by person."""
        for lines in self.people.values():
            yield from lines


def read(path: Path) -> ApprovedList:
    """The list in the file at `path`. Raises `InputError` where it is none."""
    listing = open_list(path, _KIND)
    people: dict[bytes, list[Approved]] = {}
    findings: list[Finding] = []
    for line in listing.lines():
        if not text_of(line.at(listing.columns[Field.IDENTITY_NUMBER])).strip():
            continue  # a total, a note: nobody can be told by a line without a number
        found = listing.hidden(line) if line.hidden else _approved(listing, line)
        if isinstance(found, Finding):
            findings.append(found)
        else:
            key, approved = found
            people.setdefault(key, []).append(approved)
    return ApprovedList(listing, people, tuple(findings))


def _approved(listing: Listing, line: Line) -> tuple[bytes, Approved] | Finding:
    columns = listing.columns
    name, in_name = read_name(line.at(columns[Field.NAME]))
    number, in_number = read_number(line.at(columns[Field.IDENTITY_NUMBER]))
    occupation, in_occupation = read_occupation(line.at(columns[Field.OCCUPATION]))
    level, in_level = read_level(line.at(columns[Field.LEVEL]))
    job, in_job = read_job(line.at(columns.get(Field.JOB)))
    batch, in_batch = read_text(line.at(columns.get(Field.BATCH)))
    if not (name and number and occupation and level) or job is None or batch is None:
        found = (*in_name, *in_number, *in_occupation, *in_level, *in_job, *in_batch)
        return listing.unreadable(line, *found)
    stated_job = job if Field.JOB in columns else None
    skill = _shared(Skill(occupation, stated_job, level, batch or None))
    result = listing.extras.get(_RESULT)
    refused_as = "" if result is None else _refusal(text_of(line.at(result)))
    return digest(number), Approved(name, mask(number), skill, line.row, refused_as)


@lru_cache(maxsize=4096)
def _shared(skill: Skill) -> Skill:
    """One value for the thousands of people of the same skill."""
    return skill


def _refusal(result: str) -> str:
    """The words of a result that is no approval, '' for an approval. An empty cell is none."""
    text = half_width(result).strip()
    if _PASSED.search(text) and not _REFUSED.search(text):
        return ""
    return shown(text) or "空白"
