"""Lists of numbers issued elsewhere: taken over once, never against what is there."""

from datetime import date
from typing import Any

import pytest

from certgen.errors import RegisterError
from certgen.registry.entries import Advance, ImportReport
from certgen.registry.register import Done, Origin, Outcome, Register, State, Wanted, Why

from .builders import COUNTER, FILE, code, give, issue, wanted


def listed(nth: int, serial: int, **changes: Any) -> Wanted:
    """A row of a list: it has no photo, and mostly no batch."""
    changes = {"batch": "", "photo": None, "photo_sha256": ""} | changes
    return wanted(nth, adopted_code=code(serial), **changes)


def take(register: Register, *rows: Wanted) -> ImportReport:
    report = register.import_numbers(rows, file="elsewhere.xlsx", sha256=FILE)
    assert report.imported + report.already + len(report.contradictions) == len(rows)
    return report


def said(report: ImportReport) -> list[tuple[str, int | None]]:
    return [(one.code, one.place.row) for one in report.contradictions]


def test_a_list_is_known_as_issued_without_a_file(register: Register) -> None:
    report = take(register, listed(1, 7), listed(2, 9))
    assert (report.imported, report.already, report.contradictions) == (2, 0, ())
    assert report.advanced == (Advance(COUNTER, 0, 9),)
    entry = register.find(code(7))
    assert entry is not None
    assert (entry.state, entry.origin, entry.sha256) == (State.ISSUED, Origin.IMPORTED, "")
    assert entry.record == listed(1, 7).record
    assert [(one.what, one.detail) for one in register.events(code(7))] == [
        ("imported", report.job)
    ]


def test_the_same_list_again_changes_nothing(register: Register) -> None:
    rows = (listed(1, 7), listed(2, 9))
    first = take(register, *rows)
    again = take(register, *rows)
    assert (again.imported, again.already, again.advanced, again.job) == (0, 2, (), "")
    assert [entry.code for entry in register.entries(first.job)] == [code(7), code(9)]
    assert len(register.events(code(7))) == 1


def test_an_import_leaves_no_run_open(register: Register, job: str) -> None:
    report = take(register, listed(1, 7))
    assert register.job(report.job).closed_at is not None
    assert [one.id for one in register.open_jobs()] == [job]


def test_what_is_foreseen_is_what_happens_and_nothing_is_written(register: Register) -> None:
    rows = (listed(1, 7), listed(2, 7), listed(1, 7))
    foreseen = register.foresee_import(rows)
    assert register.find(code(7)) is None
    report = take(register, *rows)
    assert (report.imported, report.already, report.contradictions) == (
        foreseen.imported,
        foreseen.already,
        foreseen.contradictions,
    )


CONTRADICTIONS = [
    pytest.param(listed(2, 1), "register/number-taken", id="number of somebody else"),
    pytest.param(
        listed(1, 1, occupation="电工"), "register/number-taken", id="number of other skill"
    ),
    pytest.param(listed(1, 2, batch="2026-01"), "register/other-number", id="second number"),
    pytest.param(listed(1, 1, batch="2026-01", name="另名"), "import/differs", id="other name"),
    pytest.param(
        listed(1, 1, batch="2026-01", issue_date=date(2026, 1, 6)),
        "import/differs",
        id="other date",
    ),
    pytest.param(listed(3, 3, first_serial=2), "import/first-serial", id="counted here"),
]


@pytest.mark.parametrize(("row", "expected"), CONTRADICTIONS)
def test_a_contradiction_is_reported_with_its_row_and_never_written(
    register: Register, job: str, row: Wanted, expected: str
) -> None:
    give(register, job, 1)
    issue(register, code(1))
    before = register.find(code(1))
    report = take(register, row)
    assert said(report) == [(expected, row.record.place.row)]
    assert report.contradictions[0].refuses
    assert row.record.identity_number not in f"{report.contradictions[0].said}"
    assert register.find(code(1)) == before
    assert register.counts()["issued"] == 1


def test_a_void_number_stays_void(register: Register) -> None:
    take(register, listed(1, 7))
    register.void(code(7), "样例")
    assert said(take(register, listed(1, 7))) == [("register/void-number", 4)]
    entry = register.find(code(7))
    assert entry is not None
    assert entry.state is State.VOID


def test_our_own_number_in_the_list_is_known_already(register: Register, job: str) -> None:
    give(register, job, 1)
    report = take(register, listed(1, 1, batch="2026-01", first_serial=1))
    assert report.already == 1
    entry = register.find(code(1))
    assert entry is not None
    assert (entry.origin, entry.state) == (Origin.ALLOCATED, State.PENDING)


def test_numbers_below_the_first_serial_come_in_after_counting_began(
    register: Register, job: str
) -> None:
    register.reserve(job, [wanted(1, first_serial=120)])
    report = take(register, listed(2, 3, first_serial=120), listed(3, 4, first_serial=120))
    assert (report.imported, report.advanced) == (2, ())
    assert register.reserve(job, [wanted(4, first_serial=120)])[0].code == code(121)
    found = register.numbering(COUNTER)
    assert found is not None
    assert found.whole
    assert (found.first, found.last, found.gaps) == (3, 121, (range(5, 120),))


def test_counting_goes_on_behind_the_list(register: Register, job: str) -> None:
    take(register, listed(1, 500))
    assert register.reserve(job, [wanted(2)])[0].code == code(501)


def test_a_person_of_the_list_asks_for_the_same_certificate_in_vain(
    register: Register, job: str
) -> None:
    take(register, listed(1, 7, batch="2026-01"))
    same, renamed = register.reserve(job, [wanted(1), wanted(1, name="另名")])
    assert (same.outcome, same.code) == (Outcome.ISSUED, code(7))  # whatever photo the roster has
    assert (renamed.outcome, renamed.changed) == (Outcome.CHANGED, ("name",))


def test_without_a_batch_in_the_list_the_same_skill_is_for_review(
    register: Register, job: str
) -> None:
    take(register, listed(1, 7))
    same, other = register.reserve(job, [wanted(1), wanted(1, occupation="电工")])
    assert same.outcome is Outcome.NEW
    assert [(one.why, one.code) for one in same.earlier] == [(Why.NO_BATCH, code(7))]
    assert other.earlier == ()


def test_one_person_with_two_names_in_a_list_is_remarked(register: Register) -> None:
    report = take(register, listed(1, 7), listed(1, 8, occupation="电工", name="另名"))
    assert report.imported == 2
    assert [(one.code, one.place.row) for one in report.remarks] == [("register/other-name", 4)]


def test_an_imported_number_cannot_be_made_or_released_here(register: Register) -> None:
    take(register, listed(1, 7))
    with pytest.raises(RegisterError, match="another file"):
        register.record([Done(code(7), FILE, 1)])
    with pytest.raises(RegisterError, match="cannot be released"):
        register.release([code(7)])


def test_a_list_may_be_longer_than_one_statement_can_carry(register: Register) -> None:
    rows = [listed(nth, nth) for nth in range(1, 1202)]
    assert take(register, *rows).imported == 1201
    assert take(register, *rows[::-1]).already == 1201
    found = register.numbering(COUNTER)
    assert found is not None
    assert found.whole
    assert len(found.foreign) == 1201
