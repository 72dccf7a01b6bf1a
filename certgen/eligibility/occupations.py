"""Refuses access-type occupations (准入类职业), even where the filed scope lists them."""

from collections.abc import Iterator
from functools import lru_cache

from certgen.eligibility.rule import About
from certgen.exchange.agency import Agency
from certgen.intake.cells import error, review
from certgen.intake.columns import Field
from certgen.model.finding import Finding
from certgen.model.record import Record
from certgen.standards.access_occupations import (
    ACCESS_CLAUSE,
    HENAN_PROPOSED_CLAUSE,
    PROPOSED_CLAUSE,
    Kind,
    Match,
    find,
)
from certgen.standards.codes import henan


class Occupations:
    """Asks the catalogue about the occupation and the job of a record."""

    def __init__(self, agency: Agency) -> None:
        self._agency = agency

    def findings(self, record: Record) -> Iterator[About]:
        """A refusal, or a review where the notices leave the occupation open."""
        site = self._agency.site_of(record.site, record.branch)
        finding = _finding(record.occupation, record.job, site.prefix[5:7])
        if finding:
            yield About(Field.OCCUPATION, finding)


@lru_cache(maxsize=1024)  # a roster has few occupations and many people
def _finding(occupation: str, job: str | None, province: str) -> Finding | None:
    match = find(occupation, job)
    if match is None:
        return None
    if match.entry.kind is Kind.PROPOSED:
        return _proposed(match, is_henan=province == henan.PROVINCE)
    return _access(match) if match.certain else _some_jobs(match)


def _access(match: Match) -> Finding:
    entry = match.entry
    return error(
        "occupation/access",
        zh=f"“{entry.name}”是准入类职业资格（{entry.source}），不得开展职业技能等级认定，"
        "即使列入备案范围也不能制证；请按国家规定的办法取得职业资格证书",
        en=f"{entry.name} needs an access qualification ({entry.source}) and may not be certified by "
        "skill level, even if the filed scope lists it",
        clause=ACCESS_CLAUSE,
    )


def _some_jobs(match: Match) -> Finding:
    entry = match.entry
    zh, en = "、".join(entry.only_jobs), ", ".join(entry.only_jobs)
    return review(
        "occupation/access-jobs",
        zh=f"“{entry.name}”从事{zh}等高危险性体育项目时是准入类职业资格（{entry.source}），"
        "本行没有工种，请核对",
        en=f"{entry.name} needs an access qualification for {en} ({entry.source}); this row names no "
        "job: check it",
        clause=ACCESS_CLAUSE,
    )


def _proposed(match: Match, *, is_henan: bool) -> Finding:
    """Henan: 不得申报准入职业及拟依照法定程序调整为准入类职业资格的职业. The other notice has fewer addressees."""
    entry = match.entry
    judge, clause = (error, HENAN_PROPOSED_CLAUSE) if is_henan else (review, PROPOSED_CLAUSE)
    return judge(
        "occupation/access-proposed",
        zh=f"“{entry.name}”拟依法调整为准入类职业资格（{entry.source}），"
        + ("河南省不得申报" if is_henan else "请确认备案部门准许评价"),
        en=f"{entry.name} is to become an access qualification ({entry.source}): "
        + ("Henan files none" if is_henan else "ask whether the filing authority allows it"),
        clause=clause,
    )
