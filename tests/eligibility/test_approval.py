from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certgen.eligibility.approval import Approval
from certgen.eligibility.approved_list import _refusal, read
from certgen.errors import InputError
from certgen.intake.columns import Field
from certgen.model.finding import Severity
from certgen.standards.levels import Level

from .builders import (
    APPROVED,
    a_csv,
    a_line,
    a_number,
    a_record,
    an_xlsx,
    codes,
)

Listed = Callable[..., Approval]


@pytest.fixture
def listed(tmp_path: Path) -> Listed:
    def to(*lines: Sequence[str], header: Sequence[str] = APPROVED) -> Approval:
        return Approval(read(a_csv(tmp_path / "approved.csv", header, *lines)))

    return to


def found(approval: Approval, *args: Any, **changes: Any) -> list[tuple[str, Field]]:
    findings = approval.findings(a_record(*args, **changes))
    return [(finding.code, field) for field, finding in findings]


def test_what_the_list_approves_passes(listed: Listed) -> None:
    approval = listed(a_line())
    assert found(approval) == []
    assert list(approval.closing()) == []


def test_somebody_who_is_not_on_the_list_is_refused(listed: Listed) -> None:
    approval = listed(a_line(2, 姓名="李样例"))
    assert found(approval) == [("approval/not-approved", Field.IDENTITY_NUMBER)]


def test_the_same_name_under_another_number_is_a_hint(listed: Listed) -> None:
    (about,) = listed(a_line(2)).findings(a_record(1))
    number = a_number(2)
    assert f"{number[:3]}***{number[-2:]}" in about.finding.said.zh
    assert number not in "".join(about.finding.said)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"name": "张范例"}, Field.NAME, "姓名：花名册“张范例”，名单“张样例”"),
        ({"occupation": "铣工"}, Field.OCCUPATION, "职业名称：花名册“铣工”，名单“车工”"),
        ({"job": None}, Field.JOB, "工种/职业方向：花名册“--”，名单“数控车工”"),
        ({"level": Level.TWO}, Field.LEVEL, "花名册“二级/技师”，名单“三级/高级工”"),
    ],
)
def test_a_difference_is_named(
    listed: Listed, changes: dict[str, Any], field: Field, words: str
) -> None:
    approval = listed(a_line())
    ((about, finding),) = approval.findings(a_record(**changes))
    assert (finding.code, about) == ("approval/differs", field)
    assert finding.refuses
    assert words in finding.said.zh
    assert "第 2 行" in finding.said.zh


def test_the_nearest_line_of_a_person_is_the_one_that_differs(listed: Listed) -> None:
    approval = listed(a_line(职业="钳工", 工种="--", 等级="5"), a_line(等级="4"))
    ((_, finding),) = approval.findings(a_record())
    assert "第 3 行" in finding.said.zh


def test_a_person_may_be_approved_twice(listed: Listed) -> None:
    approval = listed(a_line(等级="4"), a_line())
    assert found(approval) == []
    assert found(approval, level=Level.FOUR) == []
    assert list(approval.closing()) == []


def test_one_approval_serves_one_row(listed: Listed) -> None:
    approval = listed(a_line())
    first = a_record(batch="2026-01")
    again = a_record(9, identity_number=first.identity_number, batch="2026-02")
    assert list(approval.findings(first)) == []
    assert list(approval.findings(first)) == []  # asked again, it is the same row
    ((_, finding),) = approval.findings(again)
    assert finding.code == "approval/used-twice"
    assert "花名册第 2 行" in finding.said.zh


def test_two_lines_of_one_person_serve_two_rows(listed: Listed) -> None:
    approval = listed(a_line(), a_line())
    again = a_record(9, identity_number=a_number(1))
    assert found(approval) == []
    assert list(approval.findings(again)) == []


@pytest.mark.parametrize(("batch", "refused"), [("2026-05", False), ("2026-06", True), ("", False)])
def test_batches_are_compared_where_both_sides_give_one(
    listed: Listed, batch: str, *, refused: bool
) -> None:
    approval = listed([*a_line(), "2026-05"], header=(*APPROVED, "批次"))
    assert bool(found(approval, batch=batch)) is refused


def test_without_a_job_column_jobs_are_not_compared(listed: Listed) -> None:
    line = ["张样例", a_number(), "车工", "3"]
    approval = listed(line, header=("姓名", "证件号码", "职业", "等级"))
    assert found(approval) == []


@pytest.mark.parametrize("job", ["", "--"])
def test_a_job_that_the_list_has_not_is_a_difference(listed: Listed, job: str) -> None:
    approval = listed(a_line(1, 工种=job))
    ((field, finding),) = approval.findings(a_record())
    assert (finding.code, field) == ("approval/differs", Field.JOB)
    assert "花名册“数控车工”，名单“--”" in finding.said.zh


def test_somebody_refused_by_the_centre_is_not_missed(listed: Listed) -> None:
    approval = listed([*a_line(), "不通过"], header=(*APPROVED, "审核结果"))
    assert list(approval.closing()) == []


def test_the_score_and_the_running_number_are_not_read(listed: Listed) -> None:
    approval = listed(["1", *a_line(), "86.5"], header=("序号", *APPROVED, "成绩"))
    assert found(approval) == []


