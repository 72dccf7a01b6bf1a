"""One function a mode of the command: take the photographs, let everybody read, set the tables."""

import argparse
import io
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from PIL import Image

from bench.photos import closeup, optics, pages
from bench.photos.judged import Tally
from bench.photos.symbols import KINDS, Symbol, is_ours, symbol
from verify.decode.qr import read_qr
from verify.decode.reader import read

ROOT = Path(__file__).parent.parent.parent
CHAT_SIDES = (1280, 1440)
CHAT_FROM = 5  # megapixels of the photograph that is sent


def closeup_mode(options: argparse.Namespace) -> str:
    """The symbol alone, by condition and by pixels a module."""
    tally, names = Tally(), options.only.split(",")
    for row, name in enumerate(names):
        for column, px in enumerate(closeup.PIXELS):
            for seed in range(options.first_seed, options.first_seed + options.seeds):
                for number, (version, level) in enumerate(KINDS):
                    rng = np.random.default_rng([seed, row, column, number])
                    code = symbol(version, level, rng)
                    data = closeup.photograph(code, px, closeup.CONDITIONS[name], rng)
                    bins = [f"{px:g} pixels", code.name, "all, 1.5 to 8"]
                    # The prototype's range: 2 pixels a module and more.
                    bins += [name, "all, 2 to 8"] if px >= 2 else []
                    tally.judge(data, code.text, bins)
        _say(f"{name}: {tally.right.get(('certgen', name), 0)} of {tally.total.get(name, 0)}")
    sizes = [f"{px:g} pixels" for px in closeup.PIXELS]
    kinds = [f"{version}-{level}" for version, level in KINDS]
    return "\n\n".join(
        [
            "## Close-ups",
            _how(f"seeds {options.first_seed} to {options.first_seed + options.seeds - 1}"),
            tally.table([*names, "all, 2 to 8"], "condition (2 to 8 pixels a module)"),
            tally.table([*sizes, "all, 1.5 to 8"], "a module has"),
            tally.table(kinds, "version and level (1.5 to 8)"),
            tally.costs(),
        ]
    )


def pages_mode(options: argparse.Namespace) -> str:
    """A whole certificate in the frame, and what a chat application leaves of it."""
    shots, chats = Tally(), Tally()
    sheets = _sheets()
    sizes = [float(size) for size in options.megapixels.split(",")]
    for column, size in enumerate(sizes):
        for row, (name, level) in enumerate(pages.LEVELS.items()):
            if size >= 12 and name != "hard":
                continue  # what is hard at 12 is read, and they take long to make
            for seed in range(options.first_seed, options.first_seed + options.seeds):
                for number, (version, ecc) in enumerate(KINDS):
                    rng = np.random.default_rng([seed, 7, column, row, number])
                    code = symbol(version, ecc, rng)
                    shot = pages.photograph(sheets[number % len(sheets)], code, size, level, rng)
                    bins = [name, f"{size:g} megapixels", code.name, "all", _px(shot.px)]
                    shots.judge(shot.data, code.text, bins)
                    if size >= CHAT_FROM:
                        _chat(chats, shot.data, code, name, rng)
        _say(f"{size:g} megapixels: {shots.right.get(('certgen', f'{size:g} megapixels'), 0)}")
    kinds = [f"{version}-{ecc}" for version, ecc in KINDS]
    by_size = [f"{size:g} megapixels" for size in sizes]
    by_px = sorted(
        (name for name in shots.total if "a module" in name),
        key=lambda name: float(name.split()[0]),
    )
    return "\n\n".join(
        [
            "## Whole pages",
            _how(f"seeds {options.first_seed} to {options.first_seed + options.seeds - 1}"),
            shots.table([*by_size, *pages.LEVELS, *kinds, "all"], "photograph"),
            shots.table(by_px, "pixels"),
            shots.costs(),
            CHATTED,
            chats.table([*pages.LEVELS, *kinds, "all"], "chat copy of"),
        ]
    )


def files_mode(options: argparse.Namespace) -> str:
    """Photographs with the expected text beside them; in a folder `none` nothing may be read."""
    tally, false = Tally(), Tally()
    for path in sorted(options.folder.rglob("*")):
        truths = [path.with_suffix(suffix) for suffix in (".txt", ".bin")]
        if path.suffix not in {".png", ".jpg", ".jpeg", ".webp"}:
            continue
        group = path.relative_to(options.folder).parts[0]
        if group == "none":
            false.judge(path.read_bytes(), None, ["none"], lambda _: True)
            continue
        truth = next(
            (one.read_bytes().decode("utf-8", "replace") for one in truths if one.exists()), None
        )
        if truth is not None:
            tally.judge(path.read_bytes(), truth, [group, "all"], lambda _: True)
    groups = sorted(name for name in tally.total if name != "all")
    return "\n\n".join(
        [
            "## Other people's photographs",
            _how("everything is accepted, and counts as right when it is the truth to the letter"),
            tally.table([*groups, "all"], "folder"),
            tally.costs(),
            f"Pictures without a code: {false.total.get('none', 0)}.",
            false.costs(),
        ]
    )


