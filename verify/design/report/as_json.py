"""The report as JSON for programs, versioned: a field never changes its meaning within a version."""

import json
from collections.abc import Sequence
from typing import Any

from certgen import __version__
from verify.design.decisions import Item, Reviewed
from verify.design.finding import Finding, Kind
from verify.design.report.words import masked

VERSION = 1
"""Of this form. 2 would be another form."""


def as_json(reviews: Sequence[Reviewed]) -> str:
    """All designs, in the order given."""
    data = {
        "format": "certverify-lint",
        "version": VERSION,
        "tool": {"name": "certverify", "version": __version__},
        "designs": [design_of(review) for review in reviews],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def design_of(review: Reviewed) -> dict[str, Any]:
    """One design as plain values."""
    report = review.report
    source = report.design.source
    return {
        "file": source.name,
        "format": source.format.value,
        "sha256": source.sha256,
        "pages": [
            {
                "number": p.number,
                "width_mm": round(p.width, 2),
                "height_mm": round(p.height, 2),
                "size": p.size_basis,
            }
            for p in report.design.pages
        ],
        "profile": report.profile.id,
        "agency": report.filing.name if report.filing else None,
        "rules": list(report.rules),
        "exit_code": review.exit_code,
        "counts": {kind.value: len(review.of(kind)) for kind in Kind},
        "findings": [item_of(item) for item in review.items],
        "unused_decisions": [
            {"rule": unused.decision.rule, "zh": unused.said.zh, "en": unused.said.en}
            for unused in review.unused
        ],
    }


def item_of(item: Item) -> dict[str, Any]:
    """One finding with its decision."""
    finding, place = item.finding, item.finding.place
    return {
        "rule": finding.rule,
        "kind": item.kind.value,
        "found_as": finding.kind.value,
        "message": {"zh": finding.said.zh, "en": finding.said.en},
        "remedy": {"zh": finding.remedy.zh, "en": finding.remedy.en},
        "clause": _clause(finding),
        "exempt_by": str(finding.also) if finding.also else None,
        "page": place.page,
        "boxes_mm": [[round(value, 2) for value in box] for box in place.boxes],
        "channel": place.channel.value,
        "where": place.where,
        "context": masked(place.context),
        "start": place.start,
        "end": place.end,
        "read": finding.read,
        "disguises": [kind.value for kind in finding.disguises],
        "decision": _decision(item),
    }


def _clause(finding: Finding) -> dict[str, str] | None:
    clause = finding.clause
    if not clause.document:
        return None
    return {"document": clause.document, "article": clause.article, "quote": clause.quote}


def _decision(item: Item) -> dict[str, str] | None:
    made = item.decision
    if made is None:
        return None
    return {
        "verdict": made.answer.value,
        "reason": made.reason,
        "by": made.by,
        "date": made.day.isoformat(),
    }
