"""The daily equation (日结): received = issued + spoiled + lost + remaining.

Its two sides come from different records. What was received is what the receipts say; what became of it is
counted from the sheets and from their events, which must agree sheet by sheet. So it fails when one of the
three was altered, lost or restored from an older copy, and says which serials disagree.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, select

from certgen.model.serials import Serial
from certgen.registry.ledger.rows import sheet_of
from certgen.registry.ledger.tables import RECEIPTS, SHEET_EVENTS, SHEETS
from certgen.registry.ledger.values import Balance, Count, Disagreement, Sheet, SheetState
from certgen.registry.ledger.words import STATES_ZH
from certgen.registry.rows import moment
from certgen.registry.schema import moment_text

AFTER = {
    "printed": SheetState.PRINTED,
    "moved": SheetState.PRINTED,
    "returned": SheetState.BLANK,
    "issued": SheetState.ISSUED,
    "replaced": SheetState.ISSUED,
    "spoiled": SheetState.SPOILED,
    "destroyed": SheetState.DESTROYED,
    "lost": SheetState.LOST,
}
"""What a sheet is after each kind of event; without one it is blank."""

_STATES = {state.value for state in SheetState}
_NAMED = 200
"""Disagreements that are named one by one."""


def balances(connection: Connection, day: date, zone: datetime) -> tuple[Balance, ...]:
    """The equation of each form version at the end of `day`, local by the zone of `zone`."""
    start = datetime(day.year, day.month, day.day, tzinfo=zone.tzinfo)
    end = datetime.combine(day + timedelta(days=1), start.timetz())
    stocks = connection.scalars(select(RECEIPTS.c.stock).distinct()).all()
    stocks = sorted({*stocks, *connection.scalars(select(SHEETS.c.stock).distinct())})
    return tuple(
        Balance(
            stock,
            day,
            _count(connection, stock, moment_text(start)),
            _moved(connection, stock, moment_text(start), moment_text(end)),
            _count(connection, stock, moment_text(end)),
            tuple(_first(_disagreements(connection, stock))),
        )
        for stock in stocks
    )


def _count(connection: Connection, stock: str, until: str) -> Count:
    """Received by the receipts, the rest by the sheets' last events before that moment."""
    received = connection.execute(
        select(func.coalesce(func.sum(RECEIPTS.c.count), 0)).where(
            RECEIPTS.c.stock == stock, RECEIPTS.c.received_at < until
        )
    ).scalar_one()
    by_state: Counter[str] = Counter()
    for what, count in _last_events(connection, stock, until):
        by_state[AFTER[what].value if what in AFTER else SheetState.BLANK.value] += count
    return Count(received=received, **{name: by_state[name] for name in _names()})


def _names() -> Iterator[str]:
    return (field.name for field in fields(Count) if field.name in _STATES)


def _last_events(connection: Connection, stock: str, until: str) -> Iterable[Any]:
    """How many sheets had which last event; None: none yet."""
    last = (
        select(SHEET_EVENTS.c.sheet, func.max(SHEET_EVENTS.c.id).label("id"))
        .where(SHEET_EVENTS.c.at < until)
        .group_by(SHEET_EVENTS.c.sheet)
        .subquery()
    )
    there = (
        select(SHEETS.c.id, SHEETS.c.stock)
        .join(RECEIPTS, RECEIPTS.c.id == SHEETS.c.receipt)
        .where(SHEETS.c.stock == stock, RECEIPTS.c.received_at < until)
        .subquery()
    )
    query = (
        select(SHEET_EVENTS.c.what, func.count())
        .select_from(there)
        .outerjoin(last, last.c.sheet == there.c.id)
        .outerjoin(SHEET_EVENTS, SHEET_EVENTS.c.id == last.c.id)
        .group_by(SHEET_EVENTS.c.what)
    )
    return connection.execute(query).all()


def _moved(connection: Connection, stock: str, start: str, end: str) -> Count:
    """What the day's receipts and events did, event by event."""
    received = connection.execute(
        select(func.coalesce(func.sum(RECEIPTS.c.count), 0)).where(
            RECEIPTS.c.stock == stock,
            RECEIPTS.c.received_at >= start,
            RECEIPTS.c.received_at < end,
        )
    ).scalar_one()
    events = connection.execute(
        select(SHEET_EVENTS.c.sheet, SHEET_EVENTS.c.what)
        .join(SHEETS, SHEETS.c.id == SHEET_EVENTS.c.sheet)
        .where(SHEETS.c.stock == stock, SHEET_EVENTS.c.at >= start, SHEET_EVENTS.c.at < end)
        .order_by(SHEET_EVENTS.c.id)
    )
    done: Counter[str] = Counter()
    out: dict[int, str] = {}  # what a sheet went out as today
    for sheet, what in events:
        if (
            what == "lost"
            and (out.get(sheet) or _was_spoiled(connection, sheet, start)) == "spoiled"
        ):
            done["spoiled"] -= 1
        if what in {"issued", "spoiled", "lost"}:
            done[what] += 1
            out[sheet] = what
        elif what == "destroyed":
            done["destroyed"] += 1
    return Count(
        received=received,
        issued=done["issued"],
        spoiled=done["spoiled"],
        destroyed=done["destroyed"],
        lost=done["lost"],
    )


