"""Whether a layout may be used: what must stand on it, how large, inside the sheet and not on top of each other.

The layouts of the notices pass (a test holds that); an agency's own layout is held to the same before anything is
numbered.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from certgen.errors import Said
from certgen.layouts.slots import Anchor, Layout, TextSlot
from certgen.model.finding import Finding, Severity
from certgen.standards import contents, filling

_REQUIRED = "人社鉴发〔2021〕1号 二(一)"
_FILLED = "人社鉴发〔2021〕1号 三(一)"
_SAMPLE = "人社鉴发〔2021〕1号 附件"
_SEAL_RADIUS = filling.SEAL_MAX_MM / 2
_ASCENT, _DESCENT = 0.86, 0.14  # of the size: where the ink of a Chinese character lies

PRINTED_BY = {
    "title": ("title.zh",),
    "body": ("body.zh",),
    "agency": ("agency.name",),
    "issue_date": ("issue_date.value.zh",),
    **{field: (f"{field}.value",) for field in contents.LABELS},
    "certificate_query": ("certificate_query",),
    "institution_query": ("institution_query",),
}
"""Content of 二(一) -> the keys that print it; one is enough. Photo and QR code have slots of their own."""

_SIZES = {
    "title.zh": (filling.TITLE_PT, "kai"),
    "title.en": (filling.TITLE_EN_PT, ""),
    "body.zh": (filling.BODY_PT, "kai"),
    "body.en": (filling.BODY_PT, ""),
}


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle that a slot may ink, in millimetres."""

    name: str
    x0: float
    y0: float
    x1: float
    y1: float

    def meets(self, other: "Box") -> bool:
        """Whether the two share more than a hair."""
        hair = 0.05
        across = min(self.x1, other.x1) - max(self.x0, other.x0)
        down = min(self.y1, other.y1) - max(self.y0, other.y0)
        return across > hair and down > hair


def findings(layout: Layout) -> tuple[Finding, ...]:
    """Everything that speaks against using the layout for skill-level certificates; empty when nothing does."""
    return (
        *missing(layout),
        *_other_sizes(layout),
        *_beyond_the_edge(layout),
        *_overlaps(layout),
        *_unwrapped(layout),
    )


def missing(layout: Layout) -> Iterator[Finding]:
    """Each required content of 二(一) that the layout has no slot for."""
    printed = {part.key for text in layout.texts for part in text.parts}
    for content in contents.CONTENTS:
        if not content.required:
            continue
        if content.id == "photo":
            there = layout.photo is not None
        elif content.id == "qr":
            there = layout.qr is not None
        else:
            there = any(key in printed for key in PRINTED_BY[content.id])
        if not there:
            yield _finding(
                f"layout/missing-{content.id.replace('_', '-')}",
                f"版式缺少必备内容“{content.name.zh}”，请加上",
                f"the layout lacks a required content, {content.name.en}: add it",
                _REQUIRED,
            )


def _other_sizes(layout: Layout) -> Iterator[Finding]:
    for text in layout.texts:
        key, role = text.parts[0].key, text.parts[0].role
        if key in _SIZES:
            size, face = _SIZES[key]
            if text.size_pt != size or (face and role != face):
                yield _finding(
                    "layout/other-size",
                    f"“{text.id}”为 {role} {text.size_pt:g} 磅，样式为 {face or 'Times'} {size:g} 磅",
                    f"{text.id} is {role} {text.size_pt:g} pt; the sample has {face or 'Times'} {size:g} pt",
                    _SAMPLE,
                    Severity.WARNING,  # 参考样式
                )
        elif not text.static and (text.size_pt != filling.FILLED_PT or role != "fangsong"):
            if key == "print_number.value":
                continue
            yield _finding(
                "layout/filled-type",
                f"填写内容“{text.id}”须统一使用小四号（12 磅）仿宋体，现为 {role} {text.size_pt:g} 磅",
                f"filled value {text.id} must be FangSong 12 pt (小四), it is {role} {text.size_pt:g} pt",
                _FILLED,
            )
    if layout.qr is not None and layout.qr.size < 20:
        yield _finding(
            "layout/small-qr",
            f"二维码 {layout.qr.size:g} 毫米，太小，手机可能读不出；样式为 {filling.QR_MM:g} 毫米",
            f"a QR code of {layout.qr.size:g} mm may not be read; the sample has {filling.QR_MM:g} mm",
            _SAMPLE,
        )


def _beyond_the_edge(layout: Layout) -> Iterator[Finding]:
    boxes = ink_boxes(layout)
    boxes += [Box(rule.id, rule.x0, rule.y, rule.x1, rule.y) for rule in layout.rules]
    boxes += [
        Box(
            f"seal.{seal.owner}",
            seal.x - _SEAL_RADIUS,
            seal.y - _SEAL_RADIUS,
            seal.x + _SEAL_RADIUS,
            seal.y + _SEAL_RADIUS,
        )
        for seal in layout.seals
    ]
    for one in boxes:
        if one.x0 < 0 or one.y0 < 0 or one.x1 > layout.width or one.y1 > layout.height:
            yield _finding(
                "layout/beyond-edge",
                f"“{one.name}”超出页面（{layout.width:g} × {layout.height:g} 毫米），请移到页内",
                f"{one.name} reaches beyond the sheet of {layout.width:g} × {layout.height:g} mm: move it in",
            )


def _overlaps(layout: Layout) -> Iterator[Finding]:
    """Every slot and picture against every other; seals and grounds may lie over text."""
    boxes = ink_boxes(layout)
    following = {(text.after, text.id) for text in layout.texts}  # flows on below the other
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            follows = (one.name, other.name) in following or (other.name, one.name) in following
            if one.meets(other) and not follows:
                yield _finding(
                    "layout/overlap",
                    f"“{one.name}”与“{other.name}”重叠，请移开",
                    f"{one.name} and {other.name} overlap: move one of them",
                )


def _unwrapped(layout: Layout) -> Iterator[Finding]:
    for text in layout.texts:
        if (text.max_lines > 1) != (text.leading > 0):
            yield _finding(
                "layout/leading",
                f"“{text.id}”：多行须给出行距 leading，单行不写",
                f"{text.id}: leading goes with max_lines above 1, and only with it",
            )


def ink_boxes(layout: Layout) -> list[Box]:
    """Where texts, photo and QR code may come: of several lines, as many as may come upwards."""
    return [*map(text_box, layout.texts), *_picture_boxes(layout)]


def text_box(text: TextSlot) -> Box:
    """Where a slot's characters may come."""
    height = text.size_pt * filling.MM_PER_PT
    above = (text.max_lines - 1) * text.leading if text.anchor is Anchor.LAST else 0.0
    return Box(
        text.id,
        text.x0,
        text.baseline - above - _ASCENT * height,
        text.x1,
        text.baseline + _DESCENT * height,
    )


def _picture_boxes(layout: Layout) -> list[Box]:
    boxes: list[Box] = []
    if layout.photo is not None:
        photo = layout.photo
        boxes.append(Box("photo", photo.x, photo.y, photo.x + photo.width, photo.y + photo.height))
    if layout.qr is not None:
        qr = layout.qr
        boxes.append(Box("qr", qr.x, qr.y, qr.x + qr.size, qr.y + qr.size))
    return boxes


def _finding(
    code: str, zh: str, en: str, clause: str = "", severity: Severity = Severity.ERROR
) -> Finding:
    return Finding(code, severity, Said(zh, en), clause=clause)
