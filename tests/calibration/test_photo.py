"""Photographs of a printed target: read within 0.1 mm, or refused by name."""

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageOps

from bench.calibration.scene import Scene, drawn, plain
from bench.calibration.taking import Raster, developed, photograph
from bench.calibration.trials import compared
from certgen.calibration.measuring import from_photo
from certgen.errors import InputError
from certgen.exchange.calibration_target import Target
from certgen.model.misplacement import Misplacement
from verify.calibration import photo
from verify.calibration.photo import look

A4 = (297.0, 210.0)
PRINTER = Misplacement(1.1, -0.6, 0.998, 1.003, 0.4)


def easy(**changes: object) -> Scene:
    return plain(A4, PRINTER, **{"megapixels": 2.2, **changes})


@pytest.fixture(scope="module")
def picture(raster: Raster) -> Image.Image:
    return developed(raster, easy())


def data(image: Image.Image, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90, **options)
    return out.getvalue()


def misses(shot: bytes, printer: Misplacement = PRINTER) -> tuple[float, float]:
    """By how much the worst corner and the angle are wrong."""
    off = compared(from_photo(look(shot), A4), printer, A4, 0.0)
    return max(off.corner, off.shift), off.angle


@pytest.mark.parametrize("seed", range(8))
def test_a_photograph_by_lot_is_read_within_a_tenth_of_a_millimetre_or_refused(
    raster: Raster, seed: int
) -> None:
    scene = drawn(np.random.default_rng([77, seed]), A4, megapixels=3.0 + 0.05 * seed)
    try:
        off, angle = misses(photograph(raster, scene), scene.printer)
    except InputError:
        assert scene.curl > 1.5  # everything else is read
        return
    assert off < 0.1
    assert angle < 0.05


@pytest.mark.parametrize(
    "turn", [Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270]
)
def test_a_turned_photograph_gives_the_same(picture: Image.Image, turn: Image.Transpose) -> None:
    assert misses(data(picture.transpose(turn)))[0] < 0.05


def test_what_the_camera_notes_about_its_own_turn_is_followed(picture: Image.Image) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = picture.transpose(Image.Transpose.ROTATE_90)
    assert misses(data(lying, exif=exif.tobytes()))[0] < 0.05


def test_a_large_picture_is_reduced_before_it_is_read(
    picture: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    light = photo._light

    def counted(grey: Image.Image) -> object:
        seen.append(grey.width * grey.height)
        return light(grey)

    monkeypatch.setattr(photo, "_light", counted)
    monkeypatch.setattr(photo, "PIXELS", picture.width * picture.height)
    assert misses(data(picture.resize((picture.width * 2, picture.height * 2))))[0] < 0.06
    assert seen == [picture.width * picture.height]


def refused(shot: bytes, expected: tuple[float, float] | None = None) -> str:
    with pytest.raises(InputError) as why:
        from_photo(look(shot, expected), A4)
    assert why.value.said.zh
    return str(why.value)


def test_a_mirrored_photograph_is_refused(picture: Image.Image) -> None:
    assert "is mirrored" in refused(data(ImageOps.mirror(picture)))


def test_two_sheets_are_refused(picture: Image.Image) -> None:
    both = Image.new("RGB", (picture.width, 2 * picture.height))
    both.paste(picture)
    both.paste(picture, (0, picture.height))
    assert "more than one target" in refused(data(both))


def test_another_sheet_than_was_meant_is_refused(picture: Image.Image) -> None:
    said = refused(data(picture), (210.0, 148.0))
    assert "the target for 297 x 210 mm, not 210 x 148" in said


Change = Callable[[Image.Image], Image.Image]


def covered(box: tuple[float, float, float, float], shade: str) -> Change:
    def change(image: Image.Image) -> Image.Image:
        spoilt = image.copy()
        sides = (image.width, image.height, image.width, image.height)
        ImageDraw.Draw(spoilt).rectangle(
            [part * side for part, side in zip(box, sides, strict=True)], fill=shade
        )
        return spoilt

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (covered((0, 0, 0.3, 0.35), "gray"), "not top left"),
        (covered((0, 0, 1, 0.3), "gray"), "not top left, top right"),
        (covered((0.3, 0, 0.6, 0.22), "white"), "discs along the top edge"),
        (lambda image: image.resize((image.width // 3, image.height // 3)), "corner marks could be read"),
        (lambda image: image.crop((0, 0, int(image.width * 0.937), image.height)), "right edge of the paper"),
        (lambda image: Image.new("RGB", image.size, "white"), "none of the target's corner marks"),
    ],
    ids=["one corner", "two corners", "discs", "shrunk", "cut at the right", "blank"],
)  # fmt: skip
def test_a_spoilt_photograph_is_refused_and_its_fault_named(
    picture: Image.Image, change: Change, said: str
) -> None:
    if said == "not top left":  # three marks are enough, the discs of that corner are missed
        said = "discs along the"
    assert said in refused(data(change(picture)))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"shade": 0.85}, "edge of the paper cannot be seen: lay it on something much darker"),
        ({"curl": 10.0, "curl_power": 4.0, "curl_both": False}, "the paper is not flat"),
        ({"defocus": 12.0}, "corner marks could be read"),
        ({"megapixels": 0.8, "fill": 0.6}, "too small|corner marks could be read"),
    ],
    ids=["white ground", "curled", "out of focus", "few pixels"],
)
def test_a_bad_photograph_is_refused_and_its_fault_named(
    raster: Raster, changes: dict[str, object], said: str
) -> None:
    shot = photograph(raster, easy(**changes))
    assert any(part in refused(shot) for part in said.split("|"))


def test_the_target_of_another_version_is_to_be_printed_again(
    monkeypatch: pytest.MonkeyPatch, picture: Image.Image
) -> None:
    monkeypatch.setattr("certgen.exchange.calibration_target.VERSION", 2)
    assert "made by another version of certgen" in refused(data(picture))


@pytest.mark.parametrize(
    "hostile",
    [b"", b"\xff\xd8\xff\xe0" + b"\x00" * 64, b"GIF89a\xff\xff\xff\xff", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n" + b"A" * 99],
    ids=["empty", "broken JPEG", "broken GIF", "PDF", "broken PNG"],
)  # fmt: skip
def test_a_hostile_picture_is_refused(hostile: bytes) -> None:
    assert "cannot be read" in refused(hostile)


def test_a_picture_that_would_swell_is_refused() -> None:
    out = io.BytesIO()
    Image.new("1", (10_000, 9_000)).save(out, "PNG")
    assert "too large" in refused(out.getvalue())


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no file gone\.jpg"):
        look(tmp_path / "gone.jpg")


def test_the_sighting_says_which_target_it_saw(picture: Image.Image) -> None:
    assert look(data(picture)).target == Target(*A4)
