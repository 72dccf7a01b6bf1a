"""The command line of the agency clerk: `certgen init | check | issue` and what goes with them.

Results go to stdout, talk to stderr. Exit codes: 0 nothing to report; 1 findings or refused rows; 2 usage, or nothing
could be done; 3 only review is left. Heavy modules are imported by the command that needs them: `--help` is instant.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from certgen import __version__
from certgen.commands.options import AGENCY, SHEET
from certgen.errors import InputError, Said
from certgen.speaking import SpeakingGroup, language

if TYPE_CHECKING:
    from certgen.model.finding import Finding

PHOTOS = click.option(
    "--photos",
    "-p",
    type=click.Path(path_type=Path, exists=True),
    help="照片文件夹或 zip Folder or zip of photos, named by number or name.",
)
APPROVED = click.option(
    "--approved",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="审核通过名单 List of approved people from the centre.",
)
HIDDEN = click.option(
    "--include-hidden",
    is_flag=True,
    help="包括隐藏和筛选掉的行 Also rows that are hidden or filtered.",
)
BACK = click.option(
    "--back",
    type=click.Path(path_type=Path, file_okay=False),
    help="退回文件夹：errors.csv 和标红的名册副本 Folder for errors.csv and a marked copy of the roster.",
)
ROSTER = click.argument("roster", type=click.Path(path_type=Path, exists=True, dir_okay=False))


INTERRUPTED = Said(
    zh="已中断：编号与已完成的证书都已保存，再次运行同一命令即可继续",
    en="interrupted: numbers and finished certificates are kept; run the same command to go on",
)
COMMANDS: dict[str, str] = {
    "keys": "certgen.commands.keys:keys",
    "status": "certgen.commands.status:status",
    "calibrate": "certgen.commands.calibrate:calibrate",
    "impose": "certgen.commands.impose:impose",
    "listing": "certgen.commands.listing:listing",
    "layout": "certgen.commands.layout:layout",
    "preflight": "certgen.commands.preflight:preflight",
    "sign": "certgen.commands.sign:sign",
}
"""Commands that have a module of their own: {name: "package.module:command"}."""


@click.group(
    cls=SpeakingGroup,
    elsewhere=COMMANDS,
    interrupted=INTERRUPTED,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="例 Example:  certgen issue roster.xlsx --photos photos --out out",
)
@click.version_option(__version__, prog_name="certgen")
@click.option(
    "--lang", type=click.Choice(["zh", "en"]), help="语言 Language (default: from the locale)."
)
@click.pass_context
def main(ctx: click.Context, lang: str | None) -> None:
    """职业技能等级证书批量制证 Issue vocational skill-level certificates.

    花名册 → 编号 → 签名电子证书与打印文件。 A roster goes in; numbered, signed certificates come out.
    """
    ctx.obj = {"lang": lang or language()}


@main.command(epilog="例 Example:  certgen init my-agency")
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
@click.option("--sample", is_flag=True, help="每页印“样例” Mark every page SAMPLE.")
@click.pass_obj
def init(obj: dict[str, str], folder: Path, *, sample: bool) -> None:
    """新建机构配置 Write an agency file with comments, and a sample scope file."""
    from certgen import api  # noqa: PLC0415

    for path in api.init(folder, sample=sample):
        click.echo(path)
    said = Said(
        zh="请用文本编辑器填写 agency.toml，再运行 certgen check 名册文件",
        en="fill in agency.toml with a text editor, then run certgen check ROSTER",
    )
    click.echo(said.in_(obj["lang"]), err=True)


@main.command(epilog="例 Example:  certgen template 花名册.xlsx")
@click.argument("path", type=click.Path(path_type=Path), default=Path("花名册.xlsx"))
@AGENCY
def template(path: Path, agency: Path) -> None:
    """空白花名册 An empty roster: text cells, drop-downs from the filed scope."""
    from certgen import api  # noqa: PLC0415

    api.write_template(agency, path)
    click.echo(path)


@main.command(epilog="例 Example:  certgen check roster.xlsx --photos photos --back 退回")
@ROSTER
@AGENCY
@PHOTOS
@APPROVED
@SHEET
@HIDDEN
@BACK
@click.pass_obj
def check(
    obj: dict[str, str],
    roster: Path,
    agency: Path,
    photos: Path | None,
    approved: Path | None,
    sheet: str | None,
    back: Path | None,
    *,
    include_hidden: bool,
) -> None:
    """试运行，不编号不制证 Dry run: read everything, issue nothing."""
    from certgen import api, terminal  # noqa: PLC0415

    with terminal.watching(obj["lang"]) as watch:
        report = api.check(
            agency,
            roster,
            photos=photos,
            approved=approved,
            sheet=sheet,
            include_hidden=include_hidden,
            watch=watch,
        )
    terminal.findings(report.findings, obj["lang"])
    terminal.checked(report, obj["lang"])
    _give_back(roster, report.findings, back, obj["lang"])
    sys.exit(terminal.exit_code(report.findings, done=report.good + report.already))


def _give_back(roster: Path, found: "list[Finding]", back: Path | None, lang: str) -> None:
    """The folder that goes back to who made the roster. A workbook that cannot be marked stops nothing."""
    from certgen import api  # noqa: PLC0415

    if back is None or not found:
        return
    try:
        for path in api.give_back(roster, found, back):
            click.echo(path)
    except InputError as problem:
        click.echo(problem.said.in_(lang), err=True)


@main.command(epilog="例 Example:  certgen preview roster.xlsx --row 5 --photos photos -o row5.png")
@ROSTER
@AGENCY
@PHOTOS
@SHEET
@click.option(
    "--row", type=int, help="Excel 行号 Row as Excel numbers it (default: first good row)."
)
@click.option("--dpi", type=click.IntRange(36, 600), default=150, show_default=True)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    default=Path("preview.png"),
    show_default=True,
)
def preview(
    roster: Path,
    agency: Path,
    photos: Path | None,
    sheet: str | None,
    row: int | None,
    dpi: int,
    output: Path,
) -> None:
    """把一行画成图片 Draw one row's certificate as PNG; nothing is issued."""
    from certgen import api  # noqa: PLC0415
    from certgen.issuing.files import in_words  # noqa: PLC0415

    picture = api.preview(agency, roster, row=row, photos=photos, sheet=sheet, dpi=dpi)
    with in_words(output.parent):
        output.write_bytes(picture)
    click.echo(output)


