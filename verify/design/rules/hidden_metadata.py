"""Restricted wording in the file's own properties or bookmarks."""

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
            yield from hidden_words(rule, case, text, _kind(text))


def _concerns(text: Text) -> bool:
    return text.channel in {Channel.METADATA, Channel.BOOKMARK}


def _kind(text: Text) -> Kind:
    """The title shows in the window of whoever opens the certificate."""
    where = next((run.where for run in text.runs), "")
    return Kind.ERROR if where.lower().rstrip().endswith("title") else Kind.REVIEW


RULE = Rule(
    id="hidden/metadata",
    said=Said("文件属性中的禁用字样", "restricted wording in metadata"),
    clause=clauses.ELECTRONIC,
    kind=Kind.ERROR,
    looks_at=Said(
        "文件标题、主题、关键词、XMP、文档属性、书签；标题显示在阅读器窗口，为不符合，其余请说明",
        "title, subject, keywords, XMP, properties, bookmarks; the title "
        "shows in a reader's window and is an error, the others are for review",
    ),
    passes=Said(
        "与页面上相同的准许情形；不含禁用字样的内容",
        "what is exempt on the page as well; anything without restricted wording",
    ),
    decided_by="file",
    check=_check,
    remedy=Said("删去后重新导出文件", "take it out and export the file again"),
)
