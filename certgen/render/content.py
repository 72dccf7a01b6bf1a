"""Page primitives → the operators of a content stream (ISO 32000-1 §8 and §9).

The same code writes the static layer once and the variable layer of every record; print and electronic edition differ
only in their `Ink` and in the margin around the sheet.
"""

import math
from dataclasses import dataclass
from typing import Protocol

from certgen.model.page import BLACK, Colour, Mark, Mm, Photo, Qr, Rule, Seal, Shape, TextRun
from certgen.render.pdf import PT_PER_MM, decimal, points
from certgen.render.qr import Symbol

MULTIPLY = "Multiply"
GRAPHICS_STATES = f"/ExtGState<</{MULTIPLY}<</BM/Multiply>>>>"
"""A seal is ink over ink: text under it stays black and readable (PDF/A-2 allows blending, ISO 19005-2 6.2.10)."""

BOLD = 0.03
"""Width of the outline that makes type bold (加粗), as a share of its size: ours, near what word processors draw."""

QUIET_ZONE = 4  # modules, ISO/IEC 18004 §6.3.8


@dataclass(frozen=True, slots=True)
class Ink:
    """How an edition says black."""

    fill: str
    stroke: str
    cmyk: bool = False

    def colour(self, colour: Colour, *, stroke: bool) -> str:
        """The operator that sets a colour; black as every other black of the edition."""
        if colour == BLACK:
            return self.stroke if stroke else self.fill
        parts = colour.cmyk if self.cmyk else colour.rgb
        operator = "k" if self.cmyk else "rg"
        return f"{' '.join(map(decimal, parts))} {operator.upper() if stroke else operator}"


SCREEN_BLACK = Ink("0 g", "0 G")
PRINT_BLACK = Ink("0 0 0 1 k", "0 0 0 1 K", cmyk=True)
"""100 K and nothing else: small type in four colours blurs when plates shift."""


class FontTable(Protocol):
    """Which font resource and which glyph number draws a character."""

    def shows(self, face_id: str, text: str) -> list[tuple[str, str]]:
        """(resource name, glyph numbers in hex) for pieces of `text` in order."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where the origin of the page lies: `height` of the trimmed sheet, `margin` of the paper around it."""

    height: Mm
    margin: Mm = 0.0

    def x(self, x: Mm) -> str:
        """Points from the left edge of the paper."""
        return points(x + self.margin)

    def y(self, y: Mm) -> str:
        """Points from the bottom edge of the paper."""
        return points(self.height - y + self.margin)


def text(run: TextRun, sheet: Sheet, fonts: FontTable) -> str:
    """One run of text. The fill colour is the caller's."""
    shown = " ".join(
        f"/{font} {decimal(run.size_pt)} Tf <{glyphs}> Tj"
        for font, glyphs in fonts.shows(run.face, run.text)
    )
    begun = f"BT {sheet.x(run.x)} {sheet.y(run.baseline)} Td"
    if run.bold:
        return f"q {begun} {decimal(run.size_pt * BOLD)} w 1 j 2 Tr {shown} ET Q"
    return f"{begun} {shown} ET"


def mark(item: Mark, sheet: Sheet, ink: Ink, fonts: FontTable) -> str:
    """A text across the page in its own colour."""
    shown = " ".join(
        f"/{font} {decimal(item.size_pt)} Tf <{glyphs}> Tj"
        for font, glyphs in fonts.shows(item.face, item.text)
    )
    sine, cosine = (turn(math.radians(item.angle_deg)) for turn in (math.sin, math.cos))
    turned = f"{cosine:.6f} {sine:.6f} {-sine:.6f} {cosine:.6f}"
    colour = ink.colour(item.colour, stroke=False)
    return f"q {colour} BT {turned} {sheet.x(item.x)} {sheet.y(item.baseline)} Tm {shown} ET Q"


def shape(item: Shape, sheet: Sheet, ink: Ink) -> str:
    """A ground, frame or ornament in its own colours."""
    words = ["q"]
    if item.fill:
        words.append(ink.colour(item.fill, stroke=False))
    if item.stroke:
        words += [ink.colour(item.stroke, stroke=True), f"{decimal(item.thickness_pt)} w"]
    for operator, numbers in item.path:
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        words += [f"{sheet.x(x)} {sheet.y(y)}" for x, y in pairs]
        words.append(operator)
    words.append("B" if item.fill and item.stroke else "f" if item.fill else "S")
    return " ".join([*words, "Q"])


def rule(line: Rule, sheet: Sheet) -> str:
    """One line."""
    return (
        f"{decimal(line.thickness_pt)} w {sheet.x(line.x0)} {sheet.y(line.y0)} m "
        f"{sheet.x(line.x1)} {sheet.y(line.y1)} l S"
    )


def picture(box: Photo | Seal, sheet: Sheet, resource: str, *, state: str = MULTIPLY) -> str:
    """A photo or a seal: the unit square of the resource stretched over the box; a seal in that graphics state."""
    width, height = (box.width, box.height) if isinstance(box, Photo) else (box.size, box.size)
    blend = f"/{state} gs " if isinstance(box, Seal) else ""
    place = f"{sheet.x(box.x)} {sheet.y(box.y + height)}"
    return f"q {blend}{points(width)} 0 0 {points(height)} {place} cm /{resource} Do Q"


def stencil(seal: Seal, sheet: Sheet, resource: str, state: str, inks: tuple[float, ...]) -> str:
    """A seal as a mask through which one mixture of inks is printed over the text."""
    place = f"{sheet.x(seal.x)} {sheet.y(seal.y + seal.size)}"
    colour = " ".join(map(decimal, inks))
    return f"q /{state} gs {colour} k {points(seal.size)} 0 0 {points(seal.size)} {place} cm /{resource} Do Q"


def embossed(seal: Seal, sheet: Sheet, resource: str) -> str:
    """An embossed seal over whatever is there: its light parts lighten, so nothing is multiplied."""
    place = f"{sheet.x(seal.x)} {sheet.y(seal.y + seal.size)}"
    return f"q {points(seal.size)} 0 0 {points(seal.size)} {place} cm /{resource} Do Q"


def qr(box: Qr, sheet: Sheet, symbol: Symbol) -> str:
    """The QR code as one path, so that no viewer leaves seams between modules. The quiet zone is inside the box."""
    module = box.size * PT_PER_MM / (symbol.size + 2 * QUIET_ZONE)
    x = (box.x + sheet.margin) * PT_PER_MM + QUIET_ZONE * module
    y = (sheet.height - box.y + sheet.margin) * PT_PER_MM - QUIET_ZONE * module
    scale = f"{module:.5f}"
    return f"q {scale} 0 0 -{scale} {decimal(x)} {decimal(y)} cm {symbol.path} f Q"