@main.command(epilog="例 Example:  certgen issue roster.xlsx --photos photos --out out")
@ROSTER
@AGENCY
@PHOTOS
@APPROVED
@SHEET
@HIDDEN
@BACK
@click.option(
    "--out", "-o", type=click.Path(path_type=Path), default=Path("out"), show_default=True
)
@click.option(
    "--pass-fd", type=int, help="从文件描述符读取口令 Read the passphrase from this descriptor."
)
@click.option(
    "--qr-pass-fd",
    type=int,
    help="从文件描述符读取二维码签名密钥的口令 The same for the key that signs QR codes.",
)
@click.pass_obj
def issue(
    obj: dict[str, str],
    roster: Path,
    agency: Path,
    photos: Path | None,
    approved: Path | None,
    sheet: str | None,
    back: Path | None,
    out: Path,
    pass_fd: int | None,
    qr_pass_fd: int | None,
    *,
    include_hidden: bool,
) -> None:
    """编号、制证、签名、自检 Number, make, sign and check; running again resumes."""
    from certgen import api, terminal  # noqa: PLC0415
    from certgen.commands.asking import passphrase_from  # noqa: PLC0415

    with terminal.watching(obj["lang"]) as watch:
        account = api.issue(
            agency,
            roster,
            out,
            photos=photos,
            approved=approved,
            sheet=sheet,
            include_hidden=include_hidden,
            passphrase=passphrase_from(pass_fd),
            payload_passphrase=passphrase_from(qr_pass_fd),
            watch=watch,
        )
    terminal.findings(account.findings, obj["lang"])
    terminal.accounted(account, obj["lang"])
    _give_back(roster, account.findings, back, obj["lang"])
    sys.exit(terminal.exit_code(account.findings, done=account.issued + account.already))


@main.command(epilog="例 Example:  certgen show S000041000001263000001")
@click.argument("code")
@AGENCY
@click.pass_obj
def show(obj: dict[str, str], code: str, agency: Path) -> None:
    """逐位解释编号并查台账 Explain a code part by part, and look it up in the register."""
    from certgen import api, terminal  # noqa: PLC0415

    shown = api.show(agency if agency.exists() else None, code)
    sys.exit(terminal.shown(shown, obj["lang"]))


@main.command(epilog='例 Example:  certgen void S000041000001263000001 --reason "姓名录入错误"')
@click.argument("code")
@click.option("--reason", required=True, help="作废原因 Why.")
@AGENCY
@click.pass_obj
def void(obj: dict[str, str], code: str, reason: str, agency: Path) -> None:
    """作废一个编号 Take a number out of use for good; it is never given again."""
    from certgen import api  # noqa: PLC0415

    api.void(agency, code, reason)
    said = Said(
        zh=f"{code} 已作废，不会再次使用", en=f"{code} is void and will never be used again"
    )
    click.echo(said.in_(obj["lang"]))


