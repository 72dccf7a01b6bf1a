"""Record and layout → page: pure, in millimetres, refusing what does not fit or cannot be drawn.

A `Composer` is made once for a form (a layout as one agency, or one of its branches, fills it): everything static is
laid out then. `page(record, code)` adds what belongs to one holder. Type is never shrunk below the official size: text
that does not fit its slot raises `SlotOverflowError` with the slot's name.
"""

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache

from certgen.errors import SlotOverflowError
from certgen.exchange import qr_address
from certgen.exchange.agency import AGENCY_SEAL, EMBOSSED_SEAL, Agency, QrProfile
from certgen.fonts.fontset import Drawing, FontSet
from certgen.forms import Texts, form_of
from certgen.layouts.bands import widest_band
from certgen.layouts.slots import Align, Anchor, Layout, TextSlot
from certgen.model.page import (
    Colour,
    Mark,
    Mm,
    Page,
    Photo,
    Primitive,
    Qr,
    Rule,
    Seal,
    Shape,
    TextRun,
)
from certgen.model.record import Record
from certgen.standards import addresses, filling
from certgen.wrapping import wrap

PLACEHOLDER = "S" + "0" * 21
"""As wide as any certificate code."""

SPECIMEN_RED = Colour((0.96, 0.78, 0.78), (0, 0.24, 0.16, 0))
"""Pale enough to read everything printed over it, dark enough for a copying machine: ours."""

_NOUGHTS = str.maketrans("123456789", "000000000")

Span = tuple[str, str, str]
"""Text, role, role for its Latin letters and digits ('' = the same)."""

_Line = list[tuple[str, str, str, Mm]]
"""Runs of one line: text, role, face id, width."""

_SHARE_BEFORE = {Align.LEFT: 0.0, Align.CENTRE: 0.5, Align.RIGHT: 1.0}
"""How much of a line's slack stands before it."""


def layout_for(agency: Agency, branch: str | None) -> Layout:
    """The front of what the agency, or one of its branches, issues."""
    return form_of(agency.form).sides(agency, branch)[0]


def static_texts(agency: Agency, branch: str | None) -> Texts:
    """What every certificate of the form says, by content key. An absent optional content is ''."""
    return form_of(agency.form).statics(agency, branch)


def value_texts(record: Record, code: str) -> Texts:
    """What one certificate says about its holder, by content key, written as the notice asks."""
    return form_of(record.form).values(record, code)


def qr_text(agency: Agency, code: str, signed: str = "") -> str:
    """What the QR code says. No notice fixes it; the agency file chooses among four profiles.

    `signed` is what was signed for this certificate; before it is, a signed code shows its address alone.
    """
    if signed:
        return signed
    match agency.qr:
        case QrProfile.CODE:
            return code
        case QrProfile.OFFICIAL:
            return addresses.CERTIFICATE_QUERY
        case QrProfile.OWN_HOST | QrProfile.SIGNED:
            return qr_address.plain(agency.qr_host, code)


