"""The section of a filing pack that holds the tables of measures, each under a small picture of its style."""

from collections.abc import Callable

from certgen.errors import Said
from certgen.filing.line import Extent, Line, Verdict
from certgen.filing.measures import Table
from certgen.filing.pack import Pack
from certgen.intake.jpeg import Jpeg
from certgen.model.page import BLACK, Colour, Photo, Rule
from certgen.render import preview
from certgen.sheets.flow import FAINT, LEFT, RED, RIGHT, Cell, Column, Flow, Row, cell

_PICTURE_WIDTH = 110.0  # mm, of a specimen beside its table
_PICTURE_DPI = 110

Heading = Callable[[str, str], None]
"""Begins a section: its title in Chinese and in English."""


def draw(flow: Flow, pack: Pack, heading: Heading) -> None:
    """A new page, the tables, and at the end why our own numbers are what they are."""
    flow.new_page()
    heading("尺寸、字体与位置", "Sizes, faces and places")
    flow.note(
        Said(
            "以下各项由另一程序（pdfium）在制成的 PDF 上量取。位置自成品左上角起算，单位毫米；通知未给出坐标，"
            "位置及“未作规定”各项均为本工具推断，不作为通知要求。",
            "Measured on the finished PDF by another engine (pdfium). Places are millimetres from the top left of the "
            "trimmed sheet; no notice gives coordinates: they, and every line 'nothing asked', are inferred.",
        )
    )
    for table in pack.tables:
        _picture(flow, table)
        flow.table(_MEASURE_COLUMNS, [_measure_row(line, table) for line in table.lines])
    reasons = dict.fromkeys(
        line.asked.inferred for table in pack.tables for line in table.lines if line.asked.inferred
    )
    if reasons:
        flow.text("推断的理由 Why inferred", 8, colour=FAINT)
        for reason in reasons:
            flow.text(f"· {reason}", 7, step=3.0, colour=FAINT)


_MEASURE_COLUMNS = (
    Column(33, Said("项目", "item")),
    Column(52, Said("通知要求及依据", "what is asked, clause")),
    Column(37, Said("实测", "measured")),
    Column(26, Said("位置（推断）", "place (inferred)")),
    Column(22, Said("结论", "verdict")),
)


def _picture(flow: Flow, table: Table) -> None:
    """The style, small, with its title."""
    data, width, height = preview.jpeg(table.specimen.data, dpi=_PICTURE_DPI)
    shown = _PICTURE_WIDTH if width > height else _PICTURE_WIDTH * 0.5
    tall = shown * height / width
    flow.room(tall + 40)
    flow.gap(2)
    named = Said(table.title.zh, f"{table.title.en} · {len(table.files)} 份文件 files")
    flow.put(flow.line(named.zh, "hei", 10.5, LEFT, flow.y + 3))
    flow.put(flow.line(named.en, "fangsong", 8, LEFT, flow.y + 7.2, FAINT))
    flow.gap(9)
    x = (LEFT + RIGHT - shown) / 2
    box = Photo("specimen", None, x, flow.y, shown, tall)
    flow.put([(box, Jpeg(data, width, height))])
    corners = ((x, flow.y), (x + shown, flow.y), (x + shown, flow.y + tall), (x, flow.y + tall))
    for (x0, y0), (x1, y1) in zip(corners, (*corners[1:], corners[0]), strict=True):
        flow.put([Rule("frame", x0, y0, x1, y1, 0.3)])
    flow.gap(tall + 4)


def _measure_row(line: Line, table: Table) -> Row:
    asked = cell(line.asked.said)
    if line.asked.clause:
        asked = Cell(f"{asked.zh}\n〔{line.asked.clause}〕", asked.en)
    remark = line.remark
    measured = Cell(
        line.measured + (f"\n（{remark.zh}）" if remark else ""), remark.en if remark else ""
    )
    said = line.verdict.said
    only = _only(line, table)
    verdict = Cell(
        said.zh + (f"\n{only.zh}" if only else ""),
        f"{said.en} {only.en if only else ''}".strip(),
        _COLOURS[line.verdict],
    )
    return (cell(line.item), asked, measured, Cell(place_text(line.place)), verdict)


_COLOURS: dict[Verdict, Colour] = {
    Verdict.MET: BLACK,
    Verdict.NOT_MET: RED,
    Verdict.NOT_ASKED: FAINT,
}


def _only(line: Line, table: Table) -> Said | None:
    """That a line holds for some of the files alone."""
    if len(line.files) == len(table.files):
        return None
    of = f"{len(line.files)}/{len(table.files)}"
    return Said(f"（{of} 份）", f"({of} files)")


_POINTS = {"": "左 x", "middle": "中 x", "right": "右 x", "corner": "左上 x"}


def place_text(place: Extent | None) -> str:
    """'中 x 81.2, y 37.0'; a range where a line is about several places."""
    if place is None:
        return "—"
    x, y = span(place.x0, place.x1), span(place.y0, place.y1)
    return f"{_POINTS[place.of]} {x}\ny {y}"


def span(low: float, high: float) -> str:
    """One length, or from where to where: '69.6–136.8'."""
    return f"{low:.1f}" if high - low < 0.1 else f"{low:.1f}–{high:.1f}"
