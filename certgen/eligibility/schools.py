"""The levels at which the centre of a technical school (技工院校) assesses its pupils: warnings.

原则上确定为5—3级，中级工班4级，高级工班3级 (豫职鉴〔2021〕1号 二(三)); 高级工班、预备技师班学生可直接申报高级工, and
教职工 any level (豫人社办函〔2021〕155号 二(一)1). In Henan such a centre is known by its code too: category Y
and 9 at position 10.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from certgen.eligibility.rule import About
from certgen.eligibility.staff import Kind, StaffList
from certgen.exchange.agency import Agency
from certgen.intake.cells import warning
from certgen.intake.columns import Field
from certgen.model.finding import Finding
from certgen.model.record import Record
from certgen.standards.codes import henan
from certgen.standards.codes.national import CertificateCode
from certgen.standards.levels import Level

_CLAUSE = "豫职鉴〔2021〕1号 二(三)"
_HIGHEST = Level.THREE
_HIGHEST_OF_CLASS: Mapping[str, Level] = {
    "预备技师": Level.THREE,
    "高级工": Level.THREE,
    "中级工": Level.FOUR,
}


class SchoolLevels:
    """Warns of levels that pupils do not have as a rule."""

    def __init__(self, agency: Agency, staff: StaffList | None) -> None:
        self._agency = agency
        self._staff = staff

    def findings(self, record: Record) -> Iterator[About]:
        """A warning for a pupil, or somebody who may be one, above the level of the school."""
        if not self._is_centre(record):
            return
        member = self._staff.of(record) if self._staff else None
        if member and member.kind is Kind.STAFF:
            return
        finding = _above(record.level, member.school_class if member else "")
        if finding:
            yield About(Field.LEVEL, finding)

    def _is_centre(self, record: Record) -> bool:
        if self._agency.technical_school:
            return True
        site = self._agency.site_of(record.site, record.branch)
        return _is_henan_centre(site.prefix, record.issue_date)


@lru_cache(maxsize=1024)
def _is_henan_centre(prefix: str, issued: date) -> bool:
    any_code = CertificateCode.build(prefix, issued.year, Level.FIVE, serial=1)
    return any(doubt.code == "henan/school-centre" for doubt in henan.doubts(any_code, issued))


@lru_cache(maxsize=256)
def _above(level: Level, school_class: str) -> Finding | None:
    of_class = next((word for word in _HIGHEST_OF_CLASS if word in school_class), "")
    highest = _HIGHEST_OF_CLASS.get(of_class, _HIGHEST)
    if level >= highest:  # level 1 is the highest
        return None
    who_zh = f"{of_class}班学生" if of_class else "学生"
    who_en = f"pupils of a {of_class} class" if of_class else "pupils"
    return warning(
        "level/technical-school",
        zh=f"技工院校{who_zh}原则上最高评至{highest.written}，本行为{level.written}；"
        "请核对，如为教职工可在职工名单的“人员类别”中注明",
        en=f"{who_en} of technical schools are assessed up to level {highest:d} as a rule, this row "
        f"has level {level:d}: check it; the staff list may say that the person is staff",
        clause=_CLAUSE,
    )
