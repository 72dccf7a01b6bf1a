"""Counts of findings that add up: rows of the roster, and how often each code stands in how many rows."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from certgen.clerk.words import gravest_first
from certgen.model.finding import Finding, Place, Severity


@dataclass(frozen=True, slots=True)
class CodeCount:
    """How often one finding code (代码) was found."""

    code: str
    severity: Severity
    findings: int
    rows: int  # distinct rows it stands in; 0 for what is about a whole file


@dataclass(frozen=True, slots=True)
class Counts:
    """rows = refused + doubtful + clean; findings = the sum over `by_code`."""

    rows: int
    refused: int  # rows with an error
    doubtful: int  # rows without an error in which something asks for eyes; notes ask for nothing
    by_code: tuple[CodeCount, ...]  # the gravest first, the most frequent of them first

    @property
    def clean(self) -> int:
        """Rows in which nothing asks for anything."""
        return self.rows - self.refused - self.doubtful

    @property
    def findings(self) -> int:
        """All findings, those about the file included."""
        return sum(one.findings for one in self.by_code)


def count(about_file: Iterable[Finding], about_rows: Iterable[Finding], rows: int) -> Counts:
    """Count what was found in a roster of `rows` data rows.

    `about_file` are `Roster.findings`: they may point at a header or at a row that holds nobody,
    and so never make a person's row refused or doubtful. `about_rows` are those of `Row` values.
    """
    about_rows = tuple(about_rows)
    refused = {_row(finding) for finding in about_rows if finding.refuses}
    asking = {_row(finding) for finding in about_rows if finding.severity is not Severity.NOTE}
    return Counts(
        rows=rows,
        refused=len(refused),
        doubtful=len(asking - refused),
        by_code=_by_code((*about_file, *about_rows)),
    )


def _by_code(findings: Iterable[Finding]) -> tuple[CodeCount, ...]:
    found: dict[tuple[Severity, str], list[Finding]] = defaultdict(list)
    for finding in gravest_first(findings):
        found[finding.severity, finding.code].append(finding)
    order = list(Severity)
    counts = (
        CodeCount(code, severity, len(those), len({_row(f) for f in those if f.place.row}))
        for (severity, code), those in found.items()
    )
    return tuple(sorted(counts, key=lambda c: (order.index(c.severity), -c.findings, c.code)))


def _row(finding: Finding) -> tuple[str, str, int | None]:
    place: Place = finding.place
    return place.file, place.sheet, place.row
