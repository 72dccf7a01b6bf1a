"""What a forger needs: find an object in a PDF of ours, and append a revision, sound or broken in a chosen way."""

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_OBJECT = rb"(?:^|\n)%d 0 obj\n"


def body(data: bytes, number: int) -> bytes:
    """The newest edition of an object."""
    *_, last = re.finditer(_OBJECT % number, data)
    return data[last.end() : data.index(b"\nendobj", last.end())]


def number_of(data: bytes, mark: bytes) -> int:
    """The object in which `mark` stands for the first time."""
    at = data.index(mark)
    *_, last = re.finditer(rb"(?:^|\n)([0-9]+) 0 obj\n", data[:at])
    return int(last[1])


def size_of(data: bytes) -> int:
    """The number of the next object."""
    return int(re.findall(rb"/Size ([0-9]+)", data)[-1])


def last_xref(data: bytes) -> int:
    return int(re.findall(rb"startxref\s+([0-9]+)", data)[-1])


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (entries, len(content), content)


def trailer_of(data: bytes) -> bytes:
    """Root, Info and ID, as the file has them."""
    trailer = data[data.rindex(b"trailer") :]
    return b"".join(
        re.findall(rb"/(?:Root|Info) [0-9]+ 0 R|/ID\s*\[\s*<[^>]*>\s*<[^>]*>\s*\]", trailer)
    )


@dataclass(frozen=True)
class Laid:
    """Objects appended to a file, and where they stand."""

    data: bytes
    offsets: Mapping[int, int]

    def table(self) -> bytes:
        rows = b"".join(
            b"%d 1\n%010d 00000 n \n" % (number, offset)
            for number, offset in sorted(self.offsets.items())
        )
        return b"xref\n" + rows


def lay(data: bytes, objects: Mapping[int, bytes]) -> Laid:
    """The objects behind the file, and nothing else."""
    out, offsets = data if data.endswith(b"\n") else data + b"\n", {}
    for number, content in objects.items():
        offsets[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    return Laid(out, offsets)


def append(
    data: bytes,
    objects: Mapping[int, bytes],
    *,
    trailer: bytes | None = None,
    prev: int | None = None,
    ending: bytes = b"%%EOF\n",
) -> bytes:
    """A revision as every writer appends it; `trailer` instead of the file's own Root, Info and ID."""
    laid = lay(data, objects)
    size = max(size_of(data), *(number + 1 for number in objects))
    before = last_xref(data) if prev is None else prev
    about = trailer_of(data) if trailer is None else trailer
    return laid.data + (
        b"%btrailer\n<</Size %d%b/Prev %d>>\nstartxref\n%d\n%b"
        % (laid.table(), size, about, before, len(laid.data), ending)
    )


# What forgers put on the page.

WORDS = "FORGED LI SI"
PATCH = (
    b"q 1 1 1 rg 540 380 260 40 re f Q BT 0 g /Forged 24 Tf 550 390 Td (%b) Tj ET" % WORDS.encode()
)
HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def page_number(data: bytes) -> int:
    return number_of(data, b"<</Type/Page/Parent")


def forged_page(data: bytes) -> dict[int, bytes]:
    """The page with another name painted over the holder's."""
    new, page = size_of(data), body(data, page_number(data))
    page = page.replace(b"/Contents[", b"/Contents[").replace(
        b" 0 R]/Annots", b" 0 R %d 0 R]/Annots" % new
    )
    page = page.replace(b"/Font<<", b"/Font<</Forged %d 0 R" % (new + 1))
    assert page.count(b"%d 0 R" % new) == 1
    return {page_number(data): page, new: stream(PATCH), new + 1: HELVETICA}


def patch_form(new: int, box: bytes = b"0 0 260 40") -> dict[int, bytes]:
    """The same patch as the appearance of an annotation, and its font."""
    drawn = b"1 1 1 rg 0 0 260 40 re f BT 0 g /Forged 24 Tf 10 10 Td (%b) Tj ET" % WORDS.encode()
    entries = b"/Type/XObject/Subtype/Form/BBox[%b]/Resources<</Font<</Forged %d 0 R>>>>" % (
        box,
        new + 1,
    )
    return {new: stream(drawn, entries), new + 1: HELVETICA}


def packed(content: bytes) -> bytes:
    return stream(zlib.compress(content), b"/Filter/FlateDecode")


def hole(data: bytes) -> tuple[int, int]:
    """Where the hex digits of the last signature begin and end, without their brackets."""
    *_, last = re.finditer(rb"/Contents ?<", data)
    return last.end(), data.index(b">", last.end())


def with_value(data: bytes, der: bytes, *, filling: bytes = b"\0") -> bytes:
    """The file with another signature value in its hole."""
    start, end = hole(data)
    room = (end - start) // 2
    assert len(der) <= room, (len(der), room)
    whole = der + filling * (room - len(der))
    return data[:start] + whole[:room].hex().encode() + data[end:]


def value_in(data: bytes) -> bytes:
    """The signature value, padding included."""
    start, end = hole(data)
    return bytes.fromhex(data[start:end].decode())


def place_of_signer(content: Any) -> int:
    """Where the signer's own certificate stands among those that a value carries: they are a set, and sorted."""
    serial = content["signer_infos"][0]["sid"].chosen["serial_number"].native
    serials = [one.chosen.serial_number for one in content["certificates"]]
    return serials.index(serial)
