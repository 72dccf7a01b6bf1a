"""The name of a human-resources department or a testing centre."""

from certgen.errors import Said
from verify.design import clauses
from verify.design.finding import Kind
from verify.design.wording_check import Wording

RULE = Wording(
    id="wording/government-body",
    said=Said("政府部门、鉴定中心名称", "name of a government body"),
    clause=clauses.WORDS,
    kind=Kind.ERROR,
    looks_at=Said(
        "人力资源社会保障部门（各种称谓和简称）、职业技能鉴定中心、中国就业培训技术指导中心",
        "human-resources departments by any of their names, skills testing centres",
    ),
    remedy=Said(
        "删去部门名称；证书由评价机构独立印制",
        "take the name of the body out: the agency alone issues",
    ),
).rule()
