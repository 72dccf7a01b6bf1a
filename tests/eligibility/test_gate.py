from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from certgen.eligibility.gate import Gate
from certgen.errors import InputError
from certgen.exchange.agency import Site
from certgen.model.finding import Place, Severity
from certgen.standards.levels import Level

from .builders import (
    APPROVED,
    FILED,
    TODAY,
    a_csv,
    a_line,
    a_number,
    a_record,
    an_agency,
    codes,
)


@pytest.fixture
def approved(tmp_path: Path) -> Path:
    return a_csv(tmp_path / "approved.csv", APPROVED, a_line(1), a_line(2))


def test_a_good_record_passes_every_rule(approved: Path) -> None:
    gate = Gate.load(an_agency(), TODAY, approved=approved)
    assert gate.findings(a_record(1)) == ()
    assert gate.findings(a_record(2)) == ()
    assert gate.closing() == ()


def test_the_agency_file_may_name_the_list(approved: Path) -> None:
    gate = Gate.load(an_agency(approved_list=approved), TODAY)
    assert codes(gate.findings(a_record(3))) == ["approval/not-approved"]


def test_the_list_of_the_call_stands_in_for_the_agencys(tmp_path: Path, approved: Path) -> None:
    gate = Gate.load(an_agency(approved_list=tmp_path / "none"), TODAY, approved=approved)
    assert gate.findings(a_record()) == ()


def test_without_a_list_nothing_is_refused_and_it_is_said() -> None:
    gate = Gate.load(an_agency(), TODAY)
    assert gate.findings(a_record()) == ()
    (finding,) = gate.closing()
    assert (finding.code, finding.severity) == ("approval/unchecked", Severity.NOTE)


def test_a_required_list_that_is_not_given_stops_the_batch() -> None:
    with pytest.raises(InputError, match="--approved"):
        Gate.load(an_agency(approval_required=True), TODAY)


def test_a_list_that_is_not_there_stops_the_batch(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.xlsx"):
        Gate.load(an_agency(approved_list=tmp_path / "none.xlsx"), TODAY)


def test_findings_stand_at_the_cell_where_the_columns_are_known(approved: Path) -> None:
    gate = Gate.load(an_agency(), TODAY, approved=approved, columns={"level": "F"})
    (finding,) = gate.findings(a_record(level=Level.FOUR))
    assert finding.place == Place("roster.xlsx", "名单", 2, "F")
    (finding,) = gate.findings(a_record(3))
    assert finding.place == Place("roster.xlsx", "名单", 4, "")


def test_every_rule_speaks_and_none_hides_another(tmp_path: Path, approved: Path) -> None:
    site = Site("main", "Y000044000123", *FILED, suspended_from=date(2026, 1, 1))
    staff = a_csv(tmp_path / "staff.csv", ("姓名", "身份证号"), ["李样例", a_number(2)])
    agency = an_agency(sites={"main": site}, staff_list=staff, technical_school=True)
    gate = Gate.load(agency, TODAY, approved=approved)
    record = replace(a_record(), occupation="保安员", job=None, level=Level.TWO)
    assert codes(gate.findings(record)) == [
        "occupation/access",
        "scope/suspended",
        "level/technical-school",
        "staff/not-listed",
        "approval/differs",
    ]
    assert codes(gate.closing()) == ["approval/not-in-roster"]
