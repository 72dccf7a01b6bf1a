"""Sheets for an office printer (套打): exactly the sheet's size, no bleed, no marks, grey and sRGB.

    file = SheetsFile(handle, title, made, stock=stock, layer=Layer.DATA, misplacement=measured)
    file.add(plan, composer, record, code, portrait, qr=…, serial="00012001")

Everything is drawn under the matrix that undoes what the printer misses by. Fonts are written last, with the glyphs
that were printed and no others. With a `serial` the front gets a small check mark (核对号).
"""

import hashlib
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from certgen.compose import Composer
from certgen.errors import InputError
from certgen.model.misplacement import Misplacement, Size
from certgen.model.page import Photo, Primitive, Seal, TextRun
from certgen.model.record import Record
from certgen.render import content, metadata, pictures
from certgen.render.base import seal_name
from certgen.render.faces import KeptFace
from certgen.render.glyphs import Glyphs
from certgen.render.layer import PHOTO, uses_fallback
from certgen.render.paper import CODE_KEY
from certgen.render.pdf import Objects, ending, points, put_page_tree, stream, text_string
from certgen.render.plan import Plan
from certgen.render.sheet_drawing import Drawing
from certgen.render.stamp import Portrait
from certgen.stock import scanning
from certgen.stock.definition import Layer, Stock
from certgen.stock.draft import foot
from certgen.stock.layers import LayerOf

SERIAL_KEY = "CERTGEN_Sheet"
"""Of a page: the number of the sheet it is for."""

HEADER = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
GROUND = "Ground"
GROUND_DPI = 150


@dataclass(frozen=True, slots=True)
class _Form:
    """One plan on this stock."""

    layer: LayerOf
    drawing: Drawing  # of the front
    statics: int  # number of the content stream of the front
    others: tuple[tuple[Size, int], ...]  # each side behind it that has something in this layer
    pictures: str  # the seals, inside /XObject<<…>>
    preferred: frozenset[str]
    faces: Mapping[str, KeptFace]


