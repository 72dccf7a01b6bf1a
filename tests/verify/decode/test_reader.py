from pathlib import Path

import pytest
import qrcode
from PIL import Image

from certgen.errors import InputError
from verify.decode import zbar
from verify.decode.pages import pages
from verify.decode.picture import open_picture
from verify.decode.reader import read

OURS = "https://agency.example/c/Y000041000001251000001#1230"
OTHER = "https://shop.example/"
KINDS = {"photo.jpg": "JPEG", "shot.png": "PNG", "chat.webp": "WEBP", "scan.tif": "TIFF"}


def ours(text: str) -> bool:
    return text.startswith("https://agency.example/")


def sheet(*texts: str) -> Image.Image:
    """White paper with the symbols side by side."""
    symbols = [qrcode.make(text, box_size=4).get_image().convert("RGB") for text in texts]
    page = Image.new("RGB", (160 + sum(s.width for s in symbols), 220), "white")
    left = 30
    for symbol in symbols:
        page.paste(symbol, (left, 30))
        left += symbol.width
    return page


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_of_picture_file_is_read(tmp_path: Path, name: str) -> None:
    sheet(OURS).save(tmp_path / name, KINDS[name])
    reading = read(tmp_path / name, ours)
    assert (reading.text, reading.stage, reading.page) == (OURS, "zxing", 1)
    assert len(reading.found[0].corners) == 4
    assert 0 < reading.found[0].ms <= reading.ms


def test_heic_is_read_where_pillow_heif_is_installed(tmp_path: Path) -> None:
    heif = pytest.importorskip("pillow_heif")
    heif.from_pillow(sheet(OURS)).save(tmp_path / "photo.heic")
    assert read(tmp_path / "photo.heic", ours).text == OURS


def test_a_text_that_is_not_ours_is_kept_and_the_search_goes_on() -> None:
    reading = read(sheet(OTHER, OURS), ours)
    assert reading.text == OURS
    assert {found.text: found.accepted for found in reading.found} == {OURS: True, OTHER: False}
    assert read(sheet(OTHER), ours).text is None


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_turned_as_its_camera_noted(tmp_path: Path, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    sheet(OURS).save(tmp_path / "photo.jpg", exif=exif)
    picture = open_picture(tmp_path / "photo.jpg")
    red = picture.red()
    assert red is not None
    assert picture.grey.size == red.size
    assert (picture.grey.width < picture.grey.height) == (orientation >= 5)
    assert read(picture, ours).text == OURS


def test_what_is_transparent_is_paper() -> None:
    symbol = qrcode.make(OURS).get_image().convert("L")
    clear = Image.new("RGBA", symbol.size, (0, 0, 0, 255))
    clear.putalpha(symbol.point(lambda value: 255 - value))
    assert read(clear, ours).text == OURS


def test_sixteen_bits_a_pixel_are_read(tmp_path: Path) -> None:
    wide = sheet(OURS).convert("I").point(lambda value: value * 100 + 3000).convert("I;16")
    wide.save(tmp_path / "scan.tif")
    assert read(tmp_path / "scan.tif", ours).text == OURS


def test_a_scan_of_many_pages_gives_each_page(tmp_path: Path) -> None:
    blank = Image.new("RGB", (300, 300), "white")
    more = [sheet(OTHER), sheet(OURS)]
    blank.save(tmp_path / "scan.tif", save_all=True, append_images=more)
    blank.save(tmp_path / "scan.pdf", save_all=True, append_images=more)
    for name in ("scan.tif", "scan.pdf"):
        assert [picture.page for picture in pages(tmp_path / name)] == [1, 2, 3]
        reading = read(tmp_path / name, ours, seconds=90)
        assert (reading.text, reading.page) == (OURS, 3)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "cannot be read"),
        (b"no picture at all", "cannot be read"),
        (b"%PDF-1.7 nothing else", "PDF cannot be read"),
        (b"\0\0\0\x18ftypheic nothing else", "cannot be read"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\1\0\0\0\1\0\0\x08\0\0\0\0", "cannot be read"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_remedy(data: bytes, word: str) -> None:
    with pytest.raises(InputError, match=word):
        read(data, ours)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"lost\.jpg"):
        read(tmp_path / "lost.jpg", ours)


def test_without_zbar_a_stage_is_left_out_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zbar, "_pyzbar", lambda: None)
    reading = read(sheet(OTHER), ours)
    assert reading.notes == (zbar.MISSING,)
    assert [found.text for found in reading.found] == [OTHER]
