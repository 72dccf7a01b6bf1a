"""A scan of an invented blank sheet (空白证书纸): what a print shop would deliver for 云河, on the glass of a scanner.

Printed from the static layer with labels and lines a little off the layout, a ground of waves and a number; then laid
askew on grey, with the grain of a scanner. The same bytes in every run with the same fonts.
"""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from certgen.compose import Composer
from certgen.exchange import agency_file
from certgen.exchange.agency import Agency
from certgen.fonts.faces import Face
from certgen.fonts.fontset import FontSet
from certgen.model.record import Record
from certgen.render.overprint import SheetsFile
from certgen.render.plan import Usage, make_plan
from certgen.render.signature import Signing
from certgen.standards.forms import FormId
from certgen.standards.identity import IdentityType
from certgen.standards.levels import Level
from certgen.stock import drafting, edges, proposing, reading, writing
from certgen.stock.definition import FRONT, Key, Layer, Of, Scan, Stock

DPI = 150
WIDTH, HEIGHT = 297.0, 210.0
GLASS = (312.0, 222.0)  # mm of the scanner that are scanned
ANGLE_DEG = 0.7  # clockwise
CORNER = (8.6, 4.3)  # mm: where the sheet's top left corner lies
LID = 96
SHIFT = {"label": (1.2, 0.9), "line": (1.2, 0.9)}
"""How far the shop set labels and lines from where the layout has them, in mm."""

NUMBER = "00012001"
VERSION = "2026年版"


def write(folder: Path, fonts: FontSet[Face]) -> None:
    """blank.jpg and stock.toml beside the agency file in `folder`, which names them from then on."""
    agency = agency_file.load(folder / "agency.toml")
    picture = io.BytesIO()
    scan(agency, fonts).save(picture, "JPEG", quality=80, dpi=(DPI, DPI))
    (folder / "blank.jpg").write_bytes(picture.getvalue())
    of = Of(FormId.NATIONAL_2021, seal_side=agency.seal_side)
    found = edges.find(folder / "blank.jpg", (WIDTH, HEIGHT))
    made = proposing.propose(found, of, VERSION, Composer(agency, None, fonts), folder)
    (folder / "stock.toml").write_text(writing.dumps(made.tree, made.remarks), encoding="utf-8")
    with (folder / "agency.toml").open("a", encoding="utf-8") as file:
        file.write('\n[print]\nstocks = [ { file = "stock.toml" } ]\n')


def scan(agency: Agency, fonts: FontSet[Face]) -> Image.Image:
    """The sheet on the glass."""
    return on_glass(sheet(agency, fonts, DPI), Scan(Path(), DPI, *CORNER, ANGLE_DEG), GLASS, LID)


def sheet(agency: Agency, fonts: FontSet[Face], dpi: int) -> Image.Image:
    """The blank sheet itself: the print over a ground of waves."""
    return _grounded(_printed(agency, fonts, dpi), dpi)


def on_glass(
    flat: Image.Image, lying: Scan, glass: tuple[float, float], lid: int, grain: float = 4.0
) -> Image.Image:
    """A scan of `glass` mm under a lid of that grey, with a sheet on it that lies as `lying` says."""
    scanned = Image.new("RGB", _pixels(*glass, lying.dpi), (lid, lid, lid))
    back = _inverse(lying)
    laid, there = (
        one.transform(scanned.size, Image.Transform.AFFINE, back, Image.Resampling.BICUBIC)
        for one in (flat, Image.new("L", flat.size, 255))
    )
    scanned.paste(laid, mask=there)
    noisy = np.asarray(scanned, dtype=np.float32) + _noise(scanned.size) * grain
    return Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8))


@cache
def _noise(size: tuple[int, int]) -> NDArray[np.float32]:
    drawn = np.random.default_rng(20260601).standard_normal((size[1], size[0], 1))
    return drawn.astype(np.float32)


def as_printed(agency: Agency) -> Stock:
    """Where the shop set things: labels and lines are shifted, the rest is as in the layout."""
    tree = drafting.start(Of(FormId.NATIONAL_2021, seal_side=agency.seal_side), VERSION)
    for row in tree["slot"]:
        for kind, (dx, dy) in SHIFT.items():
            if f".{kind}" in row["id"] and not row["id"].startswith(("issue_date", "print_number")):
                row |= {"dx": dx, "dy": dy}
    drafting.row_of(tree, Key(FRONT, "print_number.value"))["state"] = "printed"
    return reading.read("stock.toml", writing.dumps(tree), Path())


def _printed(agency: Agency, fonts: FontSet[Face], dpi: int) -> Image.Image:
    """The static layer with the number of the sheet."""
    own = replace(agency, print_number=True, sample=False)
    composer = Composer(own, None, fonts)
    usage = Usage()
    record = _nobody()
    usage.add(composer.values(record, "S" + "0" * 21))
    plan = make_plan(composer, None, fonts, usage, Signing.NOBODY)
    made = io.BytesIO()
    file = SheetsFile(
        made,
        VERSION,
        datetime(2026, 1, 1, tzinfo=UTC),
        stock=as_printed(agency),
        layer=Layer.STATIC,
    )
    file.add(plan, composer, record, "S" + "0" * 21, None)
    file.finish()
    document = pypdfium2.PdfDocument(made.getvalue())
    try:
        picture: Image.Image = document[0].render(scale=dpi / 72).to_pil()
        return picture.convert("RGB")
    finally:
        document.close()


def _nobody() -> Record:
    return Record(
        name="样例",
        identity_type=IdentityType.RESIDENT_CARD,
        identity_number="0" * 18,
        occupation="车工",
        job=None,
        level=Level.FIVE,
        issue_date=date(2026, 1, 1),
        site="main",
        print_number=NUMBER,
    )


def _grounded(printed: Image.Image, dpi: int) -> Image.Image:
    """The print over a cream ground with two families of waves, as security paper has them."""
    ground = Image.new("RGB", printed.size, (250, 247, 236))
    draw = ImageDraw.Draw(ground)
    across = np.arange(0, printed.width, 4)
    for number in range(64):
        for tint, phase in (((222, 232, 222), 0.0), ((236, 224, 216), 2.1)):
            waves = np.sin(across / dpi * 3.2 + number / 5 + phase) * 0.107 * dpi
            y = number * printed.height / 62 + waves
            draw.line(list(zip(across.tolist(), y.tolist(), strict=True)), fill=tint, width=1)
    return Image.fromarray(np.minimum(np.asarray(ground), np.asarray(printed)))


def _inverse(lying: Scan) -> tuple[float, float, float, float, float, float]:
    """Pixels of the glass to pixels of the sheet."""
    start = np.array(lying.pixel((0, 0)))
    unit = 25.4 / lying.dpi
    forth = np.array(
        [np.array(lying.pixel((unit, 0))) - start, np.array(lying.pixel((0, unit))) - start]
    ).T
    back = np.linalg.inv(forth)
    moved = -back @ start
    a, b, d, e = (float(one) for one in back.ravel())
    return a, b, float(moved[0]), d, e, float(moved[1])


def _pixels(width: float, height: float, dpi: float) -> tuple[int, int]:
    return round(width * dpi / 25.4), round(height * dpi / 25.4)
