"""Zips as they come from Windows, macOS and people who mean no good."""

import stat
import zlib
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certgen.errors import InputError
from certgen.intake.archives import archive_of, open_archive, read
from certgen.intake.photos import PhotoFolder, prepare

from .builders import a_number, a_portrait, saved

LIMIT = 1_000_000
PHOTO = saved(a_portrait())


def a_zip(path: Path, *members: tuple[str | ZipInfo, bytes]) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


def unflagged(path: Path, name: str, encoding: str) -> Path:
    """A zip whose only name is in `encoding` and not flagged as UTF-8, as Windows and macOS write."""
    raw = name.encode(encoding)
    placeholder = "x" * len(raw)
    a_zip(path, (placeholder, PHOTO))
    path.write_bytes(path.read_bytes().replace(placeholder.encode(), raw))
    return path


def found(path: Path) -> list[str]:
    return [finding.said.en for finding in open_archive(path).left_out.values()]


@pytest.mark.parametrize("name", ["照片/张样例.jpg", "淼誠.jpg", "乗乘/廾.jpg"])
@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_are_read_as_their_writer_meant_them(
    name: str, encoding: str, tmp_path: Path
) -> None:
    path = unflagged(tmp_path / "a.zip", name, encoding)
    assert list(open_archive(path).members) == [name]
    assert prepare(path / name).sha256 == prepared_plainly(tmp_path)


def prepared_plainly(folder: Path) -> str:
    (folder / "plain.jpg").write_bytes(PHOTO)
    return prepare(folder / "plain.jpg").sha256


def test_flagged_names_are_utf8(tmp_path: Path) -> None:
    path = a_zip(tmp_path / "a.zip", ("李𬭎.jpg", PHOTO))
    assert list(open_archive(path).members) == ["李𬭎.jpg"]


def test_backslashes_of_old_packers_separate_folders(tmp_path: Path) -> None:
    path = unflagged(tmp_path / "a.zip", "一班\\张样例.jpg", "gbk")
    assert list(open_archive(path).members) == ["一班/张样例.jpg"]


@pytest.mark.parametrize(
    "name", ["../a.jpg", "b/../../a.jpg", "/etc/a.jpg", "C:/a.jpg", "..\\a.jpg"]
)
def test_a_path_that_leads_out_is_left_out(name: str, tmp_path: Path) -> None:
    path = unflagged(tmp_path / "a.zip", name, "ascii")
    assert not open_archive(path).members
    assert "lead out of the archive" in found(path)[0]
    assert sorted(tmp_path.iterdir()) == [path]


def test_links_archives_and_repeated_names_are_left_out(tmp_path: Path) -> None:
    link = ZipInfo("link.jpg")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = a_zip(
            tmp_path / "a.zip",
            (link, b"/etc/passwd"),
            ("b.zip", b"PK"),
            ("a.jpg", b"1"),
            ("a.jpg", b"2"),
        )
    assert list(open_archive(path).members) == ["a.jpg"]
    reasons = " ".join(found(path))
    assert "links" in reasons
    assert "archives inside" in reasons
    assert "twice" in reasons


def test_a_password_is_said_once_for_all_its_files(tmp_path: Path) -> None:
    path = a_zip(tmp_path / "a.zip", ("a.jpg", b"1"), ("b.jpg", b"2"))
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        start = data.find(mark)
        while start >= 0:
            data[start + at] |= 1
            start = data.find(mark, start + 1)
    path.write_bytes(data)
    folder = PhotoFolder(path)
    assert [finding.said.en.split(":")[0] for finding in folder.findings] == [
        "the archive has 2 files left out"
    ]
    assert folder.unclaimed() == ()


def test_shadow_files_of_macos_are_no_photos(tmp_path: Path) -> None:
    path = a_zip(
        tmp_path / "a.zip", ("__MACOSX/._a.jpg", b"1"), ("b/._a.jpg", b"1"), ("./a.jpg", b"2")
    )
    assert list(open_archive(path).members) == ["a.jpg"]
    assert read(path, path / "a.jpg", LIMIT).value == b"2"


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = a_zip(tmp_path / "a.zip", *((f"{n}.jpg", bytes(15_000_000)) for n in range(2)))
    with pytest.raises(InputError, match="would swell to 30 MB"):
        PhotoFolder(path)


def test_a_member_over_the_limit_is_not_read(tmp_path: Path) -> None:
    path = a_zip(tmp_path / "a.zip", ("a.jpg", b"12345"))
    assert read(path, path / "a.jpg", 4) == (None, ())
    assert read(path, path / "a.jpg", 5).value == b"12345"


def test_a_member_that_lies_about_its_size_is_not_unpacked_further(tmp_path: Path) -> None:
    path = a_zip(tmp_path / "a.zip", ("a.jpg", bytes(100_000)))
    data = path.read_bytes().replace((100_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    path.write_bytes(data)
    value, (finding,) = read(path, path / "a.jpg", LIMIT)
    assert value is None
    assert finding.code == "photo/unreadable"


def test_a_photo_that_left_the_archive_is_a_finding(tmp_path: Path) -> None:
    path = a_zip(tmp_path / "a.zip", ("a.jpg", PHOTO))
    assert prepare(path / "a.jpg").jpeg
    a_zip(path, ("b.jpg", PHOTO + b"changed"))
    (finding,) = prepare(path / "a.jpg").findings
    assert finding.code == "photo/unreadable"
    assert prepare(path / "b.jpg").jpeg


def test_a_finding_about_a_member_hides_the_number(tmp_path: Path) -> None:
    path = a_zip(tmp_path / "a.zip", (f"{a_number()}.jpg", b"no picture"))
    (finding,) = prepare(path / f"{a_number()}.jpg").findings
    assert finding.place.file == f"***{a_number()[-2:]}.jpg"


@pytest.mark.parametrize("data", [b"", b"PK\3\4", b"Rar!\x1a\7\1\0"])
def test_what_is_no_zip_is_an_input_error(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    with pytest.raises(InputError, match="cannot open the archive"):
        PhotoFolder(tmp_path)


def test_a_plain_file_lies_in_no_archive(tmp_path: Path) -> None:
    (tmp_path / "not.zip").mkdir()
    assert archive_of(tmp_path / "not.zip" / "a.jpg") is None


@given(at=st.integers(0, 500), value=st.integers(0, 255))
def test_no_damaged_byte_raises_anything_else(
    at: int, value: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = a_zip(tmp_path_factory.mktemp("zip") / "a.zip", ("照片.jpg", PHOTO[:200]))
    data = bytearray(path.read_bytes())
    data[at % len(data)] = value
    path.write_bytes(data)
    try:
        members = open_archive(path).members
    except InputError:
        return
    for name in members:
        value_read, findings = read(path, path / name, LIMIT)
        assert value_read is None or zlib.crc32(value_read) == members[name].CRC
        assert value_read is not None or findings or members[name].file_size > LIMIT
