"""Cuts the metadata out of a JPEG without decoding it, or says that it must be redrawn.

Cameras write where and when a picture was taken, and a thumbnail of what it showed before cropping.
None of that belongs on a certificate. Only whole segments are left out: every byte that describes
pixels stays, so the picture loses nothing and costs microseconds.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

PROPORTION = (25, 35)
"""Width to height of a one-inch photo (一寸照片, 25 x 35 mm)."""

_TOLERANCE = 0.03
_WIDEST = 900  # pixels; more than 900 dpi on paper only makes files larger
_START = b"\xff\xd8"
_END = b"\xff\xd9"
# Says 'three components are YCbCr' in 18 bytes, and has no room for a thumbnail.
_JFIF = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
# In pixel data 0xFF is followed by 00 (stuffing) or D0-D7 (restart); else a marker ends the scan.
# (A pattern that begins with one literal byte is searched at the speed of memchr.)
_AFTER_SCAN = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
_FRAMES = frozenset({0xC0, 0xC1, 0xC2})  # baseline, extended, progressive: what PDF readers decode
_SCAN = 0xDA
_PIXEL_SEGMENTS = _FRAMES | {0xC4, _SCAN, 0xDB, 0xDD}  # with Huffman, quantisation, restart
_APP1, _APP2, _APP14 = 0xE1, 0xE2, 0xEE
_METADATA = frozenset({*range(0xE0, 0xF0), 0xFE})  # application segments and comments
_ORIENTATION = 0x0112


@dataclass(frozen=True, slots=True)
class Jpeg:
    """A JPEG file and its size in pixels."""

    data: bytes
    width: int
    height: int


def without_metadata(data: bytes) -> Jpeg | None:
    """The same picture without metadata, or None when it must be decoded to fit the page.

    It fits when it is an upright 8-bit YCbCr JPEG in sRGB, 25:35 within 3 %, at most 900 pixels
    wide, and complete. What follows its end (a second picture, a video) is cut.
    """
    kept = [_START, _JFIF]
    frame = b""
    scanned = False
    try:
        for marker, segment in _segments(data):
            scanned |= marker == _SCAN
            if marker in _PIXEL_SEGMENTS:
                kept.append(segment)
                frame = segment if marker in _FRAMES else frame
            elif marker not in _METADATA or not _is_plain(marker, segment[4:]):
                return None
    except (IndexError, ValueError):
        return None
    width, height = int.from_bytes(frame[7:9], "big"), int.from_bytes(frame[5:7], "big")
    if not (scanned and _is_colour(frame) and _fits(width, height)):
        return None
    return Jpeg(b"".join((*kept, _END)), width, height)


def is_srgb(profile: bytes) -> bool:
    """Whether an ICC profile calls itself sRGB in its description."""
    count = int.from_bytes(profile[128:132], "big")
    for at in range(132, 132 + 12 * min(count, 100), 12):
        if profile[at : at + 4] == b"desc":
            offset = int.from_bytes(profile[at + 4 : at + 8], "big")
            size = int.from_bytes(profile[at + 8 : at + 12], "big")
            description = profile[offset : offset + size]
            return b"sRGB" in description or "sRGB".encode("utf-16-be") in description
    return False


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and bytes of every segment up to the end mark; a scan's pixels belong to its segment.

    Raises IndexError or ValueError where the file is no JPEG or stops short.
    """
    if not data.startswith(_START):
        raise ValueError
    at = len(_START)
    while True:
        while data[at + 1] == 0xFF:  # fill bytes
            at += 1
        marker = data[at + 1]
        if data[at] != 0xFF:
            raise ValueError
        if marker == _END[1]:
            return
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == _SCAN:
            found = _AFTER_SCAN.search(data, end)
            end = found.start() if found else len(data)
        yield marker, data[at:end]
        at = end


def _is_plain(marker: int, body: bytes) -> bool:
    """Whether leaving this segment out changes nothing that is seen."""
    if marker == _APP1 and body.startswith(b"Exif\0\0"):
        return _orientation(body[6:]) == 1
    if marker == _APP2 and body.startswith(b"ICC_PROFILE\0"):
        return body[13:14] == b"\x01" and is_srgb(body[14:])  # one segment holds all of an sRGB one
    if marker == _APP14 and body.startswith(b"Adobe"):
        return body[11:12] == b"\x01"  # YCbCr, as the JFIF segment says too
    return True


def _orientation(exif: bytes) -> int:
    """The orientation tag of the first directory: 1 (upright) where none is, 0 if unreadable."""
    little = exif[:4] == b"II*\0"
    if not little and exif[:4] != b"MM\0*":
        return 0

    def number(at: int, size: int) -> int:
        return int.from_bytes(exif[at : at + size], "little" if little else "big")

    first = number(4, 4)
    for at in range(first + 2, min(first + 2 + 12 * number(first, 2), len(exif)), 12):
        if number(at, 2) == _ORIENTATION:
            return number(at + 8, 2)
    return 1


def _is_colour(frame: bytes) -> bool:
    """8 bits, three components. Components named R, G, B would be wrong colours under JFIF."""
    return frame[4:5] == b"\x08" and frame[9:10] == b"\x03" and frame[10:17:3] != b"RGB"


def _fits(width: int, height: int) -> bool:
    if not 0 < width <= _WIDEST or not height:
        return False
    return abs(width * PROPORTION[1] / (height * PROPORTION[0]) - 1) <= _TOLERANCE
