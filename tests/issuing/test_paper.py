"""An agency without key and host: paper alone, in full."""

import pypdf
import pytest
from office import BRANCH, MAIN, Office, outcome

from certgen.api import Step
from certgen.issuing import run
from certgen.registry.entries import State


@pytest.mark.parametrize("pasted", [True, False])
def test_an_agency_without_key_and_host_works_in_full_on_paper(
    paper_only: Office, *, pasted: bool
) -> None:
    paper_only.roster(MAIN[:2], BRANCH[:1])
    account = paper_only.issue(photos=None if pasted else paper_only.photos, passphrase=None)
    assert outcome(account) == (3, 3, 0, 0)
    public = paper_only.public()
    assert list(public) == [f"{account.job}/print-1.pdf"]
    entries = paper_only.entries()
    assert {(entry.state, entry.sha256, entry.released) for entry in entries} == {
        (State.ISSUED, public[f"{account.job}/print-1.pdf"], True)
    }
    texts = [page.extract_text() for page in pypdf.PdfReader(account.prints[0]).pages]
    numbers = list(paper_only.numbers().values())
    assert [number in text for number, text in zip(numbers, texts, strict=True)] == [True] * 3
    again = paper_only.issue(photos=None if pasted else paper_only.photos)
    assert outcome(again) == (3, 0, 3, 0)


@pytest.mark.parametrize("step", [Step.PRINT, Step.CHECK, Step.RECORD])
def test_on_paper_a_stopped_run_is_finished_under_the_same_numbers(
    paper_only: Office, step: Step
) -> None:
    paper_only.roster(MAIN[:2])
    paper_only.stopped_at(step)
    numbers = paper_only.numbers()
    assert outcome(paper_only.issue()) == (2, 2, 0, 0)
    assert paper_only.numbers() == numbers
    assert len(paper_only.public()) == 1


def test_on_paper_rows_that_were_recorded_and_not_released_count_as_issued_before(
    paper_only: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run.chunks, "__defaults__", (1,))
    paper_only.roster(MAIN[:2])
    monkeypatch.setattr("certgen.issuing.files.publish", stop)
    with pytest.raises(KeyboardInterrupt):
        paper_only.issue()
    monkeypatch.undo()
    assert outcome(paper_only.issue()) == (2, 0, 2, 0)
    assert {entry.released for entry in paper_only.entries()} == {True}


def stop(*_: object) -> None:
    raise KeyboardInterrupt


def test_on_paper_a_corrected_row_leaves_its_unfinished_part_for_the_next(
    paper_only: Office,
) -> None:
    paper_only.roster(MAIN[:2])
    paper_only.stopped_at(Step.PRINT)
    paper_only.rows[0][0] = "孙晓和"
    paper_only.write()
    account = paper_only.issue()
    assert outcome(account) == (2, 2, 0, 0)
    assert [path.name for path in account.prints] == ["print-1.pdf", "print-2.pdf"]


def test_on_paper_another_roster_first_finishes_the_part_that_was_begun(
    paper_only: Office,
) -> None:
    paper_only.roster(MAIN[:2])
    paper_only.stopped_at(Step.PRINT)
    paper_only.change_settings("云河样例机械制造", "云河样例精密机械制造")
    account = paper_only.issue(paper_only.roster(MAIN[2:3]))
    assert outcome(account) == (1, 1, 0, 0)
    assert len(account.prints) == 2
    assert not paper_only.entries(State.PENDING)


def test_on_paper_a_print_file_that_fails_holds_its_rows(
    paper_only: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper_only.roster(MAIN[:2])
    numbers_before = set(paper_only.numbers())
    monkeypatch.setenv("REFUSE", "print-")
    account = paper_only.issue(selfcheck="careful")
    assert outcome(account) == (2, 0, 0, 2)
    assert account.held == 2
    assert not paper_only.public()
    assert not numbers_before
    numbers = paper_only.numbers()
    monkeypatch.delenv("REFUSE")
    assert outcome(paper_only.issue()) == (2, 2, 0, 0)
    assert paper_only.numbers() == numbers
