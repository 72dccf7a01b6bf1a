"""One function a mode of the command: run the trials, set the tables."""

import argparse
import io
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image

from bench.calibration import trials
from bench.calibration.scene import Camera, Scene, drawn, plain
from bench.calibration.taking import Raster, developed, photograph, printed
from bench.calibration.trials import Outcome
from certgen.calibration import drawing
from certgen.calibration.measuring import RESIDUAL, from_photo
from certgen.errors import InputError
from certgen.exchange.calibration_target import Target
from certgen.fonts import fontset
from certgen.model.misplacement import Misplacement
from verify.calibration.photo import look

ROOT = Path(__file__).parent.parent.parent
A4 = (297.0, 210.0)
RULER = 0.15  # mm


def trials_mode(options: argparse.Namespace) -> str:
    """Photographs by lot, and typed readings of as many printers."""
    raster = target_raster()
    flat: list[Outcome] = []
    curled: list[Outcome] = []
    scenes = [
        drawn(np.random.default_rng([options.seed, number]), A4) for number in range(options.trials)
    ]
    with ProcessPoolExecutor() as pool:
        outcomes = list(pool.map(partial(trials.photographed, raster), scenes))
    for number, (scene, outcome) in enumerate(zip(scenes, outcomes, strict=True)):
        (curled if scene.curl else flat).append(outcome)
        if not outcome.is_right:
            print(number, outcome, scene, file=sys.stderr, flush=True)
    rng = np.random.default_rng([options.seed, 1_000_000])
    others = np.random.default_rng([options.seed, 1_000_000])
    by_hand = {
        f"ruler ±{RULER:g} mm, the sheet measured with it too": [
            trials.typed(_printer(rng), A4, RULER, rng) for _ in range(options.trials)
        ],
        f"ruler ±{RULER:g} mm, the sheet exactly A4": [
            trials.typed(_printer(others), A4, RULER, others, sheet_error=0.0)
            for _ in range(options.trials)
        ],
    }
    rows = {
        "photographs": [*flat, *curled],
        "– of flat sheets": flat,
        "– of curled sheets (0.3 to 2 mm)": curled,
    }
    return "\n\n".join(
        [
            "## Trials",
            _how(f"{options.trials} trials each, seed {options.seed}, A4 lying"),
            _table(rows),
            _refusals(rows["photographs"]),
            "Typed readings:",
            _typed_table(by_hand),
        ]
    )


def scans_mode(_: argparse.Namespace) -> str:
    """A scanner looks straight down and its lens is good; what matters is the lid."""
    raster, printer = target_raster(), Misplacement(0.7, -0.4, 0.998, 1.001, 0.2)
    lines = ["| scan | lid | outcome |", "|---|---|---|"]
    for dpi in (150, 300, 600):
        for lid, shade in (
            ("black", 0.04),
            ("white, a shadow line around the sheet", 0.9),
            ("white", 0.9),
        ):
            data = _scan(raster, printer, dpi, shade, shadow="shadow" in lid)
            try:
                found = from_photo(look(data), A4)
                off = trials.compared(found, printer, A4, 0.0)
                said = f"worst corner {off.corner:.3f} mm, {off.angle:.4f}°"
            except InputError as refusal:
                said = f"refused: {refusal.said.en.split(':')[0]}"
            lines.append(f"| {dpi} dpi | {lid} | {said} |")
    return "\n\n".join(["## Scans", _how("one each"), "\n".join(lines)])


def speed_mode(_: argparse.Namespace) -> str:
    """A process of its own for each picture: time, and the most memory it ever held."""
    raster = target_raster()
    lines = ["| picture | seconds | peak, MB |", "|---|---|---|"]
    for megapixels, kind in ((12, "JPEG"), (50, "JPEG"), (50, "PNG")):
        scene = plain(A4, Misplacement(0.5), megapixels=float(megapixels))
        with tempfile.NamedTemporaryFile(suffix=f".{kind.lower()}") as file:
            if kind == "JPEG":
                file.write(photograph(raster, scene))
            else:
                developed(raster, scene).save(file, "PNG")
            file.flush()
            done = subprocess.run(
                [sys.executable, "-c", _MEASURE, file.name],
                check=True,
                capture_output=True,
                cwd=ROOT,
            )
        found = json.loads(done.stdout)
        lines.append(
            f"| {megapixels} megapixels, {kind} | {found['seconds']:.1f} | {found['mb']:.0f} |"
        )
    return "\n\n".join(["## Speed and memory", _how("one each"), "\n".join(lines)])


def beyond_mode(options: argparse.Namespace) -> str:
    """One thing at a time taken beyond its range; what counts is that nothing wrong is accepted."""
    raster, rows = target_raster(), {}
    for row, (name, change) in enumerate(_BEYOND.items()):
        rows[name] = []
        for number in range(options.trials):
            rng = np.random.default_rng([options.seed, 7, row, number])
            scene = replace(drawn(rng, A4), **{"curl": 0.0, **change(rng)})
            rows[name].append(trials.photographed(raster, scene))
        print(name, Counter(one.refused[:60] for one in rows[name]), file=sys.stderr, flush=True)
    return "\n\n".join(
        ["## Beyond the ranges", _how(f"{options.trials} each, seed {options.seed}"), _table(rows)]
    )


MODES: dict[str, Callable[[argparse.Namespace], str]] = {
    "trials": trials_mode,
    "scans": scans_mode,
    "speed": speed_mode,
    "beyond": beyond_mode,
}

