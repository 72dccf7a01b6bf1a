"""Files in every encoding and form that offices send, and the ones that are refused."""

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from certgen.errors import InputError
from certgen.intake.tables import open_tables

from .builders import a_row, csv_text, facts, good_and, read_all, xlsx_file

TITLES = [["2026 年第一批，花名册"], [], ["制表：样例", "", "说明, 含逗号"]]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_encoding_and_delimiter_reads_alike(
    encoding: str, delimiter: str, tmp_path: Path
) -> None:
    path = tmp_path / "名单.csv"
    rows = good_and(a_row(name="𬭎样例"), a_row(2, name=""))
    path.write_bytes(csv_text(rows, titles=TITLES, delimiter=delimiter).encode(encoding))
    roster, (first, rare, bad, last) = read_all(path)
    assert (roster.header_row, roster.last_row) == (4, 8)
    assert first.record
    assert rare.record
    assert rare.record.name == "𬭎样例"
    assert facts(bad) == {("name/missing", 7, "A")}
    assert last.record


def test_empty_rows_are_counted_and_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(csv_text([a_row(), {}, a_row(2, name="乙")]) + "\n\n , ,\n", encoding="utf-8")
    roster, rows = read_all(path)
    assert [row.place.row for row in rows] == [2, 4]
    assert roster.last_row == 7


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7\n\x00\x01",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100),
        b"PK\x03\x04 not a zip after all",
        b"\xef\xbb\xbf\xff\xff",
        b"\xff\xfeA",
        b"\xff\xff\xff",
        "姓名,证件号码\n".encode(),
        "随便什么\n".encode("gb18030"),
    ],
)
def test_what_is_no_roster_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes(content)
    with pytest.raises(InputError) as raised:
        read_all(path)
    assert "roster.csv" in raised.value.said.zh
    assert "roster.csv" in raised.value.said.en


def test_a_missing_file_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot read the roster nowhere\.csv"):
        open_tables(tmp_path / "nowhere.csv")


def test_a_folder_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot read the roster"):
        open_tables(tmp_path)


def test_other_zip_files_are_refused_and_the_accepted_forms_named(tmp_path: Path) -> None:
    path = tmp_path / "letter.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<w/>")
    with pytest.raises(InputError, match=r"CSV .* \(\.xlsx, \.xls, \.ods\)"):
        open_tables(path)


def test_a_damaged_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/workbook.xml", "<not a workbook")
    with pytest.raises(InputError):
        open_tables(path)


def test_a_workbook_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
    data = path.read_bytes()
    directory = data.index(b"PK\x01\x02")
    claimed = (0xF000_0000).to_bytes(4, "little")  # the unpacked size in the central directory
    path.write_bytes(data[: directory + 24] + claimed + data[directory + 28 :])
    with pytest.raises(InputError):
        open_tables(path)


def test_an_unclosed_quotation_mark_never_swallows_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    text = csv_text([a_row(), a_row(2)]).replace(",三级/高级工", ',"三级/高级工', 1)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="from row 2 on"):
        read_all(path)


def test_a_workbook_named_csv_is_still_a_workbook(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path, [a_row()]).rename(tmp_path / "roster.csv")
    _, (row,) = read_all(path)
    assert row.record


def test_an_empty_workbook_has_no_header(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    Workbook().save(path)
    with pytest.raises(InputError, match="necessary columns"):
        read_all(path)


def test_a_table_can_be_read_again(tmp_path: Path) -> None:
    (table,) = open_tables(xlsx_file(tmp_path, good_and()))
    assert list(table.rows()) == list(table.rows())
    assert table.last_row == 3
