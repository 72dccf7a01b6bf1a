"""The few forms of PDF syntax that this renderer writes (ISO 32000-1 §7): objects, streams, cross-reference table.

Written by hand because the hot path copies one prefix for a whole batch and knows every offset; a general writer would
parse and count it again for each certificate. pikepdf and pyHanko read the result back in the self-check.
"""

from collections.abc import Sequence
from functools import lru_cache

PT_PER_MM = 72 / 25.4

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


@lru_cache(maxsize=4096)
def points(length_mm: float) -> str:
    """A length in points as PDF writes it: three decimals at most, 0.35 µm.

    >>> points(25.4), points(10)
    ('72', '28.346')
    """
    return decimal(length_mm * PT_PER_MM)


def decimal(value: float) -> str:
    """A real number without exponent or trailing zeros."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def text_string(text: str) -> bytes:
    """A PDF text string: UTF-16BE with its mark, as hex (ISO 32000-1 §7.9.2.2)."""
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode() + b">"


def stream(entries: bytes, data: bytes) -> bytes:
    """A stream object with its length. PDF/A wants the line end before `endstream`."""
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (entries, len(data), data)


class Objects:
    """Numbered objects being laid one after another from `offset`, the first of them numbered `first`."""

    def __init__(self, first: int, offset: int) -> None:
        self._first = first
        self._start = offset
        self._offsets: list[int] = []
        self._parts: list[bytes] = []
        self._length = 0

    def reserve(self) -> int:
        """A number for an object that is put later: others may already refer to it."""
        self._offsets.append(0)
        return self._first + len(self._offsets) - 1

    def put(self, number: int, body: bytes) -> None:
        """Write the object that was promised under `number`."""
        self._offsets[number - self._first] = self._start + self._length
        text = b"%d 0 obj\n%b\nendobj\n" % (number, body)
        self._parts.append(text)
        self._length += len(text)

    def add(self, body: bytes) -> int:
        """Write the next object; its number."""
        number = self.reserve()
        self.put(number, body)
        return number

    def drain(self) -> bytes:
        """What was laid since the last call, for a file that is written as it grows."""
        laid = b"".join(self._parts)
        self._parts.clear()
        return laid

    @property
    def length(self) -> int:
        """How many bytes were laid so far, drained ones included."""
        return self._length

    @property
    def parts(self) -> Sequence[bytes]:
        """The objects in the order they were put."""
        return self._parts

    def entries(self) -> bytes:
        """The lines of the cross-reference table, twenty bytes each."""
        return b"".join(b"%010d 00000 n \n" % offset for offset in self._offsets)

    @property
    def next_number(self) -> int:
        """The number the next object would get."""
        return self._first + len(self._offsets)


def put_page_tree(objects: Objects, number: int, pages: Sequence[int]) -> None:
    """The page tree with these pages, as the object of that number."""
    kids = " ".join(f"{page} 0 R" for page in pages)
    objects.put(number, f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode())


def ending(objects: Objects, header: bytes, root: int, info: int, identity: str = "") -> bytes:
    """What ends a file that began with `header` and has all of its `objects`; `identity` is its /ID in hex."""
    named = f"/ID[<{identity}><{identity}>]" if identity else ""
    trailer = f"/Root {root} 0 R/Info {info} 0 R{named}".encode()
    start = len(header) + objects.length
    return xref_and_trailer(objects.entries(), objects.next_number, start, trailer)


def xref_and_trailer(entries: bytes, count: int, start: int, trailer: bytes) -> bytes:
    """The table of `count` objects (0 included, which `entries` leaves out), the trailer and the end of the file."""
    return (
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<</Size %d%b>>\nstartxref\n%d\n%%%%EOF\n"
        % (
            count,
            entries,
            count,
            trailer,
            start,
        )
    )