@pytest.mark.parametrize(
    ("result", "passed"),
    [
        ("通过", True),
        ("审核通过", True),
        ("合格", True),
        ("同意发证", True),
        ("√", True),
        ("Approved", True),
        ("不通过", False),
        ("未通过", False),
        ("不合格", False),
        ("待审核", False),
        ("不同意", False),
        ("否", False),
        ("缺考", False),
        ("not approved", False),
        ("", False),
        ("见备注", False),
    ],
)
def test_only_a_passing_result_approves(listed: Listed, result: str, *, passed: bool) -> None:
    approval = listed([*a_line(), result], header=(*APPROVED, "审核结果"))
    assert found(approval) == ([] if passed else [("approval/not-passed", Field.IDENTITY_NUMBER)])
    assert list(approval.closing()) == []


@given(st.sampled_from(["不", "未", "没"]), st.sampled_from(["通过", "合格", "同意"]))
def test_a_negation_never_approves(negation: str, word: str) -> None:
    assert _refusal(negation + word)
    assert not _refusal(word)


def test_everybody_approved_and_not_seen_is_named_at_the_row_of_the_list(listed: Listed) -> None:
    approval = listed(a_line(1), a_line(2, 姓名="李样例"))
    assert found(approval) == []
    (finding,) = approval.closing()
    assert (finding.code, finding.severity) == ("approval/not-in-roster", Severity.WARNING)
    assert (finding.place.file, finding.place.row) == ("approved.csv", 3)
    assert finding.said.zh.startswith(f"李样例（990***{a_number(2)[-2:]}，")


def test_a_row_that_differs_is_not_named_a_second_time(listed: Listed) -> None:
    approval = listed(a_line())
    assert found(approval, level=Level.FOUR)
    assert list(approval.closing()) == []


def test_a_hidden_row_approves_nobody(tmp_path: Path) -> None:
    path = an_xlsx(tmp_path / "approved.xlsx", [APPROVED, a_line(1), a_line(2)], hidden=[3])
    approval = Approval(read(path))
    assert found(approval, 1) == []
    assert found(approval, 2) == [("approval/not-approved", Field.IDENTITY_NUMBER)]
    (finding,) = approval.closing()
    assert (finding.code, finding.place.row) == ("approval/hidden-row", 3)


@pytest.mark.parametrize(
    "changes",
    [
        {"姓名": ""},
        {"证件号码": "9.9E+17"},
        {"职业": ""},
        {"等级": "六级"},
        {"工种": "数\u200b控"},
    ],
)
def test_a_line_that_cannot_be_read_approves_nobody_and_is_named(
    listed: Listed, changes: dict[str, str]
) -> None:
    approval = listed(a_line(1, **changes))
    assert [code for code, _ in found(approval)] == ["approval/not-approved"]
    (finding,) = approval.closing()
    assert (finding.code, finding.place.row) == ("approval/unreadable", 2)


def test_totals_and_notes_under_the_list_are_nobody(listed: Listed) -> None:
    approval = listed(a_line(), ["合计", "", "", "", "1人"], ["审核人：", "", "", "", ""])
    assert found(approval) == []
    assert list(approval.closing()) == []


@pytest.mark.parametrize(
    "header",
    [
        [[*APPROVED, "审核结果（盖章）"]],
        # Headings over two rows, as merged cells leave them.
        [["姓名", "证件号码", "评价", "", "", "审核结果"], ["", "", "职业", "工种", "等级", ""]],
    ],
)
def test_a_title_and_a_header_of_two_rows_hide_no_result(
    tmp_path: Path, header: list[list[str]]
) -> None:
    rows = [["审核通过名单"], *header, [*a_line(), "不通过"]]
    approval = Approval(read(an_xlsx(tmp_path / "approved.xlsx", rows)))
    assert [code for code, _ in found(approval)] == ["approval/not-passed"]


def test_a_list_without_the_columns_is_refused_by_name(tmp_path: Path) -> None:
    path = a_csv(tmp_path / "approved.csv", ("姓名", "证件号码", "职业"), ["张样例", "1", "车工"])
    with pytest.raises(InputError) as caught:
        read(path)
    assert "approved.csv 的表头缺少：职业技能等级" in caught.value.said.zh


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.integers(1, 12)), st.sets(st.integers(1, 12), min_size=1))
def test_the_intersection_is_issued_and_the_rest_named_both_ways(
    tmp_path: Path, rostered: set[int], on_list: set[int]
) -> None:
    lines = [a_line(serial) for serial in sorted(on_list)]
    approval = Approval(read(a_csv(tmp_path / "approved.csv", APPROVED, *lines)))
    assert {serial for serial in rostered if not found(approval, serial)} == rostered & on_list
    masked = {a_number(serial): f"***{a_number(serial)[-2:]}" for serial in on_list - rostered}
    said = [finding.said.zh for finding in approval.closing()]
    assert len(said) == len(masked)
    assert all(any(tail in sentence for sentence in said) for tail in masked.values())


def test_no_message_holds_an_identity_number(listed: Listed) -> None:
    approval = listed(a_line(1, 姓名="李样例"), a_line(2), a_line(3, 等级="九级"), a_line(4))
    findings = [
        finding for serial in (1, 2, 3) for _, finding in approval.findings(a_record(serial))
    ]
    findings += approval.closing()
    assert {*codes(findings)} == {
        "approval/differs",
        "approval/not-approved",
        "approval/unreadable",
        "approval/not-in-roster",
    }
    numbers = [a_number(serial) for serial in (1, 2, 3, 4)]
    assert not any(number in "".join(finding.said) for finding in findings for number in numbers)


def test_the_issue_date_is_not_the_centres_business(listed: Listed) -> None:
    assert found(listed(a_line()), issue_date=date(2026, 5, 1)) == []
