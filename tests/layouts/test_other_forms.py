"""What the notices state of the other forms, a row a sentence; that every other number says it is ours."""

import pytest

from certgen.layouts import henan_2020_special_ability, national_2019, supervisor_2020
from certgen.layouts.slots import Basis, Layout, TextSlot

LAYOUTS = {
    "2019": national_2019.LAYOUT,
    "special ability": henan_2020_special_ability.LAYOUT,
    "card, front": supervisor_2020.FRONT,
    "card, back": supervisor_2020.BACK,
}
PT = 25.4 / 72


def slot(layout: Layout, wanted: str) -> TextSlot:
    return next(text for text in layout.texts if text.id == wanted)


@pytest.mark.parametrize(
    ("layout", "wanted", "role", "size_pt", "bold"),
    [
        pytest.param("2019", "title", "kai", 30, False, id="证书名称 30 磅 华文楷体"),
        pytest.param("2019", "body", "kai", 16, False, id="正文部分 16 磅 华文楷体"),
        pytest.param("2019", "certificate_query", "kai", 14, False, id="网址部分 14 磅 华文楷体"),
        pytest.param("2019", "institution_query", "kai", 14, False, id="网址部分, second line"),
        pytest.param("2019", "name.label", "kai", 16, False, id="基本信息 16 磅 华文楷体"),
        pytest.param("2019", "code.value", "kai", 16, False, id="基本信息, a value"),
        pytest.param("card, front", "title.1", "hei", 16, True, id="正面 标题 16 磅 黑体加粗"),
        pytest.param("card, front", "name.value", "hei", 12, False, id="正面 正文 12 磅 黑体"),
        pytest.param("card, back", "title.1", "hei", 16, True, id="反面 标题 16 磅 黑体加粗"),
        pytest.param("card, back", "agency.name", "hei", 12, True, id="印制单位 12 磅 黑体加粗"),
        pytest.param("special ability", "title", "hei", 28, True, id="bold and black, size ours"),
    ],
)
def test_face_size_and_weight(
    layout: str,
    wanted: str,
    role: str,
    size_pt: float,
    bold: bool,  # noqa: FBT001
) -> None:
    text = slot(LAYOUTS[layout], wanted)
    assert (text.parts[0].role, text.size_pt, text.bold) == (role, size_pt, bold)


def test_the_frame_of_2019_is_188_by_269_mm_at_2_25_pt() -> None:
    (frame,) = national_2019.LAYOUT.shapes
    xs = {x for _, numbers in frame.path for x in numbers[::2]}
    ys = {y for _, numbers in frame.path for y in numbers[1::2]}
    assert (max(xs) - min(xs), max(ys) - min(ys), frame.thickness_pt) == (269, 188, 2.25)
    assert frame.basis.official


def test_title_body_and_addresses_of_2019_stand_left_photo_qr_and_fields_right() -> None:
    layout = national_2019.LAYOUT
    middle = layout.width / 2
    assert layout.photo is not None
    assert layout.qr is not None
    assert min(layout.photo.x, layout.qr.x) > middle
    for text in layout.texts:
        if text.id in {"title", "body", "certificate_query", "agency.name"}:
            assert text.x1 <= middle
        elif text.id.partition(".")[0] in {"name", "code", "level"}:
            assert text.x0 >= middle


@pytest.mark.parametrize(
    ("wanted", "leading_pt"),
    [("title", 24.0), ("lines", 22.0), ("printer", 24.0)],
    ids=["标题 24 磅行间距", "正文 22 磅行间距", "印制单位 24 磅行间距"],
)
def test_the_leading_of_the_card(wanted: str, leading_pt: float) -> None:
    pairs = {
        "title": (supervisor_2020.FRONT, "title.1", "title.2"),
        "lines": (supervisor_2020.FRONT, "name.value", "code.value"),
        "printer": (supervisor_2020.BACK, "printer.label", "agency.name"),
    }
    layout, first, second = pairs[wanted]
    drop = slot(layout, second).baseline - slot(layout, first).baseline
    assert drop == pytest.approx(leading_pt * PT, abs=0.001)


def test_the_card_is_80_by_110_mm_with_a_photo_of_25_by_35() -> None:
    front = supervisor_2020.FRONT
    assert (front.width, front.height) == (80, 110)
    assert front.photo is not None
    assert (front.photo.width, front.photo.height) == (25, 35)
    assert front.photo.size_basis.official


def test_the_special_ability_certificate_is_148_by_210_mm() -> None:
    layout = henan_2020_special_ability.LAYOUT
    assert {layout.width, layout.height} == {148, 210}
    assert henan_2020_special_ability.SHEET.official


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
class TestEveryNumber:
    def test_it_says_official_or_inferred_and_why(self, layout: Layout) -> None:
        bases: list[Basis] = [text.size_basis for text in layout.texts]
        bases += [text.place_basis for text in layout.texts]
        bases += [rule.basis for rule in layout.rules] + [shape.basis for shape in layout.shapes]
        bases += [seal.place_basis for seal in layout.seals]
        for picture in (layout.photo, layout.qr):
            if picture:
                bases += [picture.size_basis, picture.place_basis]
        assert all(len(basis.why) > 15 for basis in bases)
        assert all("〔" in basis.why for basis in bases if basis.official)

    def test_every_slot_lies_on_the_sheet(self, layout: Layout) -> None:
        for text in layout.texts:
            assert 0 < text.x0 < text.x1 < layout.width
            assert 0 < text.baseline < layout.height
        for picture in (layout.photo, layout.qr):
            if picture:
                assert picture.x > 0
                assert picture.y > 0

    def test_ids_are_not_repeated(self, layout: Layout) -> None:
        ids = [text.id for text in layout.texts] + [rule.id for rule in layout.rules]
        assert len(ids) == len(set(ids))

    def test_only_values_change_from_holder_to_holder(self, layout: Layout) -> None:
        assert all((".value" in text.id) != text.static for text in layout.texts)

    def test_bold_is_for_what_is_printed_on_every_copy(self, layout: Layout) -> None:
        """The variable layer sets no stroke colour."""
        assert all(text.static for text in layout.texts if text.bold)
