"""Designs for the rules: our own page as a listing reads it, and how one thing of it is changed."""

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from certgen.errors import Said
from certgen.exchange.agency import ScopeEntry
from certgen.model.box import Box
from certgen.standards.levels import Level
from tests.design_samples import pages
from verify.design.design import (
    Channel,
    Code,
    Design,
    DesignPage,
    Graphic,
    GraphicKind,
    Hiding,
    Joined,
    Painted,
    Run,
    Share,
    Source,
    Undecided,
)
from verify.design.filing import Filing
from verify.design.finding import Finding, Kind
from verify.design.linter import lint
from verify.design.profiles import combined
from verify.design.read import read

NAME = "云河样例机械制造有限公司"
BRANCH = f"{NAME}泽州分公司"
ENGLISH = "Yunhe Sample Machinery Manufacturing Co., Ltd."
FILING = Filing(
    name=NAME,
    english_name=ENGLISH,
    category="Y",
    association=False,
    branches=(BRANCH,),
    branch_english_names=("Zezhou Branch",),
    scope=(
        ScopeEntry("车工", "数控车床", frozenset({Level.THREE, Level.FOUR})),
        ScopeEntry("钳工", None, frozenset(Level)),
    ),
    qr_host="cert.yunhe.example",
)
SPOT = Box(30.0, 160.0, 60.0, 165.0)
"""Where nothing else stands."""

SEAL_SPOT = Box(60.0, 150.0, 100.0, 190.0)
QR_SPOT = Box(235.0, 27.0, 259.0, 51.0)


@cache
def base(branch: str | None = None, name: str | None = None) -> Design:
    """Our own page without its seals: their wording is a picture, which nobody has read."""
    page = pages.changed(
        pages.a_page(branch, agency_name=name),
        lambda item: None if item.slot.startswith("seal") else item,
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.json"
        path.write_text(pages.listed(page), encoding="utf-8")
        return read(path, isolated=False)


@cache
def plain(branch: str | None = None, name: str | None = None) -> Design:
    """The same as any other file tells it: no text has a role."""
    return on_page(base(branch, name), runs=lambda run: replace(run, role=None))


def on_page(
    design: Design,
    *,
    runs: Callable[[Run], Run | None] | None = None,
    graphics: Callable[[Graphic], Graphic | None] | None = None,
    **changes: Any,
) -> Design:
    """The design with its first page changed; None drops a run or a graphic."""
    page = design.pages[0]
    if runs:
        page = replace(page, runs=tuple(new for run in page.runs if (new := runs(run))))
    if graphics:
        page = replace(page, graphics=tuple(n for g in page.graphics if (n := graphics(g))))
    return replace(design, pages=(replace(page, **changes), *design.pages[1:]))


def said(design: Design, slot: str, text: str, **changes: Any) -> Design:
    """The design with another text in a slot."""
    first = next(run for run in base_runs(design) if run.role == slot)
    new = replace(
        a_run(text, first.box or SPOT, block=first.block),
        **{**_look(first), "role": slot, **changes},
    )
    done = False

    def change(run: Run) -> Run | None:
        nonlocal done
        if run.role != slot:
            return run
        if done:
            return None
        done = True
        return new

    return on_page(design, runs=change)


def base_runs(design: Design) -> tuple[Run, ...]:
    return design.pages[0].runs


def _look(run: Run) -> dict[str, Any]:
    return {
        "face": run.face,
        "size_pt": run.size_pt,
        "painted": run.painted,
        "size_tolerance_pt": 0.0,
    }


def gone(design: Design, *slots: str) -> Design:
    """The design without some slots, of text and of graphics."""
    found = on_page(
        design,
        runs=lambda run: None if (run.role or "") in slots else run,
        graphics=lambda graphic: None if graphic.role in slots else graphic,
    )
    return on_page(found, codes=()) if "qr" in slots else found


def a_run(text: str, box: Box = SPOT, **changes: Any) -> Run:
    """A painted run whose characters share its box."""
    step = box.width / max(len(text), 1)
    boxes = tuple(
        Box(box.x0 + n * step, box.y0, box.x0 + (n + 1) * step, box.y1) for n in range(len(text))
    )
    run = Run(
        text,
        1,
        boxes=boxes,
        face="FandolHei-Regular",
        size_pt=12.0,
        painted=Painted.PAINTED,
        block=999_000,
    )
    return replace(run, **changes)


def with_text(design: Design, text: str, **changes: Any) -> Design:
    return replace(
        design,
        pages=(
            replace(design.pages[0], runs=(*design.pages[0].runs, a_run(text, **changes))),
            *design.pages[1:],
        ),
    )


def with_runs(design: Design, runs: Iterable[Run]) -> Design:
    page = replace(design.pages[0], runs=(*design.pages[0].runs, *runs))
    return replace(design, pages=(page, *design.pages[1:]))


def hidden(design: Design, text: str, *hiding: Hiding) -> Design:
    return with_text(design, text, painted=Painted.UNPAINTED, hiding=hiding)


def beside(design: Design, text: str, channel: Channel, where: str = "") -> Design:
    """The design with text that stands on no page."""
    run = Run(text, 0, channel=channel, where=where, block=999_500)
    return replace(design, document_runs=(*design.document_runs, run))


def round_text(design: Design, text: str, box: Box = SEAL_SPOT, **changes: Any) -> Design:
    """The design with a seal's ring read."""
    return with_text(design, text, box=box, joined=Joined.ROUND, **changes)


RED, GOLD, BLUE, PALE = (200, 20, 30), (230, 190, 60), (40, 90, 200), (230, 235, 240)


def with_graphic(
    design: Design, box: Box, *colours: tuple[int, int, int], **changes: Any
) -> Design:
    page = design.pages[0]
    shares = tuple(Share(colour, 1 / len(colours)) for colour in colours)
    graphic = Graphic(
        GraphicKind.IMAGE,
        1,
        box,
        100 + len(page.graphics),
        colours=shares,
        ink=0.6,
        painted=Painted.PAINTED,
    )
    graphics = (*page.graphics, replace(graphic, **changes))
    return replace(design, pages=(replace(page, graphics=graphics), *design.pages[1:]))


def with_code(design: Design, text: str, box: Box = QR_SPOT) -> Design:
    return on_page(design, codes=(Code(text, 1, box),))


def sized(design: Design, width: float, height: float, **changes: Any) -> Design:
    return on_page(design, width=width, height=height, **changes)


def unread(design: Design, reason: str, box: Box | None = None) -> Design:
    page = design.pages[0]
    problem = Undecided(reason, Said("读不出", "not read"), 1, box)
    return on_page(design, undecided=(*page.undecided, problem))


def two_pages(design: Design) -> Design:
    return replace(design, pages=(*design.pages, DesignPage(2, 297.0, 210.0)))


def found(
    design: Design,
    *profiles: str,
    filing: Filing | None = FILING,
    art: tuple[Any, ...] = (),
) -> list[Finding]:
    """What somebody has to do something about."""
    report = lint(design, combined(profiles), filing, art=art)
    return [finding for finding in report.findings if finding.kind.above_exempt]


def rules_of(findings: Iterable[Finding]) -> set[str]:
    return {finding.rule for finding in findings if finding.kind is not Kind.UNDECIDED}


def named(design: Design, name: str) -> Design:
    return replace(design, source=Source(name, design.source.format, design.source.sha256))
