"""Where the extra is missing, reading by OCR says so instead of finding nothing."""

from pathlib import Path

import pytest

from certgen.errors import InputError
from tests.design_samples import pages, pdf, scans
from verify.design.design import Channel
from verify.design.limits import Limits
from verify.design.read import read
from verify.page import ocr


def test_a_scan_is_read_by_ocr_or_the_extra_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "scan.png"
    path.write_bytes(scans.scanned(pdf.drawn(pages.a_page()), dpi=150, skew_deg=1))
    limits = Limits(ocr=True)
    if not ocr.installed():
        with pytest.raises(InputError, match="OCR extra is not installed"):
            read(path, limits=limits, isolated=False)
        return
    design = read(path, limits=limits, isolated=False)
    texts = {run.text for run in design.runs if run.channel is Channel.OCR}
    assert "职业技能等级证书" in texts
    assert any(run.where == "seal ring" for run in design.runs)
    assert "image-only" in {one.reason for one in design.undecided}
