"""Workbooks of every form: what the screen shows is what is read, and what cannot be read says so."""

import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from certgen.errors import InputError
from certgen.intake.roster import Row, read
from certgen.intake.tables import open_tables

from .builders import HEADINGS, TODAY, a_row, an_agency, facts, good_and, read_all, xlsx_file
from .old_forms import Error, Formula, Value, compound, ods, xls

Change = dict[str, Any]


def listed(*rows: dict[str, Any]) -> list[list[Value]]:
    return [list(HEADINGS.values()), *([row[field] for field in HEADINGS] for row in rows)]


def workbook(folder: Path, form: str, *rows: dict[str, Any], hidden: tuple[int, ...] = ()) -> Path:
    """The same roster in each form. Errors and formulas are values of `old_forms`."""
    path = folder / f"roster.{form}"
    if form == "xls":
        path.write_bytes(xls(listed(*rows), hidden_rows=hidden))
        return path
    if form == "ods":
        return ods(path, listed(*rows), hidden_rows=hidden)
    book = Workbook()
    sheet = book.worksheets[0]
    for down, cells in enumerate(listed(*rows), 1):
        for across, value in enumerate(cells, 1):
            if isinstance(value, Error):
                sheet.cell(down, across, value.text).data_type = "e"
            elif value != "":
                sheet.cell(down, across, "=1+1" if isinstance(value, Formula) else value)
    for row in hidden:
        sheet.row_dimensions[row].hidden = True
    book.save(path)
    return path


FORMS = pytest.mark.parametrize("form", ["xlsx", "xls", "ods"])


@FORMS
@pytest.mark.parametrize("people", [1, 40])
def test_every_form_reads_alike(form: str, people: int, tmp_path: Path) -> None:
    rows = [a_row(serial, name=f"{'甲乙丙丁'[serial % 4]}样例") for serial in range(1, people + 1)]
    roster, found = read_all(workbook(tmp_path, form, *rows))
    assert roster.header_row == 1
    assert roster.last_row == people + 1
    assert [row.record.name for row in found if row.record] == [row["name"] for row in rows]
    assert not [finding for row in found for finding in row.findings]


@FORMS
@pytest.mark.parametrize("field", ["job", "batch", "print_number", "photo", "site", "level"])
def test_an_excel_error_is_never_an_empty_cell(form: str, field: str, tmp_path: Path) -> None:
    path = workbook(tmp_path, form, *good_and(a_row(**{field: Error()})))  # type: ignore[arg-type]
    _, (first, bad, last) = read_all(path)
    assert [(f.code, f.place.row) for f in bad.findings] == [("cell/excel-error", 3)]
    assert "#N/A" in bad.findings[0].said.zh
    assert first.record
    assert last.record


@pytest.mark.parametrize(
    ("form", "code"),
    [("xlsx", "cell/formula"), ("ods", "cell/formula"), ("xls", "cell/excel-error")],
)
def test_a_formula_without_a_value_is_never_an_empty_cell(
    form: str, code: str, tmp_path: Path
) -> None:
    path = workbook(tmp_path, form, a_row(job=Formula()))
    _, (row,) = read_all(path)
    assert [finding.code for finding in row.findings] == [code]


@pytest.mark.parametrize("text", ["#N/A", "#REF!", " #VALUE! ", "########", "Err:502"])
def test_an_error_that_csv_keeps_as_text_is_one(text: str, tmp_path: Path) -> None:
    path = xlsx_file(tmp_path, [a_row(job=text)])
    _, (row,) = read_all(path)
    assert facts(row) == {("cell/excel-error", 2, "E")}


@FORMS
def test_hidden_rows_are_refused_or_looked_at_again(form: str, tmp_path: Path) -> None:
    rows = [a_row(1), a_row(2, name="乙样例"), a_row(3, name="丙样例")]
    path = workbook(tmp_path, form, *rows, hidden=(3,))
    _, (first, hidden, last) = read_all(path)
    assert facts(hidden) == {("roster/hidden-row", 3, "")}
    assert hidden.record is None
    assert first.record
    assert last.record
    _, again = read(path, an_agency(), None, TODAY, include_hidden=True)
    included = list(again)[1]
    assert included.record
    assert [finding.severity.value for finding in included.findings] == ["review"]


