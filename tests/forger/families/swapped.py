"""One object is exchanged for another by a proper revision: photo, font, QR code, seal, title …"""

import io
import re

from PIL import Image

from tests.forger.edit import (
    PATCH,
    append,
    body,
    number_of,
    page_number,
    patch_form,
    size_of,
    stream,
)
from tests.forger.forgery import forgery
from tests.forger.genuine import another_holder_s, one_seal

ROOT = b"<</Type/Catalog"


def _replaced(number: int, content: bytes) -> bytes:
    return append(one_seal(), {number: content})


@forgery("changes/page", shows=True)
def the_photo() -> bytes:
    """The holder's face, at its place and size."""
    data = one_seal()
    number = int(re.findall(rb"/Photo ([0-9]+) 0 R", body(data, page_number(data)))[0])
    made = io.BytesIO()
    Image.new("RGB", (250, 350), (230, 200, 90)).save(made, "JPEG")
    entries, _, _ = body(data, number).partition(b">>\nstream")
    entries = re.sub(rb"/Length [0-9]+", b"", entries.strip()[2:])
    return append(data, {number: stream(made.getvalue(), entries)})


@forgery("changes/page", shows=True)
def the_whole_layer_of_another_holder() -> bytes:
    """Name, number and QR code of another genuine certificate, under this one's signature."""
    data, other = one_seal(), another_holder_s()
    number = int(
        re.findall(rb"/Contents\[[0-9]+ 0 R ([0-9]+) 0 R\]", body(data, page_number(data)))[0]
    )
    return append(data, {number: body(other, number)})


@forgery("changes/page", shows=True)
def the_qr_code() -> bytes:
    """Another code is laid over the one that was signed."""
    data = one_seal()
    number = int(
        re.findall(rb"/Contents\[[0-9]+ 0 R ([0-9]+) 0 R\]", body(data, page_number(data)))[0]
    )
    drawn = body(data, number).partition(b"stream\n")[2].partition(b"\nendstream")[0]
    squares = b"".join(
        b"%d %d 4 4 re " % (60 + 8 * (n % 9), 60 + 8 * (n // 9)) for n in range(80) if n * n % 7 < 3
    )
    return append(
        data, {number: stream(drawn + b"\nq 1 g 50 50 90 90 re f 0 g " + squares + b"f Q")}
    )


@forgery("changes/page", shows=True)
def the_glyphs_of_a_font() -> bytes:
    """The characters stay, and are drawn as others: what is copied is not what is seen."""
    data = one_seal()
    changes = {}
    new = size_of(data)
    for number in range(1, new):
        try:
            font = body(data, number)
        except ValueError:
            continue
        if b"/CIDToGIDMap/Identity" in font:
            swapped = font.replace(b"/CIDToGIDMap/Identity", b"/CIDToGIDMap %d 0 R" % new)
            changes[number] = swapped
    order = [0, *range(2, 400), 1]
    changes[new] = stream(b"".join(gid.to_bytes(2) for gid in order))
    return append(data, changes)


@forgery("changes/page")
def what_the_characters_mean() -> bytes:
    """The page looks the same, and every search and copy finds other characters."""
    data = one_seal()
    page = body(data, page_number(data))
    fonts = [int(number) for number in re.findall(rb"/F[^/]*? ([0-9]+) 0 R", page)]
    maps = [
        int(re.findall(rb"/ToUnicode ([0-9]+) 0 R", body(data, n))[0])
        for n in fonts
        if b"/ToUnicode" in body(data, n)
    ]
    return append(data, {number: body(data, maps[0]) for number in maps[1:]})


@forgery("changes/fields", shows=True)
def what_the_seal_shows() -> bytes:
    data = one_seal()
    number = int(re.findall(rb"/AP<</N ([0-9]+) 0 R>>", data)[0])
    forged = patch_form(size_of(data), b"0 0 119 119")
    drawn = forged.pop(size_of(data)).replace(b"0 0 260 40 re", b"0 0 119 119 re")
    return append(data, {number: drawn, **forged})


@forgery("changes/fields", shows=True)
def where_the_seal_stands() -> bytes:
    """The seal's own appearance, stretched over the name."""
    data = one_seal()
    number = number_of(data, b"/T(AgencySeal)")
    moved = re.sub(rb"/Rect\[[^\]]*\]", b"/Rect[540 380 800 420]", body(data, number))
    return append(data, {number: moved})


@forgery("changes/metadata")
def the_title() -> bytes:
    """What the reader's window says, and every list of files."""
    data = one_seal()
    number = number_of(data, b"<</Title")
    return append(data, {number: re.sub(rb"/Title <[^>]*>", b"/Title(FORGED)", body(data, number))})


@forgery("changes/metadata")
def the_metadata() -> bytes:
    data = one_seal()
    return _replaced(
        number_of(data, b"/Type/Metadata"), stream(b"<x/>", b"/Type/Metadata/Subtype/XML")
    )


@forgery("changes/page", shows=True)
def the_static_layer() -> bytes:
    data = one_seal()
    number = int(re.findall(rb"/Contents\[([0-9]+) 0 R", body(data, page_number(data)))[0])
    return _replaced(number, stream(PATCH.replace(b"/Forged", b"/None")))


@forgery("changes/page", shows=True)
def the_size_of_the_page() -> bytes:
    """What would betray the forgery is cut away."""
    data = one_seal()
    page = body(data, page_number(data)).replace(b"/Parent", b"/CropBox[0 0 500 400]/Parent")
    return append(data, {page_number(data): page})


@forgery("changes/page", shows=True)
def the_page_upside_down() -> bytes:
    data = one_seal()
    page = body(data, page_number(data)).replace(b"/Parent", b"/Rotate 180/Parent")
    return append(data, {page_number(data): page})


@forgery("changes/page", shows=True)
def an_inherited_entry() -> bytes:
    """Not in the page, but in the tree above it, from which it inherits."""
    data = one_seal()
    return append(data, {2: body(data, 2).replace(b"/Count", b"/Rotate 90/Count")})


@forgery("changes/catalog")
def the_output_intent() -> bytes:
    """Colours that a press would print otherwise."""
    data = one_seal()
    number = number_of(data, b"/GTS_PDFA1")
    return append(data, {number: body(data, number).replace(b"/GTS_PDFA1", b"/GTS_PDFX")})
