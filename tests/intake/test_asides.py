"""Rows under the header that are no people are passed over with a note, and people never are."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from .builders import HEADINGS, a_number, a_row, csv_file, read_all, xlsx_file

GOOD = [a_row(1), a_row(2, name="乙样例"), a_row(3, name="丙样例")]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"name": "合计"}, "roster/total-row"),
        ({"name": "合 计：3人"}, "roster/total-row"),
        ({"name": "共计", "identity_number": "3"}, "roster/total-row"),
        ({"job": "小计", "level": "3"}, "roster/total-row"),
        ({"name": "Total", "batch": "3"}, "roster/total-row"),
        ({"name": "备注：以上人员均已缴费"}, "roster/note-row"),
        (
            {"name": "制表人：张三", "occupation": "审核：李四", "level": "日期：2026"},
            "roster/note-row",
        ),
        ({"name": "注1、照片另附"}, "roster/note-row"),
        ({"name": "联系电话：13800000000"}, "roster/note-row"),
        ({"name": "Prepared by: Zhang"}, "roster/note-row"),
    ],
)
def test_totals_and_notes_are_said_and_not_counted(
    row: dict[str, Any], code: str, tmp_path: Path
) -> None:
    roster, rows = read_all(csv_file(tmp_path, [*GOOD, row]))
    assert [(f.code, f.place.row, f.severity.value) for f in roster.findings] == [(code, 5, "note")]
    assert [row.place.row for row in rows] == [2, 3, 4]
    assert all(row.record for row in rows)


@pytest.mark.parametrize(
    "row",
    [
        a_row(4, name="合计"),
        a_row(4, name="备注：张"),
        a_row(name="合计", identity_number=""),
        {"name": "合计", "job": a_number(4)},
        {"name": "丁样例"},
        {"identity_number": "E12345678"},
        {"identity_number": "4.1E+17", "name": "小计"},
        {"level": "三级"},
    ],
)
def test_whoever_may_be_a_person_is_a_row(row: dict[str, Any], tmp_path: Path) -> None:
    _, rows = read_all(csv_file(tmp_path, [GOOD[0], row, *GOOD[1:]]))
    assert [row.place.row for row in rows] == [2, 3, 4, 5]
    assert all(one.record or one.findings for one in rows)


def test_numbered_blanks_of_a_form_are_one_note(tmp_path: Path) -> None:
    headings = {"serial": "序号", **HEADINGS}
    blanks: list[dict[str, Any]] = [{"serial": str(n)} for n in range(4, 51)]
    rows = [*({"serial": "1", **row} for row in GOOD), *blanks]
    roster, found = read_all(csv_file(tmp_path, rows, headings=headings))
    assert [(f.code, f.place.row) for f in roster.findings] == [("roster/blank-row", 5)]
    assert "47" in roster.findings[0].said.zh
    assert len(found) == 3


def test_a_sentence_merged_across_the_table_is_a_note(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path, [*GOOD, {"name": "以上名单真实有效，本单位承担责任"}])
    book = load_workbook(path)
    book.worksheets[0].merge_cells("A5:L5")
    book.save(path)
    roster, rows = read_all(path)
    assert [(f.code, f.place.row) for f in roster.findings] == [("roster/note-row", 5)]
    assert len(rows) == 3
