"""Read DER, the strict encoding (X.690 10) that signatures and certificates are written in.

Small on purpose: tags of one byte, lengths in their shortest form, nothing left over. What a
lenient reader would skip or repair is refused, so no byte can change without notice.

    >>> [part.raw.hex() for part in read_sequence(bytes.fromhex("3006020101040141")).parts]
    ['020101', '040141']
"""

from dataclasses import dataclass

from verify.fault import Fault

INTEGER, OCTETS, OID, SEQUENCE, SET = 0x02, 0x04, 0x06, 0x30, 0x31
CONTEXT_0 = 0xA0  # [0], constructed

_LONG_TAG = 0x1F


@dataclass(frozen=True, slots=True)
class Element:
    """One tag, its value, and the bytes that both came from."""

    tag: int
    value: bytes
    raw: bytes

    @property
    def parts(self) -> tuple["Element", ...]:
        """The elements inside, which must fill the value exactly."""
        parts, rest = [], self.value
        while rest:
            part, rest = read_first(rest)
            parts.append(part)
        return tuple(parts)

    def only(self, tag: int) -> "Element":
        """The one element inside, which must carry `tag`."""
        (part,) = self.shaped(tag)
        return part

    def shaped(self, *tags: int) -> tuple["Element", ...]:
        """The elements inside, which must carry exactly these tags in this order."""
        parts = self.parts
        if tuple(part.tag for part in parts) != tags:
            raise _damaged()
        return parts


def read_sequence(data: bytes) -> Element:
    """The one SEQUENCE that `data` consists of. Raises `Fault` if it is anything else."""
    element, rest = read_first(data)
    if rest or element.tag != SEQUENCE:
        raise _damaged()
    return element


def read_first(data: bytes) -> tuple[Element, bytes]:
    """The first element of `data`, and what follows it."""
    if len(data) < 2 or data[0] & _LONG_TAG == _LONG_TAG:
        raise _damaged()
    length, start = data[1], 2
    if length >= 0x80:  # the length stands in the next (length - 0x80) bytes
        start += length - 0x80
        length = int.from_bytes(data[2:start])
        if len(_length(length)) != start - 1:
            raise _damaged()
    end = start + length
    if end > len(data):
        raise _damaged()
    return Element(data[0], data[start:end], data[:end]), data[end:]


def _length(length: int) -> bytes:
    """`length` as DER writes it: one byte below 128, else a count and as few bytes as it takes."""
    if length < 0x80:
        return bytes([length])
    digits = length.to_bytes((length.bit_length() + 7) // 8)
    return bytes([0x80 + len(digits)]) + digits


def _damaged() -> Fault:
    return Fault(zh="签名值或证书不是规范的 DER", en="a signature or certificate is not proper DER")