def speed_mode(options: argparse.Namespace) -> str:
    """A clean page of eight megapixels: the pipeline and zxing-cpp alone in turn, both from the file's bytes."""
    rng = np.random.default_rng([options.first_seed, 8])
    code = symbol(10, "M", rng)
    shot = pages.photograph(_sheets()[0], code, 8, pages.LEVELS["easy"], rng)
    alone: list[float] = []
    ours: list[float] = []
    for _ in range(31):
        begun = time.process_time()
        with Image.open(io.BytesIO(shot.data)) as picture:
            assert code.text in read_qr(picture.convert("L"))  # noqa: S101
        between = time.process_time()
        assert read(shot.data, is_ours).text == code.text  # noqa: S101
        alone.append(1000 * (between - begun))
        ours.append(1000 * (time.process_time() - between))
    middle = statistics.median(ours), statistics.median(alone)
    ratio = middle[0] / middle[1]
    return "\n\n".join(
        [
            "## Speed",
            _how("31 rounds, one after the other in turn"),
            _CLEAN.format(*middle, ratio),
        ]
    )


def memory_mode(_: argparse.Namespace) -> str:
    """Peak memory of a process that reads nothing in 50 megapixels of print, as JPEG and as PNG."""
    rows = ["| picture | peak, MB | seconds |", "|---|---|---|"]
    for kind in ("JPEG", "PNG"):
        done = subprocess.run(
            [sys.executable, "-c", _FIFTY, kind], check=True, capture_output=True, cwd=ROOT
        )
        found = json.loads(done.stdout)
        rows.append(f"| 50 megapixels, {kind} | {found['mb']:.0f} | {found['seconds']:.1f} |")
    return "\n\n".join(["## Memory", _how("every stage runs"), "\n".join(rows)])


CHATTED = f"""Sent through a chat application: {CHAT_FROM} megapixels and more, shrunk to a long side of 1280 or
1440 and squeezed at quality 60 to 80, then passed on once more."""

_CLEAN = """A clean page of 8 megapixels, from JPEG bytes to text, median CPU time: {:.0f} ms; zxing-cpp alone
{:.0f} ms; ratio {:.2f}."""

MODES = {
    "closeup": closeup_mode,
    "pages": pages_mode,
    "files": files_mode,
    "speed": speed_mode,
    "memory": memory_mode,
}

_FIFTY = """
import json, os, resource, sys, tempfile, time, pathlib
kind = sys.argv[1]
path = pathlib.Path(tempfile.gettempdir()) / f"fifty-{os.getpid()}.{kind.lower()}"
if os.fork() == 0:  # made by a child: its memory is not ours
    from PIL import Image, ImageDraw
    page = Image.new("RGB", (8160, 6120), "white")
    draw = ImageDraw.Draw(page)
    for y in range(200, 6000, 120):
        for x in range(200, 7900, 90):
            draw.rectangle([x, y, x + (x * y) % 70, y + 60], fill=((x * 7) % 80, 20, 20))
    page.save(path, kind)
    os._exit(0)
os.wait()
from verify.decode.reader import read
begun = time.perf_counter()
assert read(path, lambda text: False).text is None
seconds = time.perf_counter() - begun
path.unlink()
mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
print(json.dumps({"mb": mb, "seconds": seconds}))
"""


def _chat(tally: Tally, data: bytes, code: Symbol, name: str, rng: np.random.Generator) -> None:
    for side in CHAT_SIDES:
        copy = optics.chatted(data, side, int(rng.integers(60, 81)))
        copy = optics.chatted(copy, side, int(rng.integers(60, 81)))
        tally.judge(copy, code.text, [name, code.name, "all"])


def _px(px: float) -> str:
    return f"{round(2 * px) / 2:g} a module"


def _sheets() -> list[Path]:
    found = [
        path for path in sorted((ROOT / "out").rglob("*.pdf")) if not path.name.startswith("print")
    ]
    if not found:
        sys.exit("no certificates in out/: run ./dev sample first")
    return found


def _how(what: str) -> str:
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {what}; {os.cpu_count()} cores ({platform.machine()}), "
        f"Python {platform.python_version()}."
    )


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)
