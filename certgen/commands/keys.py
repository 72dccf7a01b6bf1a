"""`certgen keys`: the keys that sign QR codes, and the key lists that tell verifiers whose they are."""

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from certgen.speaking import WholeLines

AGENCY = click.option(
    "--agency",
    "-a",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("agency.toml"),
    show_default=True,
    help="机构配置 The agency file.",
)
OUTPUT = click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="输出文件 The file to write.",
)
PASS_FD = click.option(
    "--pass-fd", type=int, help="从文件描述符读取口令 Read the passphrase from this descriptor."
)
PASS_ENV = click.option(
    "--pass-env",
    default="",
    help="口令所在环境变量的名称 Name of the variable with the passphrase.",
)
DAYS = click.option(
    "--days",
    type=click.IntRange(1, 3660),
    default=365,
    show_default=True,
    help="有效天数 Days it holds.",
)
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
DAY = click.DateTime(["%Y-%m-%d"])


@click.group(cls=WholeLines)
def keys() -> None:
    """二维码签名密钥与密钥清单 Keys that sign QR codes, and key lists.

    步骤见 docs/trust.md。 The ceremony stands in docs/trust.md.
    """


@keys.command(epilog="例 Example:  certgen keys make keys/payload.pem")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--algorithm",
    type=click.Choice(["es256", "eddsa"]),
    default="es256",
    show_default=True,
    help="微信等内置浏览器不支持 eddsa Browsers inside chat applications lack eddsa.",
)
@PASS_FD
@PASS_ENV
def make(path: Path, algorithm: str, pass_fd: int | None, pass_env: str) -> None:
    """生成密钥（二维码签名或根） Make a key, for QR codes or as a root; never overwrites."""
    from certgen.commands import key_work  # noqa: PLC0415

    key_work.make(path, algorithm, _secret(pass_fd, pass_env, new=True))


@keys.command("list", epilog="例 Example:  certgen keys list keys")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
def list_(folder: Path) -> None:
    """文件夹中的公钥及指纹 The public keys in a folder, with their fingerprints."""
    from certgen.commands import key_work  # noqa: PLC0415

    sys.exit(key_work.fingerprints(sorted(folder.glob("*.pub.pem"))))


@keys.command(epilog="例 Example:  certgen keys fingerprint keys/payload.pub.pem")
@click.argument("files", nargs=-1, required=True, type=FILE)
def fingerprint(files: tuple[Path, ...]) -> None:
    """公钥的指纹，供公布和写入移交单 Fingerprints to publish and to print on hand-over papers."""
    from certgen.commands import key_work  # noqa: PLC0415

    sys.exit(key_work.fingerprints(files))


@keys.command(
    epilog="例 Example:  certgen keys introduce --from 2027-01-01 --until 2027-12-31 -o 2027.key-list"
)
@AGENCY
@click.option(
    "--key", type=FILE, help="另一把密钥（轮换时） Another key than the agency file's, to rotate."
)
@click.option(
    "--from",
    "first",
    type=DAY,
    required=True,
    help="所签证书的最早发证日期 First issue date it signs.",
)
@click.option(
    "--until", "last", type=DAY, required=True, help="最晚发证日期 Last issue date it signs."
)
@click.option(
    "--pdf-certificate",
    "certificates",
    type=FILE,
    multiple=True,
    help="签 PDF 的证书（PEM，可多个） Certificates that sign the agency's PDFs.",
)
@DAYS
@OUTPUT
@PASS_FD
@PASS_ENV
def introduce(first: datetime, last: datetime, **options: Any) -> None:  # noqa: ANN401  (options of click)
    """机构密钥介绍文件：交根密钥管理者，或直接给核验者 Introduce the agency's key, to a root or to verifiers."""
    from certgen.commands import key_work  # noqa: PLC0415

    secret = _secret(options.pop("pass_fd"), options.pop("pass_env"))
    key_work.introduce(first.date(), last.date(), secret, _now(), **options)


@keys.command(
    epilog="例 Example:  certgen keys publish root.pem --previous 6.key-list --add school.key-list -o 7.key-list"
)
@click.argument("root", type=FILE)
@click.option("--previous", type=FILE, help="上一期清单 The list before; without it the first.")
@click.option(
    "--add",
    "additions",
    type=FILE,
    multiple=True,
    help="机构密钥介绍文件 An introduction to take in.",
)
@click.option(
    "--retire",
    "retired",
    multiple=True,
    help="停用的密钥指纹 Fingerprint of a key that signs no more.",
)
@click.option(
    "--compromised", multiple=True, help="泄露的密钥指纹 Fingerprint of a key that others may have."
)
@click.option("--since", type=DAY, help="停用或泄露的日期 The day of both (default: today).")
@DAYS
@OUTPUT
@PASS_FD
@PASS_ENV
@click.pass_obj
def publish(obj: dict[str, str], /, root: Path, since: datetime | None, **options: Any) -> None:  # noqa: ANN401  (options of click)
    """用根密钥签发下一期密钥清单 Sign the next key list with the offline root key."""
    from certgen.commands import key_work  # noqa: PLC0415

    secret = _secret(options.pop("pass_fd"), options.pop("pass_env"))
    day = since.date() if since else date.today()  # noqa: DTZ011  (the day where the root's keeper sits)
    key_work.publish(root, secret, day, _now(), obj["lang"], **options)


@keys.command(epilog="例 Example:  certgen keys show 7.key-list")
@click.argument("file", type=FILE)
@click.pass_obj
def show(obj: dict[str, str], file: Path) -> None:
    """清单或状态包的内容，不核验签名 What a list or pack says; its signature is not checked."""
    from certgen.commands import key_work  # noqa: PLC0415

    key_work.show(file, obj["lang"])


def _secret(fd: int | None, env: str, *, new: bool = False) -> "Any":  # noqa: ANN401  (a callable, for one caller)
    """Gets a passphrase when it is called: from a descriptor, the named variable, or a prompt."""

    def ask(prompt: str) -> str:
        return str(
            click.prompt(prompt.rstrip(": "), hide_input=True, confirmation_prompt=new, err=True)
        )

    def read(default_env: str = "") -> bytes:
        from certgen.sign.passphrase import read_passphrase  # noqa: PLC0415

        return read_passphrase(
            env=env or default_env, fd=fd, ask=ask if sys.stdin.isatty() else None
        )

    return read


def _now() -> datetime:
    return datetime.now(UTC)
