"""`certgen paper`: the paper ledger (纸张台账), every pre-printed sheet from the box to its holder."""

from datetime import datetime
from pathlib import Path

import click

from certgen.commands.options import AGENCY
from certgen.speaking import WholeLines

STOCK = click.option("--stock", help="纸张版本 Form version, where a serial exists in several.")
REASON = click.option("--reason", required=True, help="原因 The reason, e.g. 卡纸.")
SHEETS = click.argument("serials", nargs=-1, required=True)
_STATES = ["blank", "printed", "issued", "spoiled", "destroyed", "lost"]


@click.group(cls=WholeLines, epilog="例 Example:  certgen paper balance")
def paper() -> None:
    """纸张台账：领入、已发、废张、遗失、日结 The ledger of pre-printed sheets (印制流水码)."""


@paper.command(
    epilog="例 Example:  certgen paper receive 00012001-00013000 --stock 2026年版 --by 张样例"
)
@click.argument("serials")
@click.option("--stock", required=True, help="纸张版本 Form version, e.g. 2026年版.")
@click.option("--by", required=True, help="领入人 Who received them.")
@click.option("--note", default="", help="备注 A note.")
@AGENCY
@click.pass_obj
def receive(
    obj: dict[str, str], serials: str, stock: str, by: str, note: str, agency: Path
) -> None:
    """登记领入一段流水码 Enter a range of blank sheets; overlaps are refused."""
    from certgen.commands import paper_work  # noqa: PLC0415

    paper_work.receive(agency, serials, stock, by, note, obj["lang"])


@paper.command(epilog="例 Example:  certgen paper issued 00012001-00012030   (or P20260601-01)")
@click.argument("what", nargs=-1, required=True)
@STOCK
@AGENCY
@click.pass_obj
def issued(obj: dict[str, str], what: tuple[str, ...], stock: str | None, agency: Path) -> None:
    """登记发出：流水码、证书编号或整个打印任务 Note as handed out: serials, certificate codes or a print job."""
    from certgen.commands import paper_work  # noqa: PLC0415

    paper_work.issued(agency, what, stock, obj["lang"])


@paper.command(epilog="例 Example:  certgen paper spoil 00012035 --reason 卡纸")
@SHEETS
@REASON
@STOCK
@AGENCY
@click.pass_obj
def spoil(
    obj: dict[str, str], serials: tuple[str, ...], reason: str, stock: str | None, agency: Path
) -> None:
    """登记废张 Note blank or printed sheets as spoiled."""
    from certgen.commands import paper_work  # noqa: PLC0415

    paper_work.spoil(agency, serials, reason, stock, obj["lang"])


@paper.command(epilog="例 Example:  certgen paper lost 00012077 --reason 清点时缺少")
@SHEETS
@REASON
@STOCK
@AGENCY
@click.pass_obj
def lost(
    obj: dict[str, str], serials: tuple[str, ...], reason: str, stock: str | None, agency: Path
) -> None:
    """登记在单位遗失的纸 Note sheets that were lost in the office.

    持证人遗失证书是补发：certgen print 证书编号 --reissue。 What a holder lost is re-issued instead.
    """
    from certgen.commands import paper_work  # noqa: PLC0415

    paper_work.lose(agency, serials, reason, stock, obj["lang"])


@paper.command(
    epilog="例 Example:  certgen paper destroy 00012035 00012036 --by 张样例 --witness 李样例"
)
@SHEETS
@click.option("--by", required=True, help="销毁人 Who destroyed them.")
@click.option("--witness", required=True, help="监销人 Who saw it: somebody else.")
@STOCK
@AGENCY
@click.pass_obj
def destroy(
    obj: dict[str, str],
    serials: tuple[str, ...],
    by: str,
    witness: str,
    stock: str | None,
    agency: Path,
) -> None:
    """登记销毁废张，两人签名 Note spoiled sheets as destroyed, by two people."""
    from certgen.commands import paper_work  # noqa: PLC0415

    paper_work.destroy(agency, serials, by, witness, stock, obj["lang"])


@paper.command(epilog="例 Example:  certgen paper balance --day 2026-06-01")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="哪一天 Which day (default: today).")
@AGENCY
@click.pass_obj
def balance(obj: dict[str, str], day: datetime | None, agency: Path) -> None:
    """日结：领入 = 已发 + 废张 + 遗失 + 结存 The daily equation; exit code 1 where it does not close."""
    from certgen.commands import paper_work  # noqa: PLC0415

    paper_work.balance(agency, day, obj["lang"])


@paper.command("list", epilog="例 Example:  certgen paper list --state spoiled -o 废张.csv")
@click.option(
    "--state",
    "states",
    type=click.Choice(_STATES),
    multiple=True,
    default=("spoiled", "destroyed", "lost"),
    help="状态，可重复 Which sheets; may be repeated (default: spoiled, destroyed, lost).",
)
@STOCK
@click.option("--output", "-o", type=click.Path(path_type=Path), help="CSV 文件 CSV file.")
@AGENCY
@click.pass_obj
def list_(
    obj: dict[str, str],
    states: tuple[str, ...],
    stock: str | None,
    output: Path | None,
    agency: Path,
) -> None:
    """列出废张、遗失的流水码，供备案 List spoiled and lost serials for the filing authority."""
    from certgen.commands import paper_work  # noqa: PLC0415

    paper_work.listed(agency, states, stock, output, obj["lang"])


@paper.command(epilog="例 Example:  certgen paper show 00012035")
@click.argument("serial")
@STOCK
@AGENCY
@click.pass_obj
def show(obj: dict[str, str], serial: str, stock: str | None, agency: Path) -> None:
    """一张纸的全部经过 One sheet and everything that happened to it."""
    from certgen.commands import paper_work  # noqa: PLC0415

    paper_work.show(agency, serial, stock, obj["lang"])
