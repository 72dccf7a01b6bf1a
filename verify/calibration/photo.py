"""A photograph or scan of a calibration target → where the paper's edges lie in the target's millimetres.

    sighting = look(Path("IMG_1.jpg"))
    sighting.edges["left"]  # ((-1.93, 25.2), (-1.93, 40.0), …): left of where it was asked to be

Every fault of the picture is an `InputError` that names it and what to do; nothing doubtful is returned.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from certgen.errors import InputError
from certgen.exchange.calibration_sighting import Sighting
from certgen.exchange.calibration_target import Corner, Target
from verify.calibration import discs, edges, marks
from verify.calibration.edges import Edge, Line
from verify.calibration.lens import DEGREES, Points, View, fitted, rough
from verify.decode.picture import open_picture
from verify.decode.planes import Plane
from verify.decode.reading import Corners

PIXELS = 16_000_000
"""More are halved: 12 megapixels have 8 pixels a millimetre of A4, and 4 are enough."""

PER_MM = 2.2  # pixels: below it marks and edges are lost
MISFIT, NOISE = 0.01, 0.04
"""mm and pixels: what the discs may miss. In simulation those of flat sheets missed less, and those of every photograph
that gave a wrong result (a curl of 3 mm and more) missed more."""

SCATTER = 0.12  # mm, of an edge's samples
SHARE = 0.75  # of an edge that must be seen
SAG, SWING = 0.06, 0.10  # mm, by which an edge may bend, and swing: it was cut straight
_DISCS = 0.85  # of the discs along each side
STEPS, FIRST = 4, 0.3
"""Rounds of finding discs and fitting them; the share of all discs that the first must find."""

_BINS = 12  # places of an edge that are handed on
AS_GOOD = 1.06  # 3 % is what the fewer terms alone make of the same noise
_GAMMA = 2.2
_SIDES = {
    Edge.LEFT: ("左", "left"),
    Edge.TOP: ("上", "top"),
    Edge.RIGHT: ("右", "right"),
    Edge.BOTTOM: ("下", "bottom"),
}


def look(source: Path | bytes, expected: tuple[float, float] | None = None) -> Sighting:
    """What the picture shows; `expected` is the size of sheet that was meant, mm. `InputError` says why not."""
    grey = open_picture(source).grey
    while grey.width * grey.height > PIXELS:
        grey = grey.reduce(2)
    target, places = marks.find(grey)
    _is_expected(target, expected)
    start = _start(target, grey.size, places)
    light = _light(grey)
    view, misfit = _seen(light, start, target)
    found = {edge: edges.find(light, view, edge) for edge in Edge}
    for edge, line in found.items():
        _is_visible(edge, line)
        _is_straight(edge, line)
    return Sighting(
        target,
        {edge.value: _binned(line.points, edge) for edge, line in found.items()},
        misfit,
        _per_mm(view),
    )


def _is_expected(target: Target, expected: tuple[float, float] | None) -> None:
    if expected is not None and target.size != expected:
        raise InputError(
            zh=f"照片里是 {target.width:g}×{target.height:g} 毫米的校准页，不是 {expected[0]:g}×{expected[1]:g}："
            "请拍对应纸张的校准页，或改 --sheet",
            en=f"the picture shows the target for {target.width:g} x {target.height:g} mm, not "
            f"{expected[0]:g} x {expected[1]:g}: photograph the right one, or change --sheet",
        )


def _start(target: Target, size: tuple[int, int], places: dict[Corner, Corners]) -> View:
    """The view that the marks give. Refuses mirrors and pictures that are too small."""
    asked = np.array([spot for corner in places for spot in target.symbol(corner)])
    seen = np.array([spot for corners in places.values() for spot in corners])
    view = rough(target.size, size, asked, seen)
    if view.is_mirrored:
        raise InputError(
            zh="照片是左右颠倒的（镜像）：请关闭前置摄像头的镜像，或用后置摄像头重拍",
            en="the picture is mirrored: use the rear camera, or switch mirroring off",
        )
    if (per_mm := _per_mm(view)) < PER_MM:
        raise InputError(
            zh=f"照片太小：每毫米只有 {per_mm:.1f} 个像素，至少要 {PER_MM:g} 个。请靠近些，让纸占满画面，用原图",
            en=f"the picture is too small: {per_mm:.1f} pixels a millimetre, at least {PER_MM:g} are needed. Go "
            "nearer, so that the sheet fills the picture, and use the original file",
        )
    return view


def _per_mm(view: View) -> float:
    width, height = view.size
    corners = np.array(
        [[20.0, 20.0], [width - 20, 20], [width - 20, height - 20], [20, height - 20]]
    )
    return float(view.per_mm(corners).min())


def _light(grey: Image.Image) -> Plane:
    """Linear light: half of an edge's light is then half of its pixel."""
    table = ((np.arange(256) / 255) ** _GAMMA).astype(np.float32)
    linear: Plane = table[np.asarray(grey)]
    return linear


