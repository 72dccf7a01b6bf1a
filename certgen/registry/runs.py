"""Issuing runs (制证批次) and the parts of their print PDF: opened, found again, closed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from certgen.errors import RegisterError
from certgen.registry.entries import Job, Origin, PrintPart, State
from certgen.registry.rows import moment, some
from certgen.registry.schema import JOBS, NUMBERS, PRINT_PARTS, moment_text


def open_job(connection: Connection, roster: str, sha256: str, now: datetime) -> str:
    """A new run, numbered within the local day of `now`."""
    day = now.strftime("%Y%m%d")
    # Safe although it is MAX()+1: the transaction holds the write lock, and runs are never deleted.
    last = connection.execute(select(func.max(JOBS.c.nth)).where(JOBS.c.day == day)).scalar() or 0
    job = f"{day}-{last + 1:02d}"
    connection.execute(
        insert(JOBS).values(
            id=job,
            day=day,
            nth=last + 1,
            roster=roster,
            sha256=sha256,
            opened_at=moment_text(now),
        )
    )
    return job


def open_jobs(connection: Connection) -> tuple[Job, ...]:
    """The runs that are still open, oldest first."""
    query = select(JOBS).where(JOBS.c.closed_at.is_(None)).order_by(JOBS.c.day, JOBS.c.nth)
    return tuple(_job_of(row) for row in connection.execute(query))


def job(connection: Connection, job_id: str) -> Job:
    """One run; raises `RegisterError` if there is none of this id."""
    row = connection.execute(select(JOBS).where(JOBS.c.id == job_id)).one_or_none()
    if row is None:
        raise RegisterError(
            zh=f"台账中没有制证批次 {job_id}，请核对批次号",
            en=f"the register has no run {job_id}: check its id",
        )
    return _job_of(row)


def working_job(connection: Connection, job_id: str) -> Job:
    """A run that may still take rows; raises `RegisterError` if it is closed."""
    found = job(connection, job_id)
    if found.closed_at is not None:
        raise RegisterError(
            zh=f"制证批次 {job_id} 已经结束，请另开一个批次",
            en=f"run {job_id} is closed: open another",
        )
    return found


def close_job(connection: Connection, job_id: str, now: datetime) -> bool:
    """Close the run if none of its rows waits for anything; says whether it is closed."""
    found = job(connection, job_id)
    waiting = exists().where(
        NUMBERS.c.job == job_id,
        or_(
            NUMBERS.c.state == State.PENDING.value,
            and_(
                NUMBERS.c.state == State.ISSUED.value,
                NUMBERS.c.released == 0,
                NUMBERS.c.origin != Origin.IMPORTED.value,  # its file is out, elsewhere
            ),
        ),
    )
    if connection.execute(select(waiting)).scalar():
        return False
    if found.closed_at is None:
        connection.execute(
            update(JOBS).where(JOBS.c.id == job_id).values(closed_at=moment_text(now))
        )
    return True


def start_print_part(
    connection: Connection, job_id: str, codes: Sequence[str] | None
) -> PrintPart | None:
    """The unfinished part of the run, else a new one with every page that is in none yet."""
    job(connection, job_id)
    number = _unfinished(connection, job_id)
    if number is None:
        number = _new_part(connection, job_id)
    part = PrintPart(job_id, number)
    if connection.execute(select(exists().where(pages_of(part)))).scalar():
        return part
    # A part without pages (just made, or all its rows became void) waits for whoever fills it.
    return part if _fill(connection, part, codes) else None


def finish_print_part(connection: Connection, part: PrintPart, sha256: str) -> None:
    """Note the digest of the finished file; from now on the part is never made again."""
    this = (PRINT_PARTS.c.job == part.job, PRINT_PARTS.c.number == part.number)
    noted = connection.execute(select(PRINT_PARTS.c.sha256).where(*this)).scalar()
    if not sha256 or noted not in ("", sha256):
        raise RegisterError(
            zh=f"批次 {part.job} 没有可以登记的打印文件第 {part.number} 部分，或已登记为另一个文件",
            en=f"run {part.job} has no print part {part.number} to finish, or finished it with "
            "another file",
        )
    connection.execute(update(PRINT_PARTS).where(*this).values(sha256=sha256))


def pages_of(part: PrintPart) -> ColumnElement[bool]:
    """Which numbers have their page in the part. A void one has none."""
    return and_(
        NUMBERS.c.job == part.job,
        NUMBERS.c.print_part == part.number,
        NUMBERS.c.state != State.VOID.value,
    )


def _unfinished(connection: Connection, job_id: str) -> int | None:
    return connection.execute(
        select(PRINT_PARTS.c.number).where(PRINT_PARTS.c.job == job_id, PRINT_PARTS.c.sha256 == "")
    ).scalar_one_or_none()


def _new_part(connection: Connection, job_id: str) -> int:
    last = select(func.max(PRINT_PARTS.c.number)).where(PRINT_PARTS.c.job == job_id)
    number = (connection.execute(last).scalar() or 0) + 1
    connection.execute(insert(PRINT_PARTS).values(job=job_id, number=number, sha256=""))
    return number


def _fill(connection: Connection, part: PrintPart, codes: Sequence[str] | None) -> int:
    loose = update(NUMBERS).where(
        NUMBERS.c.job == part.job,
        NUMBERS.c.print_part.is_(None),
        NUMBERS.c.state != State.VOID.value,
    )
    portions = (
        [loose] if codes is None else [loose.where(NUMBERS.c.code.in_(p)) for p in some(codes)]
    )
    return sum(
        connection.execute(portion.values(print_part=part.number)).rowcount for portion in portions
    )


def _job_of(row: Row[Any]) -> Job:
    return Job(
        id=row.id,
        roster=row.roster,
        sha256=row.sha256,
        opened_at=moment(row.opened_at),
        closed_at=None if row.closed_at is None else moment(row.closed_at),
    )
