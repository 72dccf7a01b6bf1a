"""A dry run (试运行): everything that issuing would find out, and nothing written."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from certgen.fonts.faces import Face
from certgen.fonts.fontset import FontSet
from certgen.intake.roster import Row
from certgen.issuing.examining import Earlier, Examiner, Opened
from certgen.issuing.forms import Forms
from certgen.issuing.reserving import refusal_of
from certgen.issuing.run import Order, Step, Watch, chunks
from certgen.model.finding import Finding
from certgen.model.record import Record
from certgen.registry.answers import remarks
from certgen.registry.entries import Outcome
from certgen.registry.register import Register


@dataclass(slots=True)
class CheckReport:
    """What a dry run found: rows = good + already issued + refused."""

    rows: int = 0
    good: int = 0
    already: int = 0
    refused: int = 0
    about_file: tuple[Finding, ...] = ()
    about_rows: list[Finding] = field(default_factory=list)

    @property
    def findings(self) -> list[Finding]:
        """All of them, those about the file first."""
        return [*self.about_file, *self.about_rows]


class DryRun:
    """Examines a roster against an agency and, if one was begun, its register."""

    def __init__(
        self,
        order: Order,
        fonts: FontSet[Face],
        register: Register | None,
        clock: Callable[[], datetime],
    ) -> None:
        self._opened = Opened(order, clock().date(), Earlier(register))
        self._forms = Forms(order.agency, fonts, Path(), signed=False)
        self._examiner = Examiner(self._opened, self._forms)
        self._register = register

    def report(
        self, watch: Watch, keep: Callable[[Record], None] = lambda _record: None
    ) -> CheckReport:
        """Go through all rows; `keep` is told of every record that could be issued."""
        roster = self._opened.roster
        report = CheckReport(about_file=self._examiner.opening())
        for chunk in chunks(self._opened.rows):
            watch(Step.RESERVE, report.rows, roster.last_row - roster.header_row)
            self._chunk(report, chunk, keep)
        report.about_file += self._examiner.closing()
        watch(Step.RESERVE, report.rows, report.rows)
        return report

    def _chunk(self, report: CheckReport, chunk: list[Row], keep: Callable[[Record], None]) -> None:
        examined = [self._examiner.examine(row) for row in chunk]
        report.rows += len(chunk)
        report.about_rows += [finding for _, findings in examined for finding in findings]
        wanted = [one for one, _ in examined if one]
        answers = self._register.foresee(wanted) if self._register else []
        pairs = list(zip(wanted, answers, strict=True)) if answers else []
        refusals = [refusal for refusal in (refusal_of(*pair) for pair in pairs) if refusal]
        already = sum(answer.outcome is Outcome.ISSUED for answer in answers)
        for one, answer in pairs:
            report.about_rows += remarks(one, answer.earlier)
        report.about_rows += refusals
        report.already += already
        report.refused += len(chunk) - len(wanted) + len(refusals)
        report.good += len(wanted) - len(refusals) - already
        for one in wanted:
            keep(one.record)
