"""What 人社鉴发〔2021〕1号 states of the page, a row a sentence; that every other number says it is ours."""

import pytest

from certgen.exchange.agency import SealSide
from certgen.layouts.national_2021 import FIELDS, style_1, style_2
from certgen.layouts.slots import Basis, Layout, TextSlot

LAYOUTS = {
    "一, seal right": style_1(),
    "一, seal left": style_1(SealSide.LEFT),
    "二": style_2(),
}
LARGEST_SEAL = 45  # 国发〔1999〕25号
MIDDLE = 148.5


def slot(layout: Layout, wanted: str) -> TextSlot:
    return next(text for text in layout.texts if text.id == wanted)


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize(
    ("wanted", "roles", "size_pt"),
    [
        pytest.param("title.zh", ("kai", "times"), 30, id="证书名称 楷体 30pt: 附件"),
        pytest.param("title.en", ("kai", "times"), 16, id="英文名称 TimesNewRoman 16pt: 附件"),
        pytest.param("body.zh", ("kai", "times"), 16, id="中文正文 楷体 16pt: 附件 样式二"),
        pytest.param("body.en", ("kai", "times"), 16, id="英文正文 TimesNewRoman 16pt: 附件"),
        pytest.param("agency.name", ("kai", "times"), 12, id="评价机构名称 楷体 12pt: 附件"),
        pytest.param("issue_date.label.zh", ("kai", "times"), 12, id="发证日期 楷体 12pt: 附件"),
        pytest.param(
            "issue_date.label.en", ("kai", "times"), 12, id="Issued date Times 12pt: 附件"
        ),
        pytest.param("certificate_query", ("kai", "times"), 11, id="证书信息查询网址 11pt: 附件"),
        pytest.param("institution_query", ("kai", "times"), 11, id="机构信息查询网址 11pt: 附件"),
        pytest.param("provincial_query", ("kai", "times"), 11, id="省级查询网址 11pt, 同上两行"),
        pytest.param("print_number.label", ("kai", "times"), 12, id="No. TimesNewRoman 12pt: 附件"),
        *(
            pytest.param(
                f"{field}.label.zh", ("kai", "times"), 12, id=f"{field} 中文楷体 12pt: 附件"
            )
            for field in FIELDS
        ),
        *(
            pytest.param(f"{field}.label.en", ("kai", "times"), 12, id=f"{field} Times 12pt: 附件")
            for field in FIELDS
        ),
        *(
            pytest.param(f"{field}.value", ("fangsong", ""), 12, id=f"{field} 小四号仿宋: 三(一)")
            for field in FIELDS
        ),
        pytest.param("issue_date.value.zh", ("fangsong", ""), 12, id="日期 小四号仿宋: 三(一)"),
        pytest.param("issue_date.value.en", ("fangsong", ""), 12, id="英文日期 小四号仿宋: 三(一)"),
    ],
)
def test_face_and_size(layout: Layout, wanted: str, roles: tuple[str, str], size_pt: float) -> None:
    text = slot(layout, wanted)
    assert [(part.role, part.latin) for part in text.parts] == [roles]
    assert text.size_pt == size_pt


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
class TestPage:
    def test_the_sheet_is_a4_landscape(self, layout: Layout) -> None:
        """二(五): A4; 横排 as 人社鉴发〔2019〕2号 附件2 has it."""
        assert (layout.width, layout.height) == (297, 210)

    def test_the_photo_is_one_inch(self, layout: Layout) -> None:
        """三(一) 一寸; 25 × 35 mm: 人社职司便函〔2020〕53号."""
        assert layout.photo is not None
        assert (layout.photo.width, layout.photo.height) == (25, 35)

    def test_the_qr_code_is_30_mm(self, layout: Layout) -> None:
        """附件: 30mm*30mm."""
        assert layout.qr is not None
        assert layout.qr.size == 30

    def test_every_field_has_two_labels_a_value_and_a_line(self, layout: Layout) -> None:
        ids = {text.id for text in layout.texts} | {rule.id for rule in layout.rules}
        for field in FIELDS:
            assert {f"{field}.{part}" for part in ("label.zh", "label.en", "value", "line")} <= ids

    def test_the_fields_come_in_the_order_of_the_sample(self, layout: Layout) -> None:
        heights = [slot(layout, f"{field}.value").baseline for field in FIELDS]
        assert heights == sorted(heights)
        first, second = FIELDS[:3], FIELDS[3:]
        assert first == ("name", "identity_type", "identity_number")
        assert second == ("occupation", "job", "level", "code")

    def test_only_values_change_from_holder_to_holder(self, layout: Layout) -> None:
        assert all((".value" in text.id) != text.static for text in layout.texts)

    def test_every_number_says_official_or_inferred_and_why(self, layout: Layout) -> None:
        assert layout.photo is not None
        assert layout.qr is not None
        bases: list[Basis] = [layout.photo.size_basis, layout.photo.place_basis]
        bases += [layout.qr.size_basis, layout.qr.place_basis]
        bases += [rule.basis for rule in layout.rules]
        bases += [seal.place_basis for seal in layout.seals]
        for text in layout.texts:
            bases += [text.size_basis, text.place_basis]
        assert all(len(basis.why) > 20 for basis in bases)
        assert all("人社鉴发〔2021〕1号" in basis.why for basis in bases if basis.official)

    def test_no_position_of_a_text_claims_to_be_official(self, layout: Layout) -> None:
        assert not any(text.place_basis.official for text in layout.texts)

    def test_every_slot_lies_on_the_sheet(self, layout: Layout) -> None:
        for text in layout.texts:
            assert 0 < text.x0 < text.x1 < layout.width
            assert 0 < text.baseline < layout.height
            assert text.bottom is None or text.baseline < text.bottom < layout.height
        for rule in layout.rules:
            assert 0 < rule.x0 < rule.x1 < layout.width
        for seal in layout.seals:
            assert LARGEST_SEAL / 2 < seal.x < layout.width - LARGEST_SEAL / 2
            assert LARGEST_SEAL / 2 < seal.y < layout.height - LARGEST_SEAL / 2

    def test_a_slot_that_may_wrap_says_how_far_its_lines_are_apart(self, layout: Layout) -> None:
        for text in layout.texts:
            assert (text.leading > text.size_pt * 25.4 / 72) == (text.max_lines > 1), text.id

    def test_ids_are_not_repeated(self, layout: Layout) -> None:
        ids = [text.id for text in layout.texts] + [rule.id for rule in layout.rules]
        assert len(ids) == len(set(ids))


def test_in_sample_two_the_agency_seals_left_and_the_branch_right() -> None:
    """四(二): 评价机构印章在左侧，分支机构印章在右侧."""
    seals = {seal.owner: seal for seal in style_2().seals}
    assert seals["agency"].x < MIDDLE < seals["branch"].x
    assert all(seal.place_basis.official for seal in seals.values())
    assert slot(style_2(), "agency.name").x1 < MIDDLE < slot(style_2(), "branch.name").x0


@pytest.mark.parametrize("side", SealSide)
def test_in_sample_one_the_side_of_name_seal_and_date_is_a_parameter(side: SealSide) -> None:
    layout = style_1(side)
    (seal,) = layout.seals
    assert (seal.x > MIDDLE) == (side is SealSide.RIGHT)
    assert not seal.place_basis.official
    for wanted in ("agency.name", "issue_date.label.zh", "issue_date.value.en"):
        assert (slot(layout, wanted).x0 > MIDDLE) == (side is SealSide.RIGHT), wanted


def test_in_sample_one_the_seal_is_right_unless_told_otherwise() -> None:
    assert style_1() == style_1(SealSide.RIGHT)
