from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from certgen.eligibility.filed import Filed
from certgen.exchange.agency import Branch, ScopeEntry, Site
from certgen.intake.columns import Field
from certgen.model.finding import Severity
from certgen.standards.levels import Level

from .builders import FILED, TODAY, a_record, an_agency

LINE = ScopeEntry("车工", "数控车工", frozenset({Level.THREE}))
FIRST, LAST = date(2026, 3, 1), date(2026, 4, 30)


def found(*lines: ScopeEntry, **changes: Any) -> list[tuple[str, Field]]:
    rule = Filed(an_agency(scope=lines), TODAY)
    return [(finding.code, field) for field, finding in rule.findings(a_record(**changes))]


def test_a_line_without_limits_holds_everywhere_and_always() -> None:
    assert found(LINE) == []


def test_what_is_not_filed_at_all_is_the_intakes_to_say() -> None:
    assert found(replace(LINE, levels=frozenset({Level.FIVE}))) == []
    assert found() == []


@pytest.mark.parametrize(("site", "refused"), [("north", False), ("main", True)])
def test_a_line_holds_at_its_sites_only(site: str, *, refused: bool) -> None:
    line = replace(LINE, sites=frozenset({"north"}))
    assert found(line, site=site) == ([("scope/other-site", Field.SITE)] if refused else [])


def test_the_site_of_a_branch_is_the_branchs_own() -> None:
    agency = an_agency(
        scope=(replace(LINE, sites=frozenset({"north"})),),
        branches={"north": Branch("north", "样例机械北方分公司", "Sample North", "north")},
    )
    rule = Filed(agency, TODAY)
    assert list(rule.findings(a_record(site="north", branch="north"))) == []


@pytest.mark.parametrize(
    ("issued", "refused"),
    [("2026-02-28", True), ("2026-03-01", False), ("2026-04-30", False), ("2026-05-01", True)],
)
def test_a_line_holds_on_its_days_only(issued: str, *, refused: bool) -> None:
    line = replace(LINE, filed_from=FIRST, filed_until=LAST)
    expected = [("scope/other-date", Field.ISSUE_DATE)] if refused else []
    assert found(line, issue_date=date.fromisoformat(issued)) == expected


def test_two_lines_hold_together() -> None:
    early = replace(LINE, filed_until=date(2025, 12, 31))
    late = replace(LINE, filed_from=date(2026, 1, 1))
    assert found(early, late) == []


def test_a_line_of_another_site_lends_no_days() -> None:
    here = replace(LINE, sites=frozenset({"main"}), filed_until=date(2025, 12, 31))
    there = replace(LINE, sites=frozenset({"north"}))
    assert found(here, there) == [("scope/other-date", Field.ISSUE_DATE)]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (FIRST, LAST, "2026-03-01 至 2026-04-30"),
        (FIRST, None, "2026-03-01 起"),
        (None, date(2025, 1, 1), "至 2025-01-01"),
    ],
)
def test_the_message_names_the_days(first: date | None, last: date | None, words: str) -> None:
    line = replace(LINE, filed_from=first, filed_until=last)
    ((_, finding),) = Filed(an_agency(scope=(line,)), TODAY).findings(a_record())
    assert words in finding.said.zh


def suspended(first: date, last: date | None) -> Filed:
    site = Site("main", "Y000044000123", *FILED, first, last)
    return Filed(an_agency(sites={"main": site}, scope=(LINE,)), TODAY)


@pytest.mark.parametrize(
    ("issued", "refused"),
    [("2026-02-28", False), ("2026-03-01", True), ("2026-04-30", True), ("2026-05-01", False)],
)
def test_a_suspended_site_issues_nothing(issued: str, *, refused: bool) -> None:
    rule = suspended(FIRST, LAST)
    found = list(rule.findings(a_record(issue_date=date.fromisoformat(issued))))
    expected = [("scope/suspended", Field.ISSUE_DATE)] if refused else []
    assert [(finding.code, field) for field, finding in found] == expected
    assert all(finding.clause == "人社职司便函〔2021〕57号 附件2 第十三条" for _, finding in found)
    assert list(rule.closing()) == []  # it is over by now


def test_a_date_before_a_suspension_that_holds_today_needs_eyes() -> None:
    rule = suspended(FIRST, None)
    assert list(rule.findings(a_record(1))) == []
    assert list(rule.findings(a_record(2))) == []
    (finding,) = rule.closing()
    assert (finding.code, finding.severity) == ("scope/suspended-today", Severity.REVIEW)
