"""Which values of a report a person is shown, by field: the proven one where there is one, else every claim, marked."""

from dataclasses import dataclass

from certgen.errors import Said
from verify.checks.page import compare, shown
from verify.claims import Channel, Field
from verify.report import Report

ORDER = (
    Field.NAME,
    Field.IDENTITY_TYPE,
    Field.IDENTITY_TAIL,
    Field.OCCUPATION,
    Field.JOB,
    Field.LEVEL,
    Field.CODE,
    Field.ISSUE_DATE,
    Field.AGENCY,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """One field as a person reads it."""

    field: Field
    label: Said
    value: str  # as the certificate prints it
    channel: Channel
    trusted: bool
    others: tuple[tuple[Channel, str], ...]  # channels that say something else, and what


def fields(report: Report) -> tuple[Shown, ...]:
    """The fields in the order of the certificate; those that nobody speaks of are left out."""
    found = (_field(report, field) for field in ORDER)
    return tuple(one for one in found if one is not None)


def _field(report: Report, field: Field) -> Shown | None:
    said = [claim for claim in report.claims if claim.field is field]
    if not said:
        return None
    order = list(Channel)
    said.sort(key=lambda claim: (claim.channel not in report.trusted, order.index(claim.channel)))
    first = said[0]
    others = tuple(
        (claim.channel, shown(field, claim.value))
        for claim in said[1:]
        if not compare(field, first.value, claim.value).same
    )
    return Shown(
        field,
        field.said,
        shown(field, first.value),
        first.channel,
        first.channel in report.trusted,
        others,
    )
