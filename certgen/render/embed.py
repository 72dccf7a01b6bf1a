"""A TrueType subset as the objects of a PDF font: Type0, CIDFontType2, descriptor, file, ToUnicode (ISO 32000-1 §9.7).

Glyph number = CID, two bytes in the content; every CID maps back to its character, beyond the BMP as a surrogate pair
(what reportlab 5.1 writes there is wrong and copies as another letter).
"""

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from certgen.render.pdf import Objects, stream

WHOLE_EM = 1000


@dataclass(frozen=True, slots=True)
class Descriptor:
    """What a PDF font descriptor says of a face; lengths in thousandths of an em."""

    postscript_name: str
    flags: int
    bbox: tuple[int, int, int, int]
    italic_angle: float
    ascent: int
    descent: int
    cap_height: int


def put_font(
    objects: Objects,
    about: Descriptor,
    chars: Sequence[str],
    advances: Sequence[int],
    truetype: bytes,
    *,
    pack: bool,
) -> int:
    """Write the font whose glyph i+1 is `chars[i]` with `advances[i]` thousandths; the number of its Type0 object.

    `pack` compresses the file and the map: worth it once a batch, not for the few glyphs of one record.
    """
    name = f"{_tag(chars)}+{about.postscript_name}"
    file = objects.add(_file(truetype, pack=pack))
    box = " ".join(str(edge) for edge in about.bbox)
    descriptor = objects.add(
        (
            f"<</Type/FontDescriptor/FontName/{name}/Flags {about.flags}/FontBBox[{box}]"
            f"/ItalicAngle {about.italic_angle:g}/Ascent {about.ascent}/Descent {about.descent}"
            f"/CapHeight {about.cap_height}/StemV 80/FontFile2 {file} 0 R>>"
        ).encode()
    )
    descendant = objects.add(
        (
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/CIDToGIDMap/Identity"
            f"/DW {WHOLE_EM}{_widths(advances)}/FontDescriptor {descriptor} 0 R>>"
        ).encode()
    )
    to_unicode = objects.add(_to_unicode(chars, pack=pack))
    return objects.add(
        (
            f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H"
            f"/DescendantFonts[{descendant} 0 R]/ToUnicode {to_unicode} 0 R>>"
        ).encode()
    )


def _tag(chars: Sequence[str]) -> str:
    """Six capitals that name the subset (ISO 32000-1 §9.6.4), the same for the same characters."""
    digest = hashlib.sha256("".join(chars).encode()).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def _file(truetype: bytes, *, pack: bool) -> bytes:
    if not pack:
        return stream(b"/Length1 %d" % len(truetype), truetype)
    return stream(b"/Length1 %d/Filter/FlateDecode" % len(truetype), zlib.compress(truetype, 9))


def _widths(advances: Sequence[int]) -> str:
    """The widths that are not a whole em, run by run."""
    runs: list[str] = []
    start = 0
    for cid, advance in enumerate([*advances, WHOLE_EM], start=1):
        if advance != WHOLE_EM:
            start = start or cid
        elif start:
            runs.append(f"{start}[{' '.join(map(str, advances[start - 1 : cid - 1]))}]")
            start = 0
    return f"/W[{''.join(runs)}]" if runs else ""


def _to_unicode(chars: Sequence[str], *, pack: bool) -> bytes:
    """The CMap from CID to UTF-16, at most a hundred lines a block (Adobe TN 5014)."""
    blocks: list[str] = []
    for start in range(0, len(chars), 100):
        lines = [
            f"<{cid:04X}> <{char.encode('utf-16-be').hex().upper()}>"
            for cid, char in enumerate(chars[start : start + 100], start=start + 1)
        ]
        blocks.append(f"{len(lines)} beginbfchar\n" + "\n".join(lines) + "\nendbfchar\n")
    cmap = (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
        "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        + "".join(blocks)
        + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    ).encode()
    return stream(b"/Filter/FlateDecode", zlib.compress(cmap, 9)) if pack else stream(b"", cmap)
