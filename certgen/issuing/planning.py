"""Plan: one artefact for each form that has rows without a plan, or whose agency file changed since."""

from dataclasses import replace

from certgen.issuing.run import Run, Step
from certgen.model.page import Primitive, TextRun
from certgen.registry.entries import Entry
from certgen.render.plan import Usage


def plan(run: Run) -> None:
    """Give every wanted number a plan. Rows that have a current one keep it and so their bytes.

    The rows of a form get theirs in one transaction: what a plan shares depends on how many rows it
    serves, and after a kill between two halves the second would be planned anew.
    """
    usages: dict[str | None, Usage] = {}
    codes: dict[str | None, list[str]] = {}
    for entry in run.register.pending(run.job):
        if _is_made(run, entry) and not run.forms.is_current(entry.plan, entry.record.branch):
            branch = entry.record.branch
            if branch not in usages:
                usages[branch] = _beforehand(run, entry)
            usages[branch].add(_values(run, entry))
            codes.setdefault(branch, []).append(entry.code)
    for number, (branch, usage) in enumerate(usages.items()):
        run.watch(Step.PLAN, number, len(usages))
        digest = run.forms.make(branch, usage)
        run.register.set_plan(codes[branch], digest)
    run.watch(Step.PLAN, len(usages), len(usages))


def _is_made(run: Run, entry: Entry) -> bool:
    """Whether this call makes the row: it is asked for, or its page waits in a print part (on paper alone)."""
    return entry.code in run.wanted or entry.print_part is not None


def _beforehand(run: Run, entry: Entry) -> Usage:
    """Where pages show the number of their sheet, every digit: a re-issue years later is on another sheet."""
    usage = Usage()
    if run.agency.print_number:
        digits = replace(entry, record=replace(entry.record, print_number="0123456789"))
        usage.chars.update(
            {
                (item.face, char)
                for item in _values(run, digits)
                if isinstance(item, TextRun) and item.text.startswith("0123456789")
                for char in item.text
            }
        )
    return usage


def _values(run: Run, entry: Entry) -> tuple[Primitive, ...]:
    return run.forms.composer(entry.record.branch).values(entry.record, entry.code)
