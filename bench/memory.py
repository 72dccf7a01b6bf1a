"""Measures the peak memory of one engine or one job in a process of its own.

    python -m bench.memory stamp typst 25 FOLDER
    python -m bench.memory job certgen 20000 FOLDER

prints the peak in MB. FOLDER is what `bench.files` or `Job.prepare` filled: drawing pictures and
inventing people is not counted.
"""

import resource
import subprocess
import sys
from importlib import import_module
from pathlib import Path

from bench.data import Material, material
from bench.engines import ENGINES

STAMP_ROWS = 2000  # what a plan is made for; only the first of them are made into files


def peak_of(task: str, engine: str, count: int, folder: Path) -> float:
    """Megabytes, measured in a new process."""
    command = (sys.executable, "-m", "bench.memory", task, engine, str(count), str(folder))
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return float(done.stdout.split()[-1])


def main(arguments: list[str]) -> None:
    """Do the task and print the peak."""
    task, engine, number, where = arguments
    folder, count = Path(where), int(number)
    if task == "stamp":
        _stamp(engine, count, material(folder, STAMP_ROWS))
    else:
        from bench.job import Job  # noqa: PLC0415  another engine's memory has no certgen in it

        Job(folder, count).run(checked=False)
    print(_peak_mb())


def _stamp(engine: str, count: int, made: Material) -> None:
    render_one = import_module(ENGINES[engine].module).setup(made)
    out = made.folder / "memory" / engine
    out.mkdir(parents=True, exist_ok=True)
    for index in range(count):
        render_one(made.records[index], made.photo_of(index), out / f"{index}.pdf")


def _peak_mb() -> float:
    """Of the largest process: this one, or a child it waited for.

    Not this process's `ru_maxrss`: Linux starts that at the size of whoever started the process.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    own = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return max(own, child) / 1024


if __name__ == "__main__":
    main(sys.argv[1:])
