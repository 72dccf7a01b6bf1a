"""The values that go into the register (证书台账) and come out of it: no database here.

A number is in exactly one of three states, and has one of three origins. What each call of
`certgen.registry.register` takes and gives is here too.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from certgen.model.finding import Finding, Place
from certgen.model.record import Record
from certgen.standards.codes.counting import CodeKind
from certgen.standards.forms import FORMS


class State(StrEnum):
    """How far a certificate code (证书编码) has got. There is no fourth state."""

    PENDING = "pending"  # 待制证: reserved for one named row, nothing recorded yet
    ISSUED = "issued"  # 已制证: its file is recorded with its digest, or it was issued elsewhere
    VOID = "void"  # 作废: never given again, with a reason


class Origin(StrEnum):
    """Who chose a number."""

    ALLOCATED = "allocated"  # 本台账编号: the next serial of its counter
    ADOPTED = "adopted"  # 沿用: the roster brought it, its certificate is made here
    IMPORTED = "imported"  # 导入: its certificate was made elsewhere; here it is only known


class Mark(StrEnum):
    """What the status list says of a certificate that is not void."""

    NONE = ""  # it is valid
    SUSPENDED = "suspended"  # 暂停使用: under review; may be lifted
    SUPERSEDED = "superseded"  # 已换发: another certificate replaces it, for good


class Outcome(StrEnum):
    """What the register answers to one wanted row."""

    NEW = "new"  # the next serial, or the number it brought, was reserved for it
    RESUMED = "resumed"  # it holds a pending number already
    CORRECTED = "corrected"  # as RESUMED, and what the certificate says was rewritten
    ISSUED = "issued"  # it was issued before, the same in everything
    CHANGED = "changed"  # refused: its number cannot say what the row says now
    EXHAUSTED = "exhausted"  # refused: serial 999999 of its counter is taken
    TAKEN = "taken"  # refused: the number it brings contradicts the register


class Conflict(StrEnum):
    """Why the number that a row brings cannot be used."""

    ANOTHERS = "anothers"  # it belongs to another certificate
    HAS_ANOTHER = "has-another"  # this certificate has another number
    VOID = "void"  # it was taken out of use


class Why(StrEnum):
    """Why an earlier certificate of the same holder deserves a look."""

    OTHER_NAME = "other-name"  # it has another name
    NO_BATCH = "no-batch"  # imported without assessment batch: it may be this very certificate


@dataclass(frozen=True, slots=True)
class Earlier:
    """A number of the same holder that somebody should compare with the row."""

    why: Why
    code: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """One row that asks for a number."""

    record: Record
    prefix: str  # what the filing authority assigned to the site; of a certificate its first 13 characters
    first_serial: int  # where counting begins in a counter that has given no number yet
    photo_sha256: (
        str  # of the photo's bytes, '' without one: tells a new portrait from a moved file
    )

    @property
    def kind(self) -> CodeKind:
        """The kind of number that the row's form has."""
        return FORMS[self.record.form].numbers

    @property
    def adopted(self) -> str | None:
        """The number that the row brings; None: it gets the next serial."""
        return self.record.adopted_code


@dataclass(frozen=True, slots=True)
class Reservation:
    """The answer to one `Wanted`."""

    outcome: Outcome
    code: str | None  # None only when EXHAUSTED; when TAKEN, the number that is in the way
    changed: tuple[str, ...] = ()  # field names that differ: 'name', 'photo', 'prefix', ...
    batch: str | None = None  # the run that holds the number: an earlier one unless NEW
    conflict: Conflict | None = None  # only when TAKEN
    place: Place = field(default_factory=Place)  # when TAKEN: where that number's row was read
    earlier: tuple[Earlier, ...] = ()  # to look at; nothing is refused for it


@dataclass(frozen=True, slots=True)
class Entry:
    """One number and everything the register knows about it."""

    code: str
    record: Record
    photo_sha256: str
    job: str  # id of the issuing run (制证批次) that reserved it, or of the import
    state: State
    reserved_at: datetime  # UTC
    plan: str = ""  # digest of the plan it is stamped from, '' before planning
    sha256: str = ""  # of the certificate file, '' while pending and for an imported number
    size: int = 0  # of that file, in bytes
    released: bool = False  # the file is in its public place
    print_part: int | None = None  # the part of the run's print PDF that has its page
    void_reason: str = ""
    position: int = 0  # order of reservation in the run, from 1
    origin: Origin = Origin.ALLOCATED
    status_index: int | None = None  # its place in the status list; None: made elsewhere
    qr: str = ""  # what its QR code says where that is signed; '' before, and where it is not
    mark: Mark = Mark.NONE


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
    # A permanent short id: reserved, adopted, imported, corrected, issued, countersigned, released, void,
    # suspended, superseded, resumed (a suspension was lifted), reissued (补发: its number on a new sheet of paper).
    what: str
    detail: str  # run id, names of fields, digest, serial of a sheet or reason; never a value of a field


@dataclass(frozen=True, slots=True)
class Job:
    """An issuing run (制证批次): one roster taken to its end, perhaps in several attempts.

    An import of numbers is a run too, closed from the beginning.
    """

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
class Statuses:
    """What a status list has to say, and the number it is published under."""

    number: int  # higher than any before
    highest: int  # no higher place was given so far
    void: tuple[int, ...]  # places
    suspended: tuple[int, ...]
    superseded: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """An identity number in the register, as a message may show it, and a code that has it."""

    masked: str
    code: str


@dataclass(frozen=True, slots=True)
class Advance:
    """How far foreign numbers moved a counter: the next serial given is `after + 1`."""

    counter: str
    before: int  # 0: nothing was known of this counter
    after: int


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a list of numbers issued elsewhere; the three counts add up to its rows."""

    imported: int
    already: int
    contradictions: tuple[Finding, ...]  # one a refused row, with its place
    remarks: tuple[Finding, ...] = ()  # about rows that were imported
    advanced: tuple[Advance, ...] = ()
    job: str = ""  # id of the import; '' if nothing was new


@dataclass(frozen=True, slots=True)
class Numbering:
    """Every known number of one counter (first 16 characters of the code), for whoever audits.

    A foreign number was adopted or imported: another counter chose it. The serials below it that
    nobody here knows were given elsewhere too.
    """

    counter: str
    first: int  # lowest serial known
    last: int  # highest serial known: counting goes on behind it
    states: tuple[tuple[int, State], ...]  # in serial order
    foreign: frozenset[int] = frozenset()

    @property
    def gaps(self) -> tuple[range, ...]:
        """The serials between first and last that this register knows nothing of."""
        serials = [serial for serial, _ in self.states]
        return tuple(range(one + 1, after) for one, after in pairwise(serials) if after > one + 1)

    @property
    def whole(self) -> bool:
        """Whether nothing that was counted here is lost or stands there twice.

        Counting leaves no gap: each serial that was given here, but the first, stands directly
        behind a known one. So a counter without foreign numbers has every serial exactly once.
        """
        serials = [serial for serial, _ in self.states]
        known = set(serials)
        counted = [serial for serial in serials if serial not in self.foreign]
        return (
            serials == sorted(known)
            and serials[:1] == [self.first]
            and serials[-1:] == [self.last]
            and all(serial - 1 in known for serial in counted[1:])
        )
