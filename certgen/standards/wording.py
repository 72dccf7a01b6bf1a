"""The words that may not stand on a certificate, and where they stand in a text.

人社鉴发〔2021〕1号 五(二) bans twelve terms; 国办发〔2020〕21号 一(四) adds 人员资格 for associations
(行业协会商会). The filed name of an agency must be printed as filed (二(三)), so a term inside it is
exempt: all 18 agencies of the first national batch are called 中国….

>>> [(hit.term, hit.start, hit.exempt_by) for hit in find("中国样例厂：国 家标准", ("中国样例厂",))]
[('中国', 0, '中国样例厂'), ('国家', 6, '')]
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from certgen.standards.coincidences import coincidence
from certgen.standards.normalise import Disguise, Folded, disguises, folded, is_gap, loose

CLAUSE = "人社鉴发〔2021〕1号 五(二)"
"""Binds every agency, on paper and, by 五(三), in electronic certificates."""

ASSOCIATION_CLAUSE = "国办发〔2020〕21号 一(四)"
"""Binds associations and chambers of commerce (行业协会商会)."""


class Rule(StrEnum):
    """What a term claims. The values are permanent codes of findings."""

    STATE_NAME = "wording/state-name"
    GOVERNMENT_BODY = "wording/government-body"
    QUALIFICATION_CLAIM = "wording/qualification-claim"
    PERSONNEL_QUALIFICATION = "wording/personnel-qualification"
    GOVERNMENT_SUPERVISION = "wording/government-supervision"
    FOREIGN_EQUIVALENT = "wording/foreign-equivalent"
    PINYIN = "wording/pinyin"
    MISLEADING = "wording/misleading"
    CAMPAIGN_2022 = "wording/campaign-2022"


_STATE = dict.fromkeys(("中华人民共和国", "中国", "中华", "国家", "全国"), Rule.STATE_NAME)

TERMS: Mapping[str, Rule] = MappingProxyType(
    {
        **_STATE,
        "人力资源社会保障部门": Rule.GOVERNMENT_BODY,
        "职业技能鉴定中心": Rule.GOVERNMENT_BODY,
        "中国就业培训技术指导中心": Rule.GOVERNMENT_BODY,
        "职业资格": Rule.QUALIFICATION_CLAIM,
        "资格凭证": Rule.QUALIFICATION_CLAIM,
        "就业凭证": Rule.QUALIFICATION_CLAIM,
        "录用依据": Rule.QUALIFICATION_CLAIM,
    }
)
"""The terms of `CLAUSE`, in its order."""

ASSOCIATION_TERMS: Mapping[str, Rule] = MappingProxyType(
    {
        **_STATE,
        "职业资格": Rule.QUALIFICATION_CLAIM,
        "人员资格": Rule.PERSONNEL_QUALIFICATION,
    }
)
"""The terms of `ASSOCIATION_CLAUSE`."""

# Where both notices ban a term, the one that binds everybody is quoted.
_SOUGHT = {term: (rule, ASSOCIATION_CLAUSE) for term, rule in ASSOCIATION_TERMS.items()} | {
    term: (rule, CLAUSE) for term, rule in TERMS.items()
}


class _Span(NamedTuple):
    """A word in a text."""

    first: int
    last: int  # behind its last character
    word: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One term in a text: `text[start:end]`, with whatever spaces stand inside it."""

    term: str
    start: int
    end: int
    clause: str
    exempt_by: str  # the filed name that it is a part of, or ''
    rule: Rule
    disguises: tuple[Disguise, ...] = ()  # how it is written where it is not written plainly


def find(text: str, exempt: Sequence[str] = ()) -> tuple[Hit, ...]:
    """Every term in `text`, in reading order; of two that overlap, the longer one.

    Full-width, traditional and radical forms count, and so do terms spelt out with spaces or dots.
    `exempt` holds the filed names of the agency and its branches: a term wholly inside one is exempt.
    What two words make where they touch (安全|国际) is no hit: `coincidences`.
    """
    return () if text.isascii() else _find(text, tuple(exempt))


@lru_cache(maxsize=4096)  # occupations, levels and dates stand in thousands of rows
def _find(text: str, exempt: tuple[str, ...]) -> tuple[Hit, ...]:
    plain = folded(text)
    found = [span for word in _SOUGHT for span in _spans(plain, word)]
    if not found:
        return ()
    names = name_spans(text, exempt)
    by = {span: _around(span, names) for span in found}
    # An exempt term hides no other: after a name that ends in 中国, 家 still makes 国家.
    chosen = _apart(sorted(found, key=lambda span: (bool(by[span]), _longest_first(span))))
    return tuple(
        Hit(
            term=span.word,
            start=span.first,
            end=span.last,
            clause=_SOUGHT[span.word][1],
            exempt_by=by[span],
            rule=_SOUGHT[span.word][0],
            disguises=disguises(text[span.first : span.last], span.word),
        )
        for span in sorted(chosen)
    )


def _spans(plain: Folded, word: str) -> list[_Span]:
    return [
        _Span(*plain.source_span(first, last), word)
        for first, last in plain.spans(loose(word))
        if not coincidence(plain.text, first, last)
    ]


def name_spans(text: str, names: Iterable[str]) -> list[_Span]:
    """Where each of `names` stands in `text` whole, the longest first; gaps and radicals folded."""
    plain = folded(text, names=True)
    letters = [at for at, char in enumerate(plain.text) if not is_gap(char)]
    close = "".join(plain.text[at] for at in letters)
    found = [
        _Span(*plain.source_span(letters[at], letters[at + len(squeezed) - 1] + 1), name)
        for name in names
        if (squeezed := _squeezed(name))
        for at in _starts(close, squeezed)
    ]
    return _apart(sorted(found, key=_longest_first))


def _starts(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def _squeezed(name: str) -> str:
    return "".join(char for char in folded(name, names=True).text if not is_gap(char))


def _longest_first(span: _Span) -> tuple[int, int]:
    """Of two as long, the one further left."""
    return span.first - span.last, span.first


def _apart(spans: Iterable[_Span]) -> list[_Span]:
    """The spans in their order, without those that overlap an earlier one."""
    taken: list[_Span] = []
    for span in spans:
        if all(span.last <= other.first or other.last <= span.first for other in taken):
            taken.append(span)
    return taken


def _around(span: _Span, names: Iterable[_Span]) -> str:
    inside = (n.word for n in names if n.first <= span.first and span.last <= n.last)
    return next(inside, "")
