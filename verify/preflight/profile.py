"""The two kinds of print file, and the limits a sheet of text, photo and seal has to keep."""

from dataclasses import dataclass
from enum import StrEnum


class Standard(StrEnum):
    """What a print file is held to."""

    X1A = "x1a"  # PDF/X-1a:2003: no transparency, no colour but CMYK
    X4 = "x4"  # PDF/X-4: transparency and an embedded ICC profile


@dataclass(frozen=True, slots=True)
class Limits:
    """Figures that shops ask for; none is in a standard."""

    picture_dpi: float = 200.0  # a photo below is soft; 300 is wanted
    line_art_dpi: float = 550.0  # one bit a pixel
    hairline_pt: float = 0.2
    ink: float = 3.2  # 320 % of four inks
    bleed_mm: float = 2.0


REGISTERED = frozenset(
    {
        "FOGRA27", "FOGRA39", "FOGRA47", "FOGRA51", "FOGRA52", "JC200103", "JC200104", "JCN2002",
        "JCW2003", "CGATS TR 001", "CGATS TR 003", "CGATS TR 005", "CGATS TR 006", "CGATS21-2-CRPC6",
        "IFRA26", "EUROSB104",
    }
)  # fmt: skip
"""Names of characterised printing conditions in the registry of the International Color Consortium (a selection)."""
