"""`certgen fonts`: which face serves which role, and where open ones come from."""

from pathlib import Path

import click

from certgen.commands.options import AGENCY
from certgen.speaking import WholeLines


@click.group(cls=WholeLines, invoke_without_command=True, epilog="例 Example:  certgen fonts fetch")
@AGENCY
@click.option(
    "--folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="字体文件夹 Folder of fonts.",
)
@click.pass_context
def fonts(ctx: click.Context, agency: Path, folder: Path | None) -> None:
    """各角色实际所用字体 Which face serves which role, and what it covers."""
    if ctx.invoked_subcommand is None:
        from certgen import api, terminal  # noqa: PLC0415
        from certgen.exchange import agency_file  # noqa: PLC0415
        from certgen.fonts import report  # noqa: PLC0415

        known = agency_file.load(agency) if agency.exists() else None
        terminal.faces(report.rows(api.fonts_of(known, folder)), ctx.obj["lang"])


@fonts.command(epilog="例 Example:  certgen fonts fetch")
@click.pass_obj
def fetch(obj: dict[str, str]) -> None:
    """下载开源字体到缓存 Download open fonts into the cache (Debian, Ubuntu)."""
    from certgen.fonts import cache  # noqa: PLC0415
    from certgen.fonts.fetch import fetch as fetch_fonts  # noqa: PLC0415

    fetch_fonts(cache.folder(), lambda said: click.echo(said.in_(obj["lang"]), err=True))
    click.echo(cache.folder())
