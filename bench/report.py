"""Writes what was measured as Markdown, with what it was measured on and how often."""

import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median

from bench.engines import BASELINE, TYPST, Engine
from bench.measure import Cost, Result

TITLE = "# Measured speed and memory\n\nHow this is measured: `bench/README.md`.\n"

STAMP_HEADS = (
    "engine",
    "N",
    "CPU ms each",
    "x baseline",
    "x typst",
    "set-up, CPU s",
    "bytes a file",
    f"peak MB ({BASELINE.sample} files)",
)


def stamp_section(results: Sequence[Result], peaks: Mapping[str, float], rounds: int) -> str:
    """The steady state: one row an engine."""
    by_id = {result.engine.id: result for result in results}
    rows = [
        (
            result.engine.title,
            str(rounds * result.engine.sample),
            spread(lap.cpu * 1000 for lap in result.laps),
            spread(result.ratios(by_id[BASELINE.id])),
            spread(result.ratios(by_id[TYPST.id])) if TYPST.id in by_id else "–",
            f"{result.setup.cpu:.2f}",
            f"{result.file_bytes:,}",
            f"{peaks[result.engine.id]:.0f}",
        )
        for result in results
    ]
    note = (
        f"{rounds} interleaved rounds; median [lowest–highest]. A ratio is formed inside its round,"
        " on CPU time. Set-up is stated apart and holds the first certificate. Files are written"
        " to disk without fsync and without self-check. Peak memory: a process of its own for each."
    )
    return _section("stamp", note, [result.engine for result in results], _table(STAMP_HEADS, rows))


def job_section(
    rows: int, laps: Sequence[tuple[Cost, Cost, Cost]], engines: Sequence[Engine]
) -> str:
    """The whole job; a lap is the baseline's cost of `rows` files, the job's, the checked job's."""
    lines = [
        (
            title,
            spread([lap[place].cpu for lap in laps]),
            spread([lap[place].wall for lap in laps]),
            spread([lap[0].cpu / lap[place].cpu for lap in laps]),
            spread([lap[0].wall / lap[place].wall for lap in laps]),
        )
        for place, title in enumerate(("baseline", "certgen", "certgen with self-check"))
    ]
    heads = ("whole job", "CPU s", "wall s", "x baseline, CPU", "x baseline, wall")
    extra = median(1000 * (lap[2].cpu - lap[1].cpu) / rows for lap in laps)
    note = (
        f"{rows:,} rows, {len(laps)} rounds; median [lowest–highest]. The baseline is timed on"
        f" {BASELINE.sample} files a round and multiplied; it has no roster, register or fsync."
        f" The self-check, at its default share, adds {extra:.2f} ms of CPU time a certificate."
    )
    return _section("job", note, engines, _table(heads, lines))


def memory_section(peaks: Mapping[int, float], engines: Sequence[Engine]) -> str:
    """Peak memory of the whole job by the number of rows."""
    lines = [(f"{rows:,}", f"{peak:.0f}") for rows, peak in peaks.items()]
    note = "Peak resident memory of the largest process of a whole job, without self-check."
    return _section("memory", note, engines, _table(("rows", "peak MB"), lines))


def save(section: str, path: Path) -> None:
    """Put a section into the file, in place of an older one of the same name."""
    old = path.read_text(encoding="utf-8") if path.exists() else TITLE
    path.write_text(replaced(old, section), encoding="utf-8")


def replaced(text: str, section: str) -> str:
    """`text` with the section of the same heading replaced, or the section added at the end."""
    top, *sections = text.split("\n## ")
    heading, body = section.removeprefix("## ").split("\n", 1)
    kept = dict(one.split("\n", 1) for one in sections)
    kept[heading] = body
    return top + "".join(f"\n## {name}\n{words.rstrip()}\n" for name, words in kept.items())


def spread(values: Iterable[float]) -> str:
    """Median and extremes with three significant digits: '12.3 [11.9–14.0]'."""
    ordered = sorted(values)
    middle, low, high = (_digits(x) for x in (median(ordered), ordered[0], ordered[-1]))
    return f"{middle} [{low}–{high}]"


def _digits(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def _section(name: str, note: str, engines: Iterable[Engine], table: str) -> str:
    return f"## {name}\n\n{note}\n\n{table}\n{_conditions(engines)}\n"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _conditions(engines: Iterable[Engine]) -> str:
    """The machine and the versions."""
    packages = sorted({name for engine in engines for name in engine.packages})
    versions = ", ".join(f"{name} {_version(name)}" for name in packages)
    load = os.getloadavg()[0]
    return (
        f"{_processor()}, {os.cpu_count()} cores, load {load:.1f}; {platform.system()},"
        f" Python {platform.python_version()}; {versions}."
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "(not installed)"


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()
