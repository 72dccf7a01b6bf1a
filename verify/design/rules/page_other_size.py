"""A sheet that is not A4, or more than one page (建议采用A4、单页)."""

from collections.abc import Iterator

from certgen.errors import Said
from certgen.standards.filling import SHEET_HEIGHT_MM, SHEET_WIDTH_MM
from verify.design import clauses
from verify.design.case import Case
from verify.design.finding import Finding, Kind
from verify.design.rule import Rule, on_page

_TOLERANCE = 2.0
_BLEED = 3.0
_SIZES = {"special": (210.0, 148.0, clauses.SPECIAL_ABILITY)}  # 专项职业能力证书 148×210


def _check(rule: Rule, case: Case) -> Iterator[Finding]:
    wide, high, clause = _SIZES.get(
        case.profile.measures, (SHEET_WIDTH_MM, SHEET_HEIGHT_MM, clauses.SHEET)
    )
    for page in case.design.pages:
        if page.size_basis == "assumed" or page.width <= 0:
            continue
        tolerance = _TOLERANCE + page.size_tolerance
        sheet = page.trim or page.box
        given = sorted((sheet.width, sheet.height))
        if not any(
            _near(given, (high + bleed, wide + bleed), tolerance) for bleed in (0, 2 * _BLEED)
        ):
            yield rule.finding(
                Said(
                    f"纸张为 {sheet.width:.0f}×{sheet.height:.0f} mm，不是 {wide:.0f}×{high:.0f} mm",
                    f"the sheet is {sheet.width:.0f} by {sheet.height:.0f} mm, not {wide:.0f} by {high:.0f}",
                ),
                on_page(page.number, sheet),
                clause=clause,
            )
    if len(case.design.pages) > 1:
        yield rule.finding(
            Said(
                f"共 {len(case.design.pages)} 页，建议单页",
                f"{len(case.design.pages)} pages; one is recommended",
            ),
            on_page(2),
            clause=clause,
        )


def _near(given: list[float], right: tuple[float, float], tolerance: float) -> bool:
    return all(
        abs(one - other) <= tolerance for one, other in zip(given, sorted(right), strict=True)
    )


RULE = Rule(
    id="page/other-size",
    said=Said("纸张或页数与建议不同", "another sheet"),
    clause=clauses.SHEET,
    kind=Kind.WARNING,
    looks_at=Said("页面尺寸和页数", "the size of the page and the number of pages"),
    passes=Said(
        "横排或竖排；成品框（TrimBox）之外的出血和裁切标记；3 mm 出血；2 mm 以内的偏差；尺寸不可知的图片",
        "landscape or portrait; bleed and marks around a trim box; 3 mm of bleed; 2 mm of tolerance; pictures "
        "whose size is not known",
    ),
    decided_by="geometry",
    check=_check,
    remedy=Said(
        "建议采用 A4（210mm×297mm）、单页", "A4 (210 by 297 mm) on a single page is recommended"
    ),
)
