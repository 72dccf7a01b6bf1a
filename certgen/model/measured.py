"""What another engine measured on a finished page: the values that the issuer compares with what was asked.

`verify.measured` makes them; `certgen.filing` reads them. All lengths are millimetres from the top left of the trimmed
sheet, whatever bleed and marks lie around it.
"""

from dataclasses import dataclass

from certgen.model.box import Box
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
class MeasuredPage:
    """One page: the trimmed sheet, every text, every picture, every path."""

    width: Mm
    height: Mm
    texts: tuple[MeasuredText, ...]
    pictures: tuple[Box, ...]
    paths: tuple[Box, ...]
