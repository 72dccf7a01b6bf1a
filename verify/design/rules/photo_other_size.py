"""A photo (照片) that is not one inch: 25 by 35 mm."""

from collections.abc import Iterator

from certgen.errors import Said
from certgen.standards.filling import PHOTO_HEIGHT_MM, PHOTO_WIDTH_MM
from verify.design import clauses
from verify.design.case import Case
from verify.design.design import Format
from verify.design.finding import Finding, Kind
from verify.design.graphics import is_photo
from verify.design.rule import Rule, on_page

_TOLERANCE = 1.0
_SIZES = {"2019": (35.0, 49.0, clauses.FORM_2019)}  # 2寸: sources differ, 35×49 or 35×53
_TOLERANCES = {"2019": 5.0}


def _check(rule: Rule, case: Case) -> Iterator[Finding]:
    wide, high, clause = _SIZES.get(
        case.profile.measures, (PHOTO_WIDTH_MM, PHOTO_HEIGHT_MM, clauses.FILLING)
    )
    for graphic in case.design.graphics:
        if not is_photo(graphic, case):
            continue
        page = case.design.pages[graphic.page - 1]
        if page.size_basis == "assumed":
            continue
        tolerance = _TOLERANCES.get(case.profile.measures, _TOLERANCE) + page.size_tolerance
        box = graphic.box
        if case.design.source.format is Format.PICTURE and box.width < wide and box.height < high:
            continue  # its white ground is not told from the paper
        if abs(box.width - wide) > tolerance or abs(box.height - high) > tolerance:
            yield rule.finding(
                Said(
                    f"照片为 {box.width:.1f}×{box.height:.1f} mm，应为 {wide:.0f}×{high:.0f} mm",
                    f"the photo is {box.width:.1f} by {box.height:.1f} mm, not {wide:.0f} by {high:.0f}",
                ),
                on_page(graphic.page, box),
                clause=clause,
            )


RULE = Rule(
    id="photo/other-size",
    said=Said("照片尺寸不符", "another size of photo"),
    clause=clauses.FILLING,
    kind=Kind.ERROR,
    looks_at=Said(
        "照片的宽和高（一寸：25×35 mm，尺寸据人社职司便函〔2020〕53号附件2）",
        "width and height of the photo (one inch: 25 by 35 mm)",
    ),
    passes=Said(
        "1 mm 以内的偏差；尺寸不可知的图片；扫描件上偏小的照片（白底与纸张分不开）",
        "1 mm of tolerance; pages whose size is not known; photos that "
        "look smaller on a scan, where white is not told from paper",
    ),
    decided_by="geometry",
    check=_check,
    remedy=Said("改为一寸（25×35 mm）", "make it one inch (25 by 35 mm)"),
)
