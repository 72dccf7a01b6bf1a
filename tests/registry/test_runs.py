from datetime import UTC, datetime, timedelta, timezone

import pytest

from certgen.errors import RegisterError
from certgen.registry.register import Job, PrintPart, Register

from .builders import FILE, PREFIX, Clock, code, give, issue, wanted


def test_runs_are_numbered_within_the_local_day(register: Register, clock: Clock) -> None:
    clock.now = datetime(2026, 1, 5, 23, 30, tzinfo=timezone(timedelta(hours=8)))
    ids = [register.open_job(roster="a.csv", sha256=FILE) for _ in range(2)]
    clock.sleep(hours=1)
    ids.append(register.open_job(roster="a.csv", sha256=FILE))
    assert ids == ["20260105-01", "20260105-02", "20260106-01"]
    assert register.job(ids[0]).opened_at == datetime(2026, 1, 5, 15, 30, tzinfo=UTC)


def test_the_hundredth_run_of_a_day_stands_last(register: Register) -> None:
    ids = [register.open_job(roster="a.csv", sha256=FILE) for _ in range(100)]
    assert ids[-1] == "20260105-100"
    assert [job.id for job in register.open_jobs()] == ids


def test_a_run_remembers_its_roster(register: Register, job: str, clock: Clock) -> None:
    assert register.open_jobs() == (Job(job, "roster.xlsx", FILE, clock.now, None),)
    assert register.job(job) == register.open_jobs()[0]


def test_a_run_stays_open_while_a_row_is_pending_or_not_released(
    register: Register, job: str, clock: Clock
) -> None:
    give(register, job, 2)
    register.void(code(1), "样例")
    assert not register.close_job(job)
    issue(register, code(2))
    assert not register.close_job(job)
    assert register.open_jobs()
    register.release([code(2)])
    assert register.close_job(job)
    assert not register.open_jobs()
    clock.sleep(hours=1)
    assert register.close_job(job)
    assert register.job(job).closed_at == Clock().now


def test_an_unknown_run_is_named(register: Register) -> None:
    for call in (register.job, register.close_job, register.start_print_part):
        with pytest.raises(RegisterError, match="no run 20990101-01"):
            call("20990101-01")


def test_unreleased_is_what_a_crash_left_between_record_and_release(
    register: Register, job: str
) -> None:
    give(register, job, 4)
    issue(register, code(1), code(2), code(3))
    register.release([code(1)])
    register.void(code(3), "样例")
    assert [entry.code for entry in register.unreleased(job)] == [code(2)]


def test_reading_may_go_on_while_the_reader_records(register: Register, job: str) -> None:
    codes = give(register, job, 1100)
    seen = []
    for entry in register.pending(job):
        seen.append(entry.code)
        if len(seen) % 100 == 0:
            issue(register, *seen[-100:])
    assert seen == codes
    assert not list(register.pending(job))


def test_entries_are_those_of_one_run_and_one_state(register: Register, job: str) -> None:
    give(register, job, 2)
    other = register.open_job(roster="b.csv", sha256=FILE)
    register.reserve(other, [wanted(3)])
    issue(register, code(1))
    assert [entry.code for entry in register.entries(job)] == [code(1), code(2)]
    assert [entry.code for entry in register.entries(other)] == [code(3)]


def pages(register: Register, part: PrintPart | None) -> list[str]:
    assert part is not None
    return [entry.code for entry in register.entries_of_part(part)]


def test_a_print_part_takes_every_page_that_is_in_none_yet(register: Register, job: str) -> None:
    give(register, job, 3)
    issue(register, code(1))
    register.void(code(2), "样例")
    first = register.start_print_part(job)
    assert first == PrintPart(job, 1)
    assert pages(register, first) == [code(1), code(3)]
    register.finish_print_part(first, FILE)
    assert register.start_print_part(job) is None
    register.reserve(job, [wanted(4)])
    second = register.start_print_part(job)
    assert second == PrintPart(job, 2)
    assert pages(register, second) == [code(4)]


def test_an_unfinished_part_comes_again_with_the_same_pages(register: Register, job: str) -> None:
    give(register, job, 2)
    part = register.start_print_part(job)
    register.reserve(job, [wanted(3)])
    assert register.start_print_part(job) == part
    assert pages(register, part) == [code(1), code(2)]


def test_a_part_may_be_made_of_chosen_codes(register: Register, job: str) -> None:
    give(register, job, 3)
    other = register.open_job(roster="b.csv", sha256=FILE)
    register.reserve(other, [wanted(4)])
    part = register.start_print_part(job, codes=[code(3), code(1), code(4)])
    assert pages(register, part) == [code(1), code(3)]
    assert part is not None
    register.finish_print_part(part, FILE)
    assert register.start_print_part(job, codes=[code(1)]) is None
    assert pages(register, register.start_print_part(job)) == [code(2)]


def test_a_corrected_row_is_printed_again_in_a_new_part(register: Register, job: str) -> None:
    give(register, job, 2)
    part = register.start_print_part(job)
    assert part is not None
    register.finish_print_part(part, FILE)
    register.reserve(job, [wanted(1, name="改名")])
    assert pages(register, register.start_print_part(job)) == [code(1)]


def test_an_unfinished_part_without_pages_is_filled_again(register: Register, job: str) -> None:
    give(register, job, 1)
    assert register.start_print_part(job) == PrintPart(job, 1)
    register.void(code(1), "样例")
    assert register.start_print_part(job) is None
    register.reserve(job, [wanted(1)])
    part = register.start_print_part(job)
    assert part == PrintPart(job, 1)
    assert pages(register, part) == [code(2)]


def test_a_part_is_finished_once(register: Register, job: str) -> None:
    give(register, job, 1)
    part = register.start_print_part(job)
    assert part is not None
    register.finish_print_part(part, FILE)
    register.finish_print_part(part, FILE)
    for wrong, digest in ((part, "0" * 64), (part, ""), (PrintPart(job, 2), FILE)):
        with pytest.raises(RegisterError, match="no print part"):
            register.finish_print_part(wrong, digest)


def test_each_run_numbers_its_parts_from_one(register: Register, job: str) -> None:
    other = register.open_job(roster="b.csv", sha256=FILE)
    register.reserve(job, [wanted(1)])
    register.reserve(other, [wanted(2, prefix=PREFIX)])
    assert register.start_print_part(job) == PrintPart(job, 1)
    assert register.start_print_part(other) == PrintPart(other, 1)
