"""The table: within 0.1 mm of the layout, a clause only where a notice speaks, a deviation that shows."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from certgen.exchange.agency import AGENCY_SEAL, Agency, SealPicture
from certgen.filing import measures
from certgen.filing.line import Extent, Line, Verdict
from certgen.filing.measures import Table, tables
from certgen.filing.pack import Pack
from certgen.filing.specimens import specimens
from certgen.layouts import national_2021
from certgen.layouts.slots import Align
from certgen.model.finding import Finding, Severity
from tests.filing.builders import DAY, an_employer, own_layout
from tests.render.builders import draw_seals, fonts
from tests.render.other_forms import the_other_forms
from verify.measured import measure

NOTICE = "人社鉴发〔2021〕1号"
Filed = tuple[Pack, Path]


def made(agency: Agency) -> tuple[Table, ...]:
    return tables(tuple(specimens(agency, fonts(), DAY)), measure, agency, fonts())


def line(table: Table, english: str) -> Line:
    (found,) = [one for one in table.lines if one.item.en == english]
    return found


def told(found: tuple[Table, ...]) -> list[Finding]:
    return list(measures.findings(found))


@pytest.mark.parametrize("style", [0, 1], ids=["样式一", "样式二"])
def test_places_are_those_of_the_layout_within_a_tenth_of_a_millimetre(
    style: int, filed: Filed
) -> None:
    table = filed[0].tables[style]
    layout = table.specimen.style.front.layout
    for slot in layout.texts:
        if slot.id in {"sample_mark", "provincial_query"}:
            continue
        found = table.places[slot.parts[0].key]
        middle = (slot.x0 + slot.x1) / 2
        first = slot.x0 + slot.indent_em * slot.size_pt * 25.4 / 72
        x = {Align.CENTRE: middle, Align.RIGHT: slot.x1}.get(slot.align, first)
        assert (found.x0, found.x1) == pytest.approx((x, x), abs=0.1), slot.id
        if not slot.after:  # the English body stands where the Chinese one ends
            assert found.y0 == pytest.approx(slot.baseline, abs=0.1), slot.id
    assert layout.photo is not None
    assert layout.qr is not None
    photo, qr = table.places["photo"], table.places["qr"]
    assert (photo.x0, photo.y0) == pytest.approx((layout.photo.x, layout.photo.y), abs=0.1)
    assert (qr.x0, qr.y0) == pytest.approx((layout.qr.x, layout.qr.y), abs=0.1)


OFFICIAL = [
    ("title (Chinese)", f"{NOTICE} 附件 样式一", "FandolKai 30 pt"),
    ("title (English)", f"{NOTICE} 附件 样式一, 二", "Liberation Serif 16 pt"),
    ("body (Chinese)", f"{NOTICE} 附件 样式一, 二", "FandolKai 16 pt"),
    ("filled values", f"{NOTICE} 三(一)", "FandolFang 12 pt"),
    ("name of the branch", f"{NOTICE} 附件 样式一, 二", "FandolKai 12 pt"),
    ("trimmed sheet", f"{NOTICE} 二(五)", "297.0 × 210.0 mm"),
    ("agency's seal (outline of its picture)", "国发〔1999〕25号", "直径 42.0 mm"),
    ("side of the seal of the agency", f"{NOTICE} 四(二)", "左 left"),
    ("side of the seal of the branch", f"{NOTICE} 四(二)", "右 right"),
]


@pytest.mark.parametrize(("item", "clause", "measured"), OFFICIAL, ids=[row[0] for row in OFFICIAL])
def test_what_the_notice_asks_is_met_with_its_clause(
    item: str, clause: str, measured: str, filed: Filed
) -> None:
    found = line(filed[0].tables[1], item)
    assert (found.asked.clause, found.measured) == (clause, measured)
    assert found.verdict is Verdict.MET


INFERRED = [
    ("QR code (with four modules of quiet zone)", "30.0 × 30.0 mm"),
    ("Certificate Information", "FandolKai 11 pt; Liberation Serif 11 pt"),
    ("print number", "Liberation Serif 12 pt"),
    ("side of the seal of the agency", "右 right"),
]


@pytest.mark.parametrize(("item", "measured"), INFERRED, ids=[row[0] for row in INFERRED])
def test_what_we_inferred_is_never_the_notices_word(item: str, measured: str, filed: Filed) -> None:
    found = line(filed[0].tables[0], item)
    assert (found.asked.clause, found.measured, found.verdict) == ("", measured, Verdict.NOT_ASKED)
    assert found.asked.inferred


def test_the_notice_says_one_inch_and_no_millimetres(filed: Filed) -> None:
    found = line(filed[0].tables[0], "photo")
    assert found.asked.clause == f"{NOTICE} 三(一)"
    assert (found.measured, found.verdict) == ("25.0 × 35.0 mm", Verdict.NOT_ASKED)


def test_a_seal_that_only_one_edition_shows_is_told_of_that_file_alone(filed: Filed) -> None:
    table = filed[0].tables[0]
    assert line(table, "agency's seal (outline of its picture)").files == ("specimen-style-1.pdf",)
    assert line(table, "photo").files == table.files


def test_nothing_is_told_of_our_own_layouts(filed: Filed) -> None:
    assert told(filed[0].tables) == []


def test_a_substitute_for_a_face_that_is_named_is_told_beside_it(filed: Filed) -> None:
    remark = line(filed[0].tables[0], "title (English)").remark
    assert remark is not None
    assert "Times New Roman" in remark.en


TITLE = 'role = "kai"\nlatin = "times"\nsize_pt = 30'
DEVIATIONS = [
    pytest.param(TITLE, TITLE.replace("30", "28"), "title (Chinese)", f"{NOTICE} 附件 样式一",
                 "FandolKai 28 pt", id="楷体 30pt"),
    pytest.param(TITLE, TITLE.replace("kai", "hei"), "title (Chinese)", f"{NOTICE} 附件 样式一",
                 "FandolHei 30 pt", id="楷体"),
    pytest.param("width = 297", "width = 300", "trimmed sheet", f"{NOTICE} 二(五)",
                 "300.0 × 210.0 mm", id="建议采用 A4 纸大小"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "item", "clause", "measured"), DEVIATIONS)
def test_a_deviation_of_an_own_layout_shows(
    old: str, new: str, item: str, clause: str, measured: str, tmp_path: Path
) -> None:
    file = own_layout(tmp_path, (old, new))
    (table,) = made(an_employer(tmp_path, layout_file=file, branches={}, print_seals=True))
    found = line(table, item)
    assert (found.verdict, found.measured) == (Verdict.NOT_MET, measured)
    (finding,) = told((table,))
    # 参考样式, 建议: a warning, which still ends with exit code 1.
    facts = (finding.code, finding.clause, finding.severity)
    assert facts == ("filing-pack/not-met", clause, Severity.WARNING)
    assert measured in finding.said.zh


def test_another_size_than_the_inferred_one_is_said_and_condemns_nobody(tmp_path: Path) -> None:
    file = own_layout(
        tmp_path, ("width = 25\nheight = 35", "width = 26\nheight = 36"), ("size = 30", "size = 28")
    )
    (table,) = made(an_employer(tmp_path, layout_file=file, branches={}, print_seals=True))
    for item in ("photo", "QR code (with four modules of quiet zone)"):
        found = line(table, item)
        assert found.verdict is Verdict.NOT_ASKED
        assert found.remark is not None
        assert "inferred" in found.remark.en
    assert told((table,)) == []


def test_a_branch_seal_on_the_left_is_not_met(tmp_path: Path) -> None:
    """评价机构印章在左侧，分支机构印章在右侧: 四(二)."""
    seals = 'owner = "agency"\nx = 81.25', 'owner = "branch"\nx = 228'
    swapped = 'owner = "agency"\nx = 228', 'owner = "branch"\nx = 81.25'
    changes = tuple(zip(seals, swapped, strict=True))
    file = own_layout(tmp_path, *changes, sample=national_2021.style_2())
    found = told(made(an_employer(tmp_path, layout_file=file, print_seals=True)))
    sides = {finding.clause for finding in found}
    assert sides == {f"{NOTICE} 四(二)"}


def test_a_card_is_measured_on_both_sides_with_its_leading(tmp_path: Path) -> None:
    """人社职司便函〔2020〕53号 附件2: 标题 16 磅, 黑体加粗, 24 磅行间距; 正文 12 磅, 22 磅行间距."""
    (table,) = made(the_other_forms(tmp_path)["supervisor"].agency)
    measured = {one.item.en: one.measured for one in table.lines if one.verdict is Verdict.MET}
    assert measured["trimmed sheet"] == "80.0 × 110.0 mm"
    assert measured["photo"] == "25.0 × 35.0 mm"
    assert measured["title"] == "FandolHei 16 pt 加粗 bold"
    assert measured["leading of the title"] == "24.0 pt"
    assert measured["leading of the text"] == "22.0 pt"
    assert measured["leading of the printer's name"] == "24.0 pt"
    assert told((table,)) == []


def test_of_the_special_ability_certificate_only_the_sheet_is_asked(tmp_path: Path) -> None:
    """证书规格：148×210: 豫人社办函〔2020〕41号 附件2."""
    agency = replace(the_other_forms(tmp_path)["special-ability"].agency, electronic=False)
    seals = {AGENCY_SEAL: SealPicture(draw_seals(tmp_path / "drawn") / "agency.png", 40)}
    (table,) = made(replace(agency, seals=seals))
    asked = [one for one in table.lines if one.verdict is not Verdict.NOT_ASKED]
    assert [(one.item.en, one.asked.clause) for one in asked] == [
        ("trimmed sheet", "豫人社办函〔2020〕41号 附件2")
    ]


def test_of_a_style_that_is_not_public_nothing_is_asked(tmp_path: Path) -> None:
    agency = replace(the_other_forms(tmp_path)["veterans"].agency, seals={}, electronic=False)
    (table,) = made(agency)
    assert {one.verdict for one in table.lines} == {Verdict.NOT_ASKED}
    assert not any(one.asked.clause for one in table.lines)


def test_what_is_not_in_the_file_is_not_met(tmp_path: Path) -> None:
    """A file whose text another engine does not find: the table says so instead of believing the layout."""
    agency = an_employer(tmp_path, branches={}, print_seals=True)
    (one,) = specimens(agency, fonts(), DAY)

    def blind(data: bytes) -> tuple[Any, ...]:
        (page,) = measure(data)
        kept = tuple(text for text in page.texts if "职业技能等级证书" not in text.text)
        return (replace(page, texts=kept, pictures=(), paths=()),)

    (table,) = tables([one], blind, agency, fonts())
    for item in ("title (Chinese)", "photo", "QR code (with four modules of quiet zone)"):
        assert line(table, item).verdict is Verdict.NOT_MET
    assert "title.zh" not in table.places


def test_lines_that_agree_are_one_with_both_places(filed: Filed) -> None:
    table = filed[0].tables[1]
    found = line(table, "filled values")
    assert found.place is not None
    assert found.place.y0 == pytest.approx(69.6, abs=0.1)
    assert found.place.y1 == pytest.approx(182.1, abs=0.1)
    assert found.files == table.files
    joined = Extent.at(1, 5).joined(Extent.at(3, 2))
    assert joined == Extent(1, 3, 2, 5)
