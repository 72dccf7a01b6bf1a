"""Glyphs to lines: those on one baseline are joined, gaps included, unless a field ends between them.

A gap below half an em joins what stands in two text boxes. Wider gaps join only letter-spaced
single characters (国　家　职　业), never a label and its value.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby

from certgen.model.page import Mm
from certgen.standards import contents
from verify.design.extract.glyph import Frame, Glyph, Piece
from verify.design.extract.stacks import LETTER_SPACED_GAP, stacks_of

JOINING_GAP = 0.5  # em
LABEL_GAP = 0.1  # em
WORD_GAP = 0.18  # em: a space that was left out and made by position
SAME_OBJECT_GAP = (
    3.0  # em: within one object of the file a gap is letter-spacing, beyond it a tabulator
)
SAME_BASELINE = 0.25  # em
SAME_SIZE = 0.12
_LABELS = {
    "".join(text.split())
    for said in (*contents.LABELS.values(), contents.ISSUE_DATE)
    for text in said
} | {"性别", "文化程度", "身份证号", "出生日期", "职业", "工种", "等级", "发证机构", "考核成绩"}
_COLONS = ("：", ":", "︰", "﹕", "∶")


def lines_of(glyphs: Sequence[Glyph], frame: Frame) -> tuple[list[list[Piece]], list[Piece]]:
    """The stacks and the lines in `glyphs`, which all stand at the angle of `frame`."""
    stacks, pieces = stacks_of(_pieces(glyphs, frame))
    lines: list[Piece] = []
    for row in _rows(pieces):
        lines += _joined(row)
    return stacks, lines


def ends_in_colon(text: str) -> bool:
    """Whether a text is a label by its punctuation."""
    return text.rstrip().endswith(_COLONS)


def is_label(text: str) -> bool:
    """Whether a text is the name of a field as certificates have them (姓名, ID No. …)."""
    return "".join(text.split()).rstrip("：:") in _LABELS


def _pieces(glyphs: Iterable[Glyph], frame: Frame) -> list[Piece]:
    """Runs of glyphs as the file wrote them: one object, one behind the other."""
    pieces: list[Piece] = []
    for glyph in glyphs:
        u0, u1 = frame.span(glyph.box)
        v = frame.across(glyph.x, glyph.y)
        last = pieces[-1] if pieces else None
        if last and last.glyphs[-1].thing == glyph.thing and _goes_on(last, glyph, u0, v):
            _append(last, glyph, u0, u1)
        else:
            pieces.append(Piece([glyph], u0, u1, v))
    return pieces


def _goes_on(piece: Piece, glyph: Glyph, u0: Mm, v: Mm) -> bool:
    em = max(glyph.em, 0.01)
    return abs(v - piece.v) < SAME_BASELINE * em and -em < u0 - piece.u1 < SAME_OBJECT_GAP * em


def _append(piece: Piece, glyph: Glyph, u0: Mm, u1: Mm) -> None:
    if u0 - piece.u1 > WORD_GAP * glyph.em and not _blank_beside(piece, glyph):
        piece.spaced_before.add(len(piece.glyphs))
    piece.glyphs.append(glyph)
    piece.u0, piece.u1 = min(piece.u0, u0), max(piece.u1, u1)


def _blank_beside(piece: Piece, glyph: Glyph) -> bool:
    return glyph.char.isspace() or piece.glyphs[-1].char.isspace()


def _rows(pieces: Sequence[Piece]) -> Iterable[list[Piece]]:
    """Pieces by baseline, each row from left to right."""
    ordered = sorted(pieces, key=lambda piece: piece.v)
    rows: list[list[Piece]] = []
    for piece in ordered:
        if rows and abs(piece.v - rows[-1][-1].v) < SAME_BASELINE * min(piece.em, rows[-1][-1].em):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for row in rows:
        yield sorted(row, key=lambda piece: piece.u0)


def _joined(row: Sequence[Piece]) -> list[Piece]:
    """Neighbours in a row that read on."""
    lines: list[Piece] = []
    for piece in row:
        if lines and _reads_on(lines[-1], piece):
            start = len(lines[-1].glyphs)
            last = lines[-1]
            if piece.u0 - last.u1 > WORD_GAP * piece.em and not _blank_beside(
                last, piece.glyphs[0]
            ):
                last.spaced_before.add(start)
            last.spaced_before |= {start + index for index in piece.spaced_before}
            last.glyphs += piece.glyphs
            last.u1 = max(last.u1, piece.u1)
        else:
            lines.append(piece)
    return lines


def _reads_on(line: Piece, piece: Piece) -> bool:
    em = min(line.glyphs[-1].em, piece.em)
    gap = piece.u0 - line.u1
    if gap < -0.5 * em or abs(line.glyphs[-1].em - piece.em) > SAME_SIZE * piece.em:
        return False
    if ends_in_colon(line.text) and (gap > LABEL_GAP * em or is_label(line.text)):
        return False  # what follows in an object of its own is the value; but http: goes on
    if is_label(line.text) and gap > LABEL_GAP * em and not line.spaced_before:
        return False  # 姓名 张建国; but not the 职业 of a letter-spaced 职业技能等级证书
    if gap < JOINING_GAP * em:
        return True
    return gap < LETTER_SPACED_GAP * em and _single(line) and _single(piece)


def _single(piece: Piece) -> bool:
    """Whether the end of a piece is one ideograph by itself: set letter by letter."""
    things = groupby(reversed(piece.glyphs), key=lambda glyph: glyph.thing)
    _, last = next(iter(things))
    text = "".join(glyph.char for glyph in last).strip()
    return len(text) == 1 and ord(text) >= 0x2E80  # from the CJK radicals on
