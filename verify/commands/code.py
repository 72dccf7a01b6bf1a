"""`certverify code`: a typed certificate code, explained digit by digit."""

import sys

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
    epilog="例 Example:  certverify code Y000041000001263000001 --register register.db\n\n"
    "退出码 Exit codes: 1 无效 INVALID; 3 待核实 look again; 编码本身不能证明有效 a code alone is never VALID"
)
@click.argument("code")
@with_options
def code(given: Given, code: str) -> None:
    """说明编码 Explain a typed code, and hold it against register or record. Offline."""
    from verify.pipeline import Against, verify_code  # noqa: PLC0415

    with asked_register(given.register) as view:
        against = Against(register=view, official=official(given))
        report = verify_code(code, trusted(given), now(), against=against)
        done = leave(report, given, against)
    sys.exit(done)
