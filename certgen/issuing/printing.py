"""Print: the pages of a run as one PDF for the press, sorted as the roster is.

A page is in exactly one print PDF of its run. Where no electronic certificates are made, the print PDF is what a row is
issued with: its digest is recorded for every number in it.
"""

from collections.abc import Sequence
from pathlib import Path

from certgen.errors import Said
from certgen.issuing import files
from certgen.issuing.checking import Checker
from certgen.issuing.electronic import portrait_of
from certgen.issuing.run import Run, Step, chunks
from certgen.model.finding import Finding, Severity
from certgen.registry.entries import Done, PrintPart, State
from certgen.render.paper import PrintFile
from certgen.standards import contents


def make(run: Run, checker: Checker) -> None:
    """Print what is in no finished part yet: issued certificates, or on paper alone every wanted row."""
    part = run.register.start_print_part(run.job, codes=_printable(run))
    if part is None:
        return
    name = f"print-{part.number}.pdf"
    path, digest, deep = _write(run, checker, part, name)
    files.flush([path])
    run.watch(Step.CHECK, 0, len(deep))
    entries = run.register.entries_of_part(part)
    findings = checker.check_print(path, digest, [(entry, entry.code in deep) for entry in entries])
    if findings:
        _hold(run, part, findings)
        files.discard(path)
        return
    if not run.agency.electronic:
        _record(run, part, digest, path.stat().st_size)
    files.publish([name], run.folder)
    if not run.agency.electronic:
        for chunk in chunks(run.register.entries_of_part(part)):
            run.register.release([entry.code for entry in chunk])
    run.register.finish_print_part(part, digest)
    run.account.prints.append(run.folder / name)


def _printable(run: Run) -> Sequence[str]:
    """What may go into a part."""
    if run.agency.electronic:
        return [entry.code for entry in run.register.entries(run.job, state=State.ISSUED)]
    return sorted(run.wanted)


def _write(run: Run, checker: Checker, part: PrintPart, name: str) -> tuple[Path, str, set[str]]:
    """The part as a waiting file, its digest, and the numbers whose pages are read deeply."""
    total = sum(1 for _ in run.register.entries_of_part(part))
    made = run.register.job(run.job).opened_at
    deep: set[str] = set()
    path = files.waiting(run.folder, name)
    with files.in_words(run.folder), path.open("wb") as file:
        pdf = PrintFile(file, f"{contents.TITLE.zh} {run.job} ({part.number})", made)
        for number, entry in enumerate(run.register.entries_of_part(part)):
            run.watch(Step.PRINT, number, total)
            form = run.forms.planned(entry.plan)
            portrait = portrait_of(entry)
            rare = pdf.add(form.plan, form.composer, entry.record, entry.code, portrait)
            if checker.deep(entry.code, rare=rare, edge=number in {0, total - 1}):
                deep.add(entry.code)
        digest = pdf.finish()
    run.watch(Step.PRINT, total, total)
    return path, digest, deep


def _record(run: Run, part: PrintPart, digest: str, size: int) -> None:
    """On paper alone, a row is issued with the print PDF that has its page."""
    for chunk in chunks(run.register.entries_of_part(part)):
        run.watch(Step.RECORD, 0, 0)
        run.register.record([Done(entry.code, digest, size) for entry in chunk])
        run.account.issued += len(chunk)


def _hold(run: Run, part: PrintPart, findings: Sequence[Finding]) -> None:
    """The print PDF failed: on paper alone its rows are held, else they are issued and only the file is missing."""
    said = Said(
        zh=f"打印文件第 {part.number} 部分未通过自检，没有发出；查明原因后再次运行即可",
        en=f"print part {part.number} failed its self-check and was not released: find the cause and run again",
    )
    run.account.findings += [Finding("selfcheck/print-held", Severity.ERROR, said), *findings]
    if not run.agency.electronic:
        for _ in run.register.entries_of_part(part):
            run.account.held += 1
            run.account.refused += 1
