"""Reading as a whole: by content and not by name, page after page, the same in a process of its own; two engines."""

import resource
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest

from certgen.model.box import Box
from tests.design_samples import pages, pdf, scans, svg
from tests.render.builders import run, squeezed
from tests.verify.design.finding import the_one
from verify.design.design import Design, Format
from verify.design.limits import Limits
from verify.design.picture import crop_of, page_picture
from verify.design.read import read, reading


@pytest.fixture
def design_pdf(tmp_path: Path) -> Path:
    path = tmp_path / "样式.pdf"
    path.write_bytes(pdf.drawn(pages.a_page()))
    return path


def test_content_decides_and_not_the_name(tmp_path: Path) -> None:
    wrong = tmp_path / "样式.docx"
    wrong.write_text(svg.drawn(pages.a_page()), "utf-8")
    assert read(wrong, isolated=False).source.format is Format.SVG


def test_a_process_of_its_own_reads_the_same(design_pdf: Path) -> None:
    assert read(design_pdf) == read(design_pdf, isolated=False)


def test_another_engine_finds_the_same_text(design_pdf: Path) -> None:
    other = run(["pdftotext", "-raw", design_pdf, "-"]).stdout
    ours = "".join(r.text for r in read(design_pdf, isolated=False).pages[0].runs)
    assert sorted(squeezed(other)) == sorted(squeezed(ours))


def test_sixty_pages_come_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "60.pdf"
    title = pages.changed(pages.a_page(), lambda item: item if item.slot[:5] == "title" else None)
    path.write_bytes(pdf.drawn(title, pages=60))
    limits = Limits(dpi=50)
    with reading(path, limits=limits, isolated=False) as parts:
        assert parts.source.pages == 60
        first = len(next(parts.pages).runs)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        assert all(len(page.runs) == first for page in parts.pages)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 60_000  # kB


def test_a_page_and_a_crop_are_drawn_on_demand(design_pdf: Path) -> None:
    design = read(design_pdf)
    whole = page_picture(design, 1, dpi=50)
    assert whole is not None
    assert whole.size == (585, 414)
    (title,) = the_one(design, "职业技能等级证书")
    assert title.box is not None
    crop = crop_of(design, 1, title.box, dpi=100)
    assert crop is not None
    assert min(crop.convert("L").tobytes()) < 80


def test_a_turned_scan_is_drawn_upright(tmp_path: Path, design_pdf: Path) -> None:
    path = tmp_path / "scan.png"
    path.write_bytes(scans.scanned(design_pdf.read_bytes(), skew_deg=2, dpi=100))
    shown = page_picture(read(path, isolated=False), 1, dpi=50)
    assert shown is not None
    assert abs(shown.width - 585) <= 2


def damaged(design_pdf: Path, command: list[str]) -> Design:
    made = design_pdf.with_name("made.pdf")
    subprocess.run([*command, design_pdf, made], check=True, capture_output=True)  # noqa: S603 - our own files
    return read(made, isolated=False)


def test_a_password_makes_a_design_undecided(design_pdf: Path) -> None:
    assert shutil.which("qpdf")
    command = ["qpdf", "--encrypt", "open", "owner", "256", "--"]
    design = damaged(design_pdf, command)
    assert [one.reason for one in design.undecided] == ["encrypted"]
    assert design.pages == ()


def test_an_owner_password_alone_hides_nothing(design_pdf: Path) -> None:
    design = damaged(design_pdf, ["qpdf", "--encrypt", "", "owner", "256", "--"])
    assert the_one(design, "职业技能等级证书")


def test_text_without_a_mapping_is_undecided(design_pdf: Path) -> None:
    made = design_pdf.with_name("unmapped.pdf")
    with pikepdf.open(design_pdf) as opened:
        for item in opened.objects:
            if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item:
                del item["/ToUnicode"]
        opened.save(made)
    reasons = {one.reason for one in read(made, isolated=False).undecided}
    assert reasons & {"unmapped-text", "painted-pattern", "image-only"}


def test_a_rotated_page_and_a_crop_box_keep_places(design_pdf: Path) -> None:
    made = design_pdf.with_name("turned.pdf")
    with pikepdf.open(design_pdf) as opened:
        page = opened.pages[0].obj
        page.CropBox = pikepdf.Array(
            [28.3465, 28.3465, 841.89, 595.276]
        )  # 10 mm off left and bottom
        page.Rotate = 90
        opened.save(made)
    design = read(made, isolated=False)
    assert (design.pages[0].width, design.pages[0].height) == pytest.approx((200, 287), abs=0.1)
    (title,) = the_one(design, "职业技能等级证书")
    # 38.9 mm from the left and 10.2 high at 37: turned clockwise, x counts from the lower edge.
    assert title.box is not None
    assert title.box == pytest.approx(Box(160.9, 28.9, 172.3, 113.6), abs=1.5)
    assert title.angle_deg == 90