def _seen(light: Plane, view: View, target: Target) -> tuple[View, float]:
    """The view refined on the discs, and what they still miss (root mean square, mm)."""
    spots = np.array(target.discs)
    for step in range(STEPS):
        pixels, found = discs.centres(light, view, spots)
        if step == STEPS - 1 or found.mean() < FIRST:
            _enough(found, view, spots)
        # The marks alone show the way to most discs, and these to the rest.
        degree = DEGREES[0 if step < STEPS - 1 else -1]
        view = fitted(view, spots[found], pixels[found], degree)
        off = np.hypot(*((view.pixels(spots) - pixels) / view.per_mm(spots)[:, None]).T)
        # A disc under a pen stroke or a crumb says nothing about the others.
        good = found & (off < max(4 * float(np.median(off[found])), 0.05))
    _enough(good, view, spots)
    view = fitted(view, spots[good], pixels[good])
    view = _simplest(view, spots[good], pixels[good])
    misfit = _misfit(view, spots[good], pixels[good])
    if misfit > MISFIT + NOISE / _per_mm(view):
        raise InputError(
            zh=f"圆点位置不一致（{misfit:.2f} 毫米）：纸不平，或照片模糊、抖动。请压平纸，光线充足时从正上方重拍",
            en=f"the discs do not fit together ({misfit:.2f} mm): the paper is not flat, or the picture is blurred. "
            "Flatten the sheet and photograph it from above in good light",
        )
    return view, misfit


def _simplest(view: View, spots: Points, pixels: Points) -> View:
    """The view with the lowest degree that explains the discs about as well: others make more of the noise."""
    full = _misfit(view, spots, pixels)
    simpler = (fitted(view, spots, pixels, degree) for degree in DEGREES[:-1])
    return next((one for one in simpler if _misfit(one, spots, pixels) < AS_GOOD * full), view)


def _misfit(view: View, spots: Points, pixels: Points) -> float:
    """Root mean square, mm."""
    off = (view.pixels(spots) - pixels) / view.per_mm(spots)[:, None]
    return float(np.sqrt(np.mean((off**2).sum(axis=1))))


def _enough(found: NDArray[np.bool_], view: View, spots: Points) -> None:
    """Of all discs, and of those along each side."""
    width, height = view.size
    sides = {
        Edge.LEFT: spots[:, 0] < 30,
        Edge.TOP: spots[:, 1] < 30,
        Edge.RIGHT: spots[:, 0] > width - 30,
        Edge.BOTTOM: spots[:, 1] > height - 30,
    }
    worst = min(sides, key=lambda edge: float(found[sides[edge]].mean()))
    if found[sides[worst]].mean() < _DISCS:
        zh, en = _SIDES[worst]
        raise InputError(
            zh=f"{zh}边的圆点看不清：请避开反光、阴影和遮挡，对焦清楚后重拍",
            en=f"the discs along the {en} edge are not clear: avoid glare, hard shadows and fingers, and focus well",
        )


def _is_visible(edge: Edge, line: Line) -> None:
    if line.share < SHARE or line.scatter > SCATTER:
        zh, en = _SIDES[edge]
        raise InputError(
            zh=f"看不清纸的{zh}边：请把纸放在比它深得多的桌面或布上，四条纸边全部入镜，四周留一点桌面；"
            "扫描时请在纸上盖一张黑纸",
            en=f"the {en} edge of the paper cannot be seen: lay it on something much darker, with all four edges and "
            "a little of the ground around them in the picture; on a scanner cover it with black paper",
        )


def _is_straight(edge: Edge, line: Line) -> None:
    """In the target's millimetres a cut edge is straight: what bends it is a curl that no disc told of."""
    along, across = _split(line.points, edge)
    half = (along - along.mean()) / max(float(np.ptp(along)) / 2, 1e-6)
    sag, swing = (abs(float(np.polyfit(half, across, degree)[0])) for degree in (2, 3))
    if sag > SAG or swing > SWING:
        (zh, en), bend = _SIDES[edge], max(sag, swing)
        raise InputError(
            zh=f"纸的{zh}边是弯的（{bend:.2f} 毫米）：纸卷曲或翘起。请压平（可压一块玻璃或用胶带固定四角）后重拍",
            en=f"the {en} edge of the paper is bent by {bend:.2f} mm: the sheet is curled. Flatten it, under glass or "
            "with tape at its corners, and photograph it again",
        )


def _binned(points: Points, edge: Edge) -> tuple[tuple[float, float], ...]:
    """Medians of equal pieces of an edge: noise does not pass for a residual."""
    along, _ = _split(points, edge)
    pieces = np.array_split(points[np.argsort(along)], _BINS)
    return tuple((float(np.median(piece[:, 0])), float(np.median(piece[:, 1]))) for piece in pieces)


def _split(points: Points, edge: Edge) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    upright = edge in {Edge.LEFT, Edge.RIGHT}
    return (points[:, 1], points[:, 0]) if upright else (points[:, 0], points[:, 1])
