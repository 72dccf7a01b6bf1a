"""Reads our own page listing (页面清单): every slot is a block with its exact role, nothing is guessed."""

from itertools import groupby
from pathlib import Path

from certgen.exchange import page_listing
from certgen.model.box import Box
from certgen.model.page import Page, Photo, Primitive, Qr, Rule, Seal, Shape, TextRun
from verify.design.design import (
    Code,
    DesignPage,
    Format,
    Graphic,
    GraphicKind,
    Joined,
    Painted,
    Run,
)
from verify.design.extract.parts import BLOCKS_A_PAGE, Head, Parts
from verify.design.extract.widths import boxes_on_line
from verify.design.limits import Limits


def read_listing(path: Path, limits: Limits) -> Parts:
    """The parts of the listing at `path`."""
    del limits
    page = page_listing.loads(path.read_text(encoding="utf-8-sig", errors="replace"))
    yield Head(Format.LISTING, 1, "certgen", facts={"layout": page.layout})
    yield DesignPage(
        1,
        page.width,
        page.height,
        runs=_runs(page),
        graphics=_graphics(page),
        codes=tuple(
            Code(item.text, 1, _square(item.x, item.y, item.size, item.size))
            for item in page.items
            if isinstance(item, Qr)
        ),
    )


def _runs(page: Page) -> tuple[Run, ...]:
    texts = [item for item in page.items if isinstance(item, TextRun)]
    runs: list[Run] = []
    for block, (slot, group) in enumerate(groupby(texts, key=lambda item: item.slot)):
        before: TextRun | None = None
        line = 0
        for item in group:
            joined = Joined.FIRST
            if before is not None:
                same = abs(item.baseline - before.baseline) < 0.1
                joined = Joined.SAME_LINE if same else Joined.NEXT_LINE
                line += not same
            runs.append(_run(item, slot, BLOCKS_A_PAGE + block, line, joined))
            before = item
    return tuple(runs)


def _run(item: TextRun, slot: str, block: int, line: int, joined: Joined) -> Run:
    return Run(
        item.text,
        1,
        boxes=boxes_on_line(item.text, item.x, item.baseline, item.size_pt, item.width),
        face=item.face.partition("@")[0],
        size_pt=item.size_pt,
        size_tolerance_pt=0.0,
        colour=(0, 0, 0),
        painted=Painted.PAINTED,
        block=block,
        line=line,
        joined=joined,
        role=slot,
    )


def _graphics(page: Page) -> tuple[Graphic, ...]:
    found = [graphic for item in page.items if (graphic := _graphic(item))]
    return tuple(
        Graphic(
            kind,
            1,
            box,
            index,
            near_round=role.startswith("seal"),
            painted=Painted.PAINTED,
            role=role,
            straight=straight,
        )
        for index, (kind, box, role, straight) in enumerate(found)
    )


def _graphic(item: Primitive) -> tuple[GraphicKind, Box, str, bool] | None:
    match item:
        case Photo():
            box = _square(item.x, item.y, item.width, item.height)
            return GraphicKind.IMAGE, box, item.slot, False
        case Qr() | Seal():
            box = _square(item.x, item.y, item.size, item.size)
            return GraphicKind.IMAGE, box, item.slot, False
        case Rule():
            return GraphicKind.VECTOR, Box(item.x0, item.y0, item.x1, item.y1), item.slot, True
        case Shape():
            return GraphicKind.VECTOR, _around(item), item.slot, _is_frame(item)
        case TextRun():
            return None


def _around(shape: Shape) -> Box:
    """The box around a path, control points included."""
    xs = [value for _, points in shape.path for value in points[::2]]
    ys = [value for _, points in shape.path for value in points[1::2]]
    return Box(min(xs, default=0), min(ys, default=0), max(xs, default=0), max(ys, default=0))


def _is_frame(shape: Shape) -> bool:
    return len(shape.path) <= 6 and all(letter != "c" for letter, _ in shape.path)


def _square(x: float, y: float, width: float, height: float) -> Box:
    return Box(x, y, x + width, y + height)
