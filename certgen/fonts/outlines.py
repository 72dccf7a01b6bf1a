"""One glyph as a simple, hint-free `glyf` record: what a small embedded font needs.

Hints (字体微调指令) are left out because they call functions of the face's own `fpgm` table, which
a subset does not carry.
"""

from collections.abc import Callable
from dataclasses import dataclass
from struct import unpack_from
from typing import Any

_HEADER = 10  # numberOfContours, xMin, yMin, xMax, yMax


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph, ready to be placed in a `glyf` table. Lengths in font units."""

    advance: int
    left_side_bearing: int
    data: bytes  # empty for white space; else padded to four bytes


def contours(record: bytes) -> int:
    """Number of contours: negative in a composite glyph (部件组合), 0 with nothing to draw."""
    return int(unpack_from(">h", record)[0]) if len(record) > _HEADER else 0


def left_edge(record: bytes) -> int:
    """The xMin that the record states."""
    return int(unpack_from(">h", record, 2)[0]) if record else 0


def component_ids(record: bytes) -> list[int]:
    """The glyph ids a composite is put together from."""
    ids, at, more = [], _HEADER, True
    while more:
        flags, glyph_id = unpack_from(">HH", record, at)
        ids.append(glyph_id)
        at += 4 + (4 if flags & 0x0001 else 2)  # ARG_1_AND_2_ARE_WORDS
        # WE_HAVE_A_SCALE, AN_X_AND_Y_SCALE, A_TWO_BY_TWO
        at += 2 if flags & 0x0008 else 4 if flags & 0x0040 else 8 if flags & 0x0080 else 0
        more = bool(flags & 0x0020)
    return ids


def simple(record: bytes, records: Callable[[int], bytes]) -> bytes:
    """The record without hints and without components; `records` gives the record of a glyph id."""
    count = contours(record)
    if count == 0:
        return b""
    return _padded(_without_hints(record, count) if count > 0 else _flattened(record, records))


def _padded(record: bytes) -> bytes:
    return record + bytes(-len(record) % 4)


def _without_hints(record: bytes, count: int) -> bytes:
    at = _HEADER + 2 * count
    (length,) = unpack_from(">H", record, at)
    return record[:at] + b"\0\0" + record[at + 2 + length :]


def _flattened(record: bytes, records: Callable[[int], bytes]) -> bytes:
    # Imported here: most faces have no composite among the characters of a batch.
    from fontTools.ttLib import newTable  # noqa: PLC0415
    from fontTools.ttLib.tables._g_l_y_f import Glyph as Outline  # noqa: PLC0415

    # A table that parses the components it is asked for, instead of every glyph of the face.
    table = newTable("glyf")
    table.glyphs, table.glyphOrder = _OnDemand(lambda key: Outline(records(key))), range(0x10000)
    composite = Outline(record)
    composite.expand(table)
    flat = Outline()
    flat.coordinates, flat.endPtsOfContours, flat.flags = composite.getCoordinates(table)
    flat.numberOfContours = len(flat.endPtsOfContours)
    if not flat.numberOfContours:
        return b""
    flat.coordinates.toInt()
    flat.removeHinting()
    return bytes(flat.compile(table))


class _OnDemand(dict[int, Any]):
    """A dictionary that makes a value when it is first asked for."""

    def __init__(self, make: Callable[[int], Any]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: int) -> Any:  # noqa: ANN401  (fontTools carries no types)
        value = self[key] = self._make(key)
        return value
