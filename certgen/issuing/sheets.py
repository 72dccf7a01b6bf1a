"""Certificates onto pre-printed sheets: `certgen print`, from the register's numbers to one PDF a print job.

    what is asked → everything can be drawn? → sheets taken (one transaction) → temporary file → fsync → rename → digest

A command that was killed anywhere and is given again meets its own job: the same sheets, the same bytes.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import file_digest
from pathlib import Path

from certgen.compose import Composer
from certgen.errors import FontError, InputError, LayoutError, Said, StorageError
from certgen.issuing import files
from certgen.issuing.electronic import portrait_of
from certgen.issuing.forms import Forms
from certgen.issuing.run import Step, Watch
from certgen.issuing.sheet_checking import Front, SheetChecker
from certgen.issuing.sheet_file import Loaded
from certgen.model.record import Record
from certgen.model.serials import Serial
from certgen.registry.entries import Entry, Mark, State
from certgen.registry.ledger.values import PrintJob, Request, Seen, Taken
from certgen.registry.register import Register
from certgen.render.overprint import SheetsFile
from certgen.render.stamp import Portrait
from certgen.standards.codes.identify import identify
from certgen.standards.forms import FORMS
from certgen.standards.text import shown


class Order(StrEnum):
    """In which order the certificates lie on the pile."""

    ROSTER = "roster"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Printed:
    """What a command has made, and what its operator must know."""

    taken: Taken
    path: Path | None = None  # None: there was nothing to print
    left_out: int = 0  # certificates of the run that stand on sheets already
    withheld: int = 0  # certificates of the run that are suspended or superseded
    other_sheets: int = 0  # certificates of the run that belong on sheets of another kind
    was_there: bool = field(default=False, kw_only=True)  # the finished file lay there already


class SheetPrinter:
    """Prints from one register, onto what is `loaded`.

    `selfcheck` names the reader that checks every file; None: nobody does.
    """

    def __init__(
        self,
        register: Register,
        forms: Forms,
        loaded: Loaded,
        watch: Watch,
        selfcheck: str | None = None,
    ) -> None:
        self._register, self._forms, self._loaded, self._watch = register, forms, loaded, watch
        self._checker = SheetChecker(selfcheck, loaded) if selfcheck else None

    def run(
        self,
        run: str,
        request: Request,
        order: Order,
        output: Path | None,
        count: int | None = None,
    ) -> Printed:
        """The issued certificates of a run that stand on no sheet yet, from `request.start` on; at most `count`."""
        if known := self._register.ledger.known(request):
            return self._made(Taken(known, known=True), output)
        self._register.job(run)
        issued = [one for one in self._register.entries(run, state=State.ISSUED) if one.plan]
        good = [one for one in issued if one.mark is Mark.NONE]
        live = self._register.ledger.live([one.code for one in good])
        entries = [one for one in good if one.code not in live]
        if not entries:
            raise InputError(
                zh=f"批次 {run} 没有待打印的证书：已发的 {len(issued)} 张都在纸上，或已暂停使用。"
                "印坏的用 --again 流水码，补发用 --reissue",
                en=f"run {run} has nothing to print: its {len(issued)} issued certificates stand on sheets or are "
                "suspended. For a spoiled one use --again SERIAL, for a re-issue --reissue",
            )
        fitting = self._for_these_sheets(entries, request)
        made = self._take(request, _ordered(fitting, order)[:count], output)
        return replace(
            made,
            left_out=len(live),
            withheld=len(issued) - len(good),
            other_sheets=len(entries) - len(fitting),
        )

    def numbers(
        self, codes: Sequence[str], request: Request, order: Order, output: Path | None, reason: str
    ) -> Printed:
        """These certificates, or with kind REISSUE their re-issue (补发)."""
        if known := self._register.ledger.known(request):
            return self._made(Taken(known, known=True), output)
        entries = [self._entry(code) for code in dict.fromkeys(codes)]
        return self._take(request, _ordered(entries, order), output, reason)

    def again(
        self, serials: Sequence[Serial], request: Request, output: Path | None, reason: str
    ) -> Printed:
        """These sheets are spoiled, the same certificates go onto the next ones."""
        ledger = self._register.ledger
        if ledger.known(request) is None:
            codes = [ledger.sheet(one, request.stock or None).code for one in serials]
            start = request.start or serials[0].text
            self._ready([self._entry(code) for code in codes if code], start, request.stock)
            _refuse_existing(output)
        return self._made(ledger.again(request, serials, reason), output)

    def resume(self, seen: Seen, start: str, output: Path | None) -> Printed:
        """Put a job right by what came out of the printer, and print what needs another sheet."""
        ledger = self._register.ledger
        if ledger.known(seen.request(start)) is None and (codes := ledger.remaining(seen)):
            first = start or ledger.job(seen.job).pages[0].serial.text
            self._ready([self._entry(code) for code in codes], first, ledger.job(seen.job).stock)
            _refuse_existing(output)
        return self._made(ledger.resume(seen, start), output)

    def _take(
        self, request: Request, entries: Sequence[Entry], output: Path | None, reason: str = ""
    ) -> Printed:
        self._ready(entries, request.start, request.stock)
        _refuse_existing(output)
        codes = [entry.code for entry in entries]
        return self._made(self._register.ledger.take(request, codes, reason), output)

    def _entry(self, code: str) -> Entry:
        known = identify(code).code
        code = str(known) if known else code
        entry = self._register.find(code)
        if entry is None:
            raise InputError(
                zh=f"台账中没有编号 {shown(code)}：请核对编号，或写批次号（如 20260601-01）",
                en=f"the register has no number {shown(code)}: check it, or give the id of a run (like 20260601-01)",
            )
        return entry

    def _for_these_sheets(self, entries: Sequence[Entry], request: Request) -> Sequence[Entry]:
        """Of a run, what the sheets are for: sample 一 and 二 lie on two piles. `LayoutError` where nothing is."""
        version = self._version(request.start, request.stock)
        others = {
            plan
            for plan in {entry.plan for entry in entries}
            if self._forms.reproduces(plan)  # else it is refused soon, with the reason
            and not self._loaded.are_for(self._composer(plan), version)
        }
        fitting = [entry for entry in entries if entry.plan not in others]
        if not fitting:
            self._loaded.refuse_other(self._composer(entries[0].plan), version)
        return fitting

    def _version(self, start: str, stock: str) -> str:
        """The form version of the sheets from `start` on."""
        return self._register.ledger.sheet(Serial.parse(start), stock or None).stock

    def _composer(self, plan: str) -> Composer:
        return self._forms.planned(plan).composer

    def _ready(self, entries: Sequence[Entry], start: str, stock: str) -> None:
        """Find out before a sheet is taken whether every page can be drawn, by drawing them into nowhere."""
        serial, tried = Serial.parse(start), set[str]()
        version = self._version(start, stock)
        problems: dict[str, Said] = {}
        printable = [
            one for one in entries if one.plan and one.state is State.ISSUED
        ]  # else the ledger says why
        if not printable:
            return
        with Path(os.devnull).open("wb") as nowhere:
            pages = self._loaded.open(nowhere, "", printable[0].reserved_at, version)
            for number, entry in enumerate(printable):
                self._watch(Step.PLAN, number, len(printable))
                self._refuse_changed(entry)
                portrait_of(entry)
                self._loaded.refuse_other(self._composer(entry.plan), version)
                try:
                    for text in _trial_serials(serial)[entry.plan in tried :]:
                        self._add(pages, entry, text, None)
                except (FontError, LayoutError) as problem:
                    problems[entry.code] = problem.said
                tried.add(entry.plan)
        if problems:
            raise _not_drawable(problems)

    def _refuse_changed(self, entry: Entry) -> None:
        if not self._forms.reproduces(entry.plan):
            raise InputError(
                zh=f"证书 {entry.code} 是按修改前的机构配置发出的：请恢复当时的配置和印章后再打印，没有占用纸张",
                en=f"{entry.code} was issued with an earlier agency file: restore that agency file and its seals "
                "before printing; no sheet was taken",
            )

    def _made(self, taken: Taken, output: Path | None) -> Printed:
        """The file of the job, whole under its name, and its digest in the ledger."""
        job = taken.job
        if job is None:
            return Printed(taken)
        path = output or Path(f"{job.id}.pdf")
        if job.sha256 and _digest(path) == job.sha256:
            return Printed(taken, path, was_there=True)
        self._still_good(job)
        digest = self._write(job, path)
        self._register.ledger.finish(job.id, digest)
        return Printed(taken, path)

    def _still_good(self, job: PrintJob) -> None:
        """A number may have become void between the kill and the next call."""
        for page in job.pages:
            if self._entry(page.code).state is not State.ISSUED:
                raise InputError(
                    zh=f"打印任务 {job.id} 中的证书 {page.code} 已作废，文件不再生成：一张都没印的，"
                    f"用 certgen print --cancel {job.id} 退回纸张，再打印其余证书",
                    en=f"certificate {page.code} of print job {job.id} is void by now and the file is not made: "
                    f"if nothing of it was printed, give its sheets back (certgen print --cancel {job.id}) and print "
                    "the others",
                )

    def _write(self, job: PrintJob, path: Path) -> str:
        folder = path.parent
        part = folder / f".{path.name}.{os.getpid()}.part"
        with files.in_words(folder):
            folder.mkdir(parents=True, exist_ok=True)
            for left_over in folder.glob(f".{path.name}.*.part"):  # of a killed command
                left_over.unlink(missing_ok=True)
            with part.open("xb") as file:
                title = f"{FORMS[self._forms.agency.form].title.zh} {job.id}"
                pages = self._loaded.open(file, title, job.opened_at, job.stock)
                fronts = self._draw(pages, job)
                digest = pages.finish()
        _check_same(job, part, path, digest)
        files.flush([part])
        self._check(part, digest, pages.pages, fronts, job)
        with files.in_words(folder):
            part.replace(path)
        files.flush([path])
        return digest

    def _draw(self, pages: SheetsFile, job: PrintJob) -> list[Front]:
        total, fronts = len(job.pages), list[Front]()
        for done, page in enumerate(job.pages):
            self._watch(Step.PRINT, done, total)
            entry, number = self._entry(page.code), pages.pages
            record, rare = self._add(pages, entry, page.serial.text, portrait_of(entry))
            fronts.append(Front(number, entry, record, self._composer(entry.plan), rare))
        self._watch(Step.PRINT, total, total)
        return fronts

    def _add(
        self, pages: SheetsFile, entry: Entry, serial: str, portrait: Portrait | None
    ) -> tuple[Record, bool]:
        """What the page says, and whether it needed a fallback face."""
        form = self._forms.planned(entry.plan)
        record = numbered(form.composer, entry.record, serial)
        rare = pages.add(
            form.plan, form.composer, record, entry.code, portrait, qr=entry.qr, serial=serial
        )
        return record, rare

    def _check(
        self, part: Path, digest: str, pages: int, fronts: Sequence[Front], job: PrintJob
    ) -> None:
        if self._checker is None:
            return
        self._watch(Step.CHECK, 0, len(fronts))
        try:
            self._checker.check(part, digest, pages, fronts, job.stock)
        except StorageError:
            files.discard(part)
            raise
        self._watch(Step.CHECK, len(fronts), len(fronts))


def _trial_serials(serial: Serial) -> tuple[str, str]:
    """Serials like this one that show every digit: a plan may lack the glyphs of a print number."""
    digits = "0123456789"[: serial.digits], "9876543210"[: serial.digits]
    one, other = (serial.prefix + some.ljust(serial.digits, "0") for some in digits)
    return one, other


def _not_drawable(problems: Mapping[str, Said]) -> InputError:
    """The first five by code; what a page says of its own slots follows."""
    named = list(problems.items())[:5]
    zh = "；".join(f"{code}：{said.zh}" for code, said in named)
    en = "; ".join(f"{code}: {said.en}" for code, said in named)
    more = len(problems) - len(named)
    return InputError(
        zh=f"有 {len(problems)} 张证书印不到这种纸上，没有占用纸张。{zh}" + ("……" if more else ""),
        en=f"{len(problems)} certificates cannot be drawn onto these sheets; no sheet was taken. {en}"
        + (f"; and {more} more" if more else ""),
    )


def numbered(composer: Composer, record: Record, serial: str) -> Record:
    """The record with the serial of the sheet that it is printed on, where the form shows it (印制流水码).

    What the roster said of the paper no longer counts: the ledger knows which sheet it is.
    """
    return replace(record, print_number=serial) if composer.agency.print_number else record


def _ordered(entries: Sequence[Entry], order: Order) -> Sequence[Entry]:
    """By number, or as the rosters had them, run after run: so they lie when they are handed out."""
    if order is Order.NUMBER:
        return sorted(entries, key=lambda entry: entry.code)
    return sorted(entries, key=lambda entry: (entry.job, entry.position))


def _refuse_existing(output: Path | None) -> None:
    """Before a sheet is taken."""
    if output is not None and output.exists():
        raise InputError(
            zh=f"{output} 已存在，不会覆盖：请换一个文件名；没有占用纸张",
            en=f"{output} exists and is not overwritten: choose another name; no sheet was taken",
        )


def _check_same(job: PrintJob, part: Path, path: Path, digest: str) -> None:
    """What was printed before comes out the same; another file is not overwritten."""
    if job.sha256 and digest != job.sha256:
        files.discard(part)
        raise InputError(
            zh=f"打印任务 {job.id} 的文件已不能照原样重新生成（机构配置、印章或套打设置变了）：请恢复后再试",
            en=f"the file of print job {job.id} does not come out as it was: agency file, seals or print settings "
            "changed; restore them and try again",
        )
    if _digest(path) not in {None, digest}:
        files.discard(part)
        raise InputError(
            zh=f"{path} 已存在，不会覆盖：请换一个文件名（-o），再次运行同一命令；纸张仍为任务 {job.id} 保留",
            en=f"{path} exists and is not overwritten: run the same command with another name (-o); "
            f"the sheets are kept for job {job.id}",
        )


def _digest(path: Path) -> str | None:
    with files.in_words(path.parent):
        if not path.exists():
            return None
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
