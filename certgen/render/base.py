"""What all files of one edition begin with: shared objects, serialised and compressed once a batch.

The electronic edition (电子证书) is sRGB and PDF/A-2b; the print edition is CMYK with bleed and crop
marks. They show the same page; they differ in ink, in the paper around it and in how a seal gets onto it.
"""

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from certgen.compose import Composer
from certgen.exchange.agency import AGENCY_SEAL
from certgen.model.page import Mark, Page, Primitive, Qr, Rule, Seal, Shape, TextRun
from certgen.render import content, metadata, pictures
from certgen.render.faces import KeptFace
from certgen.render.marks import MARGIN_MM, crop_marks
from certgen.render.pdf import HEADER, Objects, points, stream
from certgen.render.press import OVERPRINT, Press
from certgen.render.qr import encode
from certgen.render.signature import (
    AGENCY_FIELD,
    BRANCH_FIELD,
    SealField,
    Signing,
    appearance,
    empty_appearance,
)

Common = Mapping[str, tuple[str, ...]]
"""Face id → the characters of the batch's own subset; glyph i+1 is the i-th."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What the pages of one plan share, as a page refers to it."""

    fonts: str  # the inside of /Font<<…>>: the common subsets
    statics: int  # number of the static content stream
    pictures: str  # the inside of /XObject<<…>>: seals that are page content


@dataclass(frozen=True, slots=True)
class Base:
    """The beginning of an electronic certificate. Objects of a record are numbered from `next_number`."""

    prefix: bytes
    entries: bytes  # lines of the cross-reference table for the objects in `prefix`
    next_number: int
    shared: Shared
    fields: tuple[SealField, ...]  # of signatures, the agency's first; none where nobody signs
    catalog: bytes  # the body of the catalogue: a later revision repeats it with additions


def font_name(face_ids: Mapping[str, object], face_id: str) -> str:
    """The resource name of a common subset: F0, F1 … in the order of the plan."""
    return f"F{list(face_ids).index(face_id)}"


class CommonFonts:
    """Shows text in the common subsets; `KeyError` for a glyph that is not common."""

    def __init__(self, common: Common) -> None:
        self.hex = {
            face: {char: f"{cid:04X}" for cid, char in enumerate(chars, start=1)}
            for face, chars in common.items()
        }
        self.names = {face: font_name(common, face) for face in common}

    def shows(self, face_id: str, text: str) -> list[tuple[str, str]]:
        """All of `text` in one piece."""
        table = self.hex[face_id]
        return [(self.names[face_id], "".join([table[char] for char in text]))]


def electronic_base(
    composer: Composer,
    faces: Mapping[str, KeptFace],
    common: Common,
    *,
    signing: Signing,
) -> Base:
    """Fonts, output intent, seals, static page, catalogue.

    The numbers of a record's first objects are fixed here: page, metadata, information, and with a
    signature the agency's field, its value and the other fields (see `stamp`). All fields exist before the first
    signature: one that is made after a certification is a change that it forbids.
    """
    objects = Objects(1, len(HEADER))
    catalog, pages = objects.reserve(), objects.reserve()
    fonts = _put_fonts(objects, faces, common)
    intent = metadata.put_output_intent(objects)
    seals = _Seals(objects, composer, _drawn_here(composer, signing))
    signed = tuple(seal for seal in _seals_of(composer) if _is_signature(seal, signing))
    fields = tuple(_field(objects, seal, seals, composer.layout.height) for seal in signed)
    drawn = tuple(seal for seal in seals.items if seal not in signed)
    sheet = content.Sheet(composer.layout.height)
    statics = objects.add(
        _static_layer(
            composer.statics,
            sheet,
            content.SCREEN_BLACK,
            CommonFonts(common),
            [content.picture(seal, sheet, seal_name(seal)) for seal in drawn],
        )
    )
    relief = _put_embossed(objects, composer)
    page, xmp = objects.next_number, objects.next_number + 1
    objects.put(pages, b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % page)
    signature = b""
    if fields:
        first, value = page + 3, page + 4
        numbers = (first, *range(value + 1, value + len(fields)))
        listed = " ".join(f"{number} 0 R" for number in numbers).encode()
        signature = b"/AcroForm<</SigFlags 3/Fields[%b]>>/Perms<</DocMDP %d 0 R>>" % (listed, value)
    body = (
        b"<</Type/Catalog/Version/1.7/Lang(zh-CN)/ViewerPreferences<</DisplayDocTitle true>>"
        b"/Pages %d 0 R/Metadata %d 0 R/OutputIntents[%d 0 R]%b>>" % (pages, xmp, intent, signature)
    )
    objects.put(catalog, body)
    return Base(
        prefix=HEADER + b"".join(objects.parts),
        entries=objects.entries(),
        next_number=objects.next_number,
        shared=Shared(fonts, statics, seals.resources(drawn) + relief),
        fields=fields,
        catalog=body,
    )


def _put_embossed(objects: Objects, composer: Composer) -> str:
    """The resource of the embossed seal, '' without one."""
    seal = composer.embossed
    if seal is None:
        return ""
    number = pictures.put_embossed(objects, composer.agency.seals[seal.owner].path, seal.size)
    return f"/{seal_name(seal)} {number} 0 R"


def _seals_of(composer: Composer) -> tuple[Seal, ...]:
    return tuple(item for item in composer.statics if isinstance(item, Seal))


