"""Wording akin to the banned terms that may mislead: other ministries, 官方认证, 持证上岗."""

from certgen.errors import Said
from verify.design import clauses
from verify.design.finding import Kind
from verify.design.wording_check import Wording

RULE = Wording(
    id="wording/misleading",
    said=Said("易产生歧义和误导的字样", "misleading wording"),
    clause=clauses.RELATED,
    kind=Kind.REVIEW,
    looks_at=Said(
        "其他部委厅局、国务院、政府认可、官方认证、部颁、持证上岗等与禁用字样相关的说法",
        "other ministries, 国务院, 政府认可, 官方认证, 部颁, 持证上岗 and the like",
    ),
    remedy=Said("请说明依据，或删去该字样", "explain it, or take it out"),
).rule()
