"""Files that fail their self-check are held, not lost; workers that die cost nothing."""

import os

import pytest
from office import MAIN, Office, codes, outcome, told

from certgen.issuing import checking
from certgen.registry.entries import State


def test_a_file_that_fails_its_self_check_is_held_and_goes_through_later_under_its_number(
    employer: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    employer.roster(MAIN[:3])
    held = "Y000041018999262000001"
    monkeypatch.setenv("REFUSE", held)
    account = employer.issue(selfcheck="careful")
    assert outcome(account) == (3, 2, 0, 1)
    assert account.held == 1
    (finding,) = told(account.findings)
    assert (finding.code, finding.place.row) == ("selfcheck/test", 3)
    assert f"{account.job}/{held}.pdf" not in employer.public()
    assert not list(employer.out.glob("*/.part/*"))
    assert [entry.code for entry in employer.entries(State.PENDING)] == [held]
    monkeypatch.delenv("REFUSE")
    again = employer.issue()
    assert outcome(again) == (3, 1, 2, 0)
    assert again.job == account.job
    assert again.prints[0].name == "print-2.pdf"
    assert employer.numbers()["吴桐"] == held


def test_a_print_file_that_fails_is_made_again_by_the_next_run(
    employer: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    employer.roster(MAIN[:1])
    monkeypatch.setenv("REFUSE", "print-1")
    account = employer.issue(selfcheck="careful")
    assert outcome(account) == (1, 1, 0, 0)
    assert codes(account.findings) == ["selfcheck/print-held", "selfcheck/test"]
    assert not account.prints
    monkeypatch.delenv("REFUSE")
    again = employer.issue()
    assert (again.job, [path.name for path in again.prints]) == (account.job, ["print-1.pdf"])


def test_a_worker_that_is_killed_costs_nothing(
    employer: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "POOL_FROM", 2)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setenv("KILL_WORKER", "1")
    employer.roster(MAIN[:3])
    assert outcome(employer.issue(selfcheck="careful")) == (3, 3, 0, 0)


def test_worker_processes_check_as_the_batch_itself_does(
    employer: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "POOL_FROM", 2)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setenv("REFUSE", "262000001")
    employer.roster(MAIN[:3])
    account = employer.issue(selfcheck="careful")
    assert (outcome(account), codes(account.findings)) == ((3, 2, 0, 1), ["selfcheck/test"])
