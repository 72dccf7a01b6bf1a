from pathlib import Path

import pytest
from openpyxl import Workbook

from certgen.errors import InputError
from certgen.standards.levels import Level
from tests.verify.design.designs import BRANCH, NAME, base, plain, said
from verify.design.directory import agency_of, read
from verify.design.filing import Filing

ROWS = (
    ("河南省评价机构目录", None, None, None, None),
    ("机构名称", "英文名称", "类别", "分支机构", "备案职业范围"),
    (NAME, "Yunhe Sample", "用人单位", f"{BRANCH}\n{NAME}二分公司", "车工/数控车床（5-3）；钳工"),
    ("清木样例技能评价有限公司", "", "S", "", "保育师(三级、四级)"),
    ("清木样例技能评价有限公司", "", "S", "", "电工"),
)


def a_list(tmp_path: Path, rows: tuple[tuple[str | None, ...], ...] = ROWS) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    path = tmp_path / "目录.xlsx"
    book.save(path)
    return path


def test_agencies_are_read_with_branches_and_scope(tmp_path: Path) -> None:
    one, other = read(a_list(tmp_path))
    assert (one.name, one.category, one.branches) == (NAME, "Y", (BRANCH, f"{NAME}二分公司"))
    turner, fitter = one.scope
    assert (turner.occupation, turner.job) == ("车工", "数控车床")
    assert turner.levels == {Level.THREE, Level.FOUR, Level.FIVE}
    assert fitter.levels == set(Level)
    assert [entry.occupation for entry in other.scope] == ["保育师", "电工"]
    assert other.scope[0].levels == {Level.THREE, Level.FOUR}


def test_the_agency_is_found_by_its_exact_name_on_the_design(tmp_path: Path) -> None:
    directory = read(a_list(tmp_path))
    for design in (base(), plain(), plain("zezhou")):
        found = agency_of(design, directory)
        assert found is not None
        assert found.name == NAME


def test_an_abbreviation_or_two_agencies_leave_it_to_a_person() -> None:
    directory = (Filing(NAME), Filing("清木样例技能评价有限公司"))
    assert agency_of(said(base(), "agency.name", "清木样例技能评价有限公司"), directory) is None
    assert agency_of(base(), (Filing("另一家有限公司"),)) is None


@pytest.mark.parametrize("rows", [(("甲", "乙", "丙"),), ((None,),)])
def test_a_workbook_without_such_a_table_is_refused(
    tmp_path: Path, rows: tuple[tuple[str | None, ...], ...]
) -> None:
    with pytest.raises(InputError, match="机构名称"):
        read(a_list(tmp_path, rows))


def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04 no")
    with pytest.raises(InputError, match="cannot read"):
        read(path)
