"""Where things stand in the finished PDF, measured by pdfium: within 0.1 mm, sizes and faces exact."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageOps
from pypdfium2 import raw

from certgen.model.page import Page, Photo, Qr, Rule, Seal
from certgen.render.content import QUIET_ZONE
from certgen.render.qr import encode
from tests.render.builders import CODE, FORMS, Form, fonts

MM = 25.4 / 72
NEAR = 0.1  # mm
MARGIN = {"electronic": 0.0, "printed": 10.0}  # paper around the trimmed sheet

each_edition = pytest.mark.parametrize("edition", MARGIN)
each_form = pytest.mark.parametrize("name", FORMS)


class Piece(NamedTuple):
    """One text object as pdfium sees it; millimetres from the top left of the trimmed sheet."""

    text: str
    x: float
    baseline: float
    size_pt: float
    face: str


class Seen:
    """The first page of a file as another engine reads it."""

    def __init__(self, pdf: Path, page: Page, margin: float) -> None:
        self.document = pypdfium2.PdfDocument(pdf)
        self.page = self.document[0]
        self.margin, self.height = margin, page.height

    def x(self, points: float) -> float:
        return points * MM - self.margin

    def y(self, points: float) -> float:
        return self.height + self.margin - points * MM

    def pieces(self) -> Iterator[Piece]:
        textpage = self.page.get_textpage()
        for item in self.page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], textpage=textpage):
            matrix = item.get_matrix()
            if matrix.b > 0.1:  # the mark of a specimen
                continue
            assert (matrix.b, matrix.c) == (0, 0)
            assert matrix.a == matrix.d
            face = item.get_font().get_base_name().partition("+")[2]
            size = item.get_font_size() * matrix.a
            yield Piece(item.extract(), self.x(matrix.e), self.y(matrix.f), size, face)

    def boxes(self, kind: int) -> list[tuple[float, float, float, float]]:
        """Left, top, right, bottom of objects of a kind that stand directly on the page."""
        found = []
        for item in self.page.get_objects(filter=[kind], max_depth=1):
            left, bottom, right, top = item.get_bounds()
            found.append((self.x(left), self.y(top), self.x(right), self.y(bottom)))
        return found

    def ink(self, box: Sequence[float], dpi: int) -> tuple[float, ...]:
        """Left, top, right, bottom of what is dark inside a box."""
        left, top, right, bottom = (edge + self.margin for edge in box)
        width, height = (length * MM for length in self.page.get_size())
        crop = tuple(edge / MM for edge in (left, height - bottom, width - right, top))
        bitmap = self.page.render(scale=dpi / 72, crop=crop, grayscale=True, may_draw_forms=False)
        picture: Image.Image = bitmap.to_pil().convert("L")
        found = ImageOps.invert(picture).point(lambda value: 255 if value > 127 else 0).getbbox()
        assert found is not None
        step = 25.4 / dpi
        return tuple(
            edge * step + start
            for edge, start in zip(found, (box[0], box[1], box[0], box[1]), strict=True)
        )


@pytest.fixture
def seen(
    edition: str, name: str, forms: dict[str, Form], request: pytest.FixtureRequest
) -> Iterator[Seen]:
    file = Seen(request.getfixturevalue(edition)[name], forms[name].page, MARGIN[edition])
    yield file
    file.document.close()


@each_form
@each_edition
def test_every_run_of_text_stands_where_the_page_says(
    seen: Seen, name: str, forms: dict[str, Form]
) -> None:
    pieces = seen.pieces()
    for run in forms[name].runs():
        text, x = "", run.x
        while text.rstrip() != run.text.rstrip():
            piece = next(pieces)
            assert run.text.startswith(text + piece.text.rstrip()), (run, piece)
            assert piece.x == pytest.approx(x, abs=NEAR), run
            assert piece.baseline == pytest.approx(run.baseline, abs=NEAR), run
            assert piece.size_pt == pytest.approx(run.size_pt, abs=0.001), run
            assert piece.face == run.face.partition("@")[0], run
            text += piece.text
            x += fonts().width_mm(fonts().face(run.face), piece.text, run.size_pt)
    assert list(pieces) == []


@each_form
@each_edition
def test_the_photo_fills_its_box(seen: Seen, name: str, forms: dict[str, Form]) -> None:
    (photo,) = [item for item in forms[name].page.items if isinstance(item, Photo)]
    box = (photo.x, photo.y, photo.x + photo.width, photo.y + photo.height)
    assert any(
        found == pytest.approx(box, abs=NEAR) for found in seen.boxes(raw.FPDF_PAGEOBJ_IMAGE)
    )
    assert seen.ink(tuple(edge + d for edge, d in zip(box, (-1, -1, 1, 1), strict=True)), 600) == (
        pytest.approx(box, abs=NEAR)
    )


@each_form
@each_edition
def test_the_qr_code_and_its_quiet_zone_fill_the_box(
    seen: Seen, name: str, forms: dict[str, Form]
) -> None:
    (qr,) = [item for item in forms[name].page.items if isinstance(item, Qr)]
    module = qr.size / (encode(qr.text).size + 2 * QUIET_ZONE)
    quiet = 4 * module  # ISO/IEC 18004 asks for four modules on each side
    symbol = (qr.x + quiet, qr.y + quiet, qr.x + qr.size - quiet, qr.y + qr.size - quiet)
    box = (qr.x, qr.y, qr.x + qr.size, qr.y + qr.size)
    assert seen.ink(box, 600) == pytest.approx(symbol, abs=NEAR)


@each_form
@each_edition
def test_every_line_stands_where_the_page_says(
    seen: Seen, name: str, forms: dict[str, Form]
) -> None:
    found = seen.boxes(raw.FPDF_PAGEOBJ_PATH)
    for rule in (item for item in forms[name].page.items if isinstance(item, Rule)):
        centre = (rule.x0 + rule.x1) / 2, rule.y0
        assert any(
            ((left + right) / 2, (top + bottom) / 2) == pytest.approx(centre, abs=NEAR)
            and right - left == pytest.approx(rule.x1 - rule.x0, abs=1)  # pdfium adds line caps
            for left, top, right, bottom in found
        ), rule


@each_form
def test_seals_stand_where_the_page_says(
    name: str, forms: dict[str, Form], electronic: dict[str, Path]
) -> None:
    seals = {item.owner: item for item in forms[name].page.items if isinstance(item, Seal)}
    seen = Seen(electronic[name], forms[name].page, 0)
    try:
        images = seen.boxes(raw.FPDF_PAGEOBJ_IMAGE)
    finally:
        seen.document.close()
    for owner, seal in seals.items():
        box = (seal.x, seal.y, seal.x + seal.size, seal.y + seal.size)
        if owner == "agency":  # the appearance of the signature
            left, bottom, right, top = widget(electronic[name])
            assert (seen.x(left), seen.y(top), seen.x(right), seen.y(bottom)) == pytest.approx(
                box, abs=NEAR
            )
        else:
            assert any(found == pytest.approx(box, abs=NEAR) for found in images)


def widget(pdf: Path) -> list[float]:
    with pikepdf.open(pdf) as file:
        (annotation,) = file.pages[0].Annots
        return [float(edge) for edge in annotation.Rect]


def test_the_paper_is_the_sheet_with_ten_millimetres_around(printed: dict[str, Path]) -> None:
    with pikepdf.open(printed["style-1"]) as file:
        page: Any = file.pages[0]
        assert [float(edge) * MM for edge in page.MediaBox] == pytest.approx(
            [0, 0, 317, 230], abs=0.01
        )


def test_the_code_is_printed_once_a_page(
    electronic: dict[str, Path], forms: dict[str, Form]
) -> None:
    seen = Seen(electronic["style-1"], forms["style-1"].page, 0)
    try:
        assert [piece.text for piece in seen.pieces()].count(CODE) == 1
    finally:
        seen.document.close()
