"""The form of 2019 (人社鉴发〔2019〕2号 附件2; 豫职鉴〔2020〕2号 附件2 is identical): A4 landscape in a heavy frame.

The notice states the frame, faces, sizes and which half holds what; every other position is ours. Withdrawn: only what
was issued before 2021-01-05 may be printed on it again (人社鉴发〔2021〕1号 五(一)).

>>> LAYOUT.id, LAYOUT.withdrawn_by
('national-2019', '人社鉴发〔2021〕1号 五(一)')
"""

from certgen.layouts.ornaments import box
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
from certgen.model.page import BLACK
from certgen.standards import filling, form_2019
from certgen.standards.forms import FORMS, WITHDRAWN_2019, FormId

NOTICE = form_2019.CLAUSE

FRAME_X0 = (filling.SHEET_WIDTH_MM - form_2019.FRAME_WIDTH_MM) / 2
FRAME_Y0 = (filling.SHEET_HEIGHT_MM - form_2019.FRAME_HEIGHT_MM) / 2
LEFT_CENTRE = (FRAME_X0 + filling.SHEET_WIDTH_MM / 2) / 2
LEFT_X0, LEFT_X1 = 21.85, 140.65  # 21 ems of 16 pt, so that lines are full
LABEL_X, VALUE_X0, VALUE_X1 = 157.0, 198.0, 276.0
FIRST_FIELD, FIELD_PITCH = 90.0, 15.6
LINE_16, LINE_14 = 7.8, 6.9  # 单倍行距 is about 1.37 of the size in 华文楷体

PLACE = inferred("附件2 names the half of the sheet and no coordinates")
LEFT_TOP = official(f"{NOTICE} 左页上: 证书名称 30 磅, 华文楷体")
LEFT_MIDDLE = official(f"{NOTICE} 左页中: 正文部分 16 磅, 华文楷体, 单倍行距")
LEFT_FOOT = official(f"{NOTICE} 左页下: 网址部分 14 磅, 华文楷体, 单倍行距")
RIGHT_FOOT = official(f"{NOTICE} 右页下: 基本信息 16 磅, 华文楷体, 单倍行距")
ISSUER = inferred(
    f"{NOTICE} prints name and date under the body and gives them no size: 16 磅 like it"
)


_text = Usual(("kai",), form_2019.FIELD_PT, RIGHT_FOOT, PLACE).text
"""A slot in Kai at 16 pt."""


def _fields() -> tuple[TextSlot, ...]:
    slots: list[TextSlot] = []
    for number, field in enumerate(form_2019.LABELS):
        y = FIRST_FIELD + number * FIELD_PITCH
        slots += [
            _text(f"{field}.label", LABEL_X, VALUE_X0, y),
            _text(
                f"{field}.value",
                VALUE_X0 + 1,
                VALUE_X1,
                y,
                parts=(Part(f"{field}.value", "kai"),),
                static=False,
                anchor=Anchor.LAST,
                leading=6.4,
                max_lines=2,
            ),
        ]
    return tuple(slots)


def _left_half() -> tuple[TextSlot, ...]:
    meet = LEFT_CENTRE - 6
    return (
        _text(
            "title",
            FRAME_X0,
            filling.SHEET_WIDTH_MM / 2,
            44,
            size_pt=form_2019.TITLE_PT,
            size_basis=LEFT_TOP,
            align=Align.CENTRE,
        ),
        _text(
            "body",
            LEFT_X0,
            LEFT_X1,
            70,
            size_basis=LEFT_MIDDLE,
            leading=LINE_16,
            max_lines=6,
            indent_em=2,
            bottom=112,
        ),
        _text(
            "agency.name",
            LEFT_X0,
            LEFT_X1,
            134,
            size_basis=ISSUER,
            align=Align.CENTRE,
            anchor=Anchor.LAST,
            leading=LINE_16,
            max_lines=2,
        ),
        _text("issue_date.label", meet - 40, meet, 144, size_basis=ISSUER, align=Align.RIGHT),
        _text(
            "issue_date.value",
            meet,
            meet + 60,
            144,
            parts=(Part("issue_date.value", "kai"),),
            size_basis=ISSUER,
            static=False,
        ),
        *(
            _text(
                key,
                LEFT_X0,
                LEFT_X1 + 4,
                y,
                size_pt=form_2019.ADDRESS_PT,
                size_basis=LEFT_FOOT,
            )
            for key, y in (("certificate_query", 184.0), ("institution_query", 184.0 + LINE_14))
        ),
        _text(
            "sample_mark",
            FRAME_X0,
            filling.SHEET_WIDTH_MM - FRAME_X0,
            19,
            parts=(Part("sample_mark", "hei"),),
            size_pt=14,
            size_basis=inferred("a mark of this toolkit on everything that a sample key signs"),
            align=Align.CENTRE,
            optional=True,
        ),
    )


LAYOUT = Layout(
    id="national-2019",
    title=FORMS[FormId.NATIONAL_2019].title.zh,
    source=NOTICE,
    width=filling.SHEET_WIDTH_MM,
    height=filling.SHEET_HEIGHT_MM,
    texts=(*_left_half(), *_fields()),
    rules=tuple(
        RuleSlot(
            f"{field}.line",
            VALUE_X0,
            VALUE_X1,
            FIRST_FIELD + number * FIELD_PITCH + 1.6,
            0.5,
            inferred("the sample prints a line of underscores; weight and place are ours"),
        )
        for number, field in enumerate(form_2019.LABELS)
    ),
    photo=PhotoSlot(
        x=172,
        y=24,
        width=form_2019.PHOTO_WIDTH_MM,
        height=form_2019.PHOTO_HEIGHT_MM,
        size_basis=inferred(f"{NOTICE} 右页上 says 2 寸; public tables give 35 × 49 and 35 × 53"),
        place_basis=inferred(f"{NOTICE} has it 右页上, without coordinates"),
    ),
    qr=QrSlot(
        x=230,
        y=33.5,
        size=form_2019.QR_MM,
        size_basis=official(f"{NOTICE} 右页上: 二维码 30mm×30mm"),
        place_basis=inferred(f"{NOTICE} has it 右页上, without coordinates"),
    ),
    seals=(
        SealSlot(
            "agency",
            LEFT_CENTRE,
            134.5,
            inferred(f"{NOTICE} prints the agency's name on the left: the seal stands over it"),
        ),
    ),
    withdrawn_by=WITHDRAWN_2019,
    shapes=(
        ShapeSlot(
            "frame",
            box(
                FRAME_X0,
                FRAME_Y0,
                filling.SHEET_WIDTH_MM - FRAME_X0,
                filling.SHEET_HEIGHT_MM - FRAME_Y0,
            ),
            official(f"{NOTICE} 边框: 粗实线, 188mm×269mm, 2.25 磅"),
            stroke=BLACK,
            thickness_pt=form_2019.FRAME_PT,
        ),
    ),
)
