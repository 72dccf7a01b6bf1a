"""`certverify lint DESIGN…`: checks proposed certificate designs and writes what a reviewer needs."""

from pathlib import Path

import click

from certgen.errors import InputError
from verify.design.profiles import DEFAULT, PROFILES

_KINDS = ("html", "marked", "worksheet", "letter", "json", "sarif")
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command(
    epilog="例 Examples:  certverify lint 样式.pdf --agency agency.toml\n\n"
    "certverify lint 样式.pdf --directory 机构目录.xlsx --out 审核\n\n"
    "certverify lint 新样式.pdf --agency agency.toml --against 审核/样式.json\n\n"
    "退出码 Exit codes: 0 无须处理 nothing to do; 1 有不符合 errors; 2 无法读取 nothing read; "
    "3 只剩请说明或无法判断 only review or undecided left"
)
@click.argument("designs", nargs=-1, required=True, type=_FILE, metavar="DESIGN...")
@click.option(
    "--agency",
    "agency_file",
    type=_FILE,
    help="机构配置 Agency file (agency.toml) with the filed names.",
)
@click.option(
    "--directory",
    type=_FILE,
    help="评价机构目录 (Excel); 按样式上的名称查找 Excel list of agencies, found by name.",
)
@click.option(
    "--profile",
    "profiles",
    multiple=True,
    metavar="NAME",
    help=f"检查方案，可重复 Profile, repeatable: {', '.join(PROFILES)}. Default: {' + '.join(DEFAULT)}.",
)
@click.option(
    "--forbidden-art",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="禁用图案文件夹 Folder of forbidden pictures (subfolders emblem, flag, logo).",
)
@click.option(
    "--decisions",
    "decisions_file",
    type=_FILE,
    help="审查决定 Decisions file. Default: DESIGN.decisions.toml.",
)
@click.option(
    "--against",
    type=_FILE,
    help="上次的 JSON 报告或样式 Former JSON report or design: what was mended?",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="输出文件夹 Folder for the files below.",
)
@click.option(
    "--write",
    "writes",
    multiple=True,
    type=click.Choice(_KINDS),
    help="写哪些文件，可重复 Which files, repeatable. Default with --out: all.",
)
@click.option(
    "--template", type=_FILE, help="复函模板 Own letter template (certverify letter-template)."
)
@click.option(
    "--print",
    "print_as",
    type=click.Choice(["text", "json", "sarif"]),
    default="text",
    help="标准输出 What goes to stdout.",
)
@click.option(
    "--ocr", is_flag=True, help="识别图片中的文字（需 [ocr]） Read text in pictures (extra [ocr])."
)
@click.option("--brief", is_flag=True, help="不列出准许的字样 Leave out what is exempt.")
@click.pass_context
def lint(
    ctx: click.Context,
    designs: tuple[Path, ...],
    agency_file: Path | None,
    directory: Path | None,
    profiles: tuple[str, ...],
    forbidden_art: Path | None,
    decisions_file: Path | None,
    against: Path | None,
    out: Path | None,
    writes: tuple[str, ...],
    template: Path | None,
    print_as: str,
    *,
    ocr: bool,
    brief: bool,
) -> None:
    """检查证书样式设计稿，逐条引用通知条款 Check a proposed design, clause by clause."""
    lang = ctx.obj["lang"]
    if agency_file and directory:
        raise InputError(
            zh="--agency 和 --directory 只能给一个", en="give --agency or --directory, not both"
        )
    if writes and out is None:
        raise InputError(zh="--write 需要 --out 文件夹", en="--write needs --out FOLDER")
    if (decisions_file or against) and len(designs) > 1:
        raise InputError(
            zh="--decisions 和 --against 一次只用于一个样式",
            en="--decisions and --against go with one design at a time",
        )
    from verify.commands.linting import Wanted, run  # noqa: PLC0415  (--help loads nothing heavy)

    wanted = Wanted(
        agency_file,
        directory,
        profiles,
        forbidden_art,
        decisions_file,
        against,
        out,
        writes or _KINDS,
        template,
        print_as,
        ocr=ocr,
        brief=brief,
    )
    ctx.exit(run(designs, wanted, lang))
