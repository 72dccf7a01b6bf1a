"""What the linter of designs says: one fact about a design, its clause, its place, what to do.

`Kind` goes beyond the severity of a notice's verb: *undecided* is a result of its own, never clean,
and *exempt* tells what was found and lawfully passes, with the clause that lets it.
"""

from dataclasses import dataclass
from enum import StrEnum

from certgen.errors import Said
from certgen.model.box import Box
from certgen.standards.normalise import Disguise
from verify.design.clauses import Clause
from verify.design.design import Channel


class Kind(StrEnum):
    """不得, 应, 须, 统一 → error; needs eyes → review; 建议, 参考 → warning; 可 → note."""

    ERROR = "error"
    REVIEW = "review"
    UNDECIDED = "undecided"  # could not be read or judged: a person must look
    WARNING = "warning"
    NOTE = "note"
    EXEMPT = "exempt"  # found, and lawful: filed name, holder, official address, chance

    @property
    def said(self) -> Said:
        """As a report heads it."""
        return _KINDS[self]

    @property
    def above_exempt(self) -> bool:
        """Whether somebody has to do something about it, or to decide it."""
        return self in {Kind.ERROR, Kind.REVIEW, Kind.UNDECIDED, Kind.WARNING}


_KINDS = {
    Kind.ERROR: Said("不符合", "error"),
    Kind.REVIEW: Said("请说明", "review"),
    Kind.UNDECIDED: Said("无法判断", "undecided"),
    Kind.WARNING: Said("建议", "recommendation"),
    Kind.NOTE: Said("提示", "note"),
    Kind.EXEMPT: Said("准许", "exempt"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the design: a page with boxes in millimetres, or a part of the file."""

    page: int = 0  # from 1; 0: the file as a whole
    boxes: tuple[Box, ...] = ()  # one for each line that the span covers
    context: str = ""  # the block of text that holds it, as the file has it
    start: int = 0  # the span within `context`
    end: int = 0
    channel: Channel = Channel.PAGE
    where: str = ""  # 'Info /Title', 'word/header1.xml' for text that stands on no page

    @property
    def written(self) -> str:
        """The exact characters."""
        return self.context[self.start : self.end]

    @property
    def box(self) -> Box | None:
        """Around all boxes."""
        whole: Box | None = None
        for box in self.boxes:
            whole = box if whole is None else whole.union(box)
        return whole


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact. `said` never holds an identity number."""

    rule: str  # permanent id: 'wording/state-name'
    kind: Kind
    said: Said  # what is found
    remedy: Said  # what to change, or what to look at
    clause: Clause
    place: Place = Place()
    read: str = ""  # how a disguised text is read
    disguises: tuple[Disguise, ...] = ()
    also: Clause | None = None  # the clause that exempts it

    @property
    def key(self) -> tuple[str, str, int, tuple[int, int, int, int]]:
        """What makes it the same finding in a corrected design: rule, reading, page, box in mm."""
        box = self.place.box
        rounded = (0, 0, 0, 0) if box is None else tuple(map(round, box))
        return self.rule, self.read or self.place.written, self.place.page, rounded  # type: ignore[return-value]
