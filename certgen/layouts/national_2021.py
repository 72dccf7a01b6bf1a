"""The national samples 一 and 二 of 人社鉴发〔2021〕1号: A4 landscape, two halves, Chinese and English.

The notice states faces, type sizes, the sheet, the photo and which seal stands left; its pictures are lost, so every
position below is ours (inferred), laid out so that nothing collides with the longest contents that are let through.

>>> style_1().id, style_2().id
('national-2021-style-1', 'national-2021-style-2')
"""

from functools import cache

from certgen.exchange.agency import SealSide
from certgen.layouts.slots import (
    Align,
    Anchor,
    Layout,
    Part,
    PhotoSlot,
    QrSlot,
    RuleSlot,
    SealSlot,
    TextSlot,
    Usual,
    inferred,
    official,
)
from certgen.standards import filling

NOTICE = "人社鉴发〔2021〕1号"
ANNEX = f"{NOTICE} 附件"

LEFT_CENTRE = 81.25  # half of the sheet inside the 2019 frame: (14 + 148.5) / 2
LEFT_X0, LEFT_X1 = 21.85, 140.65  # 21 ems of 16 pt, so that lines of Chinese are full
RIGHT_CENTRE = 228.0
LABEL_X, VALUE_X0, VALUE_X1 = 162.0, 195.0, 273.0
FIRST_FIELD, FIELD_PITCH = 69.6, 11.2
NO_WIDTH = 6.3  # "No." at 12 pt, so that the number follows at once as in the sample
LINE_12 = 4.9  # baseline to baseline of two lines of 12 pt

ISSUER_RIGHT = 167.0  # the last line of the name; date and seal stand below it
ISSUER_LEFT_1 = 153.5  # in sample 一, where the date has to end above a provincial address
ISSUER_LEFT_2 = 159.0  # in sample 二, without a date
DATE_DROP = (10.0, 15.1)  # from the name to the date in Chinese and in English
SEAL_DROP = 0.5  # from the name to the middle of the seal: over name and date, as seals are set

PLACE = inferred("no notice gives coordinates; the sample pictures are lost")
SPLIT = inferred(
    "title and body left, holder right, as 人社鉴发〔2019〕2号 附件2 describes and the 2021 text reads"
)
SIZE_30 = official(f"{ANNEX} 样式一: 楷体 30pt")
SIZE_16 = official(f"{ANNEX} 样式一, 二: 楷体, TimesNewRoman 16pt")
SIZE_12 = official(f"{ANNEX} 样式一, 二: 中文楷体, 英文TimesNewRoman 12pt")
SIZE_11 = inferred(
    f"{ANNEX} 样式一 has a label 11pt; that it means the addresses follows from its place"
)
SIZE_NO = inferred(f"{ANNEX} 样式一 has a label TimesNewRoman 12pt beside No.")
FILLED = official(f"{NOTICE} 三(一): 统一使用小四号仿宋体字填写")

FIELDS = (
    "name",
    "identity_type",
    "identity_number",
    "occupation",
    "job",
    "level",
    "code",
)
"""The seven filled values in the order of the sample (人社鉴发〔2021〕1号 附件)."""


_text = Usual(("kai", "times"), filling.LABEL_PT, SIZE_12, PLACE).text
"""A slot in Kai with Latin in Times at 12 pt."""


def _left_half(body_bottom: float) -> tuple[TextSlot, ...]:
    """Title and body. The English body starts where the Chinese one ends."""
    half = {"place_basis": SPLIT}
    body = {"size_pt": filling.BODY_PT, "size_basis": SIZE_16, "bottom": body_bottom, **half}
    return (
        _text(
            "title.zh",
            14,
            148.5,
            37,
            size_pt=filling.TITLE_PT,
            size_basis=SIZE_30,
            align=Align.CENTRE,
            **half,
        ),
        _text(
            "title.en",
            14,
            148.5,
            47,
            size_pt=filling.TITLE_EN_PT,
            size_basis=SIZE_16,
            align=Align.CENTRE,
            **half,
        ),
        _text("body.zh", LEFT_X0, LEFT_X1, 61, leading=7.8, max_lines=9, indent_em=2, **body),
        _text(
            "body.en",
            LEFT_X0,
            LEFT_X1,
            61,
            leading=6.8,
            max_lines=12,
            after="body.zh",
            gap=8.8,
            **body,
        ),
    )


def _fields() -> tuple[TextSlot, ...]:
    """Seven labels in two languages, each with its value on a line. A long value takes a second line above."""
    slots: list[TextSlot] = []
    for number, field in enumerate(FIELDS):
        y = FIRST_FIELD + number * FIELD_PITCH
        slots += [
            _text(f"{field}.label.zh", LABEL_X, VALUE_X0, y),
            _text(
                f"{field}.value",
                VALUE_X0 + 1,
                VALUE_X1,
                y,
                parts=(Part(f"{field}.value", "fangsong"),),
                size_pt=filling.FILLED_PT,
                size_basis=FILLED,
                static=False,
                anchor=Anchor.LAST,
                leading=LINE_12,
                max_lines=2,
            ),
            _text(f"{field}.label.en", LABEL_X, VALUE_X0, y + 4.6),
        ]
    return tuple(slots)


def _issuer(key: str, centre: float, baseline: float) -> TextSlot:
    """The name of who issues, centred. A long name wraps upwards: on the left, the body ends above it."""
    width, lines = (119, 2) if centre == LEFT_CENTRE else (100, 3)
    return _text(
        key,
        centre - width / 2,
        centre + width / 2,
        baseline,
        align=Align.CENTRE,
        anchor=Anchor.LAST,
        leading=LINE_12,
        max_lines=lines,
    )


