from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from certgen.eligibility.staff import Kind, Staff, StaffList, read
from certgen.errors import InputError
from certgen.intake.columns import Field
from certgen.model.record import Record

from .builders import a_csv, a_number, a_record, an_agency, an_xlsx, codes

Listed = Callable[..., StaffList]
HEADER = ("姓名", "身份证号", "人员类别", "班级类别")


@pytest.fixture
def listed(tmp_path: Path) -> Listed:
    def to(*lines: Sequence[str], header: Sequence[str] = HEADER) -> StaffList:
        return read(a_csv(tmp_path / "staff.csv", header, *lines))

    return to


def found(staff: StaffList, record: Record, *, school: bool = False) -> list[tuple[str, Field]]:
    rule = Staff(an_agency(technical_school=school), staff)
    return [(finding.code, field) for field, finding in rule.findings(record)]


@pytest.mark.parametrize("kind", ["职工", "劳务派遣", "劳务外包", "企业新型学徒制员工", ""])
def test_own_and_dispatched_staff_pass(listed: Listed, kind: str) -> None:
    staff = listed(["张样例", a_number(), kind])
    assert found(staff, a_record()) == []


def test_name_and_number_are_enough_for_a_list(listed: Listed) -> None:
    staff = listed(["张样例", a_number()], header=("姓名", "身份证号"))
    assert found(staff, a_record()) == []


def test_somebody_else_is_refused(listed: Listed) -> None:
    staff = listed(["李样例", a_number(2), "职工"])
    assert found(staff, a_record(1)) == [("staff/not-listed", Field.IDENTITY_NUMBER)]


def test_another_name_for_the_number_is_refused(listed: Listed) -> None:
    staff = listed(["张范例", a_number(), "职工"])
    assert found(staff, a_record()) == [("staff/other-name", Field.NAME)]


@pytest.mark.parametrize("kind", ["在册学生", "学生", "注册学籍", "在校生"])
@pytest.mark.parametrize("school", [False, True])
def test_only_a_technical_school_assesses_pupils(
    listed: Listed, kind: str, *, school: bool
) -> None:
    staff = listed(["张样例", a_number(), kind])
    expected = [] if school else [("staff/pupil", Field.IDENTITY_NUMBER)]
    assert found(staff, a_record(), school=school) == expected


def test_the_message_to_a_school_names_pupils(listed: Listed) -> None:
    staff = listed()
    ((_, finding),) = Staff(an_agency(technical_school=True), staff).findings(a_record())
    assert "在册学生" in finding.said.zh
    ((_, finding),) = Staff(an_agency(), staff).findings(a_record())
    assert "学生" not in finding.said.zh


def test_kind_and_class_are_read(listed: Listed) -> None:
    staff = listed(["张样例", a_number(), "在册学生", "中级工班"])
    member = staff.of(a_record())
    assert member
    assert (member.kind, member.school_class, member.row) == (Kind.PUPIL, "中级工班", 2)


def test_lines_that_name_nobody_are_warned_of(listed: Listed) -> None:
    staff = listed(["", a_number()], ["李样例", "1.9E+17"], ["合计", "", "2人"])
    rule = Staff(an_agency(), staff)
    closing = list(rule.closing())
    assert codes(closing) == ["staff/unreadable"] * 2
    assert [finding.place.row for finding in closing] == [2, 3]


def test_a_hidden_row_is_not_on_the_list(tmp_path: Path) -> None:
    rows = [HEADER, ["张样例", a_number(), "职工", ""], ["李样例", a_number(2), "职工", ""]]
    staff = read(an_xlsx(tmp_path / "staff.xlsx", rows, hidden=[2]))
    assert [code for code, _ in found(staff, a_record())] == ["staff/not-listed"]
    assert codes(staff.findings) == ["staff/hidden-row"]


def test_a_file_without_numbers_is_no_staff_list(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"staff list staff\.csv has no column headed 证件号码"):
        read(a_csv(tmp_path / "staff.csv", ("姓名", "部门"), ["张样例", "车间"]))
