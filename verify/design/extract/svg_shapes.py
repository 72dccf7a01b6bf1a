"""Where the shapes of an SVG lie: extents of paths, transforms, and which stand together."""

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from xml.etree.ElementTree import Element

import numpy as np

from certgen.model.box import Box
from verify.design.design import Graphic, GraphicKind, Painted, Rgb, Share
from verify.design.extract import css, raster
from verify.design.extract.pdf_page import IDENTITY, Affine
from verify.design.extract.svg_pictures import Shown

_CALL = re.compile(r"(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^)]{0,200})\)")
_COMMAND = re.compile(r"([MmLlHhVvCcSsQqTtAaZz])([^MmLlHhVvCcSsQqTtAaZz]*)")
_PER = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_CELL = 0.6  # mm
_LONG = 25.0
_GROUND = 0.2

Piece = tuple[Box, GraphicKind, Rgb | None, bool, Shown | None]


def transform(text: str) -> Affine:
    """The matrix of a transform list."""
    whole = IDENTITY
    for name, inside in _CALL.findall(text)[:50]:
        whole = whole.after(_one(name, css.numbers(inside)))
    return whole


def _one(name: str, values: list[float]) -> Affine:
    values += [0.0] * (6 - len(values))
    a, b, c, d, e, f = values[:6]
    if name == "matrix":
        return Affine(a, b, c, d, e, f)
    if name == "translate":
        return Affine(1, 0, 0, 1, a, b)
    if name == "scale":
        return Affine(a, 0, 0, b or a, 0, 0)
    if name == "rotate":
        turn = math.radians(a)
        turned = Affine(math.cos(turn), math.sin(turn), -math.sin(turn), math.cos(turn), 0, 0)
        return Affine(1, 0, 0, 1, b, c).after(turned).after(Affine(1, 0, 0, 1, -b, -c))
    lean = math.tan(math.radians(a))
    return Affine(1, 0, lean, 1, 0, 0) if name == "skewX" else Affine(1, lean, 0, 1, 0, 0)


def extent(element: Element, tag: str) -> tuple[float, float, float, float] | None:
    """The box around a shape in its own units; control points count as part of a curve."""

    def of(name: str) -> float:
        return css.length(element.get(name, ""), 0.0)

    if tag == "rect":
        return of("x"), of("y"), of("x") + of("width"), of("y") + of("height")
    if tag == "circle":
        return of("cx") - of("r"), of("cy") - of("r"), of("cx") + of("r"), of("cy") + of("r")
    if tag == "ellipse":
        return of("cx") - of("rx"), of("cy") - of("ry"), of("cx") + of("rx"), of("cy") + of("ry")
    if tag == "line":
        return (
            min(of("x1"), of("x2")),
            min(of("y1"), of("y2")),
            max(of("x1"), of("x2")),
            max(of("y1"), of("y2")),
        )
    if tag in {"polyline", "polygon"}:
        values = css.numbers(element.get("points", ""))
        return _around(list(zip(values[::2], values[1::2], strict=False)))
    return _around(_points(element.get("d", "")))


def is_straight(element: Element, tag: str) -> bool:
    """Whether a shape is a line or a rectangle."""
    if tag in {"rect", "line"}:
        return True
    if tag in {"polyline", "polygon"}:
        return len(css.numbers(element.get("points", ""))) <= 10
    if tag == "path":
        path = element.get("d", "")
        return len(path) < 200 and not re.search("[CcSsQqTtAa]", path)
    return False


def subpaths(element: Element, tag: str) -> list[list[tuple[float, float]]]:
    """The closed lines of a filled shape; curves by their control points."""
    if tag == "polygon":
        values = css.numbers(element.get("points", ""))
        return [list(zip(values[::2], values[1::2], strict=False))]
    return _lines(element.get("d", ""))


def _points(path: str) -> list[tuple[float, float]]:
    return [point for line in _lines(path) for point in line]


