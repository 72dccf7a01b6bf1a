"""The print edition (纸质证书): one multi-page PDF a batch, CMYK, text in 100 K, A4 trim, bleed and crop marks.

Pages go to the disk one after another and share the objects of their plan, so that memory does not grow with the batch.
The colours of photos are not proofed for any press.
"""

import hashlib
from datetime import datetime
from typing import BinaryIO

from certgen.compose import Composer
from certgen.model.page import Mm
from certgen.model.record import Record
from certgen.render import content, pictures
from certgen.render.base import CommonFonts, Shared, put_other_sides, put_paper_base
from certgen.render.layer import PHOTO, Layers, RecordFonts, uses_fallback
from certgen.render.marks import BLEED_MM, MARGIN_MM
from certgen.render.pdf import Objects, ending, points, put_page_tree, stream
from certgen.render.plan import Plan
from certgen.render.press import Press
from certgen.render.stamp import Portrait
from certgen.stock.layers import LayerOf

CODE_KEY = "CERTGEN_Code"
"""Of the page that shows the front of a certificate; its other sides follow without it (see `impose`)."""


class PrintFile:
    """A print PDF being written. Pages may come from several plans (sample 一 and 二 in one batch)."""

    def __init__(
        self, file: BinaryIO, title: str, made: datetime, press: Press | None = None
    ) -> None:
        self._file = file
        self._press = press or Press()
        self._title, self._made = title, made
        self._objects = Objects(1, len(self._press.header))
        self._catalog, self._pages = self._objects.reserve(), self._objects.reserve()
        self._kids: list[int] = []
        self._shared: dict[str, tuple[Shared, tuple[int, ...], CommonFonts, Layers]] = {}
        self._digest = hashlib.sha256()
        self._write(self._press.header)

    def add(
        self,
        plan: Plan,
        composer: Composer,
        record: Record,
        code: str,
        portrait: Portrait | None,
        *,
        qr: str = "",
    ) -> bool:
        """Append the page of one certificate, and its other sides; whether it needed a fallback face.

        Without a portrait its place stays white for one that is pasted (人社鉴发〔2021〕1号 三(一)).
        """
        shared, others, common, layers = self._of(plan, composer)
        layout, objects = composer.layout, self._objects
        fonts = RecordFonts(common)
        values = composer.values(record, code, qr)
        layer = objects.add(stream(b"", layers.draw(values, fonts, photo=portrait is not None)))
        photo = objects.add(pictures.print_photo(portrait.jpeg)) if portrait else None
        rare = fonts.put(objects, plan.faces)
        picture = f"/{PHOTO} {photo} 0 R" if photo else ""
        resources = f"/Font<<{shared.fonts}{rare}>>/XObject<<{shared.pictures}{picture}>>"
        laid = f"{shared.statics} 0 R {layer} 0 R"
        self._page(layout.width, layout.height, laid, resources, f"/{CODE_KEY}({code})")
        for side, number in zip(composer.others, others, strict=True):
            self._page(side.width, side.height, f"{number} 0 R", f"/Font<<{shared.fonts}>>")
        self._write(objects.drain())
        return uses_fallback(values, frozenset(chain[0] for chain in plan.chains.values()))

    def add_blank(self, plan: Plan, layer: LayerOf) -> None:
        """Append the sides of a blank sheet (空白证书纸), for the shop that prints the stock."""
        objects, composer = self._objects, layer.composer
        shared = put_paper_base(
            objects, composer, plan.faces, plan.common, self._press, layer.statics
        )
        others = put_other_sides(objects, layer.others, plan.common)
        layout, fonts = composer.layout, f"/Font<<{shared.fonts}>>"
        front = f"{fonts}/XObject<<{shared.pictures}>>"
        self._page(layout.width, layout.height, f"{shared.statics} 0 R", front)
        for side, number in zip(layer.others, others, strict=True):
            self._page(side.width, side.height, f"{number} 0 R", fonts)
        self._write(objects.drain())

    def finish(self) -> str:
        """Write the page tree, catalogue, table and trailer; the SHA-256 of the whole file."""
        objects = self._objects
        put_page_tree(objects, self._pages, self._kids)
        identity = self._digest.hexdigest()[:32]
        entries = self._press.put_catalog_entries(objects, self._title, self._made, identity)
        catalog = f"<</Type/Catalog/Lang(zh-CN)/Pages {self._pages} 0 R{entries}>>"
        objects.put(self._catalog, catalog.encode())
        info = objects.add(self._press.information(self._title, self._made))
        self._write(objects.drain())
        self._write(ending(objects, self._press.header, self._catalog, info, identity))
        return self._digest.hexdigest()

    def _page(self, width: Mm, height: Mm, contents: str, resources: str, more: str = "") -> None:
        boxes = (
            f"/MediaBox{_box(width, height, 0)}"
            f"/BleedBox{_box(width, height, MARGIN_MM - BLEED_MM)}"
            f"/TrimBox{_box(width, height, MARGIN_MM)}"
        )
        page = (
            f"<</Type/Page/Parent {self._pages} 0 R{boxes}{self._press.group}{more}/Contents[{contents}]"
            f"/Resources<<{self._press.graphics_states}{resources}>>>>"
        )
        self._kids.append(self._objects.add(page.encode()))

    def _of(
        self, plan: Plan, composer: Composer
    ) -> tuple[Shared, tuple[int, ...], CommonFonts, Layers]:
        """The objects that the pages of one plan share, written when the first of them comes."""
        if plan.form not in self._shared:
            common = CommonFonts(plan.common)
            shared = put_paper_base(self._objects, composer, plan.faces, plan.common, self._press)
            others = put_other_sides(self._objects, composer.others, plan.common)
            sheet = content.Sheet(composer.layout.height, MARGIN_MM)
            layers = Layers(common, sheet, content.PRINT_BLACK)
            self._shared[plan.form] = (shared, others, common, layers)
        return self._shared[plan.form]

    def _write(self, data: bytes) -> None:
        self._digest.update(data)
        self._file.write(data)


def _box(width: Mm, height: Mm, inset: Mm) -> str:
    """A page box `inset` from the edge of the paper. All three are rounded alike, so that they nest."""
    right, top = width + 2 * MARGIN_MM - inset, height + 2 * MARGIN_MM - inset
    return f"[{points(inset)} {points(inset)} {points(right)} {points(top)}]"
