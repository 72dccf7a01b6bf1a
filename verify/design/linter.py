"""Checks one design with the rules of a profile: every rule runs, none stops another.

A rule that breaks is *undecided*, never clean. Where two rules say the same of the same characters,
both stand: a title may be wrong and hold a banned word.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from certgen.errors import Said
from verify.design import clauses
from verify.design.art import ForbiddenArt
from verify.design.case import Case
from verify.design.design import Design
from verify.design.filing import Filing
from verify.design.finding import Finding, Kind, Place
from verify.design.profiles import Profile
from verify.design.rule import Rule
from verify.design.rules import all_rules

MOST_OF_A_RULE = 200
"""Findings of one rule that are kept of one design; the rest is counted in a last one."""

_ORDER = tuple(Kind)


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in one design, gravest first."""

    design: Design
    profile: Profile
    filing: Filing | None
    findings: tuple[Finding, ...]
    rules: tuple[str, ...]  # ids of the rules that ran

    def of(self, *kinds: Kind) -> tuple[Finding, ...]:
        """The findings of these kinds."""
        return tuple(finding for finding in self.findings if finding.kind in kinds)

    @property
    def counts(self) -> Mapping[Kind, int]:
        """How many of each kind."""
        return Counter(finding.kind for finding in self.findings)

    @property
    def exit_code(self) -> int:
        """1 with an error; 3 where only review or undecided is left; 0 with nothing but advice."""
        if self.of(Kind.ERROR):
            return 1
        return 3 if self.of(Kind.REVIEW, Kind.UNDECIDED) else 0


def lint(
    design: Design,
    profile: Profile,
    filing: Filing | None = None,
    *,
    art: Sequence[ForbiddenArt] = (),
    rules: Mapping[str, Rule] | None = None,
) -> Report:
    """Every finding of the profile's rules, gravest first, then in reading order."""
    case = Case(design, profile, filing, tuple(art))
    known = all_rules() if rules is None else rules
    chosen = [rule for id_, rule in known.items() if id_ in profile.rules]
    found = [finding for rule in chosen for finding in _run(rule, case)]
    return Report(
        design, profile, filing, tuple(sorted(found, key=_rank)), tuple(rule.id for rule in chosen)
    )


def _run(rule: Rule, case: Case) -> Sequence[Finding]:
    found: list[Finding] = []
    try:
        for finding in rule.check(rule, case):
            if len(found) == MOST_OF_A_RULE:
                return [*found, _too_many(rule)]
            found.append(finding)
    except Exception as problem:  # noqa: BLE001  (one broken rule hides none of the others)
        return [*found, _broken(rule, problem)]
    return found


def _too_many(rule: Rule) -> Finding:
    said = Said(
        f"此项发现超过 {MOST_OF_A_RULE} 处，其余未列出",
        f"more than {MOST_OF_A_RULE} places; the others are not listed",
    )
    return rule.finding(said, Place())


def _broken(rule: Rule, problem: Exception) -> Finding:
    name = type(problem).__name__
    return rule.finding(
        Said(f"此项检查出错，未能完成（{name}）", f"this rule failed and decided nothing ({name})"),
        Place(),
        kind=Kind.UNDECIDED,
        clause=clauses.NONE,
        remedy=Said("请人工核对此项，并报告该问题", "look at it by eye, and report the problem"),
    )


def _rank(finding: Finding) -> tuple[int, int, float, float, int]:
    box = finding.place.box
    top, left = (round(box.y0, 1), box.x0) if box else (0.0, 0.0)
    return _ORDER.index(finding.kind), finding.place.page, top, left, finding.place.start
