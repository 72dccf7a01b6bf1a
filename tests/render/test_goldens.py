"""What the forms look like: listings of their primitives first, then a few small pictures.

`pytest tests/render/test_goldens.py --update-goldens` writes them anew.
"""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from certgen.model.page import Mark, Page, Photo, Primitive, Qr, Rule, Seal, Shape, TextRun
from tests.render.builders import FORMS, Form, run

GOLDENS = Path(__file__).parents[1] / "goldens"
PICTURES = {
    "style-1": ("electronic", "style-1"),
    "style-2-everything": ("electronic", "style-2-everything"),
    "style-1-print": ("printed", "style-1"),
}
WIDTH = 600
MOST_BYTES = 60_000
NEAR = 48  # of 255, after averaging 4 × 4 pixels: another poppler smooths edges otherwise


def listing(page: Page) -> str:
    """One line a primitive, lengths in millimetres, in reading order."""
    head = f"{page.layout} {page.width:g} x {page.height:g} mm"
    return "\n".join([head, *map(line, page.items), ""])


def line(item: Primitive) -> str:
    layer = "static  " if item.static else "variable"
    match item:
        case TextRun():
            return f"{layer} {text_line(item)}"
        case Shape():
            inks = f"fill {item.fill} stroke {item.stroke} {item.thickness_pt:g} pt"
            return f"{layer} shape {item.slot}: {extent(item)} | {len(item.path)} segments | {inks}"
        case Rule():
            place = f"x {item.x0:.2f} to {item.x1:.2f} y {item.y0:.2f}"
            return f"{layer} rule {item.slot}: {place} | {item.thickness_pt:g} pt"
        case Photo():
            return f"{layer} photo: {box(item)} {item.width:g} x {item.height:g}"
        case Qr():
            return f"{layer} qr: {box(item)} {item.size:g} | {item.text}"
        case Seal():
            return f"{layer} seal {item.slot} of {item.owner}: {box(item)} {item.size:g}"


def text_line(item: TextRun) -> str:
    place = f"x {item.x:.2f} baseline {item.baseline:.2f}"
    if isinstance(item, Mark):
        inks = f"{item.size_pt:g} pt | {item.colour.rgb}"
        return f"mark: {place} turned {item.angle_deg:g} | {inks} | {item.text}"
    face = f"{item.role} {item.face.partition('@')[0]} {item.size_pt:g} pt"
    bold = " bold" if item.bold else ""
    return f"text {item.slot}: {place} width {item.width:.2f} | {face}{bold} | {item.text}"


def extent(item: Shape) -> str:
    numbers = [
        number for _, points in item.path for number in zip(points[::2], points[1::2], strict=True)
    ]
    xs, ys = zip(*numbers, strict=True)
    return f"x {min(xs):.2f} to {max(xs):.2f} y {min(ys):.2f} to {max(ys):.2f}"


def box(item: Photo | Qr | Seal) -> str:
    return f"x {item.x:.2f} y {item.y:.2f} size"


@pytest.mark.parametrize("name", FORMS)
def test_the_page_has_not_moved(
    name: str, forms: dict[str, Form], request: pytest.FixtureRequest
) -> None:
    golden = GOLDENS / f"{name}.page.txt"
    found = listing(forms[name].page)
    if request.config.getoption("--update-goldens"):
        GOLDENS.mkdir(exist_ok=True)
        golden.write_text(found, encoding="utf-8")
    assert found.splitlines() == golden.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", PICTURES)
def test_the_picture_has_not_changed(
    name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    edition, form = PICTURES[name]
    pdf = request.getfixturevalue(edition)[form]
    found = rasterised(pdf, tmp_path)
    golden = GOLDENS / f"{name}.png"
    if request.config.getoption("--update-goldens"):
        golden.write_bytes(small(found))
    assert golden.stat().st_size < MOST_BYTES
    with Image.open(golden) as picture:
        wanted = picture.convert("RGB")
    assert found.size == wanted.size
    worst = ImageStat.Stat(ImageChops.difference(found.reduce(4), wanted.reduce(4))).extrema
    assert max(high for _, high in worst) < NEAR, f"compare {tmp_path} with {golden}"


def rasterised(pdf: Path, folder: Path) -> Image.Image:
    """The first page by poppler."""
    out = folder / pdf.stem
    size = ("-scale-to-x", str(WIDTH), "-scale-to-y", "-1")
    done = run(["pdftoppm", "-png", "-singlefile", *size, pdf, out])
    assert (done.returncode, done.stderr) == (0, "")
    with Image.open(out.with_suffix(".png")) as picture:
        return picture.convert("RGB")


def small(picture: Image.Image) -> bytes:
    made = io.BytesIO()
    picture.quantize(24).save(made, "PNG", optimize=True)
    return made.getvalue()
