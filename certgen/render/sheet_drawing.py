"""What is drawn on a sheet that goes through an office printer: page items, check mark, and the matrix around them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from certgen.model.misplacement import Misplacement, Point, Size
from certgen.model.page import Photo, Primitive, Qr, Rule, Seal, Shape, TextRun
from certgen.render import content
from certgen.render.aiming import matrix
from certgen.render.base import seal_name
from certgen.render.faces import KeptFace
from certgen.render.layer import PHOTO
from certgen.render.pdf import Objects, decimal
from certgen.render.qr import encode
from certgen.stock import check_mark

INK = content.SCREEN_BLACK


@dataclass(slots=True)
class GrowingFonts:
    """Numbers the glyphs of one plan as they are shown, so that a file has those it prints and no others."""

    prefix: str
    faces: Mapping[str, KeptFace]
    shown: dict[str, dict[str, str]] = field(default_factory=dict)  # face id -> character -> hex

    def shows(self, face_id: str, text: str) -> list[tuple[str, str]]:
        """All of `text` in one piece."""
        known = self.shown.setdefault(face_id, {})
        glyphs = [known.setdefault(char, f"{len(known) + 1:04X}") for char in text]
        return [(self._name(face_id), "".join(glyphs))]

    def put(self, objects: Objects) -> str:
        """Embed what was shown; the inside of /Font<<…>>."""
        return "".join(
            f"/{self._name(face)} {self.faces[face].put(objects, chars, pack=True)} 0 R"
            for face, chars in self.shown.items()
        )

    def _name(self, face_id: str) -> str:
        return f"{self.prefix}F{list(self.shown).index(face_id)}"


@dataclass(frozen=True, slots=True)
class Drawing:
    """Turns page items into operators for one side of a sheet."""

    size: Size
    missed: Misplacement
    fonts: GrowingFonts

    def items(self, items: Iterable[Primitive], *, photo: bool) -> list[str]:
        """The operators, seals over the rest. Without a photo its place stays white for one that is pasted."""
        sheet = content.Sheet(self.size[1])
        drawn = [line for item in items if (line := self._item(item, sheet, photo=photo))]
        return drawn + [
            content.picture(item, sheet, seal_name(item))
            for item in items
            if isinstance(item, Seal)
        ]

    def _item(self, item: Primitive, sheet: content.Sheet, *, photo: bool) -> str:
        match item:
            case TextRun():
                return content.text(item, sheet, self.fonts)
            case Shape():
                return content.shape(item, sheet, INK)
            case Rule():
                return content.rule(item, sheet)
            case Qr():
                return content.qr(item, sheet, encode(item.text))
            case Photo() if photo:
                return content.picture(item, sheet, PHOTO)
            case _:
                return ""

    def check_mark(self, serial: str, start: Point) -> str:
        """The number of the sheet in strokes. `InputError` for what can be none."""
        sheet = content.Sheet(self.size[1])
        words = [f"q 1 J 1 j {decimal(check_mark.THICKNESS_PT)} w"]
        for line in check_mark.lines(serial, start):
            words += [
                f"{sheet.x(x)} {sheet.y(y)} {'l' if at else 'm'}" for at, (x, y) in enumerate(line)
            ]
            words.append("S")
        return " ".join([*words, "Q"])

    def aimed(self, drawn: Iterable[str]) -> bytes:
        """A content stream that comes out where `drawn` says, on a printer that misses."""
        return "\n".join(
            ["q", matrix(self.missed, self.size), INK.fill, INK.stroke, *drawn, "Q"]
        ).encode()
