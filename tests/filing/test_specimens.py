"""A specimen is plainly one, nobody's, unsigned; and where its mark runs nothing is spoilt."""

import math
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from certgen.compose import Composer
from certgen.errors import InputError
from certgen.exchange.agency import EMBOSSED_SEAL, ScopeEntry, SealPicture
from certgen.filing.holder import IDENTITY_NUMBER, holder_of
from certgen.filing.pack import Pack
from certgen.filing.specimens import ELECTRONIC, MARK, PRINT, specimens
from certgen.layouts import (
    henan_2020_special_ability,
    national_2021,
    supervisor_2020,
    veterans_2024,
)
from certgen.layouts.bands import CLEAR, widest_band
from certgen.layouts.slots import Layout
from certgen.model.page import Mark, Shape, TextRun
from certgen.standards.forms import FormId
from certgen.standards.identity import check_digit
from certgen.standards.levels import Level
from tests.filing.builders import DAY, an_employer
from tests.render.builders import fonts, run
from tests.render.other_forms import the_other_forms
from verify.decode.qr import read_qr
from verify.measured import measure
from verify.pdf_page import picture_of
from verify.preflight.check import preflight

Filed = tuple[Pack, Path]


def test_there_is_one_of_each_style_in_each_edition_that_looks_different(filed: Filed) -> None:
    """五(三): 证书样本（含印章内容）须在人力资源社会保障部门备案; the paper of this agency is stamped by hand."""
    pack, folder = filed
    names = [
        "specimen-style-1.pdf",
        "specimen-style-1-print.pdf",
        "specimen-style-2-zezhou.pdf",
        "specimen-style-2-zezhou-print.pdf",
    ]
    assert [specimen.file for specimen in pack.specimens] == names
    assert all((folder / name).exists() for name in names)


def test_editions_that_look_alike_are_drawn_once(tmp_path: Path) -> None:
    stamped = an_employer(tmp_path, print_seals=True, branches={})
    assert [one.edition for one in specimens(stamped, fonts(), DAY)] == [ELECTRONIC]
    embossed = {**stamped.seals, EMBOSSED_SEAL: SealPicture(tmp_path / "seals/agency.png", 38)}
    both = [one.edition for one in specimens(replace(stamped, seals=embossed), fonts(), DAY)]
    assert both == [ELECTRONIC, PRINT]
    paper = replace(stamped, electronic=False)
    assert [one.edition for one in specimens(paper, fonts(), DAY)] == [PRINT]


def test_every_page_says_specimen_in_the_page_itself(filed: Filed) -> None:
    pack, folder = filed
    for specimen in pack.specimens:
        # In the order of the file: poppler leaves turned text out of its columns.
        done = run(["pdftotext", "-raw", folder / specimen.file, "-"])
        assert done.stdout.split()[:2] == ["样本", "SPECIMEN"]
        assert b"/Annot" not in specimen.data  # nothing that a reader could switch off
        assert b"/OCProperties" not in specimen.data
        assert b"/ByteRange" not in specimen.data  # unsigned


def test_the_number_and_the_holder_are_nobodys(filed: Filed) -> None:
    pack, folder = filed
    assert IDENTITY_NUMBER[:6] == "190000"  # GB/T 2260 has no province 19
    assert IDENTITY_NUMBER[6:14] == "19900230"
    assert IDENTITY_NUMBER[17] == check_digit(IDENTITY_NUMBER[:17])
    for specimen in pack.specimens:
        code = specimen.style.holder.code
        assert len(code) == 22
        assert code.endswith("000000")
        text = "".join(run(["pdftotext", folder / specimen.file, "-"]).stdout.split())
        assert code in text
        assert IDENTITY_NUMBER in text


def test_the_mark_is_where_it_was_composed_and_lies_under_everything(filed: Filed) -> None:
    for specimen in filed[0].specimens:
        items = specimen.style.front.page.items
        (wanted,) = [item for item in items if isinstance(item, Mark)]
        page = measure(specimen.data)[0]
        (found,) = [text for text in page.texts if text.angle_deg]
        assert found.text == MARK
        assert found is page.texts[0]
        assert (found.x, found.baseline) == pytest.approx((wanted.x, wanted.baseline), abs=0.1)
        assert found.angle_deg == pytest.approx(wanted.angle_deg, abs=0.01)
        assert found.size_pt == pytest.approx(wanted.size_pt, abs=0.01)
        assert found.size_pt > 100  # plainly


