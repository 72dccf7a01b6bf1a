"""Sheets for an office printer (套打): each layer has what it should, where it should be, also on a bad printer."""

import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops
from pypdfium2 import raw

from certgen.errors import InputError, LayoutError, SlotOverflowError
from certgen.exchange.agency import QrProfile
from certgen.exchange.agency_shape import Tree
from certgen.model.misplacement import Misplacement
from certgen.model.page import Photo, Qr, TextRun
from certgen.render.overprint import SheetsFile
from certgen.render.plan import Plan
from certgen.standards.forms import FormId
from certgen.stock import drafting, edges
from certgen.stock.definition import Layer, Of, Stock
from certgen.stock.layers import LayerOf
from tests.render.builders import (
    CODE,
    LONGEST,
    MADE,
    RARE,
    Form,
    a_portrait,
    a_record,
    an_agency,
    draw_seals,
    run,
    squeezed,
    the_forms,
)
from tests.render.other_forms import the_other_forms
from tests.stock.definitions import VERSION, a_stock, a_tree, changed
from tests.stock.scans import MARKS, on_glass

MM = 25.4 / 72
NEAR = 0.1  # mm
SERIAL = "00012001"
SHEET = (297.0, 210.0)
MISSES = Misplacement(dx=1.3, dy=-0.7, scale_x=0.985, scale_y=1.004, angle_deg=0.6)


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Form:
    seals = draw_seals(tmp_path_factory.mktemp("seals"))
    records = (a_record(), a_record(name=f"{LONGEST}{RARE}", job=None))
    return replace(the_forms(seals)["style-1"], records=records)


@pytest.fixture(scope="module")
def plan(form: Form) -> Plan:
    return form.plan(signed=False)


def moved(tree: Tree | None = None) -> Tree:
    """Name and number on lines of their own, QR code and photo elsewhere."""
    tree = changed(tree or a_tree(), "name.value", x0=190.5, x1=280.0, baseline=68.2)
    tree = changed(tree, "code.value", dx=-2.25, dy=0.8)
    return tree | {
        "photo": {"x": 170.0, "y": 20.5},
        "qr": {"state": "data", "x": 240.0, "y": 21.0},
    }


def sheets(
    form: Form,
    plan: Plan,
    layer: Layer,
    stock: Stock | None,
    *,
    missed: Misplacement = Misplacement(),  # noqa: B008  (frozen)
    serial: str = SERIAL,
    **more: Any,
) -> bytes:
    made = io.BytesIO()
    file = SheetsFile(made, "套打", MADE, stock=stock, layer=layer, misplacement=missed)
    for record in form.records:
        file.add(plan, form.composer, record, form.code, a_portrait(), serial=serial, **more)
    file.finish()
    return made.getvalue()


def words(pdf: bytes, path: Path) -> str:
    """The text as poppler extracts it, without white space."""
    path.write_bytes(pdf)
    done = run(["pdftotext", "-layout", path, "-"])
    assert done.returncode == 0, done.stderr
    return squeezed(done.stdout)


# What each layer has


def test_the_data_layer_has_what_is_not_on_the_sheet_yet_and_nothing_else(
    form: Form, plan: Plan, tmp_path: Path
) -> None:
    said = words(sheets(form, plan, Layer.DATA, a_stock(moved())), tmp_path / "data.pdf")
    values = [
        item.text
        for record in form.records
        for item in form.composer.values(record, CODE)
        if isinstance(item, TextRun)
    ]
    assert sorted(said) == sorted(squeezed("".join(values)))
    assert f"{LONGEST}{RARE}" in said
    assert "职业技能等级证书" not in said


def test_static_and_data_are_all(form: Form, plan: Plan, tmp_path: Path) -> None:
    stock = a_stock(changed(moved(), "title.en", state="data"))
    data, static, both = (
        words(sheets(form, plan, layer, stock), tmp_path / f"{layer}.pdf")
        for layer in (Layer.DATA, Layer.STATIC, Layer.ALL)
    )
    assert sorted(data + static) == sorted(both)
    assert "CertificateofOccupationalSkillLevel" in data
    assert "CertificateofOccupationalSkillLevel" not in static
    assert form.record.identity_number not in static


