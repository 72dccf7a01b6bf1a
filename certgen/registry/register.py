"""The register (证书台账): gives certificate codes (证书编码) and remembers whose they are.

Every number that is given here is *pending* (reserved for a named row), *issued*, or *void* with a
reason. Numbers that a platform chose are adopted, numbers issued elsewhere are imported: they have
the same three states, and counting goes on behind them. A run that is killed at any moment and
started again meets its rows under the same numbers; the same people in a re-sorted or corrected
roster get nothing new; a changed row is an answer, never an overwrite.

Each method that writes is one transaction on disk when it returns, or nothing; and each may be
repeated with the same facts. Anything the caller must mend is a `RegisterError`; what becomes of
a row is a `Reservation`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import ColumnElement, Connection, Engine, and_, func, select

from certgen.registry import counters, database, imports, rows, runs, standing, steps
from certgen.registry.entries import (
    Conflict,
    Done,
    Earlier,
    Entry,
    Event,
    ImportReport,
    Job,
    Known,
    Mark,
    Numbering,
    Origin,
    Outcome,
    PrintPart,
    Reservation,
    State,
    Statuses,
    Wanted,
    Why,
)
from certgen.registry.ledger.book import Ledger
from certgen.registry.place import local_file
from certgen.registry.reserve import foresee, reserve
from certgen.registry.schema import NUMBERS

__all__ = [
    "Conflict",
    "Done",
    "Earlier",
    "Entry",
    "Event",
    "ImportReport",
    "Job",
    "Known",
    "Mark",
    "Numbering",
    "Origin",
    "Outcome",
    "PrintPart",
    "Register",
    "Reservation",
    "State",
    "Statuses",
    "Wanted",
    "Why",
]


class Register:
    """An open register. Use it in `with`; several processes may have the same one open."""

    def __init__(
        self, path: Path, engine: Engine, key: bytes, clock: Callable[[], datetime]
    ) -> None:
        self.path = path
        self._engine = engine
        self._key = key
        self._clock = clock
        self.ledger = Ledger(self._reading, self._writing, clock)
        """The pre-printed sheets of paper (纸张台账)."""

    @classmethod
    def open(cls, path: Path, *, clock: Callable[[], datetime]) -> Self:
        """The register at `path`, made empty (mode 0600) if nothing is there, an older one migrated.

        `clock` gives the local time with its zone. Raises `RegisterError` for a database address, a
        network share, a folder that cannot be written, a file that is no register or a newer one.
        """
        path = local_file(path)
        with database.in_words(path):
            if not path.exists():
                database.create(path, clock())
            engine, key = database.open_checked(path)
        return cls(path, engine, key, clock)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # Issuing runs (制证批次)

    def open_job(self, *, roster: str, sha256: str) -> str:
        """The id of a new run, 'YYYYMMDD-NN' by the clock's local date."""
        with self._writing() as connection:
            return runs.open_job(connection, roster, sha256, self._clock())

    def open_jobs(self) -> tuple[Job, ...]:
        """The runs that are not finished, oldest first."""
        with self._reading() as connection:
            return runs.open_jobs(connection)

    def job(self, job_id: str) -> Job:
        """One run; raises `RegisterError` if there is none of this id."""
        with self._reading() as connection:
            return runs.job(connection, job_id)

    def close_job(self, job: str) -> bool:
        """Close the run unless a row is pending or not released; says whether it is closed."""
        with self._writing() as connection:
            return runs.close_job(connection, job, self._clock())

    # From a row to an issued certificate

    def reserve(self, job: str, wanted: Sequence[Wanted]) -> list[Reservation]:
        """Answer every row, in order; new numbers are pending under `job`.

        A row that holds a number keeps it, in the run that reserved it (`Reservation.batch`).
        Raises `RegisterError`, giving nothing, if a first serial would leave a gap in a counter.
        """
        with self._writing() as connection:
            runs.working_job(connection, job)
            return reserve(connection, self._key, job, wanted, self._clock())

    def foresee(self, wanted: Sequence[Wanted]) -> list[Reservation]:
        """What `reserve` would answer now; nothing is written."""
        with self._reading() as connection:
            return foresee(connection, self._key, wanted, self._clock())

    def set_plan(self, codes: Sequence[str], plan: str) -> None:
        """Note the digest of the plan that these pending numbers will be stamped from."""
        with self._writing() as connection:
            steps.set_plan(connection, codes, plan)

    def set_qr(self, texts: Mapping[str, str]) -> None:
        """Note what the QR codes of these pending numbers say, by code: signed once, and the same ever after."""
        with self._writing() as connection:
            steps.set_qr(connection, texts)

    def record(self, done: Sequence[Done]) -> None:
        """Pending to issued, all or none.

        Raises `RegisterError` if a number is neither pending nor issued as this very file.
        """
        with self._writing() as connection:
            steps.record(connection, done, self._clock())

    def release(self, codes: Sequence[str]) -> None:
        """Note that the files of these issued numbers are in their public place."""
        with self._writing() as connection:
            steps.release(connection, codes, self._clock())

    def countersign(self, signed: Sequence[tuple[str, Done]]) -> None:
        """Note the finished files of a branch that signed elsewhere, each with the digest of what it was sent.

        From now on the register knows the finished file; its history keeps the digest of the other.
        """
        with self._writing() as connection:
            steps.countersign(connection, signed, self._clock())

    def void(self, code: str, reason: str) -> None:
        """Take a number out of use for good. Its row may be given another one."""
        with self._writing() as connection:
            steps.void(connection, code, reason, self._clock())

    def mark(self, code: str, mark: Mark, reason: str) -> None:
        """Suspend an issued number, lift that, or note that another certificate replaces it (for good)."""
        with self._writing() as connection:
            steps.mark(connection, code, mark, reason, self._clock())

    def publish_statuses(self) -> Statuses:
        """What a status list has to say now, under a number that no earlier list had."""
        with self._writing() as connection:
            return steps.statuses(connection, self._clock())

    # Numbers issued elsewhere

    def import_numbers(self, rows: Sequence[Wanted], *, file: str, sha256: str) -> ImportReport:
        """Take over a list: each row's number is known as issued from now on, without a file.

        A number that is there already stays as it is; a row that contradicts it is reported. All of
        the list is one transaction.
        """
        with self._writing() as connection:
            return imports.import_numbers(connection, self._key, rows, file, sha256, self._clock())

    def foresee_import(self, rows: Sequence[Wanted]) -> ImportReport:
        """What `import_numbers` would report now; nothing is written."""
        with self._reading() as connection:
            return imports.foresee(connection, self._key, rows, self._clock())

    def known_numbers(self, first15: str) -> tuple[Known, ...]:
        """The identity numbers in the register that begin with these 15 characters, masked.

        For a number whose end a spreadsheet has lost: a hint to the clerk, never a repair.
        """
        with self._reading() as connection:
            return standing.known_numbers(connection, self._key, first15)

    # Reading. Iterators hold no transaction: the caller may write meanwhile.

    def pending(self, job: str) -> Iterator[Entry]:
        """What the run has still to make, in order of reservation."""
        return self.entries(job, state=State.PENDING)

    def unreleased(self, job: str) -> Iterator[Entry]:
        """Issued but not in their public place: a run was stopped between record and release."""
        return self._paged(_of(job, State.ISSUED) & (NUMBERS.c.released == 0))

    def entries(self, job: str, *, state: State | None = None) -> Iterator[Entry]:
        """The numbers that the run reserved, in that order."""
        return self._paged(_of(job, state))

    def find(self, code: str) -> Entry | None:
        """What is known about a code."""
        with self._reading() as connection:
            row = connection.execute(select(NUMBERS).where(NUMBERS.c.code == code)).one_or_none()
        return None if row is None else rows.entry_of(row)

    def events(self, code: str) -> tuple[Event, ...]:
        """Everything that happened to a code, oldest first."""
        with self._reading() as connection:
            return rows.history(connection, code)

    def countersigned(self, job: str) -> frozenset[str]:
        """The codes of the run whose files came back from a branch that signed elsewhere."""
        with self._reading() as connection:
            return steps.countersigned(connection, job)

    def counts(self) -> dict[str, int]:
        """How many numbers are 'pending', 'issued' and 'void'."""
        query = select(NUMBERS.c.state, func.count()).group_by(NUMBERS.c.state)
        with self._reading() as connection:
            found = {row[0]: row[1] for row in connection.execute(query)}
        return {state.value: found.get(state.value, 0) for state in State}

    def numbering(self, counter: str) -> Numbering | None:
        """Every number of a counter (first 16 characters of the code), None if none is known."""
        with self._reading() as connection:
            return counters.numbering(connection, counter)

    # The print PDF of a run, in one or several parts

    def start_print_part(self, job: str, *, codes: Sequence[str] | None = None) -> PrintPart | None:
        """The unfinished part again if there is one, else a new part, None if no page is left.

        A new part takes all numbers of the run that are not void and in no part yet; with `codes`,
        only those among them.
        """
        with self._writing() as connection:
            return runs.start_print_part(connection, job, codes)

    def entries_of_part(self, part: PrintPart) -> Iterator[Entry]:
        """Whose pages the part has, in order of reservation."""
        return self._paged(runs.pages_of(part))

    def finish_print_part(self, part: PrintPart, sha256: str) -> None:
        """Note the digest of the finished file; the part is never made again."""
        with self._writing() as connection:
            runs.finish_print_part(connection, part, sha256)

    def _paged(self, condition: ColumnElement[bool]) -> Iterator[Entry]:
        return rows.paged(self._reading, condition)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with database.in_words(self.path), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        engine = self._engine.execution_options(writes=True)
        with database.in_words(self.path), engine.begin() as connection:
            yield connection


def _of(job: str, state: State | None) -> ColumnElement[bool]:
    this = NUMBERS.c.job == job
    return this if state is None else and_(this, NUMBERS.c.state == state.value)
