"""Giving numbers: what one transaction decides for a chunk of rows.

Serials run 依次顺序 from 000001 to 999999 and start again with each site, year and level
(人社鉴发〔2019〕2号 附件1 二(七)). A row that holds a number keeps it; nobody else ever gets it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from certgen.errors import RegisterError
from certgen.registry.entries import Entry, Outcome, Reservation, State, Wanted
from certgen.registry.records import differences, fingerprint
from certgen.registry.rows import columns_of, entry_of, log, some
from certgen.registry.schema import COUNTERS, NUMBERS
from certgen.standards.codes.national import MAX_SERIAL, CertificateCode
from certgen.standards.levels import Level


def reserve(
    connection: Connection, key: bytes, job: str, wanted: Sequence[Wanted], now: datetime
) -> list[Reservation]:
    """Answer each row, in order. The caller's transaction keeps all of it or nothing."""
    chunk, answers = _answered(connection, key, job, wanted, now)
    chunk.write(connection)
    return answers


def foresee(
    connection: Connection, key: bytes, wanted: Sequence[Wanted], now: datetime
) -> list[Reservation]:
    """What `reserve` would answer now. Nothing is written."""
    return _answered(connection, key, "", wanted, now)[1]


def _answered(
    connection: Connection, key: bytes, job: str, wanted: Sequence[Wanted], now: datetime
) -> "tuple[_Chunk, list[Reservation]]":
    marks = [fingerprint(key, one.record) for one in wanted]
    last = select(func.max(NUMBERS.c.position)).where(NUMBERS.c.job == job)
    chunk = _Chunk(
        job=job,
        now=now,
        position=connection.execute(last).scalar() or 0,
        live=_live(connection, marks),
        counters=_counters(connection, {_counter(one) for one in wanted}),
    )
    return chunk, [chunk.answer(mark, one) for mark, one in zip(marks, wanted, strict=True)]


@dataclass(slots=True)
class _Counter:
    """Where one counter stands. `kept`: it is in the table already."""

    first: int
    last: int
    kept: bool


