"""One TrueType face (字体): which characters it really draws, their widths and outlines.

Opened at the first question and read-only. A `cmap` entry alone is not a glyph: AR PL UKai CN maps
47 Han characters to empty outlines, and a name would be printed with a hole in it; `Face.draws`
looks at the outline.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from struct import unpack_from
from typing import NamedTuple

from certgen.errors import FontError
from certgen.fonts.outlines import Glyph, component_ids, contours, left_edge, simple
from certgen.fonts.sfnt import BrokenFontError, CharacterMap, Sfnt, StructError, open_mapped

__all__ = ["Face", "Glyph", "Origin"]


class Origin(StrEnum):
    """Where a face came from, in the order of preference."""

    GIVEN = "given"  # from the folder the user named
    GENUINE = "genuine"  # the face the notice means, found on this machine
    OPEN = "open"  # a substitute with an open licence, from the cache


class _Metrics(NamedTuple):
    """What `head`, `hhea`, `post` and `OS/2` say, in font units."""

    units_per_em: int
    bbox: tuple[int, int, int, int]
    long_offsets: bool
    ascent: int
    descent: int
    wide_count: int  # glyphs that have an advance of their own
    italic_angle: float
    fixed_pitch: bool
    cap_height: int  # 0 where OS/2 does not say


@dataclass(frozen=True, eq=False)
class Face:
    """One face with TrueType outlines; `index` tells the faces of a collection (TTC) apart.

    Two objects are equal only if they are one object; compare `id` across processes. Pickles as its
    description, and the copy opens the file again.
    """

    path: Path
    index: int
    origin: Origin
    sha256: str  # of the file
    family: str
    postscript_name: str
    _glyphs: dict[str, Glyph] = field(default_factory=dict, init=False, repr=False)
    _drawn: dict[str, bool] = field(default_factory=dict, init=False, repr=False)
    _advances: dict[str, int] = field(default_factory=dict, init=False, repr=False)

    def __reduce__(self) -> tuple[object, ...]:
        described = (self.path, self.index, self.origin, self.sha256, self.family)
        return Face, (*described, self.postscript_name)

    @property
    def id(self) -> str:
        """'FandolKai-Regular@9f86d081': PostScript names repeat, contents do not."""
        return f"{self.postscript_name}@{self.sha256[:8]}"

    def draws(self, char: str) -> bool:
        """Whether the face maps `char`, and to something visible unless it is white space."""
        drawn = self._drawn.get(char)
        if drawn is None:
            glyph_id = self._cmap.glyph_id(char)
            drawn = glyph_id != 0 and (char.isspace() or self._is_inked(glyph_id))
            self._drawn[char] = drawn
        return drawn

    def advance(self, char: str) -> int:
        """The width of `char` in thousandths of an em, rounded as a PDF /W array holds it."""
        advance = self._advances.get(char)
        if advance is None:
            advance = self._scaled(self._bearings(self._cmap.glyph_id(char))[0])
            self._advances[char] = advance
        return advance

    def glyph(self, char: str) -> Glyph:
        """The outline of `char`, hint-free and simple; the face's `.notdef` if it has none."""
        glyph = self._glyphs.get(char)
        if glyph is None:
            glyph = self._glyphs[char] = self._read(self._cmap.glyph_id(char))
        return glyph

    @property
    def units_per_em(self) -> int:
        """Font units in one em: the unit of `glyph`."""
        return self._metrics.units_per_em

    @property
    def ascent(self) -> int:
        """Thousandths of an em above the baseline, as a PDF FontDescriptor wants it."""
        return self._scaled(self._metrics.ascent)

    @property
    def descent(self) -> int:
        """Thousandths of an em; negative, as a PDF FontDescriptor wants it."""
        return self._scaled(self._metrics.descent)

    @property
    def cap_height(self) -> int:
        """Height of a capital in thousandths of an em; of H where the face does not say."""
        stated = self._metrics.cap_height
        if not stated and self.draws("H"):
            stated = unpack_from(">h", self.glyph("H").data, 8)[0]
        return self._scaled(stated or self._metrics.ascent)

    @property
    def italic_angle(self) -> float:
        """Degrees, counter-clockwise from the vertical."""
        return self._metrics.italic_angle

    @property
    def bbox(self) -> tuple[int, int, int, int]:
        """Left, bottom, right, top of all glyphs laid over each other, in thousandths of an em."""
        left, bottom, right, top = map(self._scaled, self._metrics.bbox)
        return left, bottom, right, top

    @property
    def flags(self) -> int:
        """PDF FontDescriptor /Flags (ISO 32000-1, 9.8.2): FixedPitch 1, Symbolic 4, Italic 64.

        Always symbolic: an embedded subset is addressed by glyph id, not by a standard Latin
        encoding.
        """
        return 4 | self._metrics.fixed_pitch | (64 if self._metrics.italic_angle else 0)

    def _scaled(self, units: int) -> int:
        return round(units * 1000 / self._metrics.units_per_em)

    @cached_property
    def _sfnt(self) -> Sfnt:
        try:
            return Sfnt(open_mapped(self.path), self.index)
        except (OSError, ValueError, StructError, BrokenFontError) as reason:
            raise FontError(
                zh=f"无法读取字体文件 {self.path}：{reason}。"
                "请运行 `certgen fonts fetch`，或换一个字体文件夹。",
                en=f"cannot read the font file {self.path}: {reason}. "
                "Run `certgen fonts fetch`, or name another folder of fonts.",
            ) from reason

    @cached_property
    def _cmap(self) -> CharacterMap:
        return CharacterMap(self._sfnt)

    @cached_property
    def _metrics(self) -> _Metrics:
        font = self._sfnt
        head, hhea = font.table(b"head"), font.table(b"hhea")
        post, os2 = font.table(b"post"), font.table(b"OS/2")
        slant, fixed = unpack_from(">i4xI", post, 4) if len(post) >= 16 else (0, 0)
        has_cap_height = len(os2) >= 90 and unpack_from(">H", os2)[0] >= 2
        return _Metrics(
            units_per_em=unpack_from(">H", head, 18)[0],
            bbox=unpack_from(">4h", head, 36),
            long_offsets=unpack_from(">h", head, 50)[0] == 1,
            ascent=unpack_from(">h", hhea, 4)[0],
            descent=unpack_from(">h", hhea, 6)[0],
            wide_count=unpack_from(">H", hhea, 34)[0],
            italic_angle=slant / 65536,
            fixed_pitch=bool(fixed),
            cap_height=unpack_from(">h", os2, 88)[0] if has_cap_height else 0,
        )

    def _bearings(self, glyph_id: int) -> tuple[int, int]:
        """Advance and left side bearing. The last advance serves all glyphs behind it."""
        at, wide = self._sfnt.offset(b"hmtx"), self._metrics.wide_count
        row = min(glyph_id, wide - 1)
        advance, bearing = unpack_from(">Hh", self._sfnt.data, at + 4 * row)
        if glyph_id >= wide:
            (bearing,) = unpack_from(">h", self._sfnt.data, at + 4 * wide + 2 * (glyph_id - wide))
        return advance, bearing

    def _record(self, glyph_id: int) -> bytes:
        data, loca, glyf = self._sfnt.data, self._sfnt.offset(b"loca"), self._sfnt.offset(b"glyf")
        if self._metrics.long_offsets:
            start, end = unpack_from(">II", data, loca + 4 * glyph_id)
        else:
            start, end = (2 * half for half in unpack_from(">HH", data, loca + 2 * glyph_id))
        return data[glyf + start : glyf + end]

    def _is_inked(self, glyph_id: int) -> bool:
        record = self._record(glyph_id)
        if contours(record) < 0:
            return any(self._is_inked(component) for component in component_ids(record))
        return contours(record) > 0

    def _read(self, glyph_id: int) -> Glyph:
        record = self._record(glyph_id)
        advance, bearing = self._bearings(glyph_id)
        data = simple(record, self._record)
        # Readers place an outline by bearing minus xMin; flattening may correct xMin.
        return Glyph(advance, bearing + left_edge(data) - left_edge(record), data)
