"""A storm of kills: the real pipeline in real processes, killed at every step, must lose and tear nothing.

    python bench/storm.py --kills 200

After each kill: every public PDF is whole and as registered, every number from the first to the last is issued or
pending for its own row. Then the batch is run again: it must end with the numbers and the very bytes of a run that was
never killed. Exit code 1 and the folder kept if anything differs.
"""

import argparse
import hashlib
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache, partial
from pathlib import Path

_HERE = Path(__file__).parent
sys.path[:0] = [str(_HERE), str(_HERE.parent / "samples")]

import kills
import make
import people
import sheets
from agencies import BRANCH_NAME, PASSPHRASE
from people import Holder

from certgen import api
from certgen.fonts import fontset
from certgen.issuing import run
from certgen.registry.entries import Entry, State
from certgen.registry.register import Register

NOW = datetime(2026, 6, 1, 4, tzinfo=UTC)
JOB = "20260601-01"
RANDOM = "any moment"
LEAST = 10  # kills a step, when the storm is of its full size
_MAIN, _BRANCH = people.EMPLOYER_MAIN[10:16], people.EMPLOYER_BRANCH[2:8]
_HEADER = (
    "姓名", "证件类型", "证件号码", "职业名称", "工种/职业方向", "职业技能等级", "发证日期", "站点", "分支机构",
)  # fmt: skip


class BrokenError(Exception):
    """Something was lost, torn or different."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A folder with agency file, roster and photos, in which a batch is issued."""

    folder: Path

    @property
    def out(self) -> Path:
        """Where the batch comes out."""
        return self.folder / "out"

    def issue(self) -> None:
        """The whole batch, by the public function, at a fixed time."""
        account = api.issue(
            self.folder / "agency.toml",
            self.folder / "roster.csv",
            self.out,
            photos=self.folder / "photos",
            passphrase=lambda _: PASSPHRASE.encode(),
            clock=lambda: NOW,
        )
        if not account.adds_up or account.refused or account.rows != kills.ROWS:
            raise BrokenError(account)

    def public(self) -> dict[str, str]:
        """Every file that a clerk sees, by name, with its SHA-256."""
        return {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(self.out.glob(f"{JOB}/*"))
            if path.is_file()
        }

    def entries(self) -> list[Entry]:
        """Every number given."""
        path = self.folder / "register.db"
        if not path.exists():
            return []
        with Register.open(path, clock=lambda: NOW) as register:
            return list(register.entries(JOB))


@dataclass(frozen=True, slots=True)
class Reference:
    """What a run leaves that nobody killed."""

    desk: Desk  # untouched, to copy from
    public: dict[str, str]
    holders: dict[str, str]  # number -> name
    seconds: float


def prepare(folder: Path, *, paper_only: bool) -> Desk:
    """An employer with a branch, twelve rows, two forms."""
    source = folder / "samples"
    if not source.exists():
        make.make(source, NOW, fontset.load().faces["hei"][0].path)
    desk = Desk(folder / ("paper" if paper_only else "electronic"))
    shutil.copytree(source / "yunhe", desk.folder)
    settings = desk.folder / "agency.toml"
    text = settings.read_text("utf-8") + "\n[output]\ncheck_share = 0\n"
    if paper_only:
        start = text.index("[key]")
        text = text[:start] + text[text.index("[qr]") :]
    settings.write_text(text, "utf-8")
    rows = [*(_row(one, "main", "") for one in _MAIN)]
    rows += [_row(one, "zezhou", BRANCH_NAME) for one in _BRANCH]
    (desk.folder / "roster.csv").write_bytes(sheets.csv_bytes([_HEADER, *rows]))
    return desk


def _row(holder: Holder, site: str, branch: str) -> list[str]:
    trade = holder.trade
    return [
        holder.name, holder.kind.zh, holder.number, trade.occupation, trade.job or "",
        holder.level.written, holder.issued.isoformat(), site, branch,
    ]  # fmt: skip


def unkilled(desk: Desk) -> Reference:
    """Run it once without a kill, in this process: what it loads, the children inherit."""
    done = copy_of(desk, "reference")
    began = time.monotonic()
    done.issue()
    seconds = time.monotonic() - began
    return Reference(
        desk, done.public(), {e.code: e.record.name for e in done.entries()}, seconds
    )


def copy_of(desk: Desk, name: str) -> Desk:
    """A fresh copy beside it."""
    folder = desk.folder.with_name(f"{desk.folder.name}-{name}")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(desk.folder, folder)
    return replace(desk, folder=folder)


def child(desk: Desk, before: Callable[[], None]) -> int:
    """Start a process that issues; its id."""
    pid = os.fork()
    if pid:
        return pid
    with (desk.folder / "child.log").open("w") as log:
        try:
            before()
            desk.issue()
        except BaseException:  # noqa: BLE001  (whatever it is, the parent must hear of it)
            traceback.print_exc(file=log)
            log.flush()
            os._exit(1)
    os._exit(0)


def killed_at(desk: Desk, place: kills.Place, count: int) -> None:
    """A process that dies at that call."""
    _, status = os.waitpid(child(desk, partial(kills.arm, place, count)), 0)
    if not (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL):
        raise BrokenError(f"call {count} of {place.name} never came: {_log(desk)}")


def killed_after(desk: Desk, seconds: float) -> bool:
    """A process that is killed from outside; False if it had ended by then."""
    pid = child(desk, lambda: None)
    time.sleep(seconds)
    os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    return os.WIFSIGNALED(status)


