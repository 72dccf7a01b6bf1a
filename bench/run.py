"""The benchmark's command: measures, prints Markdown, and with --save writes docs/bench.md.

python -m bench.run stamp              steady state of every engine against the frozen baseline
python -m bench.run stamp --only typst,pyhanko
python -m bench.run job                whole jobs of 2,000 rows against the baseline
python -m bench.run memory             peak memory of jobs of 2,000 and 20,000 rows
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from bench import memory, report
from bench.data import Material, material
from bench.engines import BASELINE, CERTGEN, ENGINES
from bench.files import make_files
from bench.measure import Cost, Runner, Watch, run_rounds
from certgen.fonts import fontset

DOCUMENT = Path(__file__).parent.parent / "docs" / "bench.md"
ROWS = 2000  # of the steady state's plan and of a job
MEMORY_ROWS = (2000, 20_000)


def main() -> None:
    """Measure what the command line asks for."""
    options = _parser().parse_args()
    with tempfile.TemporaryDirectory(dir=options.work) as name:
        folder = Path(name) / "bench"
        faces = fontset.load(options.fonts).faces
        make_files(folder, {role: chain[0].path for role, chain in faces.items()})
        mode = {"stamp": _stamp, "job": _job, "memory": _memory}[options.mode]
        section = mode(material(folder, ROWS), options)
    print(section)
    if options.save:
        report.save(section, DOCUMENT)


def _stamp(made: Material, options: argparse.Namespace) -> str:
    chosen = [one for one in ENGINES.values() if one.id in options.only and one is not BASELINE]
    engines = [BASELINE, *chosen]
    results = run_rounds(made, engines, options.rounds)
    _say("memory, a process an engine")
    count = BASELINE.sample
    peaks = {one.id: memory.peak_of("stamp", one.id, count, made.folder) for one in engines}
    return report.stamp_section(results, peaks, options.rounds)


def _job(made: Material, options: argparse.Namespace) -> str:
    from bench.job import Job  # noqa: PLC0415  the other modes measure without it

    job = Job(made.folder / "job", ROWS)
    job.prepare(made)
    baseline = Runner(BASELINE, made, made.folder / "out" / BASELINE.id)
    laps: list[tuple[Cost, Cost, Cost]] = []
    for number in range(options.rounds):
        _say(f"round {number + 1} of {options.rounds}")
        baseline.lap(number)
        costs = []
        for checked in (False, True):
            job.clear(made)
            with Watch() as watch:
                job.run(checked=checked)
            costs.append(watch.cost)
        laps.append((baseline.laps[-1].times(ROWS), costs[0], costs[1]))
    return report.job_section(ROWS, laps, (BASELINE, CERTGEN))


def _memory(made: Material, _options: argparse.Namespace) -> str:
    from bench.job import Job  # noqa: PLC0415  as above

    peaks = {}
    for rows in MEMORY_ROWS:
        _say(f"a job of {rows:,} rows")
        folder = made.folder / f"job-{rows}"
        Job(folder, rows).prepare(material(made.folder, rows))
        peaks[rows] = memory.peak_of("job", CERTGEN.id, rows, folder)
        shutil.rmtree(folder)
    return report.memory_section(peaks, (CERTGEN,))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bench.run", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("mode", choices=("stamp", "job", "memory"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--only",
        type=lambda text: text.split(","),
        default=list(ENGINES),
        help=f"engines beside the baseline, with commas: {', '.join(ENGINES)}",
    )
    parser.add_argument("--fonts", type=Path, help="a folder of fonts, as certgen takes it")
    parser.add_argument("--work", type=Path, help="where files are written; the disk to measure")
    parser.add_argument("--save", action="store_true", help="also write docs/bench.md")
    return parser


def _say(text: str) -> None:
    print(text, file=sys.stderr)


if __name__ == "__main__":
    main()
