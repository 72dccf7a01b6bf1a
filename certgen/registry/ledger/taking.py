"""Sheets taken for a print job: in one transaction with the job, before anything is drawn.

A request that was begun before finds its own job again, so a command that was killed draws the same
pages for the same sheets. Two operators at once meet in the database: the second gets other sheets, or
a refusal that names the next free one.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from certgen.errors import RegisterError
from certgen.model.serials import Serial
from certgen.registry import rows as numbers
from certgen.registry.ledger.blanks import behind, next_blank, refuse_used, too_few
from certgen.registry.ledger.printable import check_numbers
from certgen.registry.ledger.rows import (
    change,
    job_of,
    job_row,
    live_sheets,
    log,
    sheet_of,
    sheet_row,
    stock_of,
)
from certgen.registry.ledger.steps import take_out
from certgen.registry.ledger.tables import PAGES, PRINT_JOBS, SHEETS
from certgen.registry.ledger.values import JobKind, PrintJob, Request, SheetState, Taken
from certgen.registry.ledger.words import STATES_ZH, free_text
from certgen.registry.schema import moment_text


def known(connection: Connection, request: Request) -> PrintJob | None:
    """The job that the same request began, if all its certificates still stand on its sheets."""
    query = (
        select(PRINT_JOBS)
        .where(PRINT_JOBS.c.request == request.digest)
        .order_by(PRINT_JOBS.c.day.desc(), PRINT_JOBS.c.nth.desc())
    )
    for row in connection.execute(query):
        there = connection.execute(
            select(func.count())
            .select_from(PAGES)
            .join(SHEETS, SHEETS.c.id == PAGES.c.sheet)
            .where(
                PAGES.c.job == row.id,
                SHEETS.c.job == row.id,
                SHEETS.c.code == PAGES.c.code,
                SHEETS.c.state.in_((SheetState.PRINTED.value, SheetState.ISSUED.value)),
                SHEETS.c.replaced == 0,
            )
        ).scalar()
        job = job_of(connection, row)
        if there == len(job.pages):
            return job
    return None


def resolved(connection: Connection, request: Request) -> Request:
    """The request with the form version of its first sheet."""
    if not request.start:
        return request
    stock = stock_of(connection, Serial.parse(request.start), request.stock or None)
    return Request(request.kind, request.what, stock, request.start)


def take(
    connection: Connection, request: Request, codes: Sequence[str], reason: str, now: datetime
) -> Taken:
    """Sheets for these certificates from `request.start` on; a re-issue takes the place of the issued sheet."""
    request = resolved(connection, request)
    if job := known(connection, request):
        return Taken(job, known=True)
    reissue = request.kind is JobKind.REISSUE
    if reissue:
        reason = free_text(reason, "补发原因（--reason）", "reason of the re-issue (--reason)")
    check_numbers(connection, codes)
    live = live_sheets(connection, codes)
    for code, sheet in live.items():
        if not reissue:
            raise RegisterError(
                zh=f"证书 {code} 已在纸张 {sheet.serial.text} 上（{STATES_ZH[sheet.state]}），没有重印：这张坏了用 "
                f"--again {sheet.serial.text}，发出后补发用 --reissue",
                en=f"certificate {code} stands on sheet {sheet.serial.text} ({sheet.state.value}) and was not printed "
                f"again: if that one is spoiled use --again {sheet.serial.text}, for a re-issue --reissue",
            )
        if sheet.state is not SheetState.ISSUED:
            raise RegisterError(
                zh=f"证书 {code} 在纸张 {sheet.serial.text} 上，还没有登记发出，不能补发：已交给持证人的先登记 "
                f"certgen paper issued {sheet.serial.text}，印坏的用 --again，在单位遗失的先登记 certgen paper lost",
                en=f"certificate {code} stands on sheet {sheet.serial.text}, which was not noted as issued: if it was "
                f"handed out note that first (certgen paper issued {sheet.serial.text}), if it is spoiled use --again, "
                "if it was lost in the office note that (certgen paper lost)",
            )
    start = Serial.parse(request.start)
    refuse_used(connection, request.stock, start)
    for code in live:
        _replace(connection, code, reason, now)
    taken = begin(
        connection, request, codes, start, reason, now, reissued=dict.fromkeys(codes, reissue)
    )
    if reissue and taken.job:
        told = [
            (page.code, "reissued", f"No. {page.serial.text} · {reason}")
            for page in taken.job.pages
        ]
        numbers.log(connection, now, told)
    return taken


def again(
    connection: Connection, request: Request, serials: Sequence[Serial], reason: str, now: datetime
) -> Taken:
    """These sheets are spoiled, their certificates go onto the next blank ones."""
    request = resolved(connection, request)
    if job := known(connection, request):
        return Taken(job, known=True)
    rows = [sheet_row(connection, serial, request.stock or None) for serial in serials]
    for row in rows:
        _refuse_again(row)
    printed = [row for row in rows if row.state == SheetState.PRINTED]
    if printed:
        take_out(connection, printed, SheetState.SPOILED, reason, now)
    codes = [row.code for row in rows]
    check_numbers(connection, codes)
    for code, sheet in live_sheets(connection, codes).items():
        raise RegisterError(
            zh=f"证书 {code} 已经重新打印在纸张 {sheet.serial.text} 上",
            en=f"certificate {code} was printed again already, on sheet {sheet.serial.text}",
        )
    stock = rows[0].stock
    start = _start(connection, request, stock, max(serials, key=lambda one: one.number))
    reissued = {row.code: bool(row.reissue) for row in rows}
    return begin(connection, request, codes, start, reason, now, stock=stock, reissued=reissued)


def _refuse_again(row: Row[Any]) -> None:
    if row.code is None:
        raise RegisterError(
            zh=f"纸张 {row.serial} 上没有证书，没有可重印的：空白的废张用 certgen paper spoil 登记",
            en=f"sheet {row.serial} has no certificate to print again: note a spoiled blank with certgen paper spoil",
        )
    if row.state == SheetState.ISSUED:
        raise RegisterError(
            zh=f"纸张 {row.serial} 已发出：遗失或损坏后重新制作是补发，请用 certgen print {row.code} --reissue",
            en=f"sheet {row.serial} was issued: to make it again is a re-issue: certgen print {row.code} --reissue",
        )


def _start(connection: Connection, request: Request, stock: str, behind_this: Serial) -> Serial:
    """Where printing goes on: as said, else the next blank sheet behind the last."""
    if request.start:
        start = Serial.parse(request.start)
        refuse_used(connection, stock, start)
        return start
    start_or_none = next_blank(connection, stock, behind_this)
    if start_or_none is None:
        raise too_few(0, 1, behind_this)
    return start_or_none


def begin(
    connection: Connection,
    request: Request,
    codes: Sequence[str],
    start: Serial,
    reason: str,
    now: datetime,
    *,
    stock: str = "",
    reissued: Mapping[str, bool],
) -> Taken:
    """Open the job and put each certificate on the next blank sheet from `start` on."""
    stock = stock or request.stock
    job = _open(connection, request, stock, reason, now)
    blank = behind(stock, start).where(SHEETS.c.state == SheetState.BLANK.value)
    rows = connection.execute(blank.limit(len(codes))).all()
    if len(rows) < len(codes):
        raise too_few(len(rows), len(codes), start)
    for row, code in zip(rows, codes, strict=True):
        change(
            connection,
            row.id,
            state=SheetState.PRINTED.value,
            code=code,
            job=job,
            reissue=int(reissued[code]),
        )
    pages = [
        {"job": job, "page": page, "sheet": row.id, "code": code}
        for page, (row, code) in enumerate(zip(rows, codes, strict=True), start=1)
    ]
    connection.execute(insert(PAGES), pages)
    log(
        connection,
        now,
        [
            (row.id, "printed", code, job, "补发" if reissued[code] else "")
            for row, code in zip(rows, codes, strict=True)
        ],
    )
    between = behind(stock, start).where(
        SHEETS.c.number < rows[-1].number,
        (SHEETS.c.job.is_(None)) | (SHEETS.c.job != job),
        SHEETS.c.state != SheetState.BLANK.value,
    )
    skipped = tuple(map(sheet_of, connection.execute(between)))
    opened = connection.execute(select(PRINT_JOBS).where(PRINT_JOBS.c.id == job)).one()
    return Taken(job_of(connection, opened), skipped)


def finish(connection: Connection, job: str, sha256: str) -> None:
    """Note the digest of the finished file. Repeated with another one it is refused."""
    this = PRINT_JOBS.c.id == job
    noted = connection.execute(select(PRINT_JOBS.c.sha256).where(this)).scalar()
    if not sha256 or noted not in {"", sha256}:
        raise RegisterError(
            zh=f"打印任务 {job} 不存在，或已登记为另一个文件",
            en=f"there is no print job {job} to finish, or it was finished with another file",
        )
    connection.execute(update(PRINT_JOBS).where(this).values(sha256=sha256))


def cancel(connection: Connection, job: str, now: datetime) -> tuple[Serial, ...]:
    """No page of the job was printed: its sheets are blank again. Those that went further stay as they are."""
    job_row(connection, job)
    query = select(SHEETS).where(SHEETS.c.job == job, SHEETS.c.state == SheetState.PRINTED.value)
    rows = connection.execute(query.order_by(SHEETS.c.number)).all()
    for row in rows:
        change(connection, row.id, state=SheetState.BLANK.value, code=None, job=None, reissue=0)
    log(connection, now, [(row.id, "returned", None, job, "取消 cancelled") for row in rows])
    return tuple(Serial.at(row.pile, row.number) for row in rows)


def _open(connection: Connection, request: Request, stock: str, reason: str, now: datetime) -> str:
    day = now.strftime("%Y%m%d")
    last = select(func.max(PRINT_JOBS.c.nth)).where(PRINT_JOBS.c.day == day)
    nth = (connection.execute(last).scalar() or 0) + 1  # the transaction holds the write lock
    job = f"P{day}-{nth:02d}"
    connection.execute(
        insert(PRINT_JOBS).values(
            id=job,
            day=day,
            nth=nth,
            kind=request.kind.value,
            request=request.digest,
            stock=stock,
            reason=reason,
            opened_at=moment_text(now),
            sha256="",
        )
    )
    return job


def _replace(connection: Connection, code: str, reason: str, now: datetime) -> None:
    row = connection.execute(
        select(SHEETS).where(
            SHEETS.c.code == code,
            SHEETS.c.state == SheetState.ISSUED.value,
            SHEETS.c.replaced == 0,
        )
    ).one()
    change(connection, row.id, replaced=1)
    log(connection, now, [(row.id, "replaced", code, row.job, reason)])
