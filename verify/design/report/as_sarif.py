"""The report as SARIF 2.1.0, for programs that collect the findings of many tools.

What fails has level error or warning; review, undecided and exempt have their own `kind` and, as the
standard wants, level none. Regions of SARIF are of text or bytes: a place on a page is in `properties`.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from certgen import __version__
from verify.design.decisions import Answer, Item, Reviewed
from verify.design.finding import Kind
from verify.design.report.words import masked
from verify.design.rules import all_rules

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

_KINDS = {
    Kind.ERROR: ("fail", "error"),
    Kind.WARNING: ("fail", "warning"),
    Kind.REVIEW: ("review", "none"),
    Kind.UNDECIDED: ("open", "none"),
    Kind.NOTE: ("informational", "none"),
    Kind.EXEMPT: ("informational", "none"),
}


def as_sarif(reviews: Sequence[Reviewed]) -> str:
    """One run with all designs as artifacts."""
    used = sorted({item.finding.rule for review in reviews for item in review.items})
    run = {
        "tool": {
            "driver": {
                "name": "certverify",
                "semanticVersion": __version__,
                "informationUri": "https://github.com/certgen/certgen",
                "rules": [_rule(id_) for id_ in used],
            }
        },
        "language": "zh-CN",
        "artifacts": [
            {
                "location": {"uri": _uri(review.report.design.source.name)},
                "hashes": {"sha-256": review.report.design.source.sha256},
            }
            for review in reviews
        ],
        "results": [
            _result(item, number, review, used)
            for number, review in enumerate(reviews)
            for item in review.items
        ],
        "columnKind": "unicodeCodePoints",
    }
    data = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _uri(name: str) -> str:
    from urllib.parse import quote  # noqa: PLC0415

    return quote(name)


def _rule(id_: str) -> dict[str, Any]:
    rule = all_rules()[id_]
    return {
        "id": id_,
        "name": "".join(part.capitalize() for part in id_.replace("/", "-").split("-")),
        "shortDescription": {"text": rule.said.zh},
        "fullDescription": {"text": rule.looks_at.zh},
        "help": {
            "text": f"{rule.clause}：{rule.clause.quote}"
            if rule.clause.document
            else rule.passes.zh
        },
        "defaultConfiguration": {"level": "error" if rule.kind is Kind.ERROR else "warning"},
    }


def _result(item: Item, artifact: int, review: Reviewed, used: Sequence[str]) -> dict[str, Any]:
    finding, place = item.finding, item.finding.place
    kind, level = _KINDS[finding.kind]
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(review.report.design.source.name), "index": artifact}
        },
        "message": {"text": masked(place.context)} if place.context else {"text": finding.said.zh},
    }
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": used.index(finding.rule),
        "kind": kind,
        "level": level,
        "message": {"text": f"{finding.said.zh}。{finding.remedy.zh}"},
        "locations": [location],
        "partialFingerprints": {"certverify/v1": _fingerprint(finding.key)},
        "properties": {
            "page": place.page,
            "boxesMm": [[round(value, 2) for value in box] for box in place.boxes],
            "clause": str(finding.clause),
            "read": finding.read,
            "disguises": [disguise.value for disguise in finding.disguises],
            "messageEn": finding.said.en,
        },
    }
    if item.decision:
        accepted = item.decision.answer is not Answer.BREACH
        result["suppressions"] = [
            {
                "kind": "external",
                "status": "accepted" if accepted else "rejected",
                "justification": f"{item.decision.reason}（{item.decision.by}，{item.decision.day.isoformat()}）",
            }
        ]
    return result


def _fingerprint(key: Iterable[object]) -> str:
    return "|".join(map(str, key))
