"""Headquarters (总部) takes back what a branch has signed in its own place: `certgen sign --hand-back FOLDER`.

Each file must begin with the very bytes that the register has, and end with the branch's signature. It then takes the
place of the file that was sent, if that is still in the output folder, and the register learns its digest.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any

from certgen.errors import CertgenError, InputError, Said
from certgen.exchange.agency import Agency
from certgen.issuing import files, handover
from certgen.issuing.handover import Line
from certgen.issuing.run import chunks
from certgen.model.finding import Finding, Place, Severity
from certgen.registry.entries import Done, Entry
from certgen.registry.register import Register
from certgen.sign.trust import Owner, refuse_stranger


@dataclass(slots=True)
class BackAccount:
    """The closing account: every file on the list is registered now, was before, or was refused."""

    listed: int = 0
    registered: int = 0
    already: int = 0
    refused: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def adds_up(self) -> bool:
        """Whether no file was lost."""
        return self.listed == self.registered + self.already + self.refused


@dataclass(frozen=True, slots=True)
class HandBack:
    """One folder that came back from one branch."""

    folder: Path
    agency: Agency
    branch: str
    register: Register
    out: Path  # where `certgen issue` had put the files
    reader: str  # importable name of the other engine, 'verify.handover'
    clock: Callable[[], datetime]

    def run(self) -> BackAccount:
        """Take back what is listed."""
        lines = self._listed()
        account = BackAccount(listed=len(lines))
        for chunk in chunks(lines):
            good: list[tuple[Entry, Line, bytes]] = []
            for line in chunk:
                try:
                    entry, data = self._checked(line)
                except CertgenError as problem:
                    account.refused += 1
                    account.findings.append(_finding(problem, line))
                    continue
                good.append((entry, line, data))
                account.already += entry.sha256 == line.after
                account.registered += entry.sha256 != line.after
            self._place(good)
            self.register.countersign(
                [(line.before, Done(line.code, line.after, len(data))) for _, line, data in good]
            )
        return account

    def _checked(self, line: Line) -> tuple[Entry, bytes]:
        entry = self.register.find(line.code)
        if entry is None or entry.sha256 not in {line.before, line.after}:
            raise InputError(
                zh="台账中没有这份文件：不是本总部发出的，或该编号已另有文件",
                en="the register does not know the file that was signed: it was not sent from here, or "
                "the number has another file",
            )
        if entry.record.branch != self.branch:
            raise InputError(zh="不是该分支机构的证书", en="is no certificate of this branch")
        try:
            data = (self.folder / line.file).read_bytes()
        except OSError as problem:
            raise InputError(
                zh="清单上有，文件夹里没有：请向分支机构重新索取",
                en="is on the list and not in the folder: ask the branch for it",
            ) from problem
        if (
            sha256(data).hexdigest() != line.after
            or sha256(data[: line.size]).hexdigest() != line.before
        ):
            raise InputError(
                zh="与分支机构签名时的文件不同：请向分支机构重新索取",
                en="is not what the branch has signed: ask it for the file again",
            )
        certificates = self._reader.finished(data, line.size, line.level)
        refuse_stranger(certificates, self._owner, line.file)
        return entry, data

    def _place(self, good: Sequence[tuple[Entry, Line, bytes]]) -> None:
        """Exchange the files that are still where they were issued, whole or not at all."""
        for entry, line, data in good:
            path = self.out / entry.job / line.file
            if path.is_file() and sha256(path.read_bytes()).hexdigest() == line.before:
                files.replace(path.parent, {path.name: data})

    def _listed(self) -> Sequence[Line]:
        path = self.folder / handover.returning(self.branch)
        data, beside = handover.read(path)
        refuse_stranger(self._reader.check_list(data, beside), self._owner, path.name)
        lines = handover.lines_of(data, path)
        if not all(line.after for line in lines):
            raise InputError(
                zh=f"{path.name} 中有未签名的文件",
                en=f"{path.name} lists files that are not signed",
            )
        return lines

    @property
    def _owner(self) -> Owner:
        names = (self.agency.branches[self.branch].name, self.agency.name)
        return Owner(self.agency, names, self.clock())

    @property
    def _reader(self) -> Any:  # noqa: ANN401 - a module of another engine
        return import_module(self.reader)


def _finding(problem: CertgenError, line: Line) -> Finding:
    said = Said(zh=f"{line.code}：{problem.said.zh}", en=f"{line.code}: {problem.said.en}")
    return Finding("sign/not-taken-back", Severity.ERROR, said, Place(file=line.file))
