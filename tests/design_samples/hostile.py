"""Files made to hang, crash or fill the memory of whoever reads them. Each is named for its trick."""

import zlib
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from PIL import Image


def _pdf(objects: dict[int, bytes], *, root: int = 1) -> bytes:
    """A PDF of these objects with a sound cross-reference table."""
    made = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(made)
        made += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start, size = len(made), max(objects) + 1
    made += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        made += b"%010d 00000 %c \n" % (places.get(number, 0), b"n" if number in places else b"f")
    made += b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, root, start)
    return bytes(made)


def _stream(data: bytes, entries: bytes = b"", *, packed: bool = True) -> bytes:
    if packed:
        data = zlib.compress(data, 9)
        entries += b"/Filter/FlateDecode"
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (entries, len(data), data)


def _one_page(content: bytes, resources: bytes = b"<<>>", **more: bytes) -> dict[int, bytes]:
    del more
    return {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 842 595]/Contents 4 0 R/Resources %b>>"
        % resources,
        4: _stream(content),
    }


def flate_bomb() -> bytes:
    """A content stream of 120 MB in 120 kB."""
    return _pdf(_one_page(b"0 0 m " * 20_000_000))


def forms_in_forms() -> bytes:
    """Forms that draw forms, ten each, nine deep: a thousand million drawings."""
    objects = _one_page(b"/F0 Do", b"<</XObject<</F0 10 0 R>>>>")
    for level in range(9):
        entries = (
            b"/Type/XObject/Subtype/Form/BBox[0 0 842 595]/Resources<</XObject<</F %d 0 R>>>>"
            % (11 + level)
        )
        objects[10 + level] = _stream(b"/F Do " * 10, entries)
    objects[19] = _stream(b"0 0 9 9 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 842 595]")
    return _pdf(objects)


def form_draws_itself() -> bytes:
    """A form that draws itself."""
    objects = _one_page(b"/F Do", b"<</XObject<</F 5 0 R>>>>")
    entries = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>"
    objects[5] = _stream(b"/F Do", entries)
    return _pdf(objects)


def page_tree_loop() -> bytes:
    """A page tree that is its own child."""
    return _pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[2 0 R]/Count 9>>"})


def huge_page() -> bytes:
    """A page of 14 km."""
    objects = _one_page(b"")
    objects[3] = objects[3].replace(b"842 595", b"40000000 40000000")
    return _pdf(objects)


def huge_image() -> bytes:
    """A picture that declares 60,000 × 60,000 pixels."""
    objects = _one_page(b"100 0 0 100 0 0 cm /I Do", b"<</XObject<</I 5 0 R>>>>")
    entries = b"/Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 8/ColorSpace/DeviceGray"
    objects[5] = _stream(bytes(1_000_000), entries)
    return _pdf(objects)


