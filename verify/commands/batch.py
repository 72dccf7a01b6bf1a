"""`certverify batch`: a folder, a zip, a scan of many pages, or a list."""

import sys
from pathlib import Path

import click

from certgen.errors import InputError
from verify.commands.options import asked_register, now, open_store
from verify.commands.trust import trusting


@click.command(
    epilog="例 Example:  certverify batch 扫描.pdf --list 名单.xlsx --out 核验结果\n\n"
    "退出码 Exit codes: 0 全部有效 all VALID; 1 有无效的 some INVALID; 2 无法读取 nothing could be read; "
    "3 有待核实的 some to look at"
)
@click.argument("where", required=False, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--list",
    "listed",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="名单（xlsx、xls、ods、csv），结果写回副本 Your list; results go into a copy of it.",
)
@click.option("--sheet", help="名单的工作表 Which sheet of the list (default: the first).")
@click.option(
    "--out",
    "-o",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("核验结果"),
    show_default=True,
    help="结果文件夹，再次运行即从中断处继续 Where results go; run again to go on.",
)
@click.option(
    "--register",
    "register_path",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="同时查询台账文件 Also ask this register file.",
)
@click.option(
    "--ocr/--no-ocr",
    default=None,
    help="每页都识别文字，或都不 Read every page's text, or none (default: where no code is found).",
)
@trusting
@click.pass_obj
def batch(
    obj: dict[str, str],
    where: Path | None,
    listed: Path | None,
    sheet: str | None,
    out: Path,
    register_path: Path | None,
    trust: Path | None,
    *,
    ocr: bool | None,
    allow_sample: bool,
) -> None:
    """批量核验 Verify a folder, a zip, a scan of many pages, or a list. Offline; may be interrupted.

    WHERE 是文件夹、zip、PDF 或多页 TIFF；只有名单时省略。 Leave WHERE out to check a list alone.
    """
    from verify.batch import listing  # noqa: PLC0415
    from verify.batch.run import Order, run  # noqa: PLC0415
    from verify.terminal import batch as terminal  # noqa: PLC0415

    if where is None and listed is None:
        raise InputError(
            zh="请给出文件夹、文件或 --list 名单", en="give a folder, a file, or a list with --list"
        )
    held = open_store(trust, allow_sample=allow_sample)
    rows = listing.read(listed, sheet) if listed else None
    with asked_register(register_path) as view, terminal.watching(obj["lang"]) as watch:
        order = Order(where, rows, out, held, held.digest(), view, ocr)
        account = run(order, now(), watch)
    terminal.show(account, obj["lang"])
    sys.exit(account.exit_code)
