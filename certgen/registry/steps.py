"""What happens to a number once given: planned, issued, released, void. Safe to repeat.

A step that is repeated with the same facts changes nothing; with other facts it is refused. So a
run that was killed between a transaction and the next line may simply do its last step again.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NoReturn

from sqlalchemy import Connection, Row, bindparam, func, select, update

from certgen.errors import RegisterError
from certgen.registry.entries import Done, Mark, State, Statuses
from certgen.registry.rows import held, log, some
from certgen.registry.schema import EVENTS, NUMBERS, REGISTER

_STATE_ZH = {State.PENDING: "待制证", State.ISSUED: "已制证", State.VOID: "作废"}


def set_plan(connection: Connection, codes: Sequence[str], plan: str) -> None:
    """Note which plan the pending `codes` will be stamped from."""
    rows = held(connection, codes)
    for row in rows.values():
        if row.state != State.PENDING and (row.state, row.plan) != (State.ISSUED, plan):
            _refuse(row, "改换制版方案", "take another plan")
    for portion in some(rows):
        connection.execute(update(NUMBERS).where(NUMBERS.c.code.in_(portion)).values(plan=plan))


def set_qr(connection: Connection, texts: Mapping[str, str]) -> None:
    """Note what the QR codes of these pending numbers say, signed; it is signed once only."""
    rows = held(connection, list(texts))
    for code, row in rows.items():
        if row.qr not in {"", texts[code]} or row.state != State.PENDING:
            _refuse(row, "改写二维码签名", "take another signed QR code")
    if not texts:
        return
    connection.execute(
        update(NUMBERS).where(NUMBERS.c.code == bindparam("of_code")).values(qr=bindparam("text")),
        [{"of_code": code, "text": text} for code, text in texts.items()],
    )


def mark(connection: Connection, code: str, wanted: Mark, reason: str, now: datetime) -> None:
    """Suspend an issued number, lift its suspension, or note that another certificate replaces it."""
    reason = reason.strip()
    if not reason:
        raise RegisterError(
            zh=f"更改编码 {code} 的状态必须写明原因",
            en=f"the status of code {code} cannot change without a reason",
        )
    row = held(connection, [code])[code]
    if row.state != State.ISSUED or not row.sha256 or row.mark == Mark.SUPERSEDED != wanted:
        _refuse(row, "更改状态", "change its status")
    if row.mark == wanted:
        return
    connection.execute(update(NUMBERS).where(NUMBERS.c.code == code).values(mark=wanted.value))
    log(connection, now, [(code, wanted.value or "resumed", reason)])


def statuses(connection: Connection, now: datetime) -> Statuses:
    """What a status list published now has to say. Its number is taken with the asking."""
    one = connection.execute(select(REGISTER.c.versions, REGISTER.c.status_number)).one()
    # The clock's minute, so that a register restored from a backup does not count anew.
    number = max(one.status_number + 1, int(now.timestamp()) // 60)
    connection.execute(update(REGISTER).values(status_number=number))
    given = NUMBERS.c.status_index.is_not(None)
    void = connection.scalars(
        select(NUMBERS.c.status_index).where(given, NUMBERS.c.state == State.VOID.value)
    ).all()
    marked = {
        kind: connection.scalars(
            select(NUMBERS.c.status_index).where(
                given, NUMBERS.c.state != State.VOID.value, NUMBERS.c.mark == kind.value
            )
        ).all()
        for kind in (Mark.SUSPENDED, Mark.SUPERSEDED)
    }
    return Statuses(
        number,
        connection.execute(select(func.max(NUMBERS.c.status_index))).scalar() or 0,
        tuple(sorted(void)),
        tuple(sorted(marked[Mark.SUSPENDED])),
        tuple(sorted(marked[Mark.SUPERSEDED])),
    )


def record(connection: Connection, done: Sequence[Done], now: datetime) -> None:
    """Pending to issued, all of `done` or none."""
    rows = held(connection, [one.code for one in done])
    facts: dict[str, Done] = {}
    for one in done:
        row = rows[one.code]
        same = (State.ISSUED, one.sha256, one.size) == (row.state, row.sha256, row.size)
        if row.state != State.PENDING and not same:
            _refuse(row, "登记另一个文件", "take another file")
        if facts.setdefault(one.code, one) != one:
            _refuse(row, "同时登记两个文件", "take two files at once")
    fresh = [one for one in facts.values() if rows[one.code].state == State.PENDING]
    if not fresh:
        return
    connection.execute(
        update(NUMBERS)
        .where(NUMBERS.c.code == bindparam("of_code"))
        .values(state=State.ISSUED.value, sha256=bindparam("file"), size=bindparam("bytes")),
        [{"of_code": one.code, "file": one.sha256, "bytes": one.size} for one in fresh],
    )
    log(connection, now, ((one.code, "issued", one.sha256) for one in fresh))


def countersign(connection: Connection, signed: Sequence[tuple[str, Done]], now: datetime) -> None:
    """Take the finished file of a branch that signed elsewhere in the place of the one it was sent.

    Each pair is the digest of the file that was sent, and the finished file. All of them or none.
    """
    rows = held(connection, [one.code for _, one in signed])
    fresh: list[Done] = []
    for before, one in signed:
        row = rows[one.code]
        if row.state == State.ISSUED and (row.sha256, row.size) == (one.sha256, one.size):
            continue
        if row.state != State.ISSUED or row.sha256 != before:
            _refuse(row, "登记分支机构签名后的文件", "take the file that the branch has signed")
        fresh.append(one)
    if not fresh:
        return
    connection.execute(
        update(NUMBERS)
        .where(NUMBERS.c.code == bindparam("of_code"))
        .values(sha256=bindparam("file"), size=bindparam("bytes")),
        [{"of_code": one.code, "file": one.sha256, "bytes": one.size} for one in fresh],
    )
    log(connection, now, ((one.code, "countersigned", one.sha256) for one in fresh))


def countersigned(connection: Connection, job: str) -> frozenset[str]:
    """Which numbers of the run have the file that a branch signed elsewhere."""
    query = (
        select(EVENTS.c.code)
        .join(NUMBERS, NUMBERS.c.code == EVENTS.c.code)
        .where(NUMBERS.c.job == job, EVENTS.c.what == "countersigned")
    )
    return frozenset(connection.execute(query).scalars())


def release(connection: Connection, codes: Sequence[str], now: datetime) -> None:
    """Note that the files of the issued `codes` are in their public place."""
    rows = held(connection, codes)
    for row in rows.values():
        if row.state != State.ISSUED or not row.sha256:  # an imported number has its file elsewhere
            _refuse(row, "发布", "be released")
    fresh = [code for code, row in rows.items() if not row.released]
    for portion in some(fresh):
        connection.execute(update(NUMBERS).where(NUMBERS.c.code.in_(portion)).values(released=1))
    log(connection, now, ((code, "released", "") for code in fresh))


def void(connection: Connection, code: str, reason: str, now: datetime) -> None:
    """Take a number out of use for good; its row may be given another one."""
    reason = reason.strip()
    if not reason:
        raise RegisterError(
            zh=f"作废编码 {code} 必须写明原因", en=f"code {code} cannot be void without a reason"
        )
    row = held(connection, [code])[code]
    if row.state == State.VOID:
        if row.void_reason != reason:
            _refuse(row, "改写作废原因", "take another reason")
        return
    connection.execute(
        update(NUMBERS)
        .where(NUMBERS.c.code == code)
        .values(state=State.VOID.value, void_reason=reason)
    )
    log(connection, now, [(code, "void", reason)])


def _refuse(row: Row[Any], what_zh: str, what_en: str) -> NoReturn:
    state = State(row.state)
    raise RegisterError(
        zh=f"编码 {row.code} 的状态是“{_STATE_ZH[state]}”，不能{what_zh}；本步骤未写入任何内容",
        en=f"code {row.code} is {state.value} and cannot {what_en}; "
        "nothing of this step was written",
    )
