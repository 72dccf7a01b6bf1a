"""The check that the rules about marks share: what a suspected or forbidden graphic is reported as."""

from collections.abc import Iterator

from certgen.errors import Said
from verify.design.case import Case
from verify.design.design import Graphic
from verify.design.finding import Finding, Kind
from verify.design.marks import forbidden, unexplained
from verify.design.rule import Rule, on_page


def check(rule: Rule, case: Case) -> Iterator[Finding]:
    """Forbidden pictures that were recognised, then what needs eyes."""
    told = set()
    for id_, graphic, name in forbidden(case):
        told.add((graphic.page, graphic.index))
        if id_ == rule.id:
            yield rule.finding(
                Said(f"图形与禁用图案“{name}”相同", f"the graphic is the forbidden picture {name}"),
                on_page(graphic.page, graphic.box),
                kind=Kind.ERROR,
                read=name,
            )
    for id_, graphic in unexplained(case):
        if id_ == rule.id and (graphic.page, graphic.index) not in told:
            yield rule.finding(
                _looks(rule, graphic), on_page(graphic.page, graphic.box), kind=Kind.REVIEW
            )


def _looks(rule: Rule, graphic: Graphic) -> Said:
    box = graphic.box
    size_zh, size_en = (
        f"{box.width:.0f}×{box.height:.0f} mm",
        f"{box.width:.0f} by {box.height:.0f} mm",
    )
    alt_zh, alt_en = (
        (f"，文件中称为“{graphic.alt}”", f", called '{graphic.alt}' in the file")
        if graphic.alt
        else ("", "")
    )
    zh, en = _WHAT[rule.id]
    return Said(f"{zh}（{size_zh}{alt_zh}）", f"{en} ({size_en}{alt_en})")


_WHAT = {
    "marks/national-emblem": Said(
        "红色或金色的近圆形图形，可能是国徽",
        "a red or gold, nearly round graphic: possibly the national emblem",
    ),
    "marks/national-flag": Said(
        "红底带黄色的矩形图形，可能是国旗",
        "a red rectangle with yellow in it: possibly the national flag",
    ),
    "marks/government-logo": Said(
        "图形可能是政府部门徽标", "a graphic that may be a government logo"
    ),
    "marks/undeclared-graphic": Said("用途不明的图形", "a graphic that nothing explains"),
    "marks/misleading-picture": Said(
        "底纹、水印一类的大幅图形", "a large pale graphic, a ground or a watermark"
    ),
}
