"""Why nothing was read: each reason on pictures made to have it."""

import io

import numpy as np
import pytest
import qrcode
from PIL import Image, ImageDraw, ImageFilter

from verify.decode.picture import open_picture
from verify.decode.reader import read
from verify.decode.reading import Reading, Reason

TEXT = "https://cert.agency.example/c/Y000041000001251000001#1" + "2718281828" * 30


def symbol(unit: int = 4) -> Image.Image:
    code = qrcode.QRCode(border=12, box_size=unit)
    code.add_data(TEXT, optimize=6)
    code.make()
    return code.make_image().get_image().convert("L").point(lambda value: 30 + value * 200 // 255)


def reading(picture: Image.Image) -> Reading:
    return read(picture, bool, seconds=60)


def reasons(picture: Image.Image) -> list[Reason]:
    found = reading(picture)
    assert found.text is None
    return [one.reason for one in found.diagnoses]


def smeared(picture: Image.Image, length: int) -> Image.Image:
    values = np.asarray(picture, dtype=np.float32)
    mean = np.mean([np.roll(values, shift, axis=1) for shift in range(length)], axis=0)
    return Image.fromarray(mean.astype(np.uint8))


def spoilt(picture: Image.Image, name: str) -> Image.Image:
    side = picture.width
    values = np.asarray(picture, dtype=np.float64)
    if name == "blurred":
        return picture.filter(ImageFilter.GaussianBlur(7))
    if name == "motion":
        return smeared(picture, 18)
    if name == "cut":
        return picture.crop((0, 0, side * 6 // 10, side))
    if name == "covered":
        picture.paste(110, (side * 3 // 10, side * 3 // 10, side * 7 // 10, side * 7 // 10))
        return picture
    if name == "glare":
        y, x = np.mgrid[0:side, 0:side] / side
        values = values + 900 * np.exp(-(((x - 0.55) / 0.22) ** 2 + ((y - 0.5) / 0.18) ** 2))
    else:
        values = values * 0.08 + 10 + np.random.default_rng(1).normal(0, 16, (side, side))
    return Image.fromarray(values.clip(0, 255).astype(np.uint8))


def test_a_page_without_a_code() -> None:
    page = Image.new("L", (900, 600), 245)
    ImageDraw.Draw(page).text((40, 40), "nothing to be read here " * 4, fill=10)
    assert reasons(page)[0] is Reason.NO_CODE


def test_another_code_than_ours() -> None:
    found = read(symbol(), lambda _: False, seconds=60)
    assert found.diagnoses[0].reason is Reason.OTHER_CODE
    assert [one.text for one in found.found] == [TEXT]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("blurred", Reason.BLURRED),
        ("motion", Reason.MOTION),
        ("glare", Reason.GLARE),
        ("dark", Reason.DARK),
        ("covered", Reason.DAMAGED),
        ("cut", Reason.CUT_OFF),
    ],
)
def test_each_fault_is_named(name: str, reason: Reason) -> None:
    assert reasons(spoilt(symbol(), name))[0] is reason


def test_a_small_copy_without_camera_is_said_to_be_squeezed() -> None:
    page = Image.new("L", (1280, 960), 245)
    tiny = symbol().resize((66, 66), Image.Resampling.BOX)
    page.paste(tiny, (900, 100))
    out = io.BytesIO()
    page.convert("RGB").save(out, "JPEG", quality=40)
    found = read(out.getvalue(), bool, seconds=60)
    assert found.text is None
    assert Reason.SQUEEZED in [one.reason for one in found.diagnoses]
    assert open_picture(out.getvalue()).compression is not None
    assert abs(open_picture(out.getvalue()).compression.quality - 40) <= 2  # type: ignore[union-attr]


def test_every_sentence_names_the_typed_code() -> None:
    from verify.decode.diagnosis import SAID  # noqa: PLC0415

    assert set(SAID) == set(Reason)
    for said in SAID.values():
        assert "证书编号" in said.zh
        assert "type the certificate" in said.en.lower()
