from io import BytesIO
from pathlib import Path

import agencies
import pytest
import seals
from PIL import Image, ImageChops, ImageOps, ImageStat

NAMES = [name for agency in agencies.AGENCIES for name in agency.seals.values()]


@pytest.fixture(scope="module")
def pictures(seal_font: Path) -> dict[str, Image.Image]:
    return {name: Image.open(BytesIO(seals.png(name, seal_font))) for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_a_seal_is_42_mm_at_600_dpi(name: str, pictures: dict[str, Image.Image]) -> None:
    picture = pictures[name]
    assert picture.size == (992, 992)
    assert round(picture.info["dpi"][0]) == 600
    assert abs(picture.width / 600 * 25.4 - 42) < 0.1


@pytest.mark.parametrize("name", NAMES)
def test_a_seal_is_one_red_on_a_transparent_ground(
    name: str, pictures: dict[str, Image.Image]
) -> None:
    *colours, alpha = pictures[name].split()
    assert tuple(band.getextrema() for band in colours) == ((200, 200), (22, 22), (29, 29))
    assert alpha.getextrema() == (0, 255)
    assert {alpha.getpixel(at) for at in ((0, 0), (991, 991), (496, 900))} == {0}


def test_characters_stand_upright_at_the_top_and_turn_with_the_ring(seal_font: Path) -> None:
    five_mountains = Image.open(BytesIO(seals.png("山山山山山", seal_font))).getchannel("A")
    top = (430, 40, 562, 172)  # around the third of the five
    third = five_mountains.crop(top)
    fourth = five_mountains.rotate(22, Image.Resampling.BICUBIC).crop(top)
    assert _difference(third, fourth) < 12
    # 山 is the same in a mirror and another thing upside down.
    assert _difference(third, ImageOps.mirror(third)) < 12
    assert _difference(third, ImageOps.flip(third)) > 30


def test_a_long_name_leaves_the_foot_of_the_ring_free(seal_font: Path) -> None:
    picture = Image.open(BytesIO(seals.png("样" * 30, seal_font))).getchannel("A")
    assert picture.crop((420, 800, 572, 950)).getextrema() == (0, 0)


def _difference(one: Image.Image, other: Image.Image) -> float:
    return ImageStat.Stat(ImageChops.difference(one, other)).mean[0]
