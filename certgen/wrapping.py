"""Break mixed Chinese and Latin text into lines that fit a width.

Chinese breaks between any two characters except where a mark would begin or end a line wrongly (避头尾); Latin words
and addresses stay whole. Nothing here knows a layout or draws.

>>> wrap("具备（工种）水平。", lambda text: 5.0 * len(text), 20.0)
('具备', '（工种）', '水平。')
"""

import re
from collections.abc import Callable
from itertools import pairwise

NOT_FIRST = frozenset("，。、；：？！）》」』】〕〉”’％…—·,.;:?!)]}%")
"""May not begin a line."""
NOT_LAST = frozenset("（《「『【〔〈“‘([{")
"""May not end a line."""

_ATOM = re.compile(r"[!-~À-ɏ]+|[^\S\n]+|.", re.DOTALL)


def atoms(text: str) -> tuple[str, ...]:
    """The pieces that never break inside: a Latin word, white space, or a Chinese character with the marks it holds."""
    kept: list[str] = []
    for piece in _ATOM.findall(text):
        joins = kept and not piece.isspace() and (piece[0] in NOT_FIRST or kept[-1][-1] in NOT_LAST)
        if joins and not kept[-1].isspace():
            kept[-1] += piece
        else:
            kept.append(piece)
    return tuple(kept)


def wrap(
    text: str, width_of: Callable[[str], float], width: float, *, first_width: float | None = None
) -> tuple[str, ...]:
    """Lines of `text` that are at most `width` wide, the first at most `first_width`.

    A single piece wider than a line is broken between its characters: nothing is ever lost, and joining the lines
    gives the text again but for white space at the breaks.
    """
    lines: list[str] = []
    line = ""
    room = width if first_width is None else first_width
    for atom in atoms(text):
        if width_of((line + atom).rstrip()) <= room:
            line += atom
            continue
        if line.strip():
            lines.append(line.rstrip())
            room = width
        line = "" if atom.isspace() else atom
        while len(line) > 1 and width_of(line) > room:
            cut = _last_fitting(line, width_of, room)
            lines.append(line[:cut])
            line, room = line[cut:], width
    if line.strip() or not lines:
        lines.append(line.rstrip())
    return tuple(lines)


def _last_fitting(text: str, width_of: Callable[[str], float], room: float) -> int:
    """How many characters of `text` fit in `room`, at least one."""
    return max(
        [1, *(end for _, end in pairwise(range(len(text) + 1)) if width_of(text[:end]) <= room)]
    )
