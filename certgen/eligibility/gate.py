"""The gate (发证关) before the register: everything this package asks, in one object.

    gate = Gate.load(agency, today, approved=Path("approved.xlsx"))
    findings = gate.findings(record)     # of each record that the intake found good
    findings += gate.closing()           # once, after the last

A gate remembers what it has seen: one gate a batch.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from certgen.eligibility import approved_list, staff
from certgen.eligibility.approval import Approval
from certgen.eligibility.filed import Filed
from certgen.eligibility.occupations import Occupations
from certgen.eligibility.rule import Rule
from certgen.eligibility.schools import SchoolLevels
from certgen.eligibility.staff import Staff
from certgen.errors import InputError
from certgen.exchange.agency import Agency
from certgen.intake.cells import note
from certgen.model.finding import Finding
from certgen.model.record import Record
from certgen.standards.forms import FORMS


@dataclass(frozen=True, slots=True)
class Gate:
    """Asks every rule about a record; a record that no finding refuses may be issued."""

    filed: Filed
    occupations: Occupations | None  # None on a form that states neither occupation nor level
    schools: SchoolLevels | None  # likewise
    staff: Staff | None  # None: no staff list
    approval: Approval | None  # None: no list of approved people
    columns: Mapping[str, str] = field(default_factory=dict)  # field -> letter, as of `Roster`

    @classmethod
    def load(
        cls,
        agency: Agency,
        today: date,
        *,
        approved: Path | None = None,
        columns: Mapping[str, str] | None = None,
    ) -> "Gate":
        """The gate of an agency; `approved` stands in for the list that its file names.

        `columns` (`Roster.columns`) lets findings name the cell. Raises `InputError` for a list that
        cannot be read, or is required and not given.
        """
        listed = staff.read(agency.staff_list) if agency.staff_list else None
        path = approved or agency.approved_list
        if path is None and agency.approval_required:
            raise _no_list()
        if not FORMS[agency.form].has_level:
            if path or listed:
                raise _no_levels()
            return cls(Filed(agency, today), None, None, None, None, columns or {})
        return cls(
            Filed(agency, today),
            Occupations(agency),
            SchoolLevels(agency, listed),
            Staff(agency, listed) if listed else None,
            Approval(approved_list.read(path)) if path else None,
            columns or {},
        )

    def findings(self, record: Record) -> tuple[Finding, ...]:
        """Everything to be said about the record, at its cells."""
        return tuple(
            replace(finding, place=replace(record.place, column=self.columns.get(about.value, "")))
            for rule in self._rules()
            for about, finding in rule.findings(record)
        )

    def closing(self) -> tuple[Finding, ...]:
        """What only the whole roster shows: who was approved and is not in it, above all."""
        found = [*self.filed.closing()]
        if self.staff:
            found += self.staff.closing()
        if self.approval:
            found += self.approval.closing()
        elif self.occupations:  # else there is no list that could be given
            found.append(_unchecked())
        return tuple(found)

    def _rules(self) -> Iterator[Rule]:
        if self.occupations:
            yield self.occupations
        yield self.filed
        if self.schools:
            yield self.schools
        if self.staff:
            yield self.staff
        if self.approval:
            yield self.approval


def _no_list() -> InputError:
    return InputError(
        zh="机构配置 [approval] 要求有鉴定中心的审核通过名单，但没有给出：请在 list 中填写，"
        "或使用 --approved 指定（人社厅发〔2018〕148号 二(四)）",
        en="the agency file asks for the centre's list of approved people and none was given: name it "
        "as list under [approval], or with --approved (人社厅发〔2018〕148号 二(四))",
    )


def _no_levels() -> InputError:
    return InputError(
        zh="审核通过名单和人员名单按职业和等级核对，本式样没有等级，无法核对：请去掉 [approval]、[staff] 或 --approved",
        en="lists of approved people and of staff are compared by occupation and level, which this form does not "
        "state: leave out [approval], [staff] and --approved",
    )


def _unchecked() -> Finding:
    return note(
        "approval/unchecked",
        zh="没有给出审核通过名单，未核对各行是否已经鉴定中心审核通过",
        en="no list of approved people was given: whether the centre has approved the rows was not "
        "checked",
    )