def test_data_printed_over_the_static_layer_looks_as_all_does(form: Form, plan: Plan) -> None:
    stock = a_stock(changed(moved(), "title.en", state="data"))
    data, static, both = (
        picture(sheets(form, plan, layer, stock, serial=""))
        for layer in (Layer.DATA, Layer.STATIC, Layer.ALL)
    )
    assert data.tobytes() != both.tobytes()
    over = ImageChops.multiply(static, data)
    off = ImageChops.difference(over, both).convert("L")
    assert off.point(lambda level: 255 if level > 2 else 0).getbbox() is None


def picture(pdf: bytes) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    try:
        shown: Image.Image = document[0].render(scale=1).to_pil()
        return shown.convert("RGB")
    finally:
        document.close()


def test_a_date_in_three_blanks_is_three_numbers(form: Form, plan: Plan) -> None:
    tree = changed(a_tree(), "issue_date.value.zh", state="none")
    for part, x0 in (("year", 230.0), ("month", 245.0), ("day", 256.0)):
        tree = changed(tree, f"issue_date.{part}", state="data", x0=x0, x1=x0 + 8.5, baseline=177.5)
    found = {
        text: (x, y) for text, x, y, _ in pieces(sheets(form, plan, Layer.DATA, a_stock(tree)))
    }
    assert "2026年1月15日" not in found
    for text, middle in (("2026", 234.25), ("1", 249.25), ("15", 260.25)):
        x, y = found[text]
        assert x + len(text) * 12 * 0.25 * 25.4 / 72 == pytest.approx(
            middle, abs=0.15
        )  # half an em a digit
        assert y == pytest.approx(177.5, abs=NEAR)


def test_without_a_stock_the_variable_items_are_the_data(
    form: Form, plan: Plan, tmp_path: Path
) -> None:
    with_stock = words(sheets(form, plan, Layer.DATA, a_stock()), tmp_path / "with.pdf")
    assert words(sheets(form, plan, Layer.DATA, None), tmp_path / "without.pdf") == with_stock
    static = words(sheets(form, plan, Layer.STATIC, None), tmp_path / "static.pdf")
    assert "职业技能等级证书" in static
    assert "丁一" not in static


def test_the_file_has_the_glyphs_it_prints_and_no_others(form: Form, plan: Plan) -> None:
    pdf = sheets(form, plan, Layer.DATA, a_stock())
    with pikepdf.open(io.BytesIO(pdf)) as file:
        fonts = file.pages[0].Resources.Font
        names = {str(font.BaseFont) for font in fonts.values()}
        maps = b"".join(font.ToUnicode.read_bytes() for font in fonts.values())
    assert not any("Kai" in name for name in names if "WenKai" not in name)  # the labels' face
    assert b"58EB" not in maps.upper()
    assert "丁".encode("utf-16-be").hex().upper().encode() in maps.upper()


def test_seals_are_for_the_stamp_unless_the_agency_prints_them(form: Form) -> None:
    def images(agency_prints: bool, state: str, layer: Layer) -> int:  # noqa: FBT001
        agency = replace(form.agency, print_seals=agency_prints)
        own = replace(form, agency=agency, records=form.records[:1])
        tree = a_tree()
        tree["seal"][0]["state"] = state
        pdf = sheets(own, own.plan(signed=False), layer, a_stock(tree))
        with pikepdf.open(io.BytesIO(pdf)) as file:
            return sum("/SMask" in image for image in file.pages[0].Resources.XObject.values())

    assert images(agency_prints=False, state="data", layer=Layer.DATA) == 0
    assert images(agency_prints=True, state="data", layer=Layer.DATA) == 1
    assert images(agency_prints=True, state="none", layer=Layer.ALL) == 0
    assert images(agency_prints=False, state="printed", layer=Layer.STATIC) == 1


