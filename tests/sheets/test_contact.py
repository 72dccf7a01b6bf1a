"""Thirty portraits a page, each with its name and enough of a number to find its row."""

from pathlib import Path

import pikepdf
import pytest

from certgen.errors import StorageError
from certgen.fonts.faces import Face
from certgen.fonts.fontset import FontSet
from certgen.model.record import Record
from certgen.sheets import contact

from .builders import MADE, Shown, a_number, a_photo, a_record, pages


def written(folder: Path, records: list[Record], fonts: FontSet[Face]) -> list[Shown]:
    contact.write(folder / "contact.pdf", records, fonts, "样例机构 第一批", made=MADE)
    return pages(folder / "contact.pdf")


def test_thirty_portraits_stand_on_a_page_in_their_true_size(
    tmp_path: Path, fonts: FontSet[Face]
) -> None:
    photo = a_photo(tmp_path)
    records = [a_record(serial, photo=photo) for serial in range(1, 32)]
    shown = written(tmp_path, records, fonts)
    assert [page.sizes for page in shown] == [[(25.0, 35.0)] * 30, [(25.0, 35.0)]]
    assert "第 2 页，共 2 页" in shown[1].text
    assert "31 行" in shown[0].text
    assert pikepdf.open(tmp_path / "contact.pdf").check_pdf_syntax() == []


def test_below_it_stand_name_row_and_four_digits(tmp_path: Path, fonts: FontSet[Face]) -> None:
    (page,) = written(tmp_path, [a_record(6, name="李𬭎", photo=a_photo(tmp_path))], fonts)
    assert "李𬭎" in page.text
    assert "7 行" in page.text
    assert f"…{a_number(6)[-4:]}" in page.text
    assert a_number(6)[-6:] not in page.text


def test_of_a_short_number_two_digits_are_enough(tmp_path: Path, fonts: FontSet[Face]) -> None:
    (page,) = written(tmp_path, [a_record(identity_number="H12345678")], fonts)
    assert "…78" in page.text
    assert "678" not in page.text


def test_a_row_without_a_photo_has_an_empty_frame(tmp_path: Path, fonts: FontSet[Face]) -> None:
    (page,) = written(tmp_path, [a_record()], fonts)
    assert page.sizes == []
    assert "无照片 no photo" in page.text


def test_what_was_found_in_a_photo_stands_below_it(tmp_path: Path, fonts: FontSet[Face]) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no picture")
    wide = a_record(2, photo=a_photo(tmp_path, (900, 600)))
    (page,) = written(tmp_path, [a_record(photo=broken), wide], fonts)
    assert page.sizes == [(25.0, 35.0)]
    assert "unusable" in page.text
    assert "photo/unreadable" in page.text
    assert "photo/cropped" in page.text


def test_a_long_name_stays_in_its_cell(tmp_path: Path, fonts: FontSet[Face]) -> None:
    name = "阿卜杜热西提·麦麦提吐尔逊·阿卜杜拉样例"
    (page,) = written(tmp_path, [a_record(name=name)], fonts)
    assert name in page.text


def test_an_empty_roster_gives_an_empty_page(tmp_path: Path, fonts: FontSet[Face]) -> None:
    (page,) = written(tmp_path, [], fonts)
    assert "0 行" in page.text


def test_the_same_records_give_the_same_bytes(tmp_path: Path, fonts: FontSet[Face]) -> None:
    records = [a_record(photo=a_photo(tmp_path))]
    for name in ("a.pdf", "b.pdf"):
        contact.write(tmp_path / name, records, fonts, "样例", made=MADE)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, fonts: FontSet[Face]) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError, match=r"cannot write contact\.pdf"):
        contact.write(tmp_path / "file" / "contact.pdf", [], fonts, "样例", made=MADE)