def _date(centre: float, issuer: float) -> tuple[TextSlot, ...]:
    """发证日期 in both languages: label and value meet left of the middle, so that the label never moves."""
    meet = centre - 4
    slots: list[TextSlot] = []
    for lang, drop in zip(("zh", "en"), DATE_DROP, strict=True):
        slots += [
            _text(f"issue_date.label.{lang}", meet - 40, meet, issuer + drop, align=Align.RIGHT),
            _text(
                f"issue_date.value.{lang}",
                meet + (0.0 if lang == "zh" else 1.0),
                meet + 48,
                issuer + drop,
                parts=(Part(f"issue_date.value.{lang}", "fangsong"),),
                size_basis=FILLED,
                static=False,
            ),
        ]
    return tuple(slots)


def _foot() -> tuple[TextSlot, ...]:
    """The addresses bottom left, the provincial one on top where there is one, and the number of the sheet."""
    size = {"size_pt": filling.ADDRESS_PT, "size_basis": SIZE_11}
    return (
        _text(
            "provincial_query",
            LEFT_X0,
            LEFT_X1 + 4,
            179.9,
            optional=True,
            anchor=Anchor.LAST,
            leading=4.6,
            max_lines=2,
            **size,
        ),
        _text("certificate_query", LEFT_X0, LEFT_X1 + 4, 185.5, **size),
        _text("institution_query", LEFT_X0, LEFT_X1 + 4, 191.0, **size),
        _text(
            "print_number.label",
            LEFT_X0,
            LEFT_X0 + NO_WIDTH,
            197,
            optional=True,
            size_basis=SIZE_NO,
        ),
        _text(
            "print_number.value",
            LEFT_X0 + NO_WIDTH,
            LEFT_X1,
            197,
            parts=(Part("print_number.value", "times"),),
            size_basis=SIZE_NO,
            static=False,
            optional=True,
        ),
    )


SAMPLE_MARK = _text(
    "sample_mark",
    14,
    283,
    16,
    parts=(Part("sample_mark", "hei"),),
    size_pt=14,
    size_basis=inferred("a mark of this toolkit on everything that a sample key signs"),
    align=Align.CENTRE,
    optional=True,
)

PHOTO = PhotoSlot(
    x=176,
    y=22,
    width=filling.PHOTO_WIDTH_MM,
    height=filling.PHOTO_HEIGHT_MM,
    size_basis=inferred(f"{NOTICE} 三(一) says 一寸; 25 × 35 is stated for the supervisor card"),
    place_basis=SPLIT,
)

QR = QrSlot(
    x=232,
    y=24.5,
    size=filling.QR_MM,
    size_basis=inferred(f"{ANNEX} prints 30mm*30mm without saying of what; the 2019 form says QR"),
    place_basis=SPLIT,
)

RULES = tuple(
    RuleSlot(
        id=f"{field}.line",
        x0=VALUE_X0,
        x1=VALUE_X1,
        y=FIRST_FIELD + number * FIELD_PITCH + 1.3,
        thickness_pt=0.5,
        basis=inferred("the sample prints a line of underscores; weight and place are ours"),
    )
    for number, field in enumerate(FIELDS)
)


@cache
def style_1(seal_side: SealSide = SealSide.RIGHT) -> Layout:
    """Sample 一: the agency itself issues. Where name, date and seal stand is a parameter, right by default."""
    right = seal_side is SealSide.RIGHT
    centre = RIGHT_CENTRE if right else LEFT_CENTRE
    issuer = ISSUER_RIGHT if right else ISSUER_LEFT_1
    seal = inferred(
        "the text of sample 一 reads name and date after the fields, so bottom right; the 2019 form had left"
    )
    return Layout(
        id="national-2021-style-1",
        title="职业技能等级证书参考样式（一）",
        source=f"{NOTICE} 附件",
        width=filling.SHEET_WIDTH_MM,
        height=filling.SHEET_HEIGHT_MM,
        texts=(
            SAMPLE_MARK,
            *_left_half(body_bottom=171 if right else 143),
            *_fields(),
            _issuer("agency.name", centre, issuer),
            *_date(centre, issuer),
            *_foot(),
        ),
        rules=RULES,
        photo=PHOTO,
        qr=QR,
        seals=(SealSlot("agency", centre, issuer + SEAL_DROP, seal),),
    )


@cache
def style_2() -> Layout:
    """Sample 二: a branch issues. The agency's name and seal left, the branch's name, seal and date right (四(二))."""
    side = official(f"{NOTICE} 四(二): 评价机构印章在左侧，分支机构印章在右侧")
    return Layout(
        id="national-2021-style-2",
        title="职业技能等级证书参考样式（二）",
        source=f"{NOTICE} 附件",
        width=filling.SHEET_WIDTH_MM,
        height=filling.SHEET_HEIGHT_MM,
        texts=(
            SAMPLE_MARK,
            *_left_half(body_bottom=149),
            *_fields(),
            _issuer("agency.name", LEFT_CENTRE, ISSUER_LEFT_2),
            _issuer("branch.name", RIGHT_CENTRE, ISSUER_RIGHT),
            *_date(RIGHT_CENTRE, ISSUER_RIGHT),
            *_foot(),
        ),
        rules=RULES,
        photo=PHOTO,
        qr=QR,
        seals=(
            SealSlot("agency", LEFT_CENTRE, ISSUER_LEFT_2 + SEAL_DROP, side),
            SealSlot("branch", RIGHT_CENTRE, ISSUER_RIGHT + SEAL_DROP, side),
        ),
    )
