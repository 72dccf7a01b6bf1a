"""Restricted wording in text that is not painted."""

from collections.abc import Iterator

from certgen.errors import Said
from verify.design import clauses
from verify.design.case import Case
from verify.design.design import Channel, Hiding
from verify.design.finding import Finding, Kind
from verify.design.hidden_check import hidden_words
from verify.design.rule import Rule
from verify.design.texts import Text


def _check(rule: Rule, case: Case) -> Iterator[Finding]:
    for text in case.texts:
        if _concerns(text):
            yield from hidden_words(rule, case, text, Kind.ERROR)


def _concerns(text: Text) -> bool:
    return (
        text.hidden and not any(Hiding.LAYER_OFF in run.hiding for run in text.runs)
    ) or text.channel is Channel.PART


RULE = Rule(
    id="hidden/unpainted-text",
    said=Said("隐藏文字中的禁用字样", "restricted wording that is not painted"),
    clause=clauses.ELECTRONIC,
    kind=Kind.ERROR,
    looks_at=Said(
        "页面上看不见的文字：不可见、同底色、透明、遮盖、裁切、页面外、过小、已删除",
        "text that no eye finds: invisible, white on white, transparent, covered, clipped, off the page, tiny, deleted",
    ),
    passes=Said(
        "与页面上相同的准许情形；不含禁用字样的内容",
        "what is exempt on the page as well; anything without restricted wording",
    ),
    decided_by="file",
    check=_check,
    remedy=Said("删去后重新导出文件", "take it out and export the file again"),
    sign_off=False,
)
