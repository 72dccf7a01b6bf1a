"""The print edition (纸质证书): CMYK, text in 100 K, boxes that nest, marks outside the bleed, written as it grows."""

import hashlib
import io
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from certgen.exchange.agency import SealSide
from certgen.render import pictures
from certgen.render.marks import BLEED_MM, MARGIN_MM, MARK_GAP_MM
from certgen.render.paper import PrintFile
from tests.render.builders import (
    CODE,
    FORMS,
    MADE,
    PHOTO_BLUE,
    Form,
    a_portrait,
    a_record,
    an_agency,
    draw_seals,
    run,
    squeezed,
)

MM = 25.4 / 72
A4 = (297.0, 210.0)
each_form = pytest.mark.parametrize("name", FORMS)

NOT_CMYK = {"rg", "RG", "cs", "CS", "sc", "SC", "scn", "SCN", "sh", "g", "G", "BI"}


@pytest.fixture
def pdf(name: str, printed: dict[str, Path]) -> Iterator[Any]:
    with pikepdf.open(printed[name]) as file:
        assert file.get_warnings() == []
        yield file


def operations(pdf: Any) -> Iterator[tuple[list[Any], str]]:
    for page in pdf.pages:
        for step in pikepdf.parse_content_stream(page):
            yield list(step.operands), str(step.operator)


def images(pdf: Any) -> list[Any]:
    streams = (item for item in pdf.objects if isinstance(item, pikepdf.Stream))
    return [item for item in streams if item.get("/Subtype") == "/Image"]


@each_form
def test_every_colour_is_black_ink_alone(pdf: Any) -> None:
    used = list(operations(pdf))
    assert {operator for _, operator in used} & NOT_CMYK == set()
    inks = {tuple(map(float, operands)) for operands, operator in used if operator in {"k", "K"}}
    assert inks == {(0, 0, 0, 1)}


@each_form
def test_nothing_is_drawn_before_an_ink_is_chosen(pdf: Any) -> None:
    """The first colour of a page is DeviceGray black (ISO 32000-1 8.4.1): never rely on it."""
    chosen = [False]
    for _, operator in operations(pdf):
        if operator == "q":
            chosen.append(chosen[-1])
        elif operator == "Q":
            chosen.pop()
        elif operator == "k":
            chosen[-1] = True
        elif operator in {"Tj", "f"}:
            assert chosen[-1], operator
    assert chosen == [False]


@each_form
def test_every_image_is_cmyk(pdf: Any) -> None:
    found = images(pdf)
    assert found
    assert {str(image.ColorSpace) for image in found} == {"/DeviceCMYK"}


@each_form
def test_no_page_is_blended_in_another_colour_space(pdf: Any) -> None:
    """Presses refused files whose every colour was CMYK because the page's group said RGB."""
    for page in pdf.pages:
        assert "/Group" not in page
        assert "/Annots" not in page
    assert "/AcroForm" not in pdf.Root


@each_form
def test_the_trim_is_a4_with_three_millimetres_of_bleed(pdf: Any) -> None:
    for page in pdf.pages:
        media, bleed, trim = (
            [float(edge) * MM for edge in page[key]]
            for key in ("/MediaBox", "/BleedBox", "/TrimBox")
        )
        assert trim[2] - trim[0] == pytest.approx(A4[0], abs=0.001)
        assert trim[3] - trim[1] == pytest.approx(A4[1], abs=0.001)
        grown = [trim[0] - 3, trim[1] - 3, trim[2] + 3, trim[3] + 3]
        assert bleed == pytest.approx(grown, abs=0.001)
        assert media[0] <= bleed[0] < trim[0]
        assert media[1] <= bleed[1] < trim[1]
        assert trim[2] < bleed[2] <= media[2]
        assert trim[3] < bleed[3] <= media[3]


@each_form
def test_eight_crop_marks_a_page_point_at_the_trim_from_outside_the_bleed(pdf: Any) -> None:
    segments = [tuple(edge * MM - MARGIN_MM for edge in line) for line in lines(pdf)]
    marks = [(x0, y0, x1, y1) for x0, y0, x1, y1 in segments if gap(x0, x1, 0) or gap(y0, y1, 1)]
    assert len(marks) == 8 * len(pdf.pages)
    for x0, y0, x1, y1 in marks:
        standing = abs(x0 - x1) < 0.001
        along, size = (x0, A4[0]) if standing else (y0, A4[1])
        assert min(abs(along), abs(along - size)) < 0.001  # on the line of the cut
        away = gap(y0, y1, 1) if standing else gap(x0, x1, 0)
        assert away == pytest.approx(MARK_GAP_MM, abs=0.001)
        assert away > BLEED_MM


def lines(pdf: Any) -> Iterator[tuple[float, ...]]:
    """Every straight line, in points."""
    at: list[Any] = []
    for operands, operator in operations(pdf):
        if operator == "m":
            at = operands
        elif operator == "l":
            yield tuple(map(float, (*at, *operands)))


def gap(one: float, other: float, axis: int) -> float:
    """How far a segment stays off the trimmed sheet; 0 where it lies on it."""
    return max(min(one, other) - A4[axis], -max(one, other), 0.0)


@pytest.mark.parametrize("asked", [False, True])
def test_seals_are_left_out_unless_the_agency_asks_for_them(tmp_path: Path, *, asked: bool) -> None:
    agency = an_agency(draw_seals(tmp_path / "seals"), print_seals=asked)
    form = Form(agency, "zezhou", (a_record(),))
    with pikepdf.open(io.BytesIO(form.printed(None))) as pdf:
        assert len(images(pdf)) == (2 if asked else 0)
        assert all(image.ImageMask and image.BitsPerComponent == 1 for image in images(pdf))


