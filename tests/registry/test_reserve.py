from datetime import date
from pathlib import Path
from typing import Any

import pytest

from certgen.errors import RegisterError
from certgen.registry.register import Outcome, Register, Reservation, State
from certgen.standards.levels import Level

from .builders import COUNTER, PLAN, PREFIX, Clock, a_record, code, give, issue, wanted


def numbering(register: Register, counter: str = COUNTER) -> list[tuple[int, State]]:
    found = register.numbering(counter)
    assert found is not None
    assert found.whole
    return list(found.states)


def test_rows_get_consecutive_numbers_in_their_order(register: Register, job: str) -> None:
    answers = register.reserve(job, [wanted(3), wanted(1), wanted(2)])
    assert answers == [Reservation(Outcome.NEW, code(serial), batch=job) for serial in (1, 2, 3)]
    assert [entry.record.name for entry in register.pending(job)] == ["样例3", "样例1", "样例2"]
    assert [entry.position for entry in register.pending(job)] == [1, 2, 3]


def test_the_number_is_pending_with_all_that_the_row_says(register: Register, job: str) -> None:
    register.reserve(job, [wanted()])
    entry = register.find(code(1))
    assert entry is not None
    assert (entry.record, entry.photo_sha256) == (a_record(), "p" * 64)
    assert (entry.state, entry.job, entry.position) == (State.PENDING, job, 1)
    assert (entry.plan, entry.sha256, entry.size, entry.released) == ("", "", 0, False)
    assert entry.reserved_at == Clock().now


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"level": Level.FIVE}, PREFIX + "265000001", id="level"),
        pytest.param({"issue_date": date(2027, 1, 1)}, PREFIX + "273000001", id="year"),
        pytest.param({"prefix": "S000041000002"}, "S000041000002263000001", id="site"),
    ],
)
def test_serials_start_again_with_each_level_year_and_site(
    register: Register, job: str, changes: dict[str, Any], expected: str
) -> None:
    answers = register.reserve(job, [wanted(1), wanted(2, **changes), wanted(3)])
    assert [answer.code for answer in answers] == [code(1), expected, code(2)]


def test_the_same_roster_again_gets_nothing_new(register: Register, job: str) -> None:
    codes = give(register, job, 3)
    again = register.reserve(job, [wanted(3), wanted(1), wanted(2)])
    assert [answer.code for answer in again] == [codes[2], codes[0], codes[1]]
    assert {answer.outcome for answer in again} == {Outcome.RESUMED}
    assert len(numbering(register)) == 3


def test_a_pending_row_stays_in_the_run_that_reserved_it(register: Register, job: str) -> None:
    give(register, job, 1)
    other = register.open_job(roster="corrected.xlsx", sha256="e" * 64)
    (answer,) = register.reserve(other, [wanted(1)])
    assert answer == Reservation(Outcome.RESUMED, code(1), (), job)
    assert not list(register.pending(other))


def test_a_row_that_stands_twice_in_one_chunk_gets_one_number(register: Register, job: str) -> None:
    answers = register.reserve(job, [wanted(1), wanted(1), wanted(1, name="样例一")])
    assert [answer.outcome for answer in answers] == ["new", "resumed", "corrected"]
    assert numbering(register) == [(1, State.PENDING)]
    entry = register.find(code(1))
    assert entry is not None
    assert entry.record.name == "样例一"


def test_a_moved_photo_is_no_correction_but_is_found_again(register: Register, job: str) -> None:
    register.reserve(job, [wanted()])
    register.set_plan([code(1)], PLAN)
    (answer,) = register.reserve(job, [wanted(photo=Path("moved/1.jpg"))])
    entry = register.find(code(1))
    assert entry is not None
    assert answer.outcome is Outcome.RESUMED
    assert entry.record.photo == Path("moved/1.jpg")
    assert entry.plan == PLAN


CORRECTIONS = [
    pytest.param({"name": "阿卜杜拉·买买提"}, ("name",), id="name"),
    pytest.param({"issue_date": date(2026, 3, 1)}, ("issue_date",), id="date in the same year"),
    pytest.param({"branch": "east"}, ("branch",), id="branch"),
    pytest.param({"print_number": "0001"}, ("print_number",), id="print number"),
    pytest.param({"photo_sha256": "q" * 64}, ("photo",), id="photo"),
    pytest.param({"site": "b", "name": "新"}, ("name", "site"), id="two at once"),
]


@pytest.mark.parametrize(("changes", "changed"), CORRECTIONS)
def test_a_pending_row_may_be_corrected_under_its_number(
    register: Register, job: str, changes: dict[str, Any], changed: tuple[str, ...]
) -> None:
    give(register, job, 2)
    register.set_plan([code(1), code(2)], PLAN)
    (answer,) = register.reserve(job, [wanted(1, **changes)])
    assert answer == Reservation(Outcome.CORRECTED, code(1), changed, job)
    entry, untouched = register.find(code(1)), register.find(code(2))
    assert entry is not None
    assert untouched is not None
    now = wanted(1, **changes)
    assert (entry.record, entry.photo_sha256) == (now.record, now.photo_sha256)
    assert (entry.plan, untouched.plan) == ("", PLAN)
    assert entry.position == 1
    assert register.events(code(1))[-1].what == "corrected"
    assert register.events(code(1))[-1].detail == ", ".join(changed)


