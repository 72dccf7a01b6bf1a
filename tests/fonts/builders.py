"""Small fonts for tests, made on the spot: every trap of a real one, none of its weight."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont
from fontTools.ttLib.tables.ttProgram import Program

ENGLISH, CHINESE = 0x409, 0x804


def a_font(
    path: Path,
    family: str = "Sample Kai",
    *,
    chars: str = "A永真 ",
    blank: str = "",
    hollow: str = "",
    chinese: str = "",
    fs_type: int = 0,
    weight: int = 400,
    italic: bool = False,
    cubic: bool = False,
    postscript: str = "",
) -> Path:
    """A font file. `blank` characters map to empty outlines, `hollow` ones to a composite of it."""
    drawn = [char for char in chars if not char.isspace()]
    names = [".notdef", "empty", *(_name(char) for char in chars + blank + hollow)]
    builder = FontBuilder(1000, isTTF=not cubic)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(char): _name(char) for char in chars + blank + hollow})
    boxes = {_name(char): 300 + 10 * i for i, char in enumerate(drawn)}
    if cubic:
        charstrings = {name: _cubic(boxes.get(name, 0)) for name in names}
        builder.setupCFF(family, {"FullName": family}, charstrings, {})
    else:
        glyphs = {name: _quadratic(boxes.get(name, 0)) for name in names}
        builder.setupGlyf({**glyphs, **{_name(char): _composite("empty") for char in hollow}})
    builder.setupHorizontalMetrics({name: (1000, 50 if name in boxes else 0) for name in names})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupOS2(fsType=fs_type, usWeightClass=weight)
    builder.setupPost()
    builder.setupNameTable(_names(family, postscript or family.replace(" ", "")))
    if chinese:
        for which in (1, 4):
            builder.font["name"].setName(chinese, which, 3, 1, CHINESE)
    builder.font["head"].macStyle = 2 if italic else 0
    builder.save(path)
    return path


def a_collection(path: Path, *members: Path) -> Path:
    """A TTC of these files."""
    collection = TTCollection()
    collection.fonts = [TTFont(member) for member in members]
    collection.save(path)
    return path


def hint(path: Path, char: str) -> None:
    """Give the glyph of `char` instructions, as a hinted face has them."""
    with TTFont(path) as font:
        glyph = font["glyf"][font.getBestCmap()[ord(char)]]
        glyph.program = Program()
        glyph.program.fromAssembly(["PUSHB[ ] 0", "POP[ ]"])
        font.save(path)


def outline(font: TTFont, name: str) -> tuple[list[Any], list[int], list[int]]:
    """Points, ends of contours and on-curve bits of a glyph, components resolved."""
    coordinates, ends, flags = font["glyf"][name].getCoordinates(font["glyf"])
    coordinates = coordinates.copy()
    coordinates.toInt()
    return list(coordinates), list(ends), [flag & 1 for flag in flags]


def _name(char: str) -> str:
    return f"u{ord(char):05X}"


def _names(family: str, postscript: str) -> Mapping[str, str]:
    return {"familyName": family, "styleName": "Regular", "fullName": family, "psName": postscript}


def _draw(pen: Any, size: int) -> Any:
    if size:
        pen.moveTo((50, 0))
        pen.lineTo((50, size))
        pen.lineTo((50 + size, size))
        pen.lineTo((50 + size, 0))
        pen.closePath()
    return pen


def _quadratic(size: int) -> Any:
    return _draw(TTGlyphPen(None), size).glyph()


def _cubic(size: int) -> Any:
    return _draw(T2CharStringPen(1000, None), size).getCharString()


def _composite(component: str) -> Any:
    pen = TTGlyphPen({component: None})
    pen.addComponent(component, (1, 0, 0, 1, 0, 0))
    return pen.glyph()
