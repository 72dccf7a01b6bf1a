"""The blocks of a design as continuous texts, each character with its place: what the rules read.

`design.blocks()` gives runs that read on; here they become one string with line breaks and gaps, and
a way back from any span of it to boxes. What an eye finds and what is hidden are apart: a word
counts where all of it shows, or all of it is hidden.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from certgen.model.box import Box
from verify.design.design import Channel, Design, Joined, Painted, Run

LONGEST = 4_000
"""Characters of one text that are read; longer ones are cut in pieces."""

_BETWEEN = {Joined.NEXT_LINE: "\n", Joined.SPACED: " "}


@dataclass(frozen=True, eq=False)  # known by identity: two blocks may say the same
class Text:
    """One block, or the part of it that shows, or the part that is hidden."""

    text: str
    runs: tuple[Run, ...]
    at: tuple[tuple[int, int] | None, ...]  # for each character: its run and its place there
    hidden: bool = False

    @property
    def page(self) -> int:
        """From 1; 0 for what stands on no page."""
        return self.runs[0].page

    @property
    def channel(self) -> Channel:
        """On which way it reaches the reader."""
        return self.runs[0].channel

    @property
    def on_page(self) -> bool:
        """Whether it is type on a page, or read off a picture there."""
        return self.channel in {Channel.PAGE, Channel.OCR}

    @property
    def role(self) -> str | None:
        """The role its runs bring along, if they agree."""
        roles = {run.role for run in self.runs}
        return roles.pop() if len(roles) == 1 else None

    @property
    def is_round(self) -> bool:
        """Whether it stands along a circle, as on a seal."""
        return any(run.joined is Joined.ROUND for run in self.runs)

    @cached_property
    def box(self) -> Box | None:
        """Around all of it."""
        whole: Box | None = None
        for run in self.runs:
            if box := run.box:
                whole = box if whole is None else whole.union(box)
        return whole

    @cached_property
    def lines(self) -> tuple[tuple[int, int, Box], ...]:
        """Start, end and box of every line that has a place."""
        found = []
        start = 0
        for line in self.text.split("\n"):
            end = start + len(line)
            whole: Box | None = None
            for box in self.boxes(start, end):
                whole = box if whole is None else whole.union(box)
            if whole:
                found.append((start, end, whole))
            start = end + 1
        return tuple(found)

    @property
    def size_pt(self) -> float | None:
        """The largest type size."""
        return max((run.size_pt for run in self.runs if run.size_pt), default=None)

    def runs_of(self, start: int, end: int) -> tuple[Run, ...]:
        """The runs that a span touches."""
        touched = dict.fromkeys(place[0] for place in self.at[start:end] if place)
        return tuple(self.runs[number] for number in touched)

    def boxes(self, start: int, end: int) -> tuple[Box, ...]:
        """One box for each line of the span; none where the place is unknown."""
        lines: dict[tuple[int, int], Box] = {}
        for place in self.at[start:end]:
            if place is None:
                continue
            run = self.runs[place[0]]
            if not run.boxes:
                continue
            box = run.boxes[place[1]]
            line = (run.line, place[0] if run.joined is Joined.STACKED else -1)
            if box.width > 0 and box.height > 0:
                lines[line] = lines[line].union(box) if line in lines else box
        return tuple(lines.values())


def texts_of(design: Design) -> Iterator[Text]:
    """All texts of the design in reading order; none is empty of runs."""
    for block in design.blocks():
        for hidden, part in groupby(block, key=_is_hidden):
            yield from _pieces(tuple(part), hidden=hidden)


def text_of(runs: tuple[Run, ...]) -> Text:
    """One text of runs that read on."""
    (text, *_) = _pieces(runs, hidden=False)
    return text


def _is_hidden(run: Run) -> bool:
    return run.painted is Painted.UNPAINTED and run.channel in {Channel.PAGE, Channel.OCR}


def _pieces(runs: tuple[Run, ...], *, hidden: bool) -> Iterator[Text]:
    chars: list[str] = []
    at: list[tuple[int, int] | None] = []
    for number, run in enumerate(runs):
        between = _BETWEEN.get(run.joined, "") if number else ""
        chars += between
        at += [None] * len(between)
        chars += run.text
        at += [(number, place) for place in range(len(run.text))]
    if len(chars) <= LONGEST:
        yield Text("".join(chars), runs, tuple(at), hidden)
        return
    for start in range(0, len(chars), LONGEST):  # no certificate: an attached book, or an attack
        end = start + LONGEST + 50
        yield Text("".join(chars[start:end]), runs, tuple(at[start:end]), hidden)
