"""What a batch says of each page and each row, small enough to keep for thousands; and the account that adds up."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from certgen.errors import Said
from verify.batch.across import Across, Facts
from verify.claims import Channel, Claim, Field
from verify.evidence import Outcome
from verify.fields_shown import fields
from verify.report import Report
from verify.verdict import Verdict

UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Result:
    """One page, judged; or why it could not be."""

    key: str
    where: str  # 'scan.pdf#page=3'
    verdict: str  # of `Verdict`, or 'unreadable'
    why: tuple[Said, ...]  # what decided, the first three
    values: Mapping[str, str]  # field -> value as claims keep it, the best channel's
    differs: tuple[str, ...]  # fields that differ from the list
    row: int | None  # of the user's list
    portrait: str = ""

    def facts(self) -> Facts:
        """For the comparison across certificates."""
        get = self.values.get
        return Facts(
            self.where,
            get("code", ""),
            get("name", ""),
            get("identity_tail", ""),
            get("occupation", ""),
            get("job", ""),
            get("level", ""),
            get("issue_date", ""),
            self.portrait,
        )

    def to_json(self) -> dict[str, Any]:
        """As the state keeps it."""
        return {
            "key": self.key,
            "where": self.where,
            "verdict": self.verdict,
            "why": [list(said) for said in self.why],
            "values": dict(self.values),
            "differs": list(self.differs),
            "row": self.row,
            "portrait": self.portrait,
        }

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> "Result":
        """What `to_json` wrote."""
        return cls(
            found["key"],
            found["where"],
            found["verdict"],
            tuple(Said(*said) for said in found["why"]),
            found["values"],
            tuple(found["differs"]),
            found["row"],
            found["portrait"],
        )


def result_of(report: Report, key: str, where: str, row: int | None, portrait: str) -> Result:
    """The short form of a report."""
    differs = tuple(
        dict.fromkeys(
            one.data["field"]
            for one in report.evidence
            if one.check == "list/agreement" and one.outcome is Outcome.FAILED
        )
    )
    return Result(
        key,
        where,
        report.verdict.value,
        tuple(one.said for one in report.judgement.because[:3]),
        _values(report),
        differs,
        row,
        portrait,
    )


def _values(report: Report) -> dict[str, str]:
    chosen = {one.field: one.channel for one in fields(report) if one.channel is not Channel.LISTED}
    return {
        field.value: report.claims.value(field, channel)
        for field, channel in chosen.items()
        if field is not Field.AGENCY
    }


def unreadable(key: str, where: str, why: Said) -> Result:
    """A page or file that nothing could be said about."""
    return Result(key, where, UNREADABLE, (why,), {}, (), None)


def listed_facts(where: str, claims: Iterable[Claim]) -> Facts:
    """A row of the list that has no page."""
    values = {claim.field.value: claim.value for claim in claims}
    return Result("", where, "", (), values, (), None).facts()


@dataclass(frozen=True, slots=True)
class Account:
    """What became of everything. `pages` is the sum of the verdicts; `rows` of matched and unmatched."""

    results: tuple[Result, ...]
    rows: Mapping[int, Result]  # every row of the list, by its number
    without_page: int
    across: tuple[Across, ...] = ()
    files: tuple[str, ...] = field(default=())  # written

    @property
    def counts(self) -> dict[str, int]:
        """Pages by verdict."""
        found = Counter(one.verdict for one in self.results)
        return {name: found.get(name, 0) for name in (*(v.value for v in Verdict), UNREADABLE)}

    @property
    def row_counts(self) -> dict[str, int]:
        """Rows by verdict."""
        found = Counter(one.verdict for one in self.rows.values())
        return {name: found.get(name, 0) for name in (*(v.value for v in Verdict), UNREADABLE)}

    @property
    def residue(self) -> tuple[Result, ...]:
        """What could not be told: undecided or unreadable pages."""
        return tuple(
            one for one in self.results if one.verdict in {Verdict.INDETERMINATE, UNREADABLE}
        )

    @property
    def exit_code(self) -> int:
        """1: something is INVALID; 2: nothing could be read; 3: something is left to look at; 0: all VALID."""
        told = [*self.results, *self.rows.values()]
        if any(one.verdict == Verdict.INVALID for one in told):
            return Verdict.INVALID.exit_code
        if not told or all(one.verdict == UNREADABLE for one in told):
            return 2
        clear = all(one.verdict == Verdict.VALID for one in told) and not self.across
        return 0 if clear else Verdict.INDETERMINATE.exit_code