def test_rows_that_a_filter_hides_are_hidden(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path, [a_row(1), a_row(2, name="乙样例")])
    book = load_workbook(path)
    book.worksheets[0].auto_filter.ref = "A1:L3"
    book.worksheets[0].row_dimensions[2].hidden = True  # as Excel writes a filtered row
    book.save(path)
    _, (filtered, shown) = read_all(path)
    assert ("roster/hidden-row", 2, "") in facts(filtered)
    assert shown.record


def test_a_hidden_column_is_read_and_said(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path, [a_row()])
    book = load_workbook(path)
    book.worksheets[0].column_dimensions["E"].hidden = True
    book.save(path)
    roster, (row,) = read_all(path)
    assert [(f.code, f.place.column) for f in roster.findings] == [("roster/hidden-column", "E")]
    assert row.record


def test_a_sheet_can_be_chosen_by_name(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path, [a_row()])
    book = load_workbook(path)
    book.copy_worksheet(book.worksheets[0]).title = "第二批"
    book.create_sheet("说明")
    book.save(path)
    roster, _ = read(path, an_agency(), None, TODAY, sheet="第二批")
    assert (roster.sheet, roster.findings) == ("第二批", ())
    with pytest.raises(InputError, match="名单、第二批、说明"):
        read(path, an_agency(), None, TODAY, sheet="第三批")
    with pytest.raises(InputError, match="necessary columns"):
        read(path, an_agency(), None, TODAY, sheet="说明")


def protected(path: Path) -> None:
    path.write_bytes(compound({"EncryptionInfo": b"1", "EncryptedPackage": bytes(5000)}))


def protected_xls(path: Path) -> None:
    path.write_bytes(xls(listed(a_row()), password=True))


def protected_ods(path: Path) -> None:
    ods(path, listed(a_row()), manifest="<manifest:encryption-data/>")


