"""Text that does not run along a level line: stacked vertically, or set around a circle."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from certgen.model.page import Mm
from verify.design.extract.glyph import Glyph, Piece

STACK_PITCH = (0.7, 2.6)  # em between two characters of a stack
STACK_SHIFT = 0.35  # em sideways
SAME_SIZE = 0.12
LETTER_SPACED_GAP = 2.6  # em
_LEAST_ON_CIRCLE = (
    3  # with their heads all outward or all inward: three points alone lie on some circle always
)
_ROUND_ENOUGH = 0.15  # of the radius
_RADIAL_DEG = 25.0


def stacks_of(pieces: Sequence[Piece]) -> tuple[list[list[Piece]], list[Piece]]:
    """Single characters that stand below each other, as stacks from top to bottom; and all other pieces.

    Columns beside each other are also rows: what the file wrote next, then what is nearer, decides.
    """
    level = {id(piece) for piece in _written_level(pieces)}
    singles = [piece for piece in pieces if is_single(piece) and id(piece) not in level]
    below = {id(upper): lower for upper in singles if (lower := _next_below(upper, singles))}
    lowers = {id(lower) for lower in below.values()}
    stacks: list[list[Piece]] = []
    used: set[int] = set()
    for piece in singles:
        if id(piece) in below and id(piece) not in lowers:
            stack = [piece]
            while id(stack[-1]) in below and id(below[id(stack[-1])]) not in used:
                stack.append(below[id(stack[-1])])
                used.add(id(stack[-1]))
            used.add(id(piece))
            stacks.append(stack)
    return stacks, [piece for piece in pieces if id(piece) not in used]


def is_single(piece: Piece) -> bool:
    """Whether a piece is one ideograph by itself."""
    text = piece.text.strip()
    return len(text) == 1 and ord(text) >= 0x2E80  # from the CJK radicals on


def _written_level(pieces: Sequence[Piece]) -> Iterable[Piece]:
    """Pieces that the file wrote one behind the other on one baseline: letter-spaced, not stacked."""
    for one, other in pairwise(pieces):
        near = -0.4 * one.em < other.u0 - one.u1 < LETTER_SPACED_GAP * one.em
        if near and abs(one.v - other.v) < 0.2 * one.em:
            yield one
            yield other


def _next_below(upper: Piece, singles: Sequence[Piece]) -> Piece | None:
    em = upper.em
    found: Piece | None = None
    for lower in singles:
        drop = lower.v - upper.v
        if (
            STACK_PITCH[0] * em < drop < STACK_PITCH[1] * em
            and abs(lower.middle - upper.middle) < STACK_SHIFT * em
            and abs(lower.em - em) < SAME_SIZE * em
            and (found is None or lower.v < found.v)
        ):
            found = lower
    return found


def rings_of(glyphs: Sequence[Glyph]) -> tuple[list[list[Glyph]], list[Glyph]]:
    """Glyphs that stand around a common centre, each ring in reading order; and all others."""
    by_type: dict[tuple[str, int], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        by_type[glyph.face, round(glyph.size_pt * 2)].append(glyph)
    rings: list[list[Glyph]] = []
    for alike in by_type.values():
        rings += _rings(alike)
    used = {id(glyph) for ring in rings for glyph in ring}
    return rings, [glyph for glyph in glyphs if id(glyph) not in used]


def _rings(alike: Sequence[Glyph]) -> list[list[Glyph]]:
    """Chains of turning glyphs, as the file wrote them, that lie on circles."""
    chains: list[list[Glyph]] = []
    for glyph in alike:
        if glyph.char.isspace():
            continue
        if chains and _turns(chains[-1][-1], glyph):
            chains[-1].append(glyph)
        else:
            chains.append([glyph])
    return [
        ring for chain in chains if len(chain) >= _LEAST_ON_CIRCLE and (ring := _in_order(chain))
    ]


def _turns(one: Glyph, other: Glyph) -> bool:
    """Whether two glyphs are neighbours on a curve: near, and turned a little against each other."""
    turn = abs((other.angle_deg - one.angle_deg + 180) % 360 - 180)
    return 1.0 < turn < 60.0 and math.dist((one.x, one.y), (other.x, other.y)) < 6 * one.em


def _in_order(chain: Sequence[Glyph]) -> list[Glyph] | None:
    """The chain sorted around its centre from its largest gap on; None if it is no circle."""
    points = [glyph.box.centre for glyph in chain]
    circle = fitted_circle(points)
    if circle is None:
        return None
    x, y, radius = circle
    if any(abs(math.dist((x, y), point) - radius) > _ROUND_ENOUGH * radius for point in points):
        return None
    outward = [_is_outward(glyph, (x, y)) for glyph in chain]
    if any(way is None for way in outward) or len(set(outward)) != 1:
        return None
    turn = 1 if outward[0] else -1
    polar = sorted(
        chain,
        key=lambda glyph: turn * math.atan2(glyph.box.centre[1] - y, glyph.box.centre[0] - x),
    )
    return _from_largest_gap(polar, (x, y))


def _is_outward(glyph: Glyph, centre: tuple[Mm, Mm]) -> bool | None:
    """Whether the head of a glyph points away from the centre; None if it points aside."""
    x, y = glyph.box.centre
    radial = math.degrees(math.atan2(y - centre[1], x - centre[0]))
    head = glyph.angle_deg - 90
    turn = abs((head - radial + 180) % 360 - 180)
    if turn < _RADIAL_DEG:
        return True
    return False if turn > 180 - _RADIAL_DEG else None


def _from_largest_gap(polar: list[Glyph], centre: tuple[Mm, Mm]) -> list[Glyph]:
    angles = [
        math.atan2(glyph.box.centre[1] - centre[1], glyph.box.centre[0] - centre[0])
        for glyph in polar
    ]
    steps = [
        abs((later - sooner + math.pi) % (2 * math.pi) - math.pi)
        for sooner, later in zip(angles, angles[1:] + angles[:1], strict=True)
    ]
    if max(steps) < 1.3 * median(steps):  # closed: no gap to begin behind
        return polar
    start = (steps.index(max(steps)) + 1) % len(polar)
    return polar[start:] + polar[:start]


def fitted_circle(points: Sequence[tuple[Mm, Mm]]) -> tuple[Mm, Mm, Mm] | None:
    """Centre and radius of the circle nearest to `points` (Kåsa's least squares); None for a line."""
    count = len(points)
    mean_x = sum(x for x, _ in points) / count
    mean_y = sum(y for _, y in points) / count
    moved = [(x - mean_x, y - mean_y) for x, y in points]
    xx = sum(x * x for x, _ in moved)
    yy = sum(y * y for _, y in moved)
    xy = sum(x * y for x, y in moved)
    xz = sum(x * (x * x + y * y) for x, y in moved) / 2
    yz = sum(y * (x * x + y * y) for x, y in moved) / 2
    flat = xx * yy - xy * xy
    if flat < 1e-6 * max(xx, yy, 1e-9) ** 2:
        return None
    x, y = (xz * yy - yz * xy) / flat, (yz * xx - xz * xy) / flat
    radius = math.sqrt(x * x + y * y + (xx + yy) / count)
    return mean_x + x, mean_y + y, radius
