"""Signed while it is written; the same plan, record, photo and time give the same bytes."""

import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from certgen.compose import Composer
from certgen.errors import InputError, SigningError
from certgen.render import plan_file
from certgen.render.stamp import Portrait, Stamper
from certgen.sign.cms import Signer
from tests.render.builders import (
    CODE,
    FORMS,
    MADE,
    RARE,
    Form,
    a_key,
    a_portrait,
    a_record,
    composer,
)

KEYS = ("P-256", "RSA-2048")


def status_of(data: bytes, kind: str) -> tuple[Any, Any]:
    """The signature and what pyHanko, trusting the sample root alone, says of it."""
    (embedded,) = PdfFileReader(io.BytesIO(data)).embedded_signatures
    root = asn1_x509.Certificate.load(a_key(kind).chain[0].public_bytes(Encoding.DER))
    return embedded, validate_pdf_signature(embedded, ValidationContext(trust_roots=[root]))


@pytest.mark.parametrize("kind", KEYS)
@pytest.mark.parametrize("name", FORMS)
def test_pyhanko_trusts_the_signature_and_the_whole_file_under_it(
    name: str, kind: str, forms: dict[str, Form]
) -> None:
    data = forms[name].electronic(Signer(a_key(kind)))
    embedded, status = status_of(data, kind)
    assert status.bottom_line
    assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    assert embedded.docmdp_level is MDPPerm.NO_CHANGES
    assert embedded.field_name == "AgencySeal"
    assert status.signer_reported_dt == MADE


@pytest.mark.parametrize("kind", KEYS)
def test_a_byte_changed_in_the_photo_breaks_the_signature(
    kind: str, forms: dict[str, Form]
) -> None:
    data = forms["style-1"].electronic(Signer(a_key(kind)))
    at = data.index(a_portrait().jpeg) + len(a_portrait().jpeg) // 2
    _, status = status_of(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :], kind)
    assert not status.bottom_line


def test_the_byte_range_leaves_out_only_the_signature(electronic: dict[str, Path]) -> None:
    data = electronic["style-1"].read_bytes()
    (found,) = re.findall(rb"/ByteRange\[([0-9 ]+)\] */Contents<", data)
    zero, first, second, rest = map(int, found.split())
    assert (zero, second + rest) == (0, len(data))
    assert (data[first : first + 1], data[second - 1 : second]) == (b"<", b">")
    assert re.fullmatch(rb"<[0-9a-f]+>", data[first:second])


def test_the_seal_is_the_visible_appearance(electronic: dict[str, Path]) -> None:
    with pikepdf.open(electronic["style-2"]) as pdf:
        (annotation,) = pdf.pages[0].Annots
        image = annotation.AP.N.Resources.XObject.Seal
        assert image.SMask.Width == 300  # no finer than the picture the agency gave
        assert image.read_bytes()[0] == 200  # the agency's red, not the branch's
        assert pdf.Root.Perms.DocMDP.objgen == annotation.V.objgen


@pytest.mark.parametrize("kind", KEYS)
def test_stamping_twice_gives_equal_bytes(kind: str, forms: dict[str, Form]) -> None:
    form, signer = forms["style-2-everything"], Signer(a_key(kind))
    assert form.electronic(signer) == form.electronic(signer)


def test_another_row_in_between_changes_nothing(forms: dict[str, Form], signer: Signer) -> None:
    form = forms["style-2-everything"]
    stamper = Stamper(form.plan(), form.composer, signer)
    one, other = form.records[:2]
    first = stamper.stamp(one, CODE, a_portrait(), MADE)
    stamper.stamp(other, CODE[:-1] + "2", a_portrait(), MADE)
    assert stamper.stamp(one, CODE, a_portrait(), MADE) == first


@pytest.mark.parametrize("name", FORMS)
def test_a_saved_plan_stamps_the_same_bytes_without_the_fonts(
    name: str, forms: dict[str, Form], electronic: dict[str, Path], tmp_path: Path, signer: Signer
) -> None:
    form = forms[name]
    digest = plan_file.save(form.plan(), tmp_path)
    plan = plan_file.load(digest, tmp_path)
    again = Stamper(plan, Composer(form.agency, form.branch, plan.fontset()), signer)
    stamped = again.stamp(form.record, CODE, a_portrait(), MADE)
    assert stamped.data == electronic[name].read_bytes()


def test_the_same_plan_is_the_same_file(forms: dict[str, Form], tmp_path: Path) -> None:
    form = forms["style-1"]
    assert plan_file.save(form.plan(), tmp_path) == plan_file.save(form.plan(), tmp_path)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_changed_plan_is_refused(forms: dict[str, Form], tmp_path: Path) -> None:
    digest = plan_file.save(forms["style-1"].plan(), tmp_path)
    path = tmp_path / f"{digest}.plan"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(InputError, match="was altered"):
        plan_file.load(digest, tmp_path)


def test_a_lost_plan_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="plan 000000000000 is not in folder"):
        plan_file.load("0" * 64, tmp_path)


