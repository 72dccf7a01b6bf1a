"""Every restricted wording of a text, with what exempts it: the wording rules as a whole.

`wording.find` knows the banned terms; here are also the words akin to them (`wording_related`), in
Chinese, English and pinyin. Each hit stands, or is exempt by a name that must be printed as it is
(人社鉴发〔2021〕1号 二(三)), or is a coincidence of two words.

>>> [(m.rule.value, m.written, m.standing.value) for m in matches("中国样例厂：人社部", Names(filed=("中国样例厂",)))]
[('wording/state-name', '中国', 'exempt'), ('wording/government-body', '人社部', 'stands')]
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from certgen.standards.coincidences import coincidence, place_name
from certgen.standards.normalise import Disguise, Folded, disguises, folded, is_gap
from certgen.standards.query_hosts import addresses_in, is_public_query
from certgen.standards.wording import ASSOCIATION_CLAUSE, Rule, name_spans
from certgen.standards.wording_related import RELATED, Pattern, Strength


class Standing(StrEnum):
    """What becomes of a hit."""

    STANDS = "stands"
    EXEMPT = "exempt"  # inside a name or an address that is printed as it is
    COINCIDENCE = "coincidence"  # two words touch, or a street is called so
    NAME_NEEDED = "name-needed"  # it reads as an organisation's name, and no filing was given


class Exemption(StrEnum):
    """What exempts a hit."""

    FILED_NAME = "filed-name"  # of the agency or a branch: 二(三)
    ENGLISH_NAME = "filed-english-name"
    HOLDER = "holder"  # a person's name claims nothing
    ADDRESS = "official-address"  # 二(一) wants it printed


@dataclass(frozen=True, slots=True)
class Names:
    """What may stand on the certificate although a banned word is in it."""

    filed: tuple[str, ...] = ()
    english: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()
    association: bool | None = None  # 行业协会商会: 国办发〔2020〕21号 binds it; None: not known


@dataclass(frozen=True, slots=True)
class Match:
    """One restricted wording: `text[start:end]`."""

    rule: Rule
    strength: Strength
    start: int
    end: int
    written: str  # folded, without gaps: how it is read
    clause: str
    disguises: tuple[Disguise, ...]
    standing: Standing = Standing.STANDS
    exemption: Exemption | None = None
    by: str = ""  # the name, address or pair of words that exempts it


_HOLDER_LABEL = re.compile(r"(?:姓\s*名(?:\s*Name)?|Name(?=\s*[:：]))\s*[:：]?[ \u3000\t]*")
_HOLDER_VALUE = re.compile(
    r"[\u3400-\u9fff\U00020000-\U0003ffff·]{2,}|[A-Z][a-zA-Z'\-]*(?:[ ,]+[A-Z][a-zA-Z'\-]*)*"
)
_LABELS = re.compile(r"性别|证件|职业|工种|身份|出生|等级|级别|编号")
_ORGANISATION = re.compile(
    "有限责任公司|有限公司|公司|集团|协会|学会|商会|联合会|促进会|研究会|基金会|工会|委员会|总会|学校|学院|大学"
    "|研究院|研究所|设计院|科学院|医院|银行|出版社|报社|杂志社|中心|总厂|工厂|厂|合作社|事务所|协作网|联盟"
)
_ENGLISH_ORGANISATION = re.compile(
    "(?:[ \ue001\ue002]{1,3}[a-z&]{1,20}){0,7}?[ \ue001\ue002]{1,3}"
    "(?:ltd|limited|corporation|corp|inc|company|group|association|society|federation|university"
    "|college|school|institute|academy|hospital|bank|foundation|chamber)(?![a-z])"
)
_LONGEST_NAME = 45
"""Characters before and behind a word that may be of the name it stands in."""
_BEGINNING = re.compile("^.*(?:本证书由|证书由|经由|由|经|获得|通过)")


def matches(text: str, names: Names) -> tuple[Match, ...]:
    """All hits in reading order, longest first where they overlap, each span once for each claim."""
    return _matches(text, names)


@lru_cache(maxsize=4096)
def _matches(text: str, names: Names) -> tuple[Match, ...]:
    plain = folded(text)
    hits = [
        (pattern, first, last)
        for pattern in RELATED
        for first, last in plain.spans(pattern.compiled)
    ]
    if not hits:
        return ()
    shield = tuple(_shields(text, names))
    judged = [_judged(plain, hit, shield, names) for hit in hits]
    return tuple(sorted(_chosen([m for m in judged if m]), key=lambda m: (m.start, -m.end)))


def _as_read(folded_text: str) -> str:
    """Without gaps where it is Chinese; Latin words keep one space between."""
    words = re.findall(
        r"[^\W_]+(?:'[a-z]+)?", "".join(" " if is_gap(c) else c for c in folded_text)
    )
    return (" " if folded_text.isascii() or (words and words[0].isascii()) else "").join(words)


@dataclass(frozen=True, slots=True)
class _Shield:
    start: int
    end: int
    exemption: Exemption
    by: str


def _shields(text: str, names: Names) -> Iterator[_Shield]:
    for kind, given in (
        (Exemption.FILED_NAME, names.filed),
        (Exemption.ENGLISH_NAME, names.english),
        (Exemption.HOLDER, names.holders),
    ):
        for span in name_spans(text, given):
            yield _Shield(span.first, span.last, kind, span.word)
    for start, end in _labelled_holders(text):
        yield _Shield(start, end, Exemption.HOLDER, text[start:end])
    for start, end, host in addresses_in(text):
        yield _Shield(start, end, Exemption.ADDRESS, host)


def _labelled_holders(text: str) -> Iterator[tuple[int, int]]:
    """The names behind 姓名 and Name."""
    for label in _HOLDER_LABEL.finditer(text):
        value = _HOLDER_VALUE.match(text, label.end())
        if value:
            other = _LABELS.search(value.group())
            yield value.start(), value.start() + other.start() if other else value.end()


def _judged(
    plain: Folded, hit: tuple[Pattern, int, int], shields: tuple[_Shield, ...], names: Names
) -> Match | None:
    pattern, first, last = hit
    start, end = plain.source_span(first, last)
    written = _as_read(plain.text[first:last])
    association = pattern.rule is Rule.PERSONNEL_QUALIFICATION
    base = Match(
        rule=pattern.rule,
        strength=Strength.RELATED if association and not names.association else pattern.strength,
        start=start,
        end=end,
        written=written,
        clause=ASSOCIATION_CLAUSE if association else pattern.clause,
        disguises=disguises(plain.source[start:end], written),
    )
    standing, exemption, by = _standing(plain, base, (first, last), shields, names)
    if standing is None:
        return None
    return replace(base, standing=standing, exemption=exemption, by=by)


def _standing(  # noqa: PLR0911  (one line a reason)
    plain: Folded,
    match: Match,
    at: tuple[int, int],
    shields: tuple[_Shield, ...],
    names: Names,
) -> tuple[Standing | None, Exemption | None, str]:
    for shield in shields:
        inside = shield.start <= match.start and match.end <= shield.end
        touches = match.start < shield.end and shield.start < match.end
        if shield.exemption is Exemption.ADDRESS:
            if inside and is_public_query(shield.by):
                return Standing.EXEMPT, shield.exemption, shield.by
            if inside and match.rule is Rule.FOREIGN_EQUIVALENT:
                return (
                    None,
                    None,
                    "",
                )  # the parts of a host are no words: the address has its own rule
        elif inside:
            return Standing.EXEMPT, shield.exemption, shield.by
        elif touches and shield.exemption is Exemption.HOLDER:
            return Standing.COINCIDENCE, None, shield.by
    words = coincidence(plain.text, *at)
    if words:
        return Standing.COINCIDENCE, None, "|".join(words)
    if street := place_name(plain.text, *at):
        return Standing.COINCIDENCE, None, street
    if not names.filed and (name := _organisation(plain, match, at)):
        return Standing.NAME_NEEDED, None, name
    return Standing.STANDS, None, ""


def _organisation(plain: Folded, match: Match, at: tuple[int, int]) -> str:
    """The name of an organisation that a hit seems to be a part of, or ''."""
    if match.rule is Rule.FOREIGN_EQUIVALENT:
        found = _ENGLISH_ORGANISATION.match(plain.text, at[1]) if match.written == "china" else None
        return plain.source[match.start : plain.ends[found.end() - 1]] if found else ""
    if match.rule is not Rule.STATE_NAME:
        return ""
    first, last = at
    least, most = at[0] - _LONGEST_NAME, at[1] + _LONGEST_NAME
    while first > max(least, 0) and _of_name(plain.text[first - 1]):
        first -= 1
    while last < min(most, len(plain.text)) and _of_name(plain.text[last]):
        last += 1
    behind = None
    for behind in _ORGANISATION.finditer(plain.text, at[1], last):  # noqa: B007  (the last one)
        pass
    if behind is None:
        return ""
    begun = _BEGINNING.match(plain.text[first : at[0]])
    first += begun.end() if begun else 0
    whole = plain.text[first : behind.end()]
    others = (p for p in RELATED if p.rule in _NEVER_OF_A_NAME)
    if any(p.compiled.search(whole) for p in others):
        return ""
    return plain.source[slice(*plain.source_span(first, behind.end()))]


_NEVER_OF_A_NAME = {Rule.GOVERNMENT_BODY, Rule.QUALIFICATION_CLAIM, Rule.GOVERNMENT_SUPERVISION}


def _of_name(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or (is_gap(char) and char != "\n")


def _chosen(found: Iterable[Match]) -> list[Match]:
    """One for each span: those that stand before exempt ones, then the longest, then as listed.

    A banned term inside the name of a banned body is a claim of its own: 中国 in
    中国就业培训技术指导中心.
    """
    order = {Standing.STANDS: 0, Standing.NAME_NEEDED: 0}
    taken: list[Match] = []
    ranked = sorted(
        found,
        key=lambda m: (
            order.get(m.standing, 1),
            m.start - m.end,
            m.strength is not Strength.LISTED,
        ),
    )
    for match in ranked:
        over = [t for t in taken if match.start < t.end and t.start < match.end]
        if all(_both_claims(match, other) for other in over):
            taken.append(match)
    return taken


def _both_claims(one: Match, other: Match) -> bool:
    if one.standing is not other.standing and Standing.EXEMPT in {one.standing, other.standing}:
        return True
    return one.rule is not other.rule and one.strength is other.strength is Strength.LISTED