@pytest.mark.parametrize(("changes", "changed"), CORRECTIONS)
def test_an_issued_row_is_never_overwritten(
    register: Register, job: str, changes: dict[str, Any], changed: tuple[str, ...]
) -> None:
    give(register, job, 1)
    issue(register, code(1))
    before = register.find(code(1))
    (answer,) = register.reserve(job, [wanted(1, **changes)])
    assert answer == Reservation(Outcome.CHANGED, code(1), changed, job)
    assert register.find(code(1)) == before


@pytest.mark.parametrize(
    ("changes", "changed"),
    [
        pytest.param({"issue_date": date(2025, 12, 31)}, ("issue_date",), id="issue year"),
        pytest.param({"prefix": "S000041000002"}, ("prefix",), id="prefix"),
    ],
)
def test_what_the_code_itself_says_cannot_be_corrected(
    register: Register, job: str, changes: dict[str, Any], changed: tuple[str, ...]
) -> None:
    give(register, job, 1)
    before = register.find(code(1))
    (answer,) = register.reserve(job, [wanted(1, **changes)])
    assert answer == Reservation(Outcome.CHANGED, code(1), changed, job)
    assert register.find(code(1)) == before


def test_an_issued_row_is_reported_with_its_run(register: Register, job: str) -> None:
    give(register, job, 1)
    issue(register, code(1))
    other = register.open_job(roster="again.csv", sha256="e" * 64)
    (answer,) = register.reserve(other, [wanted(1)])
    assert answer == Reservation(Outcome.ISSUED, code(1), (), job)


def test_a_reassessment_in_another_batch_is_another_certificate(
    register: Register, job: str
) -> None:
    answers = register.reserve(job, [wanted(1), wanted(1, batch="2026-02")])
    assert [answer.code for answer in answers] == [code(1), code(2)]


def test_counting_starts_at_the_first_serial(register: Register, job: str) -> None:
    answers = register.reserve(job, [wanted(nth, first_serial=120) for nth in (1, 2)])
    assert [answer.code for answer in answers] == [code(120), code(121)]
    later = register.reserve(job, [wanted(3, first_serial=120), wanted(4, first_serial=1)])
    assert [answer.code for answer in later] == [code(122), code(123)]
    assert numbering(register)[0] == (120, State.PENDING)


def test_a_first_serial_beyond_the_counter_is_refused_with_its_chunk(
    register: Register, job: str
) -> None:
    give(register, job, 2)
    with pytest.raises(RegisterError) as refusal:
        register.reserve(job, [wanted(3), wanted(4, first_serial=9)])
    assert "stands at 000003" in refusal.value.said.en
    assert "已用到 000003" in refusal.value.said.zh
    assert len(numbering(register)) == 2
    assert register.reserve(job, [wanted(3, first_serial=3)])[0].code == code(3)


def test_after_999999_rows_are_refused_and_nothing_wraps(register: Register, job: str) -> None:
    answers = register.reserve(
        job,
        [
            wanted(1, first_serial=999_999),
            wanted(2, first_serial=999_999),
            wanted(3, level=Level.ONE),
        ],
    )
    assert answers[0].code == code(999_999)
    assert answers[1] == Reservation(Outcome.EXHAUSTED, None)
    assert answers[2].code == PREFIX + "261000001"
    register.void(code(999_999), "样例")
    assert register.reserve(job, [wanted(2)])[0].outcome is Outcome.EXHAUSTED
    assert numbering(register) == [(999_999, State.VOID)]


def test_a_void_number_is_never_given_again_and_its_row_gets_a_new_one(
    register: Register, job: str
) -> None:
    give(register, job, 2)
    issue(register, code(1))
    register.void(code(1), "姓名有误，重新制证")
    answers = register.reserve(job, [wanted(1), wanted(2), wanted(3)])
    assert [answer.code for answer in answers] == [code(3), code(2), code(4)]
    assert [answer.outcome for answer in answers] == ["new", "resumed", "new"]
    assert numbering(register)[0] == (1, State.VOID)


def test_nothing_is_reserved_for_an_unknown_or_closed_run(register: Register, job: str) -> None:
    with pytest.raises(RegisterError, match="no run 20990101-01"):
        register.reserve("20990101-01", [wanted()])
    assert register.close_job(job)
    with pytest.raises(RegisterError, match="closed"):
        register.reserve(job, [wanted()])
    assert register.numbering(COUNTER) is None


def test_an_empty_chunk_is_answered_with_nothing(register: Register, job: str) -> None:
    assert register.reserve(job, []) == []


def test_a_chunk_may_be_larger_than_one_statement_can_carry(register: Register, job: str) -> None:
    codes = give(register, job, 1201)
    assert codes == [code(serial) for serial in range(1, 1202)]
    assert {answer.outcome for answer in register.reserve(job, [wanted(1), wanted(1201)])} == {
        Outcome.RESUMED
    }
