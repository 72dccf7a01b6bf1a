"""What `certgen paper` and `certgen print` do; their options stand apart, so that --help loads nothing."""

import csv
import io
import re
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path

import click

from certgen import api, overprinting
from certgen.commands import paper_words as words
from certgen.errors import InputError
from certgen.exchange.agency import Agency
from certgen.issuing import files
from certgen.issuing.lists import plain as plain_cell
from certgen.model.serials import Serial, SerialRange
from certgen.registry.ledger.values import Sheet, SheetState
from certgen.registry.register import Register

_JOB = re.compile(r"P[0-9]{8}-[0-9]{2,}")


def opened(agency: Path, *, make: bool = False) -> AbstractContextManager[tuple[Agency, Register]]:
    """The agency and its register, at the command line's time; only a receipt of stock may make a new one."""
    return overprinting.opened(agency, make=make, clock=api.now)


def receive(agency: Path, serials: str, stock: str, by: str, note: str, lang: str) -> None:
    """Enter a range of blank sheets."""
    with opened(agency, make=True) as (_, register):
        words.received(register.ledger.receive(SerialRange.parse(serials), stock, by, note), lang)


def issued(agency: Path, what: Sequence[str], stock: str | None, lang: str) -> None:
    """Note sheets as handed out: by serials, by certificates, or a whole print job."""
    with opened(agency) as (_, register):
        found: list[SerialRange] = []
        codes: list[str] = []
        for text in what:
            if _JOB.fullmatch(text):
                printed = register.ledger.printed_of(text)
                found += [SerialRange(one.serial, one.serial) for one in printed]
                stock = register.ledger.job(text).stock
            elif register.find(text) is not None:
                codes.append(text)
            else:
                found.append(SerialRange.parse(text))
        words.noted(register.ledger.issue(found, codes, stock=stock), lang)


def spoil(agency: Path, what: Sequence[str], reason: str, stock: str | None, lang: str) -> None:
    """Note sheets as spoiled."""
    with opened(agency) as (_, register):
        words.noted(register.ledger.spoil(ranges(what), reason, stock=stock), lang)
        words.how_to_destroy(lang)


def lose(agency: Path, what: Sequence[str], reason: str, stock: str | None, lang: str) -> None:
    """Note sheets as lost."""
    with opened(agency) as (_, register):
        words.noted(register.ledger.lose(ranges(what), reason, stock=stock), lang)


def destroy(
    agency: Path, what: Sequence[str], by: str, witness: str, stock: str | None, lang: str
) -> None:
    """Note spoiled sheets as destroyed."""
    with opened(agency) as (_, register):
        words.noted(register.ledger.destroy(ranges(what), by, witness, stock=stock), lang)


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


def ranges(what: Sequence[str]) -> list[SerialRange]:
    """As they were typed."""
    return [SerialRange.parse(text) for text in what]
