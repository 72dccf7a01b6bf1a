"""Builds the small TrueType font that a certificate carries: its own characters, nothing else.

A rare character of one holder needs a font of its own in that one file, so this runs once a
certificate: the glyphs come ready from `Face.glyph`, and all that is left is to lay them side by
side and add up the checksums. No `cmap`, `name` or `post`: a PDF addresses the glyphs by id and
maps them to text itself (ISO 32000-1, 9.9).
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from struct import pack, unpack, unpack_from
from typing import NamedTuple

from certgen.fonts.faces import Face
from certgen.fonts.outlines import Glyph

_TAGS = (b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp")  # sorted, as the format demands
_HEADER = 12 + 16 * len(_TAGS)
_WHOLE = 0xB1B0AFBA  # what a whole font file must add up to, by way of the adjustment in `head`
_MAGIC = 0x5F0F3CF5
_DATE = 0x7C25B080  # 1 January 1970: the same glyphs must give the same bytes


def build(face: Face, chars: Sequence[str]) -> bytes:
    """A font in which glyph 0 is `.notdef`, a box, and glyph i + 1 is `chars[i]`."""
    return build_from([face.glyph(char) for char in chars], face.units_per_em)


def build_from(glyphs: Sequence[Glyph], units_per_em: int) -> bytes:
    """The same from glyphs that were kept: no font file is needed. Equal glyphs, equal bytes."""
    parts = [_notdef(units_per_em), *map(_part, glyphs)]
    low = _Box(*map(min, zip(*[part.box for part in parts if part.box], strict=True)))
    high = _Box(*map(max, zip(*[part.box for part in parts if part.box], strict=True)))
    widest = max([part.advance for part in parts])
    offsets = accumulate([len(part.record) for part in parts], initial=0)
    tables = (
        b"".join([part.record for part in parts]),
        _head(low, high, units_per_em),
        _hhea(low, high, widest, len(parts)),
        b"".join([part.metrics for part in parts]),
        pack(f">{len(parts) + 1}I", *offsets),
        pack(">I6H16x", 0x10000, len(parts), high.points, high.contours, 0, 0, 1),
    )
    return _assembled(tables, sum([part.checksum for part in parts]))


class _Box(NamedTuple):
    """What the head tables want to know of one outline, in font units."""

    left: int
    bottom: int
    right: int
    top: int
    bearing_left: int
    bearing_right: int
    extent: int
    contours: int
    points: int


class _Part(NamedTuple):
    """One glyph, ready to be laid beside others."""

    record: bytes
    checksum: int
    advance: int
    metrics: bytes  # its row of `hmtx`
    box: _Box | None


# The glyphs of a batch repeat, and a table's checksum is the sum of those of its glyphs.
@lru_cache(maxsize=4096)
def _part(glyph: Glyph) -> _Part:
    record, metrics = _aligned(glyph.data), pack(">Hh", glyph.advance, glyph.left_side_bearing)
    box = _box(glyph) if glyph.data else None
    return _Part(record, _sum(record), glyph.advance, metrics, box)


def _box(glyph: Glyph) -> _Box:
    count, left, bottom, right, top = unpack_from(">5h", glyph.data)
    (last_point,) = unpack_from(">H", glyph.data, 8 + 2 * count)
    extent = glyph.left_side_bearing + right - left
    bearings = glyph.left_side_bearing, glyph.advance - extent
    return _Box(left, bottom, right, top, *bearings, extent, count, last_point + 1)


@lru_cache(maxsize=64)
def _notdef(units_per_em: int) -> _Part:
    """An upright rectangle, so that a slip shows as a box and never as a gap."""
    width, height = units_per_em // 2, units_per_em * 7 // 10
    edge = units_per_em // 10
    outline = pack(">5hHH", 1, edge, 0, edge + width, height, 3, 0)
    flags = b"\1" * 4  # on the curve, two-byte steps
    steps = pack(">8h", *(edge, width, 0, -width), *(0, 0, height, 0))  # x, then y
    return _part(Glyph(width + 2 * edge, edge, outline + flags + steps))


def _head(low: _Box, high: _Box, units_per_em: int) -> bytes:
    box = low.left, low.bottom, high.right, high.top
    words = (0x10000, 0x10000, 0, _MAGIC)
    # Offsets in `loca` are long (1) at any size.
    return pack(">4I2H2Q4h2H3h", *words, 0, units_per_em, _DATE, _DATE, *box, 0, 8, 2, 1, 0)


def _hhea(low: _Box, high: _Box, widest: int, count: int) -> bytes:
    heights = high.top, low.bottom, 0
    bearings = low.bearing_left, low.bearing_right, high.extent
    upright = 1, 0, 0
    return pack(">I3hH3h3h8xhH", 0x10000, *heights, widest, *bearings, *upright, 0, count)


def _assembled(tables: Sequence[bytes], glyf_sum: int) -> bytes:
    entries, bodies, at, total = [], [], _HEADER, 0
    for tag, table in zip(_TAGS, tables, strict=True):
        body = _aligned(table)
        checksum = (glyf_sum if tag == b"glyf" else _sum(body)) & 0xFFFFFFFF
        entries.append(pack(">4sIII", tag, checksum, at, len(table)))
        bodies.append(body)
        at += len(body)
        total += checksum
    # Six tables: the largest power of two is four, so 16*4, log2 4, and the 16*2 beyond it.
    header = pack(">I4H", 0x10000, len(_TAGS), 64, 2, 32) + b"".join(entries)
    adjustment = (_WHOLE - total - _sum(header)) & 0xFFFFFFFF
    head = bodies[1]
    bodies[1] = head[:8] + pack(">I", adjustment) + head[12:]
    return header + b"".join(bodies)


def _aligned(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4) if len(data) % 4 else data


def _sum(data: bytes) -> int:
    return sum(unpack(f">{len(data) // 4}I", data))
