"""English labels other than those of the annex: 'Work Type' for Job."""

import re
from collections.abc import Iterator

from certgen.errors import Said
from certgen.standards.contents import ISSUE_DATE, LABELS, TITLE
from verify.design import clauses
from verify.design.case import Case
from verify.design.finding import Finding, Kind
from verify.design.parts import Part
from verify.design.rule import Rule, in_text

_OTHERS = {
    "name": "full name|holder|name of holder",
    "identity_type": "type of (?:id|identity|certificate)|certificate type|document type|id card type|identity type",
    "identity_number": (
        "id number|identity number|identity no|id card no|id "
        "card number|document no|certificate number of id"
    ),
    "occupation": "profession|vocation|occupation name|name of occupation|career",
    "job": "work type|type of work|job type|job direction|trade|specialty|specialization|type of job|work",
    "level": (
        "level|skills level|professional level|occupational level|vocational "
        "skill level|skill grade|grade|occupational skill level"
    ),
    "code": "certificate number|certificate code|cert no|cert number|number|serial number|no of certificate",
}
_DATES = "date of issue|issuing date|date|date issued|issue date|issued on"
_TITLES = re.compile(
    r"(?:vocational|occupational|professional|job)\s+skills?\s+(?:level|grade|rank)s?\s+certificate"
    r"|certificate\s+of\s+(?:vocational|professional|occupational\s+skills|skill)\b[a-z ]{0,30}",
    re.IGNORECASE,
)


def _check(rule: Rule, case: Case) -> Iterator[Finding]:
    for text in case.shown:
        if text.is_round:
            continue
        for title in _TITLES.finditer(text.text):
            yield _finding(rule, Part("title", text, title.start(), title.end()), TITLE.en)
    for key, field in case.parts.fields.items():
        label = field.label
        others = _DATES if key == "issue_date" else _OTHERS.get(key)
        if label is None or others is None:
            continue
        right = ISSUE_DATE.en if key == "issue_date" else LABELS[key].en
        found = re.compile(rf"[\s:：/（(_]*({others})\s*(?=[:：)）_\n]|$)", re.IGNORECASE).match(
            label.text.text, label.end
        )
        if found and found.group(1).casefold() not in {right.casefold(), "issue date"}:
            yield _finding(rule, Part(key, label.text, found.start(1), found.end(1)), right)


def _finding(rule: Rule, part: Part, right: str) -> Finding:
    return rule.finding(
        Said(
            f"英文写作“{part.written}”，附件为“{right}”",
            f"the English reads '{part.written}', the annex has '{right}'",
        ),
        in_text(part.text, part.start, part.end),
        remedy=Said(f"建议改为“{right}”", f"better: {right}"),
    )


RULE = Rule(
    id="contents/other-english-terms",
    said=Said("英文译名与附件不同", "other English terms"),
    clause=clauses.BILINGUAL,
    kind=Kind.WARNING,
    looks_at=Said("证书名称和各栏目的英文", "the English of the title and of the labels"),
    passes=Said(
        "附件的译名；没有英文的证书（可采用中英文对照）；Issue date 与 Issued date 两可",
        "the terms of the annex; certificates without English; Issue date and Issued date",
    ),
    decided_by="text",
    check=_check,
    remedy=Said("建议采用附件的英文", "better take the English of the annex"),
)
