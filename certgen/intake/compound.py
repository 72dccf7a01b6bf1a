"""Takes a stream out of a compound file (OLE, [MS-CFB]): the box around .xls and encrypted books.

Only what finding one stream needs. Chains are followed once: a file that loops ends as damaged.
"""

import struct
from collections.abc import Iterator

_HEADER = 512
_ENTRY = 128  # bytes of a directory entry
_LAST = 0xFFFFFFFA  # from here on a sector number is a mark: end of chain, free, FAT
_IN_HEADER = 109  # FAT sectors that the header itself names
_STREAM, _ROOT = 2, 5
_SHIFTS, _MINI_SHIFT = frozenset({9, 12}), 6  # sectors of 512 or 4,096 bytes, small ones of 64


class CompoundError(ValueError):
    """No compound file, or a damaged one."""


class Compound:
    """The streams of one file, by name."""

    def __init__(self, data: bytes) -> None:
        if len(data) < _HEADER:
            raise CompoundError
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 0x1E)
        if shift not in _SHIFTS or mini_shift != _MINI_SHIFT:
            raise CompoundError
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        directory, self._cutoff, mini_fat = (
            struct.unpack_from("<I", data, at)[0] for at in (0x30, 0x38, 0x3C)
        )
        self._fat = self._numbers(b"".join(map(self._sector, self._fat_sectors())))
        self._entries = dict(_entries(self._read(directory)))
        self._mini_fat = self._numbers(self._read(mini_fat))

    @property
    def names(self) -> frozenset[str]:
        """The names of all streams."""
        return frozenset(name for name, (kind, _, _) in self._entries.items() if kind == _STREAM)

    def stream(self, name: str) -> bytes:
        """The bytes of a stream. Raises `CompoundError` where there is none or it is cut off."""
        if name not in self.names:
            raise CompoundError
        _, first, size = self._entries[name]
        if size >= self._cutoff:
            return self._read(first)[:size]
        root = next((first for kind, first, _ in self._entries.values() if kind == _ROOT), _LAST)
        small = self._read(root)
        width = self._mini_size
        parts = (small[at * width : (at + 1) * width] for at in _chain(first, self._mini_fat))
        return b"".join(parts)[:size]

    def _fat_sectors(self) -> Iterator[int]:
        named = struct.unpack_from(f"<{_IN_HEADER}I", self._data, 0x4C)
        yield from (number for number in named if number < _LAST)
        following = struct.unpack_from("<I", self._data, 0x44)[0]
        seen = set()
        while following < _LAST and following not in seen:
            seen.add(following)
            *numbers, following = self._numbers(self._sector(following))
            yield from (number for number in numbers if number < _LAST)

    def _read(self, first: int) -> bytes:
        return b"".join(map(self._sector, _chain(first, self._fat)))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        found = self._data[start : start + self._size]
        if not found:
            raise CompoundError
        return found.ljust(self._size, b"\0")  # writers cut the last sector short

    @staticmethod
    def _numbers(data: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _chain(first: int, fat: tuple[int, ...]) -> Iterator[int]:
    for _ in range(len(fat) + 1):
        if first >= _LAST:
            return
        yield first
        if first >= len(fat):
            raise CompoundError
        first = fat[first]
    raise CompoundError


def _entries(directory: bytes) -> Iterator[tuple[str, tuple[int, int, int]]]:
    """Name, and kind, first sector and size of every entry in use."""
    for start in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        entry = directory[start : start + _ENTRY]
        length, kind = struct.unpack_from("<HB", entry, 64)
        if kind in {_STREAM, _ROOT} and 2 <= length <= 64:
            name = entry[: length - 2].decode("utf-16-le", "replace")
            yield name, (kind, *struct.unpack_from("<II", entry, 116))
