"""Generate, print, photograph, verify: lawful certificates in every form come out VALID, and none INVALID."""

import io
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageFilter

from certgen.exchange.agency import SealSide
from tests.render.builders import EVERYTHING, LONGEST
from tests.verify.world import CODE, NOW, a_trust, certificate, rasterised, signed
from verify.page import ocr
from verify.pipeline import verify_pdf, verify_photo
from verify.report import Report
from verify.verdict import Verdict

FORMS: dict[str, dict[str, Any]] = {
    "style 1": {},
    "style 1, seal left": {"agency": {"seal_side": SealSide.LEFT}},
    "style 2": {"branch": "zezhou"},
    "style 2, everything": {
        "branch": "zezhou",
        "agency": {key: value for key, value in EVERYTHING.items() if key != "name"},
        "print_number": "88000005",
    },
    "longest name, no job": {"name": LONGEST, "job": None},
    "a rare character": {"name": "王𬭎"},
    "a minority name": {"name": "阿卜杜拉·买买提", "branch": "zezhou"},
}


def made(form: str) -> bytes:
    changes = FORMS[form]
    named = {key: changes[key] for key in ("name", "job") if key in changes}
    return certificate(signed(**named), CODE, **changes)


def photographed(pdf: bytes, seed: int = 1, *, tilt: float = 0.04) -> bytes:
    """On a table, by hand: tilted, blurred, unevenly lit, noisy, JPEG 80."""
    rng = np.random.default_rng(seed)
    page = Image.open(io.BytesIO(rasterised(pdf, 220))).convert("RGB")
    wide, high = page.size
    # Corners of the page in the photo: the farther side is shorter.
    dx, dy = tilt * wide, tilt * high
    corners = (dx, dy / 2, 0.0, high, wide, high + dy / 3, wide - dx / 2, 0.0)
    seen = page.transform((wide, high), Image.Transform.QUAD, corners, fillcolor=(190, 180, 170))
    light = np.asarray(seen.filter(ImageFilter.GaussianBlur(0.9)), float)
    light *= np.linspace(0.82, 1.0, wide)[None, :, None]
    noisy = np.clip(light + rng.normal(0, 3, light.shape), 0, 255).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(noisy).save(out, "JPEG", quality=80)
    return out.getvalue()


def failed(report: Report) -> list[tuple[str, Any]]:
    return [(one.check, one.reason) for one in report.evidence if one.outcome == "failed"]


@pytest.mark.parametrize("form", FORMS)
def test_a_photographed_certificate_is_valid(form: str) -> None:
    report = verify_photo(photographed(made(form)), a_trust(), NOW, ocr=False)
    assert report.verdict is Verdict.VALID, failed(report)


@pytest.mark.parametrize("form", FORMS)
def test_its_pdf_is_valid_and_its_text_agrees_in_every_field(form: str) -> None:
    report = verify_pdf(made(form), a_trust(), NOW, ocr=False)
    assert report.verdict is Verdict.VALID, failed(report)
    compared = [one for one in report.evidence if 220 <= one.number < 229]
    assert [one.check for one in compared if one.outcome != "passed"] == []
    assert len(compared) == 8


@pytest.mark.skipif(not ocr.installed(), reason="the OCR extra is not installed")
def test_its_printed_text_is_read_off_a_photo_that_lies_on_its_head_and_agrees() -> None:
    picture = Image.open(io.BytesIO(photographed(made("style 2"), tilt=0.03)))
    out = io.BytesIO()
    picture.rotate(180).save(out, "JPEG", quality=90)
    report = verify_photo(out.getvalue(), a_trust(), NOW, ocr=True)
    assert report.verdict is not Verdict.INVALID
    outcomes = {one.check: one.outcome for one in report.evidence if 220 <= one.number < 229}
    told = [check for check, outcome in outcomes.items() if outcome == "passed"]
    assert {"page/code", "page/identity-tail", "page/level", "page/issue-date"} <= set(told)
    assert "failed" not in set(outcomes.values()), failed(report)


@pytest.mark.skipif(not ocr.installed(), reason="the OCR extra is not installed")
def test_what_ocr_sees_to_differ_asks_for_eyes_and_never_condemns() -> None:
    altered: dict[str, Any] = {"name": "丁二", "level": 1, "identity_number": "190000200403010139"}
    paper = rasterised(certificate(signed(), CODE, **altered), 150)
    report = verify_photo(paper, a_trust(), NOW, ocr=True)
    assert report.verdict is Verdict.INDETERMINATE
    assert {
        ("page/name", "ocr-near"),
        ("page/level", "ocr-differs"),
        ("page/identity-tail", "ocr-differs"),
    } <= set(failed(report))


def test_ocr_is_not_loaded_before_it_is_asked_for() -> None:
    program = "import sys, verify.pipeline, verify.page.ocr; print({'rapidocr'} & set(sys.modules))"
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"
