"""The values that go into the register (证书台账) and come out of it: no database here.

A number is in exactly one of three states. What each call of `certgen.registry.register` takes
and gives is here too.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from certgen.model.record import Record


class State(StrEnum):
    """How far a certificate code (证书编码) has got. There is no fourth state."""

    PENDING = "pending"  # 待制证: reserved for one named row, nothing recorded yet
    ISSUED = "issued"  # 已制证: its file is recorded with its digest
    VOID = "void"  # 作废: never given again, with a reason


class Outcome(StrEnum):
    """What the register answers to one wanted row."""

    NEW = "new"  # the next serial was reserved for it
    RESUMED = "resumed"  # it holds a pending number already
    CORRECTED = "corrected"  # as RESUMED, and what the certificate says was rewritten
    ISSUED = "issued"  # it was issued before, the same in everything
    CHANGED = "changed"  # refused: its number cannot say what the row says now
    EXHAUSTED = "exhausted"  # refused: serial 999999 of its counter is taken


@dataclass(frozen=True, slots=True)
class Wanted:
    """One row that asks for a number."""

    record: Record
    prefix: str  # first 13 characters of the code: the site's
    first_serial: int  # where a counter begins that has given no number yet
    photo_sha256: (
        str  # of the photo's bytes, '' without one: tells a new portrait from a moved file
    )


@dataclass(frozen=True, slots=True)
class Reservation:
    """The answer to one `Wanted`."""

    outcome: Outcome
    code: str | None  # None only when EXHAUSTED
    changed: tuple[str, ...] = ()  # field names that differ: 'name', 'photo', 'prefix', ...
    batch: str | None = None  # the run that holds the number: an earlier one unless NEW


@dataclass(frozen=True, slots=True)
class Entry:
    """One number and everything the register knows about it."""

    code: str
    record: Record
    photo_sha256: str
    job: str  # id of the issuing run (制证批次) that reserved it
    state: State
    reserved_at: datetime  # UTC
    plan: str = ""  # digest of the plan it is stamped from, '' before planning
    sha256: str = ""  # of the certificate file, '' while pending
    size: int = 0  # of that file, in bytes
    released: bool = False  # the file is in its public place
    print_part: int | None = None  # the part of the run's print PDF that has its page
    void_reason: str = ""
    position: int = 0  # order of reservation in the run, from 1


@dataclass(frozen=True, slots=True)
class Done:
    """A certificate file that is finished and on disk."""

    code: str
    sha256: str
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a number."""

    at: datetime  # UTC
    what: str  # permanent short id: reserved, corrected, issued, released, void
    detail: str  # run id, names of fields, digest or reason; never a value of a field


@dataclass(frozen=True, slots=True)
class Job:
    """An issuing run (制证批次): one roster taken to its end, perhaps in several attempts."""

    id: str  # 'YYYYMMDD-NN'
    roster: str  # file name
    sha256: str  # of the roster's bytes
    opened_at: datetime  # UTC
    closed_at: datetime | None  # UTC; None while rows are pending or not released


@dataclass(frozen=True, slots=True)
class PrintPart:
    """One print PDF of a run. Unfinished, it is made again with the same pages."""

    job: str
    number: int  # from 1 within the run
    sha256: str = ""  # of the finished file


@dataclass(frozen=True, slots=True)
class Numbering:
    """Every number of one counter (the first 16 characters of the code), for whoever audits."""

    counter: str
    first: int
    last: int  # last serial given
    states: tuple[tuple[int, State], ...]  # in serial order

    @property
    def whole(self) -> bool:
        """Whether every serial from first to last stands there exactly once."""
        return [serial for serial, _ in self.states] == list(range(self.first, self.last + 1))
