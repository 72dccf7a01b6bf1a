"""What happens to a number once given: planned, issued, released, void. Safe to repeat.

A step that is repeated with the same facts changes nothing; with other facts it is refused. So a
run that was killed between a transaction and the next line may simply do its last step again.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NoReturn

from sqlalchemy import Connection, Row, bindparam, update

from certgen.errors import RegisterError
from certgen.registry.entries import Done, State
from certgen.registry.rows import held, log, some
from certgen.registry.schema import NUMBERS

_STATE_ZH = {State.PENDING: "待制证", State.ISSUED: "已制证", State.VOID: "作废"}


def set_plan(connection: Connection, codes: Sequence[str], plan: str) -> None:
    """Note which plan the pending `codes` will be stamped from."""
    rows = held(connection, codes)
    for row in rows.values():
        if row.state != State.PENDING and (row.state, row.plan) != (State.ISSUED, plan):
            _refuse(row, "改换制版方案", "take another plan")
    for portion in some(rows):
        connection.execute(update(NUMBERS).where(NUMBERS.c.code.in_(portion)).values(plan=plan))


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
