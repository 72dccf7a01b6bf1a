"""Short lines that stand under each other in one look, and may be one word broken in two: 职业 over 资格.

Columns of labels and values look the same, so that this is no block and proves nothing: what reads on from one line
into the other is asked about, never called an error, and no value behind a label takes part.
"""

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from verify.design.design import Joined, Run
from verify.design.extract.glyph import MM_PER_PT
from verify.design.extract.lines import ends_in_colon, is_label
from verify.design.texts import Text, text_of

LONGEST_LINE = 8
"""Characters: a longer line was broken for want of room, or is a sentence of its own."""

LEADING = (0.8, 1.9)  # em from one line's foot to the other's
SAME_SIZE = 0.08
ALIGNED = 0.6  # em
LABEL_REACH = 45.0  # mm from a value back to its label
MOST_PAIRS = 500
"""A certificate has a handful; a page full of short lines is a table, or an attack."""


def broken_lines(texts: Sequence[Text]) -> Iterator[Text]:
    """Each pair as one text with a line break where the one goes on in the other; at most `MOST_PAIRS`."""
    usable = sorted(filter(_takes_part, texts), key=_head)
    heads = [_head(text) for text in usable]
    pairs = (
        (upper, lower)
        for upper in usable
        for lower in usable[_from(heads, upper, LEADING[0]) : _from(heads, upper, LEADING[1])]
        if lower is not upper and _alike(upper, lower) and _is_aligned(upper, lower)
    )
    for upper, lower in islice(pairs, MOST_PAIRS):
        if not any(_is_field(text, line, texts) for text, line in ((upper, -1), (lower, 0))):
            yield _joined(upper, lower)


def _head(text: Text) -> tuple[int, float]:
    """Page, and the foot of the first line."""
    return text.page, text.lines[0][2].y1


def _from(heads: Sequence[tuple[int, float]], upper: Text, leading: float) -> int:
    em = (upper.size_pt or 0.0) * MM_PER_PT
    return bisect(heads, (upper.page, upper.lines[-1][2].y1 + leading * em))


def _takes_part(text: Text) -> bool:
    if not text.lines or text.is_round or text.size_pt is None:
        return False
    first, last = (
        text.text[start:end].strip() for start, end, _ in (text.lines[0], text.lines[-1])
    )
    return (
        0 < len(first) <= LONGEST_LINE
        and 0 < len(last) <= LONGEST_LINE
        and not any(map(ends_in_colon, (first, last)))
        and not any(run.joined is Joined.STACKED for run in text.runs)
    )


def _alike(upper: Text, lower: Text) -> bool:
    one, other = upper.runs[-1], lower.runs[0]
    sizes = upper.size_pt or 0.0, lower.size_pt or 0.0
    return (
        one.role == other.role
        and (one.face, one.colour, one.angle_deg) == (other.face, other.colour, other.angle_deg)
        and abs(sizes[0] - sizes[1]) <= SAME_SIZE * max(sizes)
    )


def _is_aligned(upper: Text, lower: Text) -> bool:
    em = (upper.size_pt or 0.0) * MM_PER_PT
    foot, head = upper.lines[-1][2], lower.lines[0][2]
    middles = (foot.x0 + foot.x1) / 2, (head.x0 + head.x1) / 2
    edges = ((foot.x0, head.x0), middles, (foot.x1, head.x1))
    return any(abs(one - other) < ALIGNED * em for one, other in edges)


def _is_field(own: Text, nth: int, texts: Sequence[Text]) -> bool:
    """Whether the line is a value behind its label, or the name of a field (职业) with something behind it."""
    start, end, line = own.lines[nth]
    names_one = is_label(own.text[start:end])
    return any(
        (names_one and 0 <= box.x0 - line.x1 < LABEL_REACH)
        or (0 <= line.x0 - box.x1 < LABEL_REACH and _is_label(other.text[begin:until]))
        for other in texts
        if other is not own and other.page == own.page
        for begin, until, box in other.lines
        if min(line.y1, box.y1) - max(line.y0, box.y0) > 0.5 * (line.y1 - line.y0)
    )


def _is_label(text: str) -> bool:
    return is_label(text) or ends_in_colon(text)


def _joined(upper: Text, lower: Text) -> Text:
    begin, end, _ = upper.lines[-1]
    above = upper.runs_of(begin, end)
    begin, end, _ = lower.lines[0]
    below = lower.runs_of(begin, end)
    return text_of((*_on_line(above, 0), *_on_line(below, 1)))


def _on_line(runs: Sequence[Run], line: int) -> Iterator[Run]:
    for number, run in enumerate(runs):
        joined = run.joined if number else (Joined.NEXT_LINE if line else Joined.FIRST)
        yield replace(run, line=line, joined=joined)