class Composer:
    """One form of one agency, its static part laid out once."""

    def __init__(
        self,
        agency: Agency,
        branch: str | None,
        fonts: FontSet[Drawing],
        sides: tuple[Layout, ...] = (),
        *,
        mark: str = "",
    ) -> None:
        """`sides`: the form's layouts as a pre-printed sheet has them (`certgen.stock`); else the form's own.

        `mark` stands across every side, under what is printed there: 样本 SPECIMEN.
        """
        self.agency, self._mark = agency, mark
        self.layout, *others = sides or form_of(agency.form).sides(agency, branch)
        self._fonts = fonts
        self._values_of = form_of(agency.form).values
        texts = static_texts(agency, branch)
        self._statics = self._side(self.layout, texts) + self._seals(branch)
        self.embossed = self._embossed()
        """The embossed seal (钢印) over the photo, drawn by the electronic edition alone; None without one."""
        if agency.qr is QrProfile.OFFICIAL:
            self._statics += self._qr("", "", static=True)
        self.others = tuple(
            Page(side.id, side.width, side.height, self._side(side, texts)) for side in others
        )
        """The sides behind the front: the same on every copy."""
        self._value_slots = tuple(slot for slot in self.layout.texts if not slot.static)
        # Occupations, levels, dates and the like repeat: laid out once each.
        self._value_runs = lru_cache(maxsize=1024)(self._lay_value)

    def page(self, record: Record, code: str, qr: str = "") -> Page:
        """The page of one holder. `MissingGlyphError` and `SlotOverflowError` refuse the row."""
        return Page(
            layout=self.layout.id,
            width=self.layout.width,
            height=self.layout.height,
            items=self._statics + self.values(record, code, qr),
        )

    @property
    def statics(self) -> tuple[Primitive, ...]:
        """What every page of this form shares."""
        return self._statics

    def values(self, record: Record, code: str, qr: str = "") -> tuple[Primitive, ...]:
        """Only what belongs to one holder: the hot path. `qr` is its signed QR code, where it has one."""
        texts = self._values_of(record, code)
        items: list[Primitive] = []
        for number, slot in enumerate(self._value_slots):
            items += self._value_runs(number, *[texts[part.key] for part in slot.parts])
        if (photo := self.layout.photo) is not None:
            items.append(Photo("photo", record.photo, photo.x, photo.y, photo.width, photo.height))
        if self.agency.qr is not QrProfile.OFFICIAL:
            items += self._qr(code, qr, static=False)
        return tuple(items)

    def try_out(self, record: Record) -> None:
        """Lay out all that a row says, under no number yet: `MissingGlyphError` or `SlotOverflowError` refuse it.

        Digits of a face are all equally wide, so noughts stand for those of the identity number: most rows are then
        laid out but for their name.
        """
        texts = {
            **self._values_of(record, PLACEHOLDER),
            "identity_number.value": record.identity_number.translate(_NOUGHTS),
        }
        for number, slot in enumerate(self._value_slots):
            self._value_runs(number, *[texts[part.key] for part in slot.parts])

    def _lay_value(self, number: int, *texts: str) -> tuple[TextRun, ...]:
        slot = self._value_slots[number]
        by_key = {part.key: text for part, text in zip(slot.parts, texts, strict=True)}
        return tuple(self._lay(slot, by_key, slot.baseline)[0])

    def _qr(self, code: str, signed: str, *, static: bool) -> tuple[Qr, ...]:
        slot = self.layout.qr
        if slot is None:
            return ()
        text = qr_text(self.agency, code, signed)
        return (Qr("qr", text, slot.x, slot.y, slot.size, static=static),)

    def _side(self, layout: Layout, texts: Mapping[str, str]) -> tuple[Primitive, ...]:
        """All that is printed on a side before anybody's values: ground and frame first, then the words."""
        shapes = tuple(
            Shape(shape.id, shape.path, shape.fill, shape.stroke, shape.thickness_pt)
            for shape in layout.shapes
        )
        rules = tuple(
            Rule(rule.id, rule.x0, rule.y, rule.x1, rule.y, rule.thickness_pt)
            for rule in layout.rules
        )
        return shapes + self._marks(layout) + self._static_text(layout, texts) + rules

    def _marks(self, layout: Layout) -> tuple[Mark, ...]:
        """The mark of a specimen where it is largest and leaves photo and QR code clear."""
        if not self._mark:
            return ()
        size = 100.0
        runs = self._measured([(self._mark, "hei", "")], size)
        band = widest_band(layout, _width(runs) / (size * filling.MM_PER_PT))
        marks: list[Mark] = []
        x, y = band.x, band.baseline
        turn = math.radians(band.angle_deg)
        for text, role, face, width in runs:
            length = width * band.size_pt / size
            marks.append(
                Mark(
                    "specimen_mark", text, role, face, band.size_pt, x, y, length, static=True,
                    angle_deg=band.angle_deg, colour=SPECIMEN_RED,
                )
            )  # fmt: skip
            x, y = x + length * math.cos(turn), y - length * math.sin(turn)
        return tuple(marks)

    def _static_text(self, layout: Layout, texts: Mapping[str, str]) -> tuple[Primitive, ...]:
        items: list[Primitive] = []
        last_line: dict[str, Mm] = {}
        for slot in layout.texts:
            if slot.static:
                start = max(slot.baseline, last_line.get(slot.after, 0.0) + slot.gap)
                runs, last_line[slot.id] = self._lay(slot, texts, start)
                items += runs
        return tuple(items)

    def _seals(self, branch: str | None) -> tuple[Primitive, ...]:
        items: list[Primitive] = []
        for slot in self.layout.seals:
            owner = AGENCY_SEAL if slot.owner == "agency" else str(branch)
            if owner in self.agency.seals:
                size = self.agency.seals[owner].diameter_mm
                items.append(
                    Seal(f"seal.{slot.owner}", owner, slot.x - size / 2, slot.y - size / 2, size)
                )
        return tuple(items)

    def _embossed(self) -> Seal | None:
        """Over the right edge of the photo and above the fields: the place is ours (四(三) says 照片上)."""
        photo = self.layout.photo
        if photo is None or EMBOSSED_SEAL not in self.agency.seals:
            return None
        size = self.agency.seals[EMBOSSED_SEAL].diameter_mm
        x, y = photo.x + photo.width - size / 2, photo.y + photo.height - size * 0.82
        return Seal("seal.embossed", EMBOSSED_SEAL, x, y, size)

    def _lay(
        self, slot: TextSlot, texts: Mapping[str, str], baseline: Mm
    ) -> tuple[list[TextRun], Mm]:
        """The runs of one slot and the baseline of its last line."""
        if slot.optional and not all(texts[part.key] for part in slot.parts):
            return [], baseline
        lines = self._lines(slot, texts)
        drop = (len(lines) - 1) * slot.leading
        first = baseline - drop if slot.anchor is Anchor.LAST else baseline
        if slot.bottom is not None and first + drop > slot.bottom:
            raise _overflow(slot, texts)
        runs: list[TextRun] = []
        for number, line in enumerate(lines):
            indent = self._indent(slot) if number == 0 else 0.0
            runs += self._placed(slot, line, first + number * slot.leading, indent)
        return runs, first + drop

    def _lines(self, slot: TextSlot, texts: Mapping[str, str]) -> list[_Line]:
        """The text of a slot, measured and broken into lines. Only slots of one part may take more than one."""
        spans = [(texts[part.key], part.role, part.latin) for part in slot.parts]
        width = slot.x1 - slot.x0
        whole = self._measured(spans, slot.size_pt)
        if _width(whole) <= width - self._indent(slot):
            return [whole]
        (text, role, latin), *others = spans
        if others or slot.max_lines == 1:
            raise _overflow(slot, texts)
        lines = wrap(
            text,
            lambda part: _width(self._measured([(part, role, latin)], slot.size_pt)),
            width,
            first_width=width - self._indent(slot),
        )
        if len(lines) > slot.max_lines:
            raise _overflow(slot, texts)
        return [self._measured([(line, role, latin)], slot.size_pt) for line in lines]

    def _measured(self, spans: Iterable[Span], size_pt: float) -> _Line:
        """The runs of a line, each with its face and width."""
        fonts = self._fonts
        return [
            (run, piece_role, face.id, fonts.width_mm(face, run, size_pt))
            for text, role, latin in spans
            for piece, piece_role in by_script(text, role, latin)
            for face, run in fonts.runs(piece_role, piece)
        ]

    def _placed(self, slot: TextSlot, line: _Line, y: Mm, indent: Mm) -> list[TextRun]:
        """The runs of a line where the slot's alignment puts them."""
        slack = slot.x1 - slot.x0 - indent - _width(line)
        x = slot.x0 + indent + _SHARE_BEFORE[slot.align] * slack
        runs: list[TextRun] = []
        for text, role, face, width in line:
            run = TextRun(
                slot.id, text, role, face, slot.size_pt, x, y, width, slot.static, slot.bold
            )
            runs.append(run)
            x += width
        return runs

    def _indent(self, slot: TextSlot) -> Mm:
        return slot.indent_em * slot.size_pt * filling.MM_PER_PT


