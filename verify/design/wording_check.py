"""Turns the hits of the wording rules into findings: what is said, how it was disguised, what exempts it."""

from collections.abc import Iterator
from dataclasses import dataclass

from certgen.errors import Said
from certgen.standards.wording_matches import Exemption, Match, Standing
from certgen.standards.wording_related import Strength
from verify.design import clauses
from verify.design.case import Case
from verify.design.finding import Finding, Kind, Place
from verify.design.rule import Rule, in_text

_EXEMPT = {
    Exemption.FILED_NAME: Said(
        "是备案名称“{by}”的一部分，按备案名称印出", "a part of the filed name {by}"
    ),
    Exemption.ENGLISH_NAME: Said(
        "是备案英文名称“{by}”的一部分", "a part of the filed English name {by}"
    ),
    Exemption.HOLDER: Said("是持证人姓名的一部分", "a part of the holder's name"),
    Exemption.ADDRESS: Said("是官方查询网址“{by}”的一部分", "a part of the official address {by}"),
}
_ALSO = {
    Exemption.FILED_NAME: clauses.NAME,
    Exemption.ENGLISH_NAME: clauses.BILINGUAL,
    Exemption.HOLDER: clauses.CONTENTS,
    Exemption.ADDRESS: clauses.CONTENTS,
}


def check(rule: Rule, case: Case) -> Iterator[Finding]:
    """One wording rule over everything that shows on the pages."""
    for text in case.shown:
        for match in case.matches(text):
            if match.rule.value == rule.id:
                yield finding_of(rule, match, in_text(text, match.start, match.end))
    for text in case.broken_lines:
        turn = text.text.index("\n")
        for match in case.matches(text):
            is_broken = match.start < turn < match.end
            if match.rule.value == rule.id and is_broken and _is_most(match, text.text):
                yield from _broken_in_two(rule, match, in_text(text, match.start, match.end))


MOST = 2 / 3
"""Of two lines' characters: what a word broken in two fills. 张建国 above 家政服务员 say 国家 by chance."""


def _is_most(match: Match, text: str) -> bool:
    return len(match.written) >= MOST * len("".join(text.split()))


def _broken_in_two(rule: Rule, match: Match, place: Place) -> Iterator[Finding]:
    """Two lines may be two things: whoever drew them is asked."""
    if match.standing is not Standing.STANDS:
        return
    word = match.written
    yield rule.finding(
        Said(
            f"上下两行连读是“{word}”",
            f"the two lines, read on, say {word}",
        ),
        place,
        kind=Kind.REVIEW,
        remedy=Said(
            "如是一句话，请删改；如是两项不相干的内容，请分开排列",
            "if they are one phrase, change it; if two things, set them apart",
        ),
        read=word,
        disguises=match.disguises,
    )


def finding_of(rule: Rule, match: Match, place: Place) -> Finding:
    """What one hit means."""
    kind, said, remedy = _judged(rule, match, place)
    return rule.finding(
        said,
        place,
        kind=kind,
        remedy=remedy,
        read=match.written,
        disguises=match.disguises,
        also=_ALSO[match.exemption] if match.exemption else None,
    )


def _judged(rule: Rule, match: Match, place: Place) -> tuple[Kind, Said, Said]:
    nothing = Said("无需修改", "nothing to change")
    word = match.written
    if match.standing is Standing.EXEMPT and match.exemption:
        zh, en = _EXEMPT[match.exemption]
        return (
            Kind.EXEMPT,
            Said(f"“{word}”{zh.format(by=match.by)}", f"{word} is {en.format(by=match.by)}"),
            nothing,
        )
    if match.standing is Standing.COINCIDENCE:
        return (
            Kind.EXEMPT,
            Said(
                f"“{word}”出自“{match.by}”，不是该词",
                f"{word} comes of {match.by} and is not that word",
            ),
            nothing,
        )
    if match.standing is Standing.NAME_NEEDED:
        return (
            Kind.REVIEW,
            Said(
                f"“{word}”在“{match.by}”中，像是机构名称；未提供备案名称，无法判断是否准许",
                f"{word} stands in {match.by}, which reads as an organisation's name; no filed name was given",
            ),
            Said(
                "请用 --agency 或 --directory 提供备案名称",
                "give the filed name with --agency or --directory",
            ),
        )
    kind = (
        Kind.REVIEW if match.strength is Strength.RELATED and rule.kind is Kind.ERROR else rule.kind
    )
    if match.strength is Strength.LISTED and rule.id == "wording/foreign-equivalent":
        kind = Kind.ERROR
    how_zh, how_en = disguised(match, place)
    return (
        kind,
        Said(f"出现“{word}”字样{how_zh}", f"{word} stands here{how_en}"),
        rule.remedy,
    )


def disguised(match: Match, place: Place) -> Said:
    """'（写作“国 家”：字间加空格）', or nothing where it is written plainly."""
    if not match.disguises:
        return Said("", "")
    written = shown_written(place.written)
    zh = "、".join(kind.said.zh for kind in match.disguises)
    en = ", ".join(kind.said.en for kind in match.disguises)
    return Said(f"（写作“{written}”：{zh}）", f" (written '{written}': {en})")


def shown_written(written: str) -> str:
    """A disguised text with its invisible characters named: 国<U+200B>家, and line ends as ↵."""
    return "".join(
        "↵"
        if char == "\n"
        else char
        if char == " " or char.isprintable()
        else f"<U+{ord(char):04X}>"
        for char in written
    )


_PASSES = Said(
    "备案机构（分支机构）名称、备案英文名称、持证人姓名、官方查询网址之内的字样；两个词相邻碰巧组成的字（安全|国际）；"
    "“中华路”一类地名。逐处判断，简称和写错的名称不在此列。",
    "what is inside a filed name, a filed English name, the "
    "holder's name or an official address; characters of two "
    "words that touch (安全|国际); streets such as 中华路. Judged "
    "span by span; abbreviations and mistyped names do not pass.",
)
"""What every wording rule lets pass."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What distinguishes one wording rule from the next."""

    id: str
    said: Said
    clause: clauses.Clause
    kind: Kind
    looks_at: Said
    remedy: Said
    passes: Said = _PASSES

    def rule(self) -> Rule:
        """The rule."""
        return Rule(
            id=self.id,
            said=self.said,
            clause=self.clause,
            kind=self.kind,
            looks_at=self.looks_at,
            passes=self.passes,
            decided_by="text, filing",
            check=check,
            remedy=self.remedy,
        )
