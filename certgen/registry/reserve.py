"""Giving numbers: what one transaction decides for a chunk of rows.

A row that holds a number keeps it; nobody else ever gets it. A row that brings a number of its own
(沿用编号) gets that one or none; every other row gets the next serial of its counter.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from certgen.registry.counters import Counters
from certgen.registry.entries import Entry, Origin, Outcome, Reservation, State, Wanted
from certgen.registry.indexes import place
from certgen.registry.rows import add, log, rewrite
from certgen.registry.schema import NUMBERS, REGISTER
from certgen.registry.standing import Standing, changes


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
    standing, counters = Standing(key), Counters()
    marks = standing.read(connection, wanted)
    counters.read(connection, wanted)
    last = select(func.max(NUMBERS.c.position)).where(NUMBERS.c.job == job)
    position = connection.execute(last).scalar() or 0
    versions = connection.execute(select(REGISTER.c.versions)).scalar_one()
    chunk = _Chunk(job, now, position, standing, counters, key, versions)
    return chunk, [chunk.answer(mark, one) for mark, one in zip(marks, wanted, strict=True)]


class _Chunk:
    """What one transaction has read, and what it is going to write."""

    def __init__(
        self,
        job: str,
        now: datetime,
        position: int,
        standing: Standing,
        counters: Counters,
        key: bytes,
        versions: int,
    ) -> None:
        self.job = job
        self.now = now
        self.position = position
        self.standing = standing
        self.counters = counters
        self.key = key
        self.versions = versions  # places in the status list that are given
        self.new: dict[bytes, None] = {}  # in order
        self.rewritten: dict[bytes, None] = {}
        self.events: list[tuple[str, str, str]] = []  # code, what, detail

    def answer(self, mark: bytes, wanted: Wanted) -> Reservation:
        """What becomes of one row."""
        conflict = wanted.adopted and self.standing.conflict(mark, wanted.adopted)
        if conflict:
            why, entry = conflict
            return Reservation(
                Outcome.TAKEN,
                entry.code,
                batch=entry.job,
                conflict=why,
                place=entry.record.place,
            )
        held = self.standing.live.get(mark)
        answer = self._give(mark, wanted) if held is None else self._keep(mark, held, wanted)
        earlier = self.standing.earlier(wanted, answer.code or "")
        return replace(answer, earlier=earlier) if earlier else answer

    def _keep(self, mark: bytes, entry: Entry, wanted: Wanted) -> Reservation:
        changed = changes(entry, wanted)
        if not changed:
            return self._resume(mark, entry, wanted)
        # The year (核发年份) and the first 13 characters are part of the code: nothing can correct
        # them under it.
        fixed = "prefix" in changed or entry.record.issue_date.year != wanted.record.issue_date.year
        if entry.state is State.ISSUED or fixed:
            return Reservation(Outcome.CHANGED, entry.code, changed, entry.job)
        # A page that is printed already says the old thing: it goes into a new part. So does what was signed.
        self._rewrite(mark, replace(entry, plan="", print_part=None, qr=""), wanted)
        self.events.append((entry.code, "corrected", ", ".join(changed)))
        return Reservation(Outcome.CORRECTED, entry.code, changed, entry.job)

    def _give(self, mark: bytes, wanted: Wanted) -> Reservation:
        code = wanted.adopted
        if code:
            self.counters.hold(wanted, code)
        else:
            code = self.counters.give(wanted)
            if code is None:
                return Reservation(Outcome.EXHAUSTED, None)
        self.position += 1
        entry = Entry(
            code=code,
            record=wanted.record,
            photo_sha256=wanted.photo_sha256,
            job=self.job,
            state=State.PENDING,
            reserved_at=self.now,
            position=self.position,
            origin=Origin.ADOPTED if wanted.adopted else Origin.ALLOCATED,
            status_index=place(self.key, self.versions),
        )
        self.versions += 1
        self.standing.add(mark, entry)
        self.new[mark] = None
        self.events.append((code, "adopted" if wanted.adopted else "reserved", self.job))
        return Reservation(Outcome.NEW, code, batch=self.job)

    def _resume(self, mark: bytes, entry: Entry, wanted: Wanted) -> Reservation:
        if entry.state is State.ISSUED:
            return Reservation(Outcome.ISSUED, entry.code, (), entry.job)
        if entry.record != wanted.record:  # the roster or the photo was moved: remember where to
            self._rewrite(mark, entry, wanted)
        return Reservation(Outcome.RESUMED, entry.code, (), entry.job)

    def _rewrite(self, mark: bytes, entry: Entry, wanted: Wanted) -> None:
        now = replace(entry, record=wanted.record, photo_sha256=wanted.photo_sha256)
        self.standing.add(mark, now)
        if mark not in self.new:
            self.rewritten[mark] = None

    def write(self, connection: Connection) -> None:
        """Counters first: the numbers refer to them."""
        live, holder = self.standing.live, self.standing.holder
        self.counters.write(connection)
        if self.new:
            connection.execute(update(REGISTER).values(versions=self.versions))
        add(connection, ((live[mark], mark, holder(live[mark])) for mark in self.new))
        rewrite(connection, (live[mark] for mark in self.rewritten))
        log(connection, self.now, self.events)
