"""A storm of kills over a day of printing onto numbered sheets: `certgen print`, `certgen paper`, killed at every step.

    python -m bench.paper_storm --kills 200

The day: stock comes in, a batch is printed, a double feed and a jam are put right, a spoiled sheet is printed again,
sheets are issued, one is re-issued, others are lost, spoiled and destroyed. After each kill the daily equation must
close, no certificate may stand on two live sheets, and every file must be whole. Then the command that was killed is
given again and the day goes on: it must end with the tables, sheet by sheet and event by event, and the very files of
a day that nobody disturbed. Exit code 1 and the folder kept if anything differs.
"""

import argparse
import hashlib
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache, partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from desk import JOB, NOW, BrokenError, must, prepare
from kills import Place, When, arm, nth_kill, table

from certgen import api
from certgen.exchange import agency_file
from certgen.fonts import fontset
from certgen.issuing import electronic, files
from certgen.issuing.forms import Forms
from certgen.issuing.sheet_file import Loaded
from certgen.issuing.sheets import Order, SheetPrinter
from certgen.model.serials import Serial, SerialRange
from certgen.registry.entries import State
from certgen.registry.ledger import resuming, steps, taking
from certgen.registry.ledger.book import Ledger
from certgen.registry.ledger.values import JobKind, Request, Seen, SheetState
from certgen.registry.register import Register
from certgen.render import plan_file
from certgen.render.overprint import SheetsFile

RANDOM = "any moment"
TABLES = ("stock_receipts", "print_jobs", "sheets", "print_pages", "sheet_events", "events")
PRINTED = "P20260601-0"


@dataclass(frozen=True, slots=True)
class Day:
    """A folder with an issued run, in which a day of printing is done."""

    folder: Path

    def do(self, first: int = 0) -> None:
        """The day's commands, from the `first` on; which one is at work stands in a file."""
        agency = agency_file.load(self.folder / "agency.toml")
        with Register.open(agency.register, clock=lambda: NOW) as register:
            folder = agency.register.with_suffix(".plans")
            forms = Forms(agency, api.fonts_of(agency), folder, signed=False)
            desk = SheetPrinter(register, forms, Loaded(), api.unwatched)
            codes = [entry.code for entry in register.entries(JOB, state=State.ISSUED)][:5]
            for nth, command in list(enumerate(COMMANDS))[first:]:
                (self.folder / "at.new").write_text(str(nth))
                os.rename(self.folder / "at.new", self.folder / "at")  # noqa: PTH104  (Path.replace is watched)
                command(register.ledger, desk, codes, self.folder)

    @property
    def at(self) -> int:
        """The command that was at work last."""
        return int((self.folder / "at").read_text())

    def tables(self) -> Mapping[str, list[tuple[object, ...]]]:
        """All that the ledger holds, and the history of the numbers."""
        with closing(sqlite3.connect(self.folder / "register.db")) as connection:
            return {
                name: connection.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608 (our names)
                for name in TABLES
            }

    def files(self) -> dict[str, str]:
        """The print files, by name, with their SHA-256; left-overs too."""
        return {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(self.folder.glob("*.pdf*")) + sorted(self.folder.glob(".*.part"))
        }


def _span(first: int, last: int | None = None) -> list[SerialRange]:
    return [SerialRange(_serial(first), _serial(last or first))]


def _serial(number: int) -> Serial:
    return Serial("", 12000 + number, 8)


def _receive(ledger: Ledger, *_: object) -> None:
    ledger.receive(SerialRange(_serial(1), _serial(40)), "2026年版", "张样例", "一箱")


def _print(_: Ledger, desk: SheetPrinter, codes: Sequence[str], folder: Path) -> None:
    request = Request(JobKind.PRINT, tuple(codes), start=_serial(1).text)
    desk.numbers(codes, request, Order.ROSTER, folder / "first.pdf", "")


def _double_feed_and_jam(_: Ledger, desk: SheetPrinter, __: object, folder: Path) -> None:
    """Sheet 2 passed unprinted, sheet 5 jammed."""
    shows = {_serial(3): _serial(2)}
    seen = Seen(PRINTED + "1", shows, _serial(4), (_serial(5),), "卡纸")
    desk.resume(seen, "", folder / "rest.pdf")


def _again(_: Ledger, desk: SheetPrinter, __: object, folder: Path) -> None:
    request = Request(JobKind.AGAIN, (_serial(6).text,))
    desk.again([_serial(6)], request, folder / "again.pdf", "墨污")


def _issue(ledger: Ledger, *_: object) -> None:
    ledger.issue([*_span(1), *_span(3, 4)])


