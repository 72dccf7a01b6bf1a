"""What is tried on a picture that both decoders failed on, the most fruitful first.

Regions that look like a code, cut out of the grey picture and of its red channel (the red seal is paper there):

1. zxing-cpp on the cut-out, and the equalizer on every grid found by its corner marks;
2. the same after drawing the picture out against a tilt, and on the outlines that zxing-cpp saw and could not read;
3. retries that were measured to help: enlarged and sharpened, thresholded for zbar, squeezed, deblurred.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from verify.decode.diagnosis import Sighting
from verify.decode.equalizer import told_apart
from verify.decode.locate import Laid, Locator
from verify.decode.picture import Picture
from verify.decode.planes import box_mean, plane
from verify.decode.qr import Symbol, drawn_qr, see_qr
from verify.decode.reading import Corners
from verify.decode.regions import Region, regions
from verify.decode.zbar import read_zbar

REGIONS = 5
SMALL = 700
"""Pixels of the longer side up to which the whole picture is a region of its own."""

ZBAR_PIXELS = 1_500_000
"""zbar takes seconds on larger pictures that hold no code."""

LARGE = 1_500
"""Pixels of the longer side beyond which no retry enlarges."""

Stage = tuple[str, Callable[[], Iterable[Symbol]]]


def stages(
    picture: Picture, seen: list[Corners], sighted: Callable[[Sighting], None]
) -> Iterator[Stage]:
    """What to try in turn.

    `seen` are the outlines of codes that were read already: painted over. `sighted` is told of a code
    that was found and perhaps not read.
    """
    grey = _without(picture.grey, seen)
    places = regions(grey, REGIONS)
    if max(grey.size) <= SMALL:
        small = [place for place in places if place.area() < grey.width * grey.height / 3]
        places = [Region((0, 0, *grey.size), 1.0), *small[:2]]
    cuts = [_Cut(grey, grey.size, region, sighted) for region in places]
    yield from (("grey/zxing", cut.zxing) for cut in cuts)
    yield from (("grey/equalizer", cut.equalized) for cut in cuts)
    if grey.width * grey.height <= ZBAR_PIXELS:
        yield "zbar", lambda: iter(read_zbar(grey))
    reds = []
    red = picture.red()
    if red is not None and _differs(red, grey):
        red = _without(red, seen)
        reds = [_Cut(red, grey.size, region, sighted) for region in places]
        yield from (("red/zxing", cut.zxing) for cut in reds)
        yield from (("red/equalizer", cut.equalized) for cut in reds[:3])
    yield from _retries("grey", cuts[:2])
    yield from (("grey/tilted", cut.tilted) for cut in cuts[:2])
    yield from _retries("red", reds[:1])
    yield from (("red/tilted", cut.tilted) for cut in reds[:1])


def _retries(channel: str, cuts: list["_Cut"]) -> Iterator[Stage]:
    for name, decoder, prepared in _RETRIES:
        for cut in cuts:
            yield f"{channel}/{name}", partial(cut.retried, decoder, prepared)


@dataclass
class _Cut:
    """A region of one channel, cut out when it is first needed."""

    whole: Image.Image
    size: tuple[int, int]  # of the grey picture
    region: Region
    sighted: Callable[[Sighting], None]

    def __post_init__(self) -> None:
        self._part: tuple[Image.Image, float] | None = None
        self._locator: Locator | None = None
        self._unread: list[Corners] = []

    def zxing(self) -> Iterator[Symbol]:
        part, _ = self._cut()
        for symbol in see_qr(part):
            if symbol.text is None:
                self._unread.append(symbol.corners)
            yield self._placed(symbol)

    def equalized(self) -> Iterator[Symbol]:
        yield from self._told(self._located().grids())
        for corners in self._unread[:3]:
            yield from self._told(self._located().grids_near(corners))

    def tilted(self) -> Iterator[Symbol]:
        for turn in range(4):
            yield from self._told(self._located().stretched_grids(turn * np.pi / 4))

    def retried(
        self,
        decoder: Callable[[Image.Image], Iterator[Symbol]],
        prepared: Callable[[Image.Image], Image.Image],
    ) -> Iterator[Symbol]:
        part, _ = self._cut()
        made = prepared(part)
        back = part.width / made.width
        for symbol in decoder(made):
            corners = tuple((x * back, y * back) for x, y in symbol.corners)
            yield self._placed(Symbol(symbol.text, corners))

    def _told(self, grids: Iterator[Laid]) -> Iterator[Symbol]:
        for laid in grids:
            corners = tuple((float(x), float(y)) for x, y in laid.grid.corners())
            for modules in told_apart(laid.values, laid.grid):
                text = drawn_qr(_drawn(modules.dark))
                if text is not None:
                    yield self._placed(Symbol(text, corners))
                    break
        best = self._located().best
        if best is not None:
            corners = tuple((float(x), float(y)) for x, y in best.corners())
            placed = self._placed(Symbol(None, corners)).corners
            self.sighted(Sighting(placed, best.lattice.version, best.fit))

    def _cut(self) -> tuple[Image.Image, float]:
        if self._part is None:
            self._part = self.region.cut(self.whole, self.size)
        return self._part

    def _located(self) -> Locator:
        if self._locator is None:
            self._locator = Locator(self._cut()[0])
        return self._locator

    def _placed(self, symbol: Symbol) -> Symbol:
        _, scale = self._cut()
        left, top = self.region.box[:2]
        return Symbol(
            symbol.text, tuple((left + x * scale, top + y * scale) for x, y in symbol.corners)
        )


def _differs(red: Image.Image, grey: Image.Image) -> bool:
    """Whether there is a colour in the picture that the red channel shows otherwise."""
    small = (max(1, grey.width // 8), max(1, grey.height // 8))
    pair = [plane(one.resize(small, Image.Resampling.BOX)) for one in (red, grey)]
    # Both as shares of their own white: a lamp's tint is no colour of the page.
    first, second = (one / max(float(np.percentile(one, 95)), 1.0) for one in pair)
    return float(np.percentile(np.abs(first - second), 99.5)) > 0.06


def _without(picture: Image.Image, seen: list[Corners]) -> Image.Image:
    """The picture with what was read already painted over, or it would be found again and again."""
    if not seen:
        return picture
    painted = picture.copy()
    draw = ImageDraw.Draw(painted)
    for corners in seen:
        middle = np.mean(corners, axis=0)
        wider = [tuple(middle + 1.15 * (np.array(corner) - middle)) for corner in corners]
        draw.polygon(wider, fill=200)
    return painted


def _drawn(dark: np.ndarray) -> np.ndarray:
    """Modules as a clean symbol with its quiet zone, three pixels a module."""
    sheet = np.full((dark.shape[0] + 8, dark.shape[1] + 8), 255, np.uint8)
    sheet[4:-4, 4:-4][dark] = 0
    return np.kron(sheet, np.ones((3, 3), np.uint8))


def _enlarged(part: Image.Image, factor: float) -> Image.Image:
    most = LARGE / max(part.size)
    factor = min(factor, max(most, 1.0))
    size = (max(1, round(part.width * factor)), max(1, round(part.height * factor)))
    return part.resize(size, Image.Resampling.BICUBIC)


def _sharpened(part: Image.Image) -> Image.Image:
    return _enlarged(part, 3).filter(ImageFilter.UnsharpMask(4, 200, 0))


def _calmed(part: Image.Image) -> Image.Image:
    return _enlarged(part.filter(ImageFilter.GaussianBlur(0.8)), 2).filter(
        ImageFilter.UnsharpMask(3, 250, 0)
    )


def _thresholded(part: Image.Image) -> Image.Image:
    large = _enlarged(part, 3).filter(ImageFilter.GaussianBlur(2))
    values = plane(large)
    black = values < box_mean(values, 37) - 3
    return Image.fromarray(np.where(black, 0, 255).astype(np.uint8))


def _halved(part: Image.Image) -> Image.Image:
    return part.reduce(2)


def _zxing(part: Image.Image) -> Iterator[Symbol]:
    return iter(see_qr(part, unread=False))


def _zbar(part: Image.Image) -> Iterator[Symbol]:
    return iter(read_zbar(part))


_RETRIES: tuple[
    tuple[str, Callable[[Image.Image], Iterator[Symbol]], Callable[[Image.Image], Image.Image]], ...
] = (
    ("sharpened", _zxing, _sharpened),
    ("thresholded", _zbar, _thresholded),
    ("calmed", _zxing, _calmed),
    ("halved", _zxing, _halved),
)
