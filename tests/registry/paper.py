"""A register with issued numbers and a pile of sheets, and what an operator asks of them."""

from collections.abc import Sequence

from certgen.model.serials import Serial, SerialRange
from certgen.registry.ledger.values import JobKind, PrintJob, Request, Seen, SheetState, Taken
from certgen.registry.register import Register

from .builders import PLAN, give, issue

STOCK = "2026年版"
FIRST = 12001


def serial(number: int) -> Serial:
    """The sheet of this number; small ones count from the first of the pile."""
    return Serial("", number + FIRST - 1 if number < FIRST else number, 8)


def spans(*numbers: int) -> list[SerialRange]:
    return [SerialRange(serial(one), serial(one)) for one in numbers]


def issued(register: Register, job: str, count: int) -> list[str]:
    """So many issued numbers, planned as for a batch that was really made."""
    codes = give(register, job, count)
    register.set_plan(codes, PLAN)
    issue(register, *codes)
    return codes


def stock(register: Register, count: int) -> None:
    """A pile of so many sheets."""
    whole = SerialRange(serial(1), serial(count))
    register.ledger.receive(whole, STOCK, "张样例")


def ask(codes: Sequence[str], start: int = 1, kind: JobKind = JobKind.PRINT) -> Request:
    return Request(kind, tuple(codes), start=serial(start).text)


def take(register: Register, codes: Sequence[str], start: int = 1) -> PrintJob:
    """Print these certificates from that sheet on, to the finished file."""
    return done(register, register.ledger.take(ask(codes, start), codes))


def done(register: Register, taken: Taken) -> PrintJob:
    assert taken.job is not None
    register.ledger.finish(taken.job.id, "d" * 64)
    return taken.job


def seen(job: PrintJob, last_good: int | None = None, **said: object) -> Seen:
    """What the operator says: `shows` of number → mark, `spoiled` numbers, a reason."""
    shows = said.pop("shows", {})
    spoiled = said.pop("spoiled", ())
    assert isinstance(shows, dict)
    assert isinstance(spoiled, tuple)
    return Seen(
        job.id,
        {serial(sheet): serial(mark) for sheet, mark in shows.items()},
        None if last_good is None else serial(last_good),
        tuple(serial(one) for one in spoiled),
        **said,  # type: ignore[arg-type]
    )


def on(register: Register) -> dict[int, str]:
    """Number in the pile → last two digits of the certificate on the live sheet."""
    live = register.ledger.sheets(SheetState.PRINTED, SheetState.ISSUED)
    return {
        sheet.serial.number - FIRST + 1: str(sheet.code)[-2:] for sheet, _ in live if sheet.live
    }


def states(register: Register) -> str:
    """The pile, a letter a sheet: b blank, p printed, i issued, s spoiled, d destroyed, l lost."""
    return "".join(sheet.state.value[0] for sheet, _ in register.ledger.sheets())


def closes(register: Register) -> None:
    """The equation must hold and nothing may disagree."""
    for one in register.ledger.balances():
        assert one.closes, one
