"""The composer's pages, and how one thing of them is changed."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import qrcode
from PIL import Image

from certgen.compose import Composer
from certgen.exchange import page_listing
from certgen.model.page import Page, Primitive, Qr, TextRun
from tests.render.builders import CODE, a_record, an_agency, fonts

# The samples are scripts: they import each other from their own folder.
sys.path.insert(0, str(Path(__file__).parents[2] / "samples"))

import portraits
import seals


class Way(StrEnum):
    """How a planted text stands in a design. Formats know some of them each: see `WAYS` there."""

    VISIBLE = "visible"
    SCALED = "scaled"  # `Tf 1` under a matrix
    SPACED = "spaced"  # letter by letter, wide apart
    TWO_BOXES = "two-boxes"  # each character in an object of its own
    TWO_LINES = "two-lines"  # broken in the middle of the word
    VERTICAL = "vertical"  # stacked
    ROTATED = "rotated"
    ROUND = "round"  # along a circle
    FAKE_BOLD = "fake-bold"  # struck twice
    FORM_XOBJECT = "form-xobject"
    ON_DARK = "on-dark"  # white on a dark bar: visible
    STAMPED = "stamped"  # the appearance of a comment: visible
    WHITE = "white"
    INVISIBLE_MODE = "invisible-mode"
    TRANSPARENT = "transparent"
    COVERED = "covered"
    UNDER_PICTURE = "under-picture"
    UNDER_TYPE = "under-type"  # white, beneath visible type
    CLIPPED = "clipped"
    OFF_PAGE = "off-page"
    TINY = "tiny"
    LAYER_OFF = "layer-off"
    MARKED_HIDDEN = "marked-hidden"
    DELETED = "deleted"
    OUTLINED = "outlined"
    IN_PICTURE = "in-picture"
    TITLE = "title"
    XMP = "xmp"
    PROPERTY = "property"
    BOOKMARK = "bookmark"
    ATTACHMENT = "attachment"
    ANNOTATION = "annotation"
    FORM_FIELD = "form-field"
    LAYER_NAME = "layer-name"
    ALT_TEXT = "alt-text"
    COMMENT = "comment"
    HEADER = "header"
    FOOTNOTE = "footnote"
    TEXT_BOX = "text-box"
    NOTES = "notes"
    DEFS = "defs"  # defined and never used


@dataclass(frozen=True)
class Plant:
    """A text put into a design. Millimetres; `y` is its first baseline."""

    text: str
    way: Way = Way.VISIBLE
    x: float = 90.0
    y: float = 165.0
    size_pt: float = 14.0
    role: str = "hei"
    colour: tuple[int, int, int] = (0, 0, 0)


@cache
def _composer(branch: str | None, name: str | None, qr: str | None) -> Composer:
    changes: dict[str, Any] = {}
    if name:
        changes["name"] = name
    if qr:
        changes["qr_host"] = qr
    return Composer(an_agency(Path("seals"), **changes), branch, fonts())


def a_page(
    branch: str | None = None,
    *,
    agency_name: str | None = None,
    qr_host: str | None = None,
    **record: Any,
) -> Page:
    """Our own page as the composer lays it: sample 一, or 二 for a branch ('zezhou')."""
    return _composer(branch, agency_name, qr_host).page(a_record(**record), CODE)


def changed(page: Page, change: Callable[[Primitive], Primitive | None]) -> Page:
    """The page with every primitive changed; None drops it."""
    items = tuple(new for item in page.items if (new := change(item)) is not None)
    return replace(page, items=items)


def with_text(page: Page, slot: str, text: str, **others: Any) -> Page:
    """The page with another text in a slot, set where the first run of the slot stood."""
    done = False

    def change(item: Primitive) -> Primitive | None:
        nonlocal done
        if not isinstance(item, TextRun) or item.slot != slot:
            return item
        if done:
            return None
        done = True
        role = others.get("role", item.role)
        face = fonts().runs(role, text)[0][0]
        size = others.get("size_pt", item.size_pt)
        width = fonts().width_mm(face, text, size)
        return replace(item, **{"text": text, "face": face.id, "width": width, **others})

    return changed(page, change)


def without(page: Page, slot: str) -> Page:
    """The page without a slot."""
    return changed(page, lambda item: None if item.slot == slot else item)


def apart(page: Page) -> Page:
    """The page with every character in a run of its own, as browsers write it."""
    items: list[Primitive] = []
    for item in page.items:
        if not isinstance(item, TextRun):
            items.append(item)
            continue
        face, x = fonts().face(item.face), item.x
        for char in item.text:
            width = fonts().width_mm(face, char, item.size_pt)
            items.append(replace(item, text=char, x=x, width=width))
            x += width
    return replace(page, items=tuple(items))


def listed(page: Page) -> str:
    """The page as our own listing."""
    return page_listing.dumps(page)


@cache
def seal_png(name: str = "云河样例机械制造有限公司") -> bytes:
    """A seal with this name along its ring."""
    return seals.png(name, fonts().chains["hei"][0].path)


@cache
def photo_jpeg() -> bytes:
    """A drawn portrait."""
    return portraits.jpeg(portraits.portrait(7, female=True))


@cache
def qr_png(text: str) -> bytes:
    """A QR code with its quiet zone."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4)
    code.add_data(text)
    rows = code.get_matrix()
    picture = Image.new("1", (len(rows), len(rows)), 1)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            picture.putpixel((x, y), 0 if dark else 1)
    made = BytesIO()
    picture.resize((len(rows) * 8,) * 2).save(made, "PNG")
    return made.getvalue()


def pictures_of(page: Page) -> list[tuple[str, bytes, float, float, float, float]]:
    """Every picture of a page: slot, data, x, y, width, height."""
    found = []
    for item in page.items:
        slot = item.slot
        if slot.startswith("seal"):
            found.append((slot, seal_png(), item.x, item.y, item.size, item.size))  # type: ignore[union-attr]
        elif slot == "photo":
            found.append((slot, photo_jpeg(), item.x, item.y, item.width, item.height))  # type: ignore[union-attr]
        elif isinstance(item, Qr):
            found.append((slot, qr_png(item.text), item.x, item.y, item.size, item.size))
    return found
