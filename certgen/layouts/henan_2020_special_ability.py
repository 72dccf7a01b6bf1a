"""Henan's special-ability certificate (河南省专项职业能力证书): 豫人社办函〔2020〕41号 附件2, 210 × 148 mm.

The notice's sample reached us as a description in words: light green ground, ornamental border, bold black title at the
top, photo and QR code side by side under it on the left, the record on the right. Type sizes, and every millimetre but
those of the sheet, are ours.

>>> LAYOUT.width, LAYOUT.height
(210.0, 148.0)
"""

from certgen.layouts.ornaments import box, garland, notched
from certgen.layouts.slots import (
    Align,
    Anchor,
    Layout,
    Part,
    PhotoSlot,
    QrSlot,
    RuleSlot,
    SealSlot,
    ShapeSlot,
    TextSlot,
    Usual,
    inferred,
    official,
)
from certgen.model.page import Colour
from certgen.standards import filling
from certgen.standards import special_ability as standard
from certgen.standards.forms import FORMS, FormId

CLAUSE = standard.CLAUSE
BLEED = 3.0  # the ground runs on beyond the cut; the renderer's bleed is as wide

GROUND = Colour((0.91, 0.97, 0.90), (0.10, 0, 0.13, 0))
ORNAMENT = Colour((0.30, 0.58, 0.36), (0.65, 0.10, 0.75, 0.05))

LEFT_X0, LEFT_X1 = 20.0, 94.0
RIGHT_X0, RIGHT_X1 = 108.0, 190.0
LINE = 4.9  # baseline to baseline of two lines of 12 pt

SIZE = inferred(f"{CLAUSE} states no type size")
PLACE = inferred(f"{CLAUSE} describes left and right; the picture is lost")
LOOK = inferred(
    f"{CLAUSE} says light green ground and a decorative border; shades and shape are ours"
)


_text = Usual(("kai", "times"), 14, SIZE, PLACE).text
"""A slot for what is printed, in Kai at 14 pt."""


def _value(slot: str, x0: float, x1: float, baseline: float, **rest: object) -> TextSlot:
    """A slot for a filled value in FangSong at 12 pt."""
    filled = {"parts": (Part(slot, "fangsong"),), "size_pt": 12, "static": False}
    return _text(slot, x0 + 1, x1, baseline, **{**filled, **rest})


# field, x of the label, x0 and x1 of the value, baseline
_LEFT = (
    ("name", LEFT_X0, 33.0, 63.0, 92.0),
    ("sex", 67.0, 80.0, LEFT_X1, 92.0),
    ("education", LEFT_X0, 41.5, LEFT_X1, 103.0),
    ("code", LEFT_X0, 41.5, LEFT_X1, 114.0),
    ("identity_number", LEFT_X0, 41.5, LEFT_X1, 125.0),
)
_ITEM = (RIGHT_X0 + 26.0, RIGHT_X1, 68.0)
_SCORE = (RIGHT_X0 + 56.0, RIGHT_X1, 80.0)


def _fields() -> tuple[TextSlot, ...]:
    slots: list[TextSlot] = []
    for field, label, x0, x1, y in _LEFT:
        slots.append(_text(f"{field}.label", label, x0, y, size_pt=12))
        wraps = {"anchor": Anchor.LAST, "leading": LINE, "max_lines": 3} if field == "name" else {}
        slots.append(_value(f"{field}.value", x0, x1, y, **wraps))
    return tuple(slots)