def by_script(text: str, role: str, latin: str) -> list[tuple[str, str]]:
    """`text` in pieces of one role: printable ASCII goes to `latin`, a space stays with what stands before it.

    >>> by_script("发证日期：2026", "kai", "times")
    [('发证日期：', 'kai'), ('2026', 'times')]
    """
    if not latin:
        return [(text, role)] if text else []
    pieces: list[tuple[str, str]] = []
    for char in text:
        wanted = latin if "!" <= char <= "~" else role
        if pieces and (pieces[-1][1] == wanted or char == " "):
            pieces[-1] = (pieces[-1][0] + char, pieces[-1][1])
        else:
            pieces.append((char, latin if char == " " else wanted))
    return pieces


def _width(line: _Line) -> Mm:
    return sum(width for *_, width in line)


def _overflow(slot: TextSlot, texts: Mapping[str, str]) -> SlotOverflowError:
    """Names the slot, and what stands in it unless that is somebody's identity number."""
    shown = (
        ""
        if slot.id == "identity_number.value"
        else "".join(texts[part.key] for part in slot.parts)
    )
    shown = shown if len(shown) <= 40 else shown[:39] + "…"
    return SlotOverflowError(
        zh=f"“{slot.id}”位置放不下：{shown}（{slot.size_pt:g} 磅，不得缩小字号；请核对或缩短内容）",
        en=f"slot {slot.id} overflows at the official {slot.size_pt:g} pt: {shown}; check or shorten the text",
    )
