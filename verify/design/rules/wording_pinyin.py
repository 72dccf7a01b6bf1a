"""Banned wording in pinyin (拼音) or by its initials."""

from certgen.errors import Said
from verify.design import clauses
from verify.design.finding import Kind
from verify.design.wording_check import Wording

RULE = Wording(
    id="wording/pinyin",
    said=Said("禁用字样的拼音或缩写", "banned wording in pinyin"),
    clause=clauses.RELATED,
    kind=Kind.REVIEW,
    looks_at=Said(
        "ZHONGHUA RENMIN GONGHEGUO、ZHIYE ZIGE、ZHYZG 等，网址内亦然",
        "ZHONGHUA RENMIN GONGHEGUO, ZHIYE ZIGE, ZHYZG, in addresses too",
    ),
    remedy=Said("请说明，或删去", "explain it, or take it out"),
).rule()
