"""`certgen impose`: cards and small certificates several to a sheet, with cutting marks."""

from pathlib import Path

import click

from certgen.commands.options import ORDER
from certgen.errors import InputError, Said


@click.command(epilog="例 Example:  certgen impose print-1.pdf --sheet SRA3 -o sheets.pdf")
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--sheet",
    default="A4",
    show_default=True,
    help="A4, A3, SRA4, SRA3, 宽x高 width x height in mm.",
)
@click.option(
    "--turn", type=click.Choice(["long", "short"]), default="long", show_default=True,
    help="双面打印沿长边还是短边翻转 Which edge the sheet is turned over for its back.",
)  # fmt: skip
@ORDER
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), default=Path("sheets.pdf"), show_default=True
)
@click.pass_obj
def impose(
    obj: dict[str, str], path: Path, sheet: str, turn: str, order: str, output: Path
) -> None:
    """拼版 Several copies on one sheet, with cutting marks; fronts and backs in register."""
    from certgen.render import impose as imposing  # noqa: PLC0415

    if output.exists() and output.samefile(path):
        raise InputError(
            zh="输出不能是原文件，请换一个名称",
            en="the output cannot be the source itself: choose another name",
        )
    paper = imposing.Sheet.named(sheet)
    grid = imposing.impose(path, output, paper, imposing.Turn(turn), imposing.Order(order))
    said = Said(
        zh=f"每张 {grid.columns} × {grid.rows} = {grid.count} 份，成品 {grid.width:g} × {grid.height:g} 毫米；"
        "打印时请选“实际大小”",
        en=f"{grid.columns} × {grid.rows} = {grid.count} copies a sheet, {grid.width:g} × {grid.height:g} mm each; "
        "print at actual size",
    )
    click.echo(said.in_(obj["lang"]), err=True)
    click.echo(output)
