"""`certgen stock`: pre-printed sheets (套打): what is on the blank sheet already, and where the rest goes."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from certgen.commands.options import AGENCY, PHOTOS, ROSTER, ROW, SHEET
from certgen.errors import Said
from certgen.speaking import WholeLines

if TYPE_CHECKING:
    from certgen.stocks import Drafted

FORMS = ("national-2021", "national-2019", "henan-2020-special-ability", "supervisor-2020")
STOCK = click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
BRANCH = click.option(
    "--branch", help="分支机构 Id of the branch, for the sheets of sample 二 (样式二)."
)


@click.group(cls=WholeLines)
def stock() -> None:
    """套打纸张 Pre-printed sheets: define, check, proof, order.

    步骤见 docs/print.md。 The steps stand in docs/print.md.
    """


@stock.command(epilog="例 Example:  certgen stock new --scan blank.png -o stock.toml")
@click.option(
    "--scan",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="空白证书纸的扫描件 Scan of the blank sheet; without one: to order sheets by.",
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("stock.toml"),
    show_default=True,
)
@click.option("--version", default="", help="纸张版次 What you call this printing: 2026年版.")
@click.option(
    "--agency",
    "-a",
    type=click.Path(path_type=Path),
    help="机构配置 Agency file (default: agency.toml, where it is there).",
)
@click.option(
    "--form",
    type=click.Choice(FORMS),
    default=FORMS[0],
    show_default=True,
    help="没有机构配置时的式样 Form, where there is no agency file.",
)
@BRANCH
@click.pass_obj
def new(
    obj: dict[str, str],
    scan: Path | None,
    output: Path,
    version: str,
    agency: Path | None,
    form: str,
    branch: str | None,
) -> None:
    """由空白纸的扫描件提出纸张定义 Propose a stock definition from a scan of the blank sheet."""
    from certgen import stocks, terminal  # noqa: PLC0415
    from certgen.standards.forms import FormId  # noqa: PLC0415

    default = Path("agency.toml")
    made = stocks.new(
        scan,
        output,
        version=version or output.stem,
        agency_path=agency or (default if default.exists() else None),
        form=FormId(form),
        branch=branch,
    )
    terminal.findings(made.findings, obj["lang"])
    click.echo(_told(made, output).in_(obj["lang"]), err=True)
    click.echo(output)
    sys.exit(terminal.exit_code(made.findings, done=1))


def _told(made: "Drafted", output: Path) -> Said:
    if made.found is None:
        return Said(
            zh=f"按版式写成，可用于订纸：certgen stock order {output}；收到纸后请扫描一张，重新定义",
            en=f"written from the layout, to order sheets by: certgen stock order {output}; once they are there, scan "
            "one and define it anew",
        )
    lying = made.found.scan
    return Said(
        zh=f"纸张：{lying.dpi:.1f} dpi，歪斜 {lying.angle_deg:.2f} 度；似已印好 {made.printed} 项，"
        f"{made.snapped} 项靠到横线。均为建议：请运行 certgen stock edit {output} 逐项核对",
        en=f"the sheet: {lying.dpi:.1f} dpi, turned by {lying.angle_deg:.2f} degrees; {made.printed} slots seem "
        f"printed already, {made.snapped} values were put onto lines. These are proposals: look at each with "
        f"certgen stock edit {output}",
    )


@stock.command(epilog="例 Example:  certgen stock edit stock.toml")
@STOCK
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="编辑页 The page."
)
@click.pass_obj
def edit(obj: dict[str, str], path: Path, output: Path | None) -> None:
    """写出编辑页，用浏览器打开 Write an editing page for a browser: drag, tick, save."""
    from certgen import stocks  # noqa: PLC0415

    page = stocks.edit(path, output)
    said = Said(
        zh=f"请用浏览器打开；保存后用下载的文件替换 {path.name}，再运行 certgen stock check",
        en=f"open it in a browser; put the file it saves in place of {path.name}, then run certgen stock check",
    )
    click.echo(said.in_(obj["lang"]), err=True)
    click.echo(page)


@stock.command(epilog="例 Example:  certgen stock check stock.toml")
@STOCK
@click.pass_obj
def check(obj: dict[str, str], path: Path) -> None:
    """必备内容、重叠、纸边 Required contents, overlaps, the edge of the sheet."""
    from certgen import stocks, terminal  # noqa: PLC0415
    from certgen.stock.definition import State, describe  # noqa: PLC0415

    made, found = stocks.check(path)
    terminal.findings(found, obj["lang"])
    states = list(made.states.values())
    counts = [states.count(state) for state in (State.PRINTED, State.DATA, State.NONE)]
    form = describe(made.of)
    said = Said(
        zh=f"{made.version}（{form.zh}）：已印好 {counts[0]} 项，打印 {counts[1]} 项，不用 {counts[2]} 项",
        en=f"{made.version} ({form.en}): {counts[0]} slots printed already, {counts[1]} data, {counts[2]} not used",
    )
    click.echo(said.in_(obj["lang"]))
    sys.exit(terminal.exit_code(found, done=1))


@stock.command(
    epilog="例 Example:  certgen stock proof stock.toml roster.xlsx --row 5 -o proof.png"
)
@STOCK
@ROSTER
@AGENCY
@SHEET
@ROW
@PHOTOS
@click.option(
    "--layer",
    type=click.Choice(["data", "static", "all", "proof"]),
    default="proof",
    show_default=True,
    help="要打印的、纸上已印的、全部、叠印 What is printed, what the sheet has, both, the data over the scan.",
)
@click.option(
    "--output",
    "-o",
    "outputs",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    default=(Path("proof.png"), Path("proof.pdf")),
    show_default=True,
    help="图片或 PDF，可写两次 Picture or PDF; may be given twice.",
)
def proof(
    path: Path,
    roster: Path,
    agency: Path,
    sheet: str | None,
    row: int | None,
    photos: Path | None,
    layer: str,
    outputs: tuple[Path, ...],
) -> None:
    """叠印校样：数据叠在空白纸扫描件上 One row's data over the scan of the blank sheet; nothing is issued."""
    from certgen import stocks  # noqa: PLC0415
    from certgen.stock.definition import Layer  # noqa: PLC0415

    stocks.proof(
        path, agency, roster, outputs, row=row, sheet=sheet, photos=photos, layer=Layer(layer)
    )
    for output in outputs:
        click.echo(output)


@stock.command(epilog="例 Example:  certgen stock order stock.toml -o blank-for-the-shop.pdf")
@STOCK
@AGENCY
@BRANCH
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("blank.pdf"),
    show_default=True,
)
@click.pass_obj
def order(obj: dict[str, str], path: Path, agency: Path, branch: str | None, output: Path) -> None:
    """订纸文件：印刷厂要印在空白纸上的内容 A print PDF of what the shop puts on the blank sheets."""
    from certgen import stocks  # noqa: PLC0415

    stocks.order(path, agency, output, branch=branch)
    said = Said(
        zh="交印前请运行 certgen preflight；流水码由印刷厂编印，底纹和防伪由印刷厂设计",
        en="run certgen preflight before it goes out; numbers, ground and security print are the shop's",
    )
    click.echo(said.in_(obj["lang"]), err=True)
    click.echo(output)
