"""The paper ledger (纸张台账) as the rest of the program uses it: `register.ledger`.

Each method that writes is one transaction, or nothing; each may be repeated with the same facts.
Anything the caller must mend is an `InputError` or a `RegisterError`, whose words name serials and codes
and never a person's number.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime

from sqlalchemy import Connection, select

from certgen.model.serials import Serial, SerialRange
from certgen.registry.ledger import balance, blanks, resuming, rows, steps, taking
from certgen.registry.ledger.tables import PRINT_JOBS, RECEIPTS, SHEETS
from certgen.registry.ledger.values import (
    Balance,
    PrintJob,
    Receipt,
    Request,
    Seen,
    Sheet,
    SheetEvent,
    SheetState,
    Taken,
)

Transaction = Callable[[], AbstractContextManager[Connection]]


class Ledger:
    """The sheets of one register."""

    def __init__(
        self, reading: Transaction, writing: Transaction, clock: Callable[[], datetime]
    ) -> None:
        self._reading, self._writing, self._clock = reading, writing, clock

    # Stock

    def receive(self, serials: SerialRange, stock: str, by: str, note: str = "") -> Receipt:
        """Enter a range of blank sheets. Overlaps are refused; the same receipt again changes nothing."""
        with self._writing() as connection:
            return steps.receive(connection, serials, stock, by, note, self._clock())

    def receipts(self) -> tuple[Receipt, ...]:
        """Everything that came in, oldest first."""
        with self._reading() as connection:
            query = select(RECEIPTS).order_by(RECEIPTS.c.id)
            return tuple(map(rows.receipt_of, connection.execute(query)))

    # What becomes of sheets

    def issue(
        self,
        ranges: Sequence[SerialRange],
        codes: Sequence[str] = (),
        *,
        stock: str | None = None,
    ) -> list[Sheet]:
        """Note printed sheets as handed out, by serials or by the certificates on them."""
        with self._writing() as connection:
            found = steps.of_ranges(connection, ranges, stock)
            found += steps.with_codes(connection, codes)
            return steps.issue(connection, found, self._clock())

    def spoil(
        self, ranges: Sequence[SerialRange], reason: str, *, stock: str | None = None
    ) -> list[Sheet]:
        """Note blank or printed sheets as spoiled (废张)."""
        with self._writing() as connection:
            found = steps.of_ranges(connection, ranges, stock)
            return steps.take_out(connection, found, SheetState.SPOILED, reason, self._clock())

    def lose(
        self, ranges: Sequence[SerialRange], reason: str, *, stock: str | None = None
    ) -> list[Sheet]:
        """Note sheets as lost (遗失) in the office. What a holder loses is re-issued instead."""
        with self._writing() as connection:
            found = steps.of_ranges(connection, ranges, stock)
            return steps.take_out(connection, found, SheetState.LOST, reason, self._clock())

    def destroy(
        self, ranges: Sequence[SerialRange], by: str, witness: str, *, stock: str | None = None
    ) -> list[Sheet]:
        """Note spoiled sheets as destroyed by one person before another."""
        with self._writing() as connection:
            found = steps.of_ranges(connection, ranges, stock)
            return steps.destroy(connection, found, by, witness, self._clock())

    # Printing

    def known(self, request: Request) -> PrintJob | None:
        """The job that this request began and whose sheets are still as it left them."""
        with self._reading() as connection:
            return taking.known(connection, taking.resolved(connection, request))

    def take(self, request: Request, codes: Sequence[str], reason: str = "") -> Taken:
        """Take the next blank sheets for these certificates, in order, before anything is drawn."""
        with self._writing() as connection:
            return taking.take(connection, request, codes, reason, self._clock())

    def again(self, request: Request, serials: Sequence[Serial], reason: str) -> Taken:
        """These sheets are spoiled: their certificates go onto the next blank ones."""
        with self._writing() as connection:
            return taking.again(connection, request, serials, reason, self._clock())

    def resume(self, seen: Seen, start: str = "") -> Taken:
        """Put a job right by what came out of the printer; a new job takes what needs another sheet."""
        with self._writing() as connection:
            return resuming.resume(connection, seen, start, self._clock())

    def remaining(self, seen: Seen) -> tuple[str, ...]:
        """The certificates that `resume` would print again; nothing is written."""
        with self._reading() as connection:
            return resuming.remaining(connection, seen)

    def cancel(self, job: str) -> tuple[Serial, ...]:
        """Nothing of this job was printed: its sheets, as far as they are still printed, are blank again."""
        with self._writing() as connection:
            return taking.cancel(connection, job, self._clock())

    def finish(self, job: str, sha256: str) -> None:
        """Note the digest of a job's finished file."""
        with self._writing() as connection:
            taking.finish(connection, job, sha256)

    def job(self, job: str) -> PrintJob:
        """One print job with its pages."""
        with self._reading() as connection:
            return rows.job_of(connection, rows.job_row(connection, job))

    def printed_of(self, job: str) -> tuple[Sheet, ...]:
        """The sheets of a job that are printed and not handed out yet."""
        with self._reading() as connection:
            rows.job_row(connection, job)
            return rows.printed_of(connection, job)

    def unfinished(self) -> tuple[str, ...]:
        """The ids of print jobs without a finished file, oldest first."""
        with self._reading() as connection:
            query = (
                select(PRINT_JOBS.c.id)
                .where(PRINT_JOBS.c.sha256 == "")
                .where(PRINT_JOBS.c.id.in_(select(SHEETS.c.job)))
            )
            return tuple(connection.scalars(query.order_by(PRINT_JOBS.c.day, PRINT_JOBS.c.nth)))

    # Reading

    def sheet(self, serial: Serial, stock: str | None = None) -> Sheet:
        """One sheet; raises `RegisterError` if it was never received."""
        with self._reading() as connection:
            return rows.sheet_of(rows.sheet_row(connection, serial, stock))

    def history(
        self, serial: Serial, stock: str | None = None
    ) -> tuple[Receipt, tuple[SheetEvent, ...]]:
        """The receipt that brought a sheet, and everything that happened to it since."""
        with self._reading() as connection:
            row = rows.sheet_row(connection, serial, stock)
            return rows.receipt_with(connection, row), rows.history(connection, row.id)

    def of_certificate(self, code: str) -> tuple[Sheet, ...]:
        """Every sheet that a certificate was put on."""
        with self._reading() as connection:
            return rows.sheets_with(connection, code)

    def live(self, codes: Sequence[str]) -> dict[str, Sheet]:
        """By certificate: the sheet that counts, of those that stand on one."""
        with self._reading() as connection:
            return rows.live_sheets(connection, codes)

    def sheets(
        self, *states: SheetState, stock: str | None = None
    ) -> tuple[tuple[Sheet, datetime | None], ...]:
        """Sheets in these states by version and serial, each with the moment of its last event."""
        with self._reading() as connection:
            return tuple(balance.listed(connection, states, stock))

    def next_blank(self, start: Serial, stock: str | None = None) -> Serial | None:
        """The first blank sheet of a pile from `start` on."""
        with self._reading() as connection:
            of = rows.stock_of(connection, start, stock)
            return blanks.next_blank(connection, of, start)

    def balances(self, day: date | None = None) -> tuple[Balance, ...]:
        """The daily equation of each form version; None: today."""
        now = self._clock()
        with self._reading() as connection:
            return balance.balances(connection, day or now.date(), now)
