"""What the clerk gets besides certificates: an empty roster, rare characters, wording, sheets to look through."""

import sys
from pathlib import Path

import click

from certgen.commands.options import AGENCY, ROSTER, SHEET


@click.command(epilog="例 Example:  certgen template 花名册.xlsx")
@click.argument("path", type=click.Path(path_type=Path), default=Path("花名册.xlsx"))
@AGENCY
def template(path: Path, agency: Path) -> None:
    """空白花名册 An empty roster: text cells, drop-downs from the filed scope."""
    from certgen import api  # noqa: PLC0415

    api.write_template(agency, path)
    click.echo(path)


@click.command(epilog="例 Example:  certgen names roster.xlsx -o 生僻字")
@ROSTER
@AGENCY
@SHEET
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="字形图片文件夹 Folder for pictures."
)
@click.pass_obj
def names(
    obj: dict[str, str], roster: Path, agency: Path, sheet: str | None, output: Path | None
) -> None:
    """生僻字：由哪个字体显示，没有怎么办 Rare characters: which face serves them, or what to do."""
    from certgen import api, terminal  # noqa: PLC0415

    found = api.rare_names(agency, roster, sheet=sheet, pictures_to=output, lang=obj["lang"])
    terminal.findings(found, obj["lang"])
    if output:
        click.echo(output / "names.html")
    sys.exit(terminal.exit_code(found, done=1))


@click.command(epilog="例 Example:  certgen restricted roster.xlsx")
@click.argument("roster", required=False, type=click.Path(path_type=Path, exists=True))
@AGENCY
@click.pass_obj
def restricted(obj: dict[str, str], roster: Path | None, agency: Path) -> None:
    """证书禁用字样 Wording that may not stand on a certificate (人社鉴发〔2021〕1号 五(二))."""
    from certgen import api, terminal  # noqa: PLC0415

    found = api.restricted_wording(agency, roster)
    terminal.findings(found, obj["lang"])
    sys.exit(terminal.exit_code(found, done=1))


@click.command("contact-sheet", epilog="例 Example:  certgen contact-sheet roster.xlsx -p photos")
@ROSTER
@AGENCY
@SHEET
@click.option("--photos", "-p", required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--output", "-o", type=click.Path(path_type=Path), default=Path("contact-sheet.pdf"))
def contact_sheet(
    roster: Path, agency: Path, sheet: str | None, photos: Path, output: Path
) -> None:
    """照片核对单 Contact sheet: thirty portraits a page, each with its name."""
    from certgen import api  # noqa: PLC0415

    api.contact_sheet(agency, roster, output, photos=photos, sheet=sheet)
    click.echo(output)


@click.command("proof-sheet", epilog="例 Example:  certgen proof-sheet roster.xlsx")
@ROSTER
@AGENCY
@SHEET
@click.option("--output", "-o", type=click.Path(path_type=Path), default=Path("proof-sheet.pdf"))
def proof_sheet(roster: Path, agency: Path, sheet: str | None, output: Path) -> None:
    """姓名校对单，供持证人签字 Proof sheet: all names, for their holders to initial."""
    from certgen import api  # noqa: PLC0415

    api.proof_sheet(agency, roster, output, sheet=sheet)
    click.echo(output)