def many_objects() -> bytes:
    """A hundred and twenty thousand rectangles."""
    return _pdf(
        _one_page(b"".join(b"%d %d 1 1 re f " % (i % 800, i // 800) for i in range(120_000)))
    )


def many_pages() -> bytes:
    """Ten thousand pages."""
    objects = _one_page(b"")
    objects[2] = b"<</Type/Pages/Kids[%b]/Count 10000>>" % (b"3 0 R " * 10_000)
    return _pdf(objects)


def deep_nesting() -> bytes:
    """An array of a hundred thousand arrays, one in the other."""
    objects = _one_page(b"")
    objects[5] = b"[" * 100_000 + b"]" * 100_000
    return _pdf(objects)


def broken_xref() -> bytes:
    """Cross-references that point nowhere, and no trailer."""
    return b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\nxref\n0 2\n9999999999 00000 n \nstartxref\n5\n"


def cut_off() -> bytes:
    """The first half of a PDF."""
    return flate_free()[:300]


def flate_free() -> bytes:
    """A plain page, for what is done to it."""
    return _pdf(_one_page(b"0 0 9 9 re f"))


def noise() -> bytes:
    """Called a PDF, and noise."""
    return b"%PDF-1.4\n" + bytes((i * 7919 >> 3) & 255 for i in range(20_000))


def svg_laughs() -> bytes:
    """The billion laughs."""
    entities = b'<!ENTITY a0 "ha">' + b"".join(
        b'<!ENTITY a%d "%b">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)
    )
    return (
        b"<?xml version='1.0'?><!DOCTYPE svg ["
        + entities
        + (b"]><svg xmlns='http://www.w3.org/2000/svg'><text>&a9;</text></svg>")
    )


def svg_foreign_file() -> bytes:
    """An entity that reads a file of the machine."""
    return (
        b"<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>"
        b"<svg xmlns='http://www.w3.org/2000/svg'><text>&x;</text></svg>"
    )


def svg_use_bomb() -> bytes:
    """Groups that use each other ten times, ten deep."""
    groups = b"".join(
        b"<g id='g%d'>%b</g>" % (n, b"<use href='#g%d'/>" % (n - 1) * 10) for n in range(1, 11)
    )
    return (
        b"<svg xmlns='http://www.w3.org/2000/svg' width='9mm' height='9mm'><defs>"
        b"<text id='g0'>x</text>" + groups + b"</defs><use href='#g10'/></svg>"
    )


def svg_use_loop() -> bytes:
    """A group that uses itself."""
    return (
        b"<svg xmlns='http://www.w3.org/2000/svg' width='9mm' height='9mm'>"
        b"<g id='a'><use href='#a'/></g></svg>"
    )


def svg_deep() -> bytes:
    """A hundred thousand groups, one in the other."""
    return (
        b"<svg xmlns='http://www.w3.org/2000/svg'>"
        + b"<g>" * 100_000
        + b"</g>" * 100_000
        + b"</svg>"
    )


def zip_bomb() -> bytes:
    """A part of 40 MB in 40 kB."""
    made = BytesIO()
    with (
        ZipFile(made, "w", ZIP_DEFLATED) as package,
        package.open("word/document.xml", "w") as part,
    ):
        part.write(bytes(40_000_000))
    return made.getvalue()


def docx_laughs() -> bytes:
    """Entities in a DOCX."""
    made = BytesIO()
    with ZipFile(made, "w") as package:
        package.writestr("word/document.xml", svg_laughs())
    return made.getvalue()


def docx_deep() -> bytes:
    """Runs nested a hundred thousand deep."""
    made = BytesIO()
    body = "<w:p>" * 100_000 + "</w:p>" * 100_000
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with ZipFile(made, "w", ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", f"<w:document xmlns:w='{space}'>{body}</w:document>")
    return made.getvalue()


def docx_torn() -> bytes:
    """A DOCX whose second half is lost."""
    return docx_deep()[:200]


def png_bomb() -> bytes:
    """A picture of 12,000 × 12,000 white pixels in a few kilobytes."""
    made = BytesIO()
    Image.new("1", (12_000, 12_000), 1).save(made, "PNG")
    return made.getvalue()


def png_torn() -> bytes:
    """Half a picture."""
    made = BytesIO()
    Image.effect_noise((400, 300), 50).save(made, "PNG")
    return made.getvalue()[: len(made.getvalue()) // 2]


def empty() -> bytes:
    """Nothing."""
    return b""


def listing_deep() -> bytes:
    """JSON nested a hundred thousand deep."""
    return b'{"certgen_page":' + b"[" * 100_000


REFUSED: dict[str, Callable[[], bytes]] = {
    "page_tree_loop.pdf": page_tree_loop,
    "huge_page.pdf": huge_page,
    "huge_image.pdf": huge_image,
    "many_objects.pdf": many_objects,
    "many_pages.pdf": many_pages,
    "broken_xref.pdf": broken_xref,
    "noise.pdf": noise,
    "svg_laughs.svg": svg_laughs,
    "svg_foreign_file.svg": svg_foreign_file,
    "svg_use_bomb.svg": svg_use_bomb,
    "svg_deep.svg": svg_deep,
    "zip_bomb.docx": zip_bomb,
    "docx_laughs.docx": docx_laughs,
    "docx_deep.docx": docx_deep,
    "docx_torn.docx": docx_torn,
    "png_bomb.png": png_bomb,
    "png_torn.png": png_torn,
    "empty.pdf": empty,
    "listing_deep.json": listing_deep,
}
"""Must end with an `InputError`."""

ENDURED: dict[str, Callable[[], bytes]] = {
    "flate_bomb.pdf": flate_bomb,
    "forms_in_forms.pdf": forms_in_forms,
    "form_draws_itself.pdf": form_draws_itself,
    "deep_nesting.pdf": deep_nesting,
    "cut_off.pdf": cut_off,
    "svg_use_loop.svg": svg_use_loop,
}
"""May be read or refused, in bounded time."""
