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
