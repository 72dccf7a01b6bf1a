"""Rows of the tables to values and back, so that the other modules speak of entries."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, bindparam, insert, select, update

from certgen.errors import RegisterError
from certgen.registry.entries import Entry, Event, Mark, Origin, State
from certgen.registry.records import from_text, to_text
from certgen.registry.schema import EVENTS, NUMBERS, moment_text
from certgen.standards.codes.counting import split

_MANY = 500
"""Rows in one page, values in one IN list: databases set a limit, 999 the smallest in use."""

_STANDING = [
    NUMBERS.c[name]
    for name in ("code", "state", "plan", "sha256", "size", "released", "void_reason", "qr", "mark")
]

T = TypeVar("T")


def some(values: Iterable[T]) -> Iterator[tuple[T, ...]]:
    """The distinct values, in order, in portions that one statement can carry."""
    distinct = tuple(dict.fromkeys(values))
    for start in range(0, len(distinct), _MANY):
        yield distinct[start : start + _MANY]


@lru_cache(maxsize=1024)  # all rows of a transaction have one moment
def moment(text: str) -> datetime:
    """The moment that `moment_text` wrote."""
    return datetime.fromisoformat(text).astimezone(UTC)


def columns_of(entry: Entry, fingerprint: bytes, holder: bytes) -> dict[str, Any]:
    """The columns of a number."""
    counter, serial = split(entry.code)
    return {
        "fingerprint": fingerprint,
        "holder": holder,
        "code": entry.code,
        "counter": counter,
        "serial": serial,
        "origin": entry.origin.value,
        "state": entry.state.value,
        "job": entry.job,
        "position": entry.position,
        "reserved_at": moment_text(entry.reserved_at),
        "record": to_text(entry.record),
        "photo_sha256": entry.photo_sha256,
        "plan": entry.plan,
        "sha256": entry.sha256,
        "size": entry.size,
        "released": int(entry.released),
        "print_part": entry.print_part,
        "void_reason": entry.void_reason,
        "status_index": entry.status_index,
        "qr": entry.qr,
        "mark": entry.mark.value,
    }


def entry_of(row: Row[Any]) -> Entry:
    """The number that stands in a row of the table."""
    return Entry(
        code=row.code,
        record=from_text(row.record),
        photo_sha256=row.photo_sha256,
        job=row.job,
        state=State(row.state),
        reserved_at=moment(row.reserved_at),
        plan=row.plan,
        sha256=row.sha256,
        size=row.size,
        released=bool(row.released),
        print_part=row.print_part,
        void_reason=row.void_reason,
        position=row.position,
        origin=Origin(row.origin),
        status_index=row.status_index,
        qr=row.qr,
        mark=Mark(row.mark),
    )


def add(connection: Connection, entries: Iterable[tuple[Entry, bytes, bytes]]) -> None:
    """Write new numbers, each with its row's fingerprint and holder mark."""
    rows = [columns_of(*one) for one in entries]
    if rows:
        connection.execute(insert(NUMBERS), rows)


def rewrite(connection: Connection, entries: Iterable[Entry]) -> None:
    """Write what pending numbers say now."""
    rows = [
        {
            "of_code": entry.code,
            "to_record": to_text(entry.record),
            "to_photo_sha256": entry.photo_sha256,
            "to_plan": entry.plan,
            "to_print_part": entry.print_part,
            "to_qr": entry.qr,
        }
        for entry in entries
    ]
    if not rows:
        return
    changing = ("record", "photo_sha256", "plan", "print_part", "qr")
    statement = update(NUMBERS).where(NUMBERS.c.code == bindparam("of_code"))
    connection.execute(statement.values({name: bindparam(f"to_{name}") for name in changing}), rows)


def held(connection: Connection, codes: Sequence[str]) -> dict[str, Row[Any]]:
    """Where `codes` stand, without their records; raises `RegisterError` if one was never given."""
    rows: dict[str, Row[Any]] = {}
    for portion in some(codes):
        found = connection.execute(select(*_STANDING).where(NUMBERS.c.code.in_(portion)))
        rows |= {row.code: row for row in found.all()}
    for code in codes:
        if code not in rows:
            raise RegisterError(
                zh=f"台账中没有编码 {code}，请核对编码和台账文件",
                en=f"the register has no code {code}: check the code and which register this is",
            )
    return rows


def paged(
    reading: Callable[[], AbstractContextManager[Connection]], condition: ColumnElement[bool]
) -> Iterator[Entry]:
    """The entries of one run that meet `condition`, in order of reservation.

    No transaction stays open between pages, so the caller may write while it reads: what it changes
    behind the cursor is not seen again, what it changes before it is seen as it is then.
    """
    position = 0
    while True:
        page = (
            select(NUMBERS)
            .where(condition, NUMBERS.c.position > position)
            .order_by(NUMBERS.c.position)
            .limit(_MANY)
        )
        with reading() as connection:
            rows = connection.execute(page).all()
        if not rows:
            return
        yield from map(entry_of, rows)
        position = rows[-1].position


def log(connection: Connection, now: datetime, events: Iterable[tuple[str, str, str]]) -> None:
    """Append (code, what, detail) to the history."""
    at = moment_text(now)
    rows = [{"code": c, "at": at, "what": what, "detail": text} for c, what, text in events]
    if rows:
        connection.execute(insert(EVENTS), rows)


def history(connection: Connection, code: str) -> tuple[Event, ...]:
    """Everything that happened to a number, oldest first."""
    rows = connection.execute(select(EVENTS).where(EVENTS.c.code == code).order_by(EVENTS.c.id))
    return tuple(Event(moment(row.at), row.what, row.detail) for row in rows)