def _reissue(_: Ledger, desk: SheetPrinter, codes: Sequence[str], folder: Path) -> None:
    request = Request(JobKind.REISSUE, (codes[0],), start=_serial(20).text)
    desk.numbers(codes[:1], request, Order.ROSTER, folder / "reissue.pdf", "遗失")


def _spoil(ledger: Ledger, *_: object) -> None:
    ledger.spoil(_span(30, 31), "污损")


def _lose(ledger: Ledger, *_: object) -> None:
    ledger.lose([*_span(2), *_span(31)], "找不到")


def _destroy(ledger: Ledger, *_: object) -> None:
    ledger.destroy([*_span(5, 6), *_span(30)], "张样例", "李样例")


COMMANDS: Sequence[Callable[[Ledger, SheetPrinter, Sequence[str], Path], None]] = (
    _receive, _print, _double_feed_and_jam, _again, _issue, _reissue, _spoil, _lose, _destroy,
)  # fmt: skip

_JOBS = (1, 2, 3, 4)  # four files a day
_PAGES = range(1, 23)  # five, two, one, one; all tried out before, the first of a form twice
_FLUSHES = range(1, 17)  # file, folder, name, folder for each


def _after(owner: object, name: str, counts: Sequence[int]) -> Place:
    return Place(owner, name, When.AFTER, counts)


def _before(owner: object, name: str, counts: Sequence[int]) -> Place:
    return Place(owner, name, When.BEFORE, counts)


# Functions of `steps`, `taking` and `resuming` run inside a transaction: after them nothing is committed yet.
PLACES: Mapping[str, Sequence[Place]] = {
    "receive": (_after(steps, "receive", (1,)), _after(Ledger, "receive", (1,))),
    "take sheets": (
        _before(Ledger, "take", (1, 2)),
        _after(taking, "begin", (1, 2)),
        _after(Ledger, "take", (1, 2)),
    ),
    "draw": (_before(SheetsFile, "add", _PAGES), _after(SheetsFile, "add", _PAGES)),
    "end the file": (
        _before(SheetsFile, "finish", _JOBS),
        _after(SheetsFile, "finish", _JOBS),
    ),
    "flush": (_before(files, "_fsync", _FLUSHES), _after(files, "_fsync", _FLUSHES)),
    "rename": (_before(Path, "replace", _JOBS), _after(Path, "replace", _JOBS)),
    "note the digest": (_after(taking, "finish", _JOBS), _after(Ledger, "finish", _JOBS)),
    "jam and double feed": (
        _after(resuming, "settle", (1,)),
        _after(resuming, "_write", (1,)),
        _after(resuming, "begin", (1,)),
        _after(Ledger, "resume", (1,)),
    ),
    "again": (
        _after(taking, "take_out", (1,)),
        _after(taking, "again", (1,)),
        _after(Ledger, "again", (1,)),
    ),
    "re-issue": (_after(taking, "_replace", (1,)), _after(taking, "take", (2,))),
    "issue": (_after(steps, "issue", (1,)), _after(Ledger, "issue", (1,))),
    "spoil, lose, destroy": (
        _after(steps, "take_out", (1, 2)),
        _after(Ledger, "lose", (1,)),
        _after(steps, "destroy", (1,)),
        _after(Ledger, "destroy", (1,)),
    ),
}
"""Step → its places, in the order of the day."""


def child(day: Day, before: Callable[[], None], first: int = 0) -> int:
    """Start a process that does the day; its id."""
    pid = os.fork()
    if pid:
        return pid
    with (day.folder / "child.log").open("w") as log:
        try:
            before()
            day.do(first)
        except BaseException:  # noqa: BLE001  (whatever it is, the parent must hear of it)
            traceback.print_exc(file=log)
            log.flush()
            os._exit(1)
    os._exit(0)


