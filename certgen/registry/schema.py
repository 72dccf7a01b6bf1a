"""The tables of the register, with the rules that the database itself holds.

What can be said as a constraint is said here, so that no mistake in the code above can break it:
a number has one of three states, a void one has a reason, an issued one has a digest (unless its
file was made elsewhere), and a row's fingerprint stands once among the numbers that are not void.
Only portable types: text, integers, bytes. Moments are ISO 8601 text in UTC with seconds.
"""

from datetime import UTC, datetime
from functools import lru_cache

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from certgen.standards.codes.national import MAX_SERIAL

SCHEMA_VERSION = 4
"""Raised by one with every change of a table; an older program refuses a newer register.

2: numbers that were not counted here (`origin`, `counted_from`), and whose they are (`holder`).
3: signed QR codes (`qr`), places in the status list (`status_index`, `versions`) and what stands there (`mark`).
4: the paper ledger (`certgen.registry.ledger.tables`).
"""

METADATA = MetaData()

REGISTER = Table(
    "certgen_register",  # its presence is how a register is told from another program's database
    METADATA,
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True),  # one row
    Column("schema_version", Integer, nullable=False),
    Column("fingerprint_key", LargeBinary, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("versions", Integer, nullable=False),  # places in the status list given so far
    Column("status_number", Integer, nullable=False),  # of the status list published last; 0: none
    sqlite_strict=True,
)

JOBS = Table(
    "jobs",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("day", Text, nullable=False),  # 'YYYYMMDD', local
    Column("nth", Integer, nullable=False),  # of that day, from 1
    Column("roster", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("opened_at", Text, nullable=False),
    Column("closed_at", Text),
    UniqueConstraint("day", "nth"),
    sqlite_strict=True,
)

COUNTERS = Table(
    "counters",
    METADATA,
    Column("counter", Text, primary_key=True),  # first 16 characters of the code
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("counted_from", Integer),  # first serial given here; NULL while all came from elsewhere
    CheckConstraint(f"1 <= first AND first <= last AND last <= {MAX_SERIAL}"),
    CheckConstraint("first <= counted_from AND counted_from <= last"),
    sqlite_strict=True,
)

PRINT_PARTS = Table(
    "print_parts",
    METADATA,
    Column("job", Text, ForeignKey("jobs.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("sha256", Text, nullable=False),  # '' until the file is finished
    sqlite_strict=True,
)

NUMBERS = Table(
    "numbers",
    METADATA,
    Column("code", Text, primary_key=True),
    Column("counter", Text, ForeignKey("counters.counter"), nullable=False),
    Column("serial", Integer, nullable=False),
    Column("fingerprint", LargeBinary, nullable=False),
    Column("holder", LargeBinary, nullable=False),
    Column("origin", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("job", Text, ForeignKey("jobs.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("reserved_at", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("photo_sha256", Text, nullable=False),
    Column("plan", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("released", Integer, nullable=False),
    Column("print_part", Integer),
    Column("void_reason", Text, nullable=False),
    Column("status_index", Integer, unique=True),  # NULL: the certificate was made elsewhere
    Column("qr", Text, nullable=False),  # what its QR code says where that is signed, else ''
    Column("mark", Text, nullable=False),  # what the status list says of it; '': valid
    UniqueConstraint("counter", "serial"),
    UniqueConstraint("job", "position"),
    ForeignKeyConstraint(["job", "print_part"], ["print_parts.job", "print_parts.number"]),
    CheckConstraint("state IN ('pending', 'issued', 'void')"),
    CheckConstraint("(state = 'void') = (void_reason <> '')"),
    CheckConstraint("origin IN ('allocated', 'adopted', 'imported')"),
    CheckConstraint("state <> 'issued' OR sha256 <> '' OR origin = 'imported'"),
    CheckConstraint(
        "origin <> 'imported' OR (state <> 'pending' AND sha256 = '' AND print_part IS NULL)"
    ),
    CheckConstraint("released = 0 OR (released = 1 AND sha256 <> '')"),
    CheckConstraint("(origin = 'imported') = (status_index IS NULL)"),
    CheckConstraint("mark IN ('', 'suspended', 'superseded')"),
    sqlite_strict=True,
)

Index(
    "one_live_number_per_row",
    NUMBERS.c.fingerprint,
    unique=True,
    sqlite_where=text("state <> 'void'"),
    postgresql_where=text("state <> 'void'"),
)

Index("numbers_of_holder", NUMBERS.c.holder)

EVENTS = Table(
    "events",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("code", Text, ForeignKey("numbers.code"), nullable=False, index=True),
    Column("at", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("detail", Text, nullable=False),
    sqlite_strict=True,
)


@lru_cache(maxsize=16)  # all rows of a transaction have one moment
def moment_text(moment: datetime) -> str:
    """'2026-01-05T08:00:00Z'."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
