"""Photographs with the expected text beside them: decoding can only improve.

`photos/` are our own simulated ones. Other people's lie outside the project; where they are, every one of them must
pass without an uncaught exception.
"""

from pathlib import Path

import pytest
from PIL import Image

from verify.decode.qr import read_qr
from verify.decode.reader import read
from verify.decode.zbar import read_zbar

OWN = sorted((Path(__file__).parent / "photos").glob("*.jpg"))
SHARED = Path(__file__).parents[4] / "shared" / "photos"
TURNS = {
    90: Image.Transpose.ROTATE_90,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_270,
}

shared = pytest.mark.skipif(not SHARED.is_dir(), reason="other people's photographs are not here")


def ours(text: str) -> bool:
    return text.startswith("https://cert.agency.example/c/")


def shared_photos(*groups: str) -> list[Path]:
    found = (path for group in groups for path in (SHARED / group).rglob("*"))
    return sorted(path for path in found if path.suffix in {".png", ".jpg", ".webp"})


@pytest.mark.parametrize("photo", OWN, ids=lambda photo: photo.stem)
def test_a_photograph_under_each_condition_is_read(photo: Path) -> None:
    truth = photo.with_suffix(".txt").read_text(encoding="ascii")
    reading = read(photo, ours, seconds=60)
    assert reading.text == truth
    assert reading.diagnoses == ()
    assert reading.stage in reading.stages


@pytest.mark.parametrize("turn", TURNS)
def test_turned_photographs_are_read_too(turn: int) -> None:
    right = 0
    for photo in OWN[::2]:
        with Image.open(photo) as picture:
            turned = picture.transpose(TURNS[turn])
        truth = photo.with_suffix(".txt").read_text(encoding="ascii")
        right += read(turned, ours, seconds=60).text == truth
    assert right == len(OWN[::2])


def test_most_of_them_are_beyond_the_decoders_alone() -> None:
    """Or the pipeline would be measured on what needs none."""
    pictures = [Image.open(photo).convert("L") for photo in OWN]
    assert sum(bool(read_qr(picture)) for picture in pictures) <= 5
    assert sum(bool(read_zbar(picture)) for picture in pictures) <= 5


@shared
def test_other_peoples_photographs_are_read() -> None:
    photos = shared_photos("a", "b")
    assert len(photos) > 100
    right = total = 0
    for photo in photos:
        reading = read(photo, lambda _: True, seconds=2)
        truth = photo.with_suffix(".txt")
        if truth.exists():
            total += 1
            right += reading.text == truth.read_bytes().decode("utf-8")
    assert right >= 0.97 * total


@shared
def test_nothing_is_read_from_pictures_without_a_code() -> None:
    photos = shared_photos("none")[::4]  # all of them: python -m bench.photos files
    assert photos
    for photo in photos:
        reading = read(photo, lambda _: True, seconds=2)
        assert reading.found == ()
        assert reading.diagnoses
