"""Lines of the table about text: which face, how large, where, beside what the notice asks of it."""

from collections.abc import Iterator, Sequence

from certgen.errors import Said
from certgen.filing.asked import LEADINGS, OF_A_LAYOUT, asked_by, counterpart
from certgen.filing.line import NEAR, NEAR_PT, Extent, Line, Verdict, absent, met_if
from certgen.filing.names import face_of, family_of, item_of
from certgen.filing.specimens import Side
from certgen.fonts.catalogue import style_of
from certgen.fonts.faces import Face
from certgen.fonts.fontset import FontSet
from certgen.fonts.report import substitution
from certgen.layouts.slots import Align, Layout, TextSlot
from certgen.model.measured import MeasuredPage, MeasuredText
from certgen.model.page import Mark, TextRun
from certgen.standards.filling import MM_PER_PT
from certgen.standards.forms import FormId

Found = tuple[TextRun, MeasuredText]
"""A run as it was composed, and the text object that was found for it."""


def lines(side: Side, page: MeasuredPage, sample: Layout, fonts: FontSet[Face]) -> Iterator[Line]:
    """A line for each text slot that is printed."""
    for slot in side.layout.texts:
        runs = runs_of(slot, side)
        if runs:
            yield _line(slot, runs, page, sample, fonts)


def leadings(side: Side, page: MeasuredPage, form: FormId) -> Iterator[Line]:
    """A line for each distance between baselines that a notice gives and this side shows."""
    slots = {slot.id: slot for slot in side.layout.texts}
    for one in LEADINGS.get(form, ()):
        if one.first not in slots or one.second not in slots:
            continue
        asked = asked_by(slots[one.first].size_basis)
        first, second = (place_of(slots[name], side, page) for name in (one.first, one.second))
        if first is None or second is None:
            yield absent(one.item, asked)
            continue
        found = (second.y0 - first.y0) / MM_PER_PT
        near = abs(found - one.points) <= NEAR / MM_PER_PT
        yield Line(one.item, asked, f"{found:.1f} pt", met_if(near))


def place_of(slot: TextSlot, side: Side, page: MeasuredPage) -> Extent | None:
    """Where the first line of a slot stands; None where it was not found."""
    found = _found(runs_of(slot, side), page)
    return _place(slot, found) if found else None


def runs_of(slot: TextSlot, side: Side) -> list[TextRun]:
    """What was composed in a slot."""
    return [
        run
        for run in side.page.items
        if isinstance(run, TextRun) and not isinstance(run, Mark) and run.slot == slot.id
    ]


def _line(
    slot: TextSlot,
    runs: Sequence[TextRun],
    page: MeasuredPage,
    sample: Layout,
    fonts: FontSet[Face],
) -> Line:
    item = item_of(slot)
    reference = counterpart(slot, sample)
    asked = asked_by(reference.size_basis) if reference else OF_A_LAYOUT
    found = _found(runs, page)
    if not found:
        return absent(item, asked)
    shown = "; ".join(dict.fromkeys(_shown(piece, fonts) for _, piece in found))
    verdict = Verdict.NOT_ASKED
    if reference and asked.clause:
        verdict = met_if(all(_is_as_asked(run, piece, reference, fonts) for run, piece in found))
    remark = _displaced(found) or _substituted(found, fonts)
    return Line(item, asked, shown, verdict, _place(slot, found), remark)


def _shown(piece: MeasuredText, fonts: FontSet[Face]) -> str:
    bold = " 加粗 bold" if piece.bold else ""
    return f"{family_of(piece.face, fonts)} {piece.size_pt:.4g} pt{bold}"


def _found(runs: Sequence[TextRun], page: MeasuredPage) -> list[Found]:
    """Every run with its text object; nothing where one of them is missing."""
    found: list[Found] = []
    for run in runs:
        piece = _piece(run, page)
        if piece is None:
            return []
        found.append((run, piece))
    return found


def _piece(run: TextRun, page: MeasuredPage) -> MeasuredText | None:
    """The text object nearest to where the run was composed, among those that begin as it does."""
    begun = [
        piece
        for piece in page.texts
        if piece.text.strip() and run.text.strip().startswith(piece.text.strip())
    ]
    return min(begun, key=lambda p: abs(p.x - run.x) + abs(p.baseline - run.baseline), default=None)


def _is_as_asked(
    run: TextRun, piece: MeasuredText, reference: TextSlot, fonts: FontSet[Face]
) -> bool:
    part = reference.parts[0]
    role = (part.latin or part.role) if run.text.strip().isascii() else part.role
    style = style_of(family_of(piece.face, fonts))
    given = run.role == role and style is None  # a face of the agency's own, serving the role
    return (
        abs(piece.size_pt - reference.size_pt) <= NEAR_PT
        and (style == role or given)
        and piece.bold == reference.bold
    )


def _place(slot: TextSlot, found: Sequence[Found]) -> Extent:
    first = found[0][1]
    on_line = [(run, piece) for run, piece in found if abs(piece.baseline - first.baseline) <= NEAR]
    last_run, last = on_line[-1]
    right = last.x + last_run.width
    match slot.align:
        case Align.CENTRE:
            return Extent.at((first.x + right) / 2, first.baseline, "middle")
        case Align.RIGHT:
            return Extent.at(right, first.baseline, "right")
        case _:
            return Extent.at(first.x, first.baseline)


def _displaced(found: Sequence[Found]) -> Said | None:
    """That the file does not have a text where it was composed: never seen, and never to be kept quiet."""
    if all(abs(p.x - r.x) <= NEAR and abs(p.baseline - r.baseline) <= NEAR for r, p in found):
        return None
    return Said("与版式位置不一致", "not where the layout has it")


def _substituted(found: Sequence[Found], fonts: FontSet[Face]) -> Said | None:
    """Where the notice names a face and not a style, that another one with its widths stands in for it."""
    for run, piece in found:
        face = face_of(piece.face, fonts)
        if run.role == "times" and face is not None and (why := substitution("times", face)):
            return why.said
    return None
