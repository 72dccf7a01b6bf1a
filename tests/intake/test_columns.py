"""The header is found under titles and in every usual spelling; what is missing is named."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from certgen.errors import InputError
from certgen.intake.columns import ALIASES, Field

from .builders import HEADINGS, a_row, csv_file, facts, good_and, read_all, xlsx_file

ENGLISH = {
    "name": "Name",
    "identity_number": "ID No.",
    "occupation": "Occupation",
    "job": "JOB",
    "level": "Skill Level",
    "issue_date": "Issue date",
    "print_number": "print_number",
}
DECORATED = HEADINGS | {
    "name": " * 姓　名 ",
    "identity_number": "证件号码（18位）：",
    "occupation": "职业名称\nOccupation",
    "level": "【必填】等级",
    "job": "工种／职业方向",
}


@pytest.mark.parametrize("headings", [HEADINGS, ENGLISH, DECORATED])
def test_headings_are_recognised_however_they_are_decorated(
    headings: dict[str, str], tmp_path: Path
) -> None:
    roster, (row,) = read_all(csv_file(tmp_path, [a_row()], headings=headings))
    assert set(roster.columns) == set(headings)
    assert row.record


def test_no_alias_means_two_fields() -> None:
    aliases = [alias.casefold() for names in ALIASES.values() for alias in names]
    assert len(aliases) == len(set(aliases))
    assert set(ALIASES) == set(Field)


@pytest.mark.parametrize("above", [0, 1, 19])
def test_a_header_may_stand_in_any_of_the_first_20_rows(above: int, tmp_path: Path) -> None:
    path = csv_file(tmp_path, good_and(), titles=[["名单"]] * above)
    roster, rows = read_all(path)
    assert roster.header_row == above + 1
    assert [row.place.row for row in rows] == [above + 2, above + 3]


def test_a_header_in_row_21_is_not_looked_for(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="first 20 rows"):
        read_all(csv_file(tmp_path, good_and(), titles=[["名单"]] * 20))


@pytest.mark.parametrize("field", ["name", "identity_number", "occupation", "level"])
def test_a_missing_column_is_named_with_its_aliases(field: str, tmp_path: Path) -> None:
    headings = {key: text for key, text in HEADINGS.items() if key != field}
    with pytest.raises(InputError) as raised:
        read_all(csv_file(tmp_path, good_and(), headings=headings, titles=[["名单"]]))
    said = raised.value.said
    assert "第 2 行" in said.zh
    assert all(alias in said.zh for alias in ALIASES[Field(field)])
    assert "row 2" in said.en
    assert field in said.en
    others = {"name", "identity_number", "occupation", "level"} - {field}
    assert not [other for other in others if f"{other} (" in said.en]


def test_merged_cells_are_named(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path, good_and(a_row()))
    book = load_workbook(path)
    book.worksheets[0].merge_cells("F2:F4")
    book.worksheets[0].merge_cells("G1:H1")
    book.save(path)
    roster, rows = read_all(path)
    assert {(f.code, f.place.row, f.place.column) for f in roster.findings} == {
        ("roster/merged-cells", 2, "F"),
        ("roster/merged-header", 1, "G"),
    }
    assert ("level/missing", 3, "F") in facts(rows[1])


def test_a_heading_merged_with_a_title_row_hides_nothing(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path, good_and(), top_left=(2, 1))
    book = load_workbook(path)
    sheet = book.worksheets[0]
    sheet["A1"] = "花名册"
    sheet.merge_cells("A1:L1")
    book.save(path)
    roster, rows = read_all(path)
    assert roster.findings == ()
    assert all(row.record for row in rows)


def test_a_second_roster_in_the_workbook_is_reported(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path, good_and())
    book = load_workbook(path)
    copy = book.copy_worksheet(book.worksheets[0])
    copy.title = "旧名单"
    book.worksheets[0].sheet_state = "hidden"
    book.active = 1
    book.save(path)
    roster, _ = read_all(path)
    assert roster.sheet == "旧名单"
    (finding,) = roster.findings
    assert finding.code == "roster/other-sheet"
    assert "名单" in finding.said.zh


def two_rows(folder: Path, upper: list[str], lower: list[str], merged: list[str]) -> Path:
    """A workbook whose header takes rows 1 and 2, over one good person in row 3."""
    path = xlsx_file(folder, [a_row()], top_left=(2, 1))
    book = load_workbook(path)
    sheet = book.worksheets[0]
    for row, cells in enumerate((upper, lower), 1):
        for column in range(1, 13):
            sheet.cell(row, column).value = cells[column - 1] if column <= len(cells) else None
    for area in merged:
        sheet.merge_cells(area)
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("upper", "lower", "merged"),
    [
        # Group headings over the names of columns.
        (
            ["考生信息", "", "", "评价信息"],
            ["姓名", "证件类型", "证件号码", "职业", "工种", "等级", "发证日期"],
            ["A1:C1", "D1:G1"],
        ),
        # Half the headings stand in the row above, merged down.
        (
            ["姓名", "证件类型", "证件号码", "评价", "", "", "发证日期"],
            ["", "", "", "职业", "工种", "等级", ""],
            ["A1:A2", "B1:B2", "C1:C2", "D1:F1", "G1:G2"],
        ),
        # Both rows together make the name.
        (
            ["姓名", "证件", "", "职业", "", "等级", "发证日期"],
            ["", "类型", "号码", "名称", "工种", "", ""],
            ["B1:C1"],
        ),
        # All of it in the upper row, and merged down.
        (
            ["姓名", "证件类型", "证件号码", "职业", "工种", "等级", "发证日期"],
            [],
            ["A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:E2", "F1:F2", "G1:G2"],
        ),
    ],
    ids=["groups", "merged down", "joined", "all above"],
)
def test_a_header_may_take_two_rows(
    upper: list[str], lower: list[str], merged: list[str], tmp_path: Path
) -> None:
    roster, (row,) = read_all(two_rows(tmp_path, upper, lower, merged))
    assert roster.header_row == 2
    assert [roster.columns[key] for key in ("name", "identity_number", "job")] == ["A", "C", "E"]
    assert not row.findings
    assert row.record
    assert not [finding for finding in roster.findings if finding.code != "roster/merged-header"]
