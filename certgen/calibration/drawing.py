"""The calibration target as a PDF: marks for the camera, crosses and rulers for the eye, words for the clerk.

Where the marks stand is `certgen.exchange.calibration_target`; here is only how they look, and what is written between.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from certgen.exchange.calibration_target import (
    CROSS,
    DISC,
    MARK,
    MARK_SIZE,
    UNPRINTED,
    Corner,
    Spot,
    Target,
)
from certgen.fonts.faces import Face
from certgen.fonts.fontset import FontSet
from certgen.model.misplacement import Misplacement
from certgen.model.page import BLACK, Mm, Qr, Rule, Segment, Shape
from certgen.render.aiming import matrix
from certgen.sheets.document import Item, Typesetter, writing

NAMES = {
    Corner.TOP_LEFT: ("左上角", "TOP LEFT"),
    Corner.TOP_RIGHT: ("右上角", "TOP RIGHT"),
    Corner.BOTTOM_RIGHT: ("右下角", "BOTTOM RIGHT"),
    Corner.BOTTOM_LEFT: ("左下角", "BOTTOM LEFT"),
}
_ROUND = 0.5523  # a quarter of a circle as one Bézier curve
_ARM: Mm = 5.0  # of a cross, towards the middle of the sheet
_HAIR, _FINE = 0.35, 0.5  # pt


def write(
    path: Path,
    target: Target,
    fonts: FontSet[Face],
    *,
    made: datetime,
    about: Sequence[str] = (),
    corrected: Misplacement = Misplacement(),  # noqa: B008 (frozen)
) -> None:
    """Write the target to `path`, under the matrix that undoes `corrected`. `StorageError` when the disk refuses it.

    `about`: printer, tray, paper and form version where they are known already; they are written into their fields.
    """
    title = (
        "打印校准核对页 Calibration check" if target.is_check else "打印校准页 Calibration target"
    )
    under = matrix(corrected, target.size)
    with writing(path, fonts, title, made, size=target.size, under=under) as document:
        document.add([*_marks(target), *_Words(target, Typesetter(fonts), title, about).all()])


def _marks(target: Target) -> Iterator[Item]:
    """Everything a camera or a ruler measures."""
    for number, spot in enumerate(target.discs):
        yield Shape(f"disc.{number}", _circle(spot, DISC / 2), fill=BLACK)
    for corner in Corner:
        yield Qr(
            f"mark.{corner}", target.text(corner), *target.mark(corner), MARK_SIZE, static=True
        )
        yield from _cross(target, corner)


def _cross(target: Target, corner: Corner) -> Iterator[Item]:
    """A cross, and from its centre a ruler towards either edge of the paper, a tick a millimetre."""
    x, y = target.cross(corner)
    out_x, out_y = (1 if corner.is_right else -1), (1 if corner.is_bottom else -1)
    reach = CROSS - UNPRINTED
    yield _rule(x - out_x * _ARM, y, x + out_x * reach, y, _HAIR)
    yield _rule(x, y - out_y * _ARM, x, y + out_y * reach, _HAIR)
    yield Shape(f"cross.{corner}", _circle(Spot(x, y), 1.5), stroke=BLACK, thickness_pt=_HAIR)
    for step in range(4, int(reach) + 1):  # the first lie in the circle and its air
        long = 2.4 if step % 5 == 0 else 1.2
        yield _rule(x + out_x * step, y, x + out_x * step, y - out_y * long, _HAIR)
        yield _rule(x, y + out_y * step, x - out_x * long, y + out_y * step, _HAIR)


class _Words:
    """What is written on a target of one size, line after line downwards."""

    def __init__(
        self, target: Target, setter: Typesetter, title: str, about: Sequence[str]
    ) -> None:
        self.target, self.setter, self.title, self.about = target, setter, title, about
        self.middle = target.width / 2
        # A5 has half the room of A4: everything is set smaller alike.
        inner = MARK + MARK_SIZE
        self.unit = min(1.0, (target.width - 2 * MARK) / 175, (target.height - 2 * inner) / 116)
        self.room = target.width - 2 * (MARK + 8)

    def all(self) -> Iterator[Item]:
        for corner in Corner:
            yield from self.readings(corner)
            yield from self.figures(corner)
        y = self.target.height / 2 - 43 * self.unit
        for part in (self.head, self.fields, self.steps, self.bar):
            items, y = part(y)
            yield from items

    def line(self, text: str, size: float, x: Mm, y: Mm, role: str = "hei") -> list[Item]:
        return list(self.setter.line(text, role, size, x, y))

    def centred(self, text: str, size: float, y: Mm, role: str = "hei") -> list[Item]:
        fitting = self.setter.fitting(text, role, size * self.unit, self.room)
        return self.setter.centred(text, role, fitting, self.middle, y)

    def figures(self, corner: Corner) -> Iterator[Item]:
        """The millimetres of the rulers, counted from the edge where the sheet should end."""
        x, y = self.target.cross(corner)
        out_x, out_y = (1 if corner.is_right else -1), (1 if corner.is_bottom else -1)
        for far in (10, 15):
            step, label = CROSS - far, f"{far}"
            width = self.setter.width(label, "hei", 6)
            above = y - out_y * 4.2 + 0.8
            yield from self.line(label, 6, x + out_x * step - width / 2, above)
            side = x - out_x * 3.2 - (width if out_x > 0 else 0)
            yield from self.line(label, 6, side, y + out_y * step + 0.75)

    def readings(self, corner: Corner) -> Iterator[Item]:
        """Beside each QR code: which two distances are read there, with room to write them down."""
        inner = MARK + MARK_SIZE + 2
        top = self.target.mark(corner).y
        zh, en = NAMES[corner]
        room = min(58.0, self.middle - inner - 3)
        left = self.target.width - inner - room if corner.is_right else inner
        narrow = room < 40
        size = min(1.0, room / (44 if narrow else 48))
        yield from self.line(f"{zh} {en}", 11 * size, left, top + 4.5)
        side = ("右", "right") if corner.is_right else ("左", "left")
        end = ("下", "bottom") if corner.is_bottom else ("上", "top")
        for row, (zh, en) in enumerate((side, end)):
            y = top + 10.2 + 5.6 * row
            words = f"到{zh}边 to {en}" if narrow else f"十字到{zh}边 to {en} edge"
            yield from self.line(words, 9 * size, left, y, "fangsong")
            start = left + self.setter.width(words, "fangsong", 9 * size) + 1
            stop = left + room - 7 * size
            yield _rule(start, y + 0.8, stop, y + 0.8, _FINE)
            yield from self.line("mm", 9 * size, stop + 0.8, y, "fangsong")

    def head(self, y: Mm) -> tuple[list[Item], Mm]:
        """Title, size, which edge is up."""
        target = self.target
        way = "横向 lying" if target.width > target.height else "纵向 upright"
        said = f"{target.width:g} × {target.height:g} 毫米 mm　{way}　↑ 此边朝上 this edge up"
        items = self.centred(self.title, 22, y)
        items += self.centred(said, 11, y + 8 * self.unit, "fangsong")
        return items, y + 20 * self.unit

    def fields(self, y: Mm) -> tuple[list[Item], Mm]:
        """Two columns of what a profile is kept by, and what only the clerk can see."""
        unit = self.unit
        wide = min(170 * unit, self.room)
        values = (*self.about, *[""] * len(_FIELDS))
        items: list[Item] = []
        for place, name in enumerate(_FIELDS):
            row, column = divmod(place, 2)
            x = self.middle - wide / 2 + column * wide * 0.52
            end, base = x + wide * 0.48, y + row * 8 * unit
            items += self.line(name, 9.5 * unit, x, base, "fangsong")
            start = x + self.setter.width(name, "fangsong", 9.5 * unit) + 1.5 * unit
            items.append(_rule(start, base + 1, end, base + 1, _FINE))
            size = self.setter.fitting(values[place], "hei", 9.5 * unit, end - start)
            items += self.line(values[place], size, start + 0.5, base) if values[place] else []
        return items, y + 28 * unit

    def steps(self, y: Mm) -> tuple[list[Item], Mm]:
        """What to do, numbered; a sentence that is too wide for the sheet is broken between its parts."""
        items: list[Item] = []
        for chinese, english in _CHECKING if self.target.is_check else _MEASURING:
            for parts, size, role in ((chinese, 10.5, "hei"), (english, 8.5, "fangsong")):
                for text in self.broken(parts, size, role):
                    items += self.centred(text, size, y, role)
                    y += 4.4 * self.unit
            y += 2.4 * self.unit
        return items, y

    def broken(self, parts: tuple[str, ...], size: float, role: str) -> tuple[str, ...]:
        whole = "".join(parts)
        fits = self.setter.width(whole, role, size * self.unit) <= self.room
        return (whole,) if fits else parts

    def bar(self, y: Mm) -> tuple[list[Item], Mm]:
        """A line of known length: the quickest way to see that the driver shrank the page."""
        y += 4 * self.unit
        length = 100 if self.room > 120 else 50
        left = self.middle - length / 2
        items: list[Item] = [_rule(left, y, left + length, y, _FINE)]
        for step in range(0, length + 1, 10):
            long = 2.4 if step % 50 == 0 else 1.4
            items.append(_rule(left + step, y, left + step, y - long, _FINE))
        words = f"此线长 {length}.0 毫米，短了就是被驱动程序缩小了  {length}.0 mm, else the driver shrank the page"
        return items + self.centred(words, 8, y + 4.2 * self.unit, "fangsong"), y


_FIELDS = (
    "打印机 Printer",
    "纸盒 Tray",
    "纸张 Paper",
    "纸张版本 Form version",
    "纸张实测宽×高 Sheet measured",
    "先进纸的一边 Edge fed first",
)
_MEASURING = (
    (
        ("1  打印时选“实际大小”或 100%，不选“适合页面”；", "用证书的纸或同样大小的白纸，同一纸盒，同一朝向"),
        ("Print at actual size (100%), never 'fit to page'; ", "on the form or plain paper as large, same way round"),
    ),
    (
        ("2  拍照：平放在深色桌面上，从正上方拍，四条纸边都入镜 → ", "certgen calibrate photo 照片.jpg"),
        ("Photograph it flat on a dark table, from above, ", "with all four edges of the paper in view"),
    ),
    (
        ("3  或用直尺：每个角量两个数，从十字中心垂直量到纸边，读到 0.1 毫米 → ", "certgen calibrate readings"),
        ("Or use a ruler: at each corner from the centre of the cross ", "straight to two edges, to 0.1 mm"),
    ),
)  # fmt: skip
_CHECKING = (
    (
        ("1  本页已按校准修正；打印时选“实际大小”或 100%，", "同一纸盒，同一朝向"),
        ("This page is corrected already; print it at “actual size” (100 %), ", "same tray, same way round"),
    ),
    (
        ("2  拍照 → certgen calibrate photo 照片.jpg；", "或用直尺 → certgen calibrate readings --check"),
        ("Photograph it, ", "or read the four corners with a ruler"),
    ),
    (
        ("3  每个十字到两条纸边都应为 20.0 毫米",),
        ("Every cross should be 20.0 mm from the two edges of the paper",),
    ),
)  # fmt: skip


def _rule(x0: Mm, y0: Mm, x1: Mm, y1: Mm, thickness_pt: float) -> Rule:
    return Rule("ruler", x0, y0, x1, y1, thickness_pt)


def _circle(middle: Spot, radius: Mm) -> tuple[Segment, ...]:
    (x, y), near = middle, _ROUND * radius
    right, left, down, up = x + radius, x - radius, y + radius, y - radius
    return (
        ("m", (right, y)),
        ("c", (right, y + near, x + near, down, x, down)),
        ("c", (x - near, down, left, y + near, left, y)),
        ("c", (left, y - near, x - near, up, x, up)),
        ("c", (x + near, up, right, y - near, right, y)),
        ("h", ()),
    )