def check_stopped(desk: Desk, reference: Reference) -> None:
    """Nothing is torn, nobody's number went to another row, none is missing."""
    entries = {entry.code: entry for entry in desk.entries()}
    for name, digest in desk.public().items():
        if name.endswith(".pdf") and digest != reference.public[name]:
            raise BrokenError(f"{name} is torn or different")
        entry = entries.get(name.removesuffix(".pdf"))
        if entry and (entry.state, entry.sha256) != (State.ISSUED, digest):
            raise BrokenError(f"{name} is public and not so registered")
    for code, entry in entries.items():
        if reference.holders[code] != entry.record.name:
            raise BrokenError(f"{code} went to another row")
        if entry.state is State.VOID:
            raise BrokenError(f"{code} is void")
    for counter in {code[:16] for code in entries}:
        given = sorted(int(code[16:]) for code in entries if code.startswith(counter))
        if given != list(range(1, len(given) + 1)):
            raise BrokenError(f"{counter} has a gap")


def check_resumed(desk: Desk, reference: Reference) -> None:
    """Run again: the same numbers, and every file the same bytes as without the kill."""
    _, status = os.waitpid(child(desk, lambda: None), 0)
    if status:
        raise BrokenError(_log(desk))
    entries = desk.entries()
    if {entry.code: entry.record.name for entry in entries} != reference.holders:
        raise BrokenError("other numbers than without the kill")
    if any(entry.state is not State.ISSUED or not entry.released for entry in entries):
        raise BrokenError("a row is not issued")
    public = desk.public()
    if public != reference.public:
        names = {name for name, _ in public.items() ^ reference.public.items()}
        raise BrokenError(f"different without the kill: {sorted(names)}")
    left = [path.name for path in desk.out.glob("*/.part")]
    left += [path.name for path in desk.folder.glob("register.plans/*.part")]
    if left:
        raise BrokenError(f"left over: {left}")


def storm(folder: Path, total: int, seed: int) -> Iterator[str]:
    """Kill `total` times, evenly over the steps; the step of each kill, once it has been survived."""
    fontset.load = lru_cache(fontset.load)  # fonts are read once, not in each of 400 processes
    run.chunks.__defaults__ = (kills.CHUNK,)
    electronic = unkilled(prepare(folder, paper_only=False))
    paper = unkilled(prepare(folder, paper_only=True))
    steps = [(electronic, *item) for item in kills.ELECTRONIC.items()]
    steps += [(paper, *item) for item in kills.PAPER.items()]
    for nth in range(total * len(steps) // (len(steps) + 1)):
        reference, step, places = steps[nth % len(steps)]
        desk = copy_of(reference.desk, "storm")
        place, count = kills.nth_kill(places, nth // len(steps))
        killed_at(desk, place, count)
        _survive(desk, reference, f"{step}: {place.when.name} {place.name} {count}")
        yield step
        total -= 1
    dice = random.Random(seed)  # noqa: S311  (moments, not secrets)
    while total:
        reference = dice.choice((electronic, paper))
        desk = copy_of(reference.desk, "storm")
        moment = dice.uniform(0, reference.seconds)
        if killed_after(desk, moment):
            _survive(desk, reference, f"{RANDOM}: after {moment:.3f} s")
            yield RANDOM
            total -= 1


def _survive(desk: Desk, reference: Reference, where: str) -> None:
    try:
        check_stopped(desk, reference)
        check_resumed(desk, reference)
    except BrokenError as problem:
        problem.add_note(f"killed at {where}; see {desk.folder}")
        raise


def _log(desk: Desk) -> str:
    return (desk.folder / "child.log").read_text()


def table(counts: dict[str, int]) -> str:
    """Kills a step, as Markdown."""
    lines = ["| killed at | kills | torn | lost | different |", "|---|---:|---:|---:|---:|"]
    lines += [f"| {step} | {count} | 0 | 0 | 0 |" for step, count in counts.items()]
    return "\n".join([*lines, f"| **all** | **{sum(counts.values())}** | 0 | 0 | 0 |"])


def save(counts: dict[str, int], command: str) -> Path:
    """Write docs/storm.md."""
    path = _HERE.parent / "docs" / "storm.md"
    path.parent.mkdir(exist_ok=True)
    text = f"""# A storm of kills

`{command}`, {datetime.now(UTC):%Y-%m-%d}. {kills.ROWS} rows in two forms (sample 一 and 二), {kills.CHUNK} rows a chunk,
signed electronic certificates with a print PDF; "paper alone" is the same roster without electronic certificates.

Each kill is a SIGKILL of a process that issues the batch for real. After it, every public PDF was whole and as the
register has it, and every number from the first to the last was issued or pending for its own row. Then the batch was
run again: the same people had the same numbers, and every file was byte for byte that of a run nobody killed.

{table(counts)}

`bench/kills.py` names the places. A SIGKILL leaves the system running: that files outlive a power cut rests on fsync
before each record in the register, which a kill cannot test.
"""
    path.write_text(text, "utf-8")
    return path


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Kills the pipeline at every step. 强制终止测试。")
    parser.add_argument("--kills", type=int, default=200, help="how many (default 200)")
    parser.add_argument("--seed", type=int, default=1, help="of the moments chosen at random")
    parser.add_argument("--save", action="store_true", help="write docs/storm.md")
    given = parser.parse_args()
    counts = dict.fromkeys((*kills.ELECTRONIC, *kills.PAPER, RANDOM), 0)
    folder = Path(tempfile.mkdtemp(prefix="storm-"))
    try:
        for step in storm(folder, given.kills, given.seed):
            counts[step] += 1
            print(f"\r{sum(counts.values())}/{given.kills}  {step:30}", end="", file=sys.stderr)
    except BrokenError:
        traceback.print_exc()
        return 1
    print(file=sys.stderr)
    shutil.rmtree(folder)
    print(table(counts))
    if given.save:
        print(save(counts, f"python bench/storm.py --kills {given.kills} --seed {given.seed}"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
