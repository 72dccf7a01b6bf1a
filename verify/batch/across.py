"""What shows only across many certificates: one number for two people, one portrait twice, too many in a year.

Each of them is a reason to look, and none condemns: two people may share a name and four digits.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from certgen.errors import Said
from verify.batch.portraits import NEAR, brightness, distance

K = TypeVar("K")

SUBSIDY_CLAUSE = "国办发〔2019〕24号 (十二)"
"""每人每年可享受不超过3次，但同一职业同一等级不可重复享受: of subsidies (职业培训补贴), not of certificates."""

MOST_A_YEAR = 3
COMPARED_AT_MOST = 2000
"""Portraits compared pair by pair; nearly all pairs are told apart by their mean grey."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the comparison needs of one certificate or row."""

    where: str  # 'scan.pdf#page=3', '名单 第 7 行'
    code: str
    name: str
    tail: str  # last four of the identity number
    occupation: str
    job: str
    level: str
    day: str  # issue date, ISO
    portrait: str = ""

    @property
    def person(self) -> tuple[str, str]:
        """As far as a certificate tells people apart."""
        return self.name, self.tail


@dataclass(frozen=True, slots=True)
class Across:
    """One thing to look at, and where."""

    code: str  # permanent short id
    said: Said
    where: tuple[str, ...]
    clause: str = ""


def look(found: Sequence[Facts]) -> tuple[Across, ...]:
    """All of it, in the order of the checks."""
    return (
        *_one_number_two_people(found),
        *_one_portrait_two_people(found),
        *_twice_the_same(found),
        *_too_many(found),
    )


def _one_number_two_people(found: Iterable[Facts]) -> Iterable[Across]:
    for code, all_of_it in _grouped(
        (one.code, one) for one in found if one.code and one.name
    ).items():
        people = dict.fromkeys(one.person for one in all_of_it)
        names = dict.fromkeys(name for name, _ in people)
        tails = {tail for _, tail in people if tail}
        if len(names) > 1 or len(tails) > 1:
            yield Across(
                "across/one-number",
                Said(
                    f"编号 {code} 用于不同的人：{'、'.join(names)}",
                    f"number {code} stands for different people: {', '.join(names)}",
                ),
                tuple(one.where for one in all_of_it),
            )


def _one_portrait_two_people(found: Sequence[Facts]) -> Iterable[Across]:
    with_portrait = [one for one in found if one.portrait and one.name][:COMPARED_AT_MOST]
    grey = {one.where: brightness(one.portrait) for one in with_portrait}
    for one, other in combinations(with_portrait, 2):
        if one.person == other.person or abs(grey[one.where] - grey[other.where]) > NEAR:
            continue
        if distance(one.portrait, other.portrait) <= NEAR:
            yield Across(
                "across/one-portrait",
                Said(
                    f"两份证书的照片几乎相同：{one.name}、{other.name}，请用眼核对",
                    f"nearly the same portrait for {one.name} and {other.name}: look at both",
                ),
                (one.where, other.where),
            )


def _twice_the_same(found: Iterable[Facts]) -> Iterable[Across]:
    keyed = (
        ((*one.person, one.occupation, one.job, one.level), one)
        for one in found
        if one.name and one.tail and one.occupation and one.level
    )
    for key, all_of_it in _grouped(keyed).items():
        codes = {one.code for one in all_of_it if one.code}
        if len(codes) > 1:
            yield Across(
                "across/same-skill-twice",
                Said(
                    f"{key[0]} 同一职业同一等级有 {len(codes)} 份证书（补贴不可重复享受）",
                    f"{key[0]} holds {len(codes)} certificates of one occupation and level "
                    "(a subsidy is paid once)",
                ),
                tuple(one.where for one in all_of_it),
                SUBSIDY_CLAUSE,
            )


def _too_many(found: Iterable[Facts]) -> Iterable[Across]:
    keyed = (
        ((*one.person, one.day[:4]), one)
        for one in found
        if one.name and one.tail and len(one.day) == 10
    )
    for key, all_of_it in _grouped(keyed).items():
        codes = {one.code for one in all_of_it if one.code}
        if len(codes) > MOST_A_YEAR:
            yield Across(
                "across/more-than-three-a-year",
                Said(
                    f"{key[0]} 在 {key[2]} 年有 {len(codes)} 份证书（补贴原则上每人每年不超过 3 次）",
                    f"{key[0]} got {len(codes)} certificates in {key[2]} (subsidies: three a year as a rule)",
                ),
                tuple(one.where for one in all_of_it),
                SUBSIDY_CLAUSE,
            )


def _grouped(pairs: Iterable[tuple[K, Facts]]) -> dict[K, list[Facts]]:
    groups: dict[K, list[Facts]] = defaultdict(list)
    for key, one in pairs:
        groups[key].append(one)
    return {key: group for key, group in groups.items() if len(group) > 1}
