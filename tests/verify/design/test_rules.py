"""Every rule: its page in the docs, what it finds, what it lets pass, at its place and with its clause."""

from pathlib import Path

import pytest

from tests.verify.design.designs import FILING, base, found, plain, rules_of
from tests.verify.design.rule_samples import Sample, samples
from verify.design.finding import Finding, Kind
from verify.design.profiles import PROFILES
from verify.design.rule_pages import pages
from verify.design.rules import all_rules

BREAKING = [
    pytest.param(rule, sample, id=f"{rule}: {sample.id}")
    for rule, (bad, _) in samples().items()
    for sample in bad
]
LAWFUL = [
    pytest.param(rule, sample, id=f"{rule}: {sample.id}")
    for rule, (_, good) in samples().items()
    for sample in good
]


def of(sample: Sample) -> list[Finding]:
    return found(sample.design, *sample.profiles, filing=sample.filing, art=sample.art)


@pytest.mark.parametrize(("rule", "sample"), BREAKING)
def test_what_breaks_a_rule_gives_its_finding_and_no_other(rule: str, sample: Sample) -> None:
    findings = of(sample)
    (undecided,) = [{f.rule for f in findings if f.kind is Kind.UNDECIDED}]
    assert rules_of(findings) | (undecided & {rule}) == {rule} | sample.also
    mine = [finding for finding in findings if finding.rule == rule]
    assert all(f.clause.document or f.kind is Kind.UNDECIDED for f in mine)
    assert all(f.said.zh and f.said.en and f.remedy.zh and f.remedy.en for f in mine)


@pytest.mark.parametrize(("rule", "sample"), LAWFUL)
def test_what_a_rule_lets_pass_it_lets_pass(rule: str, sample: Sample) -> None:
    errors = [f for f in of(sample) if f.rule == rule and f.kind is not Kind.UNDECIDED]
    assert errors == []


def test_every_rule_has_two_samples_that_break_it_and_two_that_do_not() -> None:
    assert set(samples()) == set(all_rules())
    short = {rule for rule, (bad, good) in samples().items() if len(bad) < 2 or len(good) < 2}
    assert short == set()


def test_every_rule_is_in_a_profile_and_every_profile_knows_its_rules() -> None:
    used = frozenset().union(*(profile.rules for profile in PROFILES.values()))
    assert used == set(all_rules())


@pytest.mark.parametrize("design", [base(), plain(), base("zezhou"), plain("zezhou")])
def test_our_own_pages_are_clean(design: object) -> None:
    assert found(design, filing=FILING) == []  # type: ignore[arg-type]


def test_every_rule_has_its_page_as_the_rules_say_it() -> None:
    folder = Path(__file__).parents[3] / "docs" / "rules"
    written = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    assert written == pages(), "run: python -m verify.design.rule_pages docs/rules"
