"""Reading scans: turned upright, their true size with its tolerance, what stands on them; text is undecided."""

from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any

import pytest

from certgen.model.box import Box
from certgen.model.page import Photo, Qr, Seal
from tests.design_samples import pages, pdf, scans
from verify.design.design import Design, Format

Reads = Callable[[str, bytes], Design]


@cache
def a_pdf() -> bytes:
    return pdf.drawn(pages.a_page())


SCANS: dict[str, dict[str, Any]] = {
    "straight": {},
    "turned": {"skew_deg": 1.7},
    "noisy JPEG": {"form": "JPEG", "noise": 5, "skew_deg": -2.3, "dpi": 150},
    "on a dark ground": {"border_mm": 15, "skew_deg": 1.3, "dpi": 150},
    "TIFF without a tag": {
        "form": "TIFF",
        "border_mm": 20,
        "skew_deg": -3,
        "tag": False,
        "dpi": 150,
    },
}


@pytest.mark.parametrize("scan", SCANS)
def test_size_and_places_are_those_of_the_sheet(scan: str, reads: Reads) -> None:
    page = pages.a_page()
    design = reads("scan", scans.scanned(a_pdf(), **SCANS[scan]))
    (found,) = design.pages
    assert design.source.format is Format.PICTURE
    assert found.size_basis == ("sheet edges" if "border_mm" in SCANS[scan] else "dpi tag")
    assert found.width == pytest.approx(297, abs=0.5)
    assert found.height == pytest.approx(210, abs=0.5)
    seal = next(item for item in page.items if isinstance(item, Seal))
    (round_,) = [graphic for graphic in found.graphics if graphic.near_round]
    assert round_.box == pytest.approx(box_of(seal, seal.size, seal.size), abs=1.0)
    qr = next(item for item in page.items if isinstance(item, Qr))
    (code,) = found.codes
    assert code.text == qr.text
    assert Box(*box_of(qr, qr.size, qr.size)).grown(0.5).overlap(code.box) == pytest.approx(
        code.box.width * code.box.height
    )
    photo = next(item for item in page.items if isinstance(item, Photo))
    inside = Box(*box_of(photo, photo.width, photo.height)).grown(1)
    assert any(graphic.box.overlap(inside) > 400 for graphic in found.graphics)


def box_of(item: Any, width: float, height: float) -> tuple[float, float, float, float]:
    return item.x, item.y, item.x + width, item.y + height


def test_the_text_of_a_scan_is_undecided(reads: Reads) -> None:
    design = reads("scan.png", scans.scanned(a_pdf(), dpi=100))
    assert [one.reason for one in design.undecided] == ["image-only"]
    assert list(design.runs) == []


def test_a_picture_without_a_tag_counts_as_a4_with_a_tolerance(reads: Reads) -> None:
    (page,) = reads("scan.png", scans.scanned(a_pdf(), dpi=100, tag=False)).pages
    assert (page.size_basis, page.width, page.height) == ("assumed", 297, 210)
    assert page.size_tolerance > 5


def test_a_picture_in_a_pdf_is_as_undecided_as_a_scan(reads: Reads) -> None:
    made = BytesIO()
    scans.picture(a_pdf(), dpi=100).save(made, "PDF", resolution=100)
    design = reads("scan.pdf", made.getvalue())
    assert "image-only" in {one.reason for one in design.undecided}
