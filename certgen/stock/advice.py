"""What is lawful in a stock definition and still worth a second look."""

from collections.abc import Iterator

from certgen.errors import InputError, Said
from certgen.layouts import checks
from certgen.model.finding import Finding, Severity
from certgen.model.page import Mm
from certgen.stock import check_mark, scanning
from certgen.stock.definition import FRONT, Key, Layer, Stock
from certgen.stock.writing import title

UNPRINTABLE: Mm = 4.2
"""The margin that common laser printers leave: a sixth of an inch."""

CARD: Mm = 100.0
"""A sheet narrower than this is a card."""


def findings(stock: Stock) -> tuple[Finding, ...]:
    """Warnings and notes; what would spoil sheets was refused while reading."""
    return (*_scan(stock), *_narrow(stock), *_near_the_edge(stock), *_sealed(stock))


def _scan(stock: Stock) -> Iterator[Finding]:
    if stock.scan is None:
        said = Said(
            "没有空白纸张的扫描件（[scan]），不能叠印校样",
            "no scan of the blank sheet ([scan]): no proof can be made",
        )
        yield Finding("stock/no-scan", Severity.WARNING, said)
        return
    try:
        scanning.straightened(stock.scan, (stock.width, stock.height), scanning.LEAST_DPI / 3)
    except InputError as problem:
        yield Finding("stock/scan", Severity.ERROR, problem.said)


def _narrow(stock: Stock) -> Iterator[Finding]:
    """A name that fits the certificate must not fail on the sheet unforeseen."""
    before = {text.id: text for text in stock.of.sides()[FRONT].texts}
    for text in stock.sides[FRONT].texts:
        was = before[text.id]
        room, had = text.x1 - text.x0, was.x1 - was.x0
        less = text.max_lines < was.max_lines or room < had - 0.5
        if not text.static and less:
            said = Said(
                f"“{text.id}”在纸上宽 {room:.1f} 毫米、{text.max_lines} 行，版式为 {had:.1f} 毫米、{was.max_lines} 行："
                "较长的内容会被拒绝",
                f"{text.id} has {room:.1f} mm and {text.max_lines} line(s) on the sheet, {had:.1f} mm and "
                f"{was.max_lines} in the layout: longer contents will be refused",
            )
            yield Finding("stock/narrow", Severity.NOTE, said)


def _near_the_edge(stock: Stock) -> Iterator[Finding]:
    """Most office printers leave a margin of their own white; cards go through others."""
    if min(stock.width, stock.height) < CARD:
        return
    right, bottom = stock.width - UNPRINTABLE, stock.height - UNPRINTABLE
    boxes = [
        box
        for box in checks.ink_boxes(stock.sides[FRONT])
        if stock.shows(Key(FRONT, box.name), Layer.DATA)
    ]
    for box in (*boxes, check_mark.box(stock.check)):
        if box.x0 < UNPRINTABLE or box.y0 < UNPRINTABLE or box.x1 > right or box.y1 > bottom:
            said = Said(
                f"“{title(box.name).zh}”（{box.name}）离纸边不足 {UNPRINTABLE:g} 毫米，多数办公打印机印不到",
                f"{box.name} comes within {UNPRINTABLE:g} mm of the edge, where most office printers do not print",
            )
            yield Finding("stock/near-edge", Severity.WARNING, said)


def _sealed(stock: Stock) -> Iterator[Finding]:
    for key, state in stock.states.items():
        if key.slot.startswith("seal.") and state == "printed":
            said = Said(
                "空白纸上已印有印章：空白纸流失即可被冒用，请改为发证时加盖",
                "the blank sheets bear the seal already: whoever gets one can misuse it; have it stamped when issuing",
            )
            yield Finding("stock/sealed-blank", Severity.WARNING, said)
