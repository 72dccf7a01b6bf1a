"""What a portrait shows, as far as counting pixels tells: the face, the ground, whom else it resembles.

These are heuristics (启发式), made with Pillow alone. Each gives a person something to look at; none
of them recognises anybody, and none of them refuses a photo by itself.
"""

import io
from operator import sub
from typing import NamedTuple

from PIL import Image, ImageChops, ImageDraw, ImageStat

from certgen.intake.jpeg import PROPORTION


class Box(NamedTuple):
    """A part of a picture in pixels, as Pillow writes it."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """Pixels across."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Pixels down."""
        return self.bottom - self.top


_SEARCH = 96  # the long side, in pixels, of the picture in which a face is looked for
_SKIN_CB, _SKIN_CR = range(77, 128), range(133, 174)  # Chai & Ngan 1999: skin of every shade
_SMALLEST_FACE, _LARGEST_FACE = 0.004, 0.45  # share of the picture's area
_FACE_WIDTH, _HAIRLINE = 0.46, 0.26
"""Where a one-inch portrait has its face: width from ear to ear, hairline below the upper edge."""


def crop_around_face(picture: Image.Image) -> Box | None:
    """25:35 around the largest skin-coloured patch, as a portrait frames a face; None without one."""
    small = picture.copy()
    small.thumbnail((_SEARCH, _SEARCH), Image.Resampling.BOX)
    patch = _largest_patch(_skin(small), small.width)
    share = len(patch) / (small.width * small.height)
    if not _SMALLEST_FACE <= share <= _LARGEST_FACE:
        return None
    scale = picture.width / small.width
    left, right, top = _face(patch, small.width)
    across, down = PROPORTION
    most = min(picture.width, picture.height * across // down)
    width = min(most, round((right - left) * scale / _FACE_WIDTH))
    height = min(picture.height, width * down // across)
    x = _within(round((left + right) / 2 * scale - width / 2), picture.width - width)
    y = _within(round(top * scale - height * _HAIRLINE), picture.height - height)
    return Box(x, y, x + width, y + height)


def _within(start: int, last: int) -> int:
    return max(0, min(start, last))


def _skin(picture: Image.Image) -> bytes:
    """A byte for each pixel, not 0 where it has the colour of skin."""
    _, cb, cr = picture.convert("YCbCr").split()
    blue = cb.point([255 * (value in _SKIN_CB) for value in range(256)])
    red = cr.point([255 * (value in _SKIN_CR) for value in range(256)])
    return ImageChops.darker(blue, red).tobytes()


def _largest_patch(mask: bytes, width: int) -> list[int]:
    """The indexes of the largest group of set pixels that touch each other."""
    left = {at for at, value in enumerate(mask) if value}
    largest: list[int] = []
    while left:
        patch = [left.pop()]
        for at in patch:  # grows while it is walked
            beside = (at - width, at + width, at - 1 if at % width else at, at + 1)
            near = [to for to in beside if to in left and (to != at + 1 or to % width)]
            left.difference_update(near)
            patch += near
        largest = max(largest, patch, key=len)
    return largest


def _face(patch: list[int], width: int) -> tuple[int, int, int]:
    """Left, right and upper edge of a face whose patch may go on into the neck.

    A face is a third taller than wide: what lies deeper is not asked for its width.
    """
    rows: dict[int, list[int]] = {}
    for at in patch:
        rows.setdefault(at // width, []).append(at % width)
    top = min(rows)
    widest = (0, 0)
    for y in sorted(rows):
        if y - top > 1.3 * max(3, widest[1] - widest[0]):
            break
        widest = max(
            widest, (min(rows[y]), max(rows[y]) + 1), key=lambda edges: edges[1] - edges[0]
        )
    return (*widest, top)


_LOOK = (50, 70)  # pixels: a portrait reduced to what can be measured cheaply
_WHITE, _TINT = 215, 24  # the darkest channel at least; how far the channels may differ
GROUND_SHARE = 0.80
"""So much of the ground must be white. The notice says 白底 and no number; this one is ours."""
_NEAR_BITS = 4
_NEAR_LEVELS = 2.8
"""Of 255, root mean square. Saving a portrait again, smaller and worse, moved it by 2.6 at most;
the two most alike of 150 drawn people are 3.1 apart."""


class Look(NamedTuple):
    """What was measured of one portrait."""

    white: float  # share of the ground that is white, 0 to 1
    ground: tuple[int, int, int]  # its median colour
    hash: int  # 64 bits: is a pixel of the face brighter than its right neighbour?
    face: bytes  # 12 x 12 pixels RGB of head and shoulders, to tell the alike from the same

    def resembles(self, other: "Look") -> bool:
        """Whether both are probably one picture, saved twice.

        The bits alone would call every third pair of studio portraits one: all have a white ground,
        dark hair and a bright face. So what agrees in them is compared in colour.
        """
        if (self.hash ^ other.hash).bit_count() > _NEAR_BITS:
            return False
        squares: int = sum(step * step for step in map(sub, self.face, other.face))
        return squares <= _NEAR_LEVELS**2 * len(self.face)


def look_at(jpeg: bytes) -> Look | None:
    """Measure a prepared portrait; None where its pixels turn out to be damaged."""
    try:
        with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as file:
            file.draft(
                "RGB", (3 * _LOOK[0], 3 * _LOOK[1])
            )  # decoded at half its size, in half the time
            picture = file.convert("RGB").resize(_LOOK, Image.Resampling.BOX)
    except (OSError, SyntaxError, ValueError):
        return None
    red, green, blue = (int(level) for level in ImageStat.Stat(picture, _BORDER).median)
    return Look(_white_share(picture), (red, green, blue), _hash(picture), _head(picture))


def _border() -> Image.Image:
    """Where the ground shows beside a head: the upper corners, and the sides down to the shoulders."""
    mask = Image.new("1", _LOOK)
    draw = ImageDraw.Draw(mask)
    for left, right in ((0, 3), (46, 49)):
        draw.rectangle((left, 0, right, 28), fill=1)
    for left, right in ((0, 9), (40, 49)):
        draw.rectangle((left, 0, right, 14), fill=1)
    return mask


_BORDER = _border()


_BRIGHT = [255 * (level >= _WHITE) for level in range(256)]
_PLAIN = [255 * (level <= _TINT) for level in range(256)]


def _white_share(picture: Image.Image) -> float:
    red, green, blue = picture.split()
    darkest = ImageChops.darker(ImageChops.darker(red, green), blue)
    brightest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    bright = darkest.point(_BRIGHT)
    plain = ImageChops.subtract(brightest, darkest).point(_PLAIN)
    counts = ImageChops.darker(bright, plain).histogram(_BORDER)
    return counts[255] / sum(counts)


def _hash(picture: Image.Image) -> int:
    face = (0.25 * _LOOK[0], 0.25 * _LOOK[1], 0.75 * _LOOK[0], 0.65 * _LOOK[1])
    levels = picture.convert("L").resize((9, 8), Image.Resampling.BOX, box=face).tobytes()
    bits = 0
    for at in range(72):
        if at % 9 < 8:
            bits = bits << 1 | (levels[at] > levels[at + 1])
    return bits


def _head(picture: Image.Image) -> bytes:
    inner = (0.2 * _LOOK[0], 0.15 * _LOOK[1], 0.8 * _LOOK[0], 0.8 * _LOOK[1])
    return picture.resize((12, 12), Image.Resampling.BOX, box=inner).tobytes()
