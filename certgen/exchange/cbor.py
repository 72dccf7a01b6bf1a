"""Strict CBOR (RFC 8949): the few kinds of value that our signed data use, each in its one canonical form.

A general decoder accepts several spellings of one value and builds dates, regular expressions and huge powers out of
tags. Data that anybody may hand us, and whose bytes are signed, wants the opposite: whole numbers, bytes, text, arrays,
maps, true, false and null; definite lengths; the shortest form; keys in order, none twice; nothing behind the end.

>>> read(bytes.fromhex("83010203"), limit=9)
[1, 2, 3]
>>> read(bytes.fromhex("1801"), limit=9)
Traceback (most recent call last):
certgen.exchange.cbor.CborError: 1: not the shortest form
"""

from typing import TypeGuard

import cbor2

Value = int | bytes | str | bool | list["Value"] | dict["Value", "Value"] | None

MAX_DEPTH = 8
_FIXED: dict[int, bool | None] = {0xF4: False, 0xF5: True, 0xF6: None}
_WIDTHS = {24: 1, 25: 2, 26: 4, 27: 8}


class CborError(ValueError):
    """Bytes that are not the canonical form of one value; the message says where and why, never the content."""

    def __init__(self, at: int, what: str) -> None:
        super().__init__(f"{at}: {what}")


def write(value: Value) -> bytes:
    """The canonical form of `value`, as `read` wants it."""
    return cbor2.dumps(value, canonical=True)


def is_whole(value: Value) -> TypeGuard[int]:
    """Whether `value` is a whole number: to Python true and false are numbers too."""
    return isinstance(value, int) and not isinstance(value, bool)


def read(data: bytes, *, limit: int) -> Value:
    """The value whose canonical form `data` is, whole; `CborError` otherwise, also beyond `limit` bytes.

    Time and memory are linear in the size: a length that the data cannot hold is refused before it is believed.
    """
    if len(data) > limit:
        raise CborError(limit, "more bytes than ours ever have")
    reader = _Reader(data)
    value = reader.value(0)
    if reader.at != len(data):
        raise CborError(reader.at, "more bytes behind the end")
    return value


class _Reader:
    """One pass over the bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.at = 0

    def value(self, depth: int) -> Value:  # noqa: PLR0911 -- one return a kind
        if depth > MAX_DEPTH:
            raise CborError(self.at, "nested too deep")
        initial = self._take(1)[0]
        if initial in _FIXED:
            return _FIXED[initial]
        kind, argument = initial >> 5, self._argument(initial & 31)
        match kind:
            case 0:
                return argument
            case 1:
                return -1 - argument
            case 2:
                return self._take(argument)
            case 3:
                return self._text(argument)
            case 4:
                self._can_hold(argument)
                return [self.value(depth + 1) for _ in range(argument)]
            case 5:
                return self._map(argument, depth)
        raise CborError(self.at, "a tag or a special value")

    def _argument(self, low: int) -> int:
        if low < 24:
            return low
        if low not in _WIDTHS:
            raise CborError(self.at, "no definite length")
        width = _WIDTHS[low]
        argument = int.from_bytes(self._take(width), "big")
        if argument < (24 if width == 1 else 1 << 4 * width):
            raise CborError(self.at - width, "not the shortest form")
        return argument

    def _take(self, count: int) -> bytes:
        self._can_hold(count)
        self.at += count
        return self._data[self.at - count : self.at]

    def _can_hold(self, count: int) -> None:
        if count > len(self._data) - self.at:
            raise CborError(self.at, "cut off")

    def _text(self, count: int) -> str:
        try:
            return self._take(count).decode("utf-8")
        except UnicodeDecodeError:
            raise CborError(self.at, "text that is not UTF-8") from None

    def _map(self, count: int, depth: int) -> Value:
        self._can_hold(2 * count)
        found: dict[Value, Value] = {}
        last = b""
        for _ in range(count):
            start = self.at
            key = self.value(depth + 1)
            written = self._data[start : self.at]
            # Shorter keys first, then bytewise: the same as bytewise for keys of one kind.
            if (len(written), written) <= (len(last), last):
                raise CborError(start, "a key twice or out of order")
            if isinstance(key, bool) or not isinstance(key, int | bytes | str):
                raise CborError(start, "a key that is no number, bytes or text")
            last = written
            found[key] = self.value(depth + 1)
        return found
