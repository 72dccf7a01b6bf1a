"""`certgen sign`: the branch signs what headquarters has sent, and headquarters takes it back (两地签名)."""

import sys
from pathlib import Path

import click

from certgen.commands.options import AGENCY

_EITHER = "--as 或 --hand-back，二者选一 Give either --as or --hand-back."


@click.command(epilog="例 Example:  certgen sign --as zezhou 收到的文件夹")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@AGENCY
@click.option(
    "--as",
    "branch",
    metavar="BRANCH",
    help="以哪个分支机构的名义签名 Sign for this branch (its id in the agency file).",
)
@click.option(
    "--hand-back",
    "back",
    metavar="BRANCH",
    help="总部收回该分支机构签好的文件 Headquarters: take back what this branch has signed.",
)
@click.option(
    "--out",
    "-o",
    type=click.Path(path_type=Path),
    default=Path("out"),
    show_default=True,
    help="收回时：原输出文件夹 With --hand-back: where `certgen issue` had put the files.",
)
@click.option(
    "--pass-fd", type=int, help="从文件描述符读取口令 Read the passphrase from this descriptor."
)
@click.pass_obj
def sign(
    obj: dict[str, str],
    folder: Path,
    agency: Path,
    branch: str | None,
    back: str | None,
    out: Path,
    pass_fd: int | None,
) -> None:
    """分支机构另行签名；总部收回 A branch signs in its own place; headquarters takes it back.

    文件夹须有 handover-分支.csv 及其 .p7s。再次运行即从中断处继续。 The folder holds the list
    handover-BRANCH.csv with its .p7s. Running again resumes.
    """
    from certgen import terminal  # noqa: PLC0415 - `--help` is instant
    from certgen.api import hand_back, sign_as  # noqa: PLC0415
    from certgen.commands.asking import passphrase_from  # noqa: PLC0415

    if (branch is None) == (back is None):
        raise click.UsageError(_EITHER)
    if branch is not None:
        with terminal.counting(obj["lang"]) as watch:
            account = sign_as(agency, branch, folder, passphrase_from(pass_fd), watch=watch)
        terminal.findings(account.findings, obj["lang"])
        terminal.countersigned(account, obj["lang"])
        done = account.signed + account.already
        sys.exit(terminal.exit_code(account.findings, done=done))
    taken = hand_back(agency, str(back), folder, out)
    terminal.findings(taken.findings, obj["lang"])
    terminal.handed_back(taken, obj["lang"])
    sys.exit(terminal.exit_code(taken.findings, done=taken.registered + taken.already))
