"""Reading DOCX and PPTX: every part, hidden or not; and their pages as LibreOffice lays them out."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.design_samples import office, pages
from tests.design_samples.pages import Plant, Way
from tests.render.builders import run
from tests.verify.design.finding import WORD, the_one
from verify.design.design import Channel, Design, Format, Hiding, Painted
from verify.design.finding import Kind
from verify.design.linter import lint
from verify.design.profiles import combined
from verify.design.read import read

Reads = Callable[[str, bytes], Design]


@pytest.mark.parametrize("way", sorted(office.DOCX_WAYS - {Way.ALT_TEXT}))
def test_nothing_planted_in_any_part_of_a_docx_is_missed(way: Way, reads: Reads) -> None:
    design = reads("a.docx", office.docx(pages.a_page(), [Plant(WORD, way)]))
    assert design.source.format is Format.DOCX
    assert the_one(design)


@pytest.mark.parametrize("way", sorted(office.PPTX_WAYS))
def test_nothing_planted_in_any_part_of_a_pptx_is_missed(way: Way, reads: Reads) -> None:
    design = reads("a.pptx", office.pptx(pages.a_page(), [Plant(WORD, way)]))
    assert design.source.format is Format.PPTX
    assert the_one(design)


@pytest.mark.parametrize(
    ("way", "hiding"),
    [
        (Way.WHITE, Hiding.SAME_COLOUR),
        (Way.MARKED_HIDDEN, Hiding.MARKED_HIDDEN),
        (Way.TINY, Hiding.TINY),
        (Way.DELETED, Hiding.DELETED),
    ],
)
def test_a_docx_says_how_its_text_hides(way: Way, hiding: Hiding, reads: Reads) -> None:
    (run,) = the_one(reads("a.docx", office.docx(pages.a_page(), [Plant(WORD, way)])))
    assert (run.painted, run.hiding) == (Painted.UNPAINTED, (hiding,))


@pytest.mark.parametrize(
    ("way", "channel"),
    [
        (Way.COMMENT, Channel.ANNOTATION),
        (Way.TITLE, Channel.METADATA),
        (Way.PROPERTY, Channel.METADATA),
        (Way.HEADER, Channel.PAGE),
        (Way.FOOTNOTE, Channel.PAGE),
        (Way.TEXT_BOX, Channel.PAGE),
    ],
)
def test_a_docx_says_on_which_way_its_text_comes(way: Way, channel: Channel, reads: Reads) -> None:
    block = the_one(reads("a.docx", office.docx(pages.a_page(), [Plant(WORD, way)])))
    assert {run.channel for run in block} == {channel}


def test_alternative_text_of_a_picture_is_read(reads: Reads) -> None:
    design = reads("a.docx", office.docx(pages.a_page(), [Plant(WORD, Way.ALT_TEXT)]))
    runs = [run for run in design.runs if run.text == WORD]
    assert len(runs) == 3  # of three pictures
    assert {run.channel for run in runs} == {Channel.PART}


def test_sizes_and_faces_are_those_the_document_declares(reads: Reads) -> None:
    (title,) = the_one(reads("a.docx", office.docx(pages.a_page())), "职业技能等级证书")
    assert (title.face, title.size_pt) == ("FandolKai-Regular", 30)


def test_without_a_layout_places_are_undecided(reads: Reads) -> None:
    design = reads("a.docx", office.docx(pages.a_page()))
    assert [one.reason for one in design.undecided] == ["no-geometry"]
    assert (round(design.pages[0].width), round(design.pages[0].height)) == (297, 210)


def test_libreoffice_lays_a_docx_out_and_hidden_text_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "样式.docx"
    plants = [Plant(WORD, Way.MARKED_HIDDEN), Plant("全国通用", Way.WHITE)]
    path.write_bytes(office.docx(pages.a_page(), plants))
    design = read(path)
    assert design.source.converted_by == "LibreOffice"
    (title,) = the_one(design, "职业技能等级证书")
    assert title.painted is Painted.PAINTED
    assert title.boxes[0].x0 == pytest.approx(38.9, abs=0.5)
    assert title.size_pt == pytest.approx(30, abs=0.1)
    assert the_one(design)[0].hiding == (Hiding.MARKED_HIDDEN,)
    assert the_one(design, "全国通用")[0].hiding == (Hiding.SAME_COLOUR,)
    assert [code.text[:8] for code in design.codes] == ["https://"]
    assert [graphic.near_round for graphic in design.graphics].count(True) == 1
    assert design.rendition is not None


def test_faces_that_libreoffice_chose_accuse_nobody(tmp_path: Path) -> None:
    """An old .doc has no faces of its own once converted: what this machine lacks is set in another."""
    (tmp_path / "design.docx").write_bytes(office.docx(pages.a_page()))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    done = run(
        [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            "doc",
            "--outdir",
            tmp_path,
            tmp_path / "design.docx",
        ]
    )
    assert done.returncode == 0, done.stderr
    design = read(tmp_path / "design.doc")
    assert {run.face for page in design.pages for run in page.runs} == {""}
    assert "converted" in {note.reason for note in design.undecided}
    report = lint(design, combined(("national-2021",)))
    assert not [finding for finding in report.findings if finding.kind is Kind.ERROR]
