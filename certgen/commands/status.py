"""`certgen status`: suspend certificates, publish the signed status list, pack lists for whoever is offline."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from certgen.commands.keys import AGENCY, FILE, OUTPUT, PASS_FD
from certgen.speaking import WholeLines


@click.group(cls=WholeLines)
def status() -> None:
    """状态清单：作废、换发、暂停 The status list: void, superseded, suspended."""


@status.command(epilog="例 Example:  certgen status publish -o 2026-06.status-list")
@AGENCY
@OUTPUT
@click.option(
    "--days",
    type=click.IntRange(1, 366),
    default=31,
    show_default=True,
    help="可信天数 Days it may be relied on.",
)
@PASS_FD
@click.pass_obj
def publish(
    obj: dict[str, str], agency: Path, output: Path, days: int, pass_fd: int | None
) -> None:
    """按台账签发状态清单 Sign what the register says of every certificate.

    请定期签发，并在作废后立即签发。 Publish regularly, and at once after a number was made void.
    """
    from certgen.commands import status_work  # noqa: PLC0415
    from certgen.sign.passphrase import read_passphrase  # noqa: PLC0415

    def ask(prompt: str) -> str:
        return str(click.prompt(prompt.rstrip(": "), hide_input=True, err=True))

    def secret(env: str) -> bytes:
        return read_passphrase(env=env, fd=pass_fd, ask=ask if sys.stdin.isatty() else None)

    status_work.publish(agency, output, days, secret, datetime.now(UTC), obj["lang"])


@status.command(
    epilog="例 Example:  certgen status mark S000041000001263000001 suspended --reason 复核中"
)
@click.argument("code")
@click.argument("mark", type=click.Choice(["suspended", "superseded", "valid"]))
@click.option("--reason", required=True, help="原因 The reason.")
@AGENCY
@click.pass_obj
def mark(obj: dict[str, str], code: str, mark: str, reason: str, agency: Path) -> None:
    """暂停、恢复或注明已换发 Suspend a certificate, lift that, or note that another replaces it.

    作废用 certgen void。 To make a number void, use certgen void.
    """
    from certgen.commands import status_work  # noqa: PLC0415

    status_work.mark(agency, code, mark, reason, obj["lang"])


@status.command(
    epilog="例 Example:  certgen status pack -o 2026-06.status-pack 7.key-list 2026-06.status-list"
)
@click.argument("files", nargs=-1, required=True, type=FILE)
@OUTPUT
@click.pass_obj
def pack(obj: dict[str, str], files: tuple[Path, ...], output: Path) -> None:
    """把密钥清单和状态清单装进一个文件 Put key lists and status lists into one file, for a USB stick or a chat."""
    from certgen.commands import status_work  # noqa: PLC0415

    status_work.pack(files, output, obj["lang"])
