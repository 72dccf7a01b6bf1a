"""Columns that slipped a row are one error about the file; cells that contradict are errors there."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from certgen.intake.roster import Roster, Row
from certgen.standards.identity import check_digit

from .builders import HEADINGS, a_row, csv_file, facts, read_all

WITNESSED = {**HEADINGS, "sex": "性别", "birth_date": "出生日期"}  # columns M and N
BARE = {key: text for key, text in HEADINGS.items() if key not in {"site", "branch", "photo"}}


def a_person(index: int) -> dict[str, Any]:
    born = date(1980, 1, 1) + timedelta(days=37 * index)
    first = f"990000{born:%Y%m%d}{index * 7 % 1000:03}"
    number = first + check_digit(first)
    sex = "男" if int(number[16]) % 2 else "女"
    name = "样例" + chr(0x4E00 + index)
    return a_row(
        name=name, identity_number=number, sex=sex, birth_date=f"{born:%Y年%m月%d日}", photo=""
    )


def people(count: int = 12) -> list[dict[str, Any]]:
    return [a_person(index) for index in range(count)]


def slipped(rows: list[dict[str, Any]], field: str, first: int, *, down: bool) -> None:
    """Inserts or deletes a cell of one column at index `first`, as Excel does."""
    column = [row.get(field, "") for row in rows]
    if down:
        column.insert(first, "")
        rows.append({})
    else:
        del column[first]
        column.append("")
    for row, value in zip(rows, column, strict=True):
        row[field] = value


def read_rows(
    folder: Path, rows: list[dict[str, Any]], headings: dict[str, str]
) -> tuple[Roster, list[Row]]:
    return read_all(csv_file(folder, rows, headings=headings))


@pytest.mark.parametrize("field", ["identity_number", "birth_date"])
@pytest.mark.parametrize("down", [True, False], ids=["down", "up"])
def test_a_witness_shows_where_a_column_slipped(field: str, down: bool, tmp_path: Path) -> None:  # noqa: FBT001
    rows = people()
    slipped(rows, field, 4, down=down)
    roster, found = read_rows(tmp_path, rows, WITNESSED)
    (shift,) = [finding for finding in roster.findings if finding.refuses]
    assert shift.code == "roster/shifted"
    assert shift.place.row in {6, 7}  # the row of the gap, or the first that holds another's value
    assert "columns look shifted from row" in shift.said.en
    assert all(row.record for row in found[:4])
    assert not [row for row in found[4:] if row.record]
    assert len(found) == len([row for row in rows if any(row.values())])


def test_sex_alone_shows_a_slip_in_a_long_roster(tmp_path: Path) -> None:
    rows = people(100)
    slipped(rows, "identity_number", 10, down=True)
    headings = {key: text for key, text in WITNESSED.items() if key != "birth_date"}
    roster, _ = read_rows(tmp_path, rows, headings)
    assert [finding.code for finding in roster.findings if finding.refuses] == ["roster/shifted"]


@pytest.mark.parametrize("field", ["name", "identity_number", "occupation", "level"])
def test_a_gap_and_an_overhang_show_a_slip_without_witnesses(field: str, tmp_path: Path) -> None:
    rows = people()
    slipped(rows, field, 4, down=True)
    roster, found = read_rows(tmp_path, rows, BARE)
    (shift,) = roster.findings
    assert (shift.code, shift.place.row) == ("roster/shifted", 6)
    assert [bool(row.record) for row in found] == [True] * 4 + [False] * 9
    assert facts(found[6]) == {("row/shifted", 8, shift.place.column)}


def test_two_columns_that_slipped_together_show_too(tmp_path: Path) -> None:
    rows = people()
    slipped(rows, "name", 4, down=True)
    rows.pop()
    slipped(rows, "identity_number", 4, down=True)
    rows[-1]["name"] = "样例末"
    roster, _ = read_rows(tmp_path, rows, BARE)
    assert [finding.code for finding in roster.findings] == ["roster/shifted"]


def test_a_column_that_ends_a_row_early_is_looked_at_again(tmp_path: Path) -> None:
    rows = people()
    slipped(rows, "name", 4, down=False)
    roster, _ = read_rows(tmp_path, rows, BARE)
    assert [(f.code, f.severity.value, f.place.row) for f in roster.findings] == [
        ("roster/short-column", "review", 13)
    ]


def test_a_good_roster_has_not_slipped(tmp_path: Path) -> None:
    roster, rows = read_rows(tmp_path, people(), WITNESSED)
    assert roster.findings == ()
    assert not [finding for row in rows for finding in row.findings]


def test_two_rows_that_were_exchanged_are_errors_of_theirs(tmp_path: Path) -> None:
    rows = people()
    rows[3]["birth_date"], rows[4]["birth_date"] = rows[4]["birth_date"], rows[3]["birth_date"]
    roster, found = read_rows(tmp_path, rows, WITNESSED)
    assert roster.findings == ()
    refused = [row for row in found if not row.record]
    assert [facts(row) for row in refused] == [{("row/birth-date", n, "N")} for n in (5, 6)]


def test_a_sex_that_contradicts_the_number_is_an_error_of_its_row(tmp_path: Path) -> None:
    rows = people()
    rows[3]["sex"] = "女" if rows[3]["sex"] == "男" else "男"
    _, found = read_rows(tmp_path, rows, WITNESSED)
    assert [facts(row) for row in found if not row.record] == [{("row/sex", 5, "M")}]


@pytest.mark.parametrize(("sex", "born"), [("", ""), ("不详", "1980年"), ("—", "5/1/1980")])
def test_a_witness_that_says_nothing_accuses_nobody(sex: str, born: str, tmp_path: Path) -> None:
    _, (row,) = read_rows(tmp_path, [{**a_person(5), "sex": sex, "birth_date": born}], WITNESSED)
    assert row.findings == ()


def test_a_permanent_residence_card_states_no_sex(tmp_path: Path) -> None:
    change = {"identity_type": "外国人永久居留身份证", "identity_number": "911124198108030024"}
    for sex in "男女":
        _, (row,) = read_rows(tmp_path, [a_row(**change, sex=sex)], WITNESSED)
        assert row.record


def test_a_photo_named_by_another_number_is_an_error(tmp_path: Path) -> None:
    rows = people(3)
    rows[1]["photo"] = rows[0]["identity_number"] + ".jpg"
    rows[2]["photo"] = "样例他.jpg"
    _, found = read_rows(tmp_path, rows, WITNESSED)
    assert facts(found[1]) == {("row/photo-number", 3, "L")}
    assert facts(found[2]) == {("row/photo-name", 4, "L")}
    assert found[2].record  # file names are the clerk's own: a doubt, no refusal


def test_name_and_number_in_each_others_column_are_one_finding(tmp_path: Path) -> None:
    rows = people(3)
    rows[1]["name"], rows[1]["identity_number"] = rows[1]["identity_number"], rows[1]["name"]
    _, found = read_rows(tmp_path, rows, WITNESSED)
    assert facts(found[1]) == {("row/swapped", 3, "A")}
    assert found[0].record
    assert found[2].record