def test_a_page_is_the_sheet_and_nothing_around_it(form: Form, plan: Plan) -> None:
    with pikepdf.open(io.BytesIO(sheets(form, plan, Layer.DATA, a_stock()))) as file:
        assert len(file.pages) == 2
        for page in file.pages:
            assert [float(edge) * MM for edge in page.MediaBox] == pytest.approx(
                [0, 0, 297, 210], abs=0.001
            )
            assert "/TrimBox" not in page
            assert (str(page.CERTGEN_Code), str(page.CERTGEN_Sheet)) == (CODE, SERIAL)
        assert file.Root.ViewerPreferences.PrintScaling == "/None"
        content = file.pages[0].Contents[0].read_bytes() + file.pages[0].Contents[1].read_bytes()
    assert not re.search(rb"[0-9] k\b", content, re.IGNORECASE)  # no ink of a press


def test_the_same_sheets_are_the_same_bytes_and_good_pdf(
    form: Form, plan: Plan, tmp_path: Path
) -> None:
    first = sheets(form, plan, Layer.DATA, a_stock(), missed=MISSES)
    assert first == sheets(form, plan, Layer.DATA, a_stock(), missed=MISSES)
    (tmp_path / "one.pdf").write_bytes(first)
    assert run(["qpdf", "--check", tmp_path / "one.pdf"]).returncode == 0


# Where it is


def pieces(pdf: bytes) -> list[tuple[str, float, float, float]]:
    """Text, x, baseline in mm from the top left, size in pt of the first page as pdfium sees them."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        height = page.get_height()
        textpage = page.get_textpage()
        found = []
        for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], textpage=textpage):
            m = item.get_matrix()
            size = item.get_font_size() * (abs(m.a * m.d - m.b * m.c)) ** 0.5
            found.append((item.extract().rstrip(), m.e * MM, (height - m.f) * MM, size))
        return found
    finally:
        document.close()


@pytest.mark.parametrize("missed", [Misplacement(), MISSES], ids=["straight", "misses"])
def test_every_text_is_aimed_so_that_it_comes_out_in_its_place(
    form: Form, plan: Plan, missed: Misplacement
) -> None:
    stock = a_stock(moved())
    pdf = sheets(form, plan, Layer.DATA, stock, missed=missed)
    layer = LayerOf(form.composer, None, plan.fontset(), stock, Layer.DATA)
    runs = [one for one in layer.values(form.record, CODE) if isinstance(one, TextRun)]
    found = pieces(pdf)
    assert len(found) == len(runs) == 9
    for item, (text, x, y, size) in zip(runs, found, strict=True):
        assert text == item.text
        assert (x, y) == pytest.approx(missed.aim((item.x, item.baseline), SHEET), abs=NEAR), item
        assert missed.lands((x, y), SHEET) == pytest.approx((item.x, item.baseline), abs=NEAR)
        assert size == pytest.approx(
            item.size_pt / (missed.scale_x * missed.scale_y) ** 0.5, abs=0.001
        )
    name, code = runs[0], next(one for one in runs if one.slot == "code.value")
    before = {one.slot: one for one in form.runs()}
    assert (name.x, name.baseline) == (190.5, 68.2)
    assert code.x == pytest.approx(before["code.value"].x - 2.25)
    assert code.baseline == pytest.approx(before["code.value"].baseline + 0.8)


@pytest.mark.parametrize("missed", [Misplacement(), MISSES], ids=["straight", "misses"])
def test_photo_and_qr_code_are_aimed_too(form: Form, plan: Plan, missed: Misplacement) -> None:
    pdf = sheets(form, plan, Layer.DATA, a_stock(moved()), missed=missed)
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        (image,) = page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=1)
        m = image.get_matrix()
        corner = (m.e + m.c) * MM, (page.get_height() - m.f - m.d) * MM
        left, bottom, right, top = max(
            (item.get_bounds() for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH])),
            key=lambda box: box[2] - box[0],
        )
        middle = (left + right) / 2 * MM, (page.get_height() - (top + bottom) / 2) * MM
    finally:
        document.close()
    assert corner == pytest.approx(missed.aim((170.0, 20.5), (297, 210)), abs=NEAR)
    assert middle == pytest.approx(missed.aim((255.0, 36.0), (297, 210)), abs=NEAR)


def test_the_check_mark_stands_by_the_number_and_is_no_text(form: Form, plan: Plan) -> None:
    with_mark = sheets(form, plan, Layer.DATA, a_stock())
    without = sheets(form, plan, Layer.DATA, a_stock(), serial="")
    x, y = a_stock().check
    dark = [ink(pdf, (x - 1, y - 3, x + 24, y + 1)) for pdf in (with_mark, without)]
    assert dark[0] > 200
    assert dark[1] == 0
    assert not any(SERIAL in text for text, *_ in pieces(with_mark))


def ink(pdf: bytes, box: tuple[float, float, float, float]) -> int:
    """How many pixels of a box in mm are dark at 300 dpi."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        width, height = page.get_size()
        left, top, right, bottom = (edge / MM for edge in box)
        crop = (left, height - bottom, width - right, top)
        grey = page.render(scale=300 / 72, crop=crop, grayscale=True).to_pil().convert("L")
        return sum(grey.histogram()[:128])
    finally:
        document.close()


