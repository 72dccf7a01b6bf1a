"""Turns PostScript outlines (CFF, cubic curves) into TrueType ones (glyf, quadratic), once.

The result lies in the cache; a certificate embeds one kind of font only. The curves move by at most
a thousandth of an em, 0.004 mm at 12 pt.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from certgen.errors import FontError, Said
from certgen.fonts.cache import replacing

_KEPT = {"head", "hhea", "hmtx", "maxp", "OS/2", "name", "cmap", "post", "loca", "glyf"}


def once(
    source: Path, index: int, sha256: str, cache: Path, say: Callable[[Said], None] | None
) -> Path:
    """The converted form of a face of the user or the system, made if the cache lacks it."""
    target = cache / "converted" / f"{sha256[:16]}-{index}.ttf"
    if not target.exists():
        if say:
            zh = f"正在转换字体 {source.name}（约 15 秒，只需一次）"
            say(Said(zh, f"converting {source.name} (some 15 s, once)"))
        to_truetype(source, target, index)
    return target


def to_truetype(source: Path, target: Path, index: int = 0) -> None:
    """Write the face with TrueType outlines to `target`, whole or not at all."""
    # Imported here: fontTools takes 0.1 s to load, and this runs once in a machine's life.
    from fontTools.ttLib import TTFont, TTLibError  # noqa: PLC0415

    try:
        # The same source must give the same bytes, so the font keeps its own date.
        with TTFont(source, fontNumber=index, recalcTimestamp=False) as font:
            _replace_outlines(font)
            with replacing(target) as part:
                font.save(part)
    except (TTLibError, KeyError) as reason:
        raise FontError(
            zh=f"无法转换字体 {source}：{reason}。请换用 TrueType 格式的字体。",
            en=f"cannot convert the font {source}: {reason}. Use one with TrueType outlines.",
        ) from reason


def _replace_outlines(font: Any) -> None:  # noqa: ANN401  (fontTools carries no types)
    from fontTools.ttLib import newTable  # noqa: PLC0415

    order = font.getGlyphOrder()
    glyf = newTable("glyf")
    glyf.glyphOrder, glyf.glyphs = order, _quadratic(font)
    for tag in set(font.keys()) - _KEPT - {"GlyphOrder"}:
        del font[tag]
    font["loca"], font["glyf"] = newTable("loca"), glyf
    font.sfntVersion = "\0\1\0\0"
    font["maxp"].tableVersion = 0x00010000
    for limit in _LIMITS:
        setattr(font["maxp"], limit, 0)
    font["maxp"].maxZones = 1  # no hints, hence no twilight zone
    font["post"].formatType = 3  # glyph names are of no use in a certificate
    glyf.compile(font)
    for name in order:
        glyph = glyf[name]
        font["hmtx"][name] = (font["hmtx"][name][0], getattr(glyph, "xMin", 0))


def _quadratic(font: Any) -> dict[str, Any]:  # noqa: ANN401
    from fontTools.pens.cu2quPen import Cu2QuPen  # noqa: PLC0415
    from fontTools.pens.ttGlyphPen import TTGlyphPen  # noqa: PLC0415

    drawn, glyphs = font.getGlyphSet(), {}
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(None)
        # PostScript fills counter-clockwise outlines, TrueType clockwise ones.
        max_err = font["head"].unitsPerEm / 1000
        drawn[name].draw(Cu2QuPen(pen, max_err, reverse_direction=True))
        glyphs[name] = pen.glyph()
    return glyphs


_LIMITS = (
    "maxTwilightPoints",
    "maxStorage",
    "maxFunctionDefs",
    "maxInstructionDefs",
    "maxStackElements",
    "maxSizeOfInstructions",
    "maxComponentElements",
)
"""Fields of `maxp` that are nought without hints; the others are reckoned when it is written."""
