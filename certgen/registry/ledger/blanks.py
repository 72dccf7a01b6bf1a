"""The blank sheets of a pile, in the order in which a printer takes them."""

from typing import Any

from sqlalchemy import Connection, Select, select

from certgen.errors import RegisterError
from certgen.model.serials import Serial
from certgen.registry.ledger.rows import sheet_row
from certgen.registry.ledger.tables import SHEETS
from certgen.registry.ledger.values import SheetState
from certgen.registry.ledger.words import STATES_ZH


def next_blank(connection: Connection, stock: str, start: Serial) -> Serial | None:
    """The first blank sheet of the pile from `start` on, `start` included."""
    query = behind(stock, start).where(SHEETS.c.state == SheetState.BLANK.value).limit(1)
    row = connection.execute(query).one_or_none()
    return None if row is None else Serial.at(row.pile, row.number)


def behind(stock: str, start: Serial) -> Select[Any]:
    """The sheets of the pile from `start` on, in order."""
    return (
        select(SHEETS)
        .where(
            SHEETS.c.stock == stock,
            SHEETS.c.pile == start.pile,
            SHEETS.c.number >= start.number,
        )
        .order_by(SHEETS.c.number)
    )


def refuse_used(connection: Connection, stock: str, start: Serial) -> None:
    """Raise `RegisterError`, naming the next blank sheet, unless this one is blank."""
    row = sheet_row(connection, start, stock)
    if row.state == SheetState.BLANK:
        return
    state = SheetState(row.state)
    free = next_blank(connection, stock, start)
    by_zh, by_en = (f"（任务 {row.job}）", f" (job {row.job})") if row.job else ("", "")
    raise RegisterError(
        zh=f"纸张 {start.text} 的状态是“{STATES_ZH[state]}”{by_zh}，不能再用；"
        + (f"下一张空白纸是 {free.text}" if free else "其后没有空白纸"),
        en=f"sheet {start.text} is {state.value}{by_en} and cannot be used again; "
        + (f"the next blank one is {free.text}" if free else "no blank one follows"),
    )


def too_few(there: int, needed: int, start: Serial) -> RegisterError:
    """Says that the pile is at its end."""
    return RegisterError(
        zh=f"从 {start.text} 起只有 {there} 张空白纸，需要 {needed} 张：请先登记领入，或分批打印（--count）；"
        "没有占用任何纸张",
        en=f"only {there} blank sheets from {start.text} on, {needed} are needed: enter more stock first or print "
        "in parts (--count); no sheet was taken",
    )
