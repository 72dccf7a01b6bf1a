"""Glyphs numbered as they are shown, so that a file has those that it prints and no others."""

from collections.abc import Iterator, Mapping

from certgen.render.faces import KeptFace
from certgen.render.pdf import Objects


class Glyphs:
    """The fonts of one file while it grows (a `FontTable`). `prefix` keeps the names of several apart."""

    def __init__(self, prefix: str = "") -> None:
        self._prefix = prefix
        self._shown: dict[str, dict[str, str]] = {}  # face id -> character -> number in hex

    def shows(self, face_id: str, text: str) -> list[tuple[str, str]]:
        """All of `text` in one piece."""
        known = self._shown.setdefault(face_id, {})
        glyphs = [known.setdefault(char, f"{len(known) + 1:04X}") for char in text]
        return [(self._name(face_id), "".join(glyphs))]

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Every (face id, character) that was shown."""
        return ((face, char) for face, chars in self._shown.items() for char in chars)

    def put(self, objects: Objects, faces: Mapping[str, KeptFace]) -> str:
        """Embed what was shown; the inside of /Font<<…>>."""
        return "".join(
            f"/{self._name(face)} {faces[face].put(objects, chars, pack=True)} 0 R"
            for face, chars in self._shown.items()
        )

    def _name(self, face_id: str) -> str:
        """F0, F1 … in the order of first use."""
        return f"{self._prefix}F{list(self._shown).index(face_id)}"
