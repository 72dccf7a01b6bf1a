"""The portrait (照片) on a certificate as a short fingerprint: whether one picture stands on two certificates.

It lies beside the QR code, as this toolkit lays out 样式(一) and (二). It finds one *picture* used twice, as whoever
pastes certificates together does; it recognises nobody. A heuristic (启发式): what is near is shown, no more.
"""

from math import hypot, sqrt

from PIL import Image, ImageOps

from verify.decode.reading import Corners

# Millimetres: centre of the portrait seen from the centre of the QR code, and its size; `certgen.layouts` has them too.
OFFSET_MM = (-58.5, 0.0)
SIZE_MM = (25.0, 35.0)

NEAR = 4.0
"""Grey levels of 255, on average: two prints of one picture mostly differ by less, two people by about 25."""

_PRINTED_MM = 30.0  # of the QR code, with the quiet zone of four modules
# Bytes that versions 1 to 14 hold at correction level M (ISO/IEC 18004 table 7).
_CAPACITY_M = (16, 28, 44, 64, 86, 108, 124, 154, 182, 216, 254, 290, 334, 365)

_AROUND = 1.16  # the portrait is cut out with some white around it
_CUT = (145, 203)
_GRID = (20, 28)
_SPREAD = 1.7  # standard deviations to each side: all of a portrait on white
_PAPER = 12  # grey levels below white that are still paper
_FLAT = 12  # between the darkest and lightest field: less is no portrait


def fingerprint(grey: Image.Image, corners: Corners, text: str) -> str:
    """The grey of 20 × 28 fields in hex, '' where no portrait can be found. `text` is that of the QR code."""
    if len(corners) != 4:
        return ""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = corners
    if hypot(x1 - x0, y1 - y0) < 20:
        return ""
    modules = _modules(text)
    unit = _PRINTED_MM * modules / (modules + 8)  # millimetres of the symbol alone
    right = ((x1 - x0) / unit, (y1 - y0) / unit)  # one millimetre to the right, in pixels
    down = ((x3 - x0) / unit, (y3 - y0) / unit)
    wide, high = SIZE_MM[0] * _AROUND, SIZE_MM[1] * _AROUND
    left_mm, top_mm = OFFSET_MM[0] - wide / 2, OFFSET_MM[1] - high / 2
    ox = (x0 + x1 + x2 + x3) / 4 + left_mm * right[0] + top_mm * down[0]
    oy = (y0 + y1 + y2 + y3) / 4 + left_mm * right[1] + top_mm * down[1]
    cut = _transformed(
        grey,
        _CUT,
        (right[0] * wide / _CUT[0], down[0] * high / _CUT[1], ox),
        (right[1] * wide / _CUT[0], down[1] * high / _CUT[1], oy),
    )
    return _normalised(cut)


def distance(one: str, other: str) -> float:
    """How far apart two are, in grey levels on average."""
    pairs = zip(bytes.fromhex(one), bytes.fromhex(other), strict=True)
    return sum(abs(a - b) for a, b in pairs) / (_GRID[0] * _GRID[1])


def brightness(one: str) -> float:
    """The mean grey: two that differ in it by more than `NEAR` are apart by more, too."""
    fields = bytes.fromhex(one)
    return sum(fields) / len(fields)


def _normalised(cut: Image.Image) -> str:
    """Centred on its ink and scaled by its spread: how the page lay on the scanner falls away."""
    ink = ImageOps.invert(cut).point(lambda level: level if level > _PAPER else 0)
    across, spread_x = _moments(ink.resize((_CUT[0], 1), Image.Resampling.BOX))
    along, spread_y = _moments(ink.resize((1, _CUT[1]), Image.Resampling.BOX))
    if not spread_x or not spread_y:
        return ""
    wide, high = 2 * _SPREAD * spread_x, 2 * _SPREAD * spread_y
    fine = (_GRID[0] * 4, _GRID[1] * 4)
    portrait = _transformed(
        cut, fine, (wide / fine[0], 0, across - wide / 2), (0, high / fine[1], along - high / 2)
    )
    fields = portrait.resize(_GRID, Image.Resampling.BOX).tobytes()
    return fields.hex() if max(fields) - min(fields) >= _FLAT else ""


def _moments(profile: Image.Image) -> tuple[float, float]:
    """Mean and standard deviation of a row or column of ink."""
    weights = profile.tobytes()
    total = sum(weights)
    if not total:
        return 0.0, 0.0
    mean = sum(n * weight for n, weight in enumerate(weights)) / total
    return mean, sqrt(sum(weight * (n - mean) ** 2 for n, weight in enumerate(weights)) / total)


def _transformed(
    image: Image.Image,
    size: tuple[int, int],
    x: tuple[float, float, float],
    y: tuple[float, float, float],
) -> Image.Image:
    return image.transform(
        size, Image.Transform.AFFINE, (*x, *y), Image.Resampling.BILINEAR, fillcolor=255
    )


def _modules(text: str) -> int:
    """How many modules wide the symbol of this text is: bytes, and behind `#` three digits in ten bits."""
    address, _, digits = text.partition("#")
    bits = 20 + 8 * len(address.encode()) + (14 + 10 * (len(digits) + 2) // 3 if digits else 0)
    needed = -(-bits // 8)
    version = next((n for n, held in enumerate(_CAPACITY_M, 1) if held >= needed), 15)
    return 17 + 4 * version