def inks(data: bytes, folder: Path) -> list[list[float]]:
    """The share of each page that C, M, Y and K cover, as Ghostscript separates it."""
    file = folder / "print.pdf"
    file.write_bytes(data)
    done = run(["gs", "-q", "-dSAFER", "-r50", "-o", "-", "-sDEVICE=inkcov", file])
    assert (done.returncode, done.stderr) == (0, "")
    return [[float(share) for share in line.split()[:4]] for line in done.stdout.splitlines()]


@each_form
def test_a_page_without_a_photo_needs_the_black_plate_alone(
    name: str, forms: dict[str, Form], tmp_path: Path
) -> None:
    for cyan, magenta, yellow, black in inks(forms[name].printed(None), tmp_path):
        assert (cyan, magenta, yellow) == (0, 0, 0)
        assert black > 0


def test_a_photo_is_in_colour(forms: dict[str, Form], tmp_path: Path) -> None:
    ((cyan, *_),) = inks(
        Form(forms["style-1"].agency, None, (a_record(),)).printed(a_portrait()), tmp_path
    )
    assert cyan > 0.005


def test_a_printed_photo_keeps_its_colours(forms: dict[str, Form], tmp_path: Path) -> None:
    """Adobe's inverted CMYK JPEG is where colours turn to their opposite."""
    file = tmp_path / "print.pdf"
    file.write_bytes(forms["style-1"].printed(a_portrait()))
    done = run(["pdftoppm", "-png", "-r", "40", "-singlefile", file, tmp_path / "page"])
    assert done.returncode == 0, done.stderr
    photo = forms["style-1"].composer.layout.photo
    assert photo is not None
    with Image.open(tmp_path / "page.png") as page:
        x, y = photo.x + photo.width / 2 + MARGIN_MM, photo.y + photo.height / 2 + MARGIN_MM
        found = page.convert("RGB").getpixel((round(x * 40 / 25.4), round(y * 40 / 25.4)))
    assert isinstance(found, tuple)
    # Poppler converts by its own formula: the order of the channels matters here, not their value.
    assert sorted(range(3), key=found.__getitem__) == sorted(range(3), key=PHOTO_BLUE.__getitem__)


@pytest.mark.parametrize(
    ("rgb", "cmyk"),
    [
        ((255, 255, 255), (0, 0, 0, 0)),
        ((0, 0, 0), (0, 0, 0, 255)),
        ((128, 128, 128), (0, 0, 0, 127)),
        ((255, 0, 0), (0, 255, 255, 0)),
        ((200, 20, 30), (0, 180, 170, 55)),
    ],
)
def test_grey_replacement_prints_greys_in_black_alone(
    rgb: tuple[int, int, int], cmyk: tuple[int, int, int, int]
) -> None:
    assert pictures.to_cmyk(Image.new("RGB", (1, 1), rgb)).getpixel((0, 0)) == cmyk


def test_a_batch_may_mix_both_samples(forms: dict[str, Form]) -> None:
    made = io.BytesIO()
    file = PrintFile(made, "样例", MADE)
    for name in ("style-1", "style-2", "style-1"):
        form = forms[name]
        file.add(form.plan(signed=False), form.composer, form.record, CODE, None)
    file.finish()
    with pikepdf.open(made) as pdf:
        assert len(pdf.pages) == 3
        first, second, third = (page.Contents[0].objgen for page in pdf.pages)
        assert first == third != second


def test_the_digest_is_that_of_the_file_and_the_same_again(forms: dict[str, Form]) -> None:
    form = forms["style-2-everything"]
    one, other = form.printed(a_portrait()), form.printed(a_portrait())
    assert one == other
    made = io.BytesIO()
    file = PrintFile(made, "样例", MADE)
    file.add(form.plan(signed=False), form.composer, form.record, CODE, None)
    assert file.finish() == hashlib.sha256(made.getvalue()).hexdigest()


class Counting(io.RawIOBase):
    """Counts what is written and keeps nothing."""

    size = 0

    def write(self, data: Any) -> int:
        self.size += len(data)
        return len(data)


def test_memory_does_not_grow_with_the_batch(forms: dict[str, Form]) -> None:
    form, sink = forms["style-1"], Counting()
    plan = form.plan(signed=False)
    file = PrintFile(sink, "样例", MADE)  # type: ignore[arg-type]  # writes are all it needs
    portrait = a_portrait()

    def pages(count: int) -> int:
        for _ in range(count):
            file.add(plan, form.composer, form.record, CODE, portrait)
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        before, size = pages(20), sink.size
        grown = pages(100) - before
    finally:
        tracemalloc.stop()
    written = sink.size - size
    assert written > 100 * 4000
    assert grown < written / 10  # offsets for the table at the end, and nothing else


def test_text_of_every_page_is_its_own(forms: dict[str, Form], printed: dict[str, Path]) -> None:
    form = forms["style-1"]
    for number, one in enumerate(form.records, start=1):
        text = run(
            ["pdftotext", "-raw", "-f", str(number), "-l", str(number), printed["style-1"], "-"]
        )
        for other in form.records:
            assert (other.name in squeezed(text.stdout)) == (other is one)


def test_the_side_of_the_seal_changes_the_page(forms: dict[str, Form]) -> None:
    assert forms["style-1-left"].agency.seal_side is SealSide.LEFT
    assert forms["style-1"].printed(None) != forms["style-1-left"].printed(None)
