"""Times engines against each other: CPU time, interleaved rounds, ratios formed inside each round.

A machine that others use drifts by a factor of two within minutes. A round therefore runs every
engine once, in an order that rotates, and compares only what ran in the same round. CPU time is the
process's own and its finished children's; wall time stands beside it, because waiting for a disk
costs none.
"""

import gc
import resource
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from statistics import mean
from typing import NamedTuple, Self

from bench.check import check_page
from bench.data import Material
from bench.engines import Engine


class Cost(NamedTuple):
    """What something took, in seconds."""

    cpu: float
    wall: float

    def per(self, count: int) -> "Cost":
        """The share of one in `count`."""
        return Cost(self.cpu / count, self.wall / count)

    def times(self, count: int) -> "Cost":
        """What `count` of it would take."""
        return Cost(self.cpu * count, self.wall * count)

    def plus(self, other: "Cost") -> "Cost":
        """Both, one after the other."""
        return Cost(self.cpu + other.cpu, self.wall + other.wall)


class Watch:
    """Measures a `with` block; `cost` holds what it took."""

    def __enter__(self) -> Self:
        self._start = Cost(_cpu(), time.perf_counter())
        return self

    def __exit__(self, *_: object) -> None:
        self.cost = Cost(_cpu() - self._start.cpu, time.perf_counter() - self._start.wall)


@dataclass(frozen=True, slots=True)
class Result:
    """What an engine took: `laps` is the cost of one certificate, a round each."""

    engine: Engine
    setup: Cost  # with the first certificate, which fills every cache
    laps: tuple[Cost, ...]
    file_bytes: int  # mean

    def ratios(self, other: "Result") -> tuple[float, ...]:
        """How many times less CPU time than `other` it needed, in each round."""
        pairs = zip(other.laps, self.laps, strict=True)
        return tuple(theirs.cpu / own.cpu for theirs, own in pairs)


def run_rounds(material: Material, engines: Sequence[Engine], rounds: int) -> list[Result]:
    """Set every engine up, look at its first page, then time the rounds. The baseline comes first.

    Raises `PageError` when an engine's page does not say what the record says: a fast wrong page is
    no result.
    """
    out = material.folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    runners = [Runner(engine, material, out / engine.id) for engine in engines]
    # Each engine alone would have a process to itself: nobody pays for walking what others keep.
    gc.collect()
    gc.freeze()
    # A round that does not count: it fills caches, and gives the file cache memory to write to.
    for runner in runners:
        runner.lap(rounds)
        runner.forget()
    for number in range(rounds):
        turn = number % len(runners)
        for runner in runners[turn:] + runners[:turn]:
            runner.lap(number)
    return [runner.result(runners[0]) for runner in runners]


class Runner:
    """An engine that is set up, on its way through the rounds."""

    def __init__(self, engine: Engine, material: Material, out: Path) -> None:
        self.engine, self.material, self.out = engine, material, out
        self.laps: list[Cost] = []
        self.sizes: list[int] = []
        out.mkdir(parents=True)
        first = out / "first.pdf"
        with Watch() as watch:
            self.render_one = import_module(engine.module).setup(material)
            self.make(0, first)
        self.setup = watch.cost
        check_page(first, material.records[0], engine.title)

    def make(self, index: int, file: Path) -> None:
        """One certificate; after the last record the first comes again."""
        index %= len(self.material.records)
        self.render_one(self.material.records[index], self.material.photo_of(index), file)

    def lap(self, number: int) -> None:
        """Make a round's certificates in an empty folder, which is removed untimed."""
        folder = self.out / str(number)
        folder.mkdir()
        first = number * self.engine.sample
        wanted = [(first + i, folder / f"{i}.pdf") for i in range(self.engine.sample)]
        gc.collect()  # what the engine before left behind
        with Watch() as watch:
            for index, file in wanted:
                self.make(index, file)
        self.laps.append(watch.cost.per(len(wanted)))
        self.sizes += (file.stat().st_size for _, file in wanted)
        shutil.rmtree(folder)

    def forget(self) -> None:
        """Let the laps so far count for nothing."""
        self.laps.clear()
        self.sizes.clear()

    def result(self, baseline: "Runner") -> Result:
        """The laps, with the baseline's own added where the engine only signs its files."""
        laps = self.laps
        if self.engine.signs_baseline:
            laps = [own.plus(base) for own, base in zip(laps, baseline.laps, strict=True)]
        return Result(self.engine, self.setup, tuple(laps), round(mean(self.sizes)))


def _cpu() -> float:
    """Seconds of CPU time, own and finished children's: to the microsecond, unlike os.times."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)
