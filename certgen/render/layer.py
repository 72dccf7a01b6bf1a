"""The variable layer: what one record adds to the page, with the few glyphs that the batch does not share."""

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from certgen.model.page import Photo, Primitive, Qr, Seal, TextRun
from certgen.render import content
from certgen.render.base import CommonFonts, seal_name
from certgen.render.faces import KeptFace
from certgen.render.pdf import Objects
from certgen.render.qr import encode

PHOTO = "Photo"


class RecordFonts:
    """Shows text in the common subsets and numbers the glyphs that are not in them as they come."""

    def __init__(self, common: CommonFonts) -> None:
        self._common = common
        self.rare: dict[str, dict[str, str]] = {}  # face id -> character -> glyph number in hex

    def shows(self, face_id: str, text: str) -> list[tuple[str, str]]:
        """Pieces of `text`, each in one font resource."""
        table = self._common.hex.get(face_id, {})
        try:
            return [(self._common.names[face_id], "".join([table[char] for char in text]))]
        except KeyError:
            return self._pieces(face_id, text, table)

    def _pieces(self, face_id: str, text: str, table: Mapping[str, str]) -> list[tuple[str, str]]:
        pieces: list[tuple[str, str]] = []
        for char in text:
            if char in table:
                name, glyph = self._common.names[face_id], table[char]
            else:
                own = self.rare.setdefault(face_id, {})
                glyph = own.setdefault(char, f"{len(own) + 1:04X}")
                name = self._rare_name(face_id)
            if pieces and pieces[-1][0] == name:
                pieces[-1] = (name, pieces[-1][1] + glyph)
            else:
                pieces.append((name, glyph))
        return pieces

    def _rare_name(self, face_id: str) -> str:
        return f"R{list(self.rare).index(face_id)}"

    def put(self, objects: Objects, faces: Mapping[str, KeptFace]) -> str:
        """Embed the rare glyphs; the inside of /Font<<…>> for them."""
        return "".join(
            f"/{self._rare_name(face)} {faces[face].put(objects, chars, pack=False)} 0 R"
            for face, chars in self.rare.items()
        )


class Layers:
    """Draws the variable layers of one plan's records onto one kind of sheet."""

    def __init__(
        self,
        common: CommonFonts,
        sheet: content.Sheet,
        ink: content.Ink,
        embossed: Seal | None = None,
    ) -> None:
        self._common, self._sheet, self._ink = common, sheet, ink
        self._over_photo = (
            [content.embossed(embossed, sheet, seal_name(embossed))] if embossed else []
        )
        # Occupations, levels and dates repeat: their operators are written once.
        self._shared_text = lru_cache(maxsize=1024)(self._text_in_common)

    def draw(self, values: Iterable[Primitive], fonts: RecordFonts, *, photo: bool) -> bytes:
        """The operators of one record. Without a photo its place stays white for one that is pasted."""
        lines = ["q", self._ink.fill]
        for item in values:
            if isinstance(item, TextRun):
                text = self._shared_text(item) or content.text(item, self._sheet, fonts)
                lines.append(text)
            elif isinstance(item, Photo) and photo:
                lines.append(content.picture(item, self._sheet, PHOTO))
                lines += self._over_photo
            elif isinstance(item, Qr):
                lines.append(content.qr(item, self._sheet, encode(item.text)))
        lines.append("Q")
        return "\n".join(lines).encode()

    def _text_in_common(self, run: TextRun) -> str | None:
        """A run that needs no rare glyph; None where it does."""
        try:
            return content.text(run, self._sheet, self._common)
        except KeyError:
            return None


def uses_fallback(values: Iterable[Primitive], preferred: Collection[str]) -> bool:
    """Whether some text is set in another face than the first of its role."""
    return any(isinstance(item, TextRun) and item.face not in preferred for item in values)
