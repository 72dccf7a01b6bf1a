"""One agency's folder as a clerk has it, and what the clerk does there: small rosters, one clock.

office.roster(MAIN[:3])
account = office.issue()
"""

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import ca
import people
import pytest
import sheets
from agencies import BRANCH_NAME, EMPLOYER_NAME, PASSPHRASE
from people import Holder

from certgen import api
from certgen.errors import CertgenError
from certgen.exchange import agency_file
from certgen.exchange.agency import KeyFile, PayloadKeyFile
from certgen.model.finding import Finding, Severity
from certgen.registry.entries import Entry, State
from certgen.registry.register import Register

NOW = datetime(2026, 6, 1, 20, tzinfo=timezone(timedelta(hours=8)))
"""When the sample keys begin to be valid; every holder was assessed before."""

HEADER = (
    "姓名", "证件类型", "证件号码", "职业名称", "工种/职业方向", "职业技能等级", "发证日期", "站点", "分支机构",
)  # fmt: skip

MAIN = people.EMPLOYER_MAIN[11:19]
BRANCH = people.EMPLOYER_BRANCH[3:9]
"""Holders with common names: nobody needs a fallback face, so few files are rasterised."""


class Killed(BaseException):
    """Stands for SIGKILL where a real one is not needed: nothing in the program catches it."""


