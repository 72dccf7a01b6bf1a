"""A photo (照片) that is not colour on a white ground."""

from collections.abc import Iterator

from certgen.errors import Said
from verify.design import clauses
from verify.design.case import Case
from verify.design.finding import Finding, Kind
from verify.design.graphics import is_photo
from verify.design.rule import Rule, on_page

_COLOURED = 60  # between the strongest and the weakest channel


def _check(rule: Rule, case: Case) -> Iterator[Finding]:
    for graphic in case.design.graphics:
        if not is_photo(graphic, case) or not graphic.colours:
            continue
        grounds = [(c, share) for c, share in graphic.colours if _is_ground(c)]
        if sum(share for _, share in grounds) >= 0.35:
            yield rule.finding(
                Said("照片底色似为红、蓝等有色底", "the photo seems to have a red or blue ground"),
                on_page(graphic.page, graphic.box),
            )
        elif all(max(c) - min(c) <= 6 for c, _ in graphic.colours) and len(graphic.colours) > 2:
            yield rule.finding(
                Said("照片似为黑白", "the photo seems to be black and white"),
                on_page(graphic.page, graphic.box),
            )


def _is_ground(colour: tuple[int, int, int]) -> bool:
    """Saturated blue or red, as photo studios have it; skin and clothes are mostly not."""
    red, green, blue = colour
    return blue - red >= _COLOURED or (red - green >= 2 * _COLOURED and red - blue >= 2 * _COLOURED)


RULE = Rule(
    id="photo/other-ground",
    said=Said("照片不是彩色白底", "photo not colour on white"),
    clause=clauses.FILLING,
    kind=Kind.REVIEW,
    looks_at=Said("照片的主要颜色", "the main colours of the photo"),
    passes=Said(
        "浅灰底；占位符。是否近半年内拍摄无法判断，见核对单",
        "light grey; placeholders. Whether it is under half a year old no machine decides: see the worksheet",
    ),
    decided_by="picture",
    check=_check,
    remedy=Said("换用彩色白底照片", "use a colour photo on white"),
)
