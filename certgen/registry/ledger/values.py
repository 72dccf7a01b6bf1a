"""The values that go into the paper ledger and come out of it: no database here."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from certgen.model.serials import Serial, SerialRange


class SheetState(StrEnum):
    """How far a sheet of paper has got."""

    BLANK = "blank"  # 空白: in the pile
    PRINTED = "printed"  # 已打印: in a file for the printer, or out of it; not handed out
    ISSUED = "issued"  # 已发: looked at and handed out
    SPOILED = "spoiled"  # 废张: kept until it is destroyed
    DESTROYED = "destroyed"  # 已销毁: by two people
    LOST = "lost"  # 遗失


class JobKind(StrEnum):
    """Why a print job was begun."""

    PRINT = "print"  # a run, or numbers that were named
    RESUME = "resume"  # the rest after a jam or a double feed
    AGAIN = "again"  # in the place of spoiled sheets
    REISSUE = "reissue"  # 补发


@dataclass(frozen=True, slots=True)
class Receipt:
    """Sheets that came in as one range."""

    stock: str  # form version (版本)
    serials: SerialRange
    by: str
    at: datetime  # UTC
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as it is now."""

    stock: str
    serial: Serial
    state: SheetState
    code: str | None = None  # the certificate on it; of a spoiled one, that was to stand on it
    job: str | None = None  # the print job that put it there
    reissue: bool = False  # printed as 补发
    replaced: bool = False  # issued, and another sheet took its place
    reason: str = ""  # of being spoiled or lost
    destroyed_by: str = ""
    witness: str = ""

    @property
    def live(self) -> bool:
        """Whether the certificate on it is the one that counts."""
        return self.state in {SheetState.PRINTED, SheetState.ISSUED} and not self.replaced


@dataclass(frozen=True, slots=True)
class SheetEvent:
    """One thing that happened to a sheet after it was received."""

    at: datetime  # UTC
    # A permanent short id: printed, moved (another certificate stands on it), returned (to the blank ones),
    # issued, spoiled, lost, destroyed, replaced.
    what: str
    code: str | None
    job: str | None
    detail: str  # reason, names of who destroyed it; never a value of a row


@dataclass(frozen=True, slots=True)
class PagePlan:
    """One page of a print job's file, and the sheet it was meant for."""

    serial: Serial
    code: str
    reissue: bool = False


@dataclass(frozen=True, slots=True)
class PrintJob:
    """Certificates on sheets, in the order of the file's pages. Unfinished, the same file is made again."""

    id: str  # 'PYYYYMMDD-NN'
    kind: JobKind
    stock: str
    opened_at: datetime  # UTC
    pages: tuple[PagePlan, ...]
    sha256: str = ""  # of the finished file


@dataclass(frozen=True, slots=True)
class Request:
    """What an operator asks to print, as typed: by it a job is found again after a kill."""

    kind: JobKind
    what: tuple[str, ...]  # a run's id, numbers, serials, or what is said about a job
    stock: str = ""
    start: str = ""  # serial of the first sheet; '' leaves it to the ledger

    @property
    def digest(self) -> str:
        """Equal for two requests exactly if they are the same."""
        said = json.dumps([self.kind.value, self.what, self.stock, self.start], ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Taken:
    """A print job whose sheets are taken."""

    job: PrintJob | None  # None: everything stands where it should, there is nothing to print
    skipped: tuple[Sheet, ...] = ()  # sheets between the first and the last that were not blank
    known: bool = False  # it was begun before, by the same request
    moved: tuple[
        tuple[Serial, str], ...
    ] = ()  # certificates that stand on another sheet than the ledger said
    returned: tuple[Serial, ...] = ()  # sheets that are blank again
    dropped: tuple[
        str, ...
    ] = ()  # certificates that are not printed again: void or suspended by now


@dataclass(frozen=True, slots=True)
class Seen:
    """What an operator says about the paper that came out of a job."""

    job: str
    shows: Mapping[Serial, Serial] = field(
        default_factory=dict
    )  # number on a sheet → check mark on it
    last_good: Serial | None = None  # None: the last page was printed too
    spoiled: tuple[Serial, ...] = ()
    reason: str = ""

    def request(self, start: str) -> Request:
        """How it is known again."""
        what = (
            self.job,
            *(f"{sheet.text}={mark.text}" for sheet, mark in self.shows.items()),
            f"last={self.last_good.text if self.last_good else ''}",
            *(serial.text for serial in self.spoiled),
        )
        return Request(JobKind.RESUME, what, start=start)


@dataclass(frozen=True, slots=True)
class Count:
    """Sheets of one form version by what became of them."""

    received: int = 0
    blank: int = 0
    printed: int = 0
    issued: int = 0
    spoiled: int = 0  # not yet destroyed
    destroyed: int = 0
    lost: int = 0

    @property
    def remaining(self) -> int:
        """结存: what must lie in the cupboard."""
        return self.blank + self.printed

    @property
    def closes(self) -> bool:
        """Whether received = issued + spoiled (destroyed ones too) + lost + remaining."""
        gone = self.issued + self.spoiled + self.destroyed + self.lost
        return self.received == gone + self.remaining


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A serial about which two records of the ledger contradict each other."""

    serial: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Balance:
    """The daily equation of one form version (日结)."""

    stock: str
    day: date
    before: Count  # at the end of the day before
    moved: Count  # counted from the day's receipts and events
    after: Count  # at the end of the day
    disagreements: tuple[Disagreement, ...] = ()

    @property
    def day_closes(self) -> bool:
        """Whether the day's movements lead from the one count to the other."""
        one, day = self.before, self.moved
        return (
            one.received + day.received == self.after.received
            and one.issued + day.issued == self.after.issued
            and one.spoiled + one.destroyed + day.spoiled
            == self.after.spoiled + self.after.destroyed
            and one.lost + day.lost == self.after.lost
            and one.remaining + day.received - day.issued - day.spoiled - day.lost
            == self.after.remaining
        )

    @property
    def closes(self) -> bool:
        """Whether everything adds up and no two records contradict each other."""
        return self.after.closes and self.day_closes and not self.disagreements