_BEYOND: dict[str, Callable[[np.random.Generator], dict[str, object]]] = {
    "curl of 2 to 8 mm": lambda rng: {"curl": rng.uniform(2, 8)},
    "defocus of 3 to 8 pixels": lambda rng: {"defocus": rng.uniform(3, 8)},
    "1 to 3 megapixels": lambda rng: {"megapixels": rng.uniform(1, 3)},
    "ground with 40 to 90 % of white": lambda rng: {
        "shade": rng.uniform(0.4, 0.9),
        "ground": "wood",
    },
    "tilt of 25 to 45°": lambda rng: {"tilt": rng.uniform(25, 45)},
}

_MEASURE = """
import json, pathlib, re, sys, time
from certgen.calibration.measuring import RESIDUAL, from_photo
from verify.calibration.photo import look
begun = time.perf_counter()
from_photo(look(pathlib.Path(sys.argv[1])))
seconds = time.perf_counter() - begun
peak = re.search(r"VmHWM:\\s+(\\d+) kB", pathlib.Path("/proc/self/status").read_text())[1]
print(json.dumps({"seconds": seconds, "mb": int(peak) / 1000}))
"""


def target_raster(size: tuple[float, float] = A4) -> Raster:
    """The target of that size, drawn by the toolkit and rasterised by pdfium."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "target.pdf"
        drawing.write(path, Target(*size), fontset.load(), made=datetime(2026, 1, 1, tzinfo=UTC))
        return printed(path)


def _printer(rng: np.random.Generator) -> Misplacement:
    return drawn(rng, A4).printer


def _scan(raster: Raster, printer: Misplacement, dpi: int, shade: float, *, shadow: bool) -> bytes:
    """From straight above, the sheet a little turned on a glass that is larger than it."""
    width = 340 / 25.4 * dpi
    scene = plain(
        A4, printer, megapixels=width * width * 0.75 / 1e6, tilt=0.0, spin=0.6, fill=0.87, k1=0.0,
        ground="plain", shade=shade, defocus=1.0, uneven=0.0, sharpen=0.0, electrons=5000.0, jpeg=92,
    )  # fmt: skip
    picture = developed(raster, scene)
    if shadow:
        picture = _shaded(picture, scene)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=92, dpi=(dpi, dpi))
    return out.getvalue()


def _shaded(picture: Image.Image, scene: Scene) -> Image.Image:
    """The line of shadow that a scanner leaves around a sheet: 0.6 mm, a third of the light gone."""
    camera = Camera(scene)
    x, y = np.meshgrid(np.arange(camera.width, dtype=float), np.arange(camera.height, dtype=float))
    at_x, at_y = camera.paper_at(x, y)
    outside = np.maximum(np.maximum(-at_x, at_x - A4[0]), np.maximum(-at_y, at_y - A4[1]))
    dark = np.where((outside > 0) & (outside < 0.6), 0.6, 1.0)
    return Image.fromarray((np.asarray(picture) * dark[..., None]).astype(np.uint8))


def _table(rows: dict[str, Sequence[Outcome]]) -> str:
    lines = [
        "| | trials | right | refused | accepted and wrong | corner, mm | shift, mm | angle, ° |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, outcomes in rows.items():
        taken = [one for one in outcomes if not one.refused]
        spreads = [
            _spread([getattr(one, what) for one in taken], digits)
            for what, digits in (("corner", 3), ("shift", 3), ("angle", 4))
        ]
        right = sum(one.is_right for one in outcomes)
        wrong = sum(one.is_wrong for one in outcomes)
        share = f"{right} ({right / max(len(outcomes), 1):.1%})"
        refused = len(outcomes) - len(taken)
        lines.append(
            f"| {name} | {len(outcomes)} | {share} | {refused} | {wrong} | {' | '.join(spreads)} |"
        )
    return "\n".join(lines)


def _typed_table(rows: dict[str, Sequence[Outcome]]) -> str:
    """A ruler of ±0.15 mm cannot reach 0.1 mm: what it does reach."""
    lines = [
        "| | trials | refused | corner within 0.3 mm | corner, mm | shift, mm | angle, ° |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, outcomes in rows.items():
        taken = [one for one in outcomes if not one.refused]
        near = sum(one.corner <= RESIDUAL for one in taken)
        spreads = (
            _spread([one.corner for one in taken], 3),
            _spread([one.shift for one in taken], 3),
            _spread([one.angle for one in taken], 4),
        )
        refused = len(outcomes) - len(taken)
        lines.append(
            f"| {name} | {len(outcomes)} | {refused} | {near} ({near / len(outcomes):.1%}) | "
            f"{' | '.join(spreads)} |"
        )
    return "\n".join(lines)


def _spread(values: Sequence[float], digits: int) -> str:
    if not values:
        return "–"
    points = (np.median(values), np.percentile(values, 95), max(values))
    return ", ".join(f"{point:.{digits}f}" for point in points)


def _refusals(outcomes: Sequence[Outcome]) -> str:
    reasons = Counter(one.refused.split(":")[0] for one in outcomes if one.refused)
    listed = "; ".join(f"{count} × {reason}" for reason, count in reasons.most_common())
    seconds = [one.seconds for one in outcomes]
    return (
        f"Refused: {listed or 'none'}. Reading took {np.median(seconds):.1f} s (median), "
        f"{max(seconds):.1f} s at most, on a shared machine."
    )


def _how(what: str) -> str:
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {what}; right: shift and worst corner within {trials.CORNER:g} mm, "
        f"angle within {trials.ANGLE:g}°; errors as median, 95 %, largest; {os.cpu_count()} cores "
        f"({platform.machine()}), Python {platform.python_version()}."
    )
