"""Print: the pages of a run as one PDF for the press, sorted as the roster is.

A page is in exactly one print PDF of its run. Where no electronic certificates are made, the print PDF is what a row is
issued with: its digest is recorded for every number in it.
"""

from collections.abc import Sequence
from pathlib import Path

from certgen.errors import InputError, Said
from certgen.issuing import files
from certgen.issuing.checking import Checker
from certgen.issuing.electronic import portrait_of
from certgen.issuing.run import Run, Step, chunks
from certgen.model.finding import Finding, Severity
from certgen.registry.entries import Done, Entry, PrintPart, State
from certgen.render.paper import PrintFile
from certgen.render.press import Press
from certgen.standards.forms import FORMS


def make(run: Run, checker: Checker) -> bool:
    """Print what is in no finished part yet: issued certificates, or on paper alone every wanted row.

    An unfinished part of a killed run comes first, with the pages it had. Whether nothing is left to print.
    """
    codes, others = _printable(run)
    while part := run.register.start_print_part(run.job, codes=codes):
        if not _make_part(run, checker, part):
            return False
    if others:
        _leave_out(run, others)
    return not others


def _printable(run: Run) -> tuple[Sequence[str], int]:
    """What may go into a part, and how many issued rows may not: today's agency file says other things."""
    if not run.agency.electronic:
        return sorted(run.wanted), 0
    codes: list[str] = []
    others = 0
    for entry in run.register.entries(run.job, state=State.ISSUED):
        if entry.print_part is not None:
            continue
        if run.forms.reproduces(entry.plan):
            codes.append(entry.code)
        else:
            others += 1
    return codes, others


def _make_part(run: Run, checker: Checker, part: PrintPart) -> bool:
    """One part from the first page to its public name. False: it failed its self-check."""
    name = f"print-{part.number}.pdf"
    path, digest, deep = _write(run, checker, part, name)
    files.flush([path])
    run.watch(Step.CHECK, 0, len(deep))
    entries = run.register.entries_of_part(part)
    findings = checker.check_print(path, digest, [(entry, entry.code in deep) for entry in entries])
    if findings:
        _hold(run, part, findings)
        files.discard(path)
        return False
    if not run.agency.electronic:
        _record(run, part, digest, path.stat().st_size)
    files.publish([name], run.folder)
    if not run.agency.electronic:
        for chunk in chunks(run.register.entries_of_part(part)):
            run.register.release([entry.code for entry in chunk])
    run.register.finish_print_part(part, digest)
    run.account.prints.append(run.folder / name)
    return True


def _write(run: Run, checker: Checker, part: PrintPart, name: str) -> tuple[Path, str, set[str]]:
    """The part as a waiting file, its digest, and the numbers whose pages are read deeply."""
    total = sum(1 for _ in run.register.entries_of_part(part))
    made = run.register.job(run.job).opened_at
    deep: set[str] = set()
    path = files.waiting(run.folder, name)
    with files.in_words(run.folder), path.open("wb") as file:
        title = f"{FORMS[run.agency.form].title.zh} {run.job} ({part.number})"
        pdf = PrintFile(file, title, made, Press.of(run.agency))
        for number, entry in enumerate(run.register.entries_of_part(part)):
            run.watch(Step.PRINT, number, total)
            _refuse_other_form(run, entry)
            form = run.forms.planned(entry.plan)
            portrait = portrait_of(entry)
            rare = pdf.add(
                form.plan, form.composer, entry.record, entry.code, portrait, qr=entry.qr
            )
            if checker.deep(entry.code, rare=rare, edge=number in {0, total - 1}):
                deep.add(entry.code)
        digest = pdf.finish()
    run.watch(Step.PRINT, total, total)
    return path, digest, deep


def _refuse_other_form(run: Run, entry: Entry) -> None:
    """A part begun under one agency file is not finished under another: its pages would contradict the register."""
    if not run.forms.reproduces(entry.plan):
        raise InputError(
            zh=f"证书 {entry.code} 已按修改前的机构配置发出或排入打印文件：请恢复当时的机构配置和印章后再次运行，"
            "或先作废该编号（certgen void）",
            en=f"{entry.code} was issued, or put into the print file, with an earlier agency file: restore that "
            "agency file and its seals and run again, or void the number first (certgen void)",
        )


def _record(run: Run, part: PrintPart, digest: str, size: int) -> None:
    """On paper alone, a row is issued with the print PDF that has its page.

    A part that a killed run began may hold rows that are recorded already, or that this roster does not ask for.
    """
    for chunk in chunks(run.register.entries_of_part(part)):
        run.watch(Step.RECORD, 0, 0)
        run.register.record([Done(entry.code, digest, size) for entry in chunk])
        run.account.issued += sum(entry.code in run.wanted for entry in chunk)


def _hold(run: Run, part: PrintPart, findings: Sequence[Finding]) -> None:
    """The print PDF failed: on paper alone its rows are held, else they are issued and only the file is missing."""
    said = Said(
        zh=f"打印文件第 {part.number} 部分未通过自检，没有发出；查明原因后再次运行即可",
        en=f"print part {part.number} failed its self-check and was not released: find the cause and run again",
    )
    run.account.findings += [Finding("selfcheck/print-held", Severity.ERROR, said), *findings]
    if not run.agency.electronic:
        held = len(run.wanted) - run.account.issued  # later parts were not begun
        run.account.held += held
        run.account.refused += held


def _leave_out(run: Run, count: int) -> None:
    said = Said(
        zh=f"本批次有 {count} 张证书是按修改前的机构配置发出的，没有排入打印文件：内容有误的请作废后重新制证，"
        "否则恢复当时的机构配置再次运行",
        en=f"{count} certificates of this run were issued with an earlier agency file and are in no print file: "
        "void and issue again those that are wrong, or restore that agency file and run again",
    )
    run.account.findings.append(Finding("print/other-form", Severity.WARNING, said))
