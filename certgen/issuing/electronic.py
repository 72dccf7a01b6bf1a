"""Render, sign, check, record, release: the electronic certificates (电子证书) of a run, chunk by chunk."""

from hashlib import sha256
from pathlib import Path

from certgen.errors import InputError, Said, TimestampError
from certgen.intake.photos import prepare
from certgen.issuing import files
from certgen.issuing.checking import Checker, Signatures, Task
from certgen.issuing.run import Run, Step, chunks
from certgen.model.finding import Finding, Severity
from certgen.registry.entries import Done, Entry
from certgen.render.signature import Signing
from certgen.render.stamp import Portrait, Stamped, Stamper


class Press:
    """Stamps entries of the register, each from the plan it was given."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._stampers: dict[str, Stamper] = {}

    def stamp(self, entry: Entry) -> Stamped:
        """The certificate of one entry; the same entry gives the same bytes."""
        if entry.plan not in self._stampers:
            form = self._run.forms.planned(entry.plan)
            signers = self._run.order.signers
            branch = signers.of_branch(form.plan.branch)
            self._stampers[entry.plan] = Stamper(
                form.plan, form.composer, signers.agency, branch, long_term=signers.long_term
            )
        portrait = portrait_of(entry)
        return self._stampers[entry.plan].stamp(
            entry.record, entry.code, portrait, entry.reserved_at, qr=entry.qr
        )

    def signatures(self, entry: Entry) -> Signatures:
        """Who is to have signed it."""
        plan, signers = self._run.forms.planned(entry.plan).plan, self._run.order.signers
        if plan.signing is Signing.NOBODY or signers.agency is None:
            return Signatures()
        branch = signers.of_branch(plan.branch) if plan.signing is Signing.BOTH else None
        return Signatures(
            signers.agency.certificate_sha256,
            branch.certificate_sha256 if branch else None,
            plan.signing is Signing.BRANCH_LATER,
            signers.level.value,
        )


def portrait_of(entry: Entry) -> Portrait | None:
    """The photo the entry was reserved with. `InputError` when the file has changed or gone since."""
    if entry.record.photo is None:
        return None
    photo = prepare(entry.record.photo)
    if photo.sha256 != entry.photo_sha256:
        raise InputError(
            zh=f"编号 {entry.code} 的照片在编号之后变了或不见了：请放回原照片，或用现在的照片再次运行",
            en=f"the photo of {entry.code} changed or went since its number was reserved: "
            "put it back, or run again with the present one",
        )
    return Portrait(photo.jpeg, photo.width, photo.height)


def file_name(code: str) -> str:
    """The public name of a certificate: its number and nothing personal."""
    return f"{code}.pdf"


def finish_releases(run: Run) -> None:
    """Give their public names to files that a stopped run had recorded but not released.

    A waiting file that is gone or torn is stamped again; it must come out with the recorded digest.
    """
    press = Press(run)
    for chunk in chunks(run.register.unreleased(run.job)):
        run.watch(Step.RELEASE, 0, len(chunk))
        names = [file_name(entry.code) for entry in chunk]
        restored = [_restore(run, press, entry) for entry in chunk if not _is_there(run, entry)]
        files.flush(restored)
        files.publish(names, run.folder)
        run.register.release([entry.code for entry in chunk])


def _is_there(run: Run, entry: Entry) -> bool:
    name = file_name(entry.code)
    places = (run.folder / name, run.folder / files.WAITING / name)
    return any(
        path.is_file() and sha256(path.read_bytes()).hexdigest() == entry.sha256 for path in places
    )


def _restore(run: Run, press: Press, entry: Entry) -> Path:
    stamped = press.stamp(entry) if run.forms.reproduces(entry.plan) else None
    if stamped is None or stamped.sha256() != entry.sha256:
        raise InputError(
            zh=f"无法重新生成与登记一致的证书 {entry.code}：请恢复当时的机构配置、印章和密钥后再次运行；"
            "带时间戳或由密码设备签名的证书每次都不同，请从备份恢复 .part 文件夹，或作废该编号（certgen void）",
            en=f"certificate {entry.code} does not come out as registered: restore the agency file, seals and key "
            "it was made with, then run again; with a time stamp, or signed on a token, none comes out twice: "
            "restore the folder .part from a backup, or void the number (certgen void)",
        )
    return files.write_waiting(run.folder, file_name(entry.code), (stamped.prefix, stamped.rest))


def make(run: Run, checker: Checker) -> None:
    """Make every wanted certificate. One that fails its check is not released and keeps its number."""
    press = Press(run)
    total, done = len(run.wanted), 0
    entries = (entry for entry in run.register.pending(run.job) if entry.code in run.wanted)
    for chunk in chunks(entries):
        tasks: list[Task] = []
        for number, entry in enumerate(chunk, start=done):
            run.watch(Step.RENDER, number, total)
            try:
                stamped = press.stamp(entry)
            except TimestampError as problem:
                wait(run, entry, problem.said)
                continue
            pieces = (stamped.prefix, stamped.rest)
            path = files.write_waiting(run.folder, file_name(entry.code), pieces)
            deep = checker.deep(entry.code, rare=stamped.rare, edge=number in {0, total - 1})
            signatures = press.signatures(entry)
            tasks.append(Task(path, entry, stamped.sha256(), stamped.size, deep, signatures))
        files.flush([task.path for task in tasks])
        run.watch(Step.CHECK, done, total)
        good = _checked(run, checker, tasks)
        run.watch(Step.RECORD, done, total)
        run.register.record([Done(task.entry.code, task.sha256, task.size) for task in good])
        run.watch(Step.RELEASE, done, total)
        files.publish([task.path.name for task in good], run.folder)
        run.register.release([task.entry.code for task in good])
        done += len(chunk)
        run.account.issued += len(good)
    run.watch(Step.RELEASE, done, total)


def _checked(run: Run, checker: Checker, tasks: list[Task]) -> list[Task]:
    """The tasks whose files passed; the others' files are removed, their rows held with the findings."""
    good: list[Task] = []
    for task, findings in zip(tasks, checker.check(tasks), strict=True):
        if findings:
            hold(run, task.entry, findings)
            files.discard(task.path)
        else:
            good.append(task)
    return good


def wait(run: Run, entry: Entry, said: Said) -> None:
    """Enter a row that could not be signed for now: its number stays pending for it, the next run goes on."""
    run.account.held += 1
    run.account.refused += 1
    run.account.findings.append(Finding("sign/timestamp", Severity.ERROR, said, entry.record.place))


def hold(run: Run, entry: Entry, findings: tuple[Finding, ...]) -> None:
    """Enter a row whose file failed: refused with the reasons, its number pending for it."""
    run.account.held += 1
    run.account.refused += 1
    said = Said(
        zh=f"证书 {entry.code} 未通过自检，没有发出，编号为该行保留："
        + "；".join(finding.said.zh for finding in findings),
        en=f"certificate {entry.code} failed its self-check and was not released; its number is kept "
        "for this row: " + "; ".join(finding.said.en for finding in findings),
    )
    code = findings[0].code
    run.account.findings.append(Finding(code, Severity.ERROR, said, entry.record.place))
