"""What could not be read: outlines, pictures of text, encryption, glyphs without characters."""

from collections.abc import Iterator

from certgen.errors import Said
from verify.design import clauses
from verify.design.case import Case
from verify.design.finding import Finding, Kind, Place
from verify.design.rule import Rule
from verify.design.rules.seal_other_text import SEAL_TEXT


def _check(rule: Rule, case: Case) -> Iterator[Finding]:
    for undecided in case.design.undecided:
        if undecided.reason == SEAL_TEXT and "seal/other-text" in case.profile.rules:
            continue  # that rule asks for the seal
        yield rule.finding(
            undecided.said,
            Place(undecided.page, (undecided.box,) if undecided.box else ()),
            read=undecided.reason,
        )


RULE = Rule(
    id="hidden/unreadable",
    said=Said("读不出的内容", "what could not be read"),
    clause=clauses.NONE,
    kind=Kind.UNDECIDED,
    looks_at=Said(
        "图片、转曲、加密、没有对应字符的字形",
        "pictures, outlines, encryption, glyphs without characters",
    ),
    passes=Said(
        "无。读不出的内容不能判为合规；可在核对单上人工确认",
        "nothing: what cannot be read is not clean; a person may tick it in the worksheet",
    ),
    decided_by="file",
    check=_check,
    remedy=Said(
        "请提供嵌入字体、未转曲的 PDF，或人工核对",
        "ask for a PDF with fonts embedded and no outlines, or look at it",
    ),
)
