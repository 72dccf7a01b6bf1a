"""The check mark (核对号): the number of the sheet that should be in the printer, small, near its printed number.

Where the two differ, two sheets were drawn in at once or one was skipped. Drawn as strokes, because a batch's fonts
hold only the characters of its certificates.
"""

from collections.abc import Iterator

from certgen.errors import InputError
from certgen.layouts.checks import Box
from certgen.model.misplacement import Point
from certgen.model.page import Mm

SLOT = "check"
HEIGHT: Mm = 1.7
"""Of its characters: read with good eyes, and no part of the certificate."""

THICKNESS_PT = 0.4
PITCH: Mm = 1.35
LONGEST = 16  # characters; print numbers have eight in the sample (人社鉴发〔2021〕1号 附件)

_UNIT: Mm = HEIGHT / 6  # characters are drawn in a grid 4 wide, 6 high
# Each character as strokes; each stroke as points xy of the grid, y downwards.
_STROKES = {
    "0": "10 30 41 45 36 16 05 01 10",
    "1": "11 20 26|16 36",
    "2": "01 10 30 41 42 06 46",
    "3": "00 40 22 32 43 45 36 16 05",
    "4": "36 30 04 44",
    "5": "40 00 02 32 43 45 36 16 05",
    "6": "40 20 02 05 16 36 45 44 33 03",
    "7": "00 40 16",
    "8": "10 30 41 42 33 13 02 01 10|13 04 05 16 36 45 44 33",
    "9": "43 13 02 01 10 30 41 44 26 06",
    "A": "06 20 46|14 34",
    "B": "06 00 30 41 42 33 03|33 44 45 36 06",
    "C": "41 30 10 01 05 16 36 45",
    "D": "06 00 20 42 44 26 06",
    "E": "40 00 06 46|03 33",
    "F": "40 00 06|03 33",
    "G": "41 30 10 01 05 16 36 45 43 23",
    "H": "00 06|40 46|03 43",
    "I": "10 30|20 26|16 36",
    "J": "40 45 36 16 05",
    "K": "00 06|40 03 46",
    "L": "00 06 46",
    "M": "06 00 23 40 46",
    "N": "06 00 46 40",
    "O": "10 30 41 45 36 16 05 01 10",
    "P": "06 00 30 41 42 33 03",
    "Q": "10 30 41 45 36 16 05 01 10|24 46",
    "R": "06 00 30 41 42 33 03|23 46",
    "S": "41 30 10 01 02 44 45 36 16 05",
    "T": "00 40|20 26",
    "U": "00 05 16 36 45 40",
    "V": "00 26 40",
    "W": "00 16 23 36 40",
    "X": "00 46|40 06",
    "Y": "00 23 40|23 26",
    "Z": "00 40 06 46",
    "-": "13 33",
    "#": "10 16|30 36|02 42|04 44",
}

Line = tuple[Point, ...]


def box(start: Point) -> Box:
    """Where the longest mark comes that stands at `start`, its left end and baseline."""
    width = (LONGEST + 1) * PITCH
    return Box(SLOT, start[0], start[1] - HEIGHT, start[0] + width, start[1])


def mark_of(serial: str) -> str:
    """What of a serial the mark shows: its end, from the last character on that no strokes are known for.

    >>> mark_of("00012001"), mark_of("豫A0012001")
    ('00012001', 'A0012001')
    """
    end = serial[-LONGEST:]
    for at in range(len(end) - 1, -1, -1):
        if end[at] not in _STROKES or end[at] == "#":
            return end[at + 1 :]
    return end


def lines(serial: str, start: Point) -> Iterator[Line]:
    """The strokes of '#' and the mark of `serial`, in millimetres. `InputError` for what ends in no digit."""
    mark = mark_of(serial)
    if not mark[-1:].isdigit():
        raise InputError(
            zh=f"纸张流水码“{serial[:40]}”不能用：应以数字结尾",
            en=f"the sheet number {serial[:40]!r} cannot be used: it must end in digits",
        )
    for at, char in enumerate(f"#{mark}"):
        left, top = start[0] + at * PITCH, start[1] - HEIGHT
        for stroke in _STROKES[char].split("|"):
            yield tuple(
                (left + int(point[0]) * _UNIT * 0.8, top + int(point[1]) * _UNIT)
                for point in stroke.split()
            )
