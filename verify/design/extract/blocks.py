"""Glyphs to runs in blocks: what a person reads on without a stop stands in one block, two fields never do.

A line goes on in the next one only where it was broken for want of room: it is full, the next begins
under it, in the same type, and no rule line (横线) or label says that another field begins.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import count
from typing import NamedTuple

from certgen.model.box import Box
from certgen.model.page import Mm
from verify.design.design import Channel, Joined, Run
from verify.design.extract.glyph import Frame, Glyph, Piece
from verify.design.extract.lines import ends_in_colon, is_label, lines_of
from verify.design.extract.stacks import rings_of

SAME_SIZE = 0.08
LEADING = (0.8, 2.3)  # em from baseline to baseline
INDENT = 2.6  # em: a first line is indented by two characters
ROOM = 0.35  # em that a full line may leave beyond the next word
LABEL_REACH = 45.0  # mm from a value back to its label
SHORT_LINE = 7.5  # em: shorter lines in type below a title's do not break for want of room
TITLE_PT = 17.0


class Part(NamedTuple):
    """A line of a block, and how it goes on from the one before."""

    glyphs: list[Glyph]
    spaced_before: set[int]
    joined: Joined


def runs_of(
    glyphs: Sequence[Glyph], page: int, *, barriers: Sequence[Box] = (), first_block: int = 1
) -> list[Run]:
    """The runs of a page in reading order. `barriers` are rule lines: nothing reads on across one."""
    rings, rest = rings_of(glyphs)
    blocks = [[Part(ring, set(), Joined.FIRST)] for ring in rings]
    round_blocks = {id(block) for block in blocks}
    for angle, alike in _by_angle(rest).items():
        frame = Frame(angle)
        stacks, lines = lines_of(alike, frame)
        blocks += [_stacked(stack) for stack in stacks]
        level = [_across(box, frame) for box in barriers]
        blocks += _wrapped(lines, level)
    numbers = count(first_block)
    runs: list[Run] = []
    for block in sorted(blocks, key=_place):
        runs += _runs(block, page, next(numbers), is_round=id(block) in round_blocks)
    return runs


def _by_angle(glyphs: Iterable[Glyph]) -> dict[int, list[Glyph]]:
    """By the whole degree; a scan's half degree of skew stays with its neighbours."""
    by_angle: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        by_angle[round(glyph.angle_deg) % 360].append(glyph)
    return by_angle


def _across(box: Box, frame: Frame) -> tuple[Mm, Mm, Mm, Mm]:
    """A rule line in the turned coordinates: u0, v0, u1, v1."""
    u0, u1 = frame.span(box)
    v = sorted(frame.across(x, y) for x, y in ((box.x0, box.y0), (box.x1, box.y1)))
    return u0, v[0], u1, v[1]


def _stacked(stack: Sequence[Piece]) -> list[Part]:
    return [
        Part(piece.glyphs, set(), Joined.STACKED if number else Joined.FIRST)
        for number, piece in enumerate(stack)
    ]


def _wrapped(lines: list[Piece], barriers: Sequence[tuple[Mm, Mm, Mm, Mm]]) -> list[list[Part]]:
    """Lines joined to paragraphs."""
    following: dict[int, Piece] = {}
    led: set[int] = set()
    ordered = sorted(lines, key=lambda line: (line.v, line.u0))
    labelled = {id(line) for line in ordered if _has_label(line, ordered)}
    edges: dict[int, Mm] = {}  # the right edge that a line's paragraph has reached so far
    for number, upper in enumerate(ordered):
        edge = max(edges.get(id(upper), upper.u1), upper.u1)
        for lower in ordered[number + 1 :]:
            if lower.v - upper.v > LEADING[1] * upper.em:
                break
            if id(lower) in led or not _goes_on(upper, lower, edge):
                continue
            if id(upper) in labelled and id(lower) in labelled:
                continue
            if any(_between(upper, lower, barrier) for barrier in barriers):
                continue
            following[id(upper)] = lower
            led.add(id(lower))
            edges[id(lower)] = max(edge, lower.u1)
            break
    blocks: list[list[Part]] = []
    for line in ordered:
        if id(line) not in led:
            block = [_part(line, Joined.FIRST)]
            while id(line) in following:
                line = following[id(line)]  # noqa: PLW2901 - walks down the paragraph
                block.append(_part(line, Joined.NEXT_LINE))
            blocks.append(block)
    return blocks


def _part(line: Piece, joined: Joined) -> Part:
    """The line, with a space where a program made the gap between two western words by position alone."""
    glyphs: list[Glyph] = []
    spaced: set[int] = set()
    for index, glyph in enumerate(line.glyphs):
        if index in line.spaced_before:
            before = line.glyphs[index - 1]
            if _is_letter(before.char) and _is_letter(glyph.char):
                gap = Box(
                    before.box.x1, before.box.y0, max(glyph.box.x0, before.box.x1), before.box.y1
                )
                glyphs.append(replace(before, char=" ", box=gap, x=gap.x0, ink=None))
            else:
                spaced.add(len(glyphs))
        glyphs.append(glyph)
    return Part(glyphs, spaced, joined)


