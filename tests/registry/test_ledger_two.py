"""Two operators at once, each in a process of its own."""

import os
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from certgen.errors import RegisterError
from certgen.model.serials import SerialRange
from certgen.registry.ledger.values import JobKind, Request
from certgen.registry.register import Register

from .builders import Clock
from .paper import ask, closes, issued, on, spans, states, stock

ROUNDS = 6


def operator(path: Path, together: Barrier, act: Callable[[Register, int], None]) -> None:
    """Do it again and again, each time at the same moment as the other."""
    with Register.open(path, clock=Clock()) as register:
        for turn in range(ROUNDS):
            together.wait(timeout=30)
            act(register, turn)
    os._exit(0)


def both(path: Path, *acts: Callable[[Register, int], None]) -> None:
    context = get_context("fork")
    together = context.Barrier(len(acts))
    people = [context.Process(target=operator, args=(path, together, act)) for act in acts]
    for one in people:
        one.start()
    for one in people:
        one.join(timeout=60)
    assert [one.exitcode for one in people] == [0] * len(acts)


@pytest.fixture
def codes(register: Register, job: str) -> list[str]:
    stock(register, 60)
    return issued(register, job, 4 * ROUNDS)


def test_two_operators_who_load_the_same_sheet_get_different_ones_or_a_refusal(
    register: Register, codes: list[str], path: Path
) -> None:
    def prints(first: int) -> Callable[[Register, int], None]:
        def act(own: Register, turn: int) -> None:
            mine = codes[first + 4 * turn : first + 4 * turn + 2]
            start = 1 + 4 * turn
            try:
                own.ledger.take(ask(mine, start), mine)
            except RegisterError as refused:
                free = f"the next blank one is {12001 + start + 1:08d}"  # noqa: RUF100
                if free not in refused.said.en:
                    os._exit(3)
                own.ledger.take(ask(mine, start + 2), mine)

        return act

    both(path, prints(0), prints(2))
    assert len(on(register)) == 4 * ROUNDS
    assert len(set(on(register).values())) == 4 * ROUNDS
    assert states(register) == "p" * 4 * ROUNDS + "b" * (60 - 4 * ROUNDS)
    closes(register)


def test_two_operators_who_ask_for_the_same_certificates_print_them_once(
    register: Register, codes: list[str], path: Path
) -> None:
    def act(own: Register, turn: int) -> None:
        mine = codes[4 * turn : 4 * turn + 4]
        own.ledger.take(ask(mine, 1 + 4 * turn), mine)

    both(path, act, act)
    assert on(register) == {nth: f"{nth:02d}" for nth in range(1, 4 * ROUNDS + 1)}
    closes(register)


def test_one_prints_while_the_other_spoils_and_receives(
    register: Register, codes: list[str], path: Path
) -> None:
    def prints(own: Register, turn: int) -> None:
        mine = codes[2 * turn : 2 * turn + 2]
        own.ledger.take(Request(JobKind.PRINT, tuple(mine), start=f"{12001 + 6 * turn:08d}"), mine)

    def spoils(own: Register, turn: int) -> None:
        own.ledger.spoil(spans(6 * turn + 2), "卡纸")
        own.ledger.receive(SerialRange.parse(f"A{turn}00-A{turn}19"), "2026年版", "李样例")

    both(path, prints, spoils)
    assert len(set(on(register).values())) in range(ROUNDS, 2 * ROUNDS + 1)
    assert sum(one.after.received for one in register.ledger.balances()) == 60 + 20 * ROUNDS
    closes(register)