def _is_signature(seal: Seal, signing: Signing) -> bool:
    """Whether a seal stands on the page as a signature; else it is part of the page."""
    if seal.owner == AGENCY_SEAL:
        return signing is not Signing.NOBODY
    return signing.by_branch


def _drawn_here(composer: Composer, signing: Signing) -> tuple[Seal, ...]:
    """A branch that signs elsewhere brings its seal itself: its picture is not given away before."""
    later = signing is Signing.BRANCH_LATER
    return tuple(seal for seal in _seals_of(composer) if seal.owner == AGENCY_SEAL or not later)


def _field(objects: Objects, seal: Seal, seals: "_Seals", height: float) -> SealField:
    box = seal_box(seal, height)
    image = seals.numbers.get(seal.slot)
    drawn = objects.add(appearance(seal.size, image)) if image else 0
    if seal.owner == AGENCY_SEAL:
        return SealField(AGENCY_FIELD, box, drawn)
    return SealField(BRANCH_FIELD, box, drawn, objects.add(empty_appearance(seal.size)))


def put_paper_base(
    objects: Objects,
    composer: Composer,
    faces: Mapping[str, KeptFace],
    common: Common,
    press: Press,
    blank: tuple[Primitive, ...] | None = None,
) -> Shared:
    """Fonts, crop marks and static page of the print edition, written among `objects`.

    Seals only where the agency file asks for them: paper is stamped by hand. `blank`: what a blank sheet (套打) is
    to have instead, its seals included.
    """
    fonts = _put_fonts(objects, faces, common)
    statics = composer.statics if blank is None else blank
    prints_seals = composer.agency.print_seals or blank is not None
    wanted = tuple(item for item in statics if isinstance(item, Seal)) if prints_seals else ()
    layout = composer.layout
    sheet = content.Sheet(layout.height, MARGIN_MM)
    drawn: list[str] = []
    named = ""
    for seal in wanted:
        path, name = composer.agency.seals[seal.owner].path, seal_name(seal)
        if press.is_flat:
            number, inks = pictures.put_stencil(objects, path, seal.size)
            drawn.append(content.stencil(seal, sheet, name, OVERPRINT, inks))
        else:
            number = pictures.SealImage(path, seal.size, cmyk=True).put(objects)
            drawn.append(content.picture(seal, sheet, name, state=OVERPRINT))
        named += f"/{name} {number} 0 R"
    marks = crop_marks(layout.width, layout.height)
    layer = _static_layer(statics, sheet, content.PRINT_BLACK, CommonFonts(common), drawn, marks)
    return Shared(fonts, objects.add(layer), named)


def _put_fonts(objects: Objects, faces: Mapping[str, KeptFace], common: Common) -> str:
    return "".join(
        f"/{font_name(common, face)} {faces[face].put(objects, chars, pack=True)} 0 R"
        for face, chars in common.items()
    )


class _Seals:
    """The seals of a form as image objects."""

    def __init__(self, objects: Objects, composer: Composer, items: tuple[Seal, ...]) -> None:
        self.items = items
        self.numbers = {
            seal.slot: pictures.SealImage(
                composer.agency.seals[seal.owner].path, seal.size, cmyk=False
            ).put(objects)
            for seal in self.items
        }

    def resources(self, drawn: tuple[Seal, ...]) -> str:
        return "".join(f"/{seal_name(seal)} {self.numbers[seal.slot]} 0 R" for seal in drawn)


def seal_name(seal: Seal) -> str:
    """The resource name of a seal: 'seal.branch' → 'SealBranch'."""
    return "".join(part.capitalize() for part in seal.slot.split("."))


def seal_box(seal: Seal, height: float) -> str:
    """The square of a seal as a PDF rectangle."""
    corners = (seal.x, height - seal.y - seal.size, seal.x + seal.size, height - seal.y)
    return " ".join(points(corner) for corner in corners)


def put_other_sides(objects: Objects, sides: Iterable[Page], common: Common) -> tuple[int, ...]:
    """The static content streams of the sides behind the front, for the print edition."""
    fonts = CommonFonts(common)
    numbers: list[int] = []
    for side in sides:
        sheet = content.Sheet(side.height, MARGIN_MM)
        marks = crop_marks(side.width, side.height)
        layer = _static_layer(side.items, sheet, content.PRINT_BLACK, fonts, (), marks)
        numbers.append(objects.add(layer))
    return tuple(numbers)


def _static_layer(
    statics: tuple[Primitive, ...],
    sheet: content.Sheet,
    ink: content.Ink,
    fonts: content.FontTable,
    seals: Iterable[str],
    marks: str = "",
) -> bytes:
    """The content stream of everything that does not change, in reading order; seals come over the text."""
    lines = ["q", ink.fill, ink.stroke]
    for item in statics:
        if isinstance(item, Mark):
            lines.append(content.mark(item, sheet, ink, fonts))
        elif isinstance(item, TextRun):
            lines.append(content.text(item, sheet, fonts))
        elif isinstance(item, Shape):
            lines.append(content.shape(item, sheet, ink))
        elif isinstance(item, Rule):
            lines.append(content.rule(item, sheet))
        elif isinstance(item, Qr):
            lines.append(content.qr(item, sheet, encode(item.text)))
    lines += [*seals, marks, "Q"]
    return stream(b"/Filter/FlateDecode", zlib.compress("\n".join(lines).encode(), 9))
