"""Holds a record against what was filed for its site on its day: scope line, suspension (暂停评价活动).

That occupation, job and level are filed at all is the intake's question, `certgen.intake.filing`;
so is the filing period of the site.
"""

from collections.abc import Iterator
from datetime import date

from certgen.eligibility.rule import About
from certgen.errors import Said
from certgen.exchange.agency import Agency, ScopeEntry, Site
from certgen.intake.cells import error, review
from certgen.intake.columns import Field
from certgen.model.finding import Finding
from certgen.model.record import Record

_SCOPE_CLAUSE = "人社鉴发〔2021〕1号 三(二)"
_SUSPENSION_CLAUSE = "人社职司便函〔2021〕57号 附件2 第十三条"


class Filed:
    """The filed scope by site and day, and the suspensions of the sites."""

    def __init__(self, agency: Agency, today: date) -> None:
        self._agency = agency
        self._today = today
        self._lines: dict[tuple[str, str, int], list[ScopeEntry]] = {}
        for entry in agency.scope:
            for level in entry.levels:
                key = (entry.occupation, entry.job or "", int(level))
                self._lines.setdefault(key, []).append(entry)
        self._suspended_now: set[str] = set()

    def findings(self, record: Record) -> Iterator[About]:
        """A refusal for another site, another day or a day of suspension."""
        site = self._agency.site_of(record.site, record.branch)
        if site.suspended_on(record.issue_date):
            yield About(Field.ISSUE_DATE, _suspended(site, record.issue_date))
        elif site.suspended_on(self._today):
            self._suspended_now.add(site.id)
        key = (record.occupation, record.job or "", int(record.level or 0))
        lines = self._lines.get(key, [])
        here = [line for line in lines if line.filed_at(site.id)]
        if lines and not here:
            yield About(Field.SITE, _other_site(lines, site))
        elif lines and not any(line.filed_on(record.issue_date) for line in here):
            yield About(Field.ISSUE_DATE, _other_day(here, record.issue_date))

    def closing(self) -> Iterator[Finding]:
        """Sites that may not assess today, though rows are dated before the suspension."""
        for site in sorted(self._suspended_now):
            yield review(
                "scope/suspended-today",
                zh=f"站点 {site} 目前处于暂停评价活动期间，花名册中有暂停期以外的发证日期，"
                "请确认评价在暂停前已完成并准许发证",
                en=f"site {site} is suspended today and the roster has issue dates outside the "
                "suspension: make sure that the assessment was over and certificates are allowed",
                clause=_SUSPENSION_CLAUSE,
            )


def _suspended(site: Site, issued: date) -> Finding:
    until = site.suspended_until
    return error(
        "scope/suspended",
        zh=f"发证日期 {issued} 在站点 {site.id} 暂停评价活动期间"
        f"（{site.suspended_from} 至 {until or '未定'}），不能制证",
        en=f"issue date {issued} is within the suspension of site {site.id} "
        f"({site.suspended_from} to {until or 'an open end'}): not issued",
        clause=_SUSPENSION_CLAUSE,
    )


def _other_site(lines: list[ScopeEntry], site: Site) -> Finding:
    filed = sorted(frozenset[str]().union(*(line.sites for line in lines)))
    return error(
        "scope/other-site",
        zh=f"该职业、工种和等级备案在站点 {'、'.join(filed)}，不在本行的站点 {site.id}；请更正或先办理备案",
        en=f"this occupation, job and level is filed for site {', '.join(filed)}, not for {site.id}: "
        "correct the row or file it first",
        clause=_SCOPE_CLAUSE,
    )


def _other_day(lines: list[ScopeEntry], issued: date) -> Finding:
    periods = [_period(line) for line in lines]
    zh = "；".join(period.zh for period in periods)
    en = "; ".join(period.en for period in periods)
    return error(
        "scope/other-date",
        zh=f"发证日期 {issued} 不在该职业、工种和等级的备案期间内（{zh}），请更正日期或备案范围",
        en=f"issue date {issued} is outside the time for which this occupation, job and level is "
        f"filed ({en}): correct the date or the scope file",
        clause=_SCOPE_CLAUSE,
    )


def _period(line: ScopeEntry) -> Said:
    first, last = line.filed_from, line.filed_until
    if first and last:
        return Said(f"{first} 至 {last}", f"{first} to {last}")
    return Said(f"{first} 起", f"from {first}") if first else Said(f"至 {last}", f"until {last}")
