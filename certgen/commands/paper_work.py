"""What `certgen paper` and `certgen print` do; their options stand apart, so that --help loads nothing."""

import csv
import io
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import click

from certgen import api, terminal
from certgen.commands import paper_words as words
from certgen.errors import InputError
from certgen.exchange import agency_file
from certgen.exchange.agency import Agency
from certgen.issuing import files
from certgen.issuing.forms import Forms
from certgen.issuing.lists import plain as plain_cell
from certgen.issuing.sheet_file import plain
from certgen.issuing.sheets import Order, Printed, SheetPrinter
from certgen.model.serials import Serial, SerialRange
from certgen.registry.ledger.values import JobKind, Request, Seen, Sheet, SheetState
from certgen.registry.register import Register
from certgen.standards.text import shown

_RUN = re.compile(r"[0-9]{8}-[0-9]{2,}")
_JOB = re.compile(r"P[0-9]{8}-[0-9]{2,}")


@contextmanager
def opened(agency: Path, *, make: bool = False) -> Iterator[tuple[Agency, Register]]:
    """The agency and its register; only a receipt of stock may make a new one."""
    described = agency_file.load(agency)
    if not described.register.exists() and not make:
        raise InputError(zh="还没有台账", en="there is no register yet")
    with Register.open(described.register, clock=api.now) as register:
        yield described, register


def receive(agency: Path, serials: str, stock: str, by: str, note: str, lang: str) -> None:
    """Enter a range of blank sheets."""
    with opened(agency, make=True) as (_, register):
        words.received(register.ledger.receive(SerialRange.parse(serials), stock, by, note), lang)


def issued(agency: Path, what: Sequence[str], stock: str | None, lang: str) -> None:
    """Note sheets as handed out: by serials, by certificates, or a whole print job."""
    with opened(agency) as (_, register):
        ranges: list[SerialRange] = []
        codes: list[str] = []
        for text in what:
            if _JOB.fullmatch(text):
                printed = register.ledger.printed_of(text)
                ranges += [SerialRange(one.serial, one.serial) for one in printed]
                stock = register.ledger.job(text).stock
            elif register.find(text) is not None:
                codes.append(text)
            else:
                ranges.append(SerialRange.parse(text))
        words.noted(register.ledger.issue(ranges, codes, stock=stock), lang)


def spoil(agency: Path, what: Sequence[str], reason: str, stock: str | None, lang: str) -> None:
    """Note sheets as spoiled."""
    with opened(agency) as (_, register):
        words.noted(register.ledger.spoil(_ranges(what), reason, stock=stock), lang)
        words.how_to_destroy(lang)


def lose(agency: Path, what: Sequence[str], reason: str, stock: str | None, lang: str) -> None:
    """Note sheets as lost."""
    with opened(agency) as (_, register):
        words.noted(register.ledger.lose(_ranges(what), reason, stock=stock), lang)


def destroy(
    agency: Path, what: Sequence[str], by: str, witness: str, stock: str | None, lang: str
) -> None:
    """Note spoiled sheets as destroyed."""
    with opened(agency) as (_, register):
        words.noted(register.ledger.destroy(_ranges(what), by, witness, stock=stock), lang)


def balance(agency: Path, day: datetime | None, lang: str) -> None:
    """Tell the daily equation; exit code 1 where it does not close."""
    wanted: date | None = None if day is None else day.date()
    with opened(agency) as (_, register):
        found = register.ledger.balances(wanted)
        unfinished = register.ledger.unfinished()
    if not found:
        raise InputError(
            zh="纸张台账中还没有领入记录：请先 certgen paper receive",
            en="the paper ledger has no receipts yet: begin with certgen paper receive",
        )
    for one in found:
        words.balanced(one, lang)
    words.unfinished(unfinished, lang)
    sys.exit(0 if all(one.closes for one in found) else 1)


def listed(
    agency: Path, states: Sequence[str], stock: str | None, output: Path | None, lang: str
) -> None:
    """Spoiled and lost sheets for the filing authority, as CSV or on the screen."""
    if output is not None and output.exists():
        raise InputError(
            zh=f"{output} 已存在，不会覆盖：请换一个文件名",
            en=f"{output} exists and is not overwritten: choose another name",
        )
    with opened(agency) as (_, register):
        found = register.ledger.sheets(*map(SheetState, states), stock=stock)
    rows = [_listed(sheet, at) for sheet, at in found]
    if output is None:
        for row in rows:
            click.echo("  ".join(filter(None, row)))
        words.counted(len(rows), lang)
        return
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(words.COLUMNS)
    writer.writerows([plain_cell(cell) for cell in row] for row in rows)
    files.replace(output.parent, {output.name: text.getvalue().encode("utf-8-sig")})
    words.counted(len(rows), lang)
    click.echo(output)


