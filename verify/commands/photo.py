"""`certverify photo`: a photo, scan or screenshot of a certificate."""

import sys
from pathlib import Path

import click

from verify.commands.options import (
    Given,
    asked_register,
    leave,
    now,
    official,
    trusted,
    with_options,
)


@click.command(
    epilog="例 Example:  certverify photo IMG_2041.jpg --html report.html\n\n"
    "退出码 Exit codes: 0 有效 VALID; 1 无效 INVALID; 2 无法读取 unreadable; 3 待核实 look again"
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--code", "asked", default="", help="应当是的证书编号 The number it should have.")
@click.option("--ocr/--no-ocr", default=None, help="识别纸面文字 Read the printed text, too.")
@with_options
def photo(given: Given, file: Path, asked: str, *, ocr: bool | None) -> None:
    """核验照片 Verify a photo, scan or screenshot of a certificate. Offline."""
    from verify.pipeline import Against, verify_photo  # noqa: PLC0415

    with asked_register(given.register) as view:
        against = Against(register=view, official=official(given), asked=asked)
        report = verify_photo(file, trusted(given), now(), ocr=ocr, against=against)
        code = leave(report, given, against, source=file, ocr=ocr)
    sys.exit(code)
