"""`certgen layout`: an agency's own layout (自有版式), written to start from and checked."""

import sys
from pathlib import Path

import click

from certgen.errors import InputError, Said
from certgen.speaking import WholeLines


@click.group(cls=WholeLines)
def layout() -> None:
    """自有版式 The agency's own layout."""


@layout.command(epilog="例 Example:  certgen layout new 我的版式.toml")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--branch", is_flag=True, help="从样式二开始 Start from sample 二 (a branch issues).")
@click.pass_obj
def new(obj: dict[str, str], path: Path, *, branch: bool) -> None:
    """写出一份可修改的版式文件 Write a layout file to start from: sample 一, slot by slot."""
    from certgen.layouts import national_2021  # noqa: PLC0415
    from certgen.layouts.own_template import template  # noqa: PLC0415

    if path.exists():
        raise InputError(
            zh=f"{path} 已存在，不会覆盖：请换一个名称",
            en=f"{path} exists and is not overwritten: choose another name",
        )
    of = national_2021.style_2() if branch else national_2021.style_1()
    path.write_text(template(of), encoding="utf-8")
    click.echo(path)
    said = Said(
        zh='改好后运行 certgen layout check，再在机构配置 [layout] 中写 file = "…"',
        en='edit it, run certgen layout check, then write file = "…" under [layout] in the agency file',
    )
    click.echo(said.in_(obj["lang"]), err=True)


@layout.command(epilog="例 Example:  certgen layout check 我的版式.toml")
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.pass_obj
def check(obj: dict[str, str], path: Path) -> None:
    """必备内容、字号、重叠、页边 Required contents, type sizes, overlaps, page edge."""
    from certgen import terminal  # noqa: PLC0415
    from certgen.layouts import checks, own  # noqa: PLC0415

    made, _ = own.load(path)
    found = checks.findings(made)
    terminal.findings(found, obj["lang"])
    if not found:
        said = Said(
            zh=f"{path.name}：{len(made.texts)} 个文字位置，未发现问题",
            en=f"{path.name}: {len(made.texts)} text slots, nothing to report",
        )
        click.echo(said.in_(obj["lang"]))
    sys.exit(terminal.exit_code(found, done=1))
