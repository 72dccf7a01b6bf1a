"""The four edges of the paper in the target's millimetres: steps from paper to ground, then a line."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from verify.calibration.lens import Points, View
from verify.decode.planes import Plane, sampled

Floats = NDArray[np.float64]

_SAMPLES = 240  # along an edge
_CLEAR = 0.12  # of an edge at either end: rulers run out there
_INSIDE, _OUTSIDE = 13.0, 16.0  # mm of a profile, from where the edge should be
_STEP = 0.1  # mm
_DROP = 0.2  # of the paper's light: a smaller step is no edge


class Edge(StrEnum):
    """A side of the sheet as it lies before the reader."""

    LEFT = "left"
    TOP = "top"
    RIGHT = "right"
    BOTTOM = "bottom"


@dataclass(frozen=True, slots=True)
class Line:
    """An edge: its points in the target's millimetres, and how well they lie on a line."""

    points: Points  # n x 2
    share: float  # of the samples that saw the edge
    scatter: float  # standard deviation across the line, mm


def find(light: Plane, view: View, edge: Edge) -> Line:
    """One edge; `share` is 0 where nothing like one was seen. `light` is linear."""
    rough = _profiles(light, view, edge, None)
    coarse = _coarse(rough)
    trend = _line(rough.along, coarse)
    if trend is None:
        return Line(np.zeros((0, 2)), 0.0, 0.0)
    fine = _profiles(light, view, edge, trend)
    off = _fine(fine)
    fit = _line(fine.along, off)
    if fit is None:
        return Line(np.zeros((0, 2)), 0.0, 0.0)
    miss = off - np.polyval(fit, fine.along)
    scatter = 1.4826 * float(np.nanmedian(np.abs(miss - np.nanmedian(miss))))
    good = np.abs(miss) < max(3.5 * scatter, 0.05)
    across = np.asarray(np.polyval(trend, fine.along) + off, dtype=np.float64)
    points = _places(view.size, edge, fine.along[good], across[good])
    return Line(points, float(good.mean()), scatter)


@dataclass(frozen=True, slots=True)
class _Profiles:
    """Light across an edge at many places along it: rows outwards."""

    along: Floats  # mm, from the target's top or left
    out: Floats  # mm of each column, outwards
    values: Plane  # not a number beyond the picture
    blur: float  # mm of three pixels


def _profiles(light: Plane, view: View, edge: Edge, trend: Floats | None) -> _Profiles:
    length = view.size[0] if edge in {Edge.TOP, Edge.BOTTOM} else view.size[1]
    along = np.linspace(_CLEAR * length, (1 - _CLEAR) * length, _SAMPLES)
    base = np.zeros(_SAMPLES) if trend is None else np.polyval(trend, along)
    middle = _places(view.size, edge, along, np.asarray(base, dtype=np.float64))
    per_mm = float(view.per_mm(middle[[0, _SAMPLES // 2, -1]]).min())
    reach = (_INSIDE, _OUTSIDE) if trend is None else (_room(per_mm), _room(per_mm))
    out = np.arange(-reach[0], reach[1] + _STEP / 2, _STEP)
    places = _places(
        view.size, edge, np.repeat(along, len(out)), (base[:, None] + out[None]).ravel()
    )
    pixels = view.pixels(places)
    values = sampled(light, pixels[:, 0], pixels[:, 1]).astype(np.float64)
    height, width = light.shape
    beyond = (pixels < 0).any(axis=1) | (pixels > np.array([width - 1, height - 1])).any(axis=1)
    values[beyond] = np.nan
    return _Profiles(along, out, values.reshape(_SAMPLES, -1), 3 / per_mm)


def _room(per_mm: float) -> float:
    """How far a profile reaches on either side of a known edge: clear of the blur, clear of print."""
    return float(np.clip(8 / per_mm, 1.6, 4.0))


def _places(size: tuple[float, float], edge: Edge, along: Floats, out: Floats) -> Points:
    """Points of the target from (along, outwards), outwards counted from where the edge should be."""
    if edge is Edge.LEFT:
        return np.column_stack([-out, along])
    if edge is Edge.RIGHT:
        return np.column_stack([size[0] + out, along])
    if edge is Edge.TOP:
        return np.column_stack([along, -out])
    return np.column_stack([along, size[1] + out])


def _coarse(profiles: _Profiles) -> Floats:
    """About where each profile leaves the paper: the first lasting drop on the way out; not a number where none."""
    values, out = profiles.values, profiles.out
    # Neighbours along the edge together: an edge turns slowly, noise and grain do not last.
    kernel = 9
    wide = np.pad(values, ((kernel // 2, kernel // 2), (0, 0)), mode="edge")
    calm = np.median(np.stack([wide[at : at + len(values)] for at in range(kernel)]), axis=0)
    paper = np.nanmedian(calm[:, out < -10.0], axis=1)
    lag = max(int(1.5 * profiles.blur / _STEP), 8)
    drop = calm[:, :-lag] - calm[:, lag:]
    steep = drop > _DROP * paper[:, None]
    first = steep.argmax(axis=1)
    found = steep.any(axis=1)
    # The steepest within what follows the first: the middle of the step.
    columns = np.arange(drop.shape[1])[None]
    near = (columns >= first[:, None]) & (columns <= first[:, None] + 2 * lag)
    best = np.where(near, np.nan_to_num(drop, nan=-1.0), -1.0).argmax(axis=1)
    return np.where(found, out[best] + lag * _STEP / 2, np.nan)


def _fine(profiles: _Profiles) -> Floats:
    """How far the step lies from the middle of each profile: half the light between paper and ground."""
    values, out = profiles.values, profiles.out
    clear = out[-1] - 0.45 * (out[-1] - out[0]) / 2
    paper = np.median(values[:, out < -clear], axis=1)[:, None]
    ground = np.median(values[:, out > clear], axis=1)[:, None]
    share = (values - ground) / np.maximum(paper - ground, 1e-6)
    # The crossing of one half that is nearest to the middle.
    crossing = (share[:, :-1] >= 0.5) & (share[:, 1:] < 0.5)
    distance = np.where(crossing, np.abs(out[:-1])[None], np.inf)
    at = distance.argmin(axis=1)
    rows = np.arange(len(values))
    before, after = share[rows, at], share[rows, at + 1]
    place = out[at] + _STEP * (before - 0.5) / np.maximum(before - after, 1e-6)
    seen = crossing.any(axis=1) & ((paper - ground)[:, 0] > _DROP * paper[:, 0])
    return np.where(seen, place, np.nan)


def _line(along: Floats, off: Floats) -> Floats | None:
    """The line most samples lie on (slope, start); None when fewer than half of all do."""
    good = np.isfinite(off)
    if good.mean() < 0.5:
        return None
    x, y = along[good], off[good]
    best: Floats | None = None
    most = 0.0
    picks = np.random.default_rng(0)
    for _ in range(60):
        one, other = picks.choice(len(x), 2, replace=False)
        if abs(x[one] - x[other]) < 0.2 * (along[-1] - along[0]):
            continue
        slope = (y[one] - y[other]) / (x[one] - x[other])
        score = float((np.abs(y - y[one] - slope * (x - x[one])) < 0.4).sum())
        if score > most:
            most, best = score, np.array([slope, y[one] - slope * x[one]])
    if best is None or most < 0.5 * len(along):
        return None
    for width in (0.5, 0.3, 0.2):
        miss = y - np.polyval(best, x)
        near = np.abs(miss) < max(width, 3 * float(np.median(np.abs(miss))))
        if near.sum() >= 10:
            best = np.polyfit(x[near], y[near], 1)
    return best
