"""`certverify signatures`: many signed PDFs at once, each accepted or refused with the reason, and a sum."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import click

from verify.commands.trust import Command, trusting


def _files(option: str, name: str, what: str) -> Callable[[Command], Command]:
    """An option that takes one file and may be repeated."""
    path = click.Path(path_type=Path, exists=True, dir_okay=False)
    return click.option(option, name, multiple=True, type=path, help=what)


@click.command(
    epilog="例 Example:  certverify signatures out/20260601-01 --root ca.pem\n\n"
    "退出码 Exit codes: 0 全部通过 all accepted; 1 有拒绝 some refused; 2 没有可读的文件 nothing to read; "
    "3 通过但吊销状态未查 accepted, but revocation was not checked"
)
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, exists=True),
    metavar="PATH...",
)
@_files(
    "--root",
    "roots",
    "签名根证书，PEM 或 DER，可重复 Root of the signers; beside the trust store's.",
)
@_files("--tsa-root", "tsa_roots", "时间戳根证书 Root of the time stamp authority.")
@_files("--crl", "crls", "吊销列表，PEM 或 DER A revocation list.")
@trusting
@click.option(
    "--json", "as_json", is_flag=True, help="输出 JSON，不含页面文字 JSON, without the pages' text."
)
@click.option("--any-signer", is_flag=True, hidden=True)
@click.pass_obj
def signatures(
    obj: dict[str, str],
    paths: tuple[Path, ...],
    roots: tuple[Path, ...],
    tsa_roots: tuple[Path, ...],
    crls: tuple[Path, ...],
    trust: Path | None,
    *,
    allow_sample: bool,
    as_json: bool,
    any_signer: bool,
) -> None:
    """逐个检查 PDF 签名 Examine the signatures of PDF files or folders of them. Offline.

    规则见 docs/signatures.md。 Every rule and its id: docs/signatures.md.
    """
    from verify import signed_folder  # noqa: PLC0415 - heavy, and `--help` reads this file
    from verify.terminal import signatures as shown  # noqa: PLC0415

    policy = signed_folder.policy_of(
        trust,
        roots=roots,
        tsa_roots=tsa_roots,
        crls=crls,
        allow_sample=allow_sample,
        any_signer=any_signer,
    )
    files = signed_folder.files_in(paths)
    lang = obj["lang"]
    if any_signer:
        click.echo(shown.UNSAFE.in_(lang), err=True)
    examined: signed_folder.Examined = []
    for name, report in signed_folder.examine(shown.watched(files, lang), policy):
        examined.append((name, report))
        if not as_json:
            shown.line(name, report, lang)
    if as_json:
        click.echo(json.dumps(signed_folder.as_json(examined), ensure_ascii=False, indent=2))
    else:
        shown.summary([report for _, report in examined], lang)
    sys.exit(signed_folder.exit_code(examined))
