"""The target: what stands where on the printed page, and what its marks say."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bench.calibration.taking import PER_MM, Raster, printed
from certgen.calibration import drawing
from certgen.errors import InputError
from certgen.exchange import calibration_target
from certgen.exchange.calibration_target import DISC, UNPRINTED, Corner, Target, named, recognise
from certgen.fonts.faces import Face
from certgen.fonts.fontset import FontSet
from certgen.model.misplacement import Misplacement
from tests.calibration.conftest import MADE
from verify.decode.qr import see_qr

A4 = Target(297, 210)


def centroid(raster: Raster, x: float, y: float, reach: float = 1.75) -> tuple[float, float]:
    """Where the ink around (x, y) lies, in millimetres."""
    left, top = round((x - reach) * PER_MM), round((y - reach) * PER_MM)
    side = round(2 * reach * PER_MM)
    ink = 1 - raster[top : top + side, left : left + side]
    line = np.arange(side) + 0.5
    total = ink.sum()
    return (
        float((left + (ink * line).sum() / total) / PER_MM),
        float((top + (ink * line[:, None]).sum() / total) / PER_MM),
    )


def test_pdfium_finds_every_disc_where_the_geometry_says(raster: Raster) -> None:
    assert raster.shape == (210 * PER_MM, 297 * PER_MM)
    for spot in A4.discs:
        assert centroid(raster, *spot) == pytest.approx(spot, abs=0.012)


def test_pdfium_finds_every_cross_where_it_is_read(raster: Raster) -> None:
    # Within the circle there is nothing but the cross and the circle, both centred on it.
    for corner in Corner:
        cross = A4.cross(corner)
        assert centroid(raster, *cross, reach=1.7) == pytest.approx(cross, abs=0.02)


def test_every_mark_says_which_sheet_and_corner_and_stands_there(raster: Raster) -> None:
    page = Image.fromarray((raster * 255).astype(np.uint8))
    seen = {symbol.text: symbol.corners for symbol in see_qr(page, unread=False)}
    assert len(seen) == 4
    for corner in Corner:
        text = A4.text(corner)
        assert recognise(text) == (A4, corner)
        for place, spot in zip(seen[text], A4.symbol(corner), strict=True):
            assert np.array(place) / PER_MM == pytest.approx(spot, abs=0.2)


@pytest.mark.parametrize("size", [(297, 210), (210, 297), (210, 148), (148, 210)])
def test_no_word_touches_what_is_measured_nor_the_unprinted_edge(
    size: tuple[float, float], fonts: FontSet[Face], tmp_path: Path
) -> None:
    target = Target(*size)
    drawing.write(
        tmp_path / "t.pdf", target, fonts, made=MADE, about=("财务室 HP-1", "2", "120g", "2026A")
    )
    dark = printed(tmp_path / "t.pdf", 1) < 0.6
    rows, columns = np.nonzero(dark.any(axis=1))[0], np.nonzero(dark.any(axis=0))[0]
    inset = UNPRINTED * PER_MM - 2
    assert rows[0] >= inset
    assert columns[0] >= inset
    assert rows[-1] <= size[1] * PER_MM - inset
    assert columns[-1] <= size[0] * PER_MM - inset
    line = np.arange(-2.2, 2.2, 1 / PER_MM)
    far = np.hypot(*np.meshgrid(line, line))
    for x, y in target.discs:
        left, top = (round((at - 2.2) * PER_MM) for at in (x, y))
        around = dark[top : top + len(line), left : left + len(line)]
        assert not around[(far > DISC / 2 + 0.15) & (far < DISC / 2 + 0.6)].any(), (x, y)


def test_a_check_sheet_comes_out_right_on_the_printer_it_corrects(
    fonts: FontSet[Face], tmp_path: Path
) -> None:
    printer = Misplacement(1.2, -0.8, 0.997, 1.002, 0.7)
    target = Target(297, 210, is_check=True)
    drawing.write(tmp_path / "c.pdf", target, fonts, made=MADE, corrected=printer)
    asked = printed(tmp_path / "c.pdf")
    for spot in target.discs[::7]:
        aimed = printer.aim(spot, target.size)
        assert centroid(asked, *aimed) == pytest.approx(aimed, abs=0.015)


def test_a_check_sheet_is_known_by_its_marks() -> None:
    check = Target(297, 210, is_check=True)
    assert recognise(check.text(Corner.BOTTOM_LEFT)) == (check, Corner.BOTTOM_LEFT)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "CGT2S29702100A",
        "CGT1S29702100E",
        "CGT1S99999999A",
        "https://a.example/c/1",
        "CGT1S２9702100A",
    ],
)
def test_other_texts_are_no_mark(text: str) -> None:
    assert recognise(text) is None


@pytest.mark.parametrize(
    ("name", "size"),
    [("A4", (297, 210)), ("a5", (210, 148)), ("260x185", (260, 185)), ("250.5×176", (250.5, 176))],
)
def test_a_sheet_is_named_or_measured(name: str, size: tuple[float, float]) -> None:
    assert named(name) == size


def test_a_sheet_stands_upright_when_asked() -> None:
    assert named("A4", upright=True) == (210, 297)


@pytest.mark.parametrize("name", ["A9", "297", "297x", "nan x 3", "1e3x200", "９９９x200"])
def test_an_unknown_sheet_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="unknown sheet"):
        named(name)


def test_a_card_is_too_small_for_a_target() -> None:
    with pytest.raises(InputError, match="calibrate the sheet they are imposed on"):
        Target(80, 110)


def test_positions_are_versioned() -> None:
    # A change of any position without a new version would read old prints wrongly.
    facts = (
        A4.discs,
        [A4.symbol(corner) for corner in Corner],
        [A4.cross(corner) for corner in Corner],
    )
    whole = round(sum(x * 3 + y for spots in (facts[0], *facts[1], facts[2]) for x, y in spots), 3)
    assert (calibration_target.VERSION, len(A4.discs), whole) == (1, 180, 110100.0)
