"""A body (证书正文) other than that of the sample."""

import re
from collections.abc import Iterator

from certgen.errors import Said
from certgen.standards.contents import body_en, body_zh
from verify.design import clauses
from verify.design.case import Case
from verify.design.finding import Finding, Kind
from verify.design.parts import Part
from verify.design.rule import Rule, in_text

_DROP = re.compile(r"[\s，,。.、；;：:（）()_＿×xX*\u200b\ufeff]+")
_HOLE = "\ue000"


def _check(rule: Rule, case: Case) -> Iterator[Finding]:
    for parts, body, what in (
        (case.parts.bodies[:1], body_zh, Said("证书正文", "the body")),
        (case.parts.english_bodies[:1], body_en, Said("英文正文", "the English body")),
    ):
        for part in parts:
            if not _same(part, body(_HOLE)):
                yield rule.finding(
                    Said(f"{what.zh}与参考样式不同", f"{what.en} is not that of the sample"),
                    in_text(part.text, part.start, part.end),
                    remedy=Said(f"建议采用：{body('×××（机构名称）')}", f"better: {body('…')}"),
                )


def _same(part: Part, body: str) -> bool:
    written = _DROP.sub("", part.written.casefold())
    before, _, behind = body.casefold().partition(_HOLE)
    head, tail = _DROP.sub("", before), _DROP.sub("", behind)
    return written.startswith(head) and tail in written[len(head) :]


RULE = Rule(
    id="contents/other-body-text",
    said=Said("正文与参考样式不同", "another body text"),
    clause=clauses.Clause(clauses.NOTICE, clauses.ANNEX, body_zh("××××（评价机构名称）")),
    kind=Kind.WARNING,
    looks_at=Said(
        "中英文正文，除机构名称外与参考样式比较", "the bodies against the sample, but for the name"
    ),
    passes=Said(
        "标点全角半角、空格；正文后另加的句子由其他规则检查",
        "punctuation and spaces; what follows the body is for other rules",
    ),
    decided_by="text",
    check=_check,
    remedy=Said("建议采用参考样式的正文", "better take the body of the sample"),
)