@lru_cache(maxsize=4096)  # a glyph that is used again, and the extent of what is then filled
def _lines(path: str) -> list[list[tuple[float, float]]]:
    lines: list[list[tuple[float, float]]] = []
    x = y = 0.0
    for letter, inside in _COMMAND.findall(path[:500_000])[:50_000]:
        kind = letter.upper()
        if kind == "Z":
            if lines and lines[-1]:
                x, y = lines[-1][0]
            continue
        values, size = css.numbers(inside), _PER[kind]
        for at in range(0, len(values) - size + 1, size):
            base = (x, y) if letter.islower() else (0.0, 0.0)
            points = _step(kind, values[at : at + size], base, (x, y))
            if (kind == "M" and at == 0) or not lines:
                lines.append([])
            lines[-1] += points
            x, y = points[-1]
    return lines


def _step(
    kind: str, part: list[float], base: tuple[float, float], here: tuple[float, float]
) -> list[tuple[float, float]]:
    """The points of one command; the last is where the pen then stands."""
    if kind == "H":
        return [(base[0] + part[0], here[1])]
    if kind == "V":
        return [(here[0], base[1] + part[0])]
    pairs = part[5:] if kind == "A" else part
    return [(base[0] + px, base[1] + py) for px, py in zip(pairs[::2], pairs[1::2], strict=False)]


def _around(points: list[tuple[float, float]]) -> tuple[float, float, float, float] | None:
    if not points:
        return None
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def clusters(pieces: Sequence[Piece], page: Box) -> list[Graphic]:
    """Graphics: pictures, frames and grounds alone; other shapes that touch as one."""
    found: list[Graphic] = []
    loose: list[Piece] = []
    for piece in pieces:
        box, kind, fill, straight, shown = piece
        share = box.width * box.height / (page.width * page.height)
        alone = (
            kind is GraphicKind.IMAGE
            or share > _GROUND
            or (straight and max(box.width, box.height) > _LONG)
        )
        if alone:
            graphic = Graphic(
                kind,
                1,
                box,
                len(found),
                (Share(fill, 1.0),) if fill else (),
                ink=1.0,
                painted=Painted.PAINTED,
                shapes=int(kind is GraphicKind.VECTOR),
                straight=straight,
            )
            if shown is not None:
                graphic = replace(
                    graphic,
                    colours=shown.colours,
                    ink=shown.ink,
                    near_round=shown.near_round,
                    digest=shown.digest,
                    pixels=shown.pixels,
                )
            found.append(graphic)
        else:
            loose.append(piece)
    for group in _groups(loose, page):
        found.append(_group(group, len(found)))
    return found


def _groups(pieces: Sequence[Piece], page: Box) -> list[list[Piece]]:
    shape = int(page.height / _CELL) + 2, int(page.width / _CELL) + 2
    grid = np.zeros(shape, dtype=bool)
    places = [raster.window(piece[0], 1 / _CELL, shape) for piece in pieces]
    for place in places:
        grid[place] = True
    label = np.full(shape, -1, dtype=np.int32)
    for index, spot in enumerate(sorted(raster.spots(grid), key=lambda spot: -spot.area)):
        part = grid[spot.y0 : spot.y1, spot.x0 : spot.x1]
        label[spot.y0 : spot.y1, spot.x0 : spot.x1][part] = index
    groups: dict[int, list[Piece]] = {}
    for piece, place in zip(pieces, places, strict=True):
        groups.setdefault(int(label[place[0].start, place[1].start]), []).append(piece)
    return list(groups.values())


def _group(group: Sequence[Piece], index: int) -> Graphic:
    box = group[0][0]
    areas: dict[Rgb, float] = {}
    for piece in group:
        box = box.union(piece[0])
        if piece[2]:
            areas[piece[2]] = areas.get(piece[2], 0.0) + piece[0].width * piece[0].height
    total = sum(areas.values()) or 1.0
    colours = sorted(areas.items(), key=lambda pair: -pair[1])[:4]
    curved = not all(piece[3] for piece in group)
    round_ = (
        box.height > 0 and 0.86 < box.width / box.height < 1.16 and min(box.width, box.height) > 6
    )
    return Graphic(
        GraphicKind.VECTOR,
        1,
        box,
        index,
        tuple(Share(colour, round(area / total, 3)) for colour, area in colours),
        near_round=curved and round_,
        painted=Painted.PAINTED,
        shapes=len(group),
        straight=len(group) < 5 and not curved,
    )
