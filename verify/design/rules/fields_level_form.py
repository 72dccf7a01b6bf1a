"""A level (职业技能等级) that is not written as 三级/高级工."""

import re
from collections.abc import Iterator

from certgen.errors import LevelError, Said
from certgen.standards.levels import Level
from certgen.standards.text import half_width
from verify.design import clauses
from verify.design.case import Case
from verify.design.finding import Finding, Kind
from verify.design.rule import Rule, in_text

_BLANK = re.compile(r"[×xX*＊_＿\s/]*|[×xX*]+级/?[×xX*]*")
_WITHOUT_CODE = ("学徒工", "特级技师", "首席技师")
_ENGLISH = re.compile(r"[\s(（]*(?:skill\s+)?level.*|[\s(（]*[a-z].*", re.IGNORECASE | re.DOTALL)
_RIGHT = re.compile(r"([一二三四五]级)\s*/\s*(高级技师|技师|[高中初]级工?)")


def _check(rule: Rule, case: Case) -> Iterator[Finding]:
    level = case.parts.fields.get("level")
    if level is None or level.value is None:
        return
    written = half_width(level.written).strip()
    if _BLANK.fullmatch(written):
        return  # contents/missing-level says so
    place = in_text(level.value.text, level.value.start, level.value.end)
    step = next((step for step in _WITHOUT_CODE if step in written), None)
    if step:
        employer = case.filing is not None and case.filing.category == "Y"
        yield rule.finding(
            Said(f"“{step}”不在五个等级之内", f"{step} is none of the five levels"),
            place,
            kind=Kind.REVIEW if employer else Kind.ERROR,
            remedy=Said(
                "用人单位按人社部发〔2022〕14号另设的，请说明；社会培训评价组织按五个等级填写",
                "an employer explains it (人社部发〔2022〕14号); a social body writes one of the five",
            ),
        )
    elif not _is_right(written, short=case.profile.short_levels):
        yield rule.finding(
            Said(f"等级写作“{level.written}”", f"the level is written {level.written}"),
            place,
            remedy=_advice(written),
        )


def _is_right(written: str, *, short: bool) -> bool:
    found = _RIGHT.match(written)
    if not found or (found.end() < len(written) and not _ENGLISH.fullmatch(written[found.end() :])):
        return False
    numeral, title = found.groups()
    right = {level.numeral: level.title for level in Level}
    return title == right[numeral] or (short and f"{title}工" == right[numeral])


def _advice(written: str) -> Said:
    try:
        level = Level.parse(written)
    except LevelError:
        return Said(
            "按“中文数字+级/等级名称”填写，如“三级/高级工”",
            "write numeral and name, as in 三级/高级工",
        )
    return Said(f"改为“{level.written}”", f"write {level.written}")


RULE = Rule(
    id="fields/level-form",
    said=Said("等级写法不符", "level not as prescribed"),
    clause=clauses.FILLING,
    kind=Kind.ERROR,
    looks_at=Said(
        "“职业技能等级”后的内容：中文数字+级/等级名称，二者一致",
        "what stands behind 职业技能等级: numeral and name, which must agree",
    ),
    passes=Said(
        "斜线两边的空格、全角斜线、其后的英文；用人单位的特级技师、首席技师、学徒工为“请说明”",
        "spaces around the slash, a full-width slash, English behind "
        "it; 特级技师 and the like of an employer are for review",
    ),
    decided_by="text, filing",
    check=_check,
    remedy=Said(
        "按“中文数字+级/等级名称”填写，如“三级/高级工”", "write numeral and name, as in 三级/高级工"
    ),
)
