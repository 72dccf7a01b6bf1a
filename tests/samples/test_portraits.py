from io import BytesIO

import portraits
import pytest
from PIL import ExifTags, Image, ImageChops, ImageOps, ImageStat
from portraits import Turned


def test_a_portrait_is_one_inch_on_white() -> None:
    picture = portraits.portrait(seed=3, female=False)
    assert picture.size == (413, 579)
    assert [picture.getpixel(at) for at in ((0, 0), (412, 0), (0, 300))] == [(255, 255, 255)] * 3


def test_the_same_seed_draws_the_same_bytes_and_another_does_not() -> None:
    first, again, other = (portraits.jpeg(portraits.portrait(s, female=True)) for s in (5, 5, 6))
    assert first == again != other


def test_a_portrait_file_is_as_large_as_a_photo() -> None:
    assert 15_000 < len(portraits.jpeg(portraits.portrait(seed=8, female=True))) < 30_000


def test_an_upright_portrait_carries_no_camera_data() -> None:
    data = portraits.jpeg(portraits.portrait(seed=8, female=True))
    assert not dict(Image.open(BytesIO(data)).getexif())


@pytest.mark.parametrize("turned", [t for t in Turned if t is not Turned.UPRIGHT])
def test_a_turned_portrait_is_upright_after_its_orientation(turned: Turned) -> None:
    upright = portraits.portrait(seed=9, female=False)
    lying = Image.open(BytesIO(portraits.jpeg(upright, turned)))
    assert lying.getexif().get_ifd(ExifTags.IFD.GPSInfo)
    seen = ImageOps.exif_transpose(lying)
    assert seen.size == upright.size
    assert max(ImageStat.Stat(ImageChops.difference(seen, upright)).mean) < 4
