"""Small parts of the steps: the account, chunks, lists, shares, plans that are still current."""

from dataclasses import replace
from pathlib import Path

import pytest
from office import BRANCH, MAIN, Office

from certgen import api
from certgen.exchange import agency_file
from certgen.exchange.agency import Agency
from certgen.issuing import lists, run
from certgen.issuing.checking import Checker
from certgen.issuing.forms import Forms
from certgen.issuing.run import Account, chunks


@pytest.mark.parametrize(
    ("rows", "issued", "already", "refused", "adds_up"),
    [(5, 2, 2, 1, True), (5, 2, 2, 0, False), (0, 0, 0, 0, True), (1, 1, 0, 1, False)],
)
def test_an_account_adds_up_only_if_no_row_is_lost_or_counted_twice(
    *, rows: int, issued: int, already: int, refused: int, adds_up: bool
) -> None:
    account = Account(rows=rows, issued=issued, already=already, refused=refused)
    assert account.adds_up is adds_up


def test_chunks_lose_nothing_and_are_never_empty() -> None:
    assert list(chunks(range(7), 3)) == [[0, 1, 2], [3, 4, 5], [6]]
    assert list(chunks(range(0), 3)) == []
    assert [len(chunk) for chunk in chunks(range(201))] == [100, 100, 1]


@pytest.mark.parametrize("cell", ["=1+1", "+86", "-1", "@x", "\tx", "\rx"])
def test_a_cell_that_excel_would_run_is_text(cell: str) -> None:
    assert lists.plain(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "丁一", "a=b", " -1", "三级/高级工"])
def test_any_other_cell_stays_as_it_is(cell: str) -> None:
    assert lists.plain(cell) == cell


# Which files are read deeply


@pytest.fixture
def agency(employer: Office) -> Agency:
    return replace(agency_file.load(employer.agency), check_share=None)


def drawn(checker: Checker) -> int:
    return sum(
        checker.deep(f"Y00004101899926100{n:04}", rare=False, edge=False) for n in range(2000)
    )


def test_below_a_thousand_rows_every_file_is_read_deeply(agency: Agency) -> None:
    assert drawn(Checker("careful", agency, 999)) == 2000


def test_from_a_thousand_rows_on_one_in_twenty_is(agency: Agency) -> None:
    assert 60 <= drawn(Checker("careful", agency, 1000)) <= 140


@pytest.mark.parametrize(("share", "count"), [(0.0, 0), (1.0, 2000)])
def test_the_share_may_be_set(agency: Agency, share: float, count: int) -> None:
    assert drawn(Checker("careful", replace(agency, check_share=share), 10**6)) == count


def test_first_last_and_fallback_faces_are_always_read_deeply(agency: Agency) -> None:
    checker = Checker("careful", replace(agency, check_share=0.0), 10**6)
    assert checker.deep("Y", rare=True, edge=False)
    assert checker.deep("Y", rare=False, edge=True)


def test_without_a_checker_nothing_is_checked(agency: Agency) -> None:
    checker = Checker(None, agency, 1)
    assert not checker.active
    assert checker.check([]) == []
    assert checker.check_print(Path("none.pdf"), "", ()) == ()


# Plans


def forms_of(office: Office, **changes: object) -> Forms:
    agency = replace(agency_file.load(office.agency), **changes)  # type: ignore[arg-type]
    return Forms(agency, api.fonts_of(agency), office.folder / "register.plans", signed=True)


def test_a_plan_is_current_while_the_agency_file_says_the_same(employer: Office) -> None:
    employer.roster(MAIN[:1], BRANCH[:1])
    employer.issue()
    today, renamed = forms_of(employer), forms_of(employer, name="云河样例精密机械制造有限公司")
    for entry in employer.entries():
        branch = entry.record.branch
        assert today.is_current(entry.plan, branch)
        assert today.reproduces(entry.plan)
        assert not renamed.is_current(entry.plan, branch)
        assert not renamed.reproduces(entry.plan)
    assert not today.is_current("", None)


def test_another_seal_makes_another_plan(employer: Office) -> None:
    employer.roster(MAIN[:1])
    employer.issue()
    (entry,) = employer.entries()
    seals = employer.folder / "seals"
    (seals / "agency.png").write_bytes((seals / "zezhou.png").read_bytes())
    assert not forms_of(employer).is_current(entry.plan, None)


def test_all_rows_of_a_form_share_one_plan_however_many_chunks(
    employer: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run.chunks, "__defaults__", (2,))
    employer.roster(MAIN[:5], BRANCH[:2])
    employer.issue()
    plans = {entry.record.branch: entry.plan for entry in employer.entries()}
    assert len(set(plans.values())) == 2
    assert all(entry.plan == plans[entry.record.branch] for entry in employer.entries())
