"""The two-sided card of a quality supervisor (技能人才评价质量督导员证卡): 人社职司便函〔2020〕53号 附件2.

Size, faces, type sizes, leading and the photo are official; the drawing is lost, so places are ours, and which lines
the front has is inferred.

>>> FRONT.width, FRONT.height, BACK.photo
(80.0, 110.0, None)
"""

from certgen.layouts.slots import (
    Align,
    Anchor,
    Layout,
    Part,
    PhotoSlot,
    TextSlot,
    Usual,
    inferred,
    official,
)
from certgen.standards import supervisor_card as standard
from certgen.standards.filling import MM_PER_PT
from certgen.standards.forms import FORMS, FormId

CLAUSE = standard.CLAUSE
TITLE = official(f"{CLAUSE} 正面, 反面: 标题 16 磅, 黑体加粗, 24 磅行间距")
TEXT = official(f"{CLAUSE} 正面: 正文 12 磅, 黑体, 22 磅行间距")
PRINTER = official(f"{CLAUSE} 反面: 印制单位 12 磅, 黑体加粗, 24 磅行间距")
PLACE = inferred(f"the drawing of {CLAUSE} is lost")

EDGE = 5.0
LABEL_WIDTH = 13.0  # three characters of 12 pt
TITLE_LEADING = standard.TITLE_LEADING_PT * MM_PER_PT
TEXT_LEADING = standard.TEXT_LEADING_PT * MM_PER_PT
PRINTER_LEADING = standard.PRINTER_LEADING_PT * MM_PER_PT
FIRST_TITLE, FIRST_LINE = 14.0, 73.0


_USUAL = Usual(("hei",), standard.TEXT_PT, TEXT, PLACE)


def _text(slot: str, baseline: float, **rest: object) -> TextSlot:
    """A slot for one content in Hei at 12 pt across the card, unless `rest` says otherwise."""
    across = {"x0": EDGE, "x1": standard.WIDTH_MM - EDGE}
    return _USUAL.text(slot, baseline=baseline, **{**across, **rest})  # type: ignore[arg-type]  # TextSlot's own


def _title(slot: str, baseline: float) -> TextSlot:
    heading = {"size_pt": standard.TITLE_PT, "size_basis": TITLE, "bold": True}
    return _text(slot, baseline, align=Align.CENTRE, **heading)


def _printer(slot: str, baseline: float) -> TextSlot:
    heavy = {"size_pt": standard.PRINTER_PT, "size_basis": PRINTER, "bold": True}
    wraps = {"leading": PRINTER_LEADING, "max_lines": 2}
    return _text(slot, baseline, align=Align.CENTRE, **heavy, **wraps)


def _lines() -> tuple[TextSlot, ...]:
    slots: list[TextSlot] = []
    two_lines: dict[str, object] = {"leading": TEXT_LEADING, "max_lines": 2}
    wraps: dict[str, dict[str, object]] = {
        "employer": two_lines,
        "name": {**two_lines, "anchor": Anchor.LAST},
    }
    for number, field in enumerate(standard.LABELS):
        y = FIRST_LINE + number * TEXT_LEADING
        slots.append(_text(f"{field}.label", y, x1=EDGE + LABEL_WIDTH))
        slots.append(
            _text(
                f"{field}.value",
                y,
                parts=(Part(f"{field}.value", "hei"),),
                x0=EDGE + LABEL_WIDTH,
                static=False,
                **wraps.get(field, {}),
            )
        )
    return tuple(slots)


def _side(name: str, texts: tuple[TextSlot, ...], photo: PhotoSlot | None) -> Layout:
    mark = _text(
        "sample_mark",
        5.5,
        size_pt=8,
        align=Align.CENTRE,
        optional=True,
        size_basis=inferred("a mark of this toolkit on every sample"),
    )
    return Layout(
        id=f"supervisor-2020-{name}",
        title=FORMS[FormId.SUPERVISOR_CARD].title.zh,
        source=CLAUSE,
        width=standard.WIDTH_MM,
        height=standard.HEIGHT_MM,
        texts=(mark, *texts),
        rules=(),
        photo=photo,
        qr=None,
        seals=(),
    )


FRONT = _side(
    "front",
    (
        _title("title.1", FIRST_TITLE),
        _title("title.2", FIRST_TITLE + TITLE_LEADING),
        *_lines(),
    ),
    PhotoSlot(
        x=(standard.WIDTH_MM - standard.PHOTO_WIDTH_MM) / 2,
        y=24.5,
        width=standard.PHOTO_WIDTH_MM,
        height=standard.PHOTO_HEIGHT_MM,
        size_basis=official(f"{CLAUSE} 正面: 彩色 1 寸照片, 2.5 cm × 3.5 cm"),
        place_basis=PLACE,
    ),
)

BACK = _side(
    "back",
    (
        _title("title.1", 48),
        _title("title.2", 48 + TITLE_LEADING),
        _printer("printer.label", 82),
        _printer("agency.name", 82 + PRINTER_LEADING),
    ),
    None,
)