def _was_spoiled(connection: Connection, sheet: int, start: str) -> str | None:
    query = (
        select(SHEET_EVENTS.c.what)
        .where(SHEET_EVENTS.c.sheet == sheet, SHEET_EVENTS.c.at < start)
        .order_by(SHEET_EVENTS.c.id.desc())
        .limit(1)
    )
    return connection.execute(query).scalar()


def listed(
    connection: Connection, states: Sequence[SheetState], stock: str | None
) -> Iterator[tuple[Sheet, datetime | None]]:
    """Sheets in these states (any, without one), each with the moment of its last event."""
    last = (
        select(SHEET_EVENTS.c.sheet, func.max(SHEET_EVENTS.c.at).label("at"))
        .group_by(SHEET_EVENTS.c.sheet)
        .subquery()
    )
    query = select(SHEETS, last.c.at.label("at")).outerjoin(last, last.c.sheet == SHEETS.c.id)
    if states:
        query = query.where(SHEETS.c.state.in_([state.value for state in states]))
    if stock is not None:
        query = query.where(SHEETS.c.stock == stock)
    query = query.order_by(SHEETS.c.stock, SHEETS.c.pile, SHEETS.c.number)
    for row in connection.execute(query):
        yield sheet_of(row), None if row.at is None else moment(row.at)


def _first(found: Iterator[Disagreement]) -> Iterator[Disagreement]:
    for one, _ in zip(found, range(_NAMED), strict=False):
        yield one


def _disagreements(connection: Connection, stock: str) -> Iterator[Disagreement]:
    receipts = connection.execute(select(RECEIPTS).where(RECEIPTS.c.stock == stock)).all()
    for receipt in receipts:
        yield from _missing(connection, receipt)
    yield from _uncalled_for(connection, stock, {receipt.id: receipt for receipt in receipts})
    yield from _otherwise(connection, stock)


def _missing(connection: Connection, receipt: Row[Any]) -> Iterator[Disagreement]:
    """Received, and no longer in the list of sheets."""
    there = set(
        connection.scalars(
            select(SHEETS.c.number).where(
                SHEETS.c.stock == receipt.stock, SHEETS.c.receipt == receipt.id
            )
        )
    )
    for number in range(receipt.first, receipt.last + 1):
        if number not in there:
            yield Disagreement(
                Serial.at(receipt.pile, number).text,
                "领入记录中有，纸张表中没有",
                "was received and is missing among the sheets",
            )


def _uncalled_for(
    connection: Connection, stock: str, receipts: Mapping[int, Row[Any]]
) -> Iterator[Disagreement]:
    """Among the sheets, and no receipt brought it."""
    query = select(SHEETS.c.serial, SHEETS.c.pile, SHEETS.c.number, SHEETS.c.receipt).where(
        SHEETS.c.stock == stock
    )
    for row in connection.execute(query):
        receipt = receipts.get(row.receipt)
        if (
            receipt is None
            or receipt.pile != row.pile
            or not receipt.first <= row.number <= receipt.last
            or Serial.at(row.pile, row.number).text != row.serial
        ):
            yield Disagreement(
                row.serial, "纸张表中有，没有领入记录", "is among the sheets and was never received"
            )


def _otherwise(connection: Connection, stock: str) -> Iterator[Disagreement]:
    """Sheets that are something else than their history says, or hold another certificate."""
    last = (
        select(SHEET_EVENTS.c.sheet, func.max(SHEET_EVENTS.c.id).label("id"))
        .group_by(SHEET_EVENTS.c.sheet)
        .subquery()
    )
    query = (
        select(
            SHEETS.c.serial,
            SHEETS.c.state,
            SHEETS.c.code,
            SHEET_EVENTS.c.what,
            SHEET_EVENTS.c.code.label("noted"),
        )
        .outerjoin(last, last.c.sheet == SHEETS.c.id)
        .outerjoin(SHEET_EVENTS, SHEET_EVENTS.c.id == last.c.id)
        .where(
            SHEETS.c.stock == stock,
            (SHEETS.c.state != SheetState.BLANK.value) | last.c.id.is_not(None),
        )
        .order_by(SHEETS.c.serial)
    )
    for row in connection.execute(query):
        now, noted = SheetState(row.state), AFTER.get(row.what or "", SheetState.BLANK)
        if now is not noted:
            yield Disagreement(
                row.serial,
                f"状态是“{STATES_ZH[now]}”，经过记录却是“{STATES_ZH[noted]}”",
                f"is {now.value}, and its history says {noted.value}",
            )
        elif row.code != row.noted:
            yield Disagreement(
                row.serial,
                "所印证书与经过记录不同",
                "holds another certificate than its history says",
            )
