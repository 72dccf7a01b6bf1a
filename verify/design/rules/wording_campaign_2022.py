"""Words that the campaign against irregular certificates of 2022 listed."""

from certgen.errors import Said
from verify.design import clauses
from verify.design.finding import Kind
from verify.design.wording_check import Wording

RULE = Wording(
    id="wording/campaign-2022",
    said=Said("专项治理所列字样", "words of the campaign of 2022"),
    clause=clauses.CAMPAIGN,
    kind=Kind.REVIEW,
    looks_at=Said(
        "岗位合格（凭证）、专业技术职务、执业资格、职业技能鉴定、专项职业能力、包过等",
        "岗位合格, 专业技术职务, 执业资格, 职业技能鉴定, 专项职业能力, 包过 and the like",
    ),
    remedy=Said("请说明，或删去", "explain it, or take it out"),
).rule()
