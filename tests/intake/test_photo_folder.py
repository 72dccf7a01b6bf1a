"""Whose photo is it: by number, by name, in folders and zips; what nobody claims is named."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from certgen.errors import InputError
from certgen.intake.photo_names import count_names, label_of, person_key, safe_name
from certgen.intake.photos import Holder, PhotoFolder, match

from .builders import a_number

ONE, TWO = a_number(1), a_number(2)
NAMES = count_names([(ONE, "张样例"), (TWO, "李样例")])


def a_folder(folder: Path, *names: str) -> PhotoFolder:
    """A folder of files that differ, by their paths in it."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    return PhotoFolder(folder)


def found(folder: PhotoFolder, holder: Holder) -> str:
    """The file's name, or the code that says why there is none."""
    path, findings = match(folder, holder, NAMES)
    assert (path is None) == bool(findings)
    return path.name if path else findings[0].code


@pytest.mark.parametrize(
    "name",
    [
        f"{ONE}.jpg",
        f"{ONE}.JPEG",
        f"{ONE.lower()}.png",
        f"张样例_{ONE}.bmp",
        f"{ONE}张样例.jpg",
        f"01-张样例-{ONE}(1).webp",
        f"zhangyangli{ONE}.jpg",
        f"{ONE[:6]} {ONE[6:14]} {ONE[14:]}.jpg",
        f"一班/二组/{ONE}.jpg",
        "20260001.jpg",
        "准考证20260001 张样例.jpg",
        "张样例.jpg",
        "一班/01 张样例 (2).jpg",
    ],
)
def test_a_photo_is_found_by_number_admission_number_or_name(name: str, tmp_path: Path) -> None:
    folder = a_folder(tmp_path, name, f"{TWO}.jpg")
    assert found(folder, Holder(ONE, "20260001", "张样例")) == Path(name).name


@pytest.mark.parametrize(
    ("file_name", "expected"),
    [
        ("a.jpg", "a.jpg"),
        ("A", "a.jpg"),
        ("二班/b.jpg", "b.jpg"),
        ("二班\\b", "b.jpg"),
        ("b.jpg", "photo/duplicate"),
        ("c.jpg", "photo/missing"),
        ("../a.jpg", "photo/missing"),
    ],
)
def test_a_file_name_in_the_roster_decides(file_name: str, expected: str, tmp_path: Path) -> None:
    folder = a_folder(tmp_path, "a.jpg", "一班/b.jpg", "二班/b.jpg", f"{ONE}.jpg")
    assert found(folder, Holder(ONE, "", "张样例", file_name)) == expected


def test_the_number_goes_before_the_name(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, "张样例.jpg", f"{ONE}.jpg")
    assert found(folder, Holder(ONE, "", "张样例")) == f"{ONE}.jpg"
    assert [path.name for path in folder.unclaimed()] == ["张样例.jpg"]


def test_namesakes_in_the_roster_are_not_told_apart_by_name(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, "张样例.jpg")
    names = count_names([(ONE, "张样例"), (TWO, "张 样例")])
    path, findings = match(folder, Holder(ONE, "", "张样例"), names)
    assert path is None
    assert [finding.code for finding in findings] == ["photo/namesakes"]


def test_one_person_in_two_rows_has_no_namesake() -> None:
    assert count_names([(ONE, "张样例"), (ONE, "张样例")]) == {"张样例": 1}


def test_two_photos_of_one_name_are_not_guessed_between(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, "一班/张样例.jpg", "二班/张样例.jpg")
    assert found(folder, Holder(ONE, "", "张样例")) == "photo/duplicate"


def test_a_photo_with_another_number_is_not_found_by_name(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, f"张样例-{a_number(7)}.jpg")
    assert found(folder, Holder(ONE, "", "张样例")) == "photo/missing"


@pytest.mark.parametrize(
    ("photo", "file_name"),
    [(f"李样例-{ONE}.jpg", ""), ("李样例.jpg", "李样例.jpg"), (f"{TWO}.jpg", f"{TWO}.jpg")],
)
def test_a_photo_that_bears_somebody_else_is_refused(
    photo: str, file_name: str, tmp_path: Path
) -> None:
    folder = a_folder(tmp_path, photo)
    assert found(folder, Holder(ONE, "", "张样例", file_name)) == "photo/other-holder"


