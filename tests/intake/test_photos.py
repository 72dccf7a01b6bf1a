"""Photos lose their metadata and nothing else; every other picture is redrawn to 25:35."""

import io
import struct
import zlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageDraw, ImageFile

from certgen.intake import jpeg
from certgen.intake.photos import Prepared, prepare

from .builders import a_number, a_portrait, opened, saved

SECRET = b"Secret Street 5"


def exif(orientation: int = 1, *, secret: bytes = SECRET) -> bytes:
    """EXIF with an orientation, a maker's note of where, and GPS coordinates."""
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x010E] = secret.decode()
    tags.get_ifd(0x8825)[1] = "N"
    return tags.tobytes()


def srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def prepared(folder: Path, data: bytes, name: str = "a.jpg") -> Prepared:
    path = folder / name
    path.write_bytes(data)
    return prepare(path)


def codes(photo: Prepared) -> list[str]:
    return [finding.code for finding in photo.findings]


def upside(photo: Prepared) -> str:
    """Which edge of the portrait is blue."""
    picture = opened(photo.jpeg).convert("RGB")
    w, h = picture.size
    spots = {"top": (w // 2, 4), "left": (4, h // 2), "right": (w - 5, h // 2)}
    spots["bottom"] = (w // 2, h - 5)
    return "/".join(edge for edge, spot in spots.items() if _is_blue(picture, spot))


def _is_blue(picture: Image.Image, spot: tuple[int, int]) -> bool:
    pixel = picture.getpixel(spot)
    assert isinstance(pixel, tuple)
    return pixel[2] > pixel[0] + 60


@pytest.mark.parametrize("progressive", [False, True])
def test_a_fitting_jpeg_keeps_its_pixels_byte_for_byte(
    tmp_path: Path, *, progressive: bool
) -> None:
    plain = saved(a_portrait(), quality=90, progressive=progressive)
    dressed = saved(
        a_portrait(), quality=90, progressive=progressive, exif=exif(), icc_profile=srgb(),
        comment=SECRET,
    )  # fmt: skip
    photo = prepared(tmp_path, dressed + b"trailing " + SECRET)
    tables = plain.index(b"\xff\xdb")  # from the first quantisation table on: all that are pixels
    assert photo.jpeg[20:] == plain[tables:]
    assert SECRET not in photo.jpeg
    assert b"Exif" not in photo.jpeg
    assert b"ICC_PROFILE" not in photo.jpeg
    assert opened(photo.jpeg).tobytes() == opened(plain).tobytes()
    assert (photo.width, photo.height) == (413, 579)
    assert photo.findings == ()


def test_a_thumbnail_in_the_jfif_segment_is_cut(tmp_path: Path) -> None:
    plain = saved(a_portrait())
    thumbnail = b"JFIF\0\1\1\0\0\1\0\1\4\4" + SECRET.ljust(48)
    segment = b"\xff\xe0" + struct.pack(">H", len(thumbnail) + 2) + thumbnail
    photo = prepared(tmp_path, b"\xff\xd8" + segment + plain[20:])
    assert SECRET not in photo.jpeg
    assert photo.jpeg[20:] == plain[20:]


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_orientation_is_applied_and_metadata_dropped(orientation: int, tmp_path: Path) -> None:
    turned = {
        1: None,
        3: Image.Transpose.ROTATE_180,
        6: Image.Transpose.ROTATE_90,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    picture = a_portrait().transpose(turned) if turned is not None else a_portrait()
    photo = prepared(tmp_path, saved(picture, quality=95, exif=exif(orientation), comment=SECRET))
    assert upside(photo) == "top"
    assert (photo.width, photo.height) in {(413, 579), (413, 578)}
    assert SECRET not in photo.jpeg
    assert not opened(photo.jpeg).getexif()


def test_orientation_is_read_in_both_byte_orders() -> None:
    for order, mark in (("<", b"II*\0"), (">", b"MM\0*")):
        entry = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, 6, 0)
        block = mark + struct.pack(f"{order}I", 8) + struct.pack(f"{order}H", 1) + entry
        body = b"Exif\0\0" + block + bytes(4)
        segment = b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
        plain = saved(a_portrait())
        assert jpeg.without_metadata(plain)
        assert jpeg.without_metadata(plain[:2] + segment + plain[2:]) is None


@pytest.mark.parametrize(
    ("form", "picture"),
    [
        ("PNG", a_portrait()),
        ("WEBP", a_portrait()),
        ("JPEG", a_portrait(1200, 1680)),
        ("JPEG", a_portrait().convert("L")),
        ("JPEG", a_portrait().convert("CMYK")),
        ("PNG", a_portrait().convert("P")),
    ],
)
def test_other_pictures_become_baseline_rgb_of_the_right_shape(
    form: str, picture: Image.Image, tmp_path: Path
) -> None:
    photo = prepared(tmp_path, saved(picture, form))
    result = opened(photo.jpeg)
    assert (result.format, result.mode, result.size) == (
        "JPEG",
        "RGB",
        (photo.width, photo.height),
    )
    assert abs(photo.width / photo.height - 25 / 35) < 0.002
    assert photo.height <= 826
    assert b"\xff\xc0" in photo.jpeg
    assert codes(photo) == []


def test_a_jpeg_in_rgb_components_is_redrawn(tmp_path: Path) -> None:
    """PDF readers take three components for YCbCr: passed on, the face would be green."""
    data = saved(a_portrait(), keep_rgb=True)
    assert jpeg.without_metadata(data) is None
    assert upside(prepared(tmp_path, data)) == "top"


def test_a_large_photo_is_reduced_to_600_dpi(tmp_path: Path) -> None:
    photo = prepared(tmp_path, saved(a_portrait(3000, 4200)))
    assert (photo.width, photo.height) == (590, 826)


def test_what_is_transparent_becomes_white(tmp_path: Path) -> None:
    photo = prepared(tmp_path, saved(Image.new("RGBA", (413, 579), (0, 0, 0, 0)), "PNG"))
    assert opened(photo.jpeg).getpixel((9, 9)) == (255, 255, 255)


def test_a_profile_other_than_srgb_is_converted(tmp_path: Path) -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    other = lab.replace(b"sRGB", b"WXYZ").replace("sRGB".encode("utf-16-be"), b"\0W\0X\0Y\0Z")
    assert jpeg.is_srgb(lab)
    assert not jpeg.is_srgb(other)
    data = saved(a_portrait(), icc_profile=other)
    assert jpeg.without_metadata(data) is None
    photo = prepared(tmp_path, data)
    assert b"ICC_PROFILE" not in photo.jpeg
    assert codes(photo) == []


def test_a_damaged_profile_does_not_cost_the_photo(tmp_path: Path) -> None:
    photo = prepared(tmp_path, saved(a_portrait(), icc_profile=b"no profile" * 20))
    assert photo.jpeg
    assert codes(photo) == []


def test_a_landscape_is_cropped_in_the_middle_and_said_so(tmp_path: Path) -> None:
    photo = prepared(tmp_path, saved(a_portrait(1000, 700)))
    assert (photo.width, photo.height) == (500, 700)
    assert codes(photo) == ["photo/cropped"]


@pytest.mark.parametrize(("size", "found"), [((295, 413), []), ((294, 412), ["photo/small"])])
@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_less_than_300_dpi_is_a_warning(
    size: tuple[int, int], found: list[str], form: str, tmp_path: Path
) -> None:
    photo = prepared(tmp_path, saved(a_portrait(*size), form))
    assert codes(photo) == found
    assert photo.jpeg


@pytest.mark.parametrize(
    "data",
    [b"", b"no picture", saved(a_portrait())[:3000], b"\xff\xd8\xff\xd9", b"\xff\xd8\xff"],
)
def test_what_cannot_be_decoded_is_refused(data: bytes, tmp_path: Path) -> None:
    photo = prepared(tmp_path, data)
    assert codes(photo) == ["photo/unreadable"]
    assert photo.jpeg == b""
    assert photo.findings[0].refuses


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert codes(prepare(tmp_path / "gone.jpg")) == ["photo/unreadable"]


def png_that_claims(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        crc = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", crc)

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(bytes(9))), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.mark.parametrize("side", [8_000, 10_000, 60_000])
def test_a_decompression_bomb_is_refused_unopened(
    side: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def exploded(_: ImageFile.ImageFile) -> None:
        pytest.fail("the bomb was unpacked")

    monkeypatch.setattr(ImageFile.ImageFile, "load", exploded)
    photo = prepared(tmp_path, png_that_claims(side, side), "b.png")
    assert codes(photo) == ["photo/too-large"]


def test_a_file_larger_than_any_photo_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    with path.open("wb") as file:
        file.truncate(20_000_001)
    assert codes(prepare(path)) == ["photo/too-large"]


def test_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    for picture in (a_portrait(), a_portrait(1200, 1700)):
        first, second = (prepared(tmp_path, saved(picture)) for _ in range(2))
        assert first == second


def test_a_finding_about_a_photo_does_not_name_its_holder(tmp_path: Path) -> None:
    number = a_number()
    photo = prepared(tmp_path, b"", f"{number}.jpg")
    assert photo.findings[0].place.file == f"***{number[-2:]}.jpg"


def stamped_exif(taken: str, *, changed: str = "2026:01:31 10:00:00") -> bytes:
    """EXIF of a camera: when the picture was taken, and when it was last changed."""
    tags = Image.Exif()
    tags[0x0132] = changed
    tags.get_ifd(0x8769)[0x9003] = taken
    return tags.tobytes()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("size", [(413, 579), (1200, 1600)])
def test_the_day_it_was_taken_is_read_before_it_is_dropped(
    form: str, size: tuple[int, int], tmp_path: Path
) -> None:
    data = saved(a_portrait(*size), form, exif=stamped_exif("2025:03:01 09:30:00"))
    photo = prepared(tmp_path, data)
    assert photo.taken == date(2025, 3, 1)
    assert b"2025" not in photo.jpeg


@pytest.mark.parametrize(
    "taken", ["0000:00:00 00:00:00", "2025:13:01 00:00:00", "    :  :  ", "１９２５:01:01"]
)
def test_a_camera_whose_clock_was_never_set_gives_no_day(taken: str, tmp_path: Path) -> None:
    assert prepared(tmp_path, saved(a_portrait(), exif=stamped_exif(taken))).taken is None


def test_a_photo_without_a_date_has_none(tmp_path: Path) -> None:
    assert prepared(tmp_path, saved(a_portrait(), exif=exif())).taken is None
    assert prepared(tmp_path, saved(a_portrait())).taken is None


def test_a_bitmap_is_read_too(tmp_path: Path) -> None:
    assert upside(prepared(tmp_path, saved(a_portrait(), "BMP"), "a.bmp")) == "top"


def a_scene(size: tuple[int, int], middle: tuple[int, int], width: int) -> Image.Image:
    """A face, `width` pixels from ear to ear, somewhere in a wide picture with a grey wall."""
    picture = Image.new("RGB", size, (150, 155, 165))
    draw = ImageDraw.Draw(picture)
    x, y, half = *middle, width // 2
    draw.rectangle((x - width, y + half, x + width, size[1]), fill=(30, 40, 90))
    draw.ellipse((x - half, y - half * 4 // 3, x + half, y + half * 4 // 3), fill=(230, 190, 160))
    return picture


@pytest.mark.parametrize("middle", [(350, 500), (800, 450), (1300, 520)])
def test_a_picture_of_wrong_proportions_is_cropped_around_the_face(
    middle: tuple[int, int], tmp_path: Path
) -> None:
    photo = prepared(tmp_path, saved(a_scene((1600, 1000), middle, 200), quality=90))
    assert codes(photo) == ["photo/cropped"]
    assert "what looks like the face" in photo.findings[0].said.en
    portrait = opened(photo.jpeg).convert("RGB")
    row = [portrait.getpixel((x, portrait.height * 45 // 100)) for x in range(portrait.width)]
    skin = [x for x, pixel in enumerate(row) if isinstance(pixel, tuple) and pixel[0] > 190]
    assert 0.4 < len(skin) / portrait.width < 0.55
    assert abs((skin[0] + skin[-1]) / 2 / portrait.width - 0.5) < 0.05


def test_without_a_face_it_is_cropped_in_the_middle(tmp_path: Path) -> None:
    photo = prepared(tmp_path, saved(Image.new("RGB", (1600, 1000), (150, 155, 165))))
    assert codes(photo) == ["photo/cropped"]
    assert "in the middle" in photo.findings[0].said.en


@pytest.mark.parametrize(
    ("size", "found"), [((177, 248), "photo/small"), ((176, 247), "photo/too-small")]
)
def test_below_180_dpi_nobody_can_be_recognised(
    size: tuple[int, int], found: str, tmp_path: Path
) -> None:
    photo = prepared(tmp_path, saved(a_portrait(*size)))
    assert codes(photo) == [found]
    assert bool(photo.jpeg) is (found == "photo/small")


PHOTO = saved(a_portrait(60, 84), quality=40, exif=exif())


@given(at=st.integers(0, len(PHOTO) - 1), value=st.integers(0, 255), end=st.integers(0, len(PHOTO)))
def test_no_damaged_byte_raises(at: int, value: int, end: int) -> None:
    damaged = PHOTO[:at] + bytes((value,)) + PHOTO[at + 1 :]
    for data in (damaged, damaged[:end]):
        cut = jpeg.without_metadata(data)
        if cut:
            assert cut.data.startswith(b"\xff\xd8\xff\xe0")
            assert len(io.BytesIO(cut.data).getvalue()) <= len(data) + 20
