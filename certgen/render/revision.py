"""Append a revision (增量更新) to a finished file: changed and new objects, their table, a trailer that points back.

ISO 32000-1 §7.5.6: the bytes before stay as they are, so that a signature over them still holds. A plain table and
`%%EOF`, the same form as the first revision.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Tail:
    """How a file ends: all that its next revision must know of it."""

    length: int  # bytes
    xref: int  # where its last table begins
    size: int  # /Size: the next object's number
    root: int  # number of the catalogue
    info: int  # number of the information dictionary
    first_id: bytes  # 32 hex digits: stays from revision to revision (ISO 32000-1 §14.4)


class Revision:
    """Objects being laid behind a file."""

    def __init__(self, tail: Tail) -> None:
        self._tail = tail
        self._next = tail.size
        self._offsets: dict[int, int] = {}
        self._parts: list[bytes] = []
        self._length = tail.length

    def reserve(self) -> int:
        """A number for a new object that is put later."""
        self._next += 1
        return self._next - 1

    def put(self, number: int, body: bytes) -> None:
        """Write an object: a new one under its number, or another edition of an old one."""
        self._offsets[number] = self._length
        text = b"%d 0 obj\n%b\nendobj\n" % (number, body)
        self._parts.append(text)
        self._length += len(text)

    def add(self, body: bytes) -> int:
        """Write a new object; its number."""
        number = self.reserve()
        self.put(number, body)
        return number

    @property
    def parts(self) -> Sequence[bytes]:
        """The objects in the order they were put."""
        return self._parts

    def end(self) -> bytes:
        """Table and trailer for what was put."""
        tail = self._tail
        table = b"".join(
            b"%d %d\n" % (run[0], len(run))
            + b"".join(b"%010d 00000 n \n" % self._offsets[number] for number in run)
            for run in _runs(sorted(self._offsets))
        )
        second = hashlib.sha256(b"%b %d" % (tail.first_id, tail.length)).hexdigest()[:32].encode()
        return (
            b"xref\n%btrailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]/Prev %d>>\n"
            b"startxref\n%d\n%%%%EOF\n"
            % (
                table,
                self._next,
                tail.root,
                tail.info,
                tail.first_id,
                second,
                tail.xref,
                self._length,
            )
        )

    def tail_behind(self, length: int) -> Tail:
        """How the file ends when it is `length` bytes long with this revision."""
        return replace(self._tail, length=length, xref=self._length, size=self._next)


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    """Sorted numbers in runs without a gap: the sections of a table."""
    grouped = groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])
    return [[number for _, number in run] for _, run in grouped]
