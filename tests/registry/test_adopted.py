"""Numbers that a roster brings: used as they are, never twice, never against the register."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certgen.errors import RegisterError
from certgen.registry.answers import conflict_of, remarks
from certgen.registry.register import (
    Conflict,
    Numbering,
    Origin,
    Outcome,
    Register,
    Reservation,
    State,
    Why,
)
from certgen.standards.levels import Level

from .builders import COUNTER, Clock, a_record, code, give, issue, wanted


def adopt(register: Register, job: str, nth: int, serial: int, **changes: Any) -> Reservation:
    (answer,) = register.reserve(job, [wanted(nth, adopted_code=code(serial), **changes)])
    return answer


def numbering(register: Register) -> Numbering:
    found = register.numbering(COUNTER)
    assert found is not None
    assert found.whole
    return found


def test_the_number_of_the_row_is_used_as_it_is(register: Register, job: str) -> None:
    assert adopt(register, job, 1, 812) == Reservation(Outcome.NEW, code(812), batch=job)
    entry = register.find(code(812))
    assert entry is not None
    assert (entry.state, entry.origin) == (State.PENDING, Origin.ADOPTED)
    assert entry.record == a_record(1, adopted_code=code(812))
    assert [event.what for event in register.events(code(812))] == ["adopted"]


def test_numbers_of_one_roster_may_stand_in_any_order(register: Register, job: str) -> None:
    answers = register.reserve(
        job, [wanted(nth, adopted_code=code(serial)) for nth, serial in ((1, 9), (2, 3), (3, 7))]
    )
    assert [answer.code for answer in answers] == [code(9), code(3), code(7)]
    found = numbering(register)
    assert (found.first, found.last) == (3, 9)
    assert found.foreign == {3, 7, 9}
    assert found.gaps == (range(4, 7), range(8, 9))


def test_the_same_roster_again_meets_its_numbers(register: Register, job: str) -> None:
    adopt(register, job, 1, 5)
    assert adopt(register, job, 1, 5) == Reservation(Outcome.RESUMED, code(5), (), job)
    assert adopt(register, job, 1, 5, name="更正").outcome is Outcome.CORRECTED
    issue(register, code(5))
    assert adopt(register, job, 1, 5, name="更正").outcome is Outcome.ISSUED
    assert adopt(register, job, 1, 5, name="又改").outcome is Outcome.CHANGED


def test_a_number_counted_here_may_come_back_in_a_roster(register: Register, job: str) -> None:
    give(register, job, 1)
    issue(register, code(1))
    assert adopt(register, job, 1, 1).outcome is Outcome.ISSUED


def test_a_number_of_somebody_else_is_refused_with_his_row(register: Register, job: str) -> None:
    adopt(register, job, 1, 5)
    answer = adopt(register, job, 2, 5)
    assert answer == Reservation(
        Outcome.TAKEN,
        code(5),
        batch=job,
        conflict=Conflict.ANOTHERS,
        place=a_record(1).place,
    )
    finding = conflict_of(wanted(2, adopted_code=code(5)), answer)
    assert finding is not None
    assert finding.code == "register/number-taken"
    assert finding.refuses
    assert finding.place.row == 5
    assert "row 4" in finding.said.en
    assert "第 4 行" in finding.said.zh


def test_a_second_number_for_the_same_certificate_is_refused(register: Register, job: str) -> None:
    adopt(register, job, 1, 5)
    answer = adopt(register, job, 1, 6)
    assert (answer.outcome, answer.code) == (Outcome.TAKEN, code(5))
    assert answer.conflict is Conflict.HAS_ANOTHER
    finding = conflict_of(wanted(1, adopted_code=code(6)), answer)
    assert finding is not None
    assert finding.code == "register/other-number"
    assert code(5) in finding.said.zh
    assert code(6) in finding.said.zh
    assert register.find(code(6)) is None


def test_a_void_number_is_never_adopted_again(register: Register, job: str) -> None:
    adopt(register, job, 1, 5)
    register.void(code(5), "样例")
    answer = adopt(register, job, 1, 5)
    assert (answer.outcome, answer.conflict) == (Outcome.TAKEN, Conflict.VOID)
    finding = conflict_of(wanted(1, adopted_code=code(5)), answer)
    assert finding is not None
    assert finding.code == "register/void-number"
    assert adopt(register, job, 1, 6).outcome is Outcome.NEW


def test_one_number_for_two_rows_of_a_chunk_goes_to_the_first(register: Register, job: str) -> None:
    answers = register.reserve(job, [wanted(nth, adopted_code=code(5)) for nth in (1, 2)])
    assert [answer.outcome for answer in answers] == ["new", "taken"]


def test_what_is_foreseen_is_what_happens(register: Register, job: str) -> None:
    adopt(register, job, 1, 5)
    rows = [wanted(2, adopted_code=code(5)), wanted(3, adopted_code=code(6)), wanted(4)]
    foreseen = register.foresee(rows)
    assert [answer.code for answer in foreseen] == [code(5), code(6), code(7)]
    assert [answer.outcome for answer in register.reserve(job, rows)] == [
        answer.outcome for answer in foreseen
    ]


def test_counting_goes_on_behind_the_largest_adopted_number(register: Register, job: str) -> None:
    give(register, job, 2)
    adopt(register, job, 3, 10)
    assert register.reserve(job, [wanted(4), wanted(5)])[1].code == code(12)
    found = numbering(register)
    assert [serial for serial, _ in found.states] == [1, 2, 10, 11, 12]
    assert found.gaps == (range(3, 10),)


def test_counting_may_begin_behind_foreign_numbers_at_the_first_serial(
    register: Register, job: str
) -> None:
    adopt(register, job, 1, 10)
    (answer,) = register.reserve(job, [wanted(2, first_serial=120)])
    assert answer.code == code(120)
    assert numbering(register).gaps == (range(11, 120),)
    with pytest.raises(RegisterError, match="belong to nobody"):
        register.reserve(job, [wanted(3, first_serial=130)])


def test_a_first_serial_among_foreign_numbers_is_refused(register: Register, job: str) -> None:
    adopt(register, job, 1, 10)
    with pytest.raises(RegisterError) as refusal:
        register.reserve(job, [wanted(2, first_serial=10)])
    assert "000011" in refusal.value.said.zh
    assert "000011 or more" in refusal.value.said.en
    assert register.reserve(job, [wanted(2, first_serial=11)])[0].code == code(11)


def test_a_foreign_number_999999_leaves_nothing_to_count(register: Register, job: str) -> None:
    adopt(register, job, 1, 999_999)
    assert register.reserve(job, [wanted(2)])[0].outcome is Outcome.EXHAUSTED


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"level": Level.FIVE}, id="level"),
        pytest.param({"issue_date": date(2025, 12, 31)}, id="year"),
        pytest.param({"prefix": "S000041000002"}, id="site"),
    ],
)
def test_a_number_that_contradicts_its_row_never_gets_in(
    register: Register, job: str, changes: dict[str, Any]
) -> None:
    with pytest.raises(RegisterError, match="contradicts site, year or level"):
        adopt(register, job, 1, 5, **changes)
    assert register.counts() == {"pending": 0, "issued": 0, "void": 0}


def test_an_earlier_certificate_under_another_name_is_for_review(
    register: Register, job: str
) -> None:
    give(register, job, 1)
    row = wanted(1, batch="2026-02", name="另一人")
    (answer,) = register.reserve(job, [row])
    assert answer.outcome is Outcome.NEW
    assert [(one.why, one.code) for one in answer.earlier] == [(Why.OTHER_NAME, code(1))]
    (finding,) = remarks(row, answer.earlier)
    assert (finding.code, finding.severity) == ("register/other-name", "review")
    assert row.record.identity_number not in f"{finding.said}"


def test_a_void_name_and_the_same_name_are_no_matter(register: Register, job: str) -> None:
    give(register, job, 2)
    register.void(code(1), "姓名有误")
    answers = register.reserve(job, [wanted(1, name="更正"), wanted(2, batch="2026-02")])
    assert [answer.earlier for answer in answers] == [(), ()]


def test_known_numbers_are_masked_and_of_the_asked_beginning(register: Register, job: str) -> None:
    give(register, job, 3)
    register.reserve(
        job,
        [
            wanted(1, batch="2026-02"),
            wanted(8, identity_number="990000190001001008"),
        ],
    )
    known = register.known_numbers("990000190001000")
    assert [(one.masked, one.code) for one in known] == [
        ("990***01", code(4)),  # the newest of two
        ("990***02", code(2)),
        ("990***03", code(3)),
    ]
    assert register.known_numbers("990000190001001")[0].masked == "990***08"
    assert register.known_numbers("990000190001002") == ()
    assert register.known_numbers("9900001900010") == ()


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=st.lists(st.tuples(st.integers(0, 9), st.none() | st.integers(1, 12)), max_size=24),
    listed=st.sets(st.tuples(st.integers(0, 9), st.integers(1, 12)), max_size=4),
)
def test_whatever_is_mixed_no_number_has_two_holders(
    path: Path, clock: Clock, rows: list[tuple[int, int | None]], listed: set[tuple[int, int]]
) -> None:
    path.unlink(missing_ok=True)
    with Register.open(path, clock=clock) as register:
        job = register.open_job(roster="mixed.xlsx", sha256="0" * 64)
        imported = [wanted(nth, adopted_code=code(serial)) for nth, serial in sorted(listed)]
        register.import_numbers(imported, file="list.xlsx", sha256="0" * 64)
        for nth, serial in rows:
            row = wanted(nth, adopted_code=None if serial is None else code(serial))
            (answer,) = register.reserve(job, [row])
            entry = register.find(answer.code or "")
            assert entry is not None
            same = entry.record.identity_number == row.record.identity_number
            assert same == (answer.conflict is not Conflict.ANOTHERS)
            if answer.outcome is not Outcome.TAKEN:
                assert row.adopted in {None, answer.code}
        found = register.numbering(COUNTER)
        assert found is None or found.whole
