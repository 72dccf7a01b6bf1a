"""Which evidence gives which verdict: the tables are those of docs/verify.md."""

import re
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from certgen.errors import Said
from verify.evidence import Axis, Check, Evidence, Outcome
from verify.reasons import Reason, Weight
from verify.verdict import PROOFS, Answer, Verdict, judge

if TYPE_CHECKING:
    from collections.abc import Callable

DOCS = Path(__file__).parents[2] / "docs" / "verify.md"
SAID = Said("一句话", "a sentence")


def table(head: str) -> list[list[str]]:
    """The rows of the table in the docs whose first line begins with `head`."""
    lines = DOCS.read_text(encoding="utf-8").splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(f"| {head} |"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def check(axis: Axis, name: str = "some/check", number: int = 900) -> Check:
    return Check(number, name, axis, SAID)


def proven(axis: Axis, which: int = 0) -> list[Evidence]:
    return [check(axis, name).passed(SAID) for name in sorted(PROOFS[axis][which])]


ALL_PROVEN = [one for axis in Axis for one in proven(axis)]
REASONS = table("reason")


def test_every_reason_stands_in_the_docs_once_and_in_order() -> None:
    assert [row[0].strip("`") for row in REASONS] == [reason.value for reason in Reason]


def test_the_proofs_in_the_docs_are_those_of_the_code() -> None:
    documented = [
        (axis, frozenset(re.findall(r"`([^`]+)`", proof))) for axis, proof in table("axis")
    ]
    assert documented == [(axis.value, proof) for axis in Axis for proof in PROOFS[axis]]


@pytest.mark.parametrize("row", REASONS, ids=[row[0].strip("`") for row in REASONS])
@pytest.mark.parametrize("axis", Axis)
def test_a_reason_has_the_documented_effect_on_a_certificate_that_is_else_proven(
    row: list[str], axis: Axis
) -> None:
    reason, outcome, answer, verdict = Reason(row[0].strip("`")), row[1], row[2], row[3]
    others = [one for other in Axis if other is not axis for one in proven(other)]
    it = check(axis)
    if outcome == "failed":
        found = [*ALL_PROVEN, it.failed(reason, SAID)]
    elif outcome == "error":
        found = [*ALL_PROVEN, Evidence("some/check", 900, axis, Outcome.ERROR, SAID, "", reason)]
    else:
        found = [*others, it.skipped(reason, SAID)]
    judgement = judge(found)
    assert judgement.verdict == verdict
    assert judgement.answers[axis] == answer.replace(" ", "-")
    assert found[-1] in judgement.because


@pytest.mark.parametrize("row", table("grammar"), ids=" ".join)
def test_three_answers_give_the_documented_verdict(row: list[str]) -> None:
    """'any' stands for every answer that does not itself decide."""
    bad: dict[str, Callable[[Axis], list[Evidence]]] = {
        "no, not gravely": lambda axis: [check(axis).failed(Reason.KEY_COMPROMISED, SAID)],
        "no, gravely": lambda axis: [check(axis).failed(Reason.VOID, SAID)],
        "cannot tell": lambda axis: [check(axis).skipped(Reason.NO_LIST, SAID)],
        "yes": proven,
    }
    choices = [
        ["yes", "cannot tell", "no, not gravely"] if cell == "any" else [cell] for cell in row[:3]
    ]
    for answers in product(*choices):
        found = [
            one for axis, answer in zip(Axis, answers, strict=True) for one in bad[answer](axis)
        ]
        assert judge(found).verdict == row[3], answers


@pytest.mark.parametrize(
    "which",
    [(a, b) for a in range(2) for b in range(2)],
    ids=lambda which: f"{which[0]}-{which[1]}",
)
def test_each_documented_proof_suffices(which: tuple[int, int]) -> None:
    found = [
        *proven(Axis.GRAMMAR),
        *proven(Axis.DOCUMENT, which[0]),
        *proven(Axis.REGISTER, which[1]),
    ]
    judgement = judge(found)
    assert judgement.verdict is Verdict.VALID
    assert set(judgement.because) == set(found)


@pytest.mark.parametrize(
    ("axis", "missing"),
    [(axis, name) for axis in Axis for name in sorted(PROOFS[axis][0])],
    ids=str,
)
def test_without_one_of_its_proofs_nothing_is_valid(axis: Axis, missing: str) -> None:
    found = [one for one in ALL_PROVEN if one.check != missing]
    judgement = judge(found)
    assert judgement.verdict is Verdict.INDETERMINATE
    assert judgement.answers[axis] is Answer.CANNOT_TELL


def test_nothing_at_all_proves_nothing() -> None:
    judgement = judge([])
    assert judgement.verdict is Verdict.INDETERMINATE
    assert set(judgement.answers.values()) == {Answer.CANNOT_TELL}


def test_skipping_is_not_passing_even_where_the_same_check_passed_elsewhere() -> None:
    again = check(Axis.DOCUMENT, "payload/key").skipped(Reason.KEY_UNKNOWN, SAID)
    assert judge([*ALL_PROVEN, again]).verdict is Verdict.INDETERMINATE


def test_one_grave_failure_outweighs_every_proof_and_is_named() -> None:
    grave = check(Axis.REGISTER).failed(Reason.VOID, SAID)
    firm = check(Axis.GRAMMAR).failed(Reason.CODE_MALFORMED, SAID)
    judgement = judge([firm, grave, *ALL_PROVEN])
    assert judgement.verdict is Verdict.INVALID
    assert judgement.because == (grave,)


def test_a_skipped_check_never_condemns_whatever_its_reason() -> None:
    found = [*ALL_PROVEN, check(Axis.REGISTER).skipped(Reason.VOID, SAID)]
    assert judge(found).verdict is not Verdict.INVALID


def test_a_broken_check_opens_its_question_and_says_only_the_kind_of_exception() -> None:
    broken = check(Axis.DOCUMENT).broke("ValueError")
    judgement = judge([*ALL_PROVEN, broken])
    assert (broken.outcome, broken.weight) == (Outcome.ERROR, Weight.NONE)
    assert judgement.answers[Axis.DOCUMENT] is Answer.CANNOT_TELL
    assert broken in judgement.because


def test_a_failure_that_names_no_reason_leaves_its_question_open() -> None:
    odd = Evidence("some/check", 900, Axis.GRAMMAR, Outcome.FAILED, SAID)
    assert odd.weight is Weight.NONE
    assert judge([*ALL_PROVEN, odd]).answers[Axis.GRAMMAR] is Answer.CANNOT_TELL


def test_what_decided_is_told_in_the_order_of_the_numbers() -> None:
    late = check(Axis.GRAMMAR, number=120).failed(Reason.LOCAL_RULE, SAID)
    early = check(Axis.REGISTER, number=110).skipped(Reason.NO_LIST, SAID)
    assert judge([late, early]).because == (early, late)


@pytest.mark.parametrize(
    ("verdict", "code", "word"),
    [
        (Verdict.VALID, 0, "有效"),
        (Verdict.INVALID, 1, "无效"),
        (Verdict.INDETERMINATE, 3, "待核实"),
    ],
)
def test_the_word_and_the_exit_code(verdict: Verdict, code: int, word: str) -> None:
    assert (verdict.exit_code, verdict.said.zh) == (code, word)


def test_every_answer_has_a_word() -> None:
    assert {answer.said.zh for answer in Answer} == {"是", "否", "无法判断"}


def test_evidence_carries_its_clause_and_figures() -> None:
    it = Check(1, "a/b", Axis.GRAMMAR, SAID, "总则 一")
    assert it.passed(SAID, found="3").data == {"found": "3"}
    assert it.passed(SAID).clause == "总则 一"
    assert it.passed(SAID, clause="总则 二").clause == "总则 二"
