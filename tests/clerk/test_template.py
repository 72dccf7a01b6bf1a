from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from certgen.clerk import choices, template
from certgen.errors import InputError
from certgen.exchange.agency import Agency, Branch, ScopeEntry, Site
from certgen.intake.roster import Row, read
from certgen.standards.identity_types import IdentityType
from certgen.standards.levels import Level

from .builders import NUMBER, sheet_of

TODAY = date(2026, 2, 1)
MAIN = Site("main", "Y000041000123", date(2020, 1, 1), date(2030, 12, 31))
PLAIN = Agency("样例机械有限公司", "Sample Machinery Co., Ltd.", "Y", {"main": MAIN})
FULL = replace(
    PLAIN,
    sites={"main": MAIN, "south": replace(MAIN, id="south", prefix="Y000041000124")},
    branches={"north": Branch("north", "样例机械北方分公司", "Sample North", "main")},
    scope=(
        ScopeEntry("车工", "数控车床", frozenset({Level.FOUR, Level.THREE})),
        ScopeEntry("焊工", None, frozenset({Level.FIVE})),
        ScopeEntry("车工", None, frozenset({Level.FIVE})),
    ),
    print_number=True,
)
PERSON = {
    "姓名": "阿卜杜拉·样例",
    "证件类型": IdentityType.RESIDENT_CARD.zh,
    "证件号码": NUMBER,
    "职业名称": "车工",
    "工种/职业方向": "--",
    "职业技能等级": Level.FIVE.written,
    "发证日期": "2026-01-05",
    "站点": "south",
    "印制流水码": "00000012",
}


def _headings(path: Path) -> dict[str, str]:
    """The heading of each column and its letter."""
    row = sheet_of(load_workbook(path), template.SHEET)[template.HEADER_ROW]
    return {str(cell.value).rstrip("*"): get_column_letter(at) for at, cell in enumerate(row, 1)}


def _filled(path: Path, **changes: str) -> list[Row]:
    """The template filled in with one person, as intake reads it."""
    book = load_workbook(path)
    sheet, letters = sheet_of(book, template.SHEET), _headings(path)
    for heading, text in (PERSON | changes).items():
        sheet[f"{letters[heading]}{template.FIRST_ROW}"] = text
    book.save(path)
    roster, rows = read(path, FULL, None, TODAY)
    assert roster.findings == ()
    return list(rows)


def test_a_filled_template_reads_without_findings(tmp_path: Path) -> None:
    template.write(tmp_path / "r.xlsx", FULL)

    (row,) = _filled(tmp_path / "r.xlsx")

    assert row.findings == ()
    assert row.record is not None
    assert (row.record.name, row.record.site, row.record.job) == ("阿卜杜拉·样例", "south", None)


def test_a_branch_chosen_from_the_list_is_understood(tmp_path: Path) -> None:
    template.write(tmp_path / "r.xlsx", FULL)

    (row,) = _filled(tmp_path / "r.xlsx", 站点="main", 分支机构="样例机械北方分公司")

    assert row.findings == ()


@pytest.mark.parametrize("agency", [PLAIN, FULL])
def test_an_empty_template_is_a_roster_of_nobody(tmp_path: Path, agency: Agency) -> None:
    template.write(tmp_path / "r.xlsx", agency)

    roster, rows = read(tmp_path / "r.xlsx", agency, None, TODAY)

    assert (roster.header_row, roster.findings, list(rows)) == (template.HEADER_ROW, (), [])


def test_columns_that_the_agency_has_no_use_for_are_left_out(tmp_path: Path) -> None:
    template.write(tmp_path / "plain.xlsx", PLAIN)
    template.write(tmp_path / "full.xlsx", FULL)

    extra = set(_headings(tmp_path / "full.xlsx")) - set(_headings(tmp_path / "plain.xlsx"))

    assert extra == {"站点", "分支机构", "印制流水码"}


def test_every_column_is_text_and_wide_enough_for_its_heading(tmp_path: Path) -> None:
    template.write(tmp_path / "r.xlsx", FULL)

    sheet = sheet_of(load_workbook(tmp_path / "r.xlsx"), template.SHEET)

    for heading, letter in _headings(tmp_path / "r.xlsx").items():
        assert sheet.column_dimensions[letter].number_format == "@"
        assert sheet.column_dimensions[letter].width >= 2 * len(heading) + 1


def test_header_and_names_stay_in_sight(tmp_path: Path) -> None:
    template.write(tmp_path / "r.xlsx", PLAIN)

    assert sheet_of(load_workbook(tmp_path / "r.xlsx"), template.SHEET).freeze_panes == "B4"


def _formulas(path: Path) -> dict[str, str]:
    sheet = sheet_of(load_workbook(path), template.SHEET)
    rules = {str(rule.sqref): str(rule.formula1) for rule in sheet.data_validations.dataValidation}
    found = {}
    for heading, letter in _headings(path).items():
        if f"{letter}4:{letter}1048576" in rules:
            found[heading] = rules[f"{letter}4:{letter}1048576"]
    return found


def _list(path: Path, column: str) -> list[object]:
    sheet = sheet_of(load_workbook(path), choices.SHEET)
    return [cell.value for cell in sheet[column] if cell.value is not None]


def test_drop_downs_stand_on_a_hidden_sheet(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    template.write(path, FULL)

    formulas = _formulas(path)

    assert sheet_of(load_workbook(path), choices.SHEET).sheet_state == "hidden"
    assert {h: f for h, f in formulas.items() if "OFFSET" not in f} == {
        "证件类型": "'选项 Lists'!$A$1:$A$6",
        "站点": "'选项 Lists'!$B$1:$B$2",
        "分支机构": "'选项 Lists'!$C$1:$C$1",
        "职业名称": "'选项 Lists'!$D$1:$D$2",
    }
    assert _list(path, "D") == ["车工", "焊工"]


def test_an_occupation_narrows_its_jobs_and_both_narrow_the_levels(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    template.write(path, FULL)

    formulas = _formulas(path)

    assert formulas["工种/职业方向"].startswith("OFFSET('选项 Lists'!$F$1,MATCH($D4,")
    assert list(zip(_list(path, "E"), _list(path, "F"), strict=True)) == [
        ("焊工", "--"),
        ("车工", "--"),
        ("车工", "数控车床"),
    ]
    assert 'MATCH($D4&"|"&IF($E4="","--",$E4),' in formulas["职业技能等级"]
    assert list(zip(_list(path, "G"), _list(path, "H"), strict=True)) == [
        ("焊工|--", "五级/初级工"),
        ("车工|--", "五级/初级工"),
        ("车工|数控车床", "三级/高级工"),
        ("车工|数控车床", "四级/中级工"),
    ]
    # Excel refuses a rule of more than 255 characters.
    assert max(map(len, formulas.values())) <= 255


def test_without_a_filed_scope_every_level_is_offered(tmp_path: Path) -> None:
    template.write(tmp_path / "r.xlsx", PLAIN)

    assert set(_formulas(tmp_path / "r.xlsx")) == {"证件类型", "职业技能等级"}
    assert _list(tmp_path / "r.xlsx", "B") == [level.written for level in Level]


def test_a_template_that_may_be_filled_in_is_not_overwritten(tmp_path: Path) -> None:
    template.write(tmp_path / "r.xlsx", PLAIN)

    with pytest.raises(InputError, match="not overwritten"):
        template.write(tmp_path / "r.xlsx", PLAIN)
