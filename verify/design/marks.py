"""Which rule a graphic that no role explains belongs to: a possible emblem, flag, logo, watermark."""

from collections.abc import Iterator

from verify.design.art import alike
from verify.design.case import Case
from verify.design.design import Graphic
from verify.design.graphics import GraphicRole, covers, has_gold, is_pale, is_red, role_of
from verify.design.pictures import fingerprint_of

EMBLEM = "marks/national-emblem"
FLAG = "marks/national-flag"
PICTURE = "marks/misleading-picture"
OTHER = "marks/undeclared-graphic"

_FLAG_RATIO = (1.3, 1.7)  # 国旗法: 3:2
_NEVER_MARKS = {
    GraphicRole.RULE,
    GraphicRole.BORDER,
    GraphicRole.QR,
    GraphicRole.SHEET,
    GraphicRole.HIDDEN,
    GraphicRole.LOGO,
}


def unexplained(case: Case) -> Iterator[tuple[str, Graphic]]:
    """Every graphic that a person must look at, with the id of the rule that asks."""
    for graphic in case.design.graphics:
        role = role_of(graphic, case)
        if role is GraphicRole.GROUND:
            yield PICTURE, graphic
        elif role is None:
            yield _suspected(graphic, case), graphic


def forbidden(case: Case) -> Iterator[tuple[str, Graphic, str]]:
    """Graphics that look like a picture of the reviewer's folder: rule, graphic, name of the picture."""
    if not case.art:
        return
    for graphic in case.design.graphics:
        if role_of(graphic, case) in _NEVER_MARKS:
            continue
        seen = fingerprint_of(case.design, graphic)
        for art in case.art if seen is not None else ():
            if seen is not None and alike(seen, art.print):
                yield art.rule, graphic, art.name
                break


def _suspected(graphic: Graphic, case: Case) -> str:
    page = case.design.pages[graphic.page - 1].box
    box = graphic.box
    coloured = is_red(graphic) or has_gold(graphic)
    if graphic.near_round and coloured:
        return EMBLEM
    ratio = box.width / box.height if box.height else 0.0
    if _FLAG_RATIO[0] <= ratio <= _FLAG_RATIO[1] and is_red(graphic) and has_gold(graphic):
        return FLAG
    return PICTURE if is_pale(graphic) and covers(box, page, 0.2) else OTHER