def _died(pid: int) -> bool:
    _, status = os.waitpid(pid, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def check_stopped(day: Day, files_after: Mapping[str, str]) -> None:
    """The equation closes, no certificate stands on two sheets, no file is torn."""
    with Register.open(day.folder / "register.db", clock=lambda: NOW) as register:
        for one in register.ledger.balances():
            must(one.closes, f"the equation does not close: {one}")
        printed = register.ledger.sheets(SheetState.PRINTED, SheetState.ISSUED)
    live = [sheet.code for sheet, _ in printed if sheet.live]
    must(len(live) == len(set(live)), "a certificate stands on two live sheets")
    for name, digest in day.files().items():
        must(name.endswith(".part") or digest == files_after[name], f"{name} is torn")


def check_resumed(
    day: Day, after: Mapping[str, list[tuple[object, ...]]], whole: Mapping[str, str]
) -> None:
    """Give the command again and do the rest of the day: everything as if nobody had disturbed it."""
    pid = child(day, lambda: None, day.at)
    _, status = os.waitpid(pid, 0)
    must(status == 0, (day.folder / "child.log").read_text())
    now = day.tables()
    for name in TABLES:
        must(now[name] == after[name], f"the table {name} is different")
    must(day.files() == whole, f"the files are different: {day.files()}")


def storm(desk: Path, folder: Path, total: int, seed: int) -> Iterator[str]:
    """Kill `total` times, evenly over the steps; the step of each kill, once it has been survived."""
    # Fonts, photos and plans are read once, not in each of the processes.
    fontset.load = lru_cache(fontset.load)
    electronic.prepare = lru_cache(electronic.prepare)
    plan = next(desk.glob("*.plans/*.plan"))
    kept = plan_file.load(plan.stem, plan.parent)
    load = plan_file.load
    plan_file.load = lambda name, folder: kept if name == plan.stem else load(name, folder)
    began = time.monotonic()
    reference = Day(_copy(desk, folder / "reference"))
    reference.do()
    seconds = time.monotonic() - began
    after, whole = reference.tables(), reference.files()
    day = Day(folder / "storm")
    for nth in range(total * len(PLACES) // (len(PLACES) + 1)):
        step = list(PLACES)[nth % len(PLACES)]
        place, count = nth_kill(PLACES[step], nth // len(PLACES))
        _copy(desk, day.folder)
        where = f"{step}: {place.when.name} {place.name} {count}"
        died = _died(child(day, partial(arm, place, count)))
        must(died, f"{where} never came: {(day.folder / 'child.log').read_text()}")
        _survive(day, after, whole, where)
        yield step
        total -= 1
    dice = random.Random(seed)  # noqa: S311  (moments, not secrets)
    while total:
        _copy(desk, day.folder)
        pid = child(day, lambda: None)
        moment = dice.uniform(0, seconds)
        time.sleep(moment)
        os.kill(pid, signal.SIGKILL)
        if _died(pid) and (day.folder / "at").exists():
            _survive(day, after, whole, f"{RANDOM}: after {moment:.3f} s")
            yield RANDOM
            total -= 1


def _copy(desk: Path, folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(desk, folder, ignore=shutil.ignore_patterns("out"))
    return folder


def _survive(
    day: Day, after: Mapping[str, list[tuple[object, ...]]], whole: Mapping[str, str], where: str
) -> None:
    try:
        check_stopped(day, whole)
        check_resumed(day, after, whole)
    except BrokenError as problem:
        problem.add_note(f"killed at {where}; see {day.folder}")
        raise


def save(counts: Mapping[str, int], command: str) -> Path:
    """Write docs/paper-storm.md."""
    path = Path(__file__).parents[1] / "docs" / "paper-storm.md"
    text = f"""# A storm of kills over the paper ledger

`{command}`, {datetime.now(UTC):%Y-%m-%d}. A day of printing onto numbered sheets: forty sheets received, five
certificates printed, a double feed and a jam put right, a spoiled sheet printed again, sheets issued, one re-issued,
others lost, spoiled and destroyed.

Each kill is a SIGKILL of the process that does the day. After it the daily equation closed, no certificate stood on
two live sheets and no file was torn. Then the command that was killed was given again and the day went on: it ended
with the tables of the ledger, sheet by sheet and event by event, and with the files, byte by byte, of a day nobody
disturbed.

{table(counts)}

`bench/paper_storm.py` names the places. As with [the storm of the batch](storm.md), a kill cannot test a power cut.
"""
    path.write_text(text, "utf-8")
    return path


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(
        description="Kills a day of printing at every step. 打印与台账强制终止测试。"
    )
    parser.add_argument("--kills", type=int, default=200, help="how many (default 200)")
    parser.add_argument("--seed", type=int, default=1, help="of the moments chosen at random")
    parser.add_argument(
        "--desk", type=Path, help="an agency's folder with an issued run (default: made)"
    )
    parser.add_argument("--save", action="store_true", help="write docs/paper-storm.md")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="paper-storm-"))
    desk = given.desk
    if desk is None:
        made = prepare(folder, paper_only=False)
        made.issue()
        desk = made.folder
    counts = dict.fromkeys((*PLACES, RANDOM), 0)
    try:
        for step in storm(desk, folder, given.kills, given.seed):
            counts[step] += 1
            print(f"\r{sum(counts.values())}/{given.kills}  {step:30}", end="", file=sys.stderr)
    except BrokenError:
        traceback.print_exc()
        return 1
    print(file=sys.stderr)
    shutil.rmtree(folder)
    print(table(counts))
    if given.save:
        print(
            save(counts, f"python -m bench.paper_storm --kills {given.kills} --seed {given.seed}")
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
