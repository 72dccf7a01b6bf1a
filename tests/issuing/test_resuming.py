"""A batch that was stopped, or whose inputs changed meanwhile, and is run again."""

from collections.abc import Callable
from pathlib import Path

import portraits
import pypdf
import pytest
from office import MAIN, Office, codes, message, outcome, told

from certgen.api import Step
from certgen.errors import InputError, RegisterError
from certgen.issuing import run
from certgen.registry.entries import State
from certgen.registry.lock import issuing


@pytest.mark.parametrize("step", [Step.PLAN, Step.RENDER, Step.CHECK, Step.RECORD, Step.PRINT])
def test_a_stopped_run_is_finished_under_the_same_numbers(employer: Office, step: Step) -> None:
    employer.roster(MAIN[:2])
    employer.stopped_at(step)
    numbers = employer.numbers()
    before = 2 if step is Step.PRINT else 0
    assert outcome(employer.issue()) == (2, 2 - before, before, 0)
    assert employer.numbers() == numbers
    assert len(employer.public()) == 3


def test_a_pending_row_may_be_corrected_and_keeps_its_number(employer: Office) -> None:
    employer.roster(MAIN[:2])
    employer.stopped_at(Step.RENDER)
    numbers = employer.numbers()
    employer.rows[0][0] = "孙晓和"
    employer.write()
    assert outcome(employer.issue()) == (2, 2, 0, 0)
    assert employer.numbers() == {"孙晓和": numbers["孙晓禾"], "吴桐": numbers["吴桐"]}


def test_a_changed_agency_file_replans_what_is_pending_under_the_same_numbers(
    employer: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run.chunks, "__defaults__", (1,))
    employer.roster(MAIN[:2])
    employer.stopped_at(Step.RENDER, 1)  # the first row is issued by then
    numbers = employer.numbers()
    first = employer.entries(State.ISSUED)
    employer.change_name("云河样例机械制造", "云河样例精密机械制造")
    account = employer.issue()
    assert outcome(account) == (2, 1, 1, 0)
    assert employer.numbers() == numbers
    assert employer.entries()[0].sha256 == first[0].sha256
    page = pypdf.PdfReader(account.folder / f"{numbers['吴桐']}.pdf").pages[0].extract_text()
    assert "云河样例精密机械制造" in "".join(page.split())
    # The print file has only what today's agency file says; the other is named.
    assert codes(account.findings) == ["print/other-form"]
    assert len(pypdf.PdfReader(account.prints[0]).pages) == 1
    employer.change_name("云河样例精密机械制造", "云河样例机械制造")
    account = employer.issue()
    assert (codes(account.findings), [path.name for path in account.prints]) == (
        [],
        ["print-2.pdf"],
    )


def test_a_print_file_begun_under_another_agency_file_asks_for_that_file(employer: Office) -> None:
    employer.roster(MAIN[:1])
    employer.stopped_at(Step.PRINT)
    employer.change_name("云河样例机械制造", "云河样例精密机械制造")
    problem = message(employer.issue, InputError)
    assert "earlier agency file" in problem.said.en
    employer.change_name("云河样例精密机械制造", "云河样例机械制造")
    assert outcome(employer.issue()) == (1, 0, 1, 0)
    assert len(employer.public()) == 2


@pytest.mark.parametrize("step", [Step.RENDER, Step.CHECK])
def test_a_changed_photo_of_a_pending_row_is_taken(employer: Office, step: Step) -> None:
    employer.roster(MAIN[:2])
    employer.stopped_at(step)
    numbers = employer.numbers()
    photo = employer.photos / f"{MAIN[0].number}.jpg"
    photo.write_bytes(portraits.jpeg(portraits.portrait(4711, female=True)))
    assert outcome(employer.issue()) == (2, 2, 0, 0)
    assert employer.numbers() == numbers


def test_a_changed_photo_of_an_issued_row_is_a_finding(employer: Office) -> None:
    employer.roster(MAIN[:1])
    employer.issue()
    photo = employer.photos / f"{MAIN[0].number}.jpg"
    photo.write_bytes(portraits.jpeg(portraits.portrait(4711, female=True)))
    account = employer.issue()
    assert outcome(account) == (1, 0, 0, 1)
    assert "photo" in told(account.findings)[0].said.en


def test_a_waiting_file_that_is_torn_is_stamped_again_to_the_registered_bytes(
    employer: Office,
) -> None:
    employer.roster(MAIN[:2])
    employer.stopped_at(Step.RELEASE)  # recorded, not released
    waiting = sorted(employer.out.glob("*/.part/*.pdf"))
    waiting[0].write_bytes(waiting[0].read_bytes()[:1000])
    waiting[1].unlink()
    assert outcome(employer.issue()) == (2, 0, 2, 0)
    digests = {f"{entry.job}/{entry.code}.pdf": entry.sha256 for entry in employer.entries()}
    assert digests.items() <= employer.public().items()


def test_a_torn_file_whose_agency_file_changed_asks_for_the_old_one(employer: Office) -> None:
    employer.roster(MAIN[:1])
    employer.stopped_at(Step.RELEASE)
    next(employer.out.glob("*/.part/*.pdf")).unlink()
    employer.change_name("云河样例机械制造", "云河样例精密机械制造")
    problem = message(employer.issue, InputError)
    assert "restore the agency file" in problem.said.en


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_bytes(b"?")])
def test_a_lost_or_altered_plan_is_named_with_the_remedy(
    employer: Office, harm: Callable[[Path], object]
) -> None:
    employer.roster(MAIN[:1])
    employer.stopped_at(Step.RENDER)
    (plan,) = employer.plans
    kept = plan.read_bytes()
    harm(plan)
    problem = message(employer.issue, InputError)
    assert plan.name[:12] in problem.said.zh
    assert "backup" in problem.said.en
    plan.write_bytes(kept)
    assert outcome(employer.issue()) == (1, 1, 0, 0)


def test_a_run_that_is_still_open_is_continued_by_another_roster(employer: Office) -> None:
    employer.roster(MAIN[:2])
    employer.stopped_at(Step.RENDER)
    numbers = employer.numbers()
    account = employer.issue(employer.roster(MAIN[1:3]))
    assert outcome(account) == (2, 2, 0, 0)
    assert [entry.record.name for entry in employer.entries(State.PENDING)] == ["孙晓禾"]
    assert employer.numbers().items() >= numbers.items()
    assert outcome(employer.issue(employer.roster(MAIN[:3]))) == (3, 1, 2, 0)


def test_a_file_that_is_no_roster_begins_no_run(employer: Office) -> None:
    bad = employer.folder / "bad.csv"
    bad.write_text("这不是名册", "utf-8")
    message(lambda: employer.issue(bad), InputError)
    assert not (employer.folder / "register.db").exists()


def test_the_second_of_two_runs_is_told_at_once(employer: Office) -> None:
    employer.roster(MAIN[:1])
    with issuing(employer.folder / "register.db"):
        problem = message(employer.issue, RegisterError)
    assert "another issue is running" in problem.said.en
    assert not employer.out.exists()
