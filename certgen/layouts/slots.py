"""The vocabulary of a layout: frozen slots, each with where its size and its place come from.

Lengths are millimetres from the top left corner of the sheet, type sizes are points. A text slot names the contents it
prints by key ('title.zh', 'name.value'); `certgen.compose` supplies them.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from certgen.model.page import Colour, Mm, Segment


class Align(StrEnum):
    """Which end of the box a line starts from."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Anchor(StrEnum):
    """Which line of a wrapped text stands on `baseline`: the first (grows down) or the last (grows up)."""

    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Basis:
    """Why a number is what it is: official (a clause states it) or inferred (with the reason)."""

    official: bool
    why: str


def official(clause: str) -> Basis:
    """A number that a notice states."""
    return Basis(official=True, why=clause)


def inferred(reason: str) -> Basis:
    """A number of ours; no notice states it."""
    return Basis(official=False, why=reason)


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a line: which content, in which role. Latin letters and digits go to `latin` where it is given."""

    key: str
    role: str
    latin: str = ""


@dataclass(frozen=True, slots=True)
class TextSlot:
    """A line or a paragraph. What does not fit in `max_lines` or above `bottom` is refused, never shrunk."""

    id: str
    parts: tuple[Part, ...]
    size_pt: float
    x0: Mm
    x1: Mm
    baseline: Mm
    size_basis: Basis
    place_basis: Basis
    static: bool = True
    align: Align = Align.LEFT
    anchor: Anchor = Anchor.FIRST
    leading: Mm = 0.0  # baseline to baseline; needed where max_lines > 1
    max_lines: int = 1
    indent_em: float = 0.0  # first line, in ems: 2 for a Chinese paragraph
    after: str = ""  # id of a slot this one follows: `baseline` is then the least, `gap` below that slot's last line
    gap: Mm = 0.0
    bottom: Mm | None = None  # no baseline may lie below
    optional: bool = False  # printed only when every part has text
    bold: bool = False  # 加粗; only for a static slot


@dataclass(frozen=True, slots=True)
class Usual:
    """What most texts of a layout have in common."""

    roles: tuple[str, ...]  # of a text, and of the Latin letters and digits in it
    size_pt: float
    size_basis: Basis
    place_basis: Basis

    def text(self, slot: str, x0: Mm, x1: Mm, baseline: Mm, **rest: object) -> TextSlot:
        """The slot of one content, as usual unless `rest` says otherwise."""
        parts = (Part(slot, *self.roles),)
        plain = TextSlot(
            slot, parts, self.size_pt, x0, x1, baseline, self.size_basis, self.place_basis
        )
        return replace(plain, **rest)  # type: ignore[arg-type]  # the keywords are TextSlot's own


@dataclass(frozen=True, slots=True)
class RuleSlot:
    """A line that a value stands on."""

    id: str
    x0: Mm
    x1: Mm
    y: Mm
    thickness_pt: float
    basis: Basis


@dataclass(frozen=True, slots=True)
class ShapeSlot:
    """A ground, frame or ornament, drawn under everything else."""

    id: str
    path: tuple[Segment, ...]
    basis: Basis
    fill: Colour | None = None
    stroke: Colour | None = None
    thickness_pt: float = 0.0


@dataclass(frozen=True, slots=True)
class PhotoSlot:
    """Where the portrait goes."""

    x: Mm
    y: Mm
    width: Mm
    height: Mm
    size_basis: Basis
    place_basis: Basis


@dataclass(frozen=True, slots=True)
class QrSlot:
    """Where the QR code goes, quiet zone included."""

    x: Mm
    y: Mm
    size: Mm
    size_basis: Basis
    place_basis: Basis


@dataclass(frozen=True, slots=True)
class SealSlot:
    """Where a seal is centred. Its diameter comes from the agency file."""

    owner: str  # 'agency' or 'branch'
    x: Mm
    y: Mm
    place_basis: Basis


@dataclass(frozen=True, slots=True)
class Layout:
    """One side of a form, in reading order."""

    id: str
    title: str
    source: str
    width: Mm
    height: Mm
    texts: tuple[TextSlot, ...]
    rules: tuple[RuleSlot, ...]
    photo: PhotoSlot | None
    qr: QrSlot | None
    seals: tuple[SealSlot, ...]
    withdrawn_by: str = ""
    shapes: tuple[ShapeSlot, ...] = ()
