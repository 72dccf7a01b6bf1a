"""What `certgen paper` and `certgen print` say."""

from collections.abc import Sequence

import click

from certgen.errors import Said
from certgen.model.serials import Serial, in_ranges
from certgen.registry.ledger.values import (
    Balance,
    Count,
    Receipt,
    Sheet,
    SheetEvent,
    SheetState,
)
from certgen.registry.ledger.words import STATES_ZH

COLUMNS = (
    "流水码 serial",
    "纸张版本 form version",
    "状态",
    "state",
    "证书编号 certificate",
    "时间 at",
    "原因 reason",
    "销毁人 destroyed by",
    "监销人 witness",
)

_EVENTS = {
    "printed": Said("打印", "printed"),
    "moved": Said("更正：其上是另一张证书", "put right: another certificate is on it"),
    "returned": Said("更正：未印，退回空白", "put right: unprinted, blank again"),
    "issued": Said("发出", "issued"),
    "replaced": Said("已由补发的纸替换", "replaced by a re-issue"),
    "spoiled": Said("废张", "spoiled"),
    "lost": Said("遗失", "lost"),
    "destroyed": Said("销毁", "destroyed"),
}
_SHOWN_AT_MOST = 30


def state(sheet: Sheet) -> Said:
    """What a sheet is, re-issues told."""
    zh, en = STATES_ZH[sheet.state], sheet.state.value
    if sheet.reissue:
        zh, en = f"{zh}（补发）", f"{en} (re-issue)"
    if sheet.replaced:
        zh, en = f"{zh}，已由补发替换", f"{en}, replaced"
    return Said(zh, en)


def spans(serials: Sequence[Serial], lang: str) -> str:
    """Serials as ranges."""
    return ("、" if lang == "zh" else ", ").join(one.text for one in in_ranges(list(serials)))


def received(receipt: Receipt, lang: str) -> None:
    """What came in."""
    said = Said(
        f"已登记领入：{receipt.stock} {receipt.serials.text}，{receipt.serials.count} 张，领入人 {receipt.by}",
        f"received: {receipt.stock} {receipt.serials.text}, {receipt.serials.count} sheets, by {receipt.by}",
    )
    click.echo(said.in_(lang))


def noted(sheets: Sequence[Sheet], lang: str) -> None:
    """What was noted about sheets."""
    by_state: dict[SheetState, list[Serial]] = {}
    for sheet in sorted(sheets, key=lambda one: (one.serial.pile, one.serial.number)):
        by_state.setdefault(sheet.state, []).append(sheet.serial)
    for one, serials in by_state.items():
        said = Said(
            f"{STATES_ZH[one]} {len(serials)} 张：{spans(serials, 'zh')}",
            f"{len(serials)} {one.value}: {spans(serials, 'en')}",
        )
        click.echo(said.in_(lang))


def how_to_destroy(lang: str) -> None:
    """What becomes of a spoiled sheet."""
    said = Said(
        "请把废张划线、单独存放；该证书重打用 certgen print --again 流水码",
        "strike spoiled sheets through and keep them apart; print the certificate again with "
        "certgen print --again SERIAL",
    )
    click.echo(said.in_(lang), err=True)


def balanced(one: Balance, lang: str) -> None:
    """The equation of one form version, in all and for the day; what disagrees."""
    zh = lang == "zh"
    click.secho(f"{one.stock}  {one.day}", bold=True)
    click.echo("  " + _sum(one.after, lang) + _sign(holds=one.after.closes, lang=lang))
    click.echo("  " + _day(one, lang) + _sign(holds=one.day_closes, lang=lang))
    for each in one.disagreements[:_SHOWN_AT_MOST]:
        click.echo(f"  ✗ {each.serial} {each.zh}" if zh else f"  ✗ {each.serial} {each.en}")
    rest = len(one.disagreements) - _SHOWN_AT_MOST
    if rest > 0:
        click.echo(f"  ……另有 {rest} 张或更多" if zh else f"  ... and {rest} or more")
    if not one.closes:
        said = Said(
            "不平：请停止打印，清点实物，核对台账备份后查明原因",
            "does not close: stop printing, count the sheets, and compare with a backup of the register",
        )
        click.secho("  " + said.in_(lang), fg="red")


