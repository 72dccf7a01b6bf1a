"""A storm of kills: the real pipeline in real processes, killed at every step, must lose and tear nothing.

    python bench/storm.py --kills 200

After each kill: every public PDF is whole and as registered, every number from the first to the last is issued or
pending for its own row. Then the batch is run again: it must end with the numbers and the very bytes of a run that was
never killed. Exit code 1 and the folder kept if anything differs.
"""

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache, partial
from pathlib import Path

import kills
from desk import BrokenError, Desk, copy_of, must, prepare

from certgen.fonts import fontset
from certgen.issuing import run
from certgen.registry.entries import State

RANDOM = "any moment"


@dataclass(frozen=True, slots=True)
class Reference:
    """What a run leaves that nobody killed."""

    desk: Desk  # untouched, to copy from
    public: dict[str, str]
    holders: dict[str, str]  # number -> name
    seconds: float


def unkilled(desk: Desk) -> Reference:
    """Run it once without a kill, in this process: what it loads, the children inherit."""
    done = copy_of(desk, "reference")
    began = time.monotonic()
    done.issue()
    seconds = time.monotonic() - began
    return Reference(desk, done.public(), {e.code: e.record.name for e in done.entries()}, seconds)


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
    died = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    must(died, f"call {count} of {place.name} never came: {_log(desk)}")


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
        whole = not name.endswith(".pdf") or digest == reference.public[name]
        must(whole, f"{name} is torn or different")
        if name.startswith("Y"):
            entry = entries[name.removesuffix(".pdf")]
            registered = (entry.state, entry.sha256) == (State.ISSUED, digest)
            must(registered, f"{name} is public and not so registered")
    for code, entry in entries.items():
        must(reference.holders[code] == entry.record.name, f"{code} went to another row")
        must(entry.state is not State.VOID, f"{code} is void")
    for counter in {code[:16] for code in entries}:
        given = sorted(int(code[16:]) for code in entries if code.startswith(counter))
        must(given == list(range(1, len(given) + 1)), f"{counter} has a gap")


def check_resumed(desk: Desk, reference: Reference) -> None:
    """Run again: the same numbers, and every file the same bytes as without the kill."""
    _, status = os.waitpid(child(desk, lambda: None), 0)
    must(status == 0, _log(desk))
    entries = desk.entries()
    holders = {entry.code: entry.record.name for entry in entries}
    must(holders == reference.holders, "other numbers than without the kill")
    issued = all(entry.state is State.ISSUED and entry.released for entry in entries)
    must(issued, "a row is not issued")
    others = sorted({name for name, _ in desk.public().items() ^ reference.public.items()})
    must(not others, f"different without the kill: {others}")
    left = [path.name for path in desk.out.glob("*/.part")]
    left += [path.name for path in desk.folder.glob("register.plans/*.part")]
    must(not left, f"left over: {left}")


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


def save(counts: dict[str, int], command: str) -> Path:
    """Write docs/storm.md."""
    path = Path(__file__).parents[1] / "docs" / "storm.md"
    path.parent.mkdir(exist_ok=True)
    text = f"""# A storm of kills

`{command}`, {datetime.now(UTC):%Y-%m-%d}. {kills.ROWS} rows in two forms (sample 一 and 二),
{kills.CHUNK} rows a chunk, signed electronic certificates with a print PDF; "paper alone" is the same roster without
electronic certificates.

Each kill is a SIGKILL of a process that issues the batch for real. After it, every public PDF was whole and as the
register has it, and every number from the first to the last was issued or pending for its own row. Then the batch was
run again: the same people had the same numbers, and every file was byte for byte that of a run nobody killed.

{kills.table(counts)}

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
    print(kills.table(counts))
    if given.save:
        print(save(counts, f"python bench/storm.py --kills {given.kills} --seed {given.seed}"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
