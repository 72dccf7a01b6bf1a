"""What `certgen print` does; its options stand in `print_sheets`, so that --help loads nothing."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from certgen import api, overprinting, terminal
from certgen.commands import print_words as words
from certgen.commands.paper_work import opened, ranges
from certgen.errors import InputError
from certgen.issuing.sheets import Order, Printed, SheetPrinter
from certgen.model.finding import Finding
from certgen.model.serials import Serial
from certgen.registry.ledger.values import JobKind, Request, Seen
from certgen.standards.text import shown

_RUN = re.compile(r"[0-9]{8}-[0-9]{2,}")


@dataclass(frozen=True, slots=True)
class Desk:
    """Where somebody prints: whose register, onto which printer, into which file, in which language."""

    agency: Path
    printer: tuple[str, str, str]  # printer, tray, paper as calibrated; '' the agency file's
    output: Path | None
    lang: str


def print_new(
    desk: Desk,
    what: Sequence[str],
    start: str,
    stock: str,
    order: str,
    *,
    count: int | None,
    reissue: bool,
    reason: str,
) -> int:
    """A run or single numbers onto the sheets from `start` on; the exit code, as of the others."""
    start = Serial.parse(start).text
    with _printer(desk) as (printer, found):
        if len(what) == 1 and _RUN.fullmatch(what[0]):
            if reissue:
                raise InputError(
                    zh="补发要写证书编号，不能写批次号",
                    en="a re-issue names certificates, not a run",
                )
            said = (what[0], order, *([] if count is None else [str(count)]))
            request = Request(JobKind.PRINT, said, stock, start)
            made = printer.run(what[0], request, Order(order), desk.output, count)
        else:
            kind = JobKind.REISSUE if reissue else JobKind.PRINT
            request = Request(kind, (*what, order), stock, start)
            made = printer.numbers(what, request, Order(order), desk.output, reason)
    return _told(made, found, desk.lang)


def print_again(desk: Desk, sheets: Sequence[str], start: str, stock: str, *, reason: str) -> int:
    """Spoiled ones again on the next sheets."""
    serials = [serial for serials in ranges(sheets) for serial in serials]
    with _printer(desk) as (printer, found):
        request = Request(JobKind.AGAIN, tuple(one.text for one in serials), stock, _start(start))
        made = printer.again(serials, request, desk.output, reason)
    return _told(made, found, desk.lang)


def print_rest(
    desk: Desk,
    job: str,
    shows: Sequence[str],
    last_good: str | None,
    spoiled: Sequence[str],
    start: str,
    *,
    reason: str,
) -> int:
    """Put a job right after a jam or a double feed; print the rest."""
    seen = Seen(
        job,
        dict(map(_look, shows)),
        None if last_good is None else Serial.parse(last_good),
        tuple(serial for serials in ranges(spoiled) for serial in serials),
        reason,
    )
    with _printer(desk) as (printer, found):
        made = printer.resume(seen, _start(start), desk.output)
    return _told(made, found, desk.lang)


def cancel(desk: Desk, job: str) -> int:
    """Nothing of a print job was printed."""
    with opened(desk.agency) as (_, register):
        words.cancelled(job, register.ledger.cancel(job), desk.lang)
    return 0


def _look(text: str) -> tuple[Serial, Serial]:
    sheet, equals, mark = text.partition("=")
    if not equals:
        raise InputError(
            zh=f"“{shown(text)}”应写成 纸上的流水码=页上的核对号，如 00012041=00012040",
            en=f"write {shown(text)!r} as NUMBER ON THE SHEET=CHECK MARK ON IT, like 00012041=00012040",
        )
    return Serial.parse(sheet), Serial.parse(mark)


def _start(text: str) -> str:
    return Serial.parse(text).text if text else ""


@contextmanager
def _printer(desk: Desk) -> Iterator[tuple[SheetPrinter, Mapping[str, Finding]]]:
    """The printer with its progress shown, at the command line's time."""
    with (
        terminal.watching(desk.lang) as watch,
        overprinting.desk(desk.agency, desk.printer, clock=api.now, watch=watch) as opened_,
    ):
        yield opened_


def _told(made: Printed, found: Mapping[str, Finding], lang: str) -> int:
    terminal.findings(list(found.values()), lang)
    words.printed(made, lang)
    if made.path is not None:
        click.echo(made.path)
    return terminal.exit_code(found.values(), done=1)
