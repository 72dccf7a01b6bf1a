"""A title (证书名称) that is not 职业技能等级证书, letter for letter."""

from collections.abc import Iterator

from certgen.errors import Said
from certgen.standards.contents import TITLE
from certgen.standards.normalise import folded, is_gap
from verify.design import clauses
from verify.design.case import Case
from verify.design.finding import Finding, Kind
from verify.design.rule import Rule, in_text


def _check(rule: Rule, case: Case) -> Iterator[Finding]:
    right = case.profile.title
    for part in case.parts.titles:
        written = close(part.written)
        behind = written.removeprefix(right)
        if written.startswith(right) and (not behind or behind in _ENGLISH):
            continue
        traditional = "".join(c for c in folded(part.written).text if not is_gap(c)) == right
        yield rule.finding(
            Said(
                f"证书名称为“{part.written.strip()}”，不是“{right}”",
                f"the title reads {part.written.strip()}, not {right}",
            ),
            in_text(part.text, part.start, part.end),
            kind=Kind.NOTE if traditional else None,
            clause=None if right == TITLE.zh else clauses.SPECIAL_ABILITY,
            remedy=Said(f"改为“{right}”", f"write {right}"),
        )


def close(text: str) -> str:
    """A text without its gaps, its characters as they are."""
    return "".join(char for char in folded(text, names=True).text if not is_gap(char))


_ENGLISH = {close(TITLE.en)}

RULE = Rule(
    id="title/other-title",
    said=Said("证书名称不统一", "another title"),
    clause=clauses.TITLE,
    kind=Kind.ERROR,
    looks_at=Said(
        "版面最大的、含“证书”的一行，或页面清单中的 title",
        "the largest line that holds 证书, or the title of a page listing",
    ),
    passes=Said(
        "字间空格、附件的英文名称跟在其后；繁体写法只作提示",
        "letter-spacing, and the English title of the annex behind it; traditional characters are a note",
    ),
    decided_by="text, type",
    check=_check,
    remedy=Said("改为“职业技能等级证书”", "write 职业技能等级证书"),
)
