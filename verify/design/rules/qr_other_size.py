"""A QR code (二维码) that is not 30 by 30 mm."""

from collections.abc import Iterator

from certgen.errors import Said
from certgen.model.box import Box
from certgen.standards.filling import QR_MM
from verify.design import clauses
from verify.design.case import Case
from verify.design.finding import Finding, Kind
from verify.design.rule import Rule, on_page

_LEAST_MODULES, _MOST_MODULES = 21, 97  # versions 1 to 20
_QUIET = 8  # modules of quiet zone, four on each side
_TOLERANCE = 1.0


def _check(rule: Rule, case: Case) -> Iterator[Finding]:
    for code in case.design.codes:
        page = case.design.pages[code.page - 1]
        if page.size_basis == "assumed" or _fits(code.box, _TOLERANCE + page.size_tolerance):
            continue
        yield rule.finding(
            Said(
                f"二维码约 {code.box.width:.1f}×{code.box.height:.1f} mm，参考尺寸为 30×30 mm",
                f"the QR code is about {code.box.width:.1f} by {code.box.height:.1f} mm; 30 by 30 is the reference",
            ),
            on_page(code.page, code.box),
        )


def _fits(box: Box, tolerance: float) -> bool:
    """Whether the symbol, with or without its quiet zone, can be 30 mm wide."""
    side = max(box.width, box.height)
    least = side * (_MOST_MODULES + _QUIET) / _MOST_MODULES
    most = side * (_LEAST_MODULES + _QUIET) / _LEAST_MODULES
    with_zone = least - tolerance <= QR_MM <= most + tolerance
    return with_zone or abs(side - QR_MM) <= tolerance


RULE = Rule(
    id="qr/other-size",
    said=Said("二维码尺寸与参考样式不同", "another size of QR code"),
    clause=clauses.SAMPLE,
    kind=Kind.WARNING,
    looks_at=Said(
        "读出的二维码的大小，含或不含空白边",
        "the size of the code that was read, with or without its quiet zone",
    ),
    passes=Said("1 mm 以内的偏差；没有读出的二维码", "1 mm of tolerance; codes that were not read"),
    decided_by="geometry",
    check=_check,
    remedy=Said("建议 30×30 mm", "30 by 30 mm is recommended"),
)
