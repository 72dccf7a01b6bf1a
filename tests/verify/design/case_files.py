"""Turns a line of `cases/*.jsonl` into a design: runs with roles and boxes, and what is filed.

A case is a fragment of a certificate: nothing is missing from it, so the rules about what must be
there do not run. Boxes are points from the bottom left, as PDF has them.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from certgen.model.box import Box
from verify.design.design import (
    Channel,
    Code,
    Design,
    DesignPage,
    Format,
    Hiding,
    Joined,
    Painted,
    Run,
    Source,
)
from verify.design.filing import Filing
from verify.design.finding import Finding
from verify.design.linter import Report, lint
from verify.design.profiles import Profile, combined

CASES = Path(__file__).parent / "cases" / "lint.jsonl"
PAGE_PT = 595.0
MM = 25.4 / 72
ROLES = {
    "title": "title.zh",
    "holder_name": "name.value",
    "holder_name_en": "name.value.en",
    "agency_name": "agency.name",
    "job": "job.value",
    "level": "level.value",
    "occupation": "occupation.value",
    "cert_no": "code.value",
    "id_type": "identity_type.value",
    "id_no": "identity_number.value",
    "issue_date": "issue_date.value",
    "seal": "seal.agency",
    "query_url": "query",
    "body": "body.zh",
    "title_en": "title.en",
    "branch_name": "branch.name",
    "branch_seal": "seal.branch",
    "label": "label",
}
HIDDEN = {
    "Tr3": Hiding.INVISIBLE_MODE,
    "white": Hiding.SAME_COLOUR,
    "alpha0": Hiding.TRANSPARENT,
    "covered": Hiding.COVERED,
    "clipped": Hiding.CLIPPED,
    "off_page": Hiding.OFF_PAGE,
    "off-page": Hiding.OFF_PAGE,
    "tiny": Hiding.TINY,
    "ocg_off": Hiding.LAYER_OFF,
    "layer_off": Hiding.LAYER_OFF,
    "layer-off": Hiding.LAYER_OFF,
}
CHANNELS = {
    "metadata": (Channel.METADATA, "Info /Title"),
    "annotation": (Channel.ANNOTATION, "annotation"),
    "form": (Channel.FORM, "form field"),
    "bookmark": (Channel.BOOKMARK, "bookmark"),
    "attachment": (Channel.ATTACHMENT, "attachment"),
    "layer": (Channel.LAYER, "layer"),
}
CODES = {"qr", "qr_payload", "qr_text"}
QR = Box(235, 27, 259, 51)
KINDS = {"special_ability_henan": "special-ability"}
Case = dict[str, Any]


def read(path: Path = CASES) -> list[Case]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def report(case: Case) -> Report:
    context = case["context"]
    names = [KINDS[context["certificate_kind"]]] if context["certificate_kind"] in KINDS else []
    if context.get("is_association"):
        names += ["national-2021", "association-2020", "campaign-2022"]
    return lint(design(case), _fragment(combined(names)), filing(context))


def found(case: Case) -> list[Finding]:
    return [
        finding
        for finding in report(case).findings
        if finding.kind.above_exempt and not _suppressed(finding, case["context"])
    ]


def _fragment(profile: Profile) -> Profile:
    return replace(
        profile,
        rules=frozenset(r for r in profile.rules if not r.startswith(("contents/", "page/"))),
    )


def _suppressed(finding: Finding, context: Case) -> bool:
    """The case carries a reviewer's decision on an exact span."""
    return any(
        finding.rule.startswith("wording/")
        and said["text"] in finding.place.context
        and finding.place.written in said["text"]
        for said in context.get("suppressions", ())
    )


def filing(context: Case) -> Filing:
    return Filing(
        name=context["agency_name"],
        english_name=context.get("agency_name_en", ""),
        category=context.get("agency_type", ""),
        association=context.get("is_association"),
        branches=tuple(context.get("branch_names", ())),
        holders=tuple(
            context[key] for key in ("holder_name", "holder_name_en") if context.get(key)
        ),
    )


def design(case: Case) -> Design:
    given = case["runs"] if "runs" in case else [{"text": case["text"]}]
    codes = tuple(Code(run["text"], 1, QR) for run in given if run.get("role") in CODES)
    given = [run for run in given if run.get("role") not in CODES]
    runs = _joined([_run(run, number) for number, run in enumerate(given)], given)
    page = tuple(run for run in runs if run.page)
    return Design(
        Source(case["id"], Format.PDF, "0" * 64),
        (DesignPage(1, 297.0, 210.0, runs=page, codes=codes),),
        tuple(run for run in runs if not run.page),
    )


def _run(given: Case, number: int) -> Run:
    channel, where = CHANNELS.get(given.get("role", ""), (Channel.PAGE, ""))
    hiding = HIDDEN.get(given.get("hidden", ""))
    if given.get("hidden") and hiding is None:
        hiding = Hiding.NO_INK
    return Run(
        text=given["text"],
        page=1 if channel is Channel.PAGE else 0,
        channel=channel,
        boxes=_boxes(given),
        painted=Painted.UNPAINTED if hiding else Painted.PAINTED,
        hiding=(hiding,) if hiding else (),
        block=1000 + given["block"] if "block" in given else number,
        role=ROLES.get(given.get("role", "")),  # other roles say nothing that a rule asks for
        where=where,
    )


def _boxes(given: Case) -> tuple[Box, ...]:
    if "bbox" not in given or not given["text"]:
        return ()
    x0, y0, x1, y1 = given["bbox"]
    step = (x1 - x0) / len(given["text"])
    return tuple(
        Box(
            (x0 + n * step) * MM,
            (PAGE_PT - y1) * MM,
            (x0 + (n + 1) * step) * MM,
            (PAGE_PT - y0) * MM,
        )
        for n in range(len(given["text"]))
    )


def _joined(runs: Sequence[Run], given: Sequence[Case]) -> list[Run]:
    """Blocks as the reader makes them: lines of one block, neighbours on a line, vertical stacks."""
    joined: list[Run] = []
    for run, case in zip(runs, given, strict=True):
        before = joined[-1] if joined else None
        if before is None or before.role != run.role or before.page != run.page:
            joined.append(run)
        elif "block" in case:
            same = before.block == run.block
            joined.append(
                replace(
                    run, joined=Joined.NEXT_LINE if same else Joined.FIRST, line=before.line + same
                )
            )
        else:
            joined.append(_by_place(before, run))
    return joined


def _by_place(before: Run, run: Run) -> Run:
    one, other = before.box, run.box
    if one is None or other is None:
        return run
    em = one.height
    beside = abs(one.y1 - other.y1) < 0.3 * em and -0.1 * em <= other.x0 - one.x1 < 0.5 * em
    below = (
        len(before.text) == len(run.text) == 1
        and abs(one.x0 - other.x0) < 0.3 * em
        and -0.1 * em <= other.y0 - one.y1 < 0.5 * em
    )
    if beside:
        return replace(run, block=before.block, joined=Joined.SAME_LINE)
    return replace(run, block=before.block, joined=Joined.STACKED) if below else run


def ids(cases: list[Case]) -> Iterator[str]:
    return (case["id"] for case in cases)
