"""The contact sheet (照片核对单): thirty portraits a page, as they will be printed, with their names.

The clerk looks for a wrong face, a cropped head, a grey ground. What the toolkit noticed about a
portrait stands below it by the short code of the finding.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from certgen.fonts.faces import Face
from certgen.fonts.fontset import FontSet
from certgen.intake.photos import prepare
from certgen.intake.pictures import reduced
from certgen.model.page import Mm, Photo, Rule
from certgen.model.record import Record
from certgen.sheets.document import (
    HEIGHT,
    MARGIN,
    WIDTH,
    Item,
    Typesetter,
    last_four,
    page_number,
    writing,
)

ACROSS, DOWN = 5, 6
_PHOTO = (25.0, 35.0)  # mm, one inch (一寸): the true size
_PIXELS = (236, 330)  # of a portrait on the sheet: 240 dpi, a quarter of the bytes
_TOP, _BOTTOM = 24.0, 12.0  # mm of title and foot
_CELL = ((WIDTH - 2 * MARGIN) / ACROSS, (HEIGHT - _TOP - _BOTTOM) / DOWN)


def write(
    path: Path, records: Sequence[Record], fonts: FontSet[Face], title: str, *, made: datetime
) -> None:
    """Write the contact sheet of these records to `path`. `StorageError` when the disk refuses it."""
    setter = Typesetter(fonts)
    size = ACROSS * DOWN
    pages = [records[start : start + size] for start in range(0, len(records), size)] or [[]]
    with writing(path, fonts, title, made) as document:
        for number, page in enumerate(pages, start=1):
            items = setter.centred(title, "hei", 14, WIDTH / 2, 14)
            items += setter.centred(
                f"照片核对单 Contact sheet · {len(records)} 行 rows", "fangsong", 9, WIDTH / 2, 20
            )
            for place, record in enumerate(page):
                down, across = divmod(place, ACROSS)
                x, y = MARGIN + across * _CELL[0], _TOP + down * _CELL[1]
                items += _cell(setter, record, x, y)
            foot = page_number(number, len(pages))
            document.add([*items, *setter.centred(foot, "fangsong", 9, WIDTH / 2, HEIGHT - 6)])


def _cell(setter: Typesetter, record: Record, x: Mm, y: Mm) -> list[Item]:
    """One portrait with what stands below it."""
    middle, room = x + _CELL[0] / 2, _CELL[0] - 1
    photo, remarks = _portrait(setter, record, middle - _PHOTO[0] / 2, y)
    row = f"{record.place.row} 行  " if record.place.row else ""
    captions = (
        (record.name, 9.0, 3.4),
        (f"{row}{last_four(record.identity_number)}", 7.0, 6.1),
        (remarks, 5.5, 8.0),
    )
    items = photo
    for text, size, below in captions:
        fitting = setter.fitting(text, "fangsong", size, room)
        items += setter.centred(text, "fangsong", fitting, middle, y + _PHOTO[1] + below)
    return items


def _portrait(setter: Typesetter, record: Record, x: Mm, y: Mm) -> tuple[list[Item], str]:
    """The portrait, or an empty frame that says why; and the codes of what was found in it."""
    prepared = prepare(record.photo) if record.photo else None
    remarks = " ".join(finding.code for finding in prepared.findings) if prepared else ""
    if prepared and prepared.jpeg:
        box = Photo("photo", record.photo, x, y, *_PHOTO)
        return [(box, reduced(prepared.jpeg, _PIXELS))], remarks
    says = "照片不能用 unusable" if record.photo else "无照片 no photo"
    frame: list[Item] = [*_frame(x, y)]
    return frame + setter.centred(says, "fangsong", 7, x + _PHOTO[0] / 2, y + 18), remarks


def _frame(x: Mm, y: Mm) -> list[Rule]:
    right, bottom = x + _PHOTO[0], y + _PHOTO[1]
    corners = ((x, y), (right, y), (right, bottom), (x, bottom), (x, y))
    return [Rule("photo", *start, *end, thickness_pt=0.5) for start, end in pairwise(corners)]
