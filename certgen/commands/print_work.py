"""What `certgen print` does; its options stand in `print_sheets`, so that --help loads nothing."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from certgen import api, overprinting, terminal
from certgen.commands import print_words as words
from certgen.commands.paper_work import opened, ranges
from certgen.errors import InputError
from certgen.issuing.forms import Forms
from certgen.issuing.sheets import Order, Printed, SheetPrinter
from certgen.model.serials import Serial
from certgen.registry.ledger.values import JobKind, Request, Seen
from certgen.standards.text import shown

_RUN = re.compile(r"[0-9]{8}-[0-9]{2,}")


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
    serials = [serial for serials in ranges(sheets) for serial in serials]
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
        tuple(serial for serials in ranges(spoiled) for serial in serials),
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


@contextmanager
def _printer(agency: Path, lang: str) -> Iterator[SheetPrinter]:
    with opened(agency) as (described, register), terminal.watching(lang) as watch:
        folder = described.register.with_suffix(".plans")
        forms = Forms(described, api.fonts_of(described), folder, signed=False)
        yield SheetPrinter(register, forms, overprinting.loaded(described), watch)


def _told(made: Printed, lang: str) -> None:
    words.printed(made, lang)
    if made.path is not None:
        click.echo(made.path)
