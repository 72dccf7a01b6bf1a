"""`certgen preflight`: what a print shop would send a file back for."""

import sys
from pathlib import Path

import click

from certgen.errors import Said


@click.command(epilog="例 Example:  certgen preflight out/20260601-01/print-1.pdf")
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--standard",
    type=click.Choice(["x1a", "x4"]),
    help="按哪种规格检查 Held to which (default: as it declares).",
)
@click.pass_obj
def preflight(obj: dict[str, str], path: Path, standard: str | None) -> None:
    """印前检查 Every key and colour that a print shop's RIP refuses, and where it stands."""
    from certgen import terminal  # noqa: PLC0415
    from verify.preflight.check import preflight as check  # noqa: PLC0415
    from verify.preflight.profile import Standard  # noqa: PLC0415

    found = check(path, Standard(standard) if standard else None)
    terminal.findings(found, obj["lang"])
    if not found:
        said = Said(
            zh=f"{path.name}：未发现印刷问题（本工具自定的检查，不是 PDF/X 认证）",
            en=f"{path.name}: nothing to report (our own checks, no certification of PDF/X)",
        )
        click.echo(said.in_(obj["lang"]))
    sys.exit(terminal.exit_code(found, done=1))
