"""What a batch is told, what it is doing, and the closing account."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TypeVar

from certgen.exchange.agency import Agency
from certgen.exchange.cose import Signs
from certgen.issuing.forms import Forms
from certgen.model.finding import Finding
from certgen.registry.register import Register
from certgen.sign.signers import Signers

CHUNK = 100
"""Rows a transaction and files a flush: a register is some 40 times faster so than row by row."""

T = TypeVar("T")


class Step(StrEnum):
    """Where a batch is, in order. Signing is part of rendering: a file is signed while it is written."""

    RESERVE = "reserve"
    QR = "qr"
    PLAN = "plan"
    RENDER = "render"
    CHECK = "check"
    RECORD = "record"
    RELEASE = "release"
    PRINT = "print"


Watch = Callable[[Step, int, int], None]
"""watch(step, done, total): before each piece of work, and once after the last of a step."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to issue, for whom, and where to."""

    agency: Agency
    roster: Path
    out: Path
    photos: Path | None = None  # folder or zip; None: photos are pasted onto the paper by hand
    approved: Path | None = None  # list of approved people, instead of the agency file's
    sheet: str | None = None  # of the workbook; None: the first that has a header
    include_hidden: bool = False  # rows that are hidden or filtered out
    signers: Signers = field(default_factory=Signers)
    payload_signer: Signs | None = None  # signs the QR codes; None: they are not signed
    selfcheck: str | None = None  # importable name of the checker; None where speed is measured


@dataclass(slots=True)
class Account:
    """The closing account: every row that came in is issued, issued before, or refused."""

    job: str = ""
    folder: Path = Path()
    rows: int = 0
    issued: int = 0
    already: int = 0
    refused: int = 0
    held: int = (
        0  # of the refused: rows whose file failed the self-check and that keep their number
    )
    awaiting: Counter[str] = field(
        default_factory=Counter
    )  # by branch id: files of the run that wait for its signature in another place
    sent: dict[str, str] = field(default_factory=dict)  # by branch id: SHA-256 of the list of them
    findings: list[Finding] = field(default_factory=list)
    prints: list[Path] = field(default_factory=list)
    qr_fingerprint: str = ""  # of the key that signs the QR codes, for the hand-over papers

    @property
    def adds_up(self) -> bool:
        """Whether no row was lost."""
        return self.rows == self.issued + self.already + self.refused


@dataclass(slots=True)
class Run:
    """One call of `certgen.batch.issue` at work."""

    order: Order
    register: Register
    forms: Forms
    clock: Callable[[], datetime]
    watch: Watch
    job: str
    account: Account
    wanted: set[str] = field(
        default_factory=set
    )  # numbers this roster asks for that are not issued

    @property
    def agency(self) -> Agency:
        """Who issues."""
        return self.order.agency

    @property
    def folder(self) -> Path:
        """Where the files of this run become public."""
        return self.account.folder


def chunks(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """`items` in lists of at most `size`."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk
