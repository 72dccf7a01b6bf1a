from collections.abc import Callable

import pytest

from certgen.errors import RegisterError
from certgen.registry.register import Done, Entry, Register, State

from .builders import FILE, PLAN, Clock, code, give, issue


def found(register: Register, serial: int = 1) -> Entry:
    entry = register.find(code(serial))
    assert entry is not None
    return entry


def test_a_number_goes_from_pending_to_issued_to_released(
    register: Register, job: str, clock: Clock
) -> None:
    give(register, job, 1)
    register.set_plan([code(1)], PLAN)
    clock.sleep(seconds=7)
    register.record([Done(code(1), FILE, 51_234)])
    clock.sleep(minutes=1)
    register.release([code(1)])
    entry = found(register)
    assert (entry.state, entry.plan, entry.sha256, entry.size, entry.released) == (
        State.ISSUED,
        PLAN,
        FILE,
        51_234,
        True,
    )
    assert [
        (f"{event.at:%H:%M:%S}", event.what, event.detail) for event in register.events(code(1))
    ] == [
        ("08:00:00", "reserved", job),
        ("08:00:07", "issued", FILE),
        ("08:01:07", "released", ""),
    ]


def test_a_step_repeated_with_the_same_facts_changes_nothing(register: Register, job: str) -> None:
    give(register, job, 2)
    done = [Done(code(1), FILE, 10), Done(code(1), FILE, 10)]
    for _ in range(2):
        register.set_plan([code(1)], PLAN)
        register.record(done)
        register.release([code(1), code(1)])
    register.void(code(2), "样例")
    register.void(code(2), " 样例 ")
    assert [event.what for event in register.events(code(1))] == ["reserved", "issued", "released"]
    assert [event.what for event in register.events(code(2))] == ["reserved", "void"]


def test_a_chunk_half_recorded_may_be_recorded_whole(register: Register, job: str) -> None:
    give(register, job, 3)
    issue(register, code(2))
    issue(register, code(1), code(2), code(3))
    assert register.counts() == {"pending": 0, "issued": 3, "void": 0}
    assert [event.what for event in register.events(code(2))] == ["reserved", "issued"]


REFUSALS: dict[str, Callable[[Register], None]] = {
    # Number 1 is pending, 2 issued, 3 void, 4 was never given.
    "another file": lambda r: r.record([Done(code(1), FILE, 1), Done(code(2), "0" * 64, 1000)]),
    "another size": lambda r: r.record([Done(code(1), FILE, 1), Done(code(2), FILE, 999)]),
    "two files at once": lambda r: r.record([Done(code(1), FILE, 1), Done(code(1), FILE, 2)]),
    "a file for a void number": lambda r: r.record(
        [Done(code(1), FILE, 1), Done(code(3), FILE, 1)]
    ),
    "a file for no number": lambda r: r.record([Done(code(1), FILE, 1), Done(code(4), FILE, 1)]),
    "another plan": lambda r: r.set_plan([code(1), code(2)], PLAN),
    "a plan for a void number": lambda r: r.set_plan([code(1), code(3)], PLAN),
    "a plan for no number": lambda r: r.set_plan([code(1), code(4)], PLAN),
    "release a pending number": lambda r: r.release([code(2), code(1)]),
    "release a void number": lambda r: r.release([code(2), code(3)]),
    "release no number": lambda r: r.release([code(2), code(4)]),
    "void without a reason": lambda r: r.void(code(1), " "),
    "void with another reason": lambda r: r.void(code(3), "另一原因"),
    "void no number": lambda r: r.void(code(4), "样例"),
}


@pytest.mark.parametrize("what", REFUSALS)
def test_a_contradiction_is_refused_and_nothing_is_written(
    register: Register, job: str, what: str
) -> None:
    give(register, job, 3)
    issue(register, code(2))
    register.void(code(3), "样例")
    before = list(register.entries(job))
    events = [register.events(code(serial)) for serial in (1, 2, 3)]
    with pytest.raises(RegisterError) as refusal:
        REFUSALS[what](register)
    assert list(register.entries(job)) == before
    assert [register.events(code(serial)) for serial in (1, 2, 3)] == events
    assert PLAN[:3] not in refusal.value.said.en
    assert any("一" <= sign <= "鿿" for sign in refusal.value.said.zh)


def test_a_refusal_names_code_state_and_what_was_asked(register: Register, job: str) -> None:
    give(register, job, 1)
    with pytest.raises(RegisterError) as refusal:
        register.release([code(1)])
    assert refusal.value.said == (
        f"编码 {code(1)} 的状态是“待制证”，不能发布；本步骤未写入任何内容",
        f"code {code(1)} is pending and cannot be released; nothing of this step was written",
    )


def test_void_keeps_the_reason_and_what_was_there(register: Register, job: str) -> None:
    give(register, job, 1)
    issue(register, code(1))
    register.release([code(1)])
    register.void(code(1), "信息有误")
    entry = found(register)
    assert (entry.state, entry.void_reason) == (State.VOID, "信息有误")
    assert (entry.sha256, entry.released) == (FILE, True)
    assert register.events(code(1))[-1].detail == "信息有误"


def test_empty_steps_do_nothing(register: Register) -> None:
    register.set_plan([], PLAN)
    register.record([])
    register.release([])
    assert register.counts() == {"pending": 0, "issued": 0, "void": 0}
