"""The forms beside the national one of 2021: listings that have not moved, small pictures, measures from the PDF.

`pytest tests/render/test_other_forms.py --update-goldens` writes the goldens anew.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageChops, ImageStat
from pypdfium2 import raw

from certgen.exchange.agency import EMBOSSED_SEAL, SealPicture
from certgen.model.page import Mark, Page, Photo, Qr, Shape, TextRun
from certgen.render.content import BOLD
from certgen.sign.cms import Signer
from tests.render.builders import Form, a_key, a_portrait, a_record, an_agency, draw_seals, run
from tests.render.other_forms import OTHER_FORMS, the_other_forms
from tests.render.test_goldens import GOLDENS, MOST_BYTES, NEAR, listing, rasterised, small
from tests.render.test_positions import Seen

each_form = pytest.mark.parametrize("name", OTHER_FORMS)
MARGIN = 10.0  # of paper around the trimmed sheet
CLOSE = 0.1  # mm


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Form]:
    return the_other_forms(draw_seals(tmp_path_factory.mktemp("seals")))


@pytest.fixture(scope="module")
def printed(forms: dict[str, Form], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("printed")
    files = {name: folder / f"{name}.pdf" for name in forms}
    for name, file in files.items():
        file.write_bytes(forms[name].printed(a_portrait()))
    return files


def sides(form: Form) -> tuple[Page, ...]:
    return form.page, *form.composer.others


@pytest.fixture
def seen(name: str, forms: dict[str, Form], printed: dict[str, Path]) -> Iterator[Seen]:
    file = Seen(printed[name], forms[name].page, MARGIN)
    yield file
    file.document.close()


@each_form
def test_the_pages_have_not_moved(
    name: str, forms: dict[str, Form], request: pytest.FixtureRequest
) -> None:
    golden = GOLDENS / f"{name}.page.txt"
    found = "\n".join(map(listing, sides(forms[name])))
    if request.config.getoption("--update-goldens"):
        golden.write_text(found, encoding="utf-8")
    assert found.splitlines() == golden.read_text(encoding="utf-8").splitlines()


@each_form
def test_the_picture_has_not_changed(
    name: str, printed: dict[str, Path], request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    found = rasterised(printed[name], tmp_path)
    golden = GOLDENS / f"{name}.png"
    if request.config.getoption("--update-goldens"):
        golden.write_bytes(small(found))
    assert golden.stat().st_size < MOST_BYTES
    with Image.open(golden) as picture:
        wanted = picture.convert("RGB")
    assert found.size == wanted.size
    worst = ImageStat.Stat(ImageChops.difference(found.reduce(4), wanted.reduce(4))).extrema
    assert max(high for _, high in worst) < NEAR, f"compare {tmp_path} with {golden}"


@each_form
def test_every_run_of_text_has_its_place_size_and_face(
    seen: Seen, name: str, forms: dict[str, Form]
) -> None:
    pieces = list(seen.pieces())
    for wanted in (item for item in forms[name].page.items if isinstance(item, TextRun)):
        if isinstance(wanted, Mark):  # turned: measured in tests/filing
            continue
        assert any(
            wanted.text.startswith(piece.text.rstrip())
            and piece.x == pytest.approx(wanted.x, abs=CLOSE)
            and piece.baseline == pytest.approx(wanted.baseline, abs=CLOSE)
            and piece.size_pt == pytest.approx(wanted.size_pt, abs=0.001)
            and piece.face == wanted.face.partition("@")[0]
            for piece in pieces
        ), wanted


@each_form
def test_frame_and_ground_stand_where_the_page_says(
    seen: Seen, name: str, forms: dict[str, Form]
) -> None:
    found = seen.boxes(raw.FPDF_PAGEOBJ_PATH)
    for shape in (item for item in forms[name].page.items if isinstance(item, Shape)):
        box = extent(shape)
        allowed = CLOSE + shape.thickness_pt * 25.4 / 72  # pdfium counts the line's own width
        assert any(edges == pytest.approx(box, abs=allowed) for edges in found), shape.slot


def extent(shape: Shape) -> tuple[float, float, float, float]:
    xs = [x for _, numbers in shape.path for x in numbers[::2]]
    ys = [y for _, numbers in shape.path for y in numbers[1::2]]
    return min(xs), min(ys), max(xs), max(ys)


def test_the_photo_fills_its_box_on_every_form(
    forms: dict[str, Form], printed: dict[str, Path]
) -> None:
    for name, form in forms.items():
        seen = Seen(printed[name], form.page, MARGIN)
        (photo,) = [item for item in form.page.items if isinstance(item, Photo)]
        box = (photo.x, photo.y, photo.x + photo.width, photo.y + photo.height)
        boxes = seen.boxes(raw.FPDF_PAGEOBJ_IMAGE)
        seen.document.close()
        assert any(found == pytest.approx(box, abs=CLOSE) for found in boxes), name


def test_every_form_but_the_card_has_a_qr_code(forms: dict[str, Form]) -> None:
    with_qr = {n for n, f in forms.items() if any(isinstance(item, Qr) for item in f.page.items)}
    assert with_qr == {"form-2019", "special-ability", "veterans"}


@cache
def stream_of(pdf: Path, page: int) -> bytes:
    with pikepdf.open(pdf) as file:
        contents = file.pages[page].Contents
        parts = contents if isinstance(contents, pikepdf.Array) else [contents]
        return b"\n".join(part.read_bytes() for part in parts)


def test_bold_type_is_outlined_by_a_share_of_its_size(printed: dict[str, Path]) -> None:
    for page in (0, 1):  # 标题 16 磅 黑体加粗, on both sides of the card
        assert b"%.2f w 1 j 2 Tr" % (16 * BOLD) in stream_of(printed["supervisor"], page)


def test_the_card_has_a_back_for_every_front(
    forms: dict[str, Form], printed: dict[str, Path]
) -> None:
    with pikepdf.open(printed["supervisor"]) as file:
        assert len(file.pages) == 2 * len(forms["supervisor"].records)
        for page in file.pages:
            width, height = (float(edge) * 25.4 / 72 for edge in list(page.MediaBox)[2:])
            assert (width, height) == pytest.approx(
                (100, 130), abs=0.01
            )  # 80 × 110 and the paper around


@each_form
def test_text_is_black_ink_alone(name: str, printed: dict[str, Path]) -> None:
    """Ghostscript's separations: where the ground is painted text still stands on K alone."""
    content = stream_of(printed[name], 0)
    assert b" rg" not in content
    assert b" RG" not in content
    before_text = content[: content.index(b"BT")].split()
    inks = [before_text[at - 4 : at] for at, word in enumerate(before_text) if word == b"k"]
    assert inks[0] == [b"0", b"0", b"0", b"1"]