# Other forms


@pytest.mark.parametrize("name", ["form-2019", "special-ability", "supervisor"])
def test_the_other_forms_go_over_their_sheets(name: str, tmp_path: Path) -> None:
    form = the_other_forms(draw_seals(tmp_path / "seals"))[name]
    plan = form.plan(signed=False)
    stock = a_stock(a_tree(Of(form.agency.form)))
    data = words(sheets(form, plan, Layer.DATA, stock), tmp_path / "data.pdf")
    static = words(sheets(form, plan, Layer.STATIC, stock), tmp_path / "static.pdf")
    assert form.record.name in data
    assert form.record.name not in static
    assert squeezed(form.agency.name) in static


def test_a_card_has_a_back_only_where_something_goes_on_it(tmp_path: Path) -> None:
    form = the_other_forms(draw_seals(tmp_path / "seals"))["supervisor"]
    plan = form.plan(signed=False)
    tree = a_tree(Of(FormId.SUPERVISOR_CARD))

    def pages(tree: Tree, layer: Layer) -> int:
        with pikepdf.open(io.BytesIO(sheets(form, plan, layer, a_stock(tree)))) as file:
            return len(file.pages)

    assert pages(tree, Layer.DATA) == 2
    assert pages(tree, Layer.ALL) == 4
    assert pages(changed(tree, "agency.name", side=1, state="data"), Layer.DATA) == 4


# What is refused


def test_a_value_that_overflows_its_place_is_refused_and_the_file_goes_on(
    form: Form, plan: Plan, tmp_path: Path
) -> None:
    narrow = a_stock(changed(a_tree(), "name.value", x0=196.0, x1=224.0, baseline=69.6))
    made = io.BytesIO()
    file = SheetsFile(made, "套打", MADE, stock=narrow, layer=Layer.DATA)
    short, long = form.records
    with pytest.raises(SlotOverflowError, match=r"name\.value"):
        file.add(plan, form.composer, long, CODE, None)
    file.add(plan, form.composer, short, CODE, None)
    file.finish()
    said = words(made.getvalue(), tmp_path / "narrow.pdf")
    assert "丁一" in said
    with pikepdf.open(io.BytesIO(made.getvalue())) as pdf:
        maps = b"".join(
            font.ToUnicode.read_bytes() for font in pdf.pages[0].Resources.Font.values()
        )
    assert "丽".encode("utf-16-be").hex().upper().encode() not in maps.upper()


