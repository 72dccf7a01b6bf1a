"""Every character outside the first face of its role: who draws it, where it stands, what to do.

>>> found = find(printed.in_roster(sheet), fonts)              # doctest: +SKIP
>>> found[0].char, found[0].code_point, found[0].tier, found[0].face.family      # doctest: +SKIP
('𬭎', 'U+2CB4E', 3, 'Zhuque Fangsong (technical preview)')
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from certgen.errors import MissingGlyphError, Said
from certgen.fonts.faces import Face
from certgen.fonts.fontset import FontSet
from certgen.fonts.report import STYLES, Substitution, substitution
from certgen.model.finding import Finding, Place, Severity
from certgen.names.printed import Printed
from certgen.names.remedies import is_printable, remedies, unprintable
from certgen.standards import characters
from certgen.standards.lookalikes import usual

_ROWS_NAMED = 20
_TIERS = {
    1: Said("一级字", "tier 1"),
    2: Said("二级字", "tier 2"),
    3: Said("三级字", "tier 3"),
    None: Said("表外", "outside the table"),
}


@dataclass(frozen=True, slots=True)
class RareCharacter:
    """One character in one role, as one face draws it."""

    char: str
    role: str
    face: Face | None  # None: no face draws it, or none may be trusted to
    places: tuple[Place, ...]
    remedies: tuple[Said, ...]

    @property
    def code_point(self) -> str:
        """'U+2CB4E'."""
        return f"U+{ord(self.char):04X}"

    @property
    def tier(self) -> int | None:
        """Its tier (级) in 通用规范汉字表; None outside."""
        return characters.tier(self.char)

    @property
    def tier_said(self) -> Said:
        """The same in words."""
        return _TIERS[self.tier]

    @property
    def substitution(self) -> Substitution | None:
        """What the face stands in for; None for a genuine one, or where there is no face."""
        return substitution(self.role, self.face) if self.face else None

    @property
    def severity(self) -> Severity:
        """Error: the rows are refused. Review: a look-alike. Warning: in another style. Else a note."""
        if self.face is None:
            return Severity.ERROR
        if usual(self.char) != self.char:
            return Severity.REVIEW
        other = self.substitution
        return Severity.WARNING if other and not other.same_style else Severity.NOTE


def find(printed: Iterable[Printed], fonts: FontSet[Face]) -> tuple[RareCharacter, ...]:
    """Each rare character once for each role and face, the gravest first, then as they occur."""
    seen: dict[tuple[str, str, Face | None], dict[Printed, None]] = {}
    for one in printed:
        if is_printable(one.text) and all(map(fonts.faces[one.role][0].draws, one.text)):
            continue
        for char, face in _served(one, fonts):
            seen.setdefault((char, one.role, face), {})[one] = None
    found = [
        RareCharacter(
            char=char,
            role=role,
            face=face,
            places=tuple(dict.fromkeys(one.place for one in where)),
            remedies=remedies(char, next(iter(where)).text, role, face),
        )
        for (char, role, face), where in seen.items()
    ]
    return tuple(sorted(found, key=lambda one: list(Severity).index(one.severity)))


def _served(one: Printed, fonts: FontSet[Face]) -> Iterator[tuple[str, Face | None]]:
    """The rare characters of a text, with the face that the whole text gives them."""
    chain = fonts.faces[one.role]
    for char, face in _faces(one, fonts):
        if unprintable(char, one.text):
            yield char, None
        elif not chain[0].draws(char):
            yield char, face


def _faces(one: Printed, fonts: FontSet[Face]) -> Iterator[tuple[str, Face | None]]:
    try:
        for face, part in fonts.runs(one.role, one.text):
            for char in part:
                yield char, face
    except (
        MissingGlyphError
    ):  # the row is refused: which face would draw the others is told all the same
        chain = fonts.faces[one.role]
        for char in one.text:
            yield char, next((face for face in chain if face.draws(char)), None)


def finding(rare: RareCharacter) -> Finding:
    """The character as a line of a report, placed at its first row."""
    code = {
        Severity.ERROR: "font/missing-glyph",
        Severity.REVIEW: "text/look-alike",
        Severity.WARNING: "font/other-style",
        Severity.NOTE: "font/fallback",
    }[rare.severity]
    role, served = STYLES[rare.role], rare.face.family if rare.face else None
    zh = f"{_shown(rare)}（{rare.tier_said.zh}）" + (
        f"由 {served} 显示" if served else f"没有可用的{role.zh}"
    )
    en = f"{_shown(rare)} ({rare.tier_said.en}) " + (
        f"is drawn by {served}" if served else f"has no {role.en} face"
    )
    rows = where(rare.places)
    said = Said(
        "；".join((zh, *(text.zh for text in (*rows, *rare.remedies)))),
        "; ".join((en, *(text.en for text in (*rows, *rare.remedies)))),
    )
    return Finding(code, rare.severity, said, rare.places[0])


def where(places: tuple[Place, ...]) -> tuple[Said, ...]:
    """The rows in one phrase, the first twenty by number; nothing for what is in no row."""
    rows = sorted({place.row for place in places if place.row is not None})
    if not rows:
        return ()
    zh = "、".join(map(str, rows[:_ROWS_NAMED]))
    en = ", ".join(map(str, rows[:_ROWS_NAMED]))
    if len(rows) > _ROWS_NAMED:
        return (Said(f"第 {zh} 等 {len(rows)} 行", f"rows {en} and others, {len(rows)} in all"),)
    return (Said(f"第 {zh} 行", f"row{'s' if len(rows) > 1 else ''} {en}"),)


def _shown(rare: RareCharacter) -> str:
    """The character and its code point; the code point alone where there is nothing to see."""
    return f"{rare.char} {rare.code_point}" if rare.char.isprintable() else rare.code_point
