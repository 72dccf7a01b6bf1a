"""`certverify pdf`: an electronic certificate, or a scan in a PDF."""

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
    epilog="例 Example:  certverify pdf Y000041000001263000001.pdf\n\n"
    "退出码 Exit codes: 0 有效 VALID; 1 无效 INVALID; 2 无法读取 unreadable; 3 待核实 look again"
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--page", type=click.IntRange(min=1), help="第几页 Which page (default: find it).")
@click.option("--code", "asked", default="", help="应当是的证书编号 The number it should have.")
@click.option("--ocr/--no-ocr", default=None, help="扫描页识别文字 Read scanned pages, too.")
@with_options
def pdf(given: Given, file: Path, page: int | None, asked: str, *, ocr: bool | None) -> None:
    """核验 PDF Verify the PDF of a certificate: signature, text and QR code. Offline."""
    from verify.pipeline import Against, verify_pdf  # noqa: PLC0415

    with asked_register(given.register) as view:
        against = Against(register=view, official=official(given), asked=asked)
        report = verify_pdf(file, trusted(given), now(), page=page, ocr=ocr, against=against)
        code = leave(report, given, against, source=file, page=page, ocr=ocr)
    sys.exit(code)