@pytest.mark.parametrize("write", [protected, protected_xls, protected_ods])
def test_a_workbook_with_a_password_says_so(write: Any, tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    write(path)
    with pytest.raises(InputError, match="has a password") as raised:
        open_tables(path)
    assert "取消密码" in raised.value.said.zh


def test_an_empty_file_is_told_from_a_damaged_one(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    path.write_bytes(b"")
    with pytest.raises(InputError, match="0 bytes"):
        open_tables(path)


@pytest.mark.parametrize("name", ["~$roster.xlsx", ".~lock.roster.xlsx#", ".~roster.xlsx"])
def test_a_lock_file_is_no_roster_and_names_the_real_one(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"\x05Clerk")
    with pytest.raises(InputError, match=r"choose roster\.xlsx$"):
        open_tables(tmp_path / name)


def test_a_roster_that_is_open_elsewhere_is_read_with_a_warning(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path, [a_row()])
    (tmp_path / "~$roster.xlsx").write_bytes(b"\x05Clerk")
    roster, (row,) = read_all(path)
    assert [finding.code for finding in roster.findings] == ["roster/open-elsewhere"]
    assert row.record


def test_a_file_that_another_program_holds_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(InputError, match="another program such as Excel or WPS may hold it"):
        open_tables(tmp_path / "roster.xlsx")


@pytest.mark.parametrize("content", [b"<html><table>", b"\xef\xbb\xbf\r\n<?xml version='1.0'?>"])
def test_a_web_page_called_xls_is_named(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "roster.xls"
    path.write_bytes(content)
    with pytest.raises(InputError, match="web page"):
        open_tables(path)


def test_a_binary_workbook_is_named(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsb"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/workbook.bin", b"")
    with pytest.raises(InputError, match="binary workbook"):
        open_tables(path)


BOMB = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]>'


def test_a_document_type_declaration_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a roster"):
        open_tables(ods(tmp_path / "a.ods", [["a"]], content=f"{BOMB}<a>&c;</a>"))
    path = xlsx_file(tmp_path, [a_row()])
    rewritten = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(rewritten, "w") as target:
        for name in source.namelist():
            before = BOMB.encode() if name.endswith("sheet1.xml") else b""
            target.writestr(name, before + source.read(name))
    with pytest.raises(InputError, match="not a roster"):
        open_tables(rewritten)


def test_one_cell_at_the_end_of_the_sheet_is_no_bomb(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path, [a_row()])
    book = load_workbook(path)
    book.worksheets[0]["XFD1048576"] = "x"
    book.save(path)
    with pytest.raises(InputError, match="far away"):
        open_tables(path)
    repeated = (
        '<table:table-cell office:value-type="float" table:number-columns-repeated="99999999"/>'
    )
    content = ods(tmp_path / "a.ods", [["a"]])
    with zipfile.ZipFile(content) as package:
        xml = package.read("content.xml").decode()
    wide = xml.replace("</table:table-row>", f"{repeated}</table:table-row>")
    with pytest.raises(InputError, match="far away"):
        open_tables(ods(tmp_path / "b.ods", [], content=wide))


def test_a_broken_open_document_ends(tmp_path: Path) -> None:
    """The reader of values waits for ever for a closing tag that is missing."""
    path = ods(tmp_path / "a.ods", listed(a_row()))
    with zipfile.ZipFile(path) as package:
        xml = package.read("content.xml").decode()
    with pytest.raises(InputError, match="not a roster"):
        open_tables(ods(path, [], content=xml.replace("</table:table>", "", 1)))


def test_a_compound_file_whose_chain_loops_is_refused(tmp_path: Path) -> None:
    data = bytearray(xls(listed(*[a_row()] * 30)))
    fat = 512 * (1 + struct.unpack_from("<I", data, 0x4C)[0])
    struct.pack_into("<I", data, fat, 0)  # the first sector follows itself
    path = tmp_path / "roster.xls"
    path.write_bytes(data)
    with pytest.raises(InputError, match="not a roster"):
        open_tables(path)


@pytest.mark.parametrize(
    ("found", "changed"),
    [
        (struct.pack("<HHII", 0x0200, 14, 0, 2), struct.pack("<HHII", 0x0200, 14, 0, 1 << 31)),
        (struct.pack("<HHII", 0x0200, 14, 0, 2), struct.pack("<HHII", 0x0200, 14, 1 << 31, 2)),
        (struct.pack("<HHH", 0x0208, 16, 1), struct.pack("<HHHH", 0x0205, 16, 1, 0xFFFF)),
    ],
    ids=["too many rows", "rows end before they begin", "a cell far to the right"],
)
def test_an_xls_that_claims_more_than_it_can_hold_is_refused(
    found: bytes, changed: bytes, tmp_path: Path
) -> None:
    """The reader of values would set aside a hundred gigabytes for it."""
    data = xls(listed(a_row()))
    assert data.count(found) == 1
    at = data.index(found)
    path = tmp_path / "roster.xls"
    path.write_bytes(data[:at] + changed + data[at + len(changed) :])
    with pytest.raises(InputError, match="not a roster"):
        open_tables(path)


XLS = xls(listed(a_row(job=Error()), a_row(2, name="乙样例"), *[a_row(3)] * 12), hidden_rows=(3,))


@settings(deadline=None, max_examples=60)
@given(changes=st.lists(st.tuples(st.integers(0, len(XLS) - 1), st.integers(0, 255)), max_size=4))
def test_a_damaged_xls_is_read_or_refused(
    changes: list[tuple[int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = bytearray(XLS)
    for at, value in changes:
        data[at] = value
    path = tmp_path_factory.getbasetemp() / "damaged.xls"
    path.write_bytes(data)
    rows: list[Row] = []
    try:
        _, rows = read_all(path)
    except InputError:
        return
    assert all((row.record is None) == any(f.refuses for f in row.findings) for row in rows)
