"""A school in Henan that does not call itself XX学校（院）职业技能等级认定中心."""

import re
from collections.abc import Iterator

from certgen.errors import Said
from verify.design import clauses
from verify.design.case import Case
from verify.design.finding import Finding, Kind
from verify.design.rule import Rule, in_text
from verify.design.rules.title_other_title import close

_SCHOOL = re.compile("学校|学院|大学|技师学院|技工学校")
_SUFFIX = "职业技能等级认定中心"


def _check(rule: Rule, case: Case) -> Iterator[Finding]:
    for part in case.parts.agencies:
        written = close(part.written)
        if _SCHOOL.search(written) and not written.endswith(_SUFFIX):
            yield rule.finding(
                Said(
                    f"院校机构名称“{part.written.strip()}”未用“{_SUFFIX}”",
                    f"the school {part.written.strip()} is not called …{_SUFFIX}",
                ),
                in_text(part.text, part.start, part.end),
            )


RULE = Rule(
    id="name/school-centre",
    said=Said("院校名称不是认定中心", "a school that is not called a centre"),
    clause=clauses.SCHOOL_CENTRE,
    kind=Kind.ERROR,
    looks_at=Said(
        "河南院校、技工院校的机构名称（方案 henan-schools）",
        "names of schools in Henan (profile henan-schools)",
    ),
    passes=Said(
        "不含学校、学院、大学的名称；与“职业技能鉴定中心”一字之差的“认定中心”正是应有的名称",
        "names without 学校, 学院, 大学; …认定中心 is right, one character from the banned 鉴定中心",
    ),
    decided_by="text",
    check=_check,
    remedy=Said("改为“XX学校（院）职业技能等级认定中心”", "write XX学校（院）职业技能等级认定中心"),
)
