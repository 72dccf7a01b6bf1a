"""A claim to be a vocational qualification or a basis of employment."""

from certgen.errors import Said
from verify.design import clauses
from verify.design.finding import Kind
from verify.design.wording_check import Wording

RULE = Wording(
    id="wording/qualification-claim",
    said=Said("职业资格、凭证、录用依据", "claim to be a qualification"),
    clause=clauses.WORDS,
    kind=Kind.ERROR,
    looks_at=Said(
        "“职业资格”“资格凭证”“就业凭证”“录用依据”",
        "职业资格, 资格凭证, 就业凭证, 录用依据",
    ),
    remedy=Said(
        "删去该字样；职业技能等级证书不是职业资格证书",
        "take the word out: a skill-level certificate is no qualification",
    ),
).rule()