def _listed(sheet: Sheet, at: datetime | None) -> tuple[str, ...]:
    """A row of the list. `No.` stands before a serial as on the sheet: Excel would cut bare noughts."""
    return (
        f"No.{sheet.serial.text}",
        sheet.stock,
        words.state(sheet).zh,
        words.state(sheet).en,
        sheet.code or "",
        "" if at is None else f"{at.astimezone():%Y-%m-%d %H:%M}",
        sheet.reason,
        sheet.destroyed_by,
        sheet.witness,
    )


def show(agency: Path, serial: str, stock: str | None, lang: str) -> None:
    """One sheet from its receipt on."""
    with opened(agency) as (_, register):
        ledger, wanted = register.ledger, Serial.parse(serial)
        receipt, events = ledger.history(wanted, stock)
        words.shown(ledger.sheet(wanted, stock), receipt, events, lang)


# certgen print


def print_new(
    agency: Path,
    what: Sequence[str],
    start: str,
    stock: str,
    order: str,
    output: Path | None,
    lang: str,
    *,
    count: int | None,
    reissue: bool,
    reason: str,
) -> None:
    """A run or single numbers onto the sheets from `start` on."""
    start = Serial.parse(start).text
    with _printer(agency, lang) as printer:
        if len(what) == 1 and _RUN.fullmatch(what[0]):
            if reissue:
                raise InputError(
                    zh="补发要写证书编号，不能写批次号",
                    en="a re-issue names certificates, not a run",
                )
            said = (what[0], order, *([] if count is None else [str(count)]))
            request = Request(JobKind.PRINT, said, stock, start)
            made = printer.run(what[0], request, Order(order), output, count)
        else:
            kind = JobKind.REISSUE if reissue else JobKind.PRINT
            request = Request(kind, (*what, order), stock, start)
            made = printer.numbers(what, request, Order(order), output, reason)
    _told(made, lang)


def print_again(
    agency: Path,
    sheets: Sequence[str],
    start: str,
    stock: str,
    output: Path | None,
    lang: str,
    *,
    reason: str,
) -> None:
    """Spoiled ones again on the next sheets."""
    serials = [serial for serials in _ranges(sheets) for serial in serials]
    with _printer(agency, lang) as printer:
        request = Request(JobKind.AGAIN, tuple(one.text for one in serials), stock, _start(start))
        made = printer.again(serials, request, output, reason)
    _told(made, lang)


def print_rest(
    agency: Path,
    job: str,
    shows: Sequence[str],
    last_good: str | None,
    spoiled: Sequence[str],
    start: str,
    output: Path | None,
    lang: str,
    *,
    reason: str,
) -> None:
    """Put a job right after a jam or a double feed; print the rest."""
    seen = Seen(
        job,
        dict(map(_look, shows)),
        None if last_good is None else Serial.parse(last_good),
        tuple(serial for serials in _ranges(spoiled) for serial in serials),
        reason,
    )
    with _printer(agency, lang) as printer:
        made = printer.resume(seen, _start(start), output)
    _told(made, lang)


def cancel(agency: Path, job: str, lang: str) -> None:
    """Nothing of a print job was printed."""
    with opened(agency) as (_, register):
        words.cancelled(job, register.ledger.cancel(job), lang)


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


def _ranges(what: Sequence[str]) -> list[SerialRange]:
    return [SerialRange.parse(text) for text in what]


@contextmanager
def _printer(agency: Path, lang: str) -> Iterator[SheetPrinter]:
    with opened(agency) as (described, register), terminal.watching(lang) as watch:
        folder = described.register.with_suffix(".plans")
        forms = Forms(described, api.fonts_of(described), folder, signed=False)
        yield SheetPrinter(register, forms, plain(described), watch)


def _told(made: Printed, lang: str) -> None:
    words.printed(made, lang)
    if made.path is not None:
        click.echo(made.path)
