"""The desk that a storm strikes: an agency's folder with a roster of twelve rows, and what lies in it afterwards."""

import hashlib
import shutil
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "samples"))

import kills
import make
import people
import sheets
from agencies import BRANCH_NAME, PASSPHRASE
from people import Holder

from certgen import api
from certgen.fonts import fontset
from certgen.registry.entries import Entry
from certgen.registry.register import Register

NOW = datetime(2026, 6, 1, 4, tzinfo=UTC)
JOB = "20260601-01"
_MAIN, _BRANCH = people.EMPLOYER_MAIN[10:16], people.EMPLOYER_BRANCH[2:8]
_HEADER = (
    "姓名", "证件类型", "证件号码", "职业名称", "工种/职业方向", "职业技能等级", "发证日期", "站点", "分支机构",
)  # fmt: skip


class BrokenError(Exception):
    """Something was lost, torn or different."""


def must(holds: bool, otherwise: str) -> None:  # noqa: FBT001  (reads as a sentence)
    """Raise `BrokenError` unless it holds."""
    if not holds:
        raise BrokenError(otherwise)


@dataclass(frozen=True, slots=True)
class Desk:
    """A folder with agency file, roster and photos, in which a batch is issued."""

    folder: Path

    @property
    def out(self) -> Path:
        """Where the batch comes out."""
        return self.folder / "out"

    def issue(self) -> None:
        """The whole batch, by the public function, at a fixed time."""
        account = api.issue(
            self.folder / "agency.toml",
            self.folder / "roster.csv",
            self.out,
            photos=self.folder / "photos",
            passphrase=lambda _: PASSPHRASE.encode(),
            payload_passphrase=lambda _: PASSPHRASE.encode(),
            clock=lambda: NOW,
        )
        must(account.adds_up and account.rows == kills.ROWS, "the account does not add up")
        must(not account.refused, "a row was refused")

    def public(self) -> dict[str, str]:
        """Every file that a clerk sees, by name, with its SHA-256."""
        return {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(self.out.glob(f"{JOB}/*"))
            if path.is_file()
        }

    def entries(self) -> list[Entry]:
        """Every number given."""
        path = self.folder / "register.db"
        if not path.exists():
            return []
        with Register.open(path, clock=lambda: NOW) as register:
            return list(register.entries(JOB))


def prepare(folder: Path, *, paper_only: bool) -> Desk:
    """An employer with a branch, twelve rows, two forms."""
    source = folder / "samples"
    if not source.exists():
        make.make(source, NOW, fontset.load().faces["hei"][0].path)
    desk = Desk(folder / ("paper" if paper_only else "electronic"))
    shutil.copytree(source / "yunhe", desk.folder)
    settings = desk.folder / "agency.toml"
    text = settings.read_text("utf-8") + "\n[output]\ncheck_share = 0\n"
    if paper_only:
        start = text.index("[key]")
        text = text[:start] + text[text.index("[qr]") :]
    settings.write_text(text, "utf-8")
    rows = [*(_row(one, "main", "") for one in _MAIN)]
    rows += [_row(one, "zezhou", BRANCH_NAME) for one in _BRANCH]
    (desk.folder / "roster.csv").write_bytes(sheets.csv_bytes([_HEADER, *rows]))
    # Places in the status list, which QR codes state, are scattered by a key of the register: copies share it.
    with Register.open(desk.folder / "register.db", clock=lambda: NOW):
        return desk


def _row(holder: Holder, site: str, branch: str) -> list[str]:
    trade = holder.trade
    return [
        holder.name, holder.kind.zh, holder.number, trade.occupation, trade.job or "",
        holder.level.written, holder.issued.isoformat(), site, branch,
    ]  # fmt: skip


def copy_of(desk: Desk, name: str) -> Desk:
    """A fresh copy beside it."""
    folder = desk.folder.with_name(f"{desk.folder.name}-{name}")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(desk.folder, folder)
    return replace(desk, folder=folder)