@dataclass
class Office:
    """A folder with agency.toml, photos, seals and, after the first run, register and output."""

    folder: Path
    now: datetime = NOW
    rows: list[list[str]] = field(default_factory=list)

    @classmethod
    def copied(cls, source: Path, folder: Path) -> "Office":
        """A copy whose files are read back deeply only where they must be: first and last."""
        shutil.copytree(source, folder)
        office = cls(folder)
        office.add_settings("[output]\ncheck_share = 0")
        office.open_to_all()
        return office

    @property
    def agency(self) -> Path:
        return self.folder / "agency.toml"

    @property
    def photos(self) -> Path:
        return self.folder / "photos"

    @property
    def out(self) -> Path:
        return self.folder / "out"

    @property
    def plans(self) -> list[Path]:
        return sorted((self.folder / "register.plans").iterdir())

    def add_settings(self, text: str) -> None:
        with self.agency.open("a", encoding="utf-8") as file:
            file.write(f"\n{text}\n")

    def open_to_all(self) -> None:
        """No list of approved people: rosters here are small and change from test to test."""
        text = self.agency.read_text("utf-8")
        self.agency.write_text(re.sub(r"\[approval\]\n(?:.+\n)+", "", text), "utf-8")

    def change_settings(self, old: str, new: str) -> None:
        text = self.agency.read_text("utf-8")
        assert old in text
        self.agency.write_text(text.replace(old, new), "utf-8")

    def change_name(self, old: str, new: str) -> None:
        """Change the filed name, and sign with keys that name it so: the same keys for the same name."""
        self.change_settings(old, new)
        keys, kept = self.folder / "keys", self.folder / "keys-of"
        shutil.copytree(keys, kept / old, dirs_exist_ok=True)
        if not (kept / new).exists():
            owners = {"agency.p12": EMPLOYER_NAME, "zezhou.p12": BRANCH_NAME}
            named = {file: owner.replace(old, new) for file, owner in owners.items()}
            made = ca.make(named, PASSPHRASE, NOW.date())
            (kept / new).mkdir()
            for file, data in made.pkcs12.items():
                (kept / new / file).write_bytes(data)
        shutil.copytree(kept / new, keys, dirs_exist_ok=True)
        for path in keys.iterdir():
            path.chmod(0o600)

    def without_key(self) -> None:
        """Paper only, and the QR code says the certificate code: no key, no host."""
        text = self.agency.read_text("utf-8")
        self.agency.write_text(re.sub(r"\[key[a-z.]*\]\n(?:.+\n)+", "", text), "utf-8")
        self.unsigned_qr("code")
        shutil.rmtree(self.folder / "keys")

    def unsigned_qr(self, profile: str) -> None:
        """Let the QR code be of a profile that needs neither key nor host."""
        text = self.agency.read_text("utf-8")
        block = f'[qr]\nprofile = "{profile}"\n'
        self.agency.write_text(re.sub(r"\[qr\]\n(?:.+\n)+", block, text), "utf-8")

    def roster(
        self, main: Sequence[Holder] = (), branch: Sequence[Holder] = (), name: str = "roster.csv"
    ) -> Path:
        """Write a roster of these holders and make it the one that is issued."""
        self.rows = [row_of(holder, "main", "") for holder in main]
        self.rows += [row_of(holder, "zezhou", BRANCH_NAME) for holder in branch]
        return self.write(name)

    def write(self, name: str = "roster.csv") -> Path:
        """Write `rows` as they are now."""
        path = self.folder / name
        path.write_bytes(sheets.csv_bytes([HEADER, *self.rows]))
        return path

    def issue(self, roster: Path | None = None, **options: Any) -> api.Account:
        options.setdefault("photos", self.photos)
        options.setdefault("passphrase", passphrase)
        options.setdefault("payload_passphrase", passphrase)
        options.setdefault("clock", lambda: self.now)
        return api.issue(self.agency, roster or self.folder / "roster.csv", self.out, **options)

    def check(self, roster: Path | None = None, **options: Any) -> api.CheckReport:
        options.setdefault("photos", self.photos)
        options.setdefault("clock", lambda: self.now)
        return api.check(self.agency, roster or self.folder / "roster.csv", **options)

    def stopped_at(self, step: api.Step, done: int = 0, **options: Any) -> None:
        """Issue, and be stopped when the batch comes to this step."""

        def watch(now: api.Step, count: int, _total: int) -> None:
            if (now, count) == (step, done):
                raise Killed

        try:
            self.issue(watch=watch, **options)
        except Killed:
            return
        message = f"the batch never came to {step} {done}"
        raise AssertionError(message)

    def register(self) -> Register:
        path = agency_file.load(self.agency).register
        return Register.open(path, clock=lambda: self.now)

    def entries(self, *states: State) -> list[Entry]:
        """Every number of every run, in order of reservation; only those in `states`, if any is named."""
        with self.register() as register:
            jobs = [f"{self.now:%Y%m%d}-{nth:02d}" for nth in range(1, 10)]
            found = [entry for job in jobs for entry in register.entries(job)]
        return [entry for entry in found if not states or entry.state in states]

    def numbers(self) -> dict[str, str]:
        """Name of the holder to number."""
        return {entry.record.name: entry.code for entry in self.entries()}

    def public(self) -> dict[str, str]:
        """Path below the output folder to SHA-256, of every PDF that a clerk sees."""
        return {
            path.relative_to(self.out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(self.out.glob("*/*.pdf"))
        }


def passphrase(key: KeyFile | PayloadKeyFile) -> bytes:
    return os.environ[key.passphrase_env].encode()


def row_of(holder: Holder, site: str, branch: str) -> list[str]:
    trade = holder.trade
    return [
        holder.name, holder.kind.zh, holder.number, trade.occupation, trade.job or "",
        holder.level.written, holder.issued.isoformat(), site, branch,
    ]  # fmt: skip


def told(findings: Iterable[Finding]) -> list[Finding]:
    """All but notes: the photo folder of a sample agency has more photos than a small roster has rows."""
    return [finding for finding in findings if finding.severity is not Severity.NOTE]


def codes(findings: Iterable[Finding]) -> list[str]:
    return [finding.code for finding in told(findings)]


def message(call: Callable[[], object], kind: type[CertgenError]) -> CertgenError:
    """The error that `call` must raise; both languages must say something."""
    with pytest.raises(kind) as caught:
        call()
    assert caught.value.said.zh
    assert caught.value.said.en
    return caught.value


def outcome(account: api.Account) -> tuple[int, int, int, int]:
    """Rows, issued now, issued before, refused. Whatever happened, they add up."""
    assert account.adds_up
    return account.rows, account.issued, account.already, account.refused