class _Chunk:
    """What one transaction has read, and what it is going to write."""

    def __init__(
        self,
        *,
        job: str,
        now: datetime,
        position: int,
        live: dict[bytes, Entry],
        counters: dict[str, _Counter],
    ) -> None:
        self.job = job
        self.now = now
        self.position = position
        self.live = live  # numbers that are not void, by fingerprint
        self.counters = counters
        self.new: dict[bytes, None] = {}  # in order
        self.rewritten: dict[bytes, None] = {}
        self.grown: set[str] = set()  # counters that gave a number
        self.events: list[tuple[str, str, str]] = []  # code, what, detail

    def answer(self, mark: bytes, wanted: Wanted) -> Reservation:
        """What becomes of one row."""
        entry = self.live.get(mark)
        if entry is None:
            return self._give(mark, wanted)
        changed = _changed(entry, wanted)
        if not changed:
            return self._resume(mark, entry, wanted)
        # The year (核发年份) and the first 13 characters are part of the code: nothing can correct
        # them under it.
        fixed = "prefix" in changed or entry.record.issue_date.year != wanted.record.issue_date.year
        if entry.state is State.ISSUED or fixed:
            return Reservation(Outcome.CHANGED, entry.code, changed, entry.job)
        # A page that is printed already says the old thing: it goes into a new part.
        self._rewrite(mark, replace(entry, plan="", print_part=None), wanted)
        self.events.append((entry.code, "corrected", ", ".join(changed)))
        return Reservation(Outcome.CORRECTED, entry.code, changed, entry.job)

    def _give(self, mark: bytes, wanted: Wanted) -> Reservation:
        counter = self._counter(wanted)
        serial = counter.last + 1
        if serial > MAX_SERIAL:
            return Reservation(Outcome.EXHAUSTED, None)
        code = _code(wanted, serial)
        counter.last = serial
        self.grown.add(code.counter)
        self.position += 1
        self.live[mark] = Entry(
            code=str(code),
            record=wanted.record,
            photo_sha256=wanted.photo_sha256,
            job=self.job,
            state=State.PENDING,
            reserved_at=self.now,
            position=self.position,
        )
        self.new[mark] = None
        self.events.append((str(code), "reserved", self.job))
        return Reservation(Outcome.NEW, str(code), batch=self.job)

    def _counter(self, wanted: Wanted) -> _Counter:
        name = _counter(wanted)
        first = wanted.first_serial
        counter = self.counters.setdefault(name, _Counter(first, first - 1, kept=False))
        if first > counter.last + 1:
            raise RegisterError(
                zh=f"编码段 {name} 已用到 {counter.last:06d}，机构配置却要求从 {first:06d} 开始，"
                "中间的序列码会没有去向；请改正起始序列码",
                en=f"counter {name} stands at {counter.last:06d}, but the agency file wants it to "
                f"start at {first:06d}: the serials between would belong to nobody. Correct the "
                "first serial",
            )
        return counter

    def _resume(self, mark: bytes, entry: Entry, wanted: Wanted) -> Reservation:
        if entry.state is State.ISSUED:
            return Reservation(Outcome.ISSUED, entry.code, (), entry.job)
        if entry.record != wanted.record:  # the roster or the photo was moved: remember where to
            self._rewrite(mark, entry, wanted)
        return Reservation(Outcome.RESUMED, entry.code, (), entry.job)

    def _rewrite(self, mark: bytes, entry: Entry, wanted: Wanted) -> None:
        self.live[mark] = replace(entry, record=wanted.record, photo_sha256=wanted.photo_sha256)
        if mark not in self.new:
            self.rewritten[mark] = None

    def write(self, connection: Connection) -> None:
        """Counters first: the numbers refer to them."""
        self._write_counters(connection)
        if self.new:
            connection.execute(insert(NUMBERS), self._columns(self.new))
        if self.rewritten:
            changing = ("record", "photo_sha256", "plan", "print_part")
            statement = (
                update(NUMBERS)
                .where(NUMBERS.c.code == bindparam("of_code"))
                .values({name: bindparam(f"to_{name}") for name in changing})
            )
            connection.execute(
                statement,
                [
                    {"of_code": columns["code"]}
                    | {f"to_{name}": columns[name] for name in changing}
                    for columns in self._columns(self.rewritten)
                ],
            )
        log(connection, self.now, self.events)

    def _write_counters(self, connection: Connection) -> None:
        for name in sorted(self.grown):
            counter = self.counters[name]
            values = {"first": counter.first, "last": counter.last}
            if counter.kept:
                connection.execute(
                    update(COUNTERS).where(COUNTERS.c.counter == name).values(values)
                )
            else:
                connection.execute(insert(COUNTERS).values(counter=name, **values))

    def _columns(self, marks: Iterable[bytes]) -> list[dict[str, Any]]:
        return [columns_of(self.live[mark]) | {"fingerprint": mark} for mark in marks]


def _live(connection: Connection, marks: Iterable[bytes]) -> dict[bytes, Entry]:
    live: dict[bytes, Entry] = {}
    for portion in some(marks):
        rows = connection.execute(
            select(NUMBERS).where(
                NUMBERS.c.fingerprint.in_(portion), NUMBERS.c.state != State.VOID.value
            )
        )
        live |= {row.fingerprint: entry_of(row) for row in rows}
    return live


def _counters(connection: Connection, names: Iterable[str]) -> dict[str, _Counter]:
    counters: dict[str, _Counter] = {}
    for portion in some(names):
        # FOR UPDATE is what a server database needs; SQLite has locked the whole file already.
        rows = connection.execute(
            select(COUNTERS).where(COUNTERS.c.counter.in_(portion)).with_for_update()
        )
        counters |= {row.counter: _Counter(row.first, row.last, kept=True) for row in rows}
    return counters


def _changed(entry: Entry, wanted: Wanted) -> tuple[str, ...]:
    changed = differences(entry.record, wanted.record)
    if entry.photo_sha256 != wanted.photo_sha256:
        changed += ("photo",)
    if not entry.code.startswith(wanted.prefix):
        changed += ("prefix",)
    return changed


def _counter(wanted: Wanted) -> str:
    return _counter_of(wanted.prefix, wanted.record.issue_date.year, wanted.record.level)


@lru_cache(maxsize=64)  # a roster has a handful, each asked for by thousands of rows
def _counter_of(prefix: str, issue_year: int, level: Level) -> str:
    return CertificateCode.build(prefix, issue_year, level, MAX_SERIAL).counter


def _code(wanted: Wanted, serial: int) -> CertificateCode:
    record = wanted.record
    return CertificateCode.build(wanted.prefix, record.issue_date.year, record.level, serial)
