"""A preview (预览) of one row: the page that would be issued, under a number that is nobody's."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from certgen.compose import Composer
from certgen.errors import InputError
from certgen.exchange import page_listing
from certgen.fonts.faces import Face
from certgen.fonts.fontset import FontSet
from certgen.intake.photos import prepare
from certgen.issuing.examining import Earlier, Examiner, Opened
from certgen.issuing.forms import Forms
from certgen.issuing.run import Order
from certgen.model.record import Record
from certgen.registry.entries import Wanted
from certgen.render import preview
from certgen.render.overprint import SheetsFile
from certgen.render.plan import Plan, Usage, make_plan
from certgen.render.signature import Signing
from certgen.render.stamp import Portrait, Stamper
from certgen.standards.codes import counting
from certgen.stock.definition import Layer, Stock

NOBODYS_SHEET = "00000000"
"""The number in the check mark of a proof."""


def draw(
    order: Order, fonts: FontSet[Face], row: int | None, *, dpi: int, clock: Callable[[], datetime]
) -> bytes:
    """PNG of the certificate of `row` (as Excel numbers it; None: the first good row).

    Who may be issued is not asked: a page is looked at long before the centre's list comes back.
    """
    composer, record, code = _composed(order, fonts, row, clock)
    plan = _planned(composer, record, code, fonts)
    pdf = Stamper(plan, composer, None).stamp(record, code, _portrait(record), clock()).data
    return preview.png(pdf, dpi=dpi)


def on_sheet(
    order: Order,
    fonts: FontSet[Face],
    row: int | None,
    stock: Stock,
    layer: Layer,
    *,
    clock: Callable[[], datetime],
) -> bytes:
    """PDF of one layer of `row` on such a sheet; the proof shows the data over the scan of the blank sheet (叠印校样).

    `SlotOverflowError` where a value does not fit its place on the stock.
    """
    composer, record, code = _composed(order, fonts, row, clock)
    plan = _planned(composer, record, code, fonts)
    made = io.BytesIO()
    file = SheetsFile(made, stock.version, clock(), stock=stock, layer=layer)
    number = record.print_number or NOBODYS_SHEET
    file.add(plan, composer, record, code, _portrait(record), serial=number)
    file.finish()
    return made.getvalue()


def listed(
    order: Order, fonts: FontSet[Face], row: int | None, *, clock: Callable[[], datetime]
) -> str:
    """The page of `row` as a listing (页面清单), under the same number as `draw`."""
    composer, record, code = _composed(order, fonts, row, clock)
    return page_listing.dumps(composer.page(record, code))


def _planned(composer: Composer, record: Record, code: str, fonts: FontSet[Face]) -> Plan:
    usage = Usage()
    usage.add(composer.values(record, code))
    return make_plan(composer, record.branch, fonts, usage, Signing.NOBODY)


def _portrait(record: Record) -> Portrait | None:
    photo = prepare(record.photo) if record.photo else None
    return Portrait(photo.jpeg, photo.width, photo.height) if photo else None


def _composed(
    order: Order, fonts: FontSet[Face], row: int | None, clock: Callable[[], datetime]
) -> tuple[Composer, Record, str]:
    open_to_all = replace(
        order.agency, electronic=True, approved_list=None, approval_required=False, staff_list=None
    )
    forms = Forms(open_to_all, fonts, Path(), signed=False)
    wanted = _row_to_show(replace(order, agency=open_to_all), forms, row, clock)
    record = wanted.record
    counter = counting.counter(wanted.kind, wanted.prefix, record.issue_date.year, record.level)
    code = record.adopted_code or counter + "0" * counting.DIGITS[wanted.kind]
    return forms.composer(record.branch), record, code


def _row_to_show(
    order: Order, forms: Forms, row: int | None, clock: Callable[[], datetime]
) -> Wanted:
    opened = Opened(order, clock().date(), Earlier())
    examiner = Examiner(opened, forms)
    for one in opened.rows:
        if row is None or one.place.row == row:
            wanted, findings = examiner.examine(one)
            if wanted:
                return wanted
            if row is not None:
                why = [finding for finding in findings if finding.refuses]
                raise InputError(
                    zh=f"第 {row} 行不能制证：" + "；".join(finding.said.zh for finding in why),
                    en=f"row {row} cannot be issued: "
                    + "; ".join(finding.said.en for finding in why),
                )
    if row is None:
        raise InputError(
            zh="名册中没有一行可以制证：请先运行 certgen check",
            en="no row of the roster can be issued: run certgen check",
        )
    raise InputError(zh=f"名册中没有第 {row} 行", en=f"the roster has no row {row}")
