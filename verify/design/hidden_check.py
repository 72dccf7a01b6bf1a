"""What the rules about hidden text share: restricted wording where no reader of the page sees it."""

from collections.abc import Iterator

from certgen.errors import Said
from certgen.standards.wording_matches import Match, Standing
from certgen.standards.wording_related import Strength
from verify.design import clauses
from verify.design.case import Case
from verify.design.clauses import Clause
from verify.design.design import Hiding
from verify.design.finding import Finding, Kind
from verify.design.rule import Rule, in_text
from verify.design.texts import Text
from verify.design.wording_check import disguised, finding_of

_HOW = {
    Hiding.INVISIBLE_MODE: Said("不可见文字", "invisible text"),
    Hiding.SAME_COLOUR: Said("与底色相同", "the colour of its ground"),
    Hiding.TRANSPARENT: Said("全透明", "transparent"),
    Hiding.COVERED: Said("被遮盖", "covered"),
    Hiding.CLIPPED: Said("被裁切", "clipped"),
    Hiding.OFF_PAGE: Said("在页面之外", "off the page"),
    Hiding.TINY: Said("字号过小", "too small to read"),
    Hiding.LAYER_OFF: Said("在关闭的图层", "on a layer that is off"),
    Hiding.MARKED_HIDDEN: Said("设为隐藏", "marked as hidden"),
    Hiding.DELETED: Said("修订中已删除", "a tracked deletion"),
    Hiding.NO_INK: Said("看不出墨迹", "no ink"),
}


def hidden_words(rule: Rule, case: Case, text: Text, kind: Kind) -> Iterator[Finding]:
    """Each restricted wording of a text that is not seen; what is exempt on the page is so here."""
    for match in case.matches(text):
        place = in_text(text, match.start, match.end)
        if match.rule.value not in case.profile.rules and match.standing is Standing.STANDS:
            continue
        if match.standing is not Standing.STANDS:
            yield finding_of(rule, match, place)
            continue
        how_zh, how_en = how(text, match)
        trick_zh, trick_en = disguised(match, place)
        yield rule.finding(
            Said(
                f"{how_zh}含“{match.written}”{trick_zh}",
                f"{how_en} holds {match.written}{trick_en}",
            ),
            place,
            kind=Kind.REVIEW
            if match.strength is Strength.RELATED or case.profile.paper_only
            else kind,
            clause=_clause(match),
            read=match.written,
            disguises=match.disguises,
        )


def how(text: Text, match: Match | None = None) -> Said:
    """How a text is hidden, or which part of the file holds it."""
    runs = text.runs_of(match.start, match.end) if match else text.runs
    hiding = dict.fromkeys(way for run in runs for way in run.hiding)
    if text.hidden and hiding:
        return Said(
            "隐藏文字（" + "、".join(_HOW[way].zh for way in hiding) + "）",
            "hidden text (" + ", ".join(_HOW[way].en for way in hiding) + ")",
        )
    where = next((run.where for run in runs if run.where), "")
    return Said(f"“{where}”" if where else "隐藏文字", where or "hidden text")


def _clause(match: Match) -> Clause:
    """五(三) carries the ban into electronic certificates; the quotation is that of the ban."""
    listed = match.strength is Strength.LISTED
    words = clauses.WORDS if listed else clauses.RELATED
    return Clause(
        words.document, f"五(三)、{words.article}", f"{clauses.ELECTRONIC.quote}{words.quote}"
    )