def test_another_form_than_the_stocks_is_refused(form: Form, plan: Plan) -> None:
    for of in (Of(FormId.NATIONAL_2021, branch=True), Of(FormId.NATIONAL_2019)):
        with pytest.raises(LayoutError, match="not for national-2021-style-1"):
            sheets(form, plan, Layer.DATA, a_stock(a_tree(of)))


def test_a_printed_qr_code_must_be_the_official_one(form: Form) -> None:
    stock = a_stock(a_tree() | {"qr": {"state": "printed"}})
    with pytest.raises(LayoutError, match="different one on every certificate"):
        sheets(form, form.plan(signed=False), Layer.DATA, stock)
    official = replace(form, agency=replace(form.agency, qr=QrProfile.OFFICIAL))
    assert sheets(official, official.plan(signed=False), Layer.DATA, stock)


@pytest.mark.parametrize("serial", ["一二三", "A-", "0001a"])
def test_what_ends_in_no_digit_is_no_number_of_a_sheet(form: Form, plan: Plan, serial: str) -> None:
    with pytest.raises(InputError, match="must end in digits"):
        sheets(form, plan, Layer.DATA, a_stock(), serial=serial)


@pytest.mark.parametrize("serial", ["豫A0012001", "00012)01", "1" * 20])
def test_a_mark_shows_the_end_of_a_serial_and_the_page_keeps_the_whole(
    form: Form, plan: Plan, serial: str
) -> None:
    with pikepdf.open(io.BytesIO(sheets(form, plan, Layer.DATA, a_stock(), serial=serial))) as file:
        assert {str(page.CERTGEN_Sheet) for page in file.pages} == {serial}


def test_a_print_number_other_than_the_sheets_is_refused(form: Form) -> None:
    numbered = replace(
        form,
        agency=an_agency(form.agency.seals["agency"].path.parent, print_number=True),
        records=(a_record(print_number=SERIAL),),
    )
    plan = numbered.plan(signed=False)
    as_data = a_stock()
    assert sheets(numbered, plan, Layer.DATA, as_data)
    with pytest.raises(InputError, match="00012001 is not that of the sheet, 00012002"):
        sheets(numbered, plan, Layer.DATA, as_data, serial="00012002")
    printed = a_stock(changed(a_tree(), "print_number.value", state="printed"))
    assert sheets(numbered, plan, Layer.DATA, printed, serial="00012002")


def test_a_proof_needs_the_scan(form: Form, plan: Plan) -> None:
    for stock in (None, a_stock()):
        with pytest.raises(InputError, match="no scan of the blank sheet"):
            sheets(form, plan, Layer.PROOF, stock)


def test_a_proof_shows_the_data_over_the_scan_where_it_is_to_come_out(
    form: Form, plan: Plan, tmp_path: Path
) -> None:
    on_glass(tmp_path / "scan.jpg", angle=1.0)
    lying = edges.find(tmp_path / "scan.jpg", SHEET).scan
    tree = drafting.start(Of(FormId.NATIONAL_2021), VERSION, replace(lying, path=Path("scan.jpg")))
    stock = a_stock(moved(tree), tmp_path)
    proof = sheets(form, plan, Layer.PROOF, stock, missed=MISSES)
    assert pieces(proof) == pieces(sheets(form, plan, Layer.DATA, stock))
    for x, y in (MARKS[0], MARKS[2]):  # squares of 4 mm on the scan, away from the QR code
        assert ink(proof, (x - 1.5, y - 1.5, x + 1.5, y + 1.5)) > 1100
        assert ink(proof, (x - 5, y - 5, x - 2.5, y - 2.5)) == 0


def test_photo_and_qr_code_are_left_out_of_the_static_layer(form: Form, plan: Plan) -> None:
    static = sheets(form, plan, Layer.STATIC, a_stock())
    kinds = [type(item) for item in form.composer.values(form.record, CODE)]
    assert {Photo, Qr} <= set(kinds)
    assert ink(static, (176, 22, 201, 57)) == 0
    assert ink(static, (232, 24.5, 262, 54.5)) == 0
