"""From what was measured on a printed target to how the printer misses, or to a refusal that names what is wrong.

Two limits of any such measurement are said, not hidden. Paper is never exactly as large as it is called (ISO 216 allows
±1.5 mm up to 150 mm, ±2 mm above), and neither a photograph nor four corners can tell a wider sheet from a smaller
print: the sheet's own size, read with a ruler, decides. And distances count from the left and the top edge.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import dist

from certgen.calibration.fit import Fit, Reading, fit
from certgen.errors import InputError, Said
from certgen.exchange.calibration_sighting import Sighting
from certgen.exchange.calibration_target import CROSS, Corner, Target
from certgen.model.finding import Finding, Severity
from certgen.model.misplacement import Misplacement, Size
from certgen.model.page import Mm

RESIDUAL: Mm = 0.3
"""A larger residual is refused, whatever the method."""

PHOTO_RESIDUAL: Mm = 0.08
"""Of a photograph: ours. Flat sheets have 0.01 to 0.05, and what is more was wrong in simulation."""

MISREAD: Mm = 0.6
"""A reading that lies so far from what the seven others say was misread: four times the error of a ruler's ±0.15 mm."""

DRIVER_SCALE = 0.010
"""What misses 100 % by more is no machine but a setting of the driver. Machines and paper stay within 0.7 % (a motor's
few per mille; 2 mm of 297), drivers that fit a page into its margins begin near 98 %: ours, between the two."""

PAPER_DOUBT = 0.001
"""A scale off by more must not be the paper's: 0.1 % of half an A4's length is 0.15 mm. Below, nobody need measure."""

TOLERANCE: Mm = 3.0
"""By which a measured sheet may differ from its name: more than ISO 216 allows, else it is another sheet."""

FAR: Mm = 12.0
"""A shift that no printer makes: something else was taken for the paper's edge."""

_NAMES = {
    Corner.TOP_LEFT: Said("左上角", "top left"),
    Corner.TOP_RIGHT: Said("右上角", "top right"),
    Corner.BOTTOM_RIGHT: Said("右下角", "bottom right"),
    Corner.BOTTOM_LEFT: Said("左下角", "bottom left"),
}
_EDGES = {
    "left": Said("左边", "left edge"),
    "top": Said("上边", "top edge"),
    "right": Said("右边", "right edge"),
    "bottom": Said("下边", "bottom edge"),
}


class Method(StrEnum):
    """How a misplacement was measured."""

    READINGS = "readings"
    PHOTO = "photo"


@dataclass(frozen=True, slots=True)
class Measured:
    """How a printer misses, and how well that is known."""

    target: Target
    paper: Size  # the sheet's own size: as measured, else as it is called
    method: Method
    printer: Misplacement
    residual: Mm  # the largest
    rms: Mm
    findings: tuple[Finding, ...] = ()

    def off_by(self) -> Mm:
        """How far the worst corner of the sheet is missed."""
        width, height = self.target.size
        corners = ((0.0, 0.0), (width, 0.0), (width, height), (0.0, height))
        return max(dist(corner, self.printer.lands(corner, self.target.size)) for corner in corners)


def from_readings(
    target: Target, read: Mapping[Corner, tuple[Mm, Mm]], paper: Size | None = None
) -> Measured:
    """From four pairs (to the left or right edge, to the top or bottom edge), read from the crosses' centres.

    `paper` is the sheet's own size as a ruler says. `InputError` names the reading that fits worst.
    """
    readings: list[Reading] = []
    for corner in Corner:
        x, y = target.cross(corner)
        sideways, upright = read[corner]
        _is_possible(corner, (sideways, upright))
        readings.append(Reading(x, y, "right" if corner.is_right else "left", sideways))
        readings.append(Reading(x, y, "bottom" if corner.is_bottom else "top", upright))
    found = fit(readings, target.size, _paper(target, paper))
    _misreadings(found, readings)
    return _measured(target, paper, Method.READINGS, found)


def from_photo(seen: Sighting, paper: Size | None = None) -> Measured:
    """From a photograph that was read. `InputError` when its edges do not make a rectangle of that size."""
    readings = [Reading(x, y, edge, 0.0) for edge, places in seen.edges.items() for x, y in places]
    found = fit(readings, seen.target.size, _paper(seen.target, paper))
    if found.largest > PHOTO_RESIDUAL:
        worst = readings[max(range(len(readings)), key=lambda at: abs(found.misses[at]))]
        edge = _EDGES[worst.edge]
        raise InputError(
            zh=f"残差 {found.largest:.2f} 毫米，超过 {PHOTO_RESIDUAL:g} 毫米，{edge.zh}最不吻合：纸不平、"
            "裁切不方正，或纸边被阴影、别的东西遮住。请压平后重拍，仍不行就用直尺",
            en=f"the residual is {found.largest:.2f} mm, above {PHOTO_RESIDUAL:g} mm, the {edge.en} fits worst: the "
            "sheet is not flat or not cut square, or its edge is hidden. Flatten it and try again, else use a ruler",
        )
    if max(abs(found.printer.dx), abs(found.printer.dy)) > FAR:
        raise InputError(
            zh="测得的偏移大得不合理：可能把别的边当成了纸边。请把纸单独放在深色桌面上重拍",
            en="the shift is larger than any printer makes: something else was taken for the paper's edge. Lay the "
            "sheet alone on a dark table",
        )
    return _measured(seen.target, paper, Method.PHOTO, found)


