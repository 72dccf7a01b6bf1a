"""Crop marks and bleed of the print edition, in millimetres (print-shop custom; no notice speaks of them)."""

from certgen.model.page import Mm
from certgen.render.pdf import points

BLEED_MM: Mm = 3.0
"""Beyond the trimmed edge, so that a cut that wanders leaves no white."""

MARK_GAP_MM: Mm = 3.5
"""Marks begin outside the bleed, so that none is ever left on the sheet."""

MARK_LENGTH_MM: Mm = 5.0

MARGIN_MM: Mm = 10.0
"""Paper around the trimmed sheet: room for bleed and marks."""

HAIRLINE = "0.25 w"


def crop_marks(width: Mm, height: Mm) -> str:
    """Two short lines at each corner of the trimmed sheet, as content operators; the colour is the caller's."""
    lines: list[str] = [HAIRLINE]
    for x, outwards_x in ((0.0, -1), (width, 1)):
        for y, outwards_y in ((0.0, -1), (height, 1)):
            lines.append(_line(x + outwards_x * MARK_GAP_MM, y, outwards_x * MARK_LENGTH_MM, 0))
            lines.append(_line(x, y + outwards_y * MARK_GAP_MM, 0, outwards_y * MARK_LENGTH_MM))
    return " ".join(lines)


def _line(x: Mm, y: Mm, dx: Mm, dy: Mm) -> str:
    """From (x, y), measured from the lower left corner of the trimmed sheet."""
    x, y = x + MARGIN_MM, y + MARGIN_MM
    return f"{points(x)} {points(y)} m {points(x + dx)} {points(y + dy)} l S"
