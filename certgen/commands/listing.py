"""`certgen listing`: one row's page as a list of what stands where, for the reviewer's linter."""

from pathlib import Path

import click

from certgen.commands.options import AGENCY, ROSTER, ROW, SHEET


@click.command(epilog="例 Example:  certgen listing roster.xlsx --row 5 -o row5.json")
@ROSTER
@AGENCY
@SHEET
@ROW
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    default=Path("listing.json"),
    show_default=True,
)
def listing(roster: Path, agency: Path, sheet: str | None, row: int | None, output: Path) -> None:
    """写出一页的清单 List what stands where on one row's page, for `certverify lint`; nothing is issued.

    清单含持证人信息，请用样例名册。 The listing holds the row's personal data: use a sample roster.
    """
    from certgen import api  # noqa: PLC0415
    from certgen.issuing.files import in_words  # noqa: PLC0415

    text = api.listing(agency, roster, row=row, sheet=sheet)
    with in_words(output.parent):
        output.write_text(text, encoding="utf-8")
    click.echo(output)
