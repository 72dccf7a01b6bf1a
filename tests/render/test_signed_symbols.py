"""The symbols of signed QR codes: as small as they can be, read by two libraries, never too small for a phone."""

from datetime import date

import people
import pytest
import qrcode
import zxingcpp
from people import Holder
from PIL import Image
from pyzbar import pyzbar
from qrcode import base
from qrcode.constants import ERROR_CORRECT_H, ERROR_CORRECT_M, ERROR_CORRECT_Q

from certgen.errors import PayloadError
from certgen.exchange import payload, qr_address
from certgen.exchange.payload import Claims
from certgen.render.qr import LARGEST, Symbol, encode, segments
from certgen.standards.identity_types import IdentityType
from tests.exchange.signing import CODE, HOST, KEYS

HOLDERS = people.EMPLOYER_MAIN + people.EMPLOYER_BRANCH + people.SCHOOL
SLOT = 36  # Han characters that a value's two lines hold at the official size
LONGEST_HOST = "c" * 60 + ".cn"


def signed(holder: Holder, host: str = "cert.yunhe.example") -> str:
    claims = Claims(
        holder.name,
        holder.kind,
        payload.last_four(holder.number),
        holder.trade.occupation,
        holder.trade.job,
        holder.issued,
        48213,
    )
    code = f"S000041019999{holder.issued:%y}{holder.level:d}000001"
    return payload.sign(host, code, claims, KEYS["es256"])


def of_length(name: str, occupation: str, job: str, host: str = HOST) -> str:
    claims = Claims(
        name,
        IdentityType.RESIDENT_CARD,
        "002X",
        occupation,
        job,
        date(2026, 12, 31),
        payload.MAX_INDEX,
    )
    return payload.sign(host, CODE, claims, KEYS["es256"])


def picture(symbol: Symbol, scale: int = 4) -> Image.Image:
    """Drawn from the path, by the hand of the test."""
    size = symbol.size + 8
    image = Image.new("L", (size, size), 255)
    for line in symbol.path.split("re"):
        if line.strip():
            x, y, width, _ = map(int, line.split())
            image.paste(0, (x + 4, y + 4, x + 4 + width, y + 5))
    return image.resize((size * scale, size * scale), Image.Resampling.NEAREST)


def test_the_samples_have_the_versions_that_the_docs_state() -> None:
    versions = [encode(signed(holder)).version for holder in HOLDERS]
    counts = {version: versions.count(version) for version in set(versions)}
    assert counts == {8: 10, 9: 43, 10: 5, 11: 2}


@pytest.mark.parametrize("holder", HOLDERS[::6], ids=lambda holder: str(holder.name))
def test_both_readers_read_what_was_signed(holder: Holder) -> None:
    text = signed(holder)
    image = picture(encode(text))
    assert [code.text for code in zxingcpp.read_barcodes(image)] == [text]
    assert [code.data.decode("ascii") for code in pyzbar.decode(image)] == [text]


@pytest.mark.parametrize("holder", HOLDERS[::12], ids=lambda holder: str(holder.name))
def test_the_symbol_is_no_larger_than_qrcode_makes_it_and_far_smaller_than_without_splitting(
    holder: Holder,
) -> None:
    text = signed(holder)
    sizes = []
    for optimize in (20, 0):  # 20 is its default; 0 puts all of the text into one segment
        code = qrcode.QRCode(error_correction=ERROR_CORRECT_M)
        code.add_data(text, optimize=optimize)
        sizes.append(code.best_fit(start=1))
    assert encode(text).version <= sizes[0]
    assert sizes[1] >= encode(text).version + 4


def test_the_digits_are_digits_in_the_symbol_and_the_address_is_not() -> None:
    text = signed(HOLDERS[0])
    before, digits = text.split("#")
    assert segments(text) == [before[:-21], before[-21:], "#", digits]


@pytest.mark.parametrize("version", range(5, LARGEST + 1))
def test_what_needs_a_version_at_level_m_never_fits_it_at_a_stronger_one(version: int) -> None:
    def room(version: int, level: int) -> int:
        return sum(block.data_count for block in base.rs_blocks(version, level))

    for level in (ERROR_CORRECT_Q, ERROR_CORRECT_H):
        assert room(version, level) <= room(version - 1, ERROR_CORRECT_M)


@pytest.mark.parametrize("host", [HOST, LONGEST_HOST])
@pytest.mark.parametrize("text", ["测" * SLOT, "A" * 2 * SLOT, "测" * (SLOT - 1) + "䶮"])
def test_nobody_is_refused_for_length(host: str, text: str) -> None:
    whole = of_length(text, text, text, host)
    symbol = encode(whole)
    assert symbol.version <= 13
    (found,) = zxingcpp.read_barcodes(picture(symbol))
    assert found.text == whole
    assert found.ec_level in {"L", "M"}


def test_what_no_symbol_holds_is_refused_where_it_is_signed() -> None:
    for count in range(30, 200):
        text = "测" * count
        try:
            whole = of_length(text, text, text, LONGEST_HOST)
        except PayloadError as error:
            assert error.reason == "too-long"  # noqa: PT017 -- after every shorter one was drawn
            return
        assert qr_address.fits(whole)
        assert encode(whole).version <= 13
    pytest.fail("nothing is ever too long")
