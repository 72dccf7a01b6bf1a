"""人员资格, barred from certificates of associations (行业协会商会)."""

from certgen.errors import Said
from verify.design import clauses
from verify.design.finding import Kind
from verify.design.wording_check import Wording

RULE = Wording(
    id="wording/personnel-qualification",
    said=Said("人员资格", "personnel qualification"),
    clause=clauses.ASSOCIATION,
    kind=Kind.ERROR,
    looks_at=Said(
        "“人员资格”：行业协会商会颁发的证书不得使用；其他机构请说明",
        "人员资格: barred for associations; of others an explanation is asked",
    ),
    remedy=Said("删去该字样", "take the word out"),
).rule()
