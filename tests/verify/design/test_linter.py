from collections.abc import Iterator
from dataclasses import replace

import pytest

from certgen.errors import Said
from certgen.model.box import Box
from tests.verify.design.case_files import design as a_design
from verify.design.case import Case
from verify.design.design import Design
from verify.design.finding import Finding, Kind, Place
from verify.design.linter import MOST_OF_A_RULE, lint
from verify.design.profiles import combined
from verify.design.rule import Rule
from verify.design.rules import all_rules

PLAIN = Said("甲", "a")
PROFILE = replace(combined(), rules=frozenset({"test/rule", "test/other"}))


def a_rule(*findings: tuple[Kind, Place], id_: str = "test/rule", breaks: bool = False) -> Rule:
    def check(rule: Rule, case: Case) -> Iterator[Finding]:
        del case
        for kind, place in findings:
            yield rule.finding(PLAIN, place, kind=kind)
        if breaks:
            raise KeyError(id_)

    template = all_rules()["title/other-title"]
    return replace(template, id=id_, check=check)


def run(*rules: Rule) -> list[Finding]:
    return list(lint(empty(), PROFILE, rules={rule.id: rule for rule in rules}).findings)


def empty() -> Design:
    return a_design({"id": "empty", "text": "证书"})


def test_findings_come_gravest_first_then_down_the_pages() -> None:
    places = [Place(2), Place(1, (Box(0, 50, 1, 51),)), Place(1, (Box(0, 5, 1, 6),))]
    found = run(a_rule((Kind.NOTE, Place(1)), *((Kind.ERROR, place) for place in places)))
    assert [finding.place for finding in found] == [places[2], places[1], places[0], Place(1)]


def test_a_rule_of_another_profile_does_not_run() -> None:
    assert run(a_rule((Kind.ERROR, Place()), id_="test/unwanted")) == []


def test_a_rule_that_breaks_is_undecided_and_stops_no_other() -> None:
    found = run(
        a_rule((Kind.ERROR, Place()), breaks=True), a_rule((Kind.REVIEW, Place()), id_="test/other")
    )
    assert [(finding.rule, finding.kind) for finding in found] == [
        ("test/rule", Kind.ERROR),
        ("test/other", Kind.REVIEW),
        ("test/rule", Kind.UNDECIDED),
    ]
    assert "KeyError" in found[-1].said.en


def test_the_findings_of_one_rule_end_with_a_count() -> None:
    found = run(a_rule(*[(Kind.ERROR, Place())] * (MOST_OF_A_RULE + 5)))
    assert len(found) == MOST_OF_A_RULE + 1
    assert sum(str(MOST_OF_A_RULE) in finding.said.zh for finding in found) == 1


@pytest.mark.parametrize(
    ("kinds", "code"),
    [
        pytest.param([], 0, id="nothing"),
        pytest.param([Kind.EXEMPT, Kind.NOTE, Kind.WARNING], 0, id="advice alone"),
        pytest.param([Kind.REVIEW], 3, id="review"),
        pytest.param([Kind.UNDECIDED, Kind.EXEMPT], 3, id="undecided is never clean"),
        pytest.param([Kind.UNDECIDED, Kind.ERROR], 1, id="an error"),
    ],
)
def test_the_exit_code_follows_the_gravest(kinds: list[Kind], code: int) -> None:
    rule = a_rule(*((kind, Place()) for kind in kinds))
    report = lint(empty(), PROFILE, rules={rule.id: rule})
    assert report.exit_code == code
    assert sum(report.counts.values()) == len(kinds)
    assert report.rules == ("test/rule",)
