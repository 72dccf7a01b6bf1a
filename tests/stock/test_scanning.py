"""A scan of a blank sheet: the sheet is found in it to a quarter of a millimetre; what is no scan is refused."""

import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from certgen.errors import InputError
from certgen.stock import edges, scanning
from certgen.stock.definition import Scan
from tests.stock.scans import MARKS, SHEET, on_glass, sheet

NEAR = 0.25  # mm: little more than a pixel at 120 dpi


def marks_in(picture: Image.Image, dpi: float) -> list[tuple[float, float]]:
    """The middles of the three marks, in mm."""
    dark = np.asarray(picture.convert("L")) < 100
    found = []
    for x, y in MARKS:
        left, top = round((x - 6) * dpi / 25.4), round((y - 6) * dpi / 25.4)
        side = round(12 * dpi / 25.4)
        rows, columns = np.nonzero(dark[top : top + side, left : left + side])
        found.append(
            ((columns.mean() + 0.5 + left) * 25.4 / dpi, (rows.mean() + 0.5 + top) * 25.4 / dpi)
        )
    return found


@pytest.mark.parametrize(
    ("angle", "lid", "corner"),
    [
        (0.0, 20, (9.0, 6.0)),
        (-2.3, 60, (7.0, 16.0)),
        (2.0, 20, (11.0, 5.0)),
        (0.6, 215, (9.0, 6.0)),
    ],
    ids=["straight", "left", "right", "light lid"],
)
def test_the_sheet_is_found_by_its_edges(
    tmp_path: Path, angle: float, lid: int, corner: tuple[float, float]
) -> None:
    path = on_glass(tmp_path / "scan.jpg", angle=angle, lid=lid, corner=corner)
    found = edges.find(path, SHEET)
    assert found.by_edges
    assert found.tagged_dpi == pytest.approx(120, abs=0.5)
    assert found.scan.dpi == pytest.approx(120, rel=0.002)
    assert found.scan.angle_deg == pytest.approx(angle, abs=0.05)
    assert (found.scan.x, found.scan.y) == pytest.approx(corner, abs=NEAR)
    straight = scanning.straightened(found.scan, SHEET, 150)
    for (x, y), mark in zip(MARKS, marks_in(straight, 150), strict=True):
        assert mark == pytest.approx((x, y), abs=NEAR)


def test_dust_on_the_glass_is_no_edge(tmp_path: Path) -> None:
    path = on_glass(tmp_path / "scan.jpg", lid=30)
    with Image.open(path) as file:
        dusty = file.convert("RGB")
    for x in range(160, 1300, 70):
        dusty.putpixel((x, 12), (255, 255, 255))
        dusty.putpixel((x, 13), (255, 255, 255))
    dusty.save(path, quality=95)
    found = edges.find(path, SHEET)
    assert (found.scan.x, found.scan.y) == pytest.approx((9.0, 6.0), abs=NEAR)


def test_without_edges_the_whole_picture_is_the_sheet(tmp_path: Path) -> None:
    sheet(200).save(tmp_path / "scan.png", dpi=(200, 200))
    found = edges.find(tmp_path / "scan.png", SHEET)
    assert not found.by_edges
    assert (found.scan.x, found.scan.y, found.scan.angle_deg) == (0, 0, 0)
    assert found.scan.dpi == pytest.approx(200, rel=0.001)


def test_a_transparent_scan_stands_on_white(tmp_path: Path) -> None:
    Image.new("RGBA", (1485, 1050), (0, 0, 0, 0)).save(tmp_path / "scan.png")
    found = edges.find(tmp_path / "scan.png", SHEET)
    assert scanning.straightened(found.scan, SHEET, 30).getpixel((100, 100)) == (255, 255, 255)


def test_a_picture_to_lay_data_over_is_a_jpeg_of_the_sheet_alone(tmp_path: Path) -> None:
    path = on_glass(tmp_path / "scan.jpg", angle=1.0)
    ground = scanning.ground(edges.find(path, SHEET).scan, SHEET, 100)
    assert (ground.width, ground.height) == (1169, 827)
    assert ground.data.startswith(b"\xff\xd8")


def test_sixteen_bits_a_pixel_and_a_turned_camera_are_read(tmp_path: Path) -> None:
    grey = np.full((1050, 1485), 60_000, np.uint16)
    grey[:, :700] = 20_000
    Image.fromarray(grey).save(tmp_path / "deep.png")
    shown = scanning.opened(tmp_path / "deep.png").picture
    assert shown.getpixel((100, 100)) == (77, 77, 77)
    assert shown.getpixel((1000, 100)) == (233, 233, 233)
    sheet(100).rotate(90, expand=True).save(tmp_path / "turned.jpg", exif=exif(6))
    assert scanning.opened(tmp_path / "turned.jpg").picture.size == (1169, 827)


def exif(orientation: int) -> Image.Exif:
    made = Image.Exif()
    made[0x0112] = orientation
    return made


# What is no scan of such a sheet


def claims(width: int, height: int) -> bytes:
    """A PNG that claims to be large and is not."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(b"")), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    for width, height in ((60_000, 42_000), (2_000_000, 2_000_000), (12_000, 8_000)):
        (tmp_path / "scan.png").write_bytes(claims(width, height))
        with pytest.raises(InputError, match="too large"):
            edges.find(tmp_path / "scan.png", SHEET)


def whole_png(folder: Path) -> bytes:
    sheet(100).save(folder / "whole.png")
    return (folder / "whole.png").read_bytes()


def test_a_torn_or_other_file_is_refused(tmp_path: Path) -> None:
    whole = whole_png(tmp_path)
    photo = on_glass(tmp_path / "whole.jpg").read_bytes()
    for data in (
        whole[:2000],
        photo[: len(photo) // 2],
        b"",
        b"%PDF-1.7",
        b"GIF89a",
        claims(1500, 1060),
    ):
        (tmp_path / "scan.png").write_bytes(data)
        with pytest.raises(InputError, match="cannot read the scan"):
            edges.find(tmp_path / "scan.png", SHEET)
    for path in (tmp_path / "none.png", tmp_path):
        with pytest.raises(InputError, match="cannot read the scan"):
            scanning.straightened(Scan(path, 150, 0, 0), SHEET, 100)


@pytest.mark.parametrize(
    ("size", "words"),
    [
        ((1, 1), "has not the shape"),
        ((297, 210), "comes to 25 dpi"),
        ((1240, 1754), "lies on its side"),
        ((1754, 1754), "has not the shape"),
    ],
)
def test_a_picture_of_another_shape_or_too_coarse_is_refused(
    tmp_path: Path, size: tuple[int, int], words: str
) -> None:
    Image.new("L", size, 240).save(tmp_path / "scan.png")
    with pytest.raises(InputError, match=words):
        edges.find(tmp_path / "scan.png", SHEET)
