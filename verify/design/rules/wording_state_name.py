"""The name of the state (中国, 国家, 全国 …) on a certificate."""

from certgen.errors import Said
from verify.design import clauses
from verify.design.finding import Kind
from verify.design.wording_check import Wording

RULE = Wording(
    id="wording/state-name",
    said=Said("国名、全国字样", "name of the state"),
    clause=clauses.WORDS,
    kind=Kind.ERROR,
    looks_at=Said(
        "“中华人民共和国”“中国”“中华”“国家”“全国”，含繁体、异体、部首、零宽字符、字间空格或符号等写法",
        "中华人民共和国, 中国, 中华, 国家, 全国 in whatever disguise: traditional, radicals, zero width, letter-spaced",
    ),
    remedy=Said(
        "删去该字样；确属备案名称的，请提供备案材料",
        "take the word out; if it belongs to a filed name, give the filing",
    ),
).rule()