def test_a_plan_of_another_format_is_refused(
    forms: dict[str, Form], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = plan_file.to_bytes(forms["style-1"].plan())
    monkeypatch.setattr(plan_file, "FORMAT", 99)
    with pytest.raises(InputError, match=r"plan format .* is not supported"):
        plan_file.from_bytes(data)


def test_a_batch_planned_with_a_signature_is_not_stamped_without_one(
    forms: dict[str, Form],
) -> None:
    form = forms["style-1"]
    with pytest.raises(SigningError, match="no key is given"):
        Stamper(form.plan(signed=True), form.composer, None)


def test_without_a_key_the_file_has_no_field_and_shows_the_seal(forms: dict[str, Form]) -> None:
    with pikepdf.open(io.BytesIO(forms["style-2"].electronic())) as pdf:
        assert "/AcroForm" not in pdf.Root
        assert "/Annots" not in pdf.pages[0]
        assert {"/SealAgency", "/SealBranch"} <= set(pdf.pages[0].Resources.XObject.keys())


@pytest.mark.parametrize("photo", [True, False])
def test_a_photo_travels_as_it_is_or_its_place_stays_white(
    forms: dict[str, Form], *, photo: bool
) -> None:
    form = forms["style-1"]
    portrait: Portrait | None = a_portrait() if photo else None
    plan = form.plan(signed=False)
    data = Stamper(plan, form.composer, None).stamp(form.record, CODE, portrait, MADE).data
    assert (a_portrait().jpeg in data) == photo
    assert (b"/Photo" in data) == photo


def mapped(font: Any) -> set[str]:
    """The characters that a font of a file can show."""
    blocks = font.ToUnicode.read_bytes().decode().partition("endcodespacerange")[2]
    found = re.findall(r"<[0-9A-F]{4}> <([0-9A-F]+)>", blocks)
    return {bytes.fromhex(code).decode("utf-16-be") for code in found}


OTHERS = (RARE, "骉犇猋麤", "龘靐齉爨")  # names of three holders, no character in common


@pytest.fixture(scope="module")
def three(forms: dict[str, Form], signer: Signer) -> list[bytes]:
    """The files of three holders with rare names, among twenty rows with one name."""
    records = [
        a_record(name="王" + name, identity_number=f"SAMPLE{n}") for n, name in enumerate(OTHERS)
    ]
    form = replace(forms["style-1"], records=(*records, *[a_record(name="丁一")] * 17))
    stamper = Stamper(form.plan(), form.composer, signer)
    return [stamper.stamp(one, CODE, a_portrait(), MADE).data for one in records]


@pytest.mark.parametrize("nth", range(3))
def test_a_rare_glyph_travels_in_a_small_font_of_its_own(three: list[bytes], nth: int) -> None:
    with pikepdf.open(io.BytesIO(three[nth])) as pdf:
        fonts = pdf.pages[0].Resources.Font
        rare = [font for name, font in fonts.items() if name.startswith("/R")]
        shown = set().union(*map(mapped, rare))
        assert set(OTHERS[nth]) <= shown
        assert (
            max(len(font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()) for font in rare)
            < 8000
        )


@pytest.mark.parametrize("nth", range(3))
def test_no_file_holds_a_name_number_or_glyph_of_another_holder(
    three: list[bytes], nth: int
) -> None:
    others = "".join(name for n, name in enumerate(OTHERS) if n != nth)
    with pikepdf.open(io.BytesIO(three[nth])) as pdf:
        fonts = pdf.pages[0].Resources.Font.values()
        assert set().union(*map(mapped, fonts)).isdisjoint(others)
        for font in fonts:
            file = font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()
            assert glyphs_in(file) == len(mapped(font)) + 1  # and .notdef
        content = b"".join(
            item.read_bytes()
            for item in pdf.objects
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") != "/Image"
        )
    assert "SAMPLE" not in content.decode("latin-1")


def glyphs_in(truetype: bytes) -> int:
    """The number of glyphs that `maxp` counts."""
    at = 12
    while truetype[at : at + 4] != b"maxp":
        at += 16
    offset = int.from_bytes(truetype[at + 8 : at + 12])
    return int.from_bytes(truetype[offset + 4 : offset + 6])


def test_the_static_layer_is_shared_and_the_rest_small(three: list[bytes]) -> None:
    shared = len(three[0]) - len(a_portrait().jpeg)
    start = next(i for i, (a, b) in enumerate(zip(three[0], three[1], strict=False)) if a != b)
    assert start > 0.75 * shared


def test_a_fallback_face_is_reported_for_the_self_check(forms: dict[str, Form]) -> None:
    form = forms["style-1"]
    stamper = Stamper(form.plan(signed=False), composer(), None)
    assert not stamper.stamp(form.record, CODE, None, MADE).rare
    rare = forms["style-2-everything"]
    stamper = Stamper(rare.plan(signed=False), rare.composer, None)
    assert stamper.stamp(rare.record, CODE, None, MADE).rare