class SheetsFile:
    """Sheets being written one after another. Pages may come from several plans."""

    def __init__(
        self,
        file: BinaryIO,
        title: str,
        made: datetime,
        *,
        stock: Stock | None,
        layer: Layer,
        misplacement: Misplacement = Misplacement(),  # noqa: B008  (frozen)
    ) -> None:
        """The proof shows where things are to come out, so that it is drawn without the misplacement."""
        self._file, self._title, self._made = file, title, made
        self._stock, self._kind = stock, layer
        self._missed = Misplacement() if layer is Layer.PROOF else misplacement
        self._digest = hashlib.sha256()
        self._objects = Objects(1, len(HEADER))
        self._catalog, self._pages = self._objects.reserve(), self._objects.reserve()
        self._fonts = self._objects.reserve()
        self._kids: list[int] = []
        self._forms: dict[str, _Form] = {}
        self._grounds = ""  # the scan, inside /XObject<<…>>
        self._under: tuple[int, ...] = ()  # the content stream that draws it
        if layer is Layer.PROOF:
            self._put_ground()
        self._write(HEADER)

    @property
    def pages(self) -> int:
        """How many there are so far; what is added next begins with this number, from 0."""
        return len(self._kids)

    def add(
        self,
        plan: Plan,
        composer: Composer,
        record: Record,
        code: str,
        portrait: Portrait | None,
        *,
        qr: str = "",
        serial: str = "",
    ) -> bool:
        """Append the sheet of one certificate; whether it needed a fallback face.

        `serial` is the number of the sheet (印制流水码) that is to lie in the printer. Raises `SlotOverflowError`,
        `MissingGlyphError` or `InputError` before anything of the sheet is written: the file stays good.
        """
        form = self._of(plan, composer)
        values = form.layer.values(record, code, qr)
        _refuse_other_number(values, record, serial)
        mark = self._check_mark(serial, form) if serial and self._kind is not Layer.STATIC else ""
        shows_photo = any(isinstance(item, Photo) for item in values)
        photo = portrait if shows_photo else None
        drawn = form.drawing.items(values, photo=photo is not None)
        objects = self._objects
        layer = self._content([*drawn, mark], form.drawing)
        pictured = form.pictures
        if photo:
            image = objects.add(pictures.photo(photo.jpeg, photo.width, photo.height))
            pictured += f"/{PHOTO} {image} 0 R"
        known = f"/{CODE_KEY}({code})"
        if serial:
            known += f"/{SERIAL_KEY}{text_string(serial).decode()}"
        front = (*self._under, form.statics, layer)
        self._page(form.drawing.size, front, pictured, known)
        for side, number in form.others:
            self._page(side, (number,), "", "")
        self._write(objects.drain())
        return uses_fallback(values, form.preferred)

    def finish(self) -> str:
        """Write fonts, page tree, table and trailer; the SHA-256 of the whole file."""
        objects = self._objects
        fonts = "".join(
            form.drawing.fonts.put(objects, form.faces) for form in self._forms.values()
        )
        objects.put(self._fonts, f"<<{fonts}>>".encode())
        put_page_tree(objects, self._pages, self._kids)
        # A driver that fits the page to its margins would undo every calibration.
        objects.put(
            self._catalog,
            b"<</Type/Catalog/Version/1.6/Lang(zh-CN)/ViewerPreferences<</PrintScaling/None>>/Pages %d 0 R>>"
            % self._pages,
        )
        info = objects.add(metadata.plain_information(self._title, self._made))
        self._write(objects.drain())
        identity = self._digest.hexdigest()[:32]
        self._write(ending(objects, HEADER, self._catalog, info, identity))
        return self._digest.hexdigest()

    def _of(self, plan: Plan, composer: Composer) -> _Form:
        """What the sheets of one plan share, written when the first of them comes."""
        if plan.form not in self._forms:
            layer = LayerOf(composer, plan.branch, plan.fontset(), self._stock, self._kind)
            fonts = Glyphs(f"P{len(self._forms)}")
            layout = layer.composer.layout
            drawing = Drawing((layout.width, layout.height), self._missed, fonts)
            sides = [
                (Drawing((one.width, one.height), self._missed, fonts), one.items)
                for one in layer.others
            ]
            self._forms[plan.form] = _Form(
                layer,
                drawing,
                self._content(drawing.items(layer.statics, photo=False), drawing),
                tuple(
                    (side.size, self._content(side.items(items, photo=False), side))
                    for side, items in sides
                    if items
                ),
                self._put_seals(layer),
                frozenset(chain[0] for chain in plan.chains.values()),
                plan.faces,
            )
        return self._forms[plan.form]

    def _content(self, drawn: list[str], drawing: Drawing) -> int:
        packed = zlib.compress(drawing.aimed(drawn), 6)
        return self._objects.add(stream(b"/Filter/FlateDecode", packed))

    def _check_mark(self, serial: str, form: _Form) -> str:
        if self._stock is None:
            return form.drawing.check_mark(serial, foot(form.drawing.size))
        return form.drawing.check_mark(serial, self._stock.check)

    def _put_seals(self, layer: LayerOf) -> str:
        named = ""
        for item in layer.statics:
            if isinstance(item, Seal):
                path = layer.composer.agency.seals[item.owner].path
                image = pictures.SealImage(path, item.size, cmyk=False).put(self._objects)
                named += f"/{seal_name(item)} {image} 0 R"
        return named

    def _put_ground(self) -> None:
        """The scan of the blank sheet, straightened, under every front of the proof."""
        if self._stock is None or self._stock.scan is None:
            raise InputError(
                zh="没有空白纸张的扫描件，不能叠印校样：请在纸张定义 [scan] 中写明",
                en="there is no scan of the blank sheet to lay the data over: name it under [scan] of the stock",
            )
        size = self._stock.width, self._stock.height
        jpeg = scanning.ground(self._stock.scan, size, GROUND_DPI)
        number = self._objects.add(pictures.photo(jpeg.data, jpeg.width, jpeg.height))
        self._grounds = f"/{GROUND} {number} 0 R"
        words = f"q {points(size[0])} 0 0 {points(size[1])} 0 0 cm /{GROUND} Do Q"
        self._under = (self._objects.add(stream(b"", words.encode())),)

    def _page(self, size: Size, contents: Iterable[int], pictured: str, known: str) -> None:
        listed = " ".join(f"{number} 0 R" for number in contents)
        page = (
            f"<</Type/Page/Parent {self._pages} 0 R/MediaBox[0 0 {points(size[0])} {points(size[1])}]{known}"
            f"/Contents[{listed}]/Resources<<{content.GRAPHICS_STATES}/Font {self._fonts} 0 R"
            f"/XObject<<{self._grounds}{pictured}>>>>>>"
        )
        self._kids.append(self._objects.add(page.encode()))

    def _write(self, data: bytes) -> None:
        self._digest.update(data)
        self._file.write(data)


def _refuse_other_number(values: Iterable[Primitive], record: Record, serial: str) -> None:
    """Where the print number is part of the data, it must be that of the sheet."""
    prints = any(isinstance(item, TextRun) and item.slot == "print_number.value" for item in values)
    if prints and serial and record.print_number != serial:
        raise InputError(
            zh=f"名册中的印制流水码 {record.print_number} 与纸张流水码 {serial} 不符：请核对纸张，"
            "或在纸张定义中把 print_number.value 改为 printed（纸上已印）",
            en=f"the roster's print number {record.print_number} is not that of the sheet, {serial}: look at the "
            "sheets, or set print_number.value to printed in the stock definition",
        )
