"""What every QR symbol of a version has in the same place (ISO/IEC 18004 §6.3): the reader's training sequence.

    lattice(10).known.sum()  # modules whose colour is known before anything is read

Finder patterns with their separators, timing patterns, alignment patterns, the dark module, and from version 7
the version number. Together a seventh of a symbol: enough to measure how this very picture was blurred.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.bool_]

LARGEST = 20
"""Versions above carry more than 600 bytes; no certificate needs one and no telephone reads it off a page."""


@dataclass(frozen=True, slots=True)
class Lattice:
    """The fixed modules of one version, row by row from the top left."""

    version: int
    size: int  # modules a side
    known: Bits  # whether the colour of a module is fixed
    dark: Bits  # the colour of those
    format_places: tuple[
        NDArray[np.intp], NDArray[np.intp]
    ]  # rows and columns, two copies of 15 bits


@cache
def lattice(version: int) -> Lattice:
    """The fixed modules of `version`, 1 to `LARGEST`."""
    size = 4 * version + 17
    known, dark = np.zeros((size, size), bool), np.zeros((size, size), bool)
    line = np.arange(8, size - 8)
    known[6, line] = known[line, 6] = True
    dark[6, line] = dark[line, 6] = line % 2 == 0
    for row, column in _alignment(version):
        known[row - 2 : row + 3, column - 2 : column + 3] = True
        dark[row - 2 : row + 3, column - 2 : column + 3] = _rings(5) != 1
    for rows, columns in (((0, 8), (0, 8)), ((0, 8), (size - 8, size)), ((size - 8, size), (0, 8))):
        known[slice(*rows), slice(*columns)] = True
        corner = np.zeros((9, 9), bool)
        corner[1:8, 1:8] = _rings(7) != 2
        down, right = (1 if rows[0] == 0 else 0), (1 if columns[0] == 0 else 0)
        dark[slice(*rows), slice(*columns)] = corner[down : down + 8, right : right + 8]
    known[size - 8, 8] = dark[size - 8, 8] = True
    if version >= 7:
        bits = np.array([_version_word(version) >> bit & 1 for bit in range(18)], bool)
        block = bits.reshape(6, 3)
        known[0:6, size - 11 : size - 8] = known[size - 11 : size - 8, 0:6] = True
        dark[0:6, size - 11 : size - 8], dark[size - 11 : size - 8, 0:6] = block, block.T
    return Lattice(version, size, known, dark, _format_places(size))


@cache
def format_words() -> Bits:
    """The 32 words of format information (§7.9.1), one a row, most significant bit first."""
    rows = []
    for data in range(32):
        word = data << 10
        for bit in range(4, -1, -1):
            if word >> (bit + 10) & 1:
                word ^= 0b10100110111 << bit
        masked = (data << 10 | word) ^ 0b101010000010010
        rows.append([masked >> bit & 1 for bit in range(14, -1, -1)])
    return np.array(rows, bool)


def _format_places(size: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where both copies lie, most significant bit first (§7.9.1 figure 25)."""
    first = [(8, 0), (8, 1), (8, 2), (8, 3), (8, 4), (8, 5), (8, 7), (8, 8), (7, 8)]
    first += [(row, 8) for row in range(5, -1, -1)]
    second = [(row, 8) for row in range(size - 1, size - 8, -1)]
    second += [(8, column) for column in range(size - 8, size)]
    places = np.array(first + second)
    return places[:, 0], places[:, 1]


def _alignment(version: int) -> list[tuple[int, int]]:
    """Centres of the alignment patterns (Annex E), in closed form."""
    if version == 1:
        return []
    count, size = version // 7 + 2, 4 * version + 17
    step = -(-(size - 13) // (2 * count - 2)) * 2
    lines = [6, *(size - 7 - step * left for left in range(count - 2, -1, -1))]
    corners = {(6, 6), (6, lines[-1]), (lines[-1], 6)}
    return [(row, column) for row in lines for column in lines if (row, column) not in corners]


def _rings(side: int) -> NDArray[np.intp]:
    """Distance of each module from the middle of a square, in rings."""
    line = np.abs(np.arange(side) - side // 2)
    return np.maximum.outer(line, line)


def _version_word(version: int) -> int:
    """Version information (§7.10): six bits and their BCH code."""
    word = version << 12
    for bit in range(5, -1, -1):
        if word >> (bit + 12) & 1:
            word ^= 0b1111100100101 << bit
    return version << 12 | word
