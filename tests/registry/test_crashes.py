"""Several processes at once, and processes that are killed: no number is lost or given twice."""

import multiprocessing
import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from certgen.registry.register import Register, State

from .builders import COUNTER, FILE, Clock, code, give, wanted

FORK = multiprocessing.get_context("fork")
CHUNK = 50


def reserve_many(path: Path, first: int, count: int) -> None:
    with Register.open(path, clock=Clock()) as register:
        job = register.open_job(roster="roster.csv", sha256=FILE)
        for chunk in range(first, first + count, CHUNK):
            register.reserve(job, [wanted(nth) for nth in range(chunk, chunk + CHUNK)])


def test_four_processes_reserve_without_gap_or_duplicate(path: Path) -> None:
    # Nobody has made the register yet: they race for that too.
    workers = [
        FORK.Process(target=reserve_many, args=(path, nth, 500)) for nth in range(0, 2000, 500)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0] * 4
    with Register.open(path, clock=Clock()) as register:
        found = register.numbering(COUNTER)
        assert found is not None
        assert (found.first, found.last, found.whole) == (1, 2000, True)
        jobs = [job.id for job in register.open_jobs()]
        assert jobs == [f"20260105-{nth:02d}" for nth in range(1, 5)]
        holders = {entry.record.name for job in jobs for entry in register.entries(job)}
        assert len(holders) == 2000


def reserve_and_die(path: Path, job: str, moment: str) -> None:
    with Register.open(path, clock=Clock()) as register:

        def die_before(_connection: Any, _cursor: Any, sql: str, *_: Any) -> None:
            if sql.startswith(moment):
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(register._engine, "before_cursor_execute", die_before)
        event.listen(register._engine, "commit", lambda it: die_before(it, None, "COMMIT"))
        register.reserve(job, [wanted(nth) for nth in range(3, 3 + CHUNK)])


@pytest.mark.parametrize(
    "moment",
    [
        "BEGIN IMMEDIATE",
        "SELECT jobs",
        "SELECT numbers",
        "SELECT counters",
        "UPDATE counters",
        "INSERT INTO numbers",
        "INSERT INTO events",
        "COMMIT",
    ],
)
def test_killed_within_reserve_leaves_nothing_of_the_chunk(
    register: Register, job: str, moment: str
) -> None:
    give(register, job, 2)
    child = FORK.Process(target=reserve_and_die, args=(register.path, job, moment))
    child.start()
    child.join()
    assert child.exitcode == -signal.SIGKILL
    assert numbers(register) == [1, 2]
    assert give(register, job, 2 + CHUNK) == [code(nth) for nth in range(1, 3 + CHUNK)]
    assert numbers(register) == list(range(1, 3 + CHUNK))


@pytest.mark.parametrize("delay_ms", [5, 20, 50, 90])
def test_killed_at_any_moment_leaves_whole_chunks(path: Path, delay_ms: int) -> None:
    with Register.open(path, clock=Clock()) as register:
        child = FORK.Process(target=reserve_many, args=(path, 0, 100_000))
        child.start()
        while child.is_alive() and not register.counts()["pending"]:
            time.sleep(0.001)
        time.sleep(delay_ms / 1000)
        child.kill()
        child.join()
        given = len(numbers(register))
        assert given % CHUNK == 0
        job = register.open_jobs()[0].id
        again = register.reserve(job, [wanted(nth) for nth in range(given + CHUNK)])
        assert [answer.code for answer in again] == [code(nth + 1) for nth in range(given + CHUNK)]


def numbers(register: Register) -> list[int]:
    found = register.numbering(COUNTER)
    assert found is not None
    assert found.whole
    assert {state for _, state in found.states} == {State.PENDING}
    return [serial for serial, _ in found.states]
