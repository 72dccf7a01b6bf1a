"""The tables of the paper ledger, with the rules that the database itself holds.

A serial is received once. A certificate stands on at most one live sheet: printed, or issued and not
replaced. A spoiled or lost sheet has its reason, a destroyed one two different names. A sheet changes
its state only as `NEXT` says; receipts, pages and events are never changed or taken away.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import (
    DDL,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    event,
    text,
)

from certgen.model.serials import MOST_SHEETS
from certgen.registry.schema import METADATA

NEXT: Mapping[str, Sequence[str]] = {
    "blank": ("printed", "spoiled", "lost"),
    # Back to blank: its page was never printed on it (a jam before it, a double feed).
    "printed": ("issued", "spoiled", "lost", "blank"),
    "issued": (),  # it is out; a re-issue only marks it as replaced
    "spoiled": ("destroyed", "lost"),
    "destroyed": (),
    "lost": (),
}
"""State of a sheet → the states that may follow."""

RECEIPTS = Table(
    "stock_receipts",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("stock", Text, nullable=False),  # form version (版本) of the pre-printed sheet
    Column("pile", Text, nullable=False),  # serial with noughts for its number
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("count", Integer, nullable=False),
    Column("received_by", Text, nullable=False),
    Column("received_at", Text, nullable=False),
    Column("note", Text, nullable=False),
    CheckConstraint(
        f"0 <= first AND count = last - first + 1 AND count BETWEEN 1 AND {MOST_SHEETS}"
    ),
    CheckConstraint("stock <> '' AND received_by <> ''"),
    sqlite_strict=True,
)

PRINT_JOBS = Table(
    "print_jobs",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("day", Text, nullable=False),  # 'YYYYMMDD', local
    Column("nth", Integer, nullable=False),  # of that day, from 1
    Column("kind", Text, nullable=False),
    Column("request", Text, nullable=False, index=True),  # digest of what was asked for
    Column("stock", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("opened_at", Text, nullable=False),
    Column("sha256", Text, nullable=False),  # '' until the file is finished
    UniqueConstraint("day", "nth"),
    CheckConstraint("kind IN ('print', 'resume', 'again', 'reissue')"),
    CheckConstraint("kind <> 'reissue' OR reason <> ''"),
    sqlite_strict=True,
)

SHEETS = Table(
    "sheets",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("receipt", Integer, ForeignKey("stock_receipts.id"), nullable=False),
    Column("stock", Text, nullable=False),
    Column("serial", Text, nullable=False),  # as printed on it
    Column("pile", Text, nullable=False),
    Column("number", Integer, nullable=False),  # in its pile
    Column("state", Text, nullable=False),
    Column("code", Text, ForeignKey("numbers.code")),  # what stands, or was to stand, on it
    Column("job", Text, ForeignKey("print_jobs.id")),
    Column("reissue", Integer, nullable=False),  # 1: printed as 补发
    Column("replaced", Integer, nullable=False),  # 1: issued, and another sheet took its place
    Column("reason", Text, nullable=False),
    Column("destroyed_by", Text, nullable=False),
    Column("witness", Text, nullable=False),
    UniqueConstraint("stock", "serial"),
    UniqueConstraint("stock", "pile", "number"),
    CheckConstraint("state IN ('blank', 'printed', 'issued', 'spoiled', 'destroyed', 'lost')"),
    CheckConstraint("(code IS NULL) = (job IS NULL)"),
    CheckConstraint("state <> 'blank' OR code IS NULL"),
    CheckConstraint("state NOT IN ('printed', 'issued') OR code IS NOT NULL"),
    CheckConstraint("(state IN ('spoiled', 'destroyed', 'lost')) = (reason <> '')"),
    CheckConstraint(
        "CASE state WHEN 'destroyed' THEN destroyed_by <> '' AND witness <> '' AND destroyed_by <> witness "
        "ELSE destroyed_by = '' AND witness = '' END"
    ),
    CheckConstraint("replaced = 0 OR (replaced = 1 AND state = 'issued')"),
    CheckConstraint("reissue = 0 OR (reissue = 1 AND code IS NOT NULL)"),
    sqlite_strict=True,
)

_LIVE = "state IN ('printed', 'issued') AND replaced = 0"

Index(
    "one_live_sheet_per_certificate",
    SHEETS.c.code,
    unique=True,
    sqlite_where=text(_LIVE),
    postgresql_where=text(_LIVE),
)
Index("sheets_of_certificate", SHEETS.c.code)
Index("sheets_of_print_job", SHEETS.c.job)

PAGES = Table(
    "print_pages",
    METADATA,
    Column("job", Text, ForeignKey("print_jobs.id"), primary_key=True),
    Column("page", Integer, primary_key=True),  # from 1, as in the file
    Column("sheet", Integer, ForeignKey("sheets.id"), nullable=False),
    Column("code", Text, ForeignKey("numbers.code"), nullable=False),
    UniqueConstraint("job", "sheet"),
    UniqueConstraint("job", "code"),
    sqlite_strict=True,
)
"""What the file of a print job says: whose page, with which sheet's serial as its check mark. Never rewritten."""

SHEET_EVENTS = Table(
    "sheet_events",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("sheet", Integer, ForeignKey("sheets.id"), nullable=False, index=True),
    Column("at", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("code", Text),  # what stands on the sheet from now on
    Column("job", Text),
    Column("detail", Text, nullable=False),
    sqlite_strict=True,
)


LEDGER = (RECEIPTS, PRINT_JOBS, SHEETS, PAGES, SHEET_EVENTS)
"""All of them, each behind those it refers to."""

TRIGGERS: list[str] = []
"""SQLite's words for what it refuses beside the rules of the tables."""


def _refuse(name: str, when: str, table: Table, says: str) -> None:
    trigger = f"CREATE TRIGGER {name} BEFORE {when} BEGIN SELECT RAISE(ABORT, '{says}'); END"
    TRIGGERS.append(trigger)
    statement = DDL(trigger)  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped
    event.listen(table, "after_create", statement.execute_if(dialect="sqlite"))


_LAWFUL = " OR ".join(
    f"(OLD.state = '{now}' AND NEW.state IN ({', '.join(repr(one) for one in (now, *after))}))"
    for now, after in NEXT.items()
)

_refuse(
    "sheet_states",
    f"UPDATE OF state ON sheets WHEN NOT ({_LAWFUL})",
    SHEETS,
    "a sheet cannot change its state so",
)
_refuse(
    "sheets_begin_blank",
    "INSERT ON sheets WHEN NEW.state <> 'blank'",
    SHEETS,
    "a sheet is received blank",
)
_refuse(
    "sheets_keep_their_serial",
    "UPDATE OF receipt, stock, serial, pile, number ON sheets",
    SHEETS,
    "a sheet keeps its serial",
)
for _table in (RECEIPTS, SHEETS, PAGES, SHEET_EVENTS):
    _refuse(
        f"{_table.name}_stay",
        f"DELETE ON {_table.name}",
        _table,
        "the paper ledger forgets nothing",
    )
for _table in (RECEIPTS, PAGES, SHEET_EVENTS):
    _refuse(
        f"{_table.name}_say_the_same",
        f"UPDATE ON {_table.name}",
        _table,
        "the paper ledger rewrites nothing",
    )
