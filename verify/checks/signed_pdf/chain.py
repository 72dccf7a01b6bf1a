"""The revisions (版本) of a PDF as they lie in its bytes: each with its own cross-reference table.

Read by hand and strictly, because readers repair what is wrong, each in its own way, and forgeries live on that: a
startxref that nobody follows, objects that no table lists, tables that point at each other.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from verify.checks.signed_pdf.rules import Found

_START = re.compile(rb"startxref[ \t]*\r?\n([0-9]{1,10})[ \t]*\r?\n%%EOF(?:\r\n|\r|\n)?\Z")
_SECTION = re.compile(rb"([0-9]{1,8}) ([0-9]{1,8})[ ]?\r?\n")
_ENTRY = re.compile(rb"([0-9]{10}) ([0-9]{5}) ([nf])(?:[ \r]\n| \r|\n)")
_PREV = re.compile(rb"/Prev[ \t\r\n]+([0-9]{1,10})(?=[ \t\r\n/>])")
_OBJECT = re.compile(rb"([0-9]{1,8}) ([0-9]{1,5}) obj\b")
_LENGTH = re.compile(rb"/Length[ \t\r\n]+([0-9]{1,9})[ \t\r\n]*(?=[/>])")
_STREAM = re.compile(rb">>[ \t\r\n]*stream\r?\n")
_CLOSED = re.compile(rb"[ \t\r\n]*endstream[ \t\r\n]+endobj[ \t\r\n]*\Z")
_EOL = b"\r\n"
_MOST_REVISIONS = 64
_CHAIN = "xref/chain"


@dataclass(frozen=True, slots=True)
class Revision:
    """Bytes `start` to `end`, and where its table says that its objects stand."""

    start: int
    end: int
    xref: int
    offsets: Mapping[int, int]


def check_frame(data: bytes, found: Found) -> None:
    """The first bytes and the last."""
    found.unless(data[:5] == b"%PDF-", "bytes/start")
    tail = data[-7:]
    found.unless(tail.endswith((b"%%EOF", b"%%EOF\n", b"%%EOF\r", b"%%EOF\r\n")), "bytes/end")


class _BrokenError(Exception):
    """A rule is broken, and reading on makes no sense."""


def read_chain(data: bytes, found: Found) -> tuple[Revision, ...] | None:
    """All revisions, oldest first; None if they are no chain of plain tables, which is then noted."""
    try:
        revisions = tuple(_newest_first(data))
    except _BrokenError as broken:
        found.note(str(broken))
        return None
    found.unless(data.count(b"startxref") == len(revisions), "bytes/revisions")
    return revisions[::-1]


def _newest_first(data: bytes) -> Iterator[Revision]:
    end, where = len(data), _last_xref(data, len(data))
    for _ in range(_MOST_REVISIONS):
        _require(data.startswith(b"xref", where), "xref/kind")
        offsets, trailer_at = _table(data, where)
        trailer = data[trailer_at:end]
        _require(b"/XRefStm" not in trailer, "xref/hybrid")
        before = [int(number) for number in _PREV.findall(trailer)]
        _require(before == [] or (len(before) == 1 and before[0] < where), _CHAIN)
        start = _end_behind(data, before[0]) if before else 0
        _require(start <= where, _CHAIN)
        yield Revision(start, end, where, offsets)
        if not before:
            return
        end, where = start, before[0]
        _require(_last_xref(data, end) == where, _CHAIN)
    _require(False, _CHAIN)


def _require(holds: bool, rule: str) -> None:  # noqa: FBT001 - the sentence's subject
    if not holds:
        raise _BrokenError(rule)


def _last_xref(data: bytes, end: int) -> int:
    """Where the startxref in front of `end` points."""
    match = _START.search(data[max(0, end - 64) : end])
    if match is None:
        raise _BrokenError(_CHAIN)
    return int(match[1])


def _end_behind(data: bytes, xref: int) -> int:
    """The end of the revision whose table stands at `xref`: behind the next %%EOF and its line end."""
    mark = data.find(b"%%EOF", xref)
    _require(mark >= 0, _CHAIN)
    end = mark + len(b"%%EOF")
    if data.startswith(_EOL, end):
        return end + 2
    return end + 1 if data[end : end + 1] in (b"\n", b"\r") else end


def _table(data: bytes, where: int) -> tuple[dict[int, int], int]:
    """The objects in use that a table lists, and where its trailer begins."""
    at = where + len(b"xref")
    while data[at : at + 1] in (b" ", b"\r", b"\n"):
        at += 1
    offsets: dict[int, int] = {}
    while section := _SECTION.match(data, at):
        first, count = int(section[1]), int(section[2])
        at = section.end()
        for number in range(first, first + count):
            entry = _ENTRY.match(data, at)
            if entry is None or number in offsets:
                raise _BrokenError(_CHAIN)
            at = entry.end()
            if entry[3] == b"n":
                offsets[number] = int(entry[1])
    _require(data.startswith(b"trailer", at), _CHAIN)
    return offsets, at


def check_tail(data: bytes, revision: Revision, found: Found) -> None:
    """A revision appended after signing must be made up of the objects that its own table lists, and of nothing else.

    Each ends where the next begins: no gap in which another reader could find another object.
    """
    ends = [*sorted(revision.offsets.values())[1:], revision.xref]
    starts = sorted((offset, number) for number, offset in revision.offsets.items())
    whole = bool(starts) and starts[0][0] >= revision.start
    between = data[revision.start : starts[0][0]] if whole else b""
    whole = whole and not between.strip(b" \r\n")
    whole = whole and all(
        _one_object(data[offset:end], number)
        for (offset, number), end in zip(starts, ends, strict=True)
    )
    closing = data[revision.xref : revision.end]
    whole = whole and closing.count(b"trailer") == 1 and _OBJECT.search(closing) is None
    found.unless(whole, "bytes/tail")


def _one_object(piece: bytes, number: int) -> bool:
    head = _OBJECT.match(piece)
    if head is None or int(head[1]) != number or int(head[2]) != 0:
        return False
    stream = _STREAM.search(piece)
    before = piece[: stream.start() + 2] if stream else piece
    if len(_OBJECT.findall(before)) != 1:
        return False
    if stream is None:
        return piece.count(b"endobj") == 1 and piece.rstrip(b" \t\r\n").endswith(b"endobj")
    lengths = _LENGTH.findall(before)
    if len(lengths) != 1:
        return False
    return _CLOSED.match(piece, stream.end() + int(lengths[0])) is not None
