"""How the page judges: the tables of `verify.verdict`, `verify.reasons` and the checks, ready for JSON."""

from typing import Any

from certgen.errors import Said
from verify.checks import addresses, code, payload, status
from verify.evidence import Axis, Check, Outcome
from verify.reasons import Reason
from verify.verdict import PROOFS, Answer, Verdict

CHECKS = {
    check.id: check
    for module in (addresses, code, payload, status)
    for check in vars(module).values()
    if isinstance(check, Check)
}
"""The checks that the page makes are among these: the others need a page, a PDF or a register."""

_AXES = {
    Axis.GRAMMAR: Said("编码与格式符合规定吗？", "Are code and form as prescribed?"),
    Axis.DOCUMENT: Said("是该机构签发、未被改动吗？", "Did the agency sign this, unchanged?"),
    Axis.REGISTER: Said("登记在册、仍然有效吗？", "Is it registered, and still in force?"),
}
_OUTCOMES = {
    Outcome.PASSED: Said("通过", "passed"),
    Outcome.FAILED: Said("未通过", "failed"),
    Outcome.SKIPPED: Said("未能检查", "could not be checked"),
    Outcome.ERROR: Said("检查出错", "the check broke"),
}


def judgement() -> dict[str, Any]:
    """Everything that `verdict.js` and `view.js` need to judge and to name things."""
    return {
        "axes": [axis.value for axis in Axis],
        "axis_names": {axis.value: _said(name) for axis, name in _AXES.items()},
        "answers": {answer.value: _said(answer.said) for answer in Answer},
        "verdicts": {verdict.value: _said(verdict.said) for verdict in Verdict},
        "outcomes": {outcome.value: _said(name) for outcome, name in _OUTCOMES.items()},
        "proofs": {
            axis.value: [sorted(proof) for proof in proofs] for axis, proofs in PROOFS.items()
        },
        "reasons": [reason.value for reason in Reason],
        "weights": {reason.value: reason.weight.value for reason in Reason},
        "checks": {
            id_: {"number": check.number, "axis": check.axis.value, "name": _said(check.name)}
            for id_, check in CHECKS.items()
        },
    }


def _said(said: Said) -> dict[str, str]:
    return {"zh": said.zh, "en": said.en}
