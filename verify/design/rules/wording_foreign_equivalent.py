"""Banned wording in English: National Qualification, P.R.China, MOHRSS."""

from certgen.errors import Said
from verify.design import clauses
from verify.design.finding import Kind
from verify.design.wording_check import Wording

RULE = Wording(
    id="wording/foreign-equivalent",
    said=Said("禁用字样的外文", "banned wording in English"),
    clause=clauses.RELATED,
    kind=Kind.REVIEW,
    looks_at=Said(
        "国名、部门名称和“职业资格”的英文，含全角、混用西里尔字母等写法；全称和 National … Qualification 为不符合",
        "names of state and ministry and 'qualification' in English, also full-width "
        "or with Cyrillic letters; full names and National … Qualification are errors",
    ),
    remedy=Said("改用附件的英文译名，或删去", "use the English of the annex, or take it out"),
).rule()
