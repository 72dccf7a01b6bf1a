"""What somebody saw after a jam or a double feed, written into the ledger; the rest goes onto the next sheets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from certgen.errors import InputError
from certgen.model.serials import Serial
from certgen.registry.ledger.blanks import behind, next_blank, refuse_used, too_few
from certgen.registry.ledger.printable import unprintable
from certgen.registry.ledger.rows import Happened, change, job_of, job_row, log
from certgen.registry.ledger.settling import Line, Placed, Settled, settle
from certgen.registry.ledger.tables import SHEETS
from certgen.registry.ledger.taking import begin, known, resolved
from certgen.registry.ledger.values import PrintJob, Seen, SheetState, Taken
from certgen.registry.ledger.words import free_text

AHEAD = 500
"""Sheets behind the job's last that a double feed may have reached: more than a printer holds."""


@dataclass(frozen=True, slots=True)
class _Looked:
    """A job, the sheets it may have reached, and what was seen of them."""

    job: PrintJob
    mine: Mapping[int, Row[Any]]  # printed sheets of the job, by number
    around: Mapping[int, Row[Any]]  # the pile from its first sheet to some way behind its last
    settled: Settled
    end: int  # the last sheet that the printer touched

    @property
    def pile(self) -> str:
        """Of all these sheets."""
        return self.job.pages[0].serial.pile


def resume(connection: Connection, seen: Seen, start: str, now: datetime) -> Taken:
    """Put the ledger right by what was seen, and open a job for the certificates that need another sheet."""
    request = resolved(connection, seen.request(start))
    if earlier := known(connection, request):
        return Taken(earlier, known=True)
    looked = _look(connection, seen)
    reason = seen.reason
    if seen.spoiled:
        zh, en = "废张原因（--reason）", "reason of the spoiled sheets (--reason)"
        reason = free_text(reason, zh, en)
    reissued = {row.code: bool(row.reissue) for row in looked.mine.values()}
    moved, returned = _write(connection, looked, reissued, reason, now)
    dropped = unprintable(connection, looked.settled.remaining)
    rest = [code for code in looked.settled.remaining if code not in dropped]
    if not rest:
        return Taken(None, moved=moved, returned=returned, dropped=tuple(dropped))
    stock = looked.job.stock
    first = _first(connection, stock, start, Serial.at(looked.pile, looked.end + 1))
    taken = begin(connection, request, rest, first, reason, now, stock=stock, reissued=reissued)
    return Taken(taken.job, taken.skipped, moved=moved, returned=returned, dropped=tuple(dropped))


def remaining(connection: Connection, seen: Seen) -> tuple[str, ...]:
    """The certificates that `resume` would put onto other sheets; nothing is written."""
    rest = _look(connection, seen).settled.remaining
    dropped = unprintable(connection, rest)
    return tuple(code for code in rest if code not in dropped)


def _look(connection: Connection, seen: Seen) -> _Looked:
    job = job_of(connection, job_row(connection, seen.job))
    mine = {row.number: row for row in _printed(connection, job)}
    around = {row.number: row for row in _around(connection, job)}
    line = _line(job, around)
    placed: list[Placed] = [(number, row.code) for number, row in mine.items()]
    last = None if seen.last_good is None else _number(seen.last_good, line)
    spoiled = [_number(serial, line) for serial in seen.spoiled]
    settled = settle(placed, line, _shown(seen, job, line, placed), last, spoiled)
    reached = last if last is not None else max((number for number, _ in settled.good), default=-1)
    return _Looked(job, mine, around, settled, max([*spoiled, reached]))


def _first(connection: Connection, stock: str, start: str, behind_last: Serial) -> Serial:
    if start:
        first = Serial.parse(start)
        refuse_used(connection, stock, first)
        return first
    found = next_blank(connection, stock, behind_last)
    if found is None:
        raise too_few(0, 1, behind_last)
    return found


def _printed(connection: Connection, job: PrintJob) -> Sequence[Row[Any]]:
    query = (
        select(SHEETS)
        .where(SHEETS.c.job == job.id, SHEETS.c.state == SheetState.PRINTED.value)
        .order_by(SHEETS.c.number)
    )
    return connection.execute(query).all()