@main.command(epilog="例 Example:  certgen names roster.xlsx -o 生僻字")
@ROSTER
@AGENCY
@SHEET
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="字形图片文件夹 Folder for pictures."
)
@click.pass_obj
def names(
    obj: dict[str, str], roster: Path, agency: Path, sheet: str | None, output: Path | None
) -> None:
    """生僻字：由哪个字体显示，没有怎么办 Rare characters: which face serves them, or what to do."""
    from certgen import api, terminal  # noqa: PLC0415

    found = api.rare_names(agency, roster, sheet=sheet, pictures_to=output, lang=obj["lang"])
    terminal.findings(found, obj["lang"])
    if output:
        click.echo(output / "names.html")
    sys.exit(terminal.exit_code(found, done=1))


@main.command(epilog="例 Example:  certgen restricted roster.xlsx")
@click.argument("roster", required=False, type=click.Path(path_type=Path, exists=True))
@AGENCY
@click.pass_obj
def restricted(obj: dict[str, str], roster: Path | None, agency: Path) -> None:
    """证书禁用字样 Wording that may not stand on a certificate (人社鉴发〔2021〕1号 五(二))."""
    from certgen import api, terminal  # noqa: PLC0415

    found = api.restricted_wording(agency, roster)
    terminal.findings(found, obj["lang"])
    sys.exit(terminal.exit_code(found, done=1))


@main.command("contact-sheet", epilog="例 Example:  certgen contact-sheet roster.xlsx -p photos")
@ROSTER
@AGENCY
@SHEET
@click.option("--photos", "-p", required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--output", "-o", type=click.Path(path_type=Path), default=Path("contact-sheet.pdf"))
def contact_sheet(
    roster: Path, agency: Path, sheet: str | None, photos: Path, output: Path
) -> None:
    """照片核对单 Contact sheet: thirty portraits a page, each with its name."""
    from certgen import api  # noqa: PLC0415

    api.contact_sheet(agency, roster, output, photos=photos, sheet=sheet)
    click.echo(output)


@main.command("proof-sheet", epilog="例 Example:  certgen proof-sheet roster.xlsx")
@ROSTER
@AGENCY
@SHEET
@click.option("--output", "-o", type=click.Path(path_type=Path), default=Path("proof-sheet.pdf"))
def proof_sheet(roster: Path, agency: Path, sheet: str | None, output: Path) -> None:
    """姓名校对单，供持证人签字 Proof sheet: all names, for their holders to initial."""
    from certgen import api  # noqa: PLC0415

    api.proof_sheet(agency, roster, output, sheet=sheet)
    click.echo(output)


@main.group()
def register() -> None:
    """台账 The register of numbers."""


@register.command("import", epilog="例 Example:  certgen register import 已发证书.xlsx")
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@AGENCY
@SHEET
@click.pass_obj
def import_(obj: dict[str, str], path: Path, agency: Path, sheet: str | None) -> None:
    """导入在别处核发的编号 Take in numbers issued elsewhere; the same list again changes nothing."""
    from certgen import api, terminal  # noqa: PLC0415

    taken = api.import_numbers(agency, path, sheet=sheet)
    terminal.findings(taken.findings, obj["lang"])
    terminal.imported(taken, obj["lang"])
    done = taken.report.imported + taken.report.already
    sys.exit(terminal.exit_code(taken.findings, done=done))


@main.group(invoke_without_command=True, epilog="例 Example:  certgen fonts fetch")
@AGENCY
@click.option(
    "--folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="字体文件夹 Folder of fonts.",
)
@click.pass_context
def fonts(ctx: click.Context, agency: Path, folder: Path | None) -> None:
    """各角色实际所用字体 Which face serves which role, and what it covers."""
    if ctx.invoked_subcommand is None:
        from certgen import api, terminal  # noqa: PLC0415
        from certgen.exchange import agency_file  # noqa: PLC0415
        from certgen.fonts import report  # noqa: PLC0415

        known = agency_file.load(agency) if agency.exists() else None
        terminal.faces(report.rows(api.fonts_of(known, folder)), ctx.obj["lang"])


@fonts.command(epilog="例 Example:  certgen fonts fetch")
@click.pass_obj
def fetch(obj: dict[str, str]) -> None:
    """下载开源字体到缓存 Download open fonts into the cache (Debian, Ubuntu)."""
    from certgen.fonts import cache  # noqa: PLC0415
    from certgen.fonts.fetch import fetch as fetch_fonts  # noqa: PLC0415

    fetch_fonts(cache.folder(), lambda said: click.echo(said.in_(obj["lang"]), err=True))
    click.echo(cache.folder())
