"""What each picture and drawing of a design is there for: photo, QR code, seal, border, rule line, ground.

人社鉴发〔2021〕1号 五(二) bars the emblem and every logo but the agency's own. No machine knows all
emblems, so it is turned round: a graphic that no role explains is shown to a person.
"""

from enum import StrEnum

from certgen.model.box import Box
from certgen.standards.filling import PHOTO_HEIGHT_MM, PHOTO_WIDTH_MM, SEAL_MAX_MM
from verify.design.case import Case
from verify.design.design import Graphic, GraphicKind, Painted


class GraphicRole(StrEnum):
    """Why a graphic may be there."""

    PHOTO = "photo"
    QR = "qr"
    SEAL = "seal"
    BORDER = "border"
    RULE = "rule"
    GROUND = "ground"
    SHEET = "sheet"  # the page itself is a picture: a scan
    HIDDEN = "hidden"  # nobody sees it
    LOGO = "logo"  # declared as the agency's own


_PHOTO_RATIO = (0.62, 0.82)  # 25:35 is 0.71
_PHOTO_WIDTHS = (15.0, 50.0)
_SEAL_LEAST = 25.0
_THIN = 1.2  # millimetres: a line
_SPECK = 1.5  # millimetres: nobody recognises a mark in it


def role_of(graphic: Graphic, case: Case) -> GraphicRole | None:  # noqa: PLR0911  (one line a role)
    """The role that explains a graphic; None: a person must look."""
    given = _given(graphic)
    if given:
        return given
    page = case.design.pages[graphic.page - 1].box
    if graphic.painted is Painted.UNPAINTED:
        return GraphicRole.HIDDEN
    if (
        min(graphic.box.width, graphic.box.height) <= _THIN
        or max(graphic.box.width, graphic.box.height) <= _SPECK
    ):
        return GraphicRole.RULE
    if is_qr(graphic, case):
        return GraphicRole.QR
    if graphic.straight:
        return GraphicRole.BORDER if covers(graphic.box, page, 0.5) else GraphicRole.RULE
    if covers(graphic.box, page, 0.9):
        return _of_the_whole_page(graphic)
    if is_photo(graphic, case):
        return GraphicRole.PHOTO
    return GraphicRole.SEAL if is_seal(graphic, case) else None


def _given(graphic: Graphic) -> GraphicRole | None:
    role = graphic.role or ""
    for known in (GraphicRole.PHOTO, GraphicRole.QR, GraphicRole.SEAL, GraphicRole.LOGO):
        if role.partition(".")[0] == known.value:
            return known
    return GraphicRole.RULE if role else None  # a rule line of our own listing


def _of_the_whole_page(graphic: Graphic) -> GraphicRole:
    if graphic.kind is GraphicKind.IMAGE:
        return GraphicRole.SHEET
    return GraphicRole.BORDER if graphic.ink < 0.25 else GraphicRole.GROUND


def covers(box: Box, page: Box, share: float) -> bool:
    """Whether a box is that share of the page in width and in height."""
    return box.width >= share * page.width and box.height >= share * page.height


def is_photo(graphic: Graphic, case: Case) -> bool:
    """The portrait (照片): by role, else a picture as high and wide as portraits are."""
    if graphic.role == "photo":
        return True
    box = graphic.box
    if graphic.role or box.height <= 0 or graphic.near_round or is_qr(graphic, case):
        return False
    low, high = _PHOTO_RATIO
    fits = (
        low <= box.width / box.height <= high and _PHOTO_WIDTHS[0] <= box.width <= _PHOTO_WIDTHS[1]
    )
    return fits and (
        graphic.kind is GraphicKind.IMAGE
        or (_near(box.width, PHOTO_WIDTH_MM) and _near(box.height, PHOTO_HEIGHT_MM))
    )


def _near(value: float, right: float) -> bool:
    return abs(value - right) <= 2


def is_qr(graphic: Graphic, case: Case) -> bool:
    """The QR code: by role, or where one was read."""
    if graphic.role == "qr":
        return True
    codes = (code for code in case.design.codes if code.page == graphic.page)
    area = max(graphic.box.width * graphic.box.height, 0.01)
    return any(
        code.box.overlap(graphic.box) > 0.5 * area or _inside(code.box, graphic.box)
        for code in codes
    )


def _inside(code: Box, box: Box) -> bool:
    return box.overlap(code) >= 0.9 * code.width * code.height and box.width <= 2.2 * code.width


def is_seal(graphic: Graphic, case: Case) -> bool:
    """A seal (印章): a round red thing of a seal's size at the foot, with a ring text or an agency's name on it."""
    box = graphic.box
    if not graphic.near_round or not _SEAL_LEAST <= box.width <= SEAL_MAX_MM + 2:
        return False
    if has_gold(graphic):
        return False
    if any(
        text.is_round and text.runs[0].page == graphic.page and _touches(text.box, box)
        for text in case.shown
    ):
        return True
    if not is_red(graphic):
        return False
    page = case.design.pages[graphic.page - 1]
    if not case.shown:  # a scan of which nothing was read: a seal stands at the foot
        return box.centre[1] > 0.55 * page.height
    parts = (*case.parts.agencies, *case.parts.dates)
    return any(part.text.page == graphic.page and _touches(part.text.box, box) for part in parts)


def _touches(one: Box | None, other: Box) -> bool:
    return one is not None and one.overlap(other.grown(3)) > 0


def is_red(graphic: Graphic) -> bool:
    """Mostly red, of the colours that were made out: compression scatters the others."""
    red = sum(share for (r, g, b), share in graphic.colours if r > 150 and g < 110 and b < 110)
    return red >= max(0.15, 0.4 * sum(share for _, share in graphic.colours))


def has_gold(graphic: Graphic) -> bool:
    """Gold or yellow in it, as in emblem and flag."""
    return (
        sum(s for (r, g, b), s in graphic.colours if r > 150 and g > 110 and b < 120 and r - b > 70)
        >= 0.02
    )


def is_pale(graphic: Graphic) -> bool:
    """As pale as a watermark (水印)."""
    return bool(graphic.colours) and all(min(colour) > 170 for colour, _ in graphic.colours)


def is_square(graphic: Graphic) -> bool:
    """As wide as high, and as large as a QR code is printed."""
    box = graphic.box
    return 12 <= box.width <= 45 and abs(box.width - box.height) <= 0.1 * box.width