def _goes_on(upper: Piece, lower: Piece, edge: Mm) -> bool:
    """Whether `lower` is what did not fit on `upper`."""
    em = upper.em
    alike = (
        abs(lower.em - em) <= SAME_SIZE * em
        and upper.glyphs[0].colour == lower.glyphs[0].colour
        and _is_western(upper.text) == _is_western(lower.text)
    )
    if not alike or lower.v - upper.v < LEADING[0] * em or ends_in_colon(upper.text):
        return False
    if not _begins_under(upper, lower):
        return False
    if upper.glyphs[-1].thing == lower.glyphs[0].thing:
        return True
    short = upper.u1 - upper.u0 < SHORT_LINE * em
    if short and upper.glyphs[0].size_pt < TITLE_PT:
        return False
    room = max(edge, lower.u1) - upper.u1
    if abs(lower.middle - upper.middle) < 0.6 * em < abs(lower.u0 - upper.u0):
        room = lower.u1 - lower.u0 - (upper.u1 - upper.u0)  # centred
    return room < _first_word(lower) + ROOM * em


def _begins_under(upper: Piece, lower: Piece) -> bool:
    """Aligned left, but for the indent of a first line, or centred, or right."""
    em = upper.em
    return (
        abs(lower.u0 - upper.u0) < 0.6 * em
        or 0 < upper.u0 - lower.u0 < INDENT * em
        or abs(lower.middle - upper.middle) < 0.6 * em
        or abs(lower.u1 - upper.u1) < 0.6 * em
    )


def _first_word(line: Piece) -> Mm:
    """The width of what would have had to fit: an ideograph, or a whole western word."""
    end = line.glyphs[0].box
    first = line.glyphs[0]
    width = max(end.width, end.height) if first.angle_deg % 180 else end.width
    for before, glyph in zip(line.glyphs, line.glyphs[1:], strict=False):
        if not (_is_letter(before.char) and _is_letter(glyph.char)):
            break
        width += glyph.box.width
    return width + (1.0 * line.em if not _is_letter(first.char) else 0.3 * line.em)


def _is_letter(char: str) -> bool:
    return "!" <= char <= "~" or "\u00c0" <= char <= "\u024f"


def _is_western(text: str) -> bool:
    """Whether a line holds no ideograph: Chinese and its English below are two texts."""
    return all(char < "\u2e80" for char in text)


def _has_label(line: Piece, lines: Sequence[Piece]) -> bool:
    """Whether a label stands before the line, or it begins with one: it is a field."""
    if is_label(line.text.partition("：")[0].partition(":")[0]) or ends_in_colon(line.text):
        return True
    return any(
        abs(other.v - line.v) < 0.5 * line.em
        and 0 <= line.u0 - other.u1 < LABEL_REACH
        and (ends_in_colon(other.text) or is_label(other.text))
        for other in lines
        if other is not line
    )


def _between(upper: Piece, lower: Piece, barrier: tuple[Mm, Mm, Mm, Mm]) -> bool:
    """Whether a rule line lies between two baselines, under most of the upper line."""
    u0, v0, u1, v1 = barrier
    if v1 - v0 > 0.5 * upper.em:
        return False
    covered = min(u1, upper.u1) - max(u0, upper.u0)
    return upper.v - 0.1 * upper.em <= v0 < lower.v - 0.5 * lower.em and covered > 0.4 * min(
        upper.u1 - upper.u0, lower.u1 - lower.u0
    )


def _place(block: Sequence[Part]) -> tuple[Mm, Mm]:
    box = block[0].glyphs[0].box
    return round(box.y1 / 2), box.x0


def _runs(block: Sequence[Part], page: int, number: int, *, is_round: bool) -> list[Run]:
    """A block's glyphs in runs of one look each."""
    if is_round:  # every character has an angle of its own: the first stands for all
        first = block[0].glyphs[0]
        level = [replace(glyph, angle_deg=first.angle_deg) for glyph in block[0].glyphs]
        return [_run(level, page, number, 0, Joined.ROUND)]
    runs: list[Run] = []
    for line, part in enumerate(block):
        start = 0
        for index in range(1, len(part.glyphs) + 1):
            if index < len(part.glyphs) and _look(part.glyphs[index]) == _look(part.glyphs[start]):
                continue
            spaced = Joined.SPACED if start in part.spaced_before else Joined.SAME_LINE
            joined = spaced if start else part.joined
            runs.append(_run(part.glyphs[start:index], page, number, line, joined))
            start = index
    return runs


def _look(glyph: Glyph) -> tuple[object, ...]:
    return (
        glyph.face,
        round(glyph.size_pt, 1),
        glyph.colour,
        glyph.painted,
        glyph.hiding,
        round(glyph.angle_deg),
    )


def _run(glyphs: Sequence[Glyph], page: int, block: int, line: int, joined: Joined) -> Run:
    first = glyphs[0]
    return Run(
        text="".join(glyph.char for glyph in glyphs),
        page=page,
        channel=Channel.PAGE,
        boxes=tuple(glyph.box for glyph in glyphs),
        face=first.face,
        size_pt=round(first.size_pt, 2),
        colour=first.colour,
        painted=first.painted,
        hiding=first.hiding,
        block=block,
        line=line,
        joined=joined,
        angle_deg=round(first.angle_deg, 1),
    )