def _record() -> tuple[TextSlot, ...]:
    x0, x1, y = _ITEM
    return (
        _text("heading", RIGHT_X0, RIGHT_X1, 53, size_pt=16, align=Align.CENTRE),
        _text("record.1", RIGHT_X0, x0, y),
        _value("item.value", x0, x1, y, anchor=Anchor.LAST, leading=LINE, max_lines=2),
        _text("record.2", RIGHT_X0, _SCORE[0], _SCORE[2]),
        _value("score.value", *_SCORE),
        _text("record.3", RIGHT_X0, RIGHT_X1, 92),
        _text("issuer.label", RIGHT_X0, RIGHT_X0 + 34, 103, size_pt=12),
        _text(
            "agency.name",
            RIGHT_X0 + 4,
            RIGHT_X1,
            110,
            size_pt=12,
            align=Align.RIGHT,
            leading=LINE,
            max_lines=2,
        ),
        _value("issue_date.value", RIGHT_X0, RIGHT_X1, 122, align=Align.RIGHT),
        _text("query", RIGHT_X0 - 10, RIGHT_X1, 132.5, size_pt=10, align=Align.RIGHT),
    )


def _lines() -> tuple[RuleSlot, ...]:
    basis = inferred(f"{CLAUSE} has blanks; weight and place of the lines are ours")
    boxes = [(f"{field}.line", x0, x1, y) for field, _, x0, x1, y in _LEFT]
    boxes += [("item.line", *_ITEM), ("score.line", *_SCORE)]
    return tuple(RuleSlot(name, x0, x1, y + 1.3, 0.5, basis) for name, x0, x1, y in boxes)


def _shapes() -> tuple[ShapeSlot, ...]:
    width, height = standard.SHEET_WIDTH_MM, standard.SHEET_HEIGHT_MM
    return (
        ShapeSlot("ground", box(-BLEED, -BLEED, width + BLEED, height + BLEED), LOOK, fill=GROUND),
        ShapeSlot(
            "border.outer",
            box(6, 6, width - 6, height - 6),
            LOOK,
            stroke=ORNAMENT,
            thickness_pt=1.5,
        ),
        ShapeSlot(
            "border.garland",
            garland(9, 9, width - 9, height - 9, 4.2, 1.7),
            LOOK,
            fill=ORNAMENT,
        ),
        ShapeSlot(
            "border.inner",
            notched(12, 12, width - 12, height - 12, 4),
            LOOK,
            stroke=ORNAMENT,
            thickness_pt=0.75,
        ),
    )


LAYOUT = Layout(
    id="henan-2020-special-ability",
    title=FORMS[FormId.SPECIAL_ABILITY].title.zh,
    source=CLAUSE,
    width=standard.SHEET_WIDTH_MM,
    height=standard.SHEET_HEIGHT_MM,
    texts=(
        _text(
            "title",
            14,
            standard.SHEET_WIDTH_MM - 14,
            34,
            parts=(Part("title", "hei"),),
            size_pt=28,
            align=Align.CENTRE,
            bold=True,
            size_basis=inferred(f"{CLAUSE} says bold and black; face and size are ours"),
        ),
        _text(
            "sample_mark",
            14,
            standard.SHEET_WIDTH_MM - 14,
            20,
            parts=(Part("sample_mark", "hei"),),
            size_pt=12,
            align=Align.CENTRE,
            optional=True,
        ),
        *_fields(),
        *_record(),
    ),
    rules=_lines(),
    photo=PhotoSlot(
        x=24,
        y=44,
        width=filling.PHOTO_WIDTH_MM,
        height=filling.PHOTO_HEIGHT_MM,
        size_basis=inferred(
            f"{CLAUSE} gives the photo no size: one inch, as on the supervisor card"
        ),
        place_basis=PLACE,
    ),
    qr=QrSlot(
        x=58,
        y=46.5,
        size=filling.QR_MM,
        size_basis=inferred(f"{CLAUSE} gives the QR code no size: 30 mm, as on the form of 2019"),
        place_basis=PLACE,
    ),
    seals=(
        SealSlot(
            "agency",
            RIGHT_X1 - 26,
            113,
            inferred(f"{CLAUSE} 发证机构（印）: over name and date"),
        ),
    ),
    shapes=_shapes(),
)

SHEET = official(f"{CLAUSE}: 证书规格 148×210")
"""Where width and height come from; 210 wide is inferred."""
