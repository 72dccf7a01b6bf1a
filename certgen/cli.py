"""The command line of the agency clerk: `certgen init | check | issue` and what goes with them.

Results go to stdout, talk to stderr. Exit codes: 0 nothing to report; 1 findings or refused rows; 2 usage, or nothing
could be done; 3 only review is left. Heavy modules are imported by the command that needs them: `--help` is instant.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from certgen import __version__
from certgen.commands.options import AGENCY, PHOTOS, ROSTER, ROW, SHEET
from certgen.errors import InputError, Said
from certgen.speaking import SpeakingGroup, language

if TYPE_CHECKING:
    from certgen.model.finding import Finding

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


INTERRUPTED = Said(
    zh="已中断：编号与已完成的证书都已保存，再次运行同一命令即可继续",
    en="interrupted: numbers and finished certificates are kept; run the same command to go on",
)
SECTIONS = {
    "准备 To begin": ("init", "template", "fonts", "layout"),
    "制证 Certificates": ("check", "preview", "issue", "sign", "names", "restricted", "contact-sheet", "proof-sheet"),
    "印刷 Paper and print": ("filing-pack", "preflight", "impose", "stock", "calibrate", "print", "paper"),
    "台账 The register": ("show", "void", "register"),
    "密钥与核验 Keys and verification": ("keys", "status", "listing"),
}  # fmt: skip
COMMANDS: dict[str, str] = {
    "calibrate": "certgen.commands.calibrate:calibrate",
    "contact-sheet": "certgen.commands.clerk:contact_sheet",
    "filing-pack": "certgen.commands.filing_pack:filing_pack",
    "fonts": "certgen.commands.fonts:fonts",
    "impose": "certgen.commands.impose:impose",
    "keys": "certgen.commands.keys:keys",
    "layout": "certgen.commands.layout:layout",
    "listing": "certgen.commands.listing:listing",
    "names": "certgen.commands.clerk:names",
    "preflight": "certgen.commands.preflight:preflight",
    "proof-sheet": "certgen.commands.clerk:proof_sheet",
    "register": "certgen.commands.register:register",
    "restricted": "certgen.commands.clerk:restricted",
    "show": "certgen.commands.register:show",
    "sign": "certgen.commands.sign:sign",
    "paper": "certgen.commands.paper:paper",
    "print": "certgen.commands.print_sheets:print_sheets",
    "status": "certgen.commands.status:status",
    "stock": "certgen.commands.stock:stock",
    "template": "certgen.commands.clerk:template",
    "void": "certgen.commands.register:void",
}
"""Commands that have a module of their own: {name: "package.module:command"}."""


@click.group(
    cls=SpeakingGroup,
    elsewhere=COMMANDS,
    sections=SECTIONS,
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
@ROW
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
