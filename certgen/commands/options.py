"""Options that many commands of `certgen` have in common."""

from pathlib import Path

import click

AGENCY = click.option(
    "--agency",
    "-a",
    type=click.Path(path_type=Path),
    default=Path("agency.toml"),
    show_default=True,
    help="机构配置 Agency file.",
)
SHEET = click.option("--sheet", help="工作表名称 Which sheet of the workbook (default: the first).")
ROSTER = click.argument("roster", type=click.Path(path_type=Path, exists=True, dir_okay=False))
ROW = click.option(
    "--row", type=int, help="Excel 行号 Row as Excel numbers it (default: first good row)."
)
PHOTOS = click.option(
    "--photos",
    "-p",
    type=click.Path(path_type=Path, exists=True),
    help="照片文件夹或 zip Folder or zip of photos, named by number or name.",
)
ORDER = click.option(
    "--order", type=click.Choice(["roster", "number"]), default="roster", show_default=True,
    help="按名册还是按编号 In the order of the roster or of the numbers.",
)  # fmt: skip