def _paper(target: Target, paper: Size | None) -> Size:
    if paper is None:
        return target.size
    for side, measured in zip(target.size, paper, strict=True):
        if not abs(measured - side) <= TOLERANCE:  # also not a number
            raise InputError(
                zh=f"纸张实测 {paper[0]:g}×{paper[1]:g} 毫米与校准页 {target.width:g}×{target.height:g} 毫米相差太大："
                "请重新测量，先宽后高",
                en=f"a sheet of {paper[0]:g} x {paper[1]:g} mm is no {target.width:g} x {target.height:g} mm: measure "
                "again, width first",
            )
    return paper


def _is_possible(corner: Corner, pair: tuple[Mm, Mm]) -> None:
    name = _NAMES[corner]
    for value in pair:
        if not 0 < value < 2 * CROSS:  # also not a number
            raise InputError(
                zh=f"{name.zh}的读数 {value:g} 不可能：应在 {CROSS:g} 毫米左右，单位毫米",
                en=f"{value:g} at the {name.en} is not possible: about {CROSS:g} mm is expected",
            )


def _misreadings(found: Fit, readings: Sequence[Reading]) -> None:
    """Refuse what does not fit together. Readings that would explain it equally well are named together."""
    against = [abs(miss) for miss in found.against_the_rest()]
    if found.largest <= RESIDUAL and max(against) <= MISREAD:
        return
    suspects = [at for at, miss in enumerate(against) if miss > 0.95 * max(against)]
    zh = "或".join(_named(at, readings).zh for at in suspects)
    en = " or ".join(_named(at, readings).en for at in suspects)
    raise InputError(
        zh=f"读数互相矛盾：{zh}，与其余读数相差 {max(against):.1f} 毫米（残差 {found.largest:.2f} 毫米）。"
        "请重新测量后再输入；"
        "若量得没错，纸可能裁得不方正，请换一张",
        en=f"the readings contradict each other: {en} is {max(against):.1f} mm from what the others say (residual "
        f"{found.largest:.2f} mm). Read it again; if it is right, the sheet may not be square: take another",
    )


def _named(at: int, readings: Sequence[Reading]) -> Said:
    corner, edge = _NAMES[list(Corner)[at // 2]], _EDGES[readings[at].edge]
    value = readings[at].distance
    return Said(
        f"{corner.zh}到{edge.zh}的 {value:g}", f"{value:g} at the {corner.en} to the {edge.en}"
    )


def _measured(target: Target, paper: Size | None, method: Method, found: Fit) -> Measured:
    printer = found.printer
    findings = [*_driver(printer), *_doubt(target, printer, known=paper is not None)]
    return Measured(
        target, paper or target.size, method, printer, found.largest, found.rms, tuple(findings[:1])
    )


def _driver(printer: Misplacement) -> list[Finding]:
    scales = (printer.scale_x, printer.scale_y)
    if all(abs(scale - 1) <= DRIVER_SCALE for scale in scales):
        return []
    worst = max(scales, key=lambda scale: abs(scale - 1))
    zh, en = ("缩小到", "shrinks") if worst < 1 else ("放大到", "enlarges")
    percent = f"{printer.scale_x:.1%}"
    if round(1000 * scales[0]) != round(1000 * scales[1]):
        percent = f"{printer.scale_x:.1%} × {printer.scale_y:.1%}"
    said = Said(
        f"打印驱动把页面{zh} {percent}：请在打印对话框选“实际大小”或 100%，重新打印校准页再测",
        f"the driver {en} the page to {percent}: choose actual size (实际大小, 100 %) in the print dialogue, "
        "print the target again and measure that",
    )
    return [Finding("calibration/driver-scale", Severity.ERROR, said)]


def _doubt(target: Target, printer: Misplacement, *, known: bool) -> list[Finding]:
    doubtful = max(abs(printer.scale_x - 1), abs(printer.scale_y - 1)) > PAPER_DOUBT
    if known or not doubtful:
        return []
    width, height = target.width / printer.scale_x, target.height / printer.scale_y
    said = Said(
        f"比例 {printer.scale_x:.2%} × {printer.scale_y:.2%}：是打印机的误差，还是这张纸本身约 "
        f"{width:.1f}×{height:.1f} 毫米（而非 {target.width:g}×{target.height:g}），无从分辨。"
        "请用直尺量纸的宽和高，加上 --measured 宽x高 再算一次",
        f"scale {printer.scale_x:.2%} x {printer.scale_y:.2%}: the printer's error, or a sheet that is really about "
        f"{width:.1f} x {height:.1f} mm and not {target.width:g} x {target.height:g}. Measure width and height of the "
        "sheet with a ruler and run it again with --measured WIDTHxHEIGHT",
    )
    return [Finding("calibration/paper-not-measured", Severity.REVIEW, said)]
