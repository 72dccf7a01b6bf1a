"""Printing under supervision (监制), in which no department takes part."""

from certgen.errors import Said
from verify.design import clauses
from verify.design.finding import Kind
from verify.design.wording_check import Wording

RULE = Wording(
    id="wording/government-supervision",
    said=Said("监制", "supervised printing"),
    clause=clauses.ISSUER,
    kind=Kind.ERROR,
    looks_at=Said(
        "“监制”“监印”“监督印制”",
        "监制, 监印, 监督印制: printed under supervision",
    ),
    remedy=Said(
        "删去监制字样；政府部门不参与监制", "take it out: no department supervises the printing"
    ),
).rule()
