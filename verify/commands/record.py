"""`certverify record`: keep what a person saw on the official query page."""

import getpass
from pathlib import Path

import click

from certgen.errors import InputError
from certgen.standards.addresses import CERTIFICATE_QUERY
from certgen.standards.codes.identify import DocumentKind, identify
from verify.commands.options import now


@click.command(
    epilog="例 Example:  certverify record Y000041000001263000001 --found --screenshot jndj.png"
)
@click.argument("code")
@click.option("--found/--not-found", required=True, help="官方网页查到或未查到 What the page said.")
@click.option("--by", default="", help="查询人 Who looked (default: your user name).")
@click.option("--note", default="", help="备注 Note, e.g. the name that the page showed.")
@click.option(
    "--screenshot",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="截图文件，记下其摘要 Screenshot; its digest is kept.",
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    help="记录文件 File to write.",
)
@click.pass_obj
def record(
    obj: dict[str, str],
    code: str,
    by: str,
    note: str,
    screenshot: Path | None,
    output: Path | None,
    *,
    found: bool,
) -> None:
    """记录官方查询结果 Keep what a person saw on the official page. Human evidence, marked so.

    本程序从不打开网页：请自行输入官方网址查询。 The page is never opened by this program.
    """
    from verify import official  # noqa: PLC0415

    plain = "".join(code.split())
    if identify(plain).kind is not DocumentKind.CERTIFICATE:
        problem = identify(plain).said
        raise InputError(zh=problem.zh, en=problem.en)
    by = by.strip() or getpass.getuser()
    answer = official.record(
        plain, found=found, by=by, when=now(), note=note, screenshot=screenshot
    )
    path = output or Path(f"official-{plain}.json")
    official.write(answer, path)
    click.echo(path)
    zh = f"核验时加上 --official {path} 即可附上这条人工记录（官方网址 {CERTIFICATE_QUERY}）"
    en = f"add --official {path} when verifying, to have this record in the report"
    click.echo(zh if obj["lang"] == "zh" else en, err=True)