def test_words_beside_the_number_are_nobodys_name(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, f"一寸照片-{ONE}.jpg")
    assert found(folder, Holder(ONE, "", "张样例")) == f"一寸照片-{ONE}.jpg"


def test_the_same_file_under_two_numbers_is_refused_for_both(tmp_path: Path) -> None:
    for number in (ONE, TWO):
        (tmp_path / f"{number}.jpg").write_bytes(b"one face")
    folder = PhotoFolder(tmp_path)
    assert found(folder, Holder(ONE, "", "张样例")) == "photo/same"
    assert found(folder, Holder(TWO, "", "李样例")) == "photo/same"


def test_a_copy_in_another_folder_is_the_same_persons(tmp_path: Path) -> None:
    for name in (f"{ONE}.jpg", "备份 张样例.jpg", "张样例.jpg"):
        (tmp_path / name).write_bytes(b"one face")
    assert found(PhotoFolder(tmp_path), Holder(ONE, "", "张样例")) == f"{ONE}.jpg"


def test_photos_nobody_claims_are_listed_without_their_numbers(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, f"{ONE}.jpg", f"一班/{TWO}.jpg", "mmexport1767225600.jpg")
    assert found(folder, Holder(ONE, "", "张样例")) == f"{ONE}.jpg"
    findings = folder.unclaimed_findings()
    (finding,) = findings
    assert finding.code == "photo/unclaimed"
    assert "***00.jpg、一班/***" + TWO[-2:] + ".jpg" in finding.said.zh
    assert not finding.refuses


def test_a_row_without_a_number_has_its_finding_elsewhere(tmp_path: Path) -> None:
    assert match(a_folder(tmp_path, "a.jpg"), Holder(), {}) == (None, ())


def test_photos_are_found_by_number_in_either_case(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, "11010519491231002x.JPEG", "notes.txt")
    path = folder.find("11010519491231002X")
    assert path
    assert path.name == "11010519491231002x.JPEG"
    assert folder.find("notes") is None
    assert folder.findings == ()


def test_two_photos_of_one_number_are_reported_without_it(tmp_path: Path) -> None:
    (finding,) = a_folder(tmp_path, f"{ONE}.jpg", f"{ONE}.png").findings
    assert finding.code == "photo/duplicate"
    assert ONE not in finding.said.zh + finding.place.file


def test_formats_that_are_not_read_are_said(tmp_path: Path) -> None:
    folder = a_folder(
        tmp_path, "IMG_0001.HEIC", "b.tif", "readme.txt", ".DS_Store", "__MACOSX/c.gif"
    )
    (finding,) = folder.findings
    assert finding.code == "photo/format"
    assert "2 files" in finding.said.en


def test_a_folder_may_hold_zips_and_a_zip_may_be_the_folder(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr(f"一班/{ONE}.jpg", b"one")
        archive.writestr("b.heic", b"other")
    for folder in (PhotoFolder(tmp_path), PhotoFolder(tmp_path / "all.zip")):
        assert folder.find(ONE) == tmp_path / "all.zip" / "一班" / f"{ONE}.jpg"
        assert [finding.code for finding in folder.findings] == ["photo/format"]
        assert found(folder, Holder(ONE, "", "张样例", f"all.zip/一班/{ONE}")) == f"{ONE}.jpg"


def test_a_missing_photo_folder_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot open the photo folder nowhere"):
        PhotoFolder(tmp_path / "nowhere")


def test_identity_numbers_in_names_are_candidates_for_damaged_ones(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, f"a {ONE}.jpg", f"{ONE[:-1]}0.jpg", "20260001.jpg")
    assert folder.identity_numbers() == {ONE}


@pytest.mark.parametrize(
    ("stem", "person"),
    [
        ("02 ZHANG San (1)", "zhangsan"),
        ("阿依古丽•买买提", "阿依古丽买买提"),
        (f"{ONE}𬭎", "𬭎"),
        ("IMG_20260101_093000", "img"),
        ("２０２６", ""),
    ],
)
def test_the_letters_of_a_file_name_may_be_a_name(stem: str, person: str) -> None:
    assert label_of(stem).person == person_key(stem) == person


def test_a_masked_name_keeps_what_is_no_number() -> None:
    assert safe_name(f"一班/张样例{ONE}.jpg") == f"一班/张样例***{ONE[-2:]}.jpg"
