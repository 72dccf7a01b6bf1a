"""A batch from beginning to end: pages read, matched to rows, judged, compared across, written back.

    account = run(Order(where=Path("scan.pdf"), listing=listing, out=Path("out"), ...), now)

It may be stopped at any moment: the same command goes on where it was. One page is in memory at a time.
"""

import csv
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from certgen import __version__
from certgen.errors import Said, StorageError
from certgen.exchange.register_view import RegisterView
from verify.batch import across
from verify.batch.listing import Listing, Row
from verify.batch.matching import Rows
from verify.batch.results import Account, Result, listed_facts, result_of, unreadable
from verify.batch.seeing import see, units_of
from verify.batch.sources import Unit, sources
from verify.batch.state import State
from verify.batch.workbook import cells, safe
from verify.batch.workbook import write as write_back
from verify.claims import Field
from verify.pipeline import Against, claims_of, report_on, verify_code
from verify.reading import Seen
from verify.report import Report, Subject
from verify.trusting import Trusted

SIGNED_PAGES = 4
"""Pages of a PDF that may be an electronic certificate, which has one."""

Watch = Callable[[int, int, str], None]
"""Told after each page: how many are done, of how many, and which it was."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to do."""

    where: Path | None  # a folder, zip, PDF or picture; None: the list alone
    listing: Listing | None
    out: Path
    trust: Trusted | None
    trust_digest: str = ""  # of what is trusted: when it changes, everything is judged anew
    register: RegisterView | None = None
    ocr: bool | None = None  # None: only where no code was found otherwise


def run(order: Order, now: datetime, watch: Watch = lambda _done, _total, _name: None) -> Account:
    """Do it, or go on with it. Raises `InputError` for what cannot be opened at all."""
    _folder(order.out)
    state = State(order.out / "reports.jsonl", _basis(order))
    results = list(_pages(order, state, now, watch))
    rows, without_page = _rows(order, results, now)
    facts = [one.facts() for one in results if one.values]
    if order.listing is not None:
        name = order.listing.path.name
        facts += [
            listed_facts(f"{name} 第 {row.number} 行", row.claims)
            for row in order.listing.rows
            if row.number in without_page
        ]
    found = across.look(facts)
    account = Account(tuple(results), rows, len(without_page), found)
    files = tuple(_written(order, account))
    return Account(account.results, rows, len(without_page), found, files)


def _pages(order: Order, state: State, now: datetime, watch: Watch) -> Iterator[Result]:
    """Every page, in order: those of an earlier run out of the state, the others read and judged now."""
    rows = Rows(order.listing.rows if order.listing else ())
    known, pending, failed = _sorted_out(order, state)
    total, done = len(known) + len(pending) + len(failed), 0
    for result in (*known, *failed):
        done += 1
        watch(done, total, result.where)
        yield result
    for unit, seen in see(pending, ocr=order.ocr):
        result, report = _judged(order, rows, unit, seen, now)
        state.add({**result.to_json(), "report": report.to_json() if report else None})
        done += 1
        watch(done, total, unit.name)
        yield result


def _sorted_out(order: Order, state: State) -> tuple[list[Result], list[Unit], list[Result]]:
    known: list[Result] = []
    pending: list[Unit] = []
    failed: list[Result] = []
    seen_before: set[str] = set()
    for source in sources(order.where) if order.where else ():
        units = units_of(source)
        if isinstance(units, Said):
            failed.append(unreadable("", source.name, units))
            continue
        for unit in units:
            if unit.key in seen_before:
                failed.append(unreadable(unit.key, unit.name, _SAME_FILE))
            elif unit.key in state.done:
                known.append(Result.from_json({**state.done[unit.key], "where": unit.name}))
            else:
                pending.append(unit)
            seen_before.add(unit.key)
    return known, pending, failed


_SAME_FILE = Said(
    "与前面的一个文件完全相同，未重复核验",
    "the very same file as an earlier one: not looked at twice",
)


def _judged(
    order: Order, rows: Rows, unit: Unit, seen: Seen | Said, now: datetime
) -> tuple[Result, Report | None]:
    if isinstance(seen, Said):
        return unreadable(unit.key, unit.name, seen), None
    row = rows.find(claims_of(seen))
    against = Against(register=order.register, listed=row.claims if row else ())
    kind = "pdf" if unit.pdf else "photo"
    subject = Subject(kind, unit.name, unit.sha256, unit.size, unit.page, unit.pages)
    # A scan of many pages is no electronic certificate: nothing in it is signed.
    pdf = unit.source.content() if unit.pdf and unit.pages <= SIGNED_PAGES else None
    report = report_on(seen, subject, order.trust, now, against, pdf)
    return result_of(
        report, unit.key, unit.name, row.number if row else None, seen.portrait
    ), report


def _rows(
    order: Order, results: Iterable[Result], now: datetime
) -> tuple[dict[int, Result], set[int]]:
    """Every row with its page's result, or with what its number alone says."""
    by_row: dict[int, Result] = {}
    for result in results:
        if result.row is not None:
            by_row.setdefault(result.row, result)
    without = set()
    for row in order.listing.rows if order.listing else ():
        if row.number not in by_row:
            without.add(row.number)
            by_row[row.number] = _number_alone(order, row, now)
    return dict(sorted(by_row.items())), without


def _number_alone(order: Order, row: Row, now: datetime) -> Result:
    against = Against(register=order.register, listed=row.claims)
    report = verify_code(row.value(Field.CODE), order.trust, now, against=against)
    return result_of(report, "", "", row.number, "")


def _basis(order: Order) -> dict[str, str]:
    listed = order.listing.path.read_bytes() if order.listing else b""
    return {
        "software": __version__,
        "trust": order.trust_digest,
        "register": order.register.source if order.register else "",
        "list": hashlib.sha256(listed).hexdigest() if listed else "",
        "ocr": str(order.ocr),
    }


def _folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise StorageError(
            zh=f"无法建立文件夹 {out}：{problem.strerror}",
            en=f"cannot make the folder {out}: {problem.strerror}",
        ) from problem


def _written(order: Order, account: Account) -> Iterator[str]:
    pages = order.out / "pages.csv"
    _table(
        pages,
        (
            "文件/页",
            "核验结论",
            "说明",
            "与名单不一致",
            "名单行",
            *(f.said.zh for f in _LISTED_FIELDS),
        ),
        (_page_line(one) for one in account.results),
    )
    yield str(pages)
    residue = order.out / "residue.csv"
    _table(
        residue, ("文件/页", "核验结论", "说明"), (_page_line(one)[:3] for one in account.residue)
    )
    yield str(residue)
    if account.across:
        found = order.out / "across.csv"
        _table(
            found,
            ("编号", "说明", "English", "所在", "依据"),
            (
                (one.code, one.said.zh, one.said.en, "；".join(one.where), one.clause)
                for one in account.across
            ),
        )
        yield str(found)
    if order.listing is not None:
        yield str(write_back(order.listing, account.rows, order.out))


_LISTED_FIELDS = (
    Field.CODE,
    Field.NAME,
    Field.OCCUPATION,
    Field.JOB,
    Field.LEVEL,
    Field.ISSUE_DATE,
)


def _page_line(one: Result) -> tuple[str, ...]:
    word, why, differs, where = cells(one)
    row = "" if one.row is None else str(one.row)
    return (where, word, why, differs, row, *(one.values.get(f.value, "") for f in _LISTED_FIELDS))


def _table(path: Path, head: tuple[str, ...], lines: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        writer.writerows(tuple(map(safe, line)) for line in lines)
