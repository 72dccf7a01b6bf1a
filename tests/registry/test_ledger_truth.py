"""Any printer, any order of things: the ledger says what a careful person would find in the cupboard."""

import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from certgen.errors import CertgenError
from certgen.registry.ledger.settling import Line, settle
from certgen.registry.ledger.values import JobKind, Request, Seen, SheetState
from certgen.registry.register import Register

from .builders import Clock
from .paper import ask, issued, serial, spans, stock


@given(st.data())
def test_whatever_passes_unprinted_a_look_at_the_sheets_behind_it_finds_the_truth(
    data: st.DataObject,
) -> None:
    """A printer that takes two or three sheets now and then, jams or not; the operator looks behind each slip."""
    pages = data.draw(st.integers(1, 12))
    codes = [f"c{page}" for page in range(pages)]
    slips = data.draw(
        st.lists(st.integers(0, 2), min_size=pages, max_size=pages)
    )  # before each page
    usable = sorted(data.draw(st.sets(st.integers(0, 60), min_size=pages + sum(slips))))
    planned = list(zip(usable, codes, strict=False))
    came_out, at = [], 0
    for code, slip in zip(codes, slips, strict=True):
        at += slip
        came_out.append((usable[at], code))
        at += 1
    shows = [placed for placed, slip in zip(came_out, slips, strict=True) if slip]
    good = data.draw(st.integers(0, pages))
    last = came_out[good - 1][0] if good else usable[0] - 1
    spoiled = data.draw(st.sets(st.sampled_from(usable), max_size=3))
    told = [one for one in shows if one[0] <= last or one[0] in spoiled]
    settled = settle(planned, Line("0000", usable), told, last, sorted(spoiled))
    truth = [(sheet, code) for sheet, code in came_out[:good] if sheet not in spoiled]
    assert list(settled.good) == truth
    kept = {code for _, code in truth}
    assert list(settled.remaining) == [code for code in codes if code not in kept]


NUMBER = st.integers(1, 30)
TWO = st.lists(NUMBER, min_size=1, max_size=2)
CODE = st.integers(0, 9)


class Office(RuleBasedStateMachine):
    """A pile of sheets, ten certificates, and people who do anything."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.clock = Clock()
        self.register = Register.open(Path(self.folder.name) / "register.db", clock=self.clock)
        job = self.register.open_job(roster="roster.xlsx", sha256="f" * 64)
        self.codes = issued(self.register, job, 10)
        stock(self.register, 24)
        self.jobs: list[str] = []

    def teardown(self) -> None:
        self.register.close()
        self.folder.cleanup()

    def noted(self, taken: object) -> None:
        job = getattr(taken, "job", None)
        if job is not None and job.id not in self.jobs:
            self.jobs.append(job.id)

    @rule(first=CODE, count=st.integers(1, 5), start=NUMBER)
    def print_some(self, first: int, count: int, start: int) -> None:
        codes = self.codes[first : first + count]
        try:
            self.noted(self.register.ledger.take(ask(codes, start), codes))
        except CertgenError:
            return

    @rule(code=CODE, start=NUMBER)
    def reissue(self, code: int, start: int) -> None:
        codes = [self.codes[code]]
        try:
            self.noted(self.register.ledger.take(ask(codes, start, JobKind.REISSUE), codes, "遗失"))
        except CertgenError:
            return

    @precondition(lambda self: self.jobs)
    @rule(
        job=st.integers(0, 5),
        last=st.none() | st.integers(0, 30),
        shows=st.dictionaries(NUMBER, NUMBER, max_size=1),
        spoiled=st.lists(NUMBER, max_size=2),
    )
    def resume(self, job: int, last: int | None, shows: dict[int, int], spoiled: list[int]) -> None:
        seen = Seen(
            self.jobs[job % len(self.jobs)],
            {serial(sheet): serial(mark) for sheet, mark in shows.items()},
            None if last is None else serial(last),
            tuple(map(serial, spoiled)),
            "卡纸",
        )
        try:
            self.noted(self.register.ledger.resume(seen))
        except CertgenError:
            return

    @rule(sheets=TWO)
    def again(self, sheets: list[int]) -> None:
        serials = [serial(one) for one in dict.fromkeys(sheets)]
        request = Request(JobKind.AGAIN, tuple(one.text for one in serials))
        try:
            self.noted(self.register.ledger.again(request, serials, "墨污"))
        except CertgenError:
            return

    @rule(sheets=TWO, what=st.sampled_from(["issue", "spoil", "lose", "destroy"]))
    def step(self, sheets: list[int], what: str) -> None:
        ledger, ranges = self.register.ledger, spans(*sheets)
        try:
            match what:
                case "issue":
                    ledger.issue(ranges)
                case "spoil":
                    ledger.spoil(ranges, "污损")
                case "lose":
                    ledger.lose(ranges, "找不到")
                case _:
                    ledger.destroy(ranges, "甲", "乙")
        except CertgenError:
            return

    @rule(days=st.just(1))
    def tomorrow(self, days: int) -> None:
        self.clock.sleep(days=days)

    @invariant()
    def the_equation_closes(self) -> None:
        for one in self.register.ledger.balances():
            assert one.closes, one

    @invariant()
    def no_certificate_stands_on_two_live_sheets(self) -> None:
        printed = self.register.ledger.sheets(SheetState.PRINTED, SheetState.ISSUED)
        live = Counter(sheet.code for sheet, _ in printed if sheet.live)
        assert not live or max(live.values()) == 1


Office.TestCase.settings = settings(max_examples=8, stateful_step_count=15, deadline=None)
TestOffice = Office.TestCase