def _around(connection: Connection, job: PrintJob) -> Sequence[Row[Any]]:
    """The sheets of the pile from the job's first to some way behind its last."""
    serials = [page.serial for page in job.pages]
    first, last = min(serials, key=_by_number), max(serials, key=_by_number)
    query = behind(job.stock, first).where(SHEETS.c.number <= last.number + AHEAD)
    return connection.execute(query).all()


def _by_number(serial: Serial) -> int:
    return serial.number


def _line(job: PrintJob, around: dict[int, Row[Any]]) -> Line:
    blank, printed = SheetState.BLANK, SheetState.PRINTED
    ours = {number for number, row in around.items() if row.job == job.id}
    return Line(
        job.pages[0].serial.pile,
        [
            n
            for n, row in around.items()
            if row.state == blank or (n in ours and row.state == printed)
        ],
        frozenset(n for n in ours if around[n].state != printed),
        frozenset(n for n, row in around.items() if row.state == printed and n not in ours),
    )


def _number(serial: Serial, line: Line) -> int:
    if serial.pile != line.pile:
        raise InputError(
            zh=f"流水码 {serial.text} 与本任务的纸张（如 {line.text(line.usable[0])}）不是同一叠，请核对",
            en=f"serial {serial.text} is of another pile than the sheets of this job "
            f"(like {line.text(line.usable[0])}): check it",
        )
    return serial.number


def _shown(seen: Seen, job: PrintJob, line: Line, placed: Sequence[Placed]) -> list[Placed]:
    """For each sheet that was looked at, the certificate whose check mark it shows."""
    counted = {code for _, code in placed}
    found: list[Placed] = []
    for sheet, mark in seen.shows.items():
        code = _marked(job, mark)
        if code not in counted or code is None:
            raise InputError(
                zh=f"打印任务 {job.id} 中没有核对号为 {mark.text}、仍算作已打印的页：请核对任务号和核对号",
                en=f"print job {job.id} has no page with check mark {mark.text} that still counts as printed: "
                "check the job and the mark",
            )
        found.append((_number(sheet, line), code))
    return found


def _marked(job: PrintJob, mark: Serial) -> str | None:
    """The certificate of the page with this check mark; its end is enough where one page alone has it.

    A small mark may leave out the characters before the number (豫), and so may who reads it.
    """
    whole = [page.code for page in job.pages if page.serial == mark]
    ends = whole or [page.code for page in job.pages if page.serial.text.endswith(mark.text)]
    return ends[0] if len(ends) == 1 else None


def _write(
    connection: Connection,
    looked: _Looked,
    reissued: Mapping[str, bool],
    reason: str,
    now: datetime,
) -> tuple[tuple[tuple[Serial, str], ...], tuple[Serial, ...]]:
    """Clear what changes, then write it: in between no certificate stands on two sheets."""
    job, mine, around = looked.job.id, looked.mine, looked.around
    good, spoiled = dict(looked.settled.good), dict(looked.settled.spoiled)
    wanted: dict[int, str | None] = {**good, **spoiled}
    fresh = {n: code for n, code in wanted.items() if n not in mine or mine[n].code != code}
    returned = [number for number in mine if number not in wanted]
    for number, row in mine.items():
        if number in fresh or number in returned:
            blank = SheetState.BLANK.value
            change(connection, row.id, state=blank, code=None, job=None, reissue=0)
    for number, code in fresh.items():
        if code is not None:
            printed, again = SheetState.PRINTED.value, int(reissued[code])
            change(connection, around[number].id, state=printed, code=code, job=job, reissue=again)
    for number in spoiled:
        change(connection, around[number].id, state=SheetState.SPOILED.value, reason=reason)
    on_good = [(number, code) for number, code in good.items() if number in fresh]
    events: list[Happened] = [
        (around[n].id, "moved" if n in mine else "printed", code, job, "重张 double feed")
        for n, code in on_good
    ]
    events += [(mine[number].id, "returned", None, job, "") for number in returned]
    events += [
        (around[number].id, "spoiled", code, job if code else None, reason)
        for number, code in spoiled.items()
    ]
    log(connection, now, events)
    moved = tuple((Serial.at(looked.pile, number), code) for number, code in on_good)
    return moved, tuple(Serial.at(looked.pile, number) for number in returned)
