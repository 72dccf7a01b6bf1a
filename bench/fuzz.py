"""Fuzz what reads hostile data, guided by coverage (Atheris): `python -m bench.fuzz payload --minutes 30`.

A target is a module of `bench.fuzzing` with `seeds()`, `run(data)` and `MAX_LEN`. `run` raises only if a promise is
broken: another exception than the documented one, two spellings of one thing, something verified that nobody signed.
Too slow (5 s) and too large (1 GB) are failures as well. The corpus of earlier runs, one input in hex a line, is read
first and is written back, minimised, with --keep; docs/fuzz.md has the figures.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import FrameType

TARGETS = {
    "payload": "bench.fuzzing.payload",
    "key-list": "bench.fuzzing.key_list",
    "status-list": "bench.fuzzing.status_list",
    "signed-pdf": "bench.fuzzing.signed_pdf",
}
CORPORA = Path(__file__).parents[1] / "tests" / "corpora"
LIMITS = ["-rss_limit_mb=1024", "-print_final_stats=1", "-verbosity=1"]


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--keep", action="store_true", help="write the minimised corpus back")
    if sys.argv[2:3] == ["--engine"]:  # how it calls itself
        _engine(sys.argv[1], sys.argv[3:])
        return 0
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        seeds = import_module(TARGETS[asked.target]).seeds()
        for number, data in enumerate((*seeds, *kept(asked.target))):
            Path(folder, f"{number:05}").write_bytes(data)
        code = _call(asked.target, f"-max_total_time={int(asked.minutes * 60)}", folder)
        if asked.keep and not code:
            found = [path.read_bytes() for path in Path(folder).iterdir()]
            small = minimised(import_module(TARGETS[asked.target]).run, found)
            text = "".join(f"{data.hex()}\n" for data in small)
            (CORPORA / f"{asked.target}.hex").write_text(text, encoding="ascii")
            print(f"kept {len(small)} of {len(found)} inputs, {sum(map(len, small))} bytes")
    return code


def minimised(run: Callable[[bytes], None], inputs: list[bytes]) -> list[bytes]:
    """Those inputs, the shortest first, that take a step from line to line which none before took."""
    steps: set[tuple[str, int, int]] = set()
    small = []
    for data in sorted(inputs, key=lambda one: (len(one), one)):
        before = len(steps)
        last: dict[str, int] = {}

        def trace(frame: FrameType, event: str, _: object, last: dict[str, int] = last) -> object:
            name = frame.f_code.co_filename
            if "/certgen/exchange/" not in name and "/verify/" not in name:
                return None
            if event == "line":
                steps.add((name, last.get(name, 0), frame.f_lineno))
                last[name] = frame.f_lineno
            return trace

        sys.settrace(trace)
        try:
            run(data)
        finally:
            sys.settrace(None)
        if len(steps) > before:
            small.append(data)
    return small


def kept(target: str) -> list[bytes]:
    """The inputs that earlier runs kept."""
    path = CORPORA / f"{target}.hex"
    if not path.exists():
        return []
    return [bytes.fromhex(line) for line in path.read_text("ascii").split()]


def _call(target: str, *words: str) -> int:
    module = import_module(TARGETS[target])
    limits = [*LIMITS, f"-max_len={module.MAX_LEN}", f"-timeout={getattr(module, 'SECONDS', 5)}"]
    command = [sys.executable, "-m", "bench.fuzz", target, "--engine", *limits, *words]
    return subprocess.run(command, check=False).returncode


def _engine(target: str, words: list[str]) -> None:
    import atheris  # noqa: PLC0415 -- only this process is instrumented

    with atheris.instrument_imports(include=["certgen.exchange", "verify"]):
        run = import_module(TARGETS[target]).run
    atheris.Setup([sys.argv[0], *words], run)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
