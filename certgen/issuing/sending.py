"""At the end of a run, list the files that wait for a branch's signature in another place (交接清单)."""

from collections.abc import Mapping
from pathlib import Path

from certgen.issuing import handover
from certgen.issuing.electronic import file_name
from certgen.issuing.handover import Line
from certgen.issuing.run import Run
from certgen.registry.entries import State
from certgen.render.signature import Signing


def send(run: Run) -> None:
    """Write a signed list for each branch that files of this run wait for; none where nothing waits any more."""
    signer = run.order.signers.agency
    if signer is None or not run.agency.electronic:
        return
    waiting = _waiting(run)
    for branch in run.agency.sign_elsewhere | waiting.keys():
        path = run.folder / handover.outgoing(branch)
        if lines := waiting.get(branch):
            run.account.sent[branch] = handover.write(path, lines, signer)
            run.account.awaiting[branch] = len(lines)
        elif _is_there(path):
            handover.remove(path)


def _waiting(run: Run) -> Mapping[str, list[Line]]:
    """By branch: what its signature is still missing from."""
    level = run.order.signers.level.value
    signed = run.register.countersigned(run.job)
    found: dict[str, list[Line]] = {}
    for entry in run.register.entries(run.job, state=State.ISSUED):
        branch = entry.record.branch
        if branch is None or entry.code in signed or not entry.plan:
            continue
        if run.forms.planned(entry.plan).plan.signing is Signing.BRANCH_LATER:
            line = Line(entry.code, file_name(entry.code), entry.sha256, entry.size, level)
            found.setdefault(branch, []).append(line)
    return found


def _is_there(path: Path) -> bool:
    return path.exists() or handover.signature_of(path).exists()