@each_form
def test_the_file_is_sound_for_qpdf_and_opens_in_mutool(
    name: str, printed: dict[str, Path], tmp_path: Path
) -> None:
    assert run(["qpdf", "--check", printed[name]]).returncode == 0
    drawn = run(["mutool", "draw", "-o", tmp_path / "p%d.png", "-r", "30", printed[name]])
    assert drawn.returncode == 0, drawn.stderr


def test_an_embossed_seal_lies_over_the_photo_of_the_electronic_edition_alone(
    tmp_path: Path,
) -> None:
    """证书照片上可加盖评价机构钢印: 人社鉴发〔2021〕1号 四(三)."""
    seals = draw_seals(tmp_path / "seals")
    agency = an_agency(seals)
    embossed = {**agency.seals, EMBOSSED_SEAL: SealPicture(seals / "agency.png", 38)}
    form = Form(replace(agency, seals=embossed), None, (a_record(),))
    plain = Form(agency, None, (a_record(),))
    seal, photo = form.composer.embossed, form.composer.layout.photo
    assert seal is not None
    assert photo is not None
    assert photo.x < seal.x < photo.x + photo.width
    assert photo.y < seal.y < photo.y + photo.height
    (tmp_path / "with.pdf").write_bytes(form.electronic(Signer(a_key("P-256"))))
    (tmp_path / "without.pdf").write_bytes(plain.electronic(Signer(a_key("P-256"))))
    pages = [rasterised(tmp_path / name, tmp_path) for name in ("with.pdf", "without.pdf")]
    box = ImageChops.difference(*pages).getbbox()
    assert box is not None
    x0, y0, x1, y1 = (edge * form.composer.layout.width / pages[0].width for edge in box)
    assert (x0, y0, x1, y1) == pytest.approx((seal.x, seal.y, seal.x + 38, seal.y + 38), abs=1)
    assert form.printed(a_portrait()) == plain.printed(a_portrait())
