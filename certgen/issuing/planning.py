"""Plan: one artefact for each form that has rows without a plan, or whose agency file changed since."""

from certgen.issuing.run import Run, Step, chunks
from certgen.model.page import Primitive
from certgen.registry.entries import Entry
from certgen.render.plan import Usage


def plan(run: Run) -> None:
    """Give every wanted number a plan. Rows that have a current one keep it and so their bytes."""
    usages: dict[str | None, Usage] = {}
    codes: dict[str | None, list[str]] = {}
    for entry in run.register.pending(run.job):
        if entry.code in run.wanted and not run.forms.is_current(entry.plan, entry.record.branch):
            branch = entry.record.branch
            usages.setdefault(branch, Usage()).add(_values(run, entry))
            codes.setdefault(branch, []).append(entry.code)
    for number, (branch, usage) in enumerate(usages.items()):
        run.watch(Step.PLAN, number, len(usages))
        digest = run.forms.make(branch, usage)
        for chunk in chunks(codes[branch], 1000):
            run.register.set_plan(chunk, digest)
    run.watch(Step.PLAN, len(usages), len(usages))


def _values(run: Run, entry: Entry) -> tuple[Primitive, ...]:
    return run.forms.composer(entry.record.branch).values(entry.record, entry.code)
