"""`certgen print`: certificates onto pre-printed sheets (套打), each on a sheet that the ledger knows."""

import sys
from pathlib import Path

import click

from certgen.commands.options import AGENCY, ORDER

_EXAMPLES = """\b
例 Examples:
  certgen print 20260601-01 --serial-start 00012001 -o sheets.pdf
      批次，从 00012001 起的纸 a run, on the sheets from 00012001 on
  certgen print --resume P20260601-01 --last-good 00012034 --spoiled 00012035 --reason 卡纸
      卡纸后续打 the rest after a jam
  certgen print --resume P20260601-01 --shows 00012041=00012040
      重张：纸 00012041 上的核对号是 00012040 a double feed: that sheet shows the mark before its number
  certgen print --again 00012012 --reason 墨污
      这张坏了，下一张重打 this one spoiled, again on the next sheet
  certgen print Y000041018999262000001 --reissue --reason 遗失 --serial-start 00012101
      补发 a re-issue: the same number on a new sheet
"""


@click.command("print", epilog=_EXAMPLES)
@click.argument("what", nargs=-1)
@click.option("--serial-start", help="第一张纸的流水码 Serial of the first sheet.")
@click.option(
    "--stock", default="", help="纸张版本 Form version, where a serial exists in several."
)
@ORDER
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    help="PDF 文件 The file (default: the job's id).",
)
@click.option(
    "--count", type=click.IntRange(min=1), help="先印这么多张 Print only so many of a run for now."
)
@click.option("--resume", metavar="JOB", help="续打或更正这个打印任务 Put this print job right.")
@click.option(
    "--last-good", metavar="SERIAL", help="最后一张印好的纸 The last sheet that came out well."
)
@click.option(
    "--spoiled",
    metavar="SERIAL",
    multiple=True,
    help="废张，可重复或写一段 Spoiled sheets; repeat it, or give a range.",
)
@click.option(
    "--shows",
    metavar="SERIAL=MARK",
    multiple=True,
    help="纸上流水码=页上核对号，两者不同时 Number on a sheet=check mark on it, where they differ.",
)
@click.option(
    "--again",
    metavar="SERIAL",
    multiple=True,
    help="这张坏了，下一张重打 This sheet is spoiled: again on the next one.",
)
@click.option(
    "--cancel",
    metavar="JOB",
    help="这个任务一张都没印 Nothing of this job was printed: its sheets are blank again.",
)
@click.option("--reissue", is_flag=True, help="补发 Re-issue: same number, new sheet.")
@click.option("--reason", default="", help="废张或补发的原因 Why sheets are spoiled or re-issued.")
@click.option(
    "--printer", default="", help="校准过的打印机（默认见机构配置 [print]） Printer as calibrated."
)
@click.option("--tray", default="", help="纸盒 Tray.")
@click.option("--paper", default="", help="纸张 Kind of paper.")
@AGENCY
@click.pass_context
def print_sheets(
    ctx: click.Context,
    what: tuple[str, ...],
    serial_start: str | None,
    stock: str,
    order: str,
    output: Path | None,
    count: int | None,
    resume: str | None,
    last_good: str | None,
    spoiled: tuple[str, ...],
    shows: tuple[str, ...],
    again: tuple[str, ...],
    cancel: str | None,
    reason: str,
    printer: str,
    tray: str,
    paper: str,
    agency: Path,
    *,
    reissue: bool,
) -> None:
    """套打：批次或证书编号印到预印纸上 Print a run, or certificates, onto pre-printed sheets.

    每页对应一张有流水码的纸；中断后再次运行同一命令即可。 Each page has its sheet; the same command again finishes
    what was interrupted.
    """
    modes = {"WHAT": what, "--resume": resume, "--again": again, "--cancel": cancel}
    if sum(map(bool, modes.values())) != 1:
        msg = "请写批次号或证书编号、--resume、--again、--cancel 之一 give a run or codes, or one of these options"
        raise click.UsageError(msg)
    if not resume and (last_good or spoiled or shows):
        msg = "--last-good、--spoiled、--shows 与 --resume 同用 these go with --resume"
        raise click.UsageError(msg)
    if reissue and not what:
        msg = "--reissue 要写证书编号 names certificates"
        raise click.UsageError(msg)
    if what and not serial_start:
        msg = "请用 --serial-start 写明第一张纸的流水码 say which sheet is the first"
        raise click.UsageError(msg)
    from certgen.commands import print_work  # noqa: PLC0415

    desk = print_work.Desk(agency, (printer, tray, paper), output, ctx.obj["lang"])
    start = serial_start or ""
    if cancel:
        code = print_work.cancel(desk, cancel)
    elif resume:
        code = print_work.print_rest(desk, resume, shows, last_good, spoiled, start, reason=reason)
    elif again:
        code = print_work.print_again(desk, again, start, stock, reason=reason)
    else:
        code = print_work.print_new(
            desk, what, start, stock, order, count=count, reissue=reissue, reason=reason
        )
    sys.exit(code)
