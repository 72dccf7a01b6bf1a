"""A branch (分支机构) signs in its own place what headquarters has sent: `certgen sign --as <branch> FOLDER`.

    list and its signature → each file, as listed → read by another engine → signed → read back → its name again

A file keeps its name and is exchanged as a whole: temporary name, fsync, rename. The signed file begins with the bytes
that were sent, so a run that was killed and started again sees what is done, and goes on with the rest at the same
time of signing. Whatever differs from the list, or bears somebody else's signature, is refused and left as it is.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any

from certgen.errors import CertgenError, InputError, Said, TimestampError
from certgen.exchange.agency import Agency
from certgen.issuing import files, handover
from certgen.issuing.handover import Line
from certgen.issuing.run import chunks
from certgen.model.finding import Finding, Place, Severity
from certgen.render import signature
from certgen.render.countersign import Waiting, countersign
from certgen.render.longterm import Ending, Known, prolonged
from certgen.render.pdf import PT_PER_MM
from certgen.render.pictures import SealImage
from certgen.render.revision import Revision, Tail
from certgen.sign.signers import Signers
from certgen.sign.trust import Owner, refuse_stranger

CHUNK = 50
"""Files a flush."""

BEGUN = ".certgen-sign.json"
"""When signing of a folder began, and with which key: a run that goes on signs at the same time."""

Watch = Callable[[int, int], None]
"""watch(done, total), before each file and at the end."""


@dataclass(slots=True)
class SignAccount:
    """The closing account: every file on the list is signed now, was signed before, or was refused."""

    listed: int = 0
    signed: int = 0
    already: int = 0
    refused: int = 0
    findings: list[Finding] = field(default_factory=list)
    result: Path | None = None  # the list that goes back

    @property
    def adds_up(self) -> bool:
        """Whether no file was lost."""
        return self.listed == self.signed + self.already + self.refused


@dataclass
class Countersigner:
    """One folder, one branch, its key."""

    folder: Path
    agency: Agency
    branch: str
    signers: Signers  # the branch's key alone
    reader: str  # importable name of the other engine, 'verify.handover'
    clock: Callable[[], datetime]

    def run(self, watch: Watch) -> SignAccount:
        """Sign what is listed and not signed yet."""
        lines, sender = self._listed()
        self._refuse_other_level(lines)
        made = self._begun(sender.digest)
        account = SignAccount(listed=len(lines))
        done: dict[str, Line] = {}
        for number, chunk in enumerate(chunks(lines, CHUNK)):
            watch(number * CHUNK, len(lines))
            self._chunk(chunk, sender.certificate, made, account, done)
        watch(len(lines), len(lines))
        files.tidy(self.folder)
        if done:
            account.result = self.folder / handover.returning(self.branch)
            in_order = [done[line.code] for line in lines if line.code in done]
            handover.write(account.result, in_order, self._signer)
        if len(done) == len(lines):
            (self.folder / BEGUN).unlink(missing_ok=True)
        return account

    def _chunk(
        self,
        chunk: Sequence[Line],
        agency: str,
        made: datetime,
        account: SignAccount,
        done: dict[str, Line],
    ) -> None:
        waiting: list[tuple[Line, Path]] = []
        for line in chunk:
            try:
                data = self._data(line)
                if sha256(data).hexdigest() == line.before:
                    waiting.append((line, self._sign(line, data, agency, made)))
                else:  # signed by an earlier run, or not what was sent
                    done[line.code] = self._read_back(line, data)
                    account.already += 1
            except CertgenError as problem:
                account.refused += 1
                account.findings.append(_finding(problem, line))
        files.flush([path for _, path in waiting])
        for line, path in waiting:
            try:
                after = self._read_back(line, path.read_bytes())
            except CertgenError as problem:
                files.discard(path)
                account.refused += 1
                account.findings.append(_finding(problem, line))
                continue
            done[line.code] = after
            account.signed += 1
        files.publish([line.file for line, _ in waiting if line.code in done], self.folder)

    def _sign(self, line: Line, data: bytes, agency: str, made: datetime) -> Path:
        """The signed file under its temporary name, not yet flushed."""
        known: Mapping[str, Any] = self._reader.waiting(data, agency, line.level)
        tail = Tail(
            length=known["length"],
            xref=known["xref"],
            size=known["size"],
            root=known["root"],
            info=known["info"],
            first_id=known["first_id"].encode("ascii"),
        )
        place = Waiting(tail, known["field"], known["page"], known["box"])
        begun = sha256(data)
        appearance = partial(self._appearance, place.box)
        more, state, tail = countersign(place, begun, appearance, made, self._signer)
        if (long_term := self.signers.long_term) is not None:
            objects = Known(known["catalog"], known["page"], known["page_body"])
            more = prolonged(Ending(more, state, tail), objects, long_term).appended
        return files.write_waiting(self.folder, line.file, (data, more))

    def _appearance(self, box: str, revision: Revision) -> int:
        """The branch's seal, as large as headquarters left room for it."""
        left, _, right, _ = map(float, box.split())
        side_mm = (right - left) / PT_PER_MM
        return revision.add(signature.appearance(side_mm, self._seal.put(revision)))

    def _read_back(self, line: Line, data: bytes) -> Line:
        """The line of a finished file, which must begin as it was sent and be signed by this branch's key."""
        if len(data) <= line.size or sha256(data[: line.size]).hexdigest() != line.before:
            raise _changed()
        own, *_ = self._reader.finished(data, line.size, line.level)
        if sha256(own).hexdigest() != self._signer.certificate_sha256:
            raise InputError(
                zh="分支机构签名域已有他人（或另一证书）的签名，不会再签：请核实是谁签的",
                en="the branch's field bears another's signature, or another certificate's, and is not "
                "signed again: find out who did it",
            )
        return Line(
            line.code, line.file, line.before, line.size, line.level, sha256(data).hexdigest()
        )

    def _data(self, line: Line) -> bytes:
        try:
            return (self.folder / line.file).read_bytes()
        except OSError as problem:
            raise InputError(
                zh="清单上有，文件夹里没有：请向总部重新索取",
                en="is on the list and not in the folder: ask headquarters for it",
            ) from problem

    def _listed(self) -> tuple[Sequence[Line], "Sender"]:
        """The list, once its signature has proved to be by the agency."""
        path = self.folder / handover.outgoing(self.branch)
        data, beside = handover.read(path)
        certificates = self._reader.check_list(data, beside)
        owner = Owner(self.agency, (self.agency.name,), self.clock())
        refuse_stranger(certificates, owner, path.name)
        sender = Sender(sha256(certificates[0]).hexdigest(), sha256(data).hexdigest())
        return handover.lines_of(data, path), sender

    def _refuse_other_level(self, lines: Sequence[Line]) -> None:
        """Both signatures of a file are of one level."""
        own = self.signers.level.value
        if other := {line.level for line in lines} - {own}:
            found = "、".join(sorted(other))
            raise InputError(
                zh=f"总部的签名级别是 {found}，本机构配置 [key] level 是 {own}：请改为一致",
                en=f"headquarters signs at {found}, and [key] level here is {own}: make them the same",
            )

    def _begun(self, listed: str) -> datetime:
        """When signing this list with this key began."""
        path = self.folder / BEGUN
        facts = {"list": listed, "certificate": self._signer.certificate_sha256}
        if path.is_file():
            try:
                found = json.loads(path.read_text("utf-8"))
                made = datetime.fromisoformat(found.pop("at"))
            except (ValueError, KeyError, AttributeError):
                found, made = {}, self.clock()
            if found == facts:
                return made
        made = self.clock().replace(microsecond=0)
        files.replace(
            self.folder, {BEGUN: json.dumps({"at": made.isoformat(), **facts}).encode("utf-8")}
        )
        return made

    @property
    def _signer(self) -> Any:  # noqa: ANN401 - a DocumentSigner
        return self.signers.branches[self.branch]

    @cached_property
    def _seal(self) -> SealImage:
        seal = self.agency.seals[self.branch]
        return SealImage(seal.path, seal.diameter_mm, cmyk=False)

    @property
    def _reader(self) -> Any:  # noqa: ANN401 - a module of another engine
        return import_module(self.reader)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who has sent a list, and which."""

    certificate: str  # SHA-256 of the agency's certificate (DER)
    digest: str  # of the list


def _changed() -> InputError:
    return InputError(
        zh="与总部发出的文件不同，不会签名：请向总部重新索取",
        en="is not what headquarters has sent and is not signed: ask headquarters for it again",
    )


def _finding(problem: CertgenError, line: Line) -> Finding:
    code = "sign/timestamp" if isinstance(problem, TimestampError) else "sign/refused"
    said = Said(zh=f"{line.code}：{problem.said.zh}", en=f"{line.code}: {problem.said.en}")
    return Finding(code, Severity.ERROR, said, Place(file=line.file))
