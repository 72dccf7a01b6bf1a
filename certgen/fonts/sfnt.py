"""Reads what a certificate needs of a TrueType or OpenType file, straight from the mapped file.

fontTools decompiles a whole table before it answers; a 50 MB face would cost every worker process
its time and memory for six characters. Here a character is one binary search and one slice.
"""

import mmap
from bisect import bisect_left
from pathlib import Path
from struct import error as StructError  # noqa: N812  (its own name says nothing here)
from struct import unpack_from

COLLECTION = b"ttcf"


class BrokenFontError(Exception):
    """The bytes are not a font we can read. Stays in this package: callers see a FontError."""


def open_mapped(path: Path) -> mmap.mmap:
    """The file, mapped read-only; nothing is read yet."""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def face_count(data: mmap.mmap) -> int:
    """1, or the number of faces in a collection (TTC)."""
    if data[:4] != COLLECTION:
        return 1
    return int(unpack_from(">I", data, 8)[0])


class Sfnt:
    """One face in a mapped file. Offsets are checked where a table is taken, not at every read."""

    def __init__(self, data: mmap.mmap, index: int = 0) -> None:
        self.data = data
        start = unpack_from(">I", data, 12 + 4 * index)[0] if data[:4] == COLLECTION else 0
        if data[start : start + 4] not in {b"\0\1\0\0", b"true", b"OTTO"}:
            msg = "not a TrueType or OpenType file"
            raise BrokenFontError(msg)
        (count,) = unpack_from(">H", data, start + 4)
        self._tables: dict[bytes, tuple[int, int]] = {}
        for i in range(count):
            tag, _, offset, length = unpack_from(">4sIII", data, start + 12 + 16 * i)
            if offset + length > len(data):
                msg = f"table {tag!r} runs past the end of the file"
                raise BrokenFontError(msg)
            self._tables[tag] = (offset, length)

    def __contains__(self, tag: bytes) -> bool:
        return tag in self._tables

    def offset(self, tag: bytes) -> int:
        """Where the table begins in the file."""
        try:
            return self._tables[tag][0]
        except KeyError:
            msg = f"no table {tag!r}"
            raise BrokenFontError(msg) from None

    def table(self, tag: bytes) -> bytes:
        """A copy of the table; empty if the face has none."""
        offset, length = self._tables.get(tag, (0, 0))
        return self.data[offset : offset + length]

    def names(self) -> dict[int, tuple[str, ...]]:
        """Name id to its texts in every language, American English first."""
        name = self.table(b"name")
        if not name:
            return {}
        _, count, storage = unpack_from(">HHH", name)
        found: dict[int, list[str]] = {}
        for i in range(count):
            platform, encoding, language, which, length, at = unpack_from(">6H", name, 6 + 12 * i)
            raw = name[storage + at : storage + at + length]
            text = raw.decode(_codec(platform, encoding), errors="replace")
            texts = found.setdefault(which, [])
            texts.insert(0 if (platform, language) == (3, 0x409) else len(texts), text)
        return {which: tuple(texts) for which, texts in found.items()}


def _codec(platform: int, encoding: int) -> str:
    """Macintosh names are in the script's own encoding, all others in UTF-16."""
    if platform != 1:
        return "utf-16-be"
    return {2: "big5", 25: "gb18030"}.get(encoding, "mac-roman")


class CharacterMap:
    """The face's Unicode cmap: character to glyph id, 0 where it has none."""

    def __init__(self, font: Sfnt) -> None:
        self._data = font.data
        self._format, self._at = 0, 0
        base = font.offset(b"cmap")
        (count,) = unpack_from(">H", self._data, base + 2)
        for i in range(count):
            platform, encoding, offset = unpack_from(">HHI", self._data, base + 4 + 8 * i)
            (form,) = unpack_from(">H", self._data, base + offset)
            unicode = platform == 0 or (platform == 3 and encoding in {1, 10})
            if unicode and form in {4, 12} and form > self._format:
                self._format, self._at = form, base + offset

    def glyph_id(self, char: str) -> int:
        """The glyph id of one character."""
        if self._format == 12:
            return self._in_groups(ord(char))
        if self._format == 4 and ord(char) <= 0xFFFF:
            return self._in_segments(ord(char))
        return 0

    def _in_groups(self, code: int) -> int:
        data, at = self._data, self._at + 16
        (count,) = unpack_from(">I", data, at - 4)
        i = bisect_left(
            range(count), code, key=lambda i: unpack_from(">I", data, at + 12 * i + 4)[0]
        )
        if i == count:
            return 0
        start, _, glyph = unpack_from(">III", data, at + 12 * i)
        return int(glyph + code - start) if start <= code else 0

    def _in_segments(self, code: int) -> int:
        data, at = self._data, self._at + 14
        (size,) = unpack_from(">H", data, at - 8)  # twice the number of segments
        i = bisect_left(
            range(size // 2), code, key=lambda i: unpack_from(">H", data, at + 2 * i)[0]
        )
        if 2 * i == size:
            return 0
        start_at = at + size + 2 + 2 * i
        (start,) = unpack_from(">H", data, start_at)
        (delta,) = unpack_from(">H", data, start_at + size)
        (range_offset,) = unpack_from(">H", data, start_at + 2 * size)
        if code < start:
            return 0
        if not range_offset:
            return int(code + delta) & 0xFFFF
        (glyph,) = unpack_from(">H", data, start_at + 2 * size + range_offset + 2 * (code - start))
        return int(glyph + delta) & 0xFFFF if glyph else 0


__all__ = ["BrokenFontError", "CharacterMap", "Sfnt", "StructError", "face_count", "open_mapped"]
