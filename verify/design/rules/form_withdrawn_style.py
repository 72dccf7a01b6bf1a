"""The form of 2019 (人社鉴发〔2019〕2号 附件2), which is no longer to be used."""

import re
from collections.abc import Iterator

from certgen.errors import Said
from certgen.standards.normalise import folded, loose
from verify.design import clauses
from verify.design.case import Case
from verify.design.finding import Finding, Kind, Place
from verify.design.graphics import is_photo
from verify.design.rule import Rule

_ENOUGH = 3
_OLD_JOB = loose("工种名称")
_ENGLISH = re.compile("certificate of|skill level|id type")
_NEW_JOB = re.compile("职业方向")


def _check(rule: Rule, case: Case) -> Iterator[Finding]:
    signs = tuple(_signs(case))
    if len(signs) >= _ENOUGH:
        yield rule.finding(
            Said(
                "版式有 2019 年样式的特征：" + "、".join(sign.zh for sign in signs),
                "the design is of the form of 2019: " + ", ".join(sign.en for sign in signs),
            ),
            Place(1),
        )


def _signs(case: Case) -> Iterator[Said]:
    """What the old form has and the new one has not."""
    read = [folded(text.text).text for text in case.shown]
    if any(map(_OLD_JOB.search, read)) and not any(map(_NEW_JOB.search, read)):
        yield Said("“工种名称”", "工种名称 for 工种/职业方向")
    job = case.parts.fields.get("job")
    if job and job.written in {"——", "—"}:
        yield Said("无工种写“——”", "—— for no job")
    fields = [field.label for field in case.parts.fields.values() if field.label]
    sizes = {key: _size(case, key) for key in ("name", "level", "certificate_query")}
    if (sizes["name"] or sizes["level"] or 0.0) > 15 and fields:
        yield Said("基本信息 16 磅", "fields of 16 pt")
    if 13.3 < (sizes["certificate_query"] or 0.0) < 14.7:
        yield Said("网址 14 磅", "addresses of 14 pt")
    for graphic in case.design.graphics:
        box = graphic.box
        if is_photo(graphic, case) and box.width > 32:
            yield Said("2 寸照片", "a two-inch photo")
        if graphic.straight and abs(box.width - 269) < 2 and abs(box.height - 188) < 2:
            yield Said("188×269 mm 粗实线边框", "a frame of 188 by 269 mm")
    english = any(_ENGLISH.search(text) for text in read)
    if case.parts.bodies and not case.parts.english_bodies and not english:
        yield Said("没有英文", "no English")


def _size(case: Case, key: str) -> float | None:
    field = case.parts.fields.get(key)
    if field is None or field.label is None:
        return None
    runs = field.label.text.runs_of(field.label.start, field.label.end)
    return max((run.size_pt for run in runs if run.size_pt), default=None)


RULE = Rule(
    id="form/withdrawn-style",
    said=Said("已停用的样式", "a withdrawn form"),
    clause=clauses.WITHDRAWN,
    kind=Kind.ERROR,
    looks_at=Said(
        "2019 年样式的特征：工种名称、“——”、16 磅基本信息、14 "
        "磅网址、2 寸照片、188×269 mm 边框、没有英文；满三项才报告",
        "what the form of 2019 has: 工种名称, ——, fields of 16 pt, addresses of 14 pt, "
        "a two-inch photo, a frame of 188 by 269 mm, no English; three of them together",
    ),
    passes=Said(
        "只有一两项特征的设计（单独的边框不违规）；方案 withdrawn-2019、henan-2020",
        "designs with one or two of them (a frame alone breaks nothing); profiles withdrawn-2019 and henan-2020",
    ),
    decided_by="text, type, geometry",
    check=_check,
    remedy=Said("改用人社鉴发〔2021〕1号附件的样式", "take the form of 人社鉴发〔2021〕1号"),
)
