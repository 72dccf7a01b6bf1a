"""The electronic certificate (电子证书) is sound PDF and says PDF/A-2b of itself with every key in place."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tests.render.builders import CODE, FORMS, RARE, pdfbox_codes, run

each_form = pytest.mark.parametrize("name", FORMS)


@pytest.fixture
def pdf(name: str, electronic: dict[str, Path]) -> Iterator[Any]:
    with pikepdf.open(electronic[name]) as file:
        assert file.get_warnings() == []
        yield file


@each_form
@pytest.mark.parametrize("edition", ["electronic", "printed"])
def test_qpdf_finds_no_fault(name: str, edition: str, request: pytest.FixtureRequest) -> None:
    done = run(["qpdf", "--check", request.getfixturevalue(edition)[name]])
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "No syntax or stream encoding errors found" in done.stdout


@each_form
@pytest.mark.parametrize("edition", ["electronic", "printed"])
def test_mupdf_opens_and_draws_without_a_warning(
    name: str, edition: str, request: pytest.FixtureRequest
) -> None:
    file = request.getfixturevalue(edition)[name]
    done = run(["mutool", "draw", "-r", "30", "-F", "png", "-o", "/dev/null", file, "1"])
    said = [
        line
        for line in done.stderr.splitlines()
        if re.match("warning|error", line) and "ICC support is not available" not in line
    ]
    assert (done.returncode, said) == (0, [])


@each_form
def test_pdfbox_finds_only_what_part_1_alone_forbids(
    name: str, electronic: dict[str, Path]
) -> None:
    assert pdfbox_codes(electronic[name]) == set()


@each_form
def test_the_metadata_says_pdf_a_2b_and_agrees_with_the_information_dictionary(pdf: Any) -> None:
    assert str(pdf.docinfo.CreationDate) == str(pdf.docinfo.ModDate) == "D:20260115093000Z"
    with pdf.open_metadata() as xmp:
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("2", "B")
        assert xmp["dc:title"] == str(pdf.docinfo.Title) == f"职业技能等级证书 {CODE}"
        assert xmp["dc:creator"] == [str(pdf.docinfo.Author)]
        assert xmp["pdf:Producer"] == str(pdf.docinfo.Producer) == "certgen"
        assert xmp["xmp:CreateDate"] == xmp["xmp:ModifyDate"] == "2026-01-15T09:30:00Z"
    assert "/Filter" not in pdf.Root.Metadata


@each_form
def test_the_output_intent_is_srgb_with_its_profile(pdf: Any) -> None:
    (intent,) = pdf.Root.OutputIntents
    assert intent.S == "/GTS_PDFA1"
    assert str(intent.OutputConditionIdentifier) == "sRGB IEC61966-2.1"
    profile = intent.DestOutputProfile
    data = profile.read_bytes()
    assert profile.N == 3
    assert (data[8] in {2, 4}, data[12:20], data[36:40]) == (True, b"mntrRGB ", b"acsp")
    assert int.from_bytes(data[:4]) == len(data)


def streams(pdf: Any) -> Iterator[Any]:
    return (item for item in pdf.objects if isinstance(item, pikepdf.Stream))


@each_form
def test_every_colour_is_grey_or_rgb(pdf: Any) -> None:
    allowed = {"g", "G", "rg", "RG"}
    colours = {"g", "G", "rg", "RG", "k", "K", "cs", "CS", "sc", "SC", "scn", "SCN", "sh"}
    used = {str(operator) for _, operator in operations(pdf)}
    assert used & colours <= allowed
    for image in (item for item in streams(pdf) if item.get("/Subtype") == "/Image"):
        assert image.ColorSpace in {"/DeviceRGB", "/DeviceGray"}
        assert not image.get("/Interpolate", False)


def operations(pdf: Any) -> Iterator[Any]:
    for page in pdf.pages:
        yield from pikepdf.parse_content_stream(page)
    for form in (item for item in streams(pdf) if item.get("/Subtype") == "/Form"):
        yield from pikepdf.parse_content_stream(form)


@each_form
def test_every_font_is_embedded_as_a_subset_with_its_widths(pdf: Any) -> None:
    fonts = pdf.pages[0].Resources.Font
    assert len(fonts) >= 3
    for font in fonts.values():
        (descendant,) = font.DescendantFonts
        assert (font.Subtype, descendant.Subtype) == ("/Type0", "/CIDFontType2")
        assert re.fullmatch(r"/[A-Z]{6}\+[A-Za-z0-9-]+", str(font.BaseFont))
        assert font.BaseFont == descendant.BaseFont == descendant.FontDescriptor.FontName
        assert descendant.FontDescriptor.FontFile2.read_bytes()[:4] == b"\0\1\0\0"
        assert descendant.CIDToGIDMap == "/Identity"


@each_form
def test_the_signature_is_the_only_annotation_printed_and_locked(pdf: Any) -> None:
    (annotation,) = pdf.pages[0].Annots
    assert annotation.Subtype == "/Widget"
    assert annotation.F == 4 + 128  # Print and Locked: neither hidden nor turned (6.3.2)
    assert annotation.AP.keys() == {"/N"}
    assert annotation.AP.N.Subtype == "/Form"
    assert "/A" not in annotation
    assert "/AA" not in annotation


@each_form
def test_the_trailer_identifies_the_file_and_nothing_is_hidden(pdf: Any) -> None:
    first, second = pdf.trailer.ID
    assert bytes(first) == bytes(second)
    assert len(bytes(first)) == 16
    assert "/Encrypt" not in pdf.trailer
    for key in ("/AA", "/OpenAction", "/Names", "/OCProperties"):
        assert key not in pdf.Root
    filters = {str(item.get("/Filter")) for item in streams(pdf)}
    assert "/LZWDecode" not in filters


@each_form
def test_the_file_ends_at_its_only_end_mark(name: str, electronic: dict[str, Path]) -> None:
    data = electronic[name].read_bytes()
    assert data.startswith(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    assert data.endswith(b"%%EOF\n")
    assert (data.count(b"%%EOF"), data.count(b"startxref")) == (1, 1)


@each_form
def test_neither_name_nor_identity_number_is_in_the_metadata(pdf: Any) -> None:
    said = pdf.Root.Metadata.read_bytes().decode() + str(pdf.docinfo)
    assert "190000200403010112" not in said
    assert "丁一" not in said
    assert RARE not in said
