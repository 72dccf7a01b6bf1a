"""The revisions (增量更新) of a file that our own press wrote: where each ends, and which objects it holds.

Stricter than ISO 32000, on purpose: plain tables, objects that follow one another without a byte
between, each revision pointing to the one before. So a revision that may change two objects can
be seen to change those two and nothing else.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from mmap import mmap

from verify.fault import Fault, require

_END = re.compile(rb"startxref\n([0-9]{1,10})\n%%EOF\n")
_SECTION = re.compile(rb"([0-9]{1,7}) ([0-9]{1,7})\n")
_ENTRY = re.compile(rb"([0-9]{10}) 00000 n \n")
_TRAILER = re.compile(rb"trailer\n<<[^\n]*>>\n")
_FREE = b"0000000000 65535 f \n"
_CLOSING = b"\nendobj\n"


@dataclass(frozen=True, slots=True)
class Revision:
    """One of a file's revisions."""

    start: int
    end: int  # behind its %%EOF and line end
    xref: int  # where its table begins
    trailer: bytes
    objects: Mapping[int, bytes]  # number -> body, the bytes between `obj` and `endobj`

    def number(self, key: bytes) -> int:
        """A whole number, or the object number of a reference, under `key` of the trailer."""
        found = re.findall(rb"/%b ([0-9]{1,10})(?=[ />])" % key, self.trailer)
        if len(found) != 1:
            raise _other_form()
        return int(found[0])


def read_revisions(data: bytes | mmap, count: int) -> tuple[Revision, ...]:
    """The revisions of `data`, which must be `count`. Raises `Fault` if anything is between or behind."""
    ends = list(_END.finditer(data))
    require(
        len(ends) == count,
        zh=f"文件有 {len(ends)} 个版本，应为 {count} 个",
        en=f"revisions found: {len(ends)}; expected: {count}",
    )
    found: list[Revision] = []
    start = 0
    for end in ends:
        revision = _read(data, start, int(end[1]), end)
        if found and revision.number(b"Prev") != found[-1].xref:
            raise _other_form()
        found.append(revision)
        start = end.end()
    require(start == len(data), zh="文件末尾有多余的字节", en="bytes were added at the file's end")
    return tuple(found)


def _read(data: bytes | mmap, start: int, xref: int, end: re.Match[bytes]) -> Revision:
    if not start <= xref < end.start():
        raise _other_form()
    table, trailer = _table(data[xref : end.start()], first=start == 0)
    objects = _objects(data, start, xref, table)
    return Revision(start, end.end(), xref, trailer, objects)


def _table(text: bytes, *, first: bool) -> tuple[dict[int, int], bytes]:
    """Object number -> offset, and the trailer, which must end the text."""
    if not text.startswith(b"xref\n"):
        raise _other_form()
    at, offsets = len(b"xref\n"), dict[int, int]()
    while section := _SECTION.match(text, at):
        at = section.end()
        number, left = int(section[1]), int(section[2])
        if number == 0 and first and text.startswith(_FREE, at):
            at, number, left = at + len(_FREE), number + 1, left - 1
        for nth in range(left):
            entry = _ENTRY.match(text, at)
            if entry is None or number + nth in offsets:
                raise _other_form()
            offsets[number + nth] = int(entry[1])
            at = entry.end()
    trailer = text[at:]
    if _TRAILER.fullmatch(trailer) is None:
        raise _other_form()
    return offsets, trailer


def _objects(
    data: bytes | mmap, start: int, xref: int, table: Mapping[int, int]
) -> dict[int, bytes]:
    """Every object by its number; together they fill the bytes from `start` to the table."""
    ordered = sorted(table.items(), key=lambda pair: pair[1])
    starts = [offset for _, offset in ordered]
    if not starts or (start and starts[0] != start):  # before the first object: the header
        raise _other_form()
    found: dict[int, bytes] = {}
    for (number, offset), until in zip(ordered, [*starts[1:], xref], strict=True):
        head = b"%d 0 obj\n" % number
        text = data[offset:until]
        if not (text.startswith(head) and text.endswith(_CLOSING)):
            raise _other_form()
        found[number] = text[len(head) : -len(_CLOSING)]
    return found


def _other_form() -> Fault:
    return Fault(
        zh="文件的版本结构与本程序所写不符",
        en="the file's revisions are not of the form that this program writes",
    )
