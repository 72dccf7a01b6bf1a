"""The status list (状态清单): two bits for every version of a certificate, signed by its agency.

    listed = status_list.parse(data)          # TrustListError
    status_list.verify(listed, agency_key)    # SignatureError
    listed.status(48213)                      # Status.VALID

Whoever checks a certificate takes the whole list, so that nobody learns which one was checked. Unused places say
"valid": only what an agency has signed has a place, and the list does not tell how many that are.
"""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from certgen.exchange.cose import Sign1, Signs
from certgen.exchange.payload import MAX_INDEX
from certgen.exchange.signed_file import PREFIX_LENGTH, Form, in_seconds, seconds

FORM = Form(
    b"certgen status list 1\n", b"certgen/status-list/1\x00", 6 << 20, "状态清单", "status list"
)
BLOCK = 1 << 16
"""Places; a list is a whole number of blocks. One block is 16 KiB, and some 40 bytes while all are valid."""

_PER_BYTE = 4
_MAX_NUMBER = (1 << 32) - 1
_MAX_TTL = 366 * 86_400


class Status(IntEnum):
    """What a place says. The numbers are permanent."""

    VALID = 0
    VOID = 1  # 作废
    SUPERSEDED = 2  # 已换发: a later version of the same certificate is good
    SUSPENDED = 3  # 暂停使用: under review


@dataclass(frozen=True, slots=True)
class StatusList:
    """A status list that reads well; not proved before `verify`."""

    number: int
    issued: datetime
    ttl: timedelta  # how long it may be relied on
    prefixes: tuple[str, ...]  # 13 characters each: of which sites' codes it speaks
    places: bytes  # two bits each, the lowest place in the lowest bits
    message: Sign1

    @property
    def key_id(self) -> bytes:
        """Of the agency's key that must have signed it."""
        return self.message.key_id

    @property
    def expires(self) -> datetime:
        """From when on it says only what was."""
        return self.issued + self.ttl

    def covers(self, code: str) -> bool:
        """Whether it speaks of this code."""
        return code[:PREFIX_LENGTH] in self.prefixes

    def status(self, index: int) -> Status | None:
        """What it says of a place; None behind its end: given after the list was made."""
        byte, place = divmod(index, _PER_BYTE)
        return Status(self.places[byte] >> 2 * place & 3) if byte < len(self.places) else None


def make(
    number: int,
    issued: datetime,
    ttl: timedelta,
    prefixes: Sequence[str],
    statuses: Mapping[int, Status],
    highest: int,
    signer: Signs,
) -> bytes:
    """The file. `statuses` holds what is not valid, by index; `highest` is the highest index given so far."""
    blocks = max(highest, *statuses, 0) // BLOCK + 1
    places = bytearray(blocks * BLOCK // _PER_BYTE)
    for index, status in statuses.items():
        byte, place = divmod(index, _PER_BYTE)
        places[byte] |= status << 2 * place
    data = FORM.write(
        [
            number,
            seconds(issued),
            in_seconds(ttl),
            list(prefixes),
            len(places),
            zlib.compress(bytes(places), 9),
        ],
        signer,
    )
    parse(data)  # what we write, we can read
    return data


def parse(data: bytes) -> StatusList:
    """The list in `data`, well formed but not verified. Raises `TrustListError`."""
    message, body = FORM.read(data)
    match body:
        case [number, issued, ttl, list(prefixes), size, bytes(packed)]:
            pass
        case _:
            raise FORM.refused(
                reason="structure", zh="内容项目不对", en="not the six parts of a status list"
            )
    found = StatusList(
        FORM.whole(number, 1, _MAX_NUMBER, "number"),
        FORM.moment(issued, "date"),
        timedelta(seconds=FORM.whole(ttl, 1, _MAX_TTL, "ttl")),
        FORM.prefixes(prefixes),
        _unpacked(packed, FORM.whole(size, 1, (MAX_INDEX + 1) // _PER_BYTE, "size")),
        message,
    )
    FORM.once("prefix", found.prefixes)
    return found


def verify(listed: StatusList, public_key: bytes) -> None:
    """Pass if the key (SubjectPublicKeyInfo, DER) signed it. Raises `SignatureError`."""
    FORM.check(listed.message, public_key)


def _unpacked(packed: bytes, size: int) -> bytes:
    """The places, whole and no more: a few bytes can unpack to any size."""
    if size % (BLOCK // _PER_BYTE):
        raise FORM.refused(reason="size", zh="长度不对", en="not a whole number of blocks")
    unpacking = zlib.decompressobj()
    try:
        places = unpacking.decompress(packed, size + 1)
    except zlib.error:
        raise FORM.refused(
            reason="compression", zh="压缩数据损坏", en="its compressed part is damaged"
        ) from None
    if len(places) != size or not unpacking.eof or unpacking.unused_data:
        raise FORM.refused(
            reason="compression",
            zh="压缩数据与长度不符",
            en="its compressed part is not of the size it says",
        )
    return places
