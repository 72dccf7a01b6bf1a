"""QR codes (二维码) on the finished page: read back by another library from the drawn page."""

from collections.abc import Iterator
from typing import Any

import pypdfium2
import pytest
import qrcode
import zxingcpp

from certgen.compose import qr_text
from certgen.exchange.agency import QrProfile
from certgen.model.page import Qr
from certgen.render.qr import encode
from certgen.standards import addresses
from tests.render.builders import CODE, Form, a_portrait, a_record, an_agency

TEXTS = {
    QrProfile.CODE: CODE,
    QrProfile.OFFICIAL: addresses.CERTIFICATE_QUERY,
    QrProfile.OWN_HOST: f"https://cert.yunhe.example/c/{CODE}",
    QrProfile.SIGNED: f"https://cert.yunhe.example/c/{CODE}",  # of a preview: nothing is signed yet
}
each_profile = pytest.mark.parametrize("profile", QrProfile)


@pytest.fixture(params=["electronic", "printed"])
def drawn(profile: QrProfile, request: pytest.FixtureRequest) -> Iterator[Any]:
    """The page of a certificate at 200 dpi, less than any office scanner gives."""
    form = Form(an_agency(seals={}, qr=profile), None, (a_record(),))
    is_print = request.param == "printed"
    data = form.printed(a_portrait()) if is_print else form.electronic()
    document = pypdfium2.PdfDocument(data)
    yield document[0].render(scale=200 / 72).to_pil()
    document.close()


@each_profile
def test_the_code_on_the_page_says_what_the_profile_says(drawn: Any, profile: QrProfile) -> None:
    (found,) = zxingcpp.read_barcodes(drawn)
    assert found.text == TEXTS[profile] == qr_text(an_agency(qr=profile), CODE)
    assert found.format == zxingcpp.BarcodeFormat.QRCode
    assert found.ec_level == "M"


@each_profile
def test_the_symbol_is_no_larger_than_the_one_that_qrcode_makes(profile: QrProfile) -> None:
    reference = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    reference.add_data(TEXTS[profile])
    reference.make(fit=True)
    assert encode(TEXTS[profile]).size == len(reference.get_matrix())


@each_profile
def test_a_module_is_large_enough_for_a_phone(profile: QrProfile) -> None:
    assert 30 / (encode(TEXTS[profile]).size + 8) > 0.39  # mm: version 13, see certgen.render.qr


@each_profile
def test_the_code_is_static_only_where_it_is_the_same_for_all(profile: QrProfile) -> None:
    page = Form(an_agency(qr=profile), None, (a_record(),)).page
    (code,) = [item for item in page.items if isinstance(item, Qr)]
    assert code.static == (CODE not in code.text)
