"""Whose certificate a specimen is: nobody's. The identity number cannot exist, the serial is never given.

holder = holder_of(agency, "zezhou", date(2026, 6, 1))
holder.code                    # ends in 000000
"""

from dataclasses import dataclass, replace
from datetime import date

from certgen.exchange.agency import Agency, ScopeEntry
from certgen.model.record import Record
from certgen.standards import supervisor_card, veterans
from certgen.standards.codes import counting
from certgen.standards.forms import FORMS, FormId
from certgen.standards.identity import check_digit
from certgen.standards.identity_types import IdentityType
from certgen.standards.levels import Level

NAME = "样本持证人"
_FIRST = (
    "190000" + "19900230" + "001"
)  # province 19 (GB/T 2260) and the 30th of February exist nowhere
IDENTITY_NUMBER = _FIRST + check_digit(_FIRST)
_USUAL_LEVEL = Level.THREE


@dataclass(frozen=True, slots=True)
class Holder:
    """An invented record and the number that it bears; neither is in any register."""

    record: Record
    code: str


def holder_of(agency: Agency, branch: str | None, day: date) -> Holder:
    """The holder of a specimen of what the agency, or one of its branches, issues, dated `day`.

    Occupation, job and level are those of the first line of the filed scope that holds there, else plainly made up.
    """
    facts = FORMS[agency.form]
    site_id = agency.branches[branch].site if branch else next(iter(agency.sites))
    entry = next((line for line in agency.scope if line.filed_at(site_id)), None)
    record = Record(
        name=NAME,
        identity_type=IdentityType.RESIDENT_CARD,
        identity_number=IDENTITY_NUMBER,
        occupation=_occupation(agency.form, entry),
        job=entry.job if entry and facts.has_level else None,
        level=_level(entry) if facts.has_level else None,
        issue_date=day,
        site=site_id,
        branch=branch,
        print_number="00000000" if agency.print_number else None,
        form=agency.form,
    )
    record = _with_own_fields(record, agency)
    prefix = agency.site_of(site_id, branch).prefix
    counter = counting.counter(facts.numbers, prefix, day.year, record.level)
    return Holder(record, counter + "0" * counting.DIGITS[facts.numbers])


def _occupation(form: FormId, entry: ScopeEntry | None) -> str:
    match form:
        case FormId.SUPERVISOR_CARD:
            return supervisor_card.TITLE
        case FormId.VETERANS_2024:
            return veterans.OCCUPATION
        case _:
            return entry.occupation if entry else "样本职业"


def _level(entry: ScopeEntry | None) -> Level:
    if entry is None or _USUAL_LEVEL in entry.levels:
        return _USUAL_LEVEL
    return max(entry.levels)


def _with_own_fields(record: Record, agency: Agency) -> Record:
    """With what only one of the forms states."""
    match agency.form:
        case FormId.SPECIAL_ABILITY:
            return replace(record, sex="男", education="大专", score="合格")
        case FormId.SUPERVISOR_CARD:
            return replace(record, employer=agency.name)
        case _:
            return record
