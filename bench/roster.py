"""How fast a roster (花名册) is read and checked, and in how much memory.

    python -m bench.roster --rows 300000           # CSV
    python -m bench.roster --rows 300000 --xlsx    # a workbook
    python -m bench.roster --rows 20000 --profile  # where the time goes

The file is written first and not timed. Then a process of its own does what `certgen check` does:
every row is read, checked and laid out; without photos and without a register. `--save` puts the figures
into docs/roster-scale.md. Targets: more than 3,000 rows a second on one core, below 500 MB.
"""

import argparse
import cProfile
import csv
import os
import platform
import pstats
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook

from bench.data import AGENCY, AGENCY_EN, CODE_PREFIX, OCCUPATIONS, make_records
from certgen import api

COLUMNS = {
    "姓名": "name",
    "证件类型": "id_type",
    "证件号码": "id_number",
    "职业名称": "occupation",
    "工种/职业方向": "job",
    "职业技能等级": "level",
    "发证日期": "issued",
}
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
REPORT = Path(__file__).parents[1] / "docs" / "roster-scale.md"

_AGENCY = f"""\
format = 1
[agency]
name = "{AGENCY}"
english_name = "{AGENCY_EN}"
category = "{CODE_PREFIX[0]}"
sample = true
[[sites]]
id = "main"
prefix = "{CODE_PREFIX}"
filed_from = 2020-01-01
filed_until = 2030-12-31
[scope]
file = "scope.csv"
"""


class Figures(NamedTuple):
    """What one process measured."""

    rows: int
    good: int
    cpu: float  # seconds, imports not counted
    wall: float
    peak_mb: float
    start_mb: float  # before the roster was opened


def lines(rows: int) -> Iterator[list[str]]:
    """The header and invented people; no number comes twice."""
    yield list(COLUMNS)
    for record in make_records(rows):
        values = dict(record)
        yield [str(values[key]) for key in COLUMNS.values()]


def write(path: Path, rows: int) -> None:
    """The agency file, its scope, and the roster as CSV or, by its name, as a workbook."""
    scope = "".join(f"{occupation},{job},5-1\n" for occupation, job in OCCUPATIONS)
    path.with_name("scope.csv").write_text(
        f"职业名称,工种/职业方向,等级\n{scope}", encoding="utf-8"
    )
    path.with_name("agency.toml").write_text(_AGENCY, encoding="utf-8")
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(lines(rows))
        return
    book = Workbook(write_only=True)
    sheet = book.create_sheet("名单")
    for line in lines(rows):
        sheet.append(line)
    book.save(path)


def check(path: Path) -> Figures:
    """Read and examine every row of the file, as `certgen check` does."""
    start_mb = _memory_mb("VmRSS")
    cpu, wall = time.process_time(), time.perf_counter()
    report = api.check(path.with_name("agency.toml"), path, clock=lambda: NOW)
    spent = time.process_time() - cpu, time.perf_counter() - wall
    return Figures(report.rows, report.good, *spent, _memory_mb("VmHWM"), start_mb)


def measured(path: Path) -> Figures:
    """`check` in a new process: what wrote the file must not count as memory."""
    command = (sys.executable, "-m", "bench.roster", "--check", str(path))
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    rows, good, *rest = done.stdout.split()[-6:]
    return Figures(int(rows), int(good), *map(float, rest))


def report(figures: dict[str, Figures]) -> str:
    """The page that `--save` writes."""
    table = "".join(
        f"| {form} | {one.rows:,} | {one.rows / one.cpu:,.0f} | {one.cpu:.1f} | {one.wall:.1f} "
        f"| {one.peak_mb:.0f} | {one.start_mb:.0f} |\n"
        for form, one in figures.items()
    )
    return (
        "# A roster of 300,000 rows\n\n"
        "`python -m bench.roster --xlsx --save`. Every row is read, checked (identity number,"
        " date, level, filed scope, repetition in the file) and laid out in the official faces;"
        " photos and register are left out. One process, one core; writing the file is not timed.\n\n"
        "| form | rows | rows/s (CPU) | CPU s | wall s | peak MB | MB before the roster |\n"
        "| --- | --- | --- | --- | --- | --- | --- |\n"
        f"{table}\n"
        "Target: more than 3,000 rows/s, below 500 MB.\n\n"
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {platform.system()}, Python"
        f" {platform.python_version()}.\n"
    )


def profile(work: Callable[[], object]) -> None:
    """The forty most expensive functions, their callees left out."""
    profiler = cProfile.Profile()
    profiler.runcall(work)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(40)


def main(arguments: Sequence[str]) -> None:
    """Measure, print, save."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, default=300_000)
    parser.add_argument("--xlsx", action="store_true", help="measure a workbook too")
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--save", action="store_true", help="write docs/roster-scale.md")
    parser.add_argument("--check", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.check:
        print(*check(chosen.check))
        return
    figures = {}
    with tempfile.TemporaryDirectory() as folder:
        for suffix in (".csv", ".xlsx") if chosen.xlsx else (".csv",):
            path = Path(folder, f"roster{suffix}")
            write(path, chosen.rows)
            if chosen.profile:
                profile(partial(check, path))
                continue
            one = figures[suffix] = measured(path)
            print(
                f"{suffix}: {one.rows:,} rows, {one.good:,} good, {one.rows / one.cpu:,.0f} rows/s"
                f" (CPU {one.cpu:.1f} s, wall {one.wall:.1f} s), peak {one.peak_mb:.0f} MB,"
                f" {one.start_mb:.0f} MB before the roster"
            )
    if chosen.save and figures:
        REPORT.parent.mkdir(exist_ok=True)
        REPORT.write_text(report(figures), encoding="utf-8")


def _memory_mb(key: str) -> float:
    """Not `ru_maxrss`: Linux starts that at the size of whoever started the process."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(key)) / 1024


if __name__ == "__main__":
    main(sys.argv[1:])
