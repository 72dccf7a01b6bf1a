"""Read the QR code of a photographed certificate: decoder after decoder until one text is acceptable.

    reading = read(Path("photo.jpg"), accept=lambda text: text.startswith("https://"))
    reading.text, reading.stage, reading.ms

Stages, the most fruitful first: zxing-cpp on the picture as it is; zbar; then everything of `search` on the
regions that look like a QR code. What is read and not accepted is kept, and the search goes on: a page may
carry a second code, and a misread then cannot pass. No stage is begun after `seconds`.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from PIL import Image

from verify.decode import zbar
from verify.decode.crowd import is_crowded, tiles
from verify.decode.diagnosis import Sighting, diagnose
from verify.decode.pages import pages
from verify.decode.picture import Picture, open_picture
from verify.decode.qr import Symbol, see_qr
from verify.decode.reading import Corners, Diagnosis, Found, Reading
from verify.decode.search import Stage, stages

SECONDS = 10.0
"""How long one picture may be searched. A clean one takes a fraction of a second."""

SIGHTED = 0.55
SIGHTED_SMALL = 0.65
"""A grid whose known modules agree so well with the picture lies on a code; small versions have few of them."""

Accept = Callable[[str], bool]


def read(
    picture: Picture | Path | bytes | Image.Image, accept: Accept, *, seconds: float = SECONDS
) -> Reading:
    """All that can be read of a picture until `accept` holds for a text.

    Of a file with several pages: the first page with an acceptable text, else what the first page gave.
    Raises `InputError` for what is no picture, is broken or exceeds the limits; nothing else.
    """
    if isinstance(picture, Picture):
        return _read_one(picture, accept, seconds)
    if isinstance(picture, Image.Image):
        return _read_one(open_picture(picture), accept, seconds)
    first: Reading | None = None
    begun = time.perf_counter()
    for page in pages(picture):
        left = seconds - (time.perf_counter() - begun)
        if first is not None and left <= 0:
            break
        reading = _read_one(page, accept, max(left, 0.0))
        if reading.text is not None:
            return reading
        first = first or reading
    return first or Reading(None, ())


def _read_one(picture: Picture, accept: Accept, seconds: float) -> Reading:
    search = _Search(accept, seconds)
    for name, run in _stages(picture, search):
        if search.over(name):
            break
        search.take(name, run())
        if search.text is not None:
            break
    return search.reading(picture)


def _stages(picture: Picture, search: "_Search") -> Iterator[Stage]:
    grey = picture.grey
    if is_crowded(grey):
        yield from (("tile/zxing", partial(see_qr, tile)) for tile in tiles(grey))
    else:
        yield "zxing", partial(see_qr, grey)
    yield from stages(picture, search.outlines(), search.sighted)


class _Search:
    """What was found so far, and the time."""

    def __init__(self, accept: Accept, seconds: float) -> None:
        self.text: str | None = None
        self._accept = accept
        self._begun = time.perf_counter()
        self._seconds = seconds
        self._found: dict[str, Found] = {}
        self._stages: list[str] = []
        self._sighting: Sighting | None = None
        self._over = False

    def over(self, stage: str) -> bool:
        """Whether the time is up; the first stage always runs."""
        self._over = bool(self._stages) and self._ms() > 1000 * self._seconds
        if not self._over:
            self._stages.append(stage)
        return self._over

    def take(self, stage: str, symbols: Iterable[Symbol]) -> None:
        """Keep every new text; the first that is accepted is the answer."""
        for symbol in symbols:
            if self._ms() > 1000 * self._seconds and symbol.text is None:
                return
            if symbol.text is None or symbol.text in self._found:
                continue
            accepted = self._accept(symbol.text)
            found = Found(symbol.text, symbol.corners, stage, self._ms(), accepted)
            self._found[symbol.text] = found
            if accepted and self.text is None:
                self.text = symbol.text

    def outlines(self) -> list[Corners]:
        """Where the codes lie that were read so far."""
        return [found.corners for found in self._found.values() if found.corners]

    def sighted(self, sighting: Sighting) -> None:
        """Remember the best grid of a code, read or not."""
        least = SIGHTED if sighting.version >= 7 else SIGHTED_SMALL
        if sighting.fit > max(least, self._sighting.fit if self._sighting else 0.0):
            self._sighting = sighting

    def reading(self, picture: Picture) -> Reading:
        """What came of it."""
        found = tuple(self._found.values())
        diagnoses: tuple[Diagnosis, ...] = ()
        if self.text is None:
            diagnoses = diagnose(picture, self._sighting, found, out_of_time=self._over)
        return Reading(
            text=self.text,
            found=found,
            diagnoses=diagnoses,
            notes=() if zbar.is_there() else (zbar.MISSING,),
            size=picture.grey.size,
            page=picture.page,
            ms=self._ms(),
            stages=tuple(self._stages),
        )

    def _ms(self) -> float:
        return 1000 * (time.perf_counter() - self._begun)
