"""Text → QR symbol (二维码, ISO/IEC 18004) as a path of whole modules, fast enough for a batch.

For a given version and mask a symbol is linear in its data bits: every data bit flips a fixed set of modules, error
correction included. So `qrcode` draws a handful of symbols once, from which a `Template` learns where each bit of each
codeword lies; after that a symbol is a few hundred exclusive-ors of whole pictures, kept as integers. A test holds
every symbol equal to the one `qrcode` draws from the same segments under the same mask.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache, reduce
from operator import getitem, or_, xor
from typing import cast

import qrcode
from qrcode import base
from qrcode.constants import ERROR_CORRECT_L, ERROR_CORRECT_M

from certgen.render.qr_mask import best_mask, stride

LEVEL = ERROR_CORRECT_M
"""15 % of the codewords may be lost. What needs a version above 4 at M has no room there at a stronger level."""

SPARE_LEVEL = ERROR_CORRECT_L
"""7 %: only for text that does not fit the largest version otherwise, so that nobody is refused for a long name."""

LARGEST = (
    13  # version: 0.39 mm a module at 30 mm with its quiet zone, the least that phones read well
)

_SPLIT = re.compile(r"[0-9]{6,}|(?:(?![0-9]{6})[\x00-\xff])+")
_DARK = re.compile("1+")
_RUNS = [
    [(run.start(), len(run[0])) for run in _DARK.finditer(f"{eight:08b}"[::-1])]
    for eight in range(256)
]
_TRIPLES = {
    f"{number:0{count}}": f"{number:0{3 * count + 1}b}"
    for count in (1, 2, 3)
    for number in range(10**count)
}
"""Up to three digits, in bits (ISO/IEC 18004 §7.4.3)."""

_HALVES = bytes.maketrans(b"0123456789abcdef", bytes(range(16)))


@dataclass(frozen=True, slots=True)
class Symbol:
    """A QR symbol without its quiet zone: `size` modules a side, `path` in module units with y downwards."""

    size: int
    version: int
    mask: int
    path: str


@lru_cache(maxsize=64)
def encode(text: str) -> Symbol:
    """The smallest symbol at level M that holds `text`: long runs of digits as digits, the rest as bytes.

    `text` is ASCII, as codes and addresses are. One that fits no version at M gets level L.
    """
    version, level, data = _fitted(text)
    template = _template(version, level)
    mask, picture = template.draw(data)
    return Symbol(template.size, version, mask, template.path(picture))


def segments(text: str) -> list[str]:
    """`text` in runs of digits and of other characters; short runs of digits are not worth a header."""
    return _SPLIT.findall(text)


def _fitted(text: str) -> tuple[int, int, bytes]:
    """The smallest version, its level and data codewords: segments, terminator, padding (ISO/IEC 18004 §7.4)."""
    parts = segments(text)
    for level, versions in (
        (LEVEL, range(1, 10)),
        (LEVEL, range(10, LARGEST + 1)),
        (SPARE_LEVEL, range(10, LARGEST + 1)),
    ):
        bits = "".join(_segment(part, versions.start) for part in parts)
        for version in versions:
            room = _room(version, level)
            if len(bits) <= room:
                whole = (bits + "0000")[:room]
                whole += "0" * (-len(whole) % 8)
                data = int(whole, 2).to_bytes(len(whole) // 8, "big")
                return version, level, data + (b"\xec\x11" * room)[: room // 8 - len(data)]
    raise AssertionError(len(text))


@lru_cache(maxsize=2 * LARGEST)
def _room(version: int, level: int) -> int:
    """Data bits of a version at a level."""
    return 8 * sum(block.data_count for block in base.rs_blocks(version, level))


@lru_cache(maxsize=64)
def _segment(part: str, version: int) -> str:
    """One segment in bits: mode, count, characters. The count is wider from version 10 on."""
    if len(part) >= 6 and part.isdecimal():
        digits = "".join([_TRIPLES[part[at : at + 3]] for at in range(0, len(part), 3)])
        return f"0001{len(part):0{10 if version < 10 else 12}b}{digits}"
    characters = f"{int.from_bytes(part.encode('ascii'), 'big'):0{8 * len(part)}b}"
    return f"0100{len(part):0{8 if version < 10 else 16}b}{characters}"


class Template:
    """Everything about one version that no text changes. For pictures see `qr_mask`."""

    def __init__(self, version: int, level: int) -> None:
        self.size = 4 * version + 17
        self._version, self._level = version, level
        self._step = stride(self.size)
        self._rectangles: list[list[str | None]] = [  # by place and value of eight modules
            [None] * 256 for _ in range(self._step // 8 * self.size)
        ]
        blocks = base.rs_blocks(version, level)
        self._data = [block.data_count for block in blocks]
        self._check = blocks[0].total_count - blocks[0].data_count
        self._codewords = sum(block.total_count for block in blocks)
        self._blank = [self._drawn(bytes(self._codewords), mask) for mask in range(8)]

    def draw(self, data: bytes) -> tuple[int, int]:
        """The mask with the least penalty, and the picture under it."""
        halves = data.hex().encode("ascii").translate(_HALVES)
        content = reduce(xor, map(getitem, self._half_pictures, halves))
        return best_mask([blank ^ content for blank in self._blank], self.size)

    def path(self, picture: int) -> str:
        """The dark modules as rectangles, eight modules of a row at a time.

        One path: a run that is cut between two eights still fills without a seam.
        """
        eights = picture.to_bytes(self._step // 8 * self.size, "little")
        parts = list(map(getitem, self._rectangles, eights))
        if None in parts:
            for place, eight in enumerate(eights):
                if parts[place] is None:
                    self._rectangles[place][eight] = self._rectangles_of(place, eight)
            parts = list(map(getitem, self._rectangles, eights))
        return "".join(cast("list[str]", parts))

    def _rectangles_of(self, place: int, eight: int) -> str:
        y, left = divmod(8 * place, self._step)
        return "".join([f"{left + start} {y} {width} 1 re\n" for start, width in _RUNS[eight]])

    def _drawn(self, codewords: bytes, mask: int) -> int:
        """The picture that `qrcode` draws of these codewords."""
        code = qrcode.QRCode(self._version, self._level, border=0)
        code.data_cache = list(codewords)
        code.makeImpl(test=False, mask_pattern=mask)
        rows = ("".join("1" if module else "0" for module in row)[::-1] for row in code.modules)
        return sum(int(row, 2) << (y * self._step) for y, row in enumerate(rows))

    @cached_property
    def _modules(self) -> list[int]:
        """Module of each bit of the codeword stream, as a picture of one module.

        Symbol k has exactly those codeword bits set whose number has bit k: together they spell each number.
        """
        total = 8 * self._codewords
        depth = total.bit_length()
        pictures = []
        for power in range(depth):
            stream = "".join(str(number >> power & 1) for number in range(1, total + 1))
            pictures.append(
                self._drawn(int(stream, 2).to_bytes(self._codewords, "big"), 0) ^ self._blank[0]
            )
        modules = [0] * (total + 1)
        every = reduce(or_, pictures)
        while every:
            module = every & -every
            every ^= module
            number = sum(1 << power for power, picture in enumerate(pictures) if picture & module)
            modules[number] = module
        return modules[1:]

    @cached_property
    def _half_pictures(self) -> list[list[int]]:
        """What each half of each data codeword flips, the higher half first, by its value."""
        return [
            [
                reduce(xor, (bits[low + bit] for bit in range(4) if value >> bit & 1), 0)
                for value in range(16)
            ]
            for bits in self._bits
            for low in (4, 0)
        ]

    @cached_property
    def _bits(self) -> list[list[int]]:
        """For each data codeword what each of its bits flips, the lowest first."""
        return [[self._flips(reach, 1 << bit) for bit in range(8)] for reach in self._reaches()]

    def _reaches(self) -> Iterator[tuple[list[int], list[int]]]:
        """For each data codeword its place and its check codewords' in the stream, and the latter of the value 1."""
        starts = _interleaved(self._data)
        total = sum(self._data)
        for block, count in enumerate(self._data):
            checks = [total + number * len(self._data) + block for number in range(self._check)]
            for number in range(count):
                data = [0] * count
                data[number] = 1
                yield [starts[block][number], *checks], _check_codewords(data, self._check)

    def _flips(self, reach: tuple[list[int], list[int]], value: int) -> int:
        """The modules that differ when one data codeword is `value` instead of 0."""
        places, unit = reach
        values = [value, *(_times(one, value) for one in unit)]
        return reduce(
            xor,
            (
                self._modules[8 * place + 7 - bit]
                for place, codeword in zip(places, values, strict=True)
                for bit in range(8)
                if codeword >> bit & 1
            ),
        )


@lru_cache(maxsize=2 * LARGEST)
def _template(version: int, level: int) -> Template:
    return Template(version, level)


def _interleaved(counts: list[int]) -> list[list[int]]:
    """Where the data codewords of each block stand in the stream: one of each block in turn."""
    places: list[list[int]] = [[] for _ in counts]
    next_place = 0
    for number in range(max(counts)):
        for block, count in enumerate(counts):
            if number < count:
                places[block].append(next_place)
                next_place += 1
    return places


def _check_codewords(data: list[int], count: int) -> list[int]:
    """The Reed-Solomon remainder of a block (ISO/IEC 18004 §7.5.2)."""
    generator = base.Polynomial([1], 0)
    for power in range(count):
        generator *= base.Polynomial([1, base.gexp(power)], 0)
    rest = base.Polynomial(data, count) % generator
    digits = [rest[number] for number in range(len(rest))]
    return [0] * (count - len(digits)) + digits[-count:]


def _times(one: int, other: int) -> int:
    """The product in GF(256)."""
    return base.gexp((base.glog(one) + base.glog(other)) % 255) if one and other else 0
