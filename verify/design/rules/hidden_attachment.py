"""Restricted wording in an attached file or its name."""

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
    return text.channel is Channel.ATTACHMENT


RULE = Rule(
    id="hidden/attachment",
    said=Said("附件中的禁用字样", "restricted wording in an attachment"),
    clause=clauses.ELECTRONIC,
    kind=Kind.REVIEW,
    looks_at=Said("附件的文件名、说明和文字", "name, description and text of attached files"),
    passes=Said(
        "与页面上相同的准许情形；不含禁用字样的内容",
        "what is exempt on the page as well; anything without restricted wording",
    ),
    decided_by="file",
    check=_check,
    remedy=Said("删去后重新导出文件", "take it out and export the file again"),
)
