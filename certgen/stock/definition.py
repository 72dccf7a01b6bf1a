"""A stock definition (纸张定义): which slots of a form are on the blank sheet already, and where the others go on it.

    stock = reading.load(Path("stock.toml"))
    stock.states[FRONT, "title.zh"]     State.PRINTED
    stock.sides[0]                      the front with its slots where they stand on this sheet

Lengths are millimetres from the top left corner of the sheet. A slot that moves keeps its type size and face.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import cos, radians, sin
from pathlib import Path
from typing import NamedTuple

from certgen.errors import LayoutError, Said
from certgen.exchange.agency import SealSide
from certgen.forms import form_of
from certgen.layouts.slots import Layout
from certgen.model.misplacement import Point
from certgen.model.page import Mm
from certgen.standards.forms import FORMS, FormId
from certgen.stock.dates import with_parts

FRONT = 0
"""The first side; the sides behind it are 1, 2 …"""


class State(StrEnum):
    """What becomes of a slot on this stock."""

    PRINTED = "printed"  # 已印好: stands on the blank sheet
    DATA = "data"  # 打印: is printed with the certificate
    NONE = "none"  # 不用: neither, as where the stock has no English


class Layer(StrEnum):
    """Which part of a page is drawn."""

    DATA = "data"  # what is not on the sheet yet
    STATIC = "static"  # what the print shop puts on the blank sheet
    ALL = "all"  # both
    PROOF = "proof"  # the data over the scan of the blank sheet


class Key(NamedTuple):
    """A slot of one side: (0, 'name.value'), (0, 'seal.agency'), (1, 'title.1')."""

    side: int
    slot: str


@dataclass(frozen=True, slots=True)
class Scan:
    """A scan of the blank sheet and how the sheet lies in it."""

    path: Path
    dpi: float
    x: Mm  # of the sheet's top left corner, from that of the scan
    y: Mm
    angle_deg: float = 0.0  # the sheet lies turned clockwise by so much

    def pixel(self, point: Point) -> tuple[float, float]:
        """Where in the scan a point of the sheet is."""
        turn = radians(self.angle_deg)
        x = self.x + point[0] * cos(turn) - point[1] * sin(turn)
        y = self.y + point[0] * sin(turn) + point[1] * cos(turn)
        return x * self.dpi / 25.4, y * self.dpi / 25.4


@dataclass(frozen=True, slots=True)
class Of:
    """The form that a stock is for."""

    form: FormId
    branch: bool = False  # sample 二
    seal_side: SealSide = SealSide.RIGHT
    layout_file: Path | None = None

    def form_sides(self) -> tuple[Layout, ...]:
        """As the notice or the agency has them, front first. `LayoutError` for an own layout that cannot be used."""
        return form_of(self.form).sides(self, "branch" if self.branch else None)

    def sides(self) -> tuple[Layout, ...]:
        """The same with every slot that a stock may have besides."""
        return tuple(map(with_parts, self.form_sides()))


@dataclass(frozen=True, slots=True)
class Stock:
    """One version of a pre-printed sheet."""

    version: str  # of the printed form, as the agency calls it: '2026年版'
    of: Of
    states: Mapping[Key, State]  # of every slot of every side
    sides: tuple[Layout, ...]  # with every slot where it stands on this sheet
    check: Point  # where the check mark (核对号) begins: left end, baseline
    scan: Scan | None = None  # of the blank front

    @property
    def width(self) -> Mm:
        """Of the sheet."""
        return self.sides[0].width

    @property
    def height(self) -> Mm:
        """Of the sheet."""
        return self.sides[0].height

    def shows(self, key: Key, layer: Layer) -> bool:
        """Whether a layer has that slot; the proof shows the data, over the scan."""
        state = self.states[key]
        if layer is Layer.ALL:
            return state is not State.NONE
        return state is (State.PRINTED if layer is Layer.STATIC else State.DATA)

    def refuse_other(self, layout: Layout, *, official_qr: bool) -> None:
        """`LayoutError` unless this stock is for certificates of that layout, with a QR code of that kind."""
        if layout != self.of.form_sides()[0]:
            raise LayoutError(
                zh=f"纸张定义“{self.version}”用于{describe(self.of).zh}，与要打印的证书（{layout.title}）"
                "不符：请换用对应的纸张，或核对机构配置 [layout]",
                en=f"the stock {self.version!r} is for the {describe(self.of).en}, not for {layout.id} as the agency "
                "file has it: take the sheets that belong to it, or look at [layout] in the agency file",
            )
        if self.states.get(Key(FRONT, "qr")) is State.PRINTED and not official_qr:
            raise LayoutError(
                zh=f"纸张定义“{self.version}”的二维码已印好，但机构配置的二维码各证不同："
                '请在纸张定义 [qr] 中写 state = "data"',
                en=f"on the stock {self.version!r} the QR code is printed already, but the agency file asks for a "
                'different one on every certificate: write state = "data" under [qr] of the stock',
            )


def describe(of: Of) -> Said:
    """The form in words."""
    title = FORMS[of.form].title
    zh, en = title.zh, title.en
    if of.form is FormId.NATIONAL_2021:
        zh += "样式二" if of.branch else "样式一"
        en += ", sample 二" if of.branch else ", sample 一"
        if not of.branch and of.seal_side is SealSide.LEFT:
            zh, en = f"{zh}（印章在左）", f"{en} (seal left)"
    return Said(zh, en)


def slot_ids(layout: Layout, side: int) -> Iterator[str]:
    """Every slot of a side that a stock speaks of, in reading order; pictures and seals only stand on the front."""
    yield from (text.id for text in layout.texts)
    yield from (rule.id for rule in layout.rules)
    yield from (shape.id for shape in layout.shapes)
    if side == FRONT:
        if layout.photo is not None:
            yield "photo"
        if layout.qr is not None:
            yield "qr"
        yield from (f"seal.{seal.owner}" for seal in layout.seals)
