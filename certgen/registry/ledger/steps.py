"""What happens to sheets outside the printer: received, handed out, spoiled, lost, destroyed. Safe to repeat.

Each call is all or nothing: one serial that cannot follow refuses all of them, and is named.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NoReturn

from sqlalchemy import Connection, Row, insert, select

from certgen.errors import InputError, RegisterError
from certgen.model.serials import Serial, SerialRange
from certgen.registry.entries import State
from certgen.registry.ledger.rows import (
    LIVE,
    change,
    in_range,
    log,
    receipt_of,
    sheet_of,
    sheet_row,
    stock_of,
)
from certgen.registry.ledger.tables import RECEIPTS, SHEETS
from certgen.registry.ledger.values import Receipt, Sheet, SheetState
from certgen.registry.ledger.words import STATES_ZH, free_text
from certgen.registry.rows import held
from certgen.registry.schema import moment_text
from certgen.standards.text import half_width


def receive(
    connection: Connection, serials: SerialRange, stock: str, by: str, note: str, now: datetime
) -> Receipt:
    """Enter stock. Refuses a range that overlaps an earlier receipt; the very same receipt again changes nothing."""
    stock = free_text(stock, "纸张版本（--stock）", "form version (--stock)")
    by = free_text(by, "领入人（--by）", "name of who received it (--by)")
    note = free_text(note, "备注", "note", needed=False)
    query = select(RECEIPTS).where(
        RECEIPTS.c.stock == stock,
        RECEIPTS.c.pile == serials.first.pile,
        RECEIPTS.c.first <= serials.last.number,
        RECEIPTS.c.last >= serials.first.number,
    )
    for row in connection.execute(query.order_by(RECEIPTS.c.first)):
        earlier = receipt_of(row)
        if (earlier.serials, earlier.by, earlier.note) == (serials, by, note):
            return earlier
        raise RegisterError(
            zh=f"{serials.text} 与已登记的 {earlier.serials.text}（{earlier.at:%Y-%m-%d} 由{earlier.by}领入）重叠，"
            "没有登记：请核对箱签上的起止号",
            en=f"{serials.text} overlaps {earlier.serials.text}, received {earlier.at:%Y-%m-%d} by {earlier.by}; "
            "nothing was entered: check the first and last number on the box",
        )
    found = connection.execute(
        insert(RECEIPTS).values(
            stock=stock,
            pile=serials.first.pile,
            first=serials.first.number,
            last=serials.last.number,
            count=serials.count,
            received_by=by,
            received_at=moment_text(now),
            note=note,
        )
    )
    key = found.inserted_primary_key
    receipt = key[0] if key else None
    connection.execute(insert(SHEETS), [_blank(serial, stock, receipt) for serial in serials])
    return Receipt(stock, serials, by, now, note)


def _blank(serial: Serial, stock: str, receipt: object) -> dict[str, object]:
    return {
        "receipt": receipt,
        "stock": stock,
        "serial": serial.text,
        "pile": serial.pile,
        "number": serial.number,
        "state": SheetState.BLANK.value,
        "reissue": 0,
        "replaced": 0,
        "reason": "",
        "destroyed_by": "",
        "witness": "",
    }


def of_ranges(
    connection: Connection, ranges: Sequence[SerialRange], stock: str | None
) -> list[Row[Any]]:
    """The sheets of these ranges, each once; every serial must have been received."""
    found: dict[int, Row[Any]] = {}
    for serials in ranges:
        of = stock_of(connection, serials.first, stock)
        rows = connection.execute(
            select(SHEETS).where(in_range(serials, of)).order_by(SHEETS.c.number)
        ).all()
        if len(rows) < serials.count:
            there = {row.number for row in rows}
            missing = next(one for one in serials if one.number not in there)
            sheet_row(connection, missing, of)  # says that it was not received
        found |= {row.id: row for row in rows}
    return list(found.values())


def with_codes(connection: Connection, codes: Sequence[str]) -> list[Row[Any]]:
    """The live sheets of these certificates. `RegisterError` names one that stands on none."""
    rows: list[Row[Any]] = []
    for code in codes:
        query = select(SHEETS).where(SHEETS.c.code == code, LIVE)
        row = connection.execute(query).one_or_none()
        if row is None:
            held(connection, [code])  # says if the register does not know it at all
            raise RegisterError(
                zh=f"证书 {code} 没有在用的纸张：尚未打印，或所在的纸张已成废张",
                en=f"certificate {code} stands on no live sheet: it was not printed, or its sheet is spoiled",
            )
        rows.append(row)
    return rows


def issue(connection: Connection, sheets: Sequence[Row[Any]], now: datetime) -> list[Sheet]:
    """Printed sheets were looked at and handed out. Those of void certificates must be spoiled instead."""
    fresh = [row for row in sheets if row.state != SheetState.ISSUED]
    for row in fresh:
        if row.state != SheetState.PRINTED:
            _refuse(row, "登记为已发", "be noted as issued")
    for code, number in held(connection, [row.code for row in fresh]).items():
        if number.state != State.ISSUED:
            raise RegisterError(
                zh=f"证书 {code} 已作废，所在纸张不能发出：请登记为废张（certgen paper spoil）",
                en=f"certificate {code} is void and its sheet cannot go out: note it as spoiled "
                "(certgen paper spoil)",
            )
    for row in fresh:
        change(connection, row.id, state=SheetState.ISSUED.value)
    log(connection, now, [(row.id, "issued", row.code, row.job, "") for row in fresh])
    return _now(connection, sheets)


def take_out(
    connection: Connection,
    sheets: Sequence[Row[Any]],
    to: SheetState,
    reason: str,
    now: datetime,
) -> list[Sheet]:
    """Blank or printed sheets are spoiled or lost, spoiled ones are lost too."""
    reason = free_text(reason, "原因（--reason）", "reason (--reason)")
    as_zh, as_en = f"登记为{STATES_ZH[to]}", f"be noted as {to.value}"
    fresh = [row for row in sheets if row.state != to]
    from_states = {SheetState.BLANK, SheetState.PRINTED}
    if to is SheetState.LOST:
        from_states.add(SheetState.SPOILED)
    for row in fresh:
        if row.state not in from_states:
            _refuse(row, as_zh, as_en)
    for row in fresh:
        change(connection, row.id, state=to.value, reason=reason)
    log(connection, now, [(row.id, to.value, row.code, row.job, reason) for row in fresh])
    return _now(connection, sheets)


def destroy(
    connection: Connection, sheets: Sequence[Row[Any]], by: str, witness: str, now: datetime
) -> list[Sheet]:
    """Spoiled sheets were destroyed by one person before the eyes of another."""
    by = free_text(by, "销毁人（--by）", "name of who destroyed them (--by)")
    witness = free_text(witness, "监销人（--witness）", "name of the witness (--witness)")
    if _same_name(by, witness):
        raise InputError(
            zh="销毁人与监销人必须是两个人", en="two different people must destroy and witness"
        )
    fresh = [row for row in sheets if row.state != SheetState.DESTROYED]
    for row in fresh:
        if row.state != SheetState.SPOILED:
            _refuse(
                row,
                "登记为已销毁（只有废张可以销毁）",
                "be noted as destroyed (only spoiled ones can)",
            )
    for row in fresh:
        change(
            connection,
            row.id,
            state=SheetState.DESTROYED.value,
            destroyed_by=by,
            witness=witness,
        )
    names = f"{by} / {witness}"
    log(connection, now, [(row.id, "destroyed", row.code, row.job, names) for row in fresh])
    return _now(connection, sheets)


def _same_name(one: str, other: str) -> bool:
    """However it is typed: with spaces between, full-width, in capitals."""
    return (
        re.sub(r"\s", "", half_width(one)).casefold()
        == re.sub(r"\s", "", half_width(other)).casefold()
    )


def _now(connection: Connection, sheets: Sequence[Row[Any]]) -> list[Sheet]:
    found: list[Sheet] = []
    for start in range(0, len(sheets), 500):
        ids = [row.id for row in sheets[start : start + 500]]
        query = select(SHEETS).where(SHEETS.c.id.in_(ids)).order_by(SHEETS.c.id)
        found += map(sheet_of, connection.execute(query))
    return found


def _refuse(row: Row[Any], what_zh: str, what_en: str) -> NoReturn:
    state = SheetState(row.state)
    raise RegisterError(
        zh=f"纸张 {row.serial} 的状态是“{STATES_ZH[state]}”，不能{what_zh}；本次没有登记任何一张",
        en=f"sheet {row.serial} is {state.value} and cannot {what_en}; nothing of this was noted",
    )
