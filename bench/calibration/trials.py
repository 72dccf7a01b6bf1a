"""One trial: a scene by lot, photographed, read as the command reads it, and compared with the truth."""

import time
from dataclasses import dataclass

import numpy as np

from bench.calibration.scene import Scene
from bench.calibration.taking import Raster, photograph
from certgen.calibration.measuring import Measured, from_photo, from_readings
from certgen.errors import InputError
from certgen.exchange.calibration_target import Corner, Target
from certgen.model.misplacement import Misplacement, Size
from verify.calibration.photo import look

CORNER, ANGLE = 0.1, 0.05
"""What is to be reached: mm at the worst corner of the sheet (and of the shift), degrees."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one trial."""

    refused: str  # why, else empty
    shift: float = 0.0  # mm by which the shift is wrong
    corner: float = 0.0  # mm at the corner of the sheet that is most wrong
    angle: float = 0.0  # degrees
    seconds: float = 0.0

    @property
    def is_right(self) -> bool:
        """Accepted, and as near as is wanted."""
        return not self.refused and not self.is_wrong

    @property
    def is_wrong(self) -> bool:
        """Accepted, and not as near: the grave failure."""
        return not self.refused and (max(self.shift, self.corner) > CORNER or self.angle > ANGLE)


def photographed(raster: Raster, scene: Scene) -> Outcome:
    """A photograph, read with the paper's size known."""
    data = photograph(raster, scene)
    begun = time.perf_counter()
    try:
        measured = from_photo(look(data), scene.paper)
    except InputError as refusal:
        return Outcome(str(refusal), seconds=time.perf_counter() - begun)
    return compared(measured, scene.printer, scene.sheet, time.perf_counter() - begun)


def typed(
    printer: Misplacement,
    sheet: Size,
    error: float,
    rng: np.random.Generator,
    *,
    sheet_error: float | None = None,
) -> Outcome:
    """Eight readings with a ruler that errs by up to `error`, and two of the sheet's own size."""
    target = Target(*sheet)
    read: dict[Corner, tuple[float, float]] = {}
    for corner in Corner:
        x, y = printer.lands(target.cross(corner), sheet)
        pair = (sheet[0] - x if corner.is_right else x, sheet[1] - y if corner.is_bottom else y)
        read[corner] = tuple(float(value + rng.uniform(-error, error)) for value in pair)  # type: ignore[assignment]
    much = error if sheet_error is None else sheet_error
    paper = (sheet[0] + rng.uniform(-much, much), sheet[1] + rng.uniform(-much, much))
    try:
        measured = from_readings(target, read, paper)
    except InputError as refusal:
        return Outcome(str(refusal))
    return compared(measured, printer, sheet, 0.0)


def compared(measured: Measured, truth: Misplacement, sheet: Size, seconds: float) -> Outcome:
    """How wrong a measurement is."""
    found = measured.printer
    width, height = sheet
    corners = ((0.0, 0.0), (width, 0.0), (width, height), (0.0, height))
    off = [
        np.hypot(*(np.array(found.lands(at, sheet)) - np.array(truth.lands(at, sheet))))
        for at in corners
    ]
    return Outcome(
        "",
        float(np.hypot(found.dx - truth.dx, found.dy - truth.dy)),
        float(max(off)),
        abs(found.angle_deg - truth.angle_deg),
        seconds,
    )
