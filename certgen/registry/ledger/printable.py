"""Which numbers may be printed: issued here, neither void nor suspended."""

from collections.abc import Sequence

from sqlalchemy import Connection

from certgen.errors import RegisterError, Said
from certgen.registry import rows as numbers
from certgen.registry.entries import Mark, State


def check_numbers(connection: Connection, codes: Sequence[str]) -> None:
    """Only issued numbers that were made here and are in good standing are printed."""
    for code, why in unprintable(connection, codes).items():
        raise RegisterError(
            zh=f"证书 {code} {why.zh}，不能打印；本次没有占用任何纸张",
            en=f"certificate {code} {why.en} and cannot be printed; no sheet was taken",
        )


def unprintable(connection: Connection, codes: Sequence[str]) -> dict[str, Said]:
    """Those of the numbers that must not be printed, each with the reason."""
    found: dict[str, Said] = {}
    for code, row in numbers.held(connection, codes).items():
        if row.state == State.VOID:
            found[code] = Said("已作废", "is void")
        elif row.state == State.PENDING:
            found[code] = Said(
                "还没有制证（先完成 certgen issue）", "is pending (finish certgen issue)"
            )
        elif not row.plan:
            found[code] = Said(
                "是在别处制作的，这里没有它的版面", "was made elsewhere, its page is unknown"
            )
        elif row.mark != Mark.NONE:
            found[code] = Said("已暂停使用或已换发", "is suspended or superseded")
    return found
