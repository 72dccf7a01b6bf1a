"""What is lawful in a stock definition and still worth a second look."""

from collections.abc import Iterator

from certgen.errors import InputError, Said
from certgen.model.finding import Finding, Severity
from certgen.stock import edges, scanning
from certgen.stock.definition import FRONT, Stock


def findings(stock: Stock) -> tuple[Finding, ...]:
    """Warnings and notes; what would spoil sheets was refused while reading."""
    return (*_scan(stock), *_narrow(stock), *_sealed(stock))


def _scan(stock: Stock) -> Iterator[Finding]:
    if stock.scan is None:
        said = Said(
            "没有空白纸张的扫描件（[scan]），不能叠印校样",
            "no scan of the blank sheet ([scan]): no proof can be made",
        )
        yield Finding("stock/no-scan", Severity.WARNING, said)
        return
    try:
        scanning.straightened(stock.scan, (stock.width, stock.height), edges.LEAST_DPI / 3)
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


def _sealed(stock: Stock) -> Iterator[Finding]:
    for key, state in stock.states.items():
        if key.slot.startswith("seal.") and state == "printed":
            said = Said(
                "空白纸上已印有印章：空白纸流失即可被冒用，请改为发证时加盖",
                "the blank sheets bear the seal already: whoever gets one can misuse it; have it stamped when issuing",
            )
            yield Finding("stock/sealed-blank", Severity.WARNING, said)
