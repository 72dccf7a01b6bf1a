"""`certverify trust`: pin roots and keys by fingerprint, look at them, remove them, take newer lists in."""

import getpass
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from certgen.errors import Said
from certgen.speaking import WholeLines

Command = Callable[..., Any]
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
KINDS = [
    "list-root",
    "agency-key",
    "pdf-root",
    "tsa-root",
]  # verify.trust.pins.Kind, not loaded for --help
_SAME = Said("与公布的指纹逐组相同吗？", "Is it the published fingerprint, group by group?")


def trusting(command: Command) -> Command:
    """The two options of every command that asks the trust store: `trust` (a folder or None) and `allow_sample`."""
    allowing = click.option(
        "--allow-sample",
        is_flag=True,
        help="接受样例密钥，仅供试用 Accept sample keys, for trying out.",
    )
    folder = click.option(
        "--trust",
        type=click.Path(path_type=Path, file_okay=False),
        help="信任库文件夹（默认在用户配置目录） Folder of the trust store (default: the user's own).",
    )
    return folder(allowing(command))


@click.group(cls=WholeLines)
def trust() -> None:
    """信任库：固定根密钥，更新清单 Whom to trust: pin roots by fingerprint, update lists.

    本程序不预置任何根。 No root comes with this program.
    """


@trust.command(epilog='例 Example:  certverify trust add root.pem --label "某省鉴定中心"')
@click.argument("file", type=FILE)
@click.option(
    "--fingerprint",
    help="公布的指纹（SHA-256），相符才固定 The published fingerprint; pinned only if it is the same.",
)
@click.option("--label", default="", help="这是谁的 Whose it is.")
@click.option("--as", "kind", type=click.Choice(KINDS), help="种类 Kind.")
@click.option("--by", default=getpass.getuser, show_default="user name", help="经办人 Who decides.")
@trusting
@click.pass_obj
def add(
    obj: dict[str, str],
    file: Path,
    fingerprint: str | None,
    label: str,
    kind: str | None,
    by: str,
    trust: Path | None,
    *,
    allow_sample: bool,
) -> None:
    """固定一个根或一家机构的密钥 Pin a root, or one agency's own key.

    文件：PEM 公钥（密钥清单的根）、PEM 证书（PDF 签名的根；时间戳的根加 --as tsa-root）、机构密钥介绍文件。
    请用另一途径（机构网站、移交单）核对指纹。

    FILE is a public key in PEM (root of key lists), a certificate in PEM (root of PDF signatures;
    with --as tsa-root, of timestamps) or an agency's introduction of its key. Compare the
    fingerprint with the one published elsewhere.
    """
    from verify.trust import desk  # noqa: PLC0415

    ask = partial(click.confirm, _SAME.in_(obj["lang"]), default=False, err=True)
    desk.add(
        desk.open_store(trust, allow_sample=allow_sample),
        desk.offer(file, label, kind),
        fingerprint,
        by,
        datetime.now(UTC),
        obj["lang"],
        ask=ask if sys.stdin.isatty() else None,
    )


@trust.command("list", epilog="例 Example:  certverify trust list")
@trusting
@click.pass_obj
def list_(obj: dict[str, str], trust: Path | None, *, allow_sample: bool) -> None:
    """固定了什么，各清单的日期 What is pinned, when and by whom, and how old the lists are."""
    from verify.terminal import trust as shown  # noqa: PLC0415
    from verify.trust import desk  # noqa: PLC0415

    store = desk.open_store(trust, allow_sample=allow_sample)
    shown.store(store, datetime.now(UTC), obj["lang"])
    sys.exit(0 if store.pins else 3)


@trust.command(epilog="例 Example:  certverify trust remove 3f2a09bc…（64 位 64 digits）")
@click.argument("fingerprint")
@trusting
@click.pass_obj
def remove(
    obj: dict[str, str], fingerprint: str, trust: Path | None, *, allow_sample: bool
) -> None:
    """不再信任某个指纹 Trust no longer what has this fingerprint."""
    from verify.trust import desk  # noqa: PLC0415

    desk.remove(desk.open_store(trust, allow_sample=allow_sample), fingerprint, obj["lang"])


@trust.command(epilog="例 Example:  certverify trust update 2026-06.status-pack")
@click.argument("files", nargs=-1, required=True, type=FILE)
@trusting
@click.pass_obj
def update(
    obj: dict[str, str], files: tuple[Path, ...], trust: Path | None, *, allow_sample: bool
) -> None:
    """导入密钥清单、状态清单或状态包 Take in key lists, status lists, or packs of both.

    签名不符、范围不符、比已见过的旧：一律拒绝。 Refused: what no pinned root proves, and what is older than seen.
    """
    from verify.trust import desk  # noqa: PLC0415

    store = desk.open_store(trust, allow_sample=allow_sample)
    sys.exit(desk.update(store, files, datetime.now(UTC), obj["lang"]))
