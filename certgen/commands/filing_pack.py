"""`certgen filing-pack`: what an agency hands to its filing authority about the certificates it will print."""

import sys
from datetime import date, datetime
from pathlib import Path

import click

from certgen.commands.options import AGENCY


@click.command(
    "filing-pack", epilog="例 Example:  certgen filing-pack --agency agency.toml -o 报备材料"
)
@AGENCY
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    default=Path("filing-pack"),
    show_default=True,
    help="输出文件夹 Folder; an earlier pack there is replaced, anything else is not.",
)
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="落款日期 Date of the letter and the specimens (default: today).",
)
@click.pass_obj
def filing_pack(obj: dict[str, str], agency: Path, output: Path, day: datetime | None) -> None:
    """报备材料包：样本、实测尺寸、印章文字 Specimens, measures and seals for the filing authority.

    样本印有“样本”，编号 000000，不签名，不占用编号。 Marked SPECIMEN, under nobody's number, unsigned.
    """
    from certgen import terminal  # noqa: PLC0415
    from certgen.commands import filing_work  # noqa: PLC0415

    def today() -> date:
        return day.date() if day else datetime.now().astimezone().date()

    pack = filing_work.make(agency, output, today, obj["lang"])
    found = pack.findings()
    terminal.findings(found, obj["lang"])
    click.echo(filing_work.summary(pack, output).in_(obj["lang"]), err=True)
    click.echo(output / "filing-pack.pdf")
    sys.exit(terminal.exit_code(found, done=1))
