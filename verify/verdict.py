"""The verdict (结论) over all evidence: three answers, one for each axis, and one word for the whole.

VALID (有效) needs on every axis a proof that passed, and nothing that failed or broke. INVALID (无效) is said only for
a grave failure: a bad signature, a void or superseded status, a contradiction with signed or registered facts.
Everything else is INDETERMINATE (待核实): look again. "Could not check" is never green.

The table of docs/verify.md says the same, and a test reads it from there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from certgen.errors import Said
from verify.evidence import Axis, Evidence, Outcome
from verify.reasons import Weight


class Verdict(StrEnum):
    """The one word."""

    VALID = "VALID"
    INVALID = "INVALID"
    INDETERMINATE = "INDETERMINATE"

    @property
    def said(self) -> Said:
        """The word as a person reads it."""
        return _WORDS[self]

    @property
    def exit_code(self) -> int:
        """What a command ends with: 0, 1, or 3 for undecided (2 is for usage)."""
        return _EXIT_CODES[self]


class Answer(StrEnum):
    """The answer of one axis."""

    YES = "yes"
    NO = "no"
    CANNOT_TELL = "cannot-tell"

    @property
    def said(self) -> Said:
        """The answer as a person reads it."""
        return _ANSWERS[self]


_WORDS = {
    Verdict.VALID: Said("有效", "VALID"),
    Verdict.INVALID: Said("无效", "INVALID"),
    Verdict.INDETERMINATE: Said("待核实", "LOOK AGAIN"),
}
_EXIT_CODES = {Verdict.VALID: 0, Verdict.INVALID: 1, Verdict.INDETERMINATE: 3}
_ANSWERS = {
    Answer.YES: Said("是", "yes"),
    Answer.NO: Said("否", "no"),
    Answer.CANNOT_TELL: Said("无法判断", "cannot tell"),
}

PROOFS: Mapping[Axis, tuple[frozenset[str], ...]] = MappingProxyType(
    {
        Axis.GRAMMAR: (frozenset({"code/form"}),),
        Axis.DOCUMENT: (
            frozenset(
                {
                    "payload/signature",
                    "payload/key",
                    "payload/scope",
                    "payload/validity",
                    "payload/list-age",
                }
            ),
            frozenset({"pdf/signature", "pdf/signer"}),
        ),
        Axis.REGISTER: (
            frozenset({"status/standing", "status/list-age"}),
            frozenset({"register/entry"}),
        ),
    }
)
"""The checks that prove an axis: of one set, all must have passed. What agrees besides proves nothing."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict, the answer of each axis, and the evidence that decided."""

    verdict: Verdict
    answers: Mapping[Axis, Answer]
    because: tuple[Evidence, ...]


def judge(evidence: Iterable[Evidence]) -> Judgement:
    """The judgement over `evidence`, in whatever order it comes. Nothing at all is INDETERMINATE."""
    all_of_it = sorted(evidence, key=lambda one: one.number)
    answers = {axis: _answer(axis, all_of_it) for axis in Axis}
    grave = tuple(one for one in all_of_it if one.weight is Weight.GRAVE)
    if grave:
        return Judgement(Verdict.INVALID, MappingProxyType(answers), grave)
    if all(answer is Answer.YES for answer in answers.values()):
        proofs = frozenset().union(*(checks for sets in PROOFS.values() for checks in sets))
        passed = tuple(one for one in all_of_it if _passed(one) and one.check in proofs)
        return Judgement(Verdict.VALID, MappingProxyType(answers), passed)
    open_axes = {axis for axis, answer in answers.items() if answer is not Answer.YES}
    missing = tuple(one for one in all_of_it if one.axis in open_axes and not _passed(one))
    return Judgement(Verdict.INDETERMINATE, MappingProxyType(answers), missing)


def _answer(axis: Axis, evidence: Iterable[Evidence]) -> Answer:
    here = [one for one in evidence if one.axis is axis]
    if any(one.weight in {Weight.FIRM, Weight.GRAVE} for one in here):
        return Answer.NO
    if any(one.outcome in {Outcome.FAILED, Outcome.ERROR} for one in here):
        return Answer.CANNOT_TELL
    # A check may speak more than once (two pages, two signatures): all that it said must be good.
    passed = {one.check for one in here if _passed(one)}
    passed -= {one.check for one in here if not _passed(one)}
    return Answer.YES if any(proof <= passed for proof in PROOFS[axis]) else Answer.CANNOT_TELL


def _passed(evidence: Evidence) -> bool:
    return evidence.outcome is Outcome.PASSED
