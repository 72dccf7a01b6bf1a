"""What is drawn on a sheet that goes through an office printer: page items, check mark, and the matrix around them."""

from collections.abc import Iterable
from dataclasses import dataclass

from certgen.model.misplacement import Misplacement, Point, Size
from certgen.model.page import Photo, Primitive, Qr, Rule, Seal, Shape, TextRun
from certgen.render import content
from certgen.render.aiming import matrix
from certgen.render.base import seal_name
from certgen.render.glyphs import Glyphs
from certgen.render.layer import PHOTO
from certgen.render.pdf import decimal
from certgen.render.qr import encode
from certgen.stock import check_mark

INK = content.SCREEN_BLACK


@dataclass(frozen=True, slots=True)
class Drawing:
    """Turns page items into operators for one side of a sheet."""

    size: Size
    missed: Misplacement
    fonts: Glyphs

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
