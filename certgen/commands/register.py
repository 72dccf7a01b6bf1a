"""`certgen show`, `void`, `register`: what is known of a number; take one out of use; take numbers in."""

import sys
from pathlib import Path

import click

from certgen.commands.options import AGENCY, SHEET
from certgen.errors import Said
from certgen.speaking import WholeLines


@click.command(epilog="例 Example:  certgen show S000041000001263000001")
@click.argument("code")
@AGENCY
@click.pass_obj
def show(obj: dict[str, str], code: str, agency: Path) -> None:
    """逐位解释编号并查台账 Explain a code part by part, and look it up in the register."""
    from certgen import api, terminal  # noqa: PLC0415

    shown = api.show(agency if agency.exists() else None, code)
    result = terminal.shown(shown, obj["lang"])
    if shown.sheets:
        from certgen.commands import paper_words  # noqa: PLC0415

        paper_words.of_certificate(shown.sheets, obj["lang"])
    sys.exit(result)


@click.command(epilog='例 Example:  certgen void S000041000001263000001 --reason "姓名录入错误"')
@click.argument("code")
@click.option("--reason", required=True, help="作废原因 Why.")
@AGENCY
@click.pass_obj
def void(obj: dict[str, str], code: str, reason: str, agency: Path) -> None:
    """作废一个编号 Take a number out of use for good; it is never given again."""
    from certgen import api  # noqa: PLC0415

    api.void(agency, code, reason)
    said = Said(
        zh=f"{code} 已作废，不会再次使用", en=f"{code} is void and will never be used again"
    )
    click.echo(said.in_(obj["lang"]))
    if sheets := api.show(agency, code).sheets:
        from certgen.commands import paper_words  # noqa: PLC0415

        paper_words.void_on(sheets, obj["lang"])


@click.group(cls=WholeLines)
def register() -> None:
    """台账 The register of numbers."""


@register.command("import", epilog="例 Example:  certgen register import 已发证书.xlsx")
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@AGENCY
@SHEET
@click.pass_obj
def import_(obj: dict[str, str], path: Path, agency: Path, sheet: str | None) -> None:
    """导入在别处核发的编号 Take in numbers issued elsewhere; the same list again changes nothing."""
    from certgen import api, terminal  # noqa: PLC0415

    taken = api.import_numbers(agency, path, sheet=sheet)
    terminal.findings(taken.findings, obj["lang"])
    terminal.imported(taken, obj["lang"])
    done = taken.report.imported + taken.report.already
    sys.exit(terminal.exit_code(taken.findings, done=done))