LAYOUTS = [
    national_2021.style_1(),
    national_2021.style_2(),
    henan_2020_special_ability.LAYOUT,
    supervisor_2020.FRONT,
    supervisor_2020.BACK,
    veterans_2024.LAYOUT,
]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.id)
def test_the_mark_leaves_photo_and_qr_code_clear(layout: Layout) -> None:
    """No point of the band lies in a box, or beyond the sheet."""
    band = widest_band(layout, 6.5)
    em = band.size_pt * 25.4 / 72
    sine, cosine = math.sin(math.radians(band.angle_deg)), math.cos(math.radians(band.angle_deg))
    photo, qr = layout.photo, layout.qr
    boxes = [(photo.x, photo.y, photo.x + photo.width, photo.y + photo.height)] if photo else []
    boxes += [(qr.x, qr.y, qr.x + qr.size, qr.y + qr.size)] if qr else []
    for along in range(66):
        for up in (-0.12, 0.2, 0.5, 0.86):
            a, b = along / 10 * em, up * em
            x = band.x + a * cosine - b * sine
            y = band.baseline - a * sine - b * cosine
            assert 0 < x < layout.width
            assert 0 < y < layout.height
            for x0, y0, x1, y1 in boxes:
                inside = x0 - CLEAR < x < x1 + CLEAR and y0 - CLEAR < y < y1 + CLEAR
                assert not inside


def test_a_side_that_is_all_picture_still_has_a_mark() -> None:
    sample = supervisor_2020.FRONT
    assert sample.photo is not None
    full = replace(sample, photo=replace(sample.photo, x=0, y=0, width=80, height=110))
    band = widest_band(full, 6.5)
    assert (band.x, band.baseline, band.angle_deg) == (6, 55, 0)
    assert band.size_pt > 5


def test_the_qr_code_still_reads_and_the_print_file_is_sound(filed: Filed) -> None:
    pack, folder = filed
    for specimen in pack.specimens:
        document = pypdfium2.PdfDocument(specimen.data)
        try:
            assert specimen.style.holder.code in str(read_qr(picture_of(document, 0, 200)))
        finally:
            document.close()
        if specimen.edition is PRINT:
            assert preflight(folder / specimen.file) == ()


def test_the_same_day_gives_the_same_bytes_and_another_day_others(tmp_path: Path) -> None:
    agency = an_employer(tmp_path, branches={})
    one, again = ([s.data for s in specimens(agency, fonts(), DAY)] for _ in range(2))
    assert one == again
    other = [s.data for s in specimens(agency, fonts(), DAY.replace(day=2))]
    assert all(first != second for first, second in zip(one, other, strict=True))


def test_the_filed_scope_gives_occupation_and_level(tmp_path: Path) -> None:
    agency = an_employer(tmp_path)
    assert holder_of(agency, None, DAY).record.level is Level.THREE
    elsewhere = ScopeEntry("钳工", None, frozenset({Level.ONE}), sites=frozenset({"other"}))
    here = ScopeEntry("焊工", "电焊工", frozenset({Level.FIVE, Level.FOUR}))
    record = holder_of(replace(agency, scope=(elsewhere, here)), None, DAY).record
    assert (record.occupation, record.job, record.level) == ("焊工", "电焊工", Level.FIVE)


def test_a_withdrawn_form_has_nothing_to_file(tmp_path: Path) -> None:
    """不再使用: 人社鉴发〔2021〕1号 五(一)."""
    agency = the_other_forms(tmp_path)["form-2019"].agency
    with pytest.raises(InputError, match="withdrawn") as refused:
        list(specimens(agency, fonts(), DAY))
    assert "人社鉴发〔2021〕1号 五(一)" in refused.value.said.zh


def test_a_style_that_is_not_public_says_so_on_the_page(tmp_path: Path) -> None:
    form = the_other_forms(tmp_path)["veterans"]
    (page,) = [Composer(form.agency, None, fonts(), mark=MARK).page(form.record, form.code)]
    labels = [item.text for item in page.items if isinstance(item, TextRun) and item.bold]
    assert "".join(labels).startswith("未经证实 UNCONFIRMED")
    assert form.agency.form is FormId.VETERANS_2024


def test_a_mark_lies_over_the_ground_and_under_the_words(tmp_path: Path) -> None:
    form = the_other_forms(tmp_path)["special-ability"]
    items = Composer(form.agency, None, fonts(), mark=MARK).statics
    kinds = [type(item) for item in items]
    first_text = next(at for at, kind in enumerate(kinds) if kind is TextRun)
    last_shape = max(at for at, kind in enumerate(kinds) if kind is Shape)
    assert last_shape < kinds.index(Mark) < first_text
