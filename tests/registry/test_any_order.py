"""Any order of reserving, recording, releasing and voiding keeps the promises of the register."""

import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from certgen.registry.register import Done, Outcome, Register, State

from .builders import COUNTER, FILE, Clock, wanted

PEOPLE = st.integers(1, 6)
CHUNKS = st.lists(st.tuples(PEOPLE, st.sampled_from(["", "改"])), max_size=5)
FIRST = 999_990  # close to the end, so that the counter runs out now and then


class AnyOrder(RuleBasedStateMachine):
    """The register beside the simplest model of it: who holds which code, and its state."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.states: dict[str, State] = {}
        self.holder: dict[str, int] = {}
        self.name: dict[str, str] = {}
        self.released: set[str] = set()

    @initialize()
    def open(self) -> None:
        path = Path(self.folder.name) / "register.db"
        self.register = Register.open(path, clock=Clock())
        self.job = self.register.open_job(roster="roster.csv", sha256=FILE)

    @rule()
    def open_again(self) -> None:
        self.register.close()
        self.register = Register.open(self.register.path, clock=Clock())

    @rule(chunk=CHUNKS)
    def reserve(self, chunk: list[tuple[int, str]]) -> None:
        rows = [wanted(nth, name=f"样例{nth}{mark}", first_serial=FIRST) for nth, mark in chunk]
        answers = self.register.reserve(self.job, rows)
        for (nth, _), row, answer in zip(chunk, rows, answers, strict=True):
            assert (answer.outcome, answer.code) == self._expected(nth, row.record.name)

    def _expected(self, nth: int, name: str) -> tuple[Outcome, str | None]:
        held = [c for c, holder in self.holder.items() if holder == nth and self._live(c)]
        if not held:
            serial = FIRST + len(self.states)
            if serial > 999_999:
                return Outcome.EXHAUSTED, None
            code = f"{COUNTER}{serial}"
            self.states[code], self.holder[code], self.name[code] = State.PENDING, nth, name
            return Outcome.NEW, code
        (code,) = held
        same, self.name[code] = self.name[code] == name, name
        if self.states[code] is State.PENDING:
            return (Outcome.RESUMED if same else Outcome.CORRECTED), code
        if same:
            return Outcome.ISSUED, code
        self.name[code] = self.register_name(code)
        return Outcome.CHANGED, code

    def register_name(self, code: str) -> str:
        entry = self.register.find(code)
        assert entry is not None
        return entry.record.name

    def _live(self, code: str) -> bool:
        return self.states[code] is not State.VOID

    def _having(self, *states: State) -> list[str]:
        return [code for code, state in self.states.items() if state in states]

    @precondition(lambda self: self._having(State.PENDING, State.ISSUED))
    @rule(data=st.data())
    def record(self, data: st.DataObject) -> None:
        live = self._having(State.PENDING, State.ISSUED)
        codes = data.draw(st.lists(st.sampled_from(live)))
        self.register.record([Done(code, FILE, 9) for code in codes])
        self.states |= dict.fromkeys(codes, State.ISSUED)

    @precondition(lambda self: self._having(State.ISSUED))
    @rule(data=st.data())
    def release(self, data: st.DataObject) -> None:
        codes = data.draw(st.lists(st.sampled_from(self._having(State.ISSUED))))
        self.register.release(codes)
        self.released |= set(codes)

    @precondition(lambda self: self.states)
    @rule(data=st.data())
    def void(self, data: st.DataObject) -> None:
        code = data.draw(st.sampled_from(list(self.states)))
        self.register.void(code, "样例")
        self.states[code] = State.VOID

    @invariant()
    def every_number_has_exactly_one_state(self) -> None:
        found = self.register.numbering(COUNTER)
        if not self.states:
            assert found is None
            return
        assert found is not None
        assert found.whole
        assert found.first == FIRST
        assert {f"{COUNTER}{serial}": state for serial, state in found.states} == self.states

    @invariant()
    def every_number_is_still_its_rows(self) -> None:
        entries = {entry.code: entry for entry in self.register.entries(self.job)}
        assert {code: entry.record.name for code, entry in entries.items()} == self.name
        assert {code for code, entry in entries.items() if entry.released} == self.released
        live = [holder for code, holder in self.holder.items() if self._live(code)]
        assert len(live) == len(set(live))

    def teardown(self) -> None:
        self.register.close()
        self.folder.cleanup()


AnyOrder.TestCase.settings = settings(max_examples=12, stateful_step_count=20, deadline=None)
test_any_order_of_steps_keeps_the_promises = AnyOrder.TestCase
