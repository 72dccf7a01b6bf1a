import csv
from pathlib import Path

import pytest

from certgen.clerk import errors_csv
from certgen.errors import Said, StorageError
from certgen.model.finding import Severity

from .builders import a_finding


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_excel_opens_it_as_utf_8(tmp_path: Path) -> None:
    errors_csv.write(tmp_path / "errors.csv", tmp_path / "名单.xlsx", [a_finding()])

    assert (tmp_path / "errors.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_finding_stands_with_its_cell_both_languages_and_clause(tmp_path: Path) -> None:
    found = a_finding(7, "C", Severity.WARNING, clause="人社鉴发〔2021〕1号 二(一)")

    errors_csv.write(tmp_path / "errors.csv", tmp_path / "名单.xlsx", [found])

    assert _rows(tmp_path / "errors.csv") == [
        {
            "文件 file": "roster.xlsx",
            "工作表 sheet": "名单",
            "行 row": "7",
            "单元格 cell": "C7",
            "程度 severity": "提醒 warning",
            "说明": "等级前后矛盾",
            "what": "two levels",
            "依据 clause": "人社鉴发〔2021〕1号 二(一)",
            "代码 code": "level/unknown",
        }
    ]


def test_rows_stand_in_the_order_of_the_roster(tmp_path: Path) -> None:
    found = [a_finding(9), a_finding(5, "AA"), a_finding(None, ""), a_finding(5, "B")]

    errors_csv.write(tmp_path / "errors.csv", tmp_path / "r.xlsx", found)

    cells = [row["单元格 cell"] for row in _rows(tmp_path / "errors.csv")]
    assert cells == ["", "B5", "AA5", "F9"]


def test_a_finding_without_a_file_is_about_the_roster(tmp_path: Path) -> None:
    errors_csv.write(tmp_path / "errors.csv", tmp_path / "名单.csv", [a_finding(file="")])

    assert _rows(tmp_path / "errors.csv")[0]["文件 file"] == "名单.csv"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@cmd"])
def test_no_cell_is_a_formula(tmp_path: Path, text: str) -> None:
    found = a_finding(sheet=text, said=Said(text, text))

    errors_csv.write(tmp_path / "errors.csv", tmp_path / "r.csv", [found])

    row = _rows(tmp_path / "errors.csv")[0]
    assert {row["说明"], row["what"], row["工作表 sheet"]} == {f"'{text}"}


def test_a_disk_that_refuses_is_a_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "errors.csv").mkdir()

    with pytest.raises(StorageError):
        errors_csv.write(tmp_path / "errors.csv", tmp_path / "r.csv", [a_finding()])

    assert [path.name for path in tmp_path.iterdir()] == ["errors.csv"]
