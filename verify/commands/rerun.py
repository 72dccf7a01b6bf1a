"""`certverify rerun`: go through a case again."""

import sys
from pathlib import Path

import click


@click.command(
    epilog="例 Example:  certverify rerun 案卷/2026-001\n\n"
    "退出码 Exit codes: 0 结果相同 the same again; 1 有不同 something differs; 2 不是案卷 no case"
)
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--today", is_flag=True, help="按今天而不是当时判断 Judge for today, not for then.")
@click.pass_obj
def rerun(obj: dict[str, str], folder: Path, *, today: bool) -> None:
    """重做案卷 Go through a case again (made with --case), and say whether anything differs."""
    from verify import case  # noqa: PLC0415
    from verify.commands.options import now  # noqa: PLC0415
    from verify.terminal import card  # noqa: PLC0415

    done = case.rerun(folder, now() if today else None)
    card.show(done.report, obj["lang"])
    zh = obj["lang"] == "zh"
    if not done.differences:
        click.echo("与案卷一致" if zh else "the same as in the case")
        return
    click.echo("与案卷不同：" if zh else "it differs from the case:")
    for said in done.differences:
        click.echo(f"  {said.in_(obj['lang'])}")
    sys.exit(1)