def _sum(count: Count, lang: str) -> str:
    spoiled = count.spoiled + count.destroyed
    return Said(
        f"累计：领入 {count.received} = 已发 {count.issued} + 废张 {spoiled}（已销毁 {count.destroyed}）"
        f" + 遗失 {count.lost} + 结存 {count.remaining}（空白 {count.blank}，已打印 {count.printed}）",
        f"in all: received {count.received} = issued {count.issued} + spoiled {spoiled} "
        f"(destroyed {count.destroyed}) + lost {count.lost} + remaining {count.remaining} "
        f"(blank {count.blank}, printed {count.printed})",
    ).in_(lang)


def _day(one: Balance, lang: str) -> str:
    day = one.moved
    return Said(
        f"当日：上日结存 {one.before.remaining} + 领入 {day.received} − 已发 {day.issued} − 废张 {day.spoiled}"
        f" − 遗失 {day.lost} = 结存 {one.after.remaining}",
        f"the day: remaining before {one.before.remaining} + received {day.received} − issued {day.issued} "
        f"− spoiled {day.spoiled} − lost {day.lost} = remaining {one.after.remaining}",
    ).in_(lang)


def _sign(*, holds: bool, lang: str) -> str:
    return (Said("  ✓ 平", "  ✓") if holds else Said("  ✗ 不平", "  ✗")).in_(lang)


def unfinished(jobs: Sequence[str], lang: str) -> None:
    """Print jobs whose file was never finished."""
    if jobs:
        said = Said(
            f"打印文件未完成的任务：{'、'.join(jobs)}（再次运行当时的打印命令即可完成）",
            f"print jobs without a finished file: {', '.join(jobs)} (the same print command again finishes them)",
        )
        click.secho(said.in_(lang), fg="yellow", err=True)


def counted(count: int, lang: str) -> None:
    """How many a list has."""
    click.echo(Said(f"共 {count} 张", f"{count} sheets").in_(lang), err=True)


def shown(sheet: Sheet, receipt: Receipt, events: Sequence[SheetEvent], lang: str) -> None:
    """One sheet and its history."""
    click.secho(f"No.{sheet.serial.text}  {sheet.stock}  {state(sheet).in_(lang)}", bold=True)
    by = Said(
        f"领入 {receipt.serials.text}（{receipt.by}）{receipt.note}",
        f"received {receipt.serials.text} ({receipt.by}) {receipt.note}",
    )
    click.echo(f"  {receipt.at.astimezone():%Y-%m-%d %H:%M:%S}  {by.in_(lang)}".rstrip())
    for event in events:
        facts = (_EVENTS[event.what].in_(lang), event.code, event.job, event.detail)
        click.echo(
            f"  {event.at.astimezone():%Y-%m-%d %H:%M:%S}  " + "  ".join(filter(None, facts))
        )


def of_certificate(sheets: Sequence[Sheet], lang: str) -> None:
    """Which sheets a certificate was put on, after its history."""
    for sheet in sheets:
        label = "纸张" if lang == "zh" else "sheet"
        facts = (
            f"{label} No.{sheet.serial.text}",
            sheet.stock,
            state(sheet).in_(lang),
            sheet.reason,
        )
        click.echo("  " + "  ".join(filter(None, facts)))


def void_on(sheets: Sequence[Sheet], lang: str) -> None:
    """What becomes of the sheet of a certificate that was made void."""
    for sheet in sheets:
        if sheet.live:
            issued = sheet.state is SheetState.ISSUED
            said = Said(
                f"它印在纸张 {sheet.serial.text} 上："
                + ("请收回" if issued else "请登记为废张（certgen paper spoil）"),
                f"it stands on sheet {sheet.serial.text}: "
                + ("take it back" if issued else "note that as spoiled (certgen paper spoil)"),
            )
            click.secho(said.in_(lang), fg="yellow", err=True)
