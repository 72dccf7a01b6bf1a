"""What another engine measured on a finished page: the values that the issuer compares with what was asked.

`verify.measured` makes them; `certgen.filing` reads them. All lengths are millimetres from the top left of the trimmed
sheet, whatever bleed and marks lie around it.
"""

from dataclasses import dataclass

from certgen.model.page import Mm


@dataclass(frozen=True, slots=True)
class MeasuredText:
    """One text object as it was found."""

    text: str
    x: Mm  # where its baseline begins
    baseline: Mm
    width: Mm  # of its ink
    size_pt: float  # type size times matrix
    face: str  # PostScript name, without the prefix of a subset
    angle_deg: float = 0.0  # counter-clockwise
    bold: bool = False  # 加粗: its outline is drawn too


@dataclass(frozen=True, slots=True)
class MeasuredBox:
    """The outline of a picture or of a drawn path."""

    x0: Mm
    y0: Mm
    x1: Mm
    y1: Mm

    @property
    def width(self) -> Mm:
        """From left to right."""
        return self.x1 - self.x0

    @property
    def height(self) -> Mm:
        """From top to bottom."""
        return self.y1 - self.y0

    @property
    def centre(self) -> tuple[Mm, Mm]:
        """The middle: x, y."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2


@dataclass(frozen=True, slots=True)
class MeasuredPage:
    """One page: the trimmed sheet, every text, every picture, every path."""

    width: Mm
    height: Mm
    texts: tuple[MeasuredText, ...]
    pictures: tuple[MeasuredBox, ...]
    paths: tuple[MeasuredBox, ...]
