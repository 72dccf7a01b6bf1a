"""Every defect gives its finding at its row and column, and the good rows around it go through."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certgen.errors import InputError
from certgen.intake.photos import PhotoFolder
from certgen.intake.roster import read
from certgen.model.finding import Severity
from certgen.standards.identity import IdentityType
from certgen.standards.levels import Level

from .builders import (
    COLUMN,
    HEADINGS,
    TODAY,
    a_number,
    a_portrait,
    a_row,
    an_agency,
    csv_file,
    csv_text,
    facts,
    good_and,
    read_all,
    saved,
    two_sites,
    xlsx_file,
)

REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"name": ""}, "name/missing", "name"),
    ({"name": "张3"}, "name/digits", "name"),
    ({"name": "=A1&A2"}, "name/formula", "name"),
    ({"name": "@张"}, "name/formula", "name"),
    ({"name": "#N/A"}, "cell/excel-error", "name"),
    ({"name": "张?"}, "text/lost-character", "name"),
    ({"name": "张\ufffd"}, "text/lost-character", "name"),
    ({"name": "张\ue863"}, "text/private-use", "name"),
    ({"name": "张\u200b三"}, "text/invisible", "name"),
    ({"name": "张\n三"}, "text/invisible", "name"),
    ({"identity_number": ""}, "identity/missing", "identity_number"),
    ({"identity_number": "990000199001010019"}, "identity/check-digit", "identity_number"),
    ({"identity_number": "990000900101001"}, "identity/old-number", "identity_number"),
    ({"identity_number": "9.90000E+17"}, "identity/excel-damaged", "identity_number"),
    ({"identity_number": "9E+17"}, "identity/excel-damaged", "identity_number"),
    ({"identity_type": "会员卡"}, "identity/unknown-type", "identity_type"),
    ({"identity_type": "", "identity_number": "A1"}, "identity/type-missing", "identity_type"),
    ({"occupation": ""}, "occupation/missing", "occupation"),
    ({"occupation": "车\u00ad工"}, "text/invisible", "occupation"),
    ({"occupation": "钳工"}, "scope/not-filed", "occupation"),
    ({"job": "--"}, "scope/not-filed", "occupation"),
    ({"level": "一级/高级技师"}, "scope/not-filed", "occupation"),
    ({"job": "数控\ue000"}, "text/private-use", "job"),
    ({"level": ""}, "level/missing", "level"),
    ({"level": "三级/中级工"}, "level/unknown", "level"),
    ({"level": "特级技师"}, "level/unknown", "level"),
    ({"level": "７"}, "level/unknown", "level"),
    ({"issue_date": ""}, "date/missing", "issue_date"),
    ({"issue_date": "2026-02-02"}, "date/future", "issue_date"),
    ({"issue_date": "2025-02-29"}, "date/impossible", "issue_date"),
    ({"issue_date": "26.1.5"}, "date/two-digit-year", "issue_date"),
    ({"issue_date": "1/5/2026"}, "date/day-order", "issue_date"),
    ({"issue_date": "2018-12-31"}, "date/too-early", "issue_date"),
    ({"issue_date": "2019-12-31"}, "scope/filing-period", "issue_date"),
    ({"site": "nowhere"}, "site/unknown", "site"),
    ({"branch": "south"}, "branch/unknown", "branch"),
    ({"batch": "一\x07"}, "text/invisible", "batch"),
    ({"print_number": "12 34"}, "print-number/form", "print_number"),
]


@pytest.mark.parametrize(("change", "code", "field"), REFUSED)
def test_a_defect_is_found_at_its_cell_and_the_good_rows_survive(
    change: dict[str, Any], code: str, field: str, tmp_path: Path
) -> None:
    path = csv_file(tmp_path, good_and(a_row(**change)))
    _, (first, bad, last) = read_all(path)
    assert facts(bad) == {(code, 3, COLUMN[field])}
    assert bad.record is None
    assert first.record
    assert last.record
    assert not first.findings + last.findings


TOLERATED: list[tuple[dict[str, Any], str, str, Severity]] = [
    ({"name": " 张样例　"}, "text/spaces-cut", "name", Severity.NOTE),
    ({"name": "阿里木•买买提"}, "name/middle-dot", "name", Severity.NOTE),
    ({"name": "张　样"}, "name/inner-space", "name", Severity.WARNING),
    ({"identity_number": "'" + a_number()}, "identity/tidied", "identity_number", Severity.NOTE),
    (
        {"identity_type": "", "identity_number": "H12345678"},
        "identity/type-guessed",
        "identity_type",
        Severity.WARNING,
    ),
    ({"issue_date": "46027"}, "date/serial-number", "issue_date", Severity.NOTE),
]


@pytest.mark.parametrize(("change", "code", "field", "severity"), TOLERATED)
def test_an_oddity_is_reported_and_the_row_goes_through(
    change: dict[str, Any], code: str, field: str, severity: Severity, tmp_path: Path
) -> None:
    _, (row,) = read_all(csv_file(tmp_path, [a_row(**change)]))
    assert facts(row) == {(code, 2, COLUMN[field])}
    assert [finding.severity for finding in row.findings] == [severity]
    assert row.record


def test_a_good_row_becomes_the_record_it_states(tmp_path: Path) -> None:
    change = {"branch": "样例机械北方分公司", "batch": "2026-1", "print_number": "00012345"}
    _, (row,) = read_all(csv_file(tmp_path, [a_row(**change)]))
    record = row.record
    assert record
    assert (record.name, record.identity_number) == ("张样例", a_number())
    assert record.identity_type is IdentityType.RESIDENT_CARD
    assert (record.occupation, record.job, record.level) == ("车工", "数控车工", Level.THREE)
    assert (record.issue_date, record.site, record.branch) == (date(2026, 1, 5), "main", "north")
    assert (record.batch, record.print_number) == ("2026-1", "00012345")
    assert (record.place.file, record.place.row) == ("roster.csv", 2)


@pytest.mark.parametrize("job", ["", "--", "——", "-", "无", "/"])
def test_every_way_of_writing_no_job_is_no_job(job: str, tmp_path: Path) -> None:
    _, (row,) = read_all(csv_file(tmp_path, [a_row(job=job, level="五级")]))
    assert row.record
    assert row.record.job is None


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "@SUM", "-2+3"])
def test_what_looks_like_a_formula_is_plain_text(text: str, tmp_path: Path) -> None:
    _, (row,) = read_all(csv_file(tmp_path, [a_row(batch=text)]))
    assert row.record
    assert row.record.batch == text


def test_a_name_is_never_normalised(tmp_path: Path) -> None:
    name = "\uf90a\u2f00𬭎"  # a compatibility ideograph, a radical, a character beyond the BMP
    _, (row,) = read_all(csv_file(tmp_path, [a_row(name=name)]))
    assert row.record
    assert row.record.name == name


def test_full_width_digits_of_a_number_are_tidied(tmp_path: Path) -> None:
    wide = a_number().translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789X"})
    _, (row,) = read_all(csv_file(tmp_path, [a_row(identity_number=wide)]))
    assert row.record
    assert row.record.identity_number == a_number()


def test_the_same_certificate_twice_names_the_earlier_row(tmp_path: Path) -> None:
    _, rows = read_all(csv_file(tmp_path, good_and(a_row(), a_row())))
    assert rows[1].record
    assert facts(rows[2]) == {("roster/duplicate", 4, "C")}
    assert "3" in rows[2].findings[0].said.en
    assert rows[3].record


def test_another_batch_is_another_certificate(tmp_path: Path) -> None:
    _, rows = read_all(csv_file(tmp_path, [a_row(batch="1"), a_row(batch="2")]))
    assert all(row.record for row in rows)


def test_one_number_with_two_names_refuses_every_row_of_it(tmp_path: Path) -> None:
    rows = good_and(a_row(), a_row(name="李样例", batch="2"), a_row(batch="3"))
    _, (_, *both, last) = read_all(csv_file(tmp_path, rows))
    assert [facts(row) for row in both] == [{("roster/other-name", n, "A")} for n in (3, 4, 5)]
    assert last.record


def test_a_print_number_is_used_once(tmp_path: Path) -> None:
    rows = [a_row(1, name="甲", print_number="a1"), a_row(2, name="乙", print_number="A1")]
    _, (first, second) = read_all(csv_file(tmp_path, rows))
    assert first.record
    assert facts(second) == {("print-number/duplicate", 3, "K")}


def test_an_agency_with_numbered_sheets_needs_a_print_number(tmp_path: Path) -> None:
    path = csv_file(tmp_path, [a_row()])
    _, (row,) = read_all(path, an_agency(print_number=True))
    assert facts(row) == {("print-number/missing", 2, "K")}


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({}, "site/missing", "site"),
        ({"site": "south", "branch": "north"}, "site/branch-differs", "site"),
        ({"site": "south"}, "scope/filing-period", "issue_date"),
    ],
)
def test_several_sites_must_be_told_apart(
    change: dict[str, Any], code: str, field: str, tmp_path: Path
) -> None:
    _, (row,) = read_all(csv_file(tmp_path, [a_row(**change)]), an_agency(sites=two_sites()))
    assert facts(row) == {(code, 2, COLUMN[field])}


def test_the_branch_decides_the_site(tmp_path: Path) -> None:
    path = csv_file(tmp_path, [a_row(branch="north")])
    _, (row,) = read_all(path, an_agency(sites=two_sites()))
    assert row.record
    assert row.record.site == "main"


def test_without_a_filed_scope_nothing_is_checked_against_it(tmp_path: Path) -> None:
    _, (row,) = read_all(csv_file(tmp_path, [a_row(occupation="钳工")]), an_agency(scope=()))
    assert row.record


@pytest.mark.parametrize(
    ("change", "suggested"),
    [
        ({"job": "数控车床工"}, "车工 / 数控车工"),
        ({"level": "一级"}, "三级/高级工"),
        ({"occupation": "茶艺师", "job": ""}, "没有相近"),
    ],
)
def test_what_is_not_filed_is_told_what_is(
    change: dict[str, Any], suggested: str, tmp_path: Path
) -> None:
    _, (row,) = read_all(csv_file(tmp_path, [a_row(**change)]))
    assert suggested in row.findings[0].said.zh
    assert row.findings[0].clause == "人社鉴发〔2021〕1号 三(二)"


@pytest.mark.parametrize("number", [990000199001010016, 9.9000019900101e17])
def test_a_number_that_excel_rounded_is_refused(number: float, tmp_path: Path) -> None:
    path = xlsx_file(tmp_path, good_and(a_row(identity_number=number)))
    _, (first, bad, last) = read_all(path)
    assert facts(bad) == {("identity/excel-damaged", 3, "C")}
    assert first.record
    assert last.record


def test_a_short_number_in_a_number_cell_is_read(tmp_path: Path) -> None:
    change = {"identity_type": "台胞证", "identity_number": 12345678}
    _, (row,) = read_all(xlsx_file(tmp_path, [a_row(**change)]))
    assert row.record
    assert row.record.identity_number == "12345678"


MORNING = datetime(2026, 1, 5, 8, 30)  # noqa: DTZ001 - a spreadsheet's time has no zone


@pytest.mark.parametrize("cell", [date(2026, 1, 5), MORNING, 46027, 20260105])
def test_excel_dates_are_read(cell: float | date, tmp_path: Path) -> None:
    _, (row,) = read_all(xlsx_file(tmp_path, [a_row(issue_date=cell)]))
    assert row.record
    assert row.record.issue_date == date(2026, 1, 5)


def test_a_print_number_in_a_number_cell_may_have_lost_zeros(tmp_path: Path) -> None:
    _, (row,) = read_all(xlsx_file(tmp_path, [a_row(print_number=12345)]))
    assert facts(row) == {("print-number/leading-zeros", 2, "K")}
    assert row.record


def test_rows_and_columns_are_the_ones_excel_shows(tmp_path: Path) -> None:
    rows = [a_row(901, name="甲"), {}, a_row(level=3.0), a_row(name="")]
    roster, (first, second, bad) = read_all(xlsx_file(tmp_path, rows, top_left=(4, 3)))
    assert (roster.sheet, roster.header_row, roster.last_row) == ("名单", 4, 8)
    assert roster.columns["name"] == "C"
    assert [row.place.row for row in (first, second, bad)] == [5, 7, 8]
    assert second.record
    assert second.record.level is Level.THREE
    assert ("name/missing", 8, "C") in facts(bad)
    assert bad.place.sheet == "名单"


def test_a_roster_without_identity_types_is_of_resident_cards(tmp_path: Path) -> None:
    headings = {field: text for field, text in HEADINGS.items() if field != "identity_type"}
    _, (row,) = read_all(csv_file(tmp_path, [a_row()], headings=headings))
    assert not row.findings
    assert row.record
    assert row.record.identity_type is IdentityType.RESIDENT_CARD


def test_a_roster_without_issue_dates_is_refused_row_by_row(tmp_path: Path) -> None:
    headings = {field: text for field, text in HEADINGS.items() if field != "issue_date"}
    _, rows = read_all(csv_file(tmp_path, good_and(), headings=headings))
    assert [facts(row) for row in rows] == [{("date/missing", n, "")} for n in (2, 3)]


def test_two_columns_of_one_heading_must_agree(tmp_path: Path) -> None:
    headings = HEADINGS | {"other": "身份证号"}
    same, other = a_number(1), a_number(2)
    rows = [a_row(1, other=same), a_row(3, name="乙", other=other)]
    roster, (first, second) = read_all(csv_file(tmp_path, rows, headings=headings))
    assert [(f.code, f.place.row, f.place.column) for f in roster.findings] == [
        ("roster/duplicate-column", 1, "M")
    ]
    assert first.record
    assert facts(second) == {("roster/columns-differ", 3, "C")}


@pytest.fixture
def photos(tmp_path: Path) -> PhotoFolder:
    folder = tmp_path / "photos"
    folder.mkdir()
    names = (f"{a_number(1)}.jpg", f"{a_number(2)}.jpg", f"{a_number(2)}.PNG", "张样例.jpeg")
    for height, name in enumerate(names, 579):  # four pictures, not one four times
        (folder / name).write_bytes(saved(a_portrait(height=height)))
    return PhotoFolder(folder)


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (a_row(1), f"{a_number(1)}.jpg"),
        (a_row(3, photo="张样例.jpeg"), "张样例.jpeg"),
        (a_row(3, photo="张样例"), "张样例.jpeg"),
    ],
)
def test_a_photo_is_found_by_number_or_by_file_name(
    row: dict[str, Any], found: str, photos: PhotoFolder, tmp_path: Path
) -> None:
    _, (read_row,) = read_all(csv_file(tmp_path, [row]), photos=photos)
    assert read_row.record
    assert read_row.record.photo
    assert read_row.record.photo.name == found


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (a_row(3, name="乙样例"), "photo/missing"),
        (a_row(1, photo="../roster.csv"), "photo/missing"),
        (a_row(1, photo="李样例.jpg"), "photo/missing"),
        (a_row(2), "photo/duplicate"),
    ],
)
def test_a_row_without_its_one_photo_is_refused(
    row: dict[str, Any], code: str, photos: PhotoFolder, tmp_path: Path
) -> None:
    _, (read_row,) = read_all(csv_file(tmp_path, [row]), photos=photos)
    assert facts(read_row) == {(code, 2, "L")}
    assert read_row.record is None


def test_no_message_carries_an_identity_number(photos: PhotoFolder, tmp_path: Path) -> None:
    """Also when the columns have shifted and the number stands where nobody expects it."""
    number = a_number(2)
    skipped = {"name", "identity_number"}
    rows = [a_row(5, **{field: number}) for field in HEADINGS if field not in skipped]
    rows += [a_row(2), a_row(2), a_row(2, name="乙"), a_row(name=number), {"photo": number}]
    _, read_rows = read_all(csv_file(tmp_path, rows), photos=photos)
    said = [s for row in read_rows for finding in row.findings for s in finding.said]
    said += [s for finding in photos.findings for s in finding.said]
    assert len(said) > 40
    assert not [s for s in said if number[:-2] in s or number[6:14] in s]


def test_on_row_is_told_of_every_row_in_order(tmp_path: Path) -> None:
    told: list[int | None] = []
    path = csv_file(tmp_path, good_and(a_row(name="")))
    _, rows = read(path, an_agency(), None, TODAY, on_row=lambda row: told.append(row.place.row))
    assert [row.place.row for row in rows] == told == [2, 3, 4]


CELLS = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    [a_number(), "三级", "2026-01-05", "车工", "--", "居民身份证"]
)


@settings(deadline=None)
@given(cells=st.lists(st.tuples(*[CELLS] * len(HEADINGS)), max_size=4))
def test_every_row_is_a_record_or_says_why_not(
    cells: list[tuple[str, ...]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    rows = [dict(zip(HEADINGS, row, strict=True)) for row in cells]
    path = tmp_path_factory.getbasetemp() / "cells.csv"
    path.write_text(csv_text(rows).replace("\0", ""), encoding="utf-8", newline="")
    _, read_rows = read_all(path)
    assert len(read_rows) <= len(rows)
    for row in read_rows:
        assert (row.record is None) == any(finding.refuses for finding in row.findings)


@settings(deadline=None)
@given(data=st.binary(max_size=200) | st.text(max_size=80).map(str.encode))
def test_any_bytes_end_in_rows_or_an_input_error(
    data: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "bytes.csv"
    for content in (data, csv_text([a_row()]).encode() + data):
        path.write_bytes(content)
        try:
            _, rows = read_all(path)
        except InputError:
            continue
        assert all(row.record or row.findings for row in rows)
