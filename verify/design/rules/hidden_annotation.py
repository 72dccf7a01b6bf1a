"""Restricted wording in a comment, a link's text or a form field."""

from collections.abc import Iterator

from certgen.errors import Said
from verify.design import clauses
from verify.design.case import Case
from verify.design.design import Channel
from verify.design.finding import Finding, Kind
from verify.design.hidden_check import hidden_words
from verify.design.rule import Rule
from verify.design.texts import Text


def _check(rule: Rule, case: Case) -> Iterator[Finding]:
    for text in case.texts:
        if _concerns(text):
            yield from hidden_words(rule, case, text, Kind.REVIEW)


def _concerns(text: Text) -> bool:
    return text.channel in {Channel.ANNOTATION, Channel.FORM}


RULE = Rule(
    id="hidden/annotation",
    said=Said("批注、表单中的禁用字样", "restricted wording in an annotation"),
    clause=clauses.ELECTRONIC,
    kind=Kind.REVIEW,
    looks_at=Said(
        "批注、弹出框、链接说明、表单字段", "comments, pop-ups, texts of links, form fields"
    ),
    passes=Said(
        "与页面上相同的准许情形；不含禁用字样的内容",
        "what is exempt on the page as well; anything without restricted wording",
    ),
    decided_by="file",
    check=_check,
    remedy=Said("删去后重新导出文件", "take it out and export the file again"),
)
