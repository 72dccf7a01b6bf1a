"""Rows of the ledger's tables to values, and sheets found by what stands on them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, insert, select, update

from certgen.errors import InputError, RegisterError
from certgen.model.serials import Serial, SerialRange
from certgen.registry.ledger.tables import PAGES, PRINT_JOBS, RECEIPTS, SHEET_EVENTS, SHEETS
from certgen.registry.ledger.values import (
    JobKind,
    PagePlan,
    PrintJob,
    Receipt,
    Sheet,
    SheetEvent,
    SheetState,
)
from certgen.registry.rows import moment
from certgen.registry.schema import moment_text
from certgen.standards.text import shown

_JOB = re.compile(r"P[0-9]{8}-[0-9]{2,}")

LIVE = and_(
    SHEETS.c.state.in_((SheetState.PRINTED.value, SheetState.ISSUED.value)),
    SHEETS.c.replaced == 0,
)
"""Sheets whose certificate counts."""


def sheet_of(row: Row[Any]) -> Sheet:
    """The sheet that stands in a row of the table."""
    return Sheet(
        stock=row.stock,
        serial=Serial.at(row.pile, row.number),
        state=SheetState(row.state),
        code=row.code,
        job=row.job,
        reissue=bool(row.reissue),
        replaced=bool(row.replaced),
        reason=row.reason,
        destroyed_by=row.destroyed_by,
        witness=row.witness,
    )


def receipt_of(row: Row[Any]) -> Receipt:
    """The receipt that stands in a row of the table."""
    serials = SerialRange(Serial.at(row.pile, row.first), Serial.at(row.pile, row.last))
    return Receipt(row.stock, serials, row.received_by, moment(row.received_at), row.note)


def stock_of(connection: Connection, serial: Serial, stock: str | None) -> str:
    """Which form version a serial is of. `RegisterError` if no such sheet was received."""
    query = select(SHEETS.c.stock).where(SHEETS.c.serial == serial.text)
    if stock is not None:
        query = query.where(SHEETS.c.stock == stock)
    found = connection.scalars(query).all()
    if not found:
        of_zh, of_en = (
            (f"（{shown(stock)}）", f" of {shown(stock)}") if stock is not None else ("", "")
        )
        raise RegisterError(
            zh=f"纸张台账中没有流水码 {serial.text}{of_zh}：请核对，或先登记领入（certgen paper receive）",
            en=f"the paper ledger has no sheet {serial.text}{of_en}: check the serial, or enter the stock "
            "first (certgen paper receive)",
        )
    if len(found) > 1:
        raise InputError(
            zh=f"流水码 {serial.text} 在 {'、'.join(found)} 中都有：请用 --stock 写明版本",
            en=f"sheet {serial.text} exists in {', '.join(found)}: say which with --stock",
        )
    return str(found[0])


def sheet_row(connection: Connection, serial: Serial, stock: str | None) -> Row[Any]:
    """The row of one sheet."""
    of = stock_of(connection, serial, stock)
    query = select(SHEETS).where(SHEETS.c.stock == of, SHEETS.c.serial == serial.text)
    return connection.execute(query).one()


def in_range(serials: SerialRange, stock: str) -> ColumnElement[bool]:
    """The sheets of a range."""
    return and_(
        SHEETS.c.stock == stock,
        SHEETS.c.pile == serials.first.pile,
        SHEETS.c.number.between(serials.first.number, serials.last.number),
    )


def job_of(connection: Connection, row: Row[Any]) -> PrintJob:
    """A print job with its pages."""
    pages = connection.execute(
        select(SHEETS.c.pile, SHEETS.c.number, PAGES.c.code, SHEETS.c.reissue)
        .join(SHEETS, SHEETS.c.id == PAGES.c.sheet)
        .where(PAGES.c.job == row.id)
        .order_by(PAGES.c.page)
    )
    return PrintJob(
        id=row.id,
        kind=JobKind(row.kind),
        stock=row.stock,
        opened_at=moment(row.opened_at),
        pages=tuple(
            PagePlan(Serial.at(page.pile, page.number), page.code, bool(page.reissue))
            for page in pages
        ),
        sha256=row.sha256,
    )


def job_row(connection: Connection, job: str) -> Row[Any]:
    """The row of one print job. `RegisterError` if there is none."""
    row = connection.execute(select(PRINT_JOBS).where(PRINT_JOBS.c.id == job)).one_or_none()
    if row is None:
        named = job if _JOB.fullmatch(job) else shown(job)  # whatever was typed is not repeated
        raise RegisterError(
            zh=f"纸张台账中没有打印任务 {named}：请核对任务号（形如 P20260601-01）",
            en=f"the paper ledger has no print job {named}: check its id (like P20260601-01)",
        )
    return row


def change(connection: Connection, sheet: int, **values: object) -> None:
    """Write what a sheet is from now on."""
    connection.execute(update(SHEETS).where(SHEETS.c.id == sheet).values(**values))


Happened = tuple[int, str, str | None, str | None, str]
"""Sheet, what, code, job, detail."""


def log(connection: Connection, now: datetime, events: Iterable[Happened]) -> None:
    """Append to the history of sheets."""
    at = moment_text(now)
    rows = [
        {"sheet": sheet, "at": at, "what": what, "code": code, "job": job, "detail": detail}
        for sheet, what, code, job, detail in events
    ]
    if rows:
        connection.execute(insert(SHEET_EVENTS), rows)


def history(connection: Connection, sheet: int) -> tuple[SheetEvent, ...]:
    """Everything that happened to a sheet since it was received, oldest first."""
    query = select(SHEET_EVENTS).where(SHEET_EVENTS.c.sheet == sheet).order_by(SHEET_EVENTS.c.id)
    return tuple(
        SheetEvent(moment(row.at), row.what, row.code, row.job, row.detail)
        for row in connection.execute(query)
    )


def receipt_with(connection: Connection, sheet: Row[Any]) -> Receipt:
    """The receipt that brought a sheet."""
    query = select(RECEIPTS).where(RECEIPTS.c.id == sheet.receipt)
    return receipt_of(connection.execute(query).one())


def sheets_with(connection: Connection, code: str) -> tuple[Sheet, ...]:
    """Every sheet that a certificate was put on, in the order they were received."""
    query = select(SHEETS).where(SHEETS.c.code == code).order_by(SHEETS.c.id)
    return tuple(map(sheet_of, connection.execute(query)))


def printed_of(connection: Connection, job: str) -> tuple[Sheet, ...]:
    """The printed sheets of a job, in order."""
    query = select(SHEETS).where(SHEETS.c.job == job, SHEETS.c.state == SheetState.PRINTED.value)
    return tuple(map(sheet_of, connection.execute(query.order_by(SHEETS.c.number))))


def live_sheets(connection: Connection, codes: Sequence[str]) -> dict[str, Sheet]:
    """The live sheet of each certificate that stands on one."""
    found: dict[str, Sheet] = {}
    for portion in _portions(codes):
        rows = connection.execute(select(SHEETS).where(SHEETS.c.code.in_(portion), LIVE))
        found |= {row.code: sheet_of(row) for row in rows}
    return found


def _portions(codes: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(codes), 500):
        yield codes[start : start + 500]
