"""Restricted wording on a layer (图层) that is switched off."""

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
            yield from hidden_words(rule, case, text, Kind.ERROR if text.hidden else Kind.REVIEW)


def _concerns(text: Text) -> bool:
    return (
        text.hidden and any(Hiding.LAYER_OFF in run.hiding for run in text.runs)
    ) or text.channel is Channel.LAYER


RULE = Rule(
    id="hidden/layer-off",
    said=Said("关闭图层中的禁用字样", "restricted wording on a layer that is off"),
    clause=clauses.ELECTRONIC,
    kind=Kind.ERROR,
    looks_at=Said(
        "关闭的图层中的文字，以及图层名称", "text on layers that are off, and the names of layers"
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
