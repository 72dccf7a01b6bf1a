"""A page: a frozen list of positioned primitives, in millimetres, origin top left.

`compose` writes it; the renderers, the goldens, the preview and the linter read it. Every primitive says
whether it is *static* (the same on every certificate of the batch): that bit gives the fast renderer, the
print-over edition (套打) and goldens that show what moved.
"""

from dataclasses import dataclass, field
from pathlib import Path

Mm = float
"""A length in millimetres. The only conversion to points is in the renderer."""


@dataclass(frozen=True, slots=True)
class TextRun:
    """One run of text in one face on one baseline. `x` is its left end; `width` as measured in the face."""

    slot: str  # which slot of the layout it fills: 'name.value'
    text: str
    role: str  # kai, fangsong, hei, times
    face: str  # the face that serves it: a face id of the font set
    size_pt: float
    x: Mm
    baseline: Mm
    width: Mm
    static: bool
    bold: bool = field(
        default=False, repr=False
    )  # 加粗: its outline is drawn too, as word processors do


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour as each edition says it: neither is computed from the other."""

    rgb: tuple[float, float, float]  # sRGB, 0 to 1
    cmyk: tuple[float, float, float, float]  # share of each ink, 0 to 1


BLACK = Colour((0, 0, 0), (0, 0, 0, 1))


@dataclass(frozen=True, slots=True)
class Mark(TextRun):
    """A text across the page, under what stands on it: 样本 SPECIMEN. Turned about the left end of its baseline."""

    angle_deg: float = 0.0  # counter-clockwise: upwards to the right
    colour: Colour = BLACK


Segment = tuple[str, tuple[Mm, ...]]
"""('m', (x, y)) begins, ('l', (x, y)) is a line, ('c', six numbers) a Bézier curve, ('h', ()) closes."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawn shape: a ground (底纹), a frame (边框), an ornament. At least one of fill and stroke is given."""

    slot: str
    path: tuple[Segment, ...]
    fill: Colour | None = None
    stroke: Colour | None = None
    thickness_pt: float = 0.0
    static: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line (the line a value stands on)."""

    slot: str
    x0: Mm
    y0: Mm
    x1: Mm
    y1: Mm
    thickness_pt: float
    static: bool = True


@dataclass(frozen=True, slots=True)
class Photo:
    """The holder's portrait (照片), cropped to its box by the intake."""

    slot: str
    path: Path | None
    x: Mm
    y: Mm
    width: Mm
    height: Mm
    static: bool = False


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code (二维码). The box includes the quiet zone of four modules."""

    slot: str
    text: str
    x: Mm
    y: Mm
    size: Mm
    static: bool = False


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal (印章), drawn from the picture that the agency file names for `owner`. The box is its outer square."""

    slot: str
    owner: str  # 'agency', or a branch id
    x: Mm
    y: Mm
    size: Mm
    static: bool = True


Primitive = TextRun | Shape | Rule | Photo | Qr | Seal


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on one sheet, in reading order."""

    layout: str  # layout id, 'national-2021-style-1'
    width: Mm
    height: Mm
    items: tuple[Primitive, ...]

    @property
    def static_items(self) -> tuple[Primitive, ...]:
        """What every certificate of this layout and agency shares."""
        return tuple(item for item in self.items if item.static)

    @property
    def variable_items(self) -> tuple[Primitive, ...]:
        """What belongs to this holder alone: the layer that is printed over pre-printed stock (套打)."""
        return tuple(item for item in self.items if not item.static)
