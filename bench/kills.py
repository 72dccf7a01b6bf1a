"""Where a storm kills: named places inside a batch at which a process sends itself SIGKILL.

A place is a function of the real pipeline and the count of its call, before it or after it. The counts hold for a
roster of twelve rows in two forms, taken four rows a chunk.
"""

import os
import signal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Any

from certgen.issuing import checking, files, forms, lists
from certgen.registry import register, runs, steps
from certgen.registry.register import Register
from certgen.render.paper import PrintFile
from certgen.render.stamp import Stamper
from certgen.sign.cms import Signer

CHUNK = 4
ROWS = 12
_CHUNKS = range(1, ROWS // CHUNK + 1)
_EACH = range(1, ROWS + 1)


class When(Enum):
    """On which side of the call."""

    BEFORE = auto()
    AFTER = auto()
    HALF = auto()  # only for `files.write_waiting`: half of the bytes are written


@dataclass(frozen=True, slots=True)
class Place:
    """A call of the pipeline. `owner.name` is replaced in the process that is to die, nowhere else."""

    owner: Any
    name: str
    when: When
    counts: Sequence[int]  # which calls of it belong to the step


def _before(owner: object, name: str, counts: Sequence[int]) -> Place:
    return Place(owner, name, When.BEFORE, counts)


def _after(owner: object, name: str, counts: Sequence[int]) -> Place:
    return Place(owner, name, When.AFTER, counts)


# `Path.replace` gives every name: two plans, then the certificates, the print file, the two lists.
_PLAN_NAMES, _FILE_NAMES, _PRINT_NAME, _LIST_NAMES = (1, 2), range(3, 15), (15,), (16, 17)
# `_fsync`: file and folder for each plan; then for each chunk its files, their folder, the public folder.
_FLUSHES = tuple(count for start in (5, 11, 17) for count in range(start, start + 5))

# Functions of `steps`, `runs` and `register.reserve` run inside a transaction: after them nothing is committed yet.
ELECTRONIC: Mapping[str, Sequence[Place]] = {
    "reserve": (
        _after(register, "reserve", _CHUNKS),
        _after(Register, "reserve", _CHUNKS),
        _after(runs, "open_job", (1,)),
        _after(Register, "open_job", (1,)),
    ),
    "plan": (
        _after(forms, "make_plan", (1, 2)),
        _before(Path, "replace", _PLAN_NAMES),
        _before(Register, "set_plan", (1, 2)),
        _after(steps, "set_plan", (1, 2)),
        _after(Register, "set_plan", (1, 2)),
    ),
    "render": (
        _before(Stamper, "stamp", _EACH),
        Place(files, "write_waiting", When.HALF, _EACH),
        _after(files, "write_waiting", _EACH),
    ),
    # Once when the signer is made, then inside each `Signer.sign`, between its mathematics and its answer.
    "sign": (_before(Signer, "_template", range(2, 2 + ROWS)), _after(Signer, "sign", _EACH)),
    "flush": (_before(files, "_fsync", _FLUSHES), _after(files, "_fsync", _FLUSHES)),
    "check": (
        _before(checking.Checker, "check", _CHUNKS),
        _after(checking, "run_check", _EACH),
    ),
    "record": (_before(steps, "record", _CHUNKS), _after(steps, "record", _CHUNKS)),
    "recorded, not released": (
        _after(Register, "record", _CHUNKS),
        _before(files, "publish", _CHUNKS),
    ),
    "among the renames": (
        _before(Path, "replace", _FILE_NAMES),
        _after(Path, "replace", _FILE_NAMES),
    ),
    "release": (
        _after(files, "publish", _CHUNKS),
        _after(steps, "release", _CHUNKS),
        _after(Register, "release", _CHUNKS),
    ),
    "print, writing": (
        _after(Register, "start_print_part", (1,)),
        _before(PrintFile, "add", _EACH),
        _before(PrintFile, "finish", (1,)),
        _after(PrintFile, "finish", (1,)),
    ),
    "print, publishing": (
        _before(Path, "replace", _PRINT_NAME),
        _after(files, "publish", (4,)),
        _after(runs, "finish_print_part", (1,)),
        _after(Register, "finish_print_part", (1,)),
    ),
    "lists and close": (
        _before(lists, "write_issued", (1,)),
        _before(Path, "replace", _LIST_NAMES),
        _after(runs, "close_job", (1,)),
        _after(Register, "close_job", (1,)),
    ),
}
"""Step → its places, in the order of the batch."""

PAPER: Mapping[str, Sequence[Place]] = {
    "paper alone": (
        _before(PrintFile, "add", _EACH),
        _after(steps, "record", _CHUNKS),
        _after(Register, "record", _CHUNKS),
        _before(files, "publish", (1,)),
        _after(files, "publish", (1,)),
        _after(steps, "release", _CHUNKS),
        _after(Register, "release", _CHUNKS),
        _after(Register, "finish_print_part", (1,)),
    ),
}
"""Without electronic certificates a row is recorded with the print file: other orders, other gaps."""


def nth_kill(places: Sequence[Place], nth: int) -> tuple[Place, int]:
    """The place and call of the nth kill of a step: each place in turn, each time at its next call."""
    place = places[nth % len(places)]
    return place, place.counts[nth // len(places) % len(place.counts)]


def arm(place: Place, count: int) -> None:
    """From now on this process dies at that call of that place."""
    original: Callable[..., Any] = getattr(place.owner, place.name)
    calls = 0

    def armed(*args: Any, **options: Any) -> Any:  # noqa: ANN401  (stands for any function)
        nonlocal calls
        calls += 1
        if calls != count:
            return original(*args, **options)
        if place.when is When.HALF:
            folder, name, pieces = args
            original(folder, name, pieces[:1])
        if place.when is When.AFTER:
            original(*args, **options)
        return die()

    setattr(place.owner, place.name, armed)


def die() -> None:
    """As a power cut would: no handler runs, nothing is flushed."""
    os.kill(os.getpid(), signal.SIGKILL)


def table(counts: Mapping[str, int]) -> str:
    """Kills a step, as Markdown."""
    lines = ["| killed at | kills | torn | lost | different |", "|---|---:|---:|---:|---:|"]
    lines += [f"| {step} | {count} | 0 | 0 | 0 |" for step, count in counts.items()]
    return "\n".join([*lines, f"| **all** | **{sum(counts.values())}** | 0 | 0 | 0 |"])
