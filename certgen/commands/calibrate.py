"""`certgen calibrate`: print a target, measure where it came out, keep that for `certgen print` (打印校准)."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from certgen.commands.options import AGENCY
from certgen.errors import Said
from certgen.speaking import WholeLines

SHEET_SIZE = click.option(
    "--sheet",
    "sheet",
    default="A4",
    show_default=True,
    help="纸张 A4, A5, A3, B5, 16K, or 宽x高 width x height in mm.",
)
PORTRAIT = click.option(
    "--portrait", is_flag=True, help="纵向 Upright (default: lying, as certificates do)."
)
MEASURED = click.option(
    "--measured", help="这张纸实测的宽x高 The sheet's own size by a ruler, such as 296.8x209.9."
)
KEEP_SCALE = click.option(
    "--keep-scale",
    is_flag=True,
    help="缩放过的页面也保存 Keep a profile though the driver scales the page.",
)
DAYS = click.option(
    "--days",
    type=click.IntRange(1, 3650),
    default=90,
    show_default=True,
    help="多少天后提醒重新校准 After how many days a profile is old.",
)


def names(command: Callable[..., Any]) -> Callable[..., Any]:
    """The four names that a profile is kept by."""
    options = (
        click.option(
            "--form-version", default="", help="纸张版本 Version of the pre-printed form."
        ),
        click.option("--paper", default="", help="纸张 Kind of paper."),
        click.option("--tray", default="", help="纸盒 Tray."),
        click.option("--printer", default="", help="打印机 Printer, under the name you give it."),
    )
    for option in options:
        command = option(command)
    return command


@click.group(cls=WholeLines)
def calibrate() -> None:
    """打印校准 Measure how a printer misses, for printing over forms."""


@calibrate.command(epilog="例 Example:  certgen calibrate sheet -o calibration.pdf")
@SHEET_SIZE
@PORTRAIT
@names
@AGENCY
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), default=Path("calibration.pdf"),
    show_default=True,
)  # fmt: skip
@click.pass_obj
def sheet(
    obj: dict[str, str], /, sheet: str, agency: Path, output: Path, *, portrait: bool, **key: str
) -> None:
    """校准页 A target to be printed at actual size."""
    from certgen.calibration import drawing  # noqa: PLC0415
    from certgen.commands import calibrate_work as work  # noqa: PLC0415
    from certgen.exchange.calibration_target import Target, named  # noqa: PLC0415

    target = Target(*named(sheet, upright=portrait))
    drawing.write(
        output, target, work.fonts(agency), made=work.now(), about=tuple(work.key_of(key, agency))
    )
    click.echo(work.PRINT.in_(obj["lang"]), err=True)
    click.echo(output)


@calibrate.command(
    epilog="例 Example:  certgen calibrate check --printer HP-1 --tray 2 -o check.pdf"
)
@names
@AGENCY
@DAYS
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), default=Path("calibration-check.pdf"),
    show_default=True,
)  # fmt: skip
@click.pass_obj
def check(obj: dict[str, str], /, agency: Path, output: Path, *, days: int, **key: str) -> None:
    """核对页 The target again, corrected, to confirm."""
    from certgen import terminal  # noqa: PLC0415
    from certgen.calibration import drawing, profiles  # noqa: PLC0415
    from certgen.commands import calibrate_work as work  # noqa: PLC0415
    from certgen.exchange.calibration_target import Target  # noqa: PLC0415

    profile = profiles.find(
        agency.parent / profiles.FOLDER, *work.key_of(key, agency), work.now(), days=days
    )
    terminal.findings(profile.findings, obj["lang"])
    if profile.measured is None:
        sys.exit(2)
    drawing.write(
        output,
        Target(*profile.sheet, is_check=True),
        work.fonts(agency),
        made=work.now(),
        about=tuple(profile.key),
        corrected=profile.misplacement,
    )
    click.echo(work.PRINT.in_(obj["lang"]), err=True)
    click.echo(output)
    sys.exit(terminal.exit_code(profile.findings, done=1))


@calibrate.command(
    epilog="例 Example:  certgen calibrate readings --top-left 20.4,19.8 --top-right 19.5,19.9 "
    "--bottom-right 19.6,20.1 --bottom-left 20.3,20.2 --printer HP-1"
)
@click.option("--top-left", help="左上角：到左边,到上边 To the left and the top edge, mm.")
@click.option("--top-right", help="右上角：到右边,到上边 To the right and the top edge.")
@click.option("--bottom-right", help="右下角：到右边,到下边 To the right and the bottom edge.")
@click.option("--bottom-left", help="左下角：到左边,到下边 To the left and the bottom edge.")
@click.option("--check", "is_check", is_flag=True, help="这是核对页 This is the check sheet.")
@SHEET_SIZE
@PORTRAIT
@MEASURED
@KEEP_SCALE
@names
@AGENCY
@click.pass_obj
def readings(
    obj: dict[str, str],
    /,
    sheet: str,
    measured: str | None,
    agency: Path,
    *,
    is_check: bool,
    portrait: bool,
    keep_scale: bool,
    printer: str,
    tray: str,
    paper: str,
    form_version: str,
    **read: str | None,
) -> None:
    """直尺读数 Eight distances, read with a ruler.

    从十字中心到纸边，毫米；未给的会逐个询问。 From the crosses to the paper's edges, in mm; asks for what is missing.
    """
    from certgen.calibration.measuring import from_readings  # noqa: PLC0415
    from certgen.commands import calibrate_work as work  # noqa: PLC0415
    from certgen.exchange.calibration_target import Corner, Target, named  # noqa: PLC0415

    target = Target(*named(sheet, upright=portrait), is_check=is_check)
    pairs: dict[Corner, tuple[float, float]] = {}
    asked = False
    for corner in Corner:
        text = read[corner.replace("-", "_")]
        asked = asked or text is None
        pairs[corner] = work.pair(text if text is not None else work.ask(corner, obj["lang"]))
    if asked and measured is None:
        measured = work.ask_paper(obj["lang"])
    found = from_readings(target, pairs, work.size(measured))
    names = {"printer": printer, "tray": tray, "paper": paper, "form_version": form_version}
    work.conclude(found, work.key_of(names, agency), agency, obj["lang"], keep_scale)


@calibrate.command(epilog="例 Example:  certgen calibrate photo IMG_1.jpg --printer HP-1 --tray 2")
@click.argument("picture", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--sheet", default=None, help="应为哪种纸 Which size it should be (default: as the marks say)."
)
@PORTRAIT
@MEASURED
@KEEP_SCALE
@names
@AGENCY
@click.pass_obj
def photo(
    obj: dict[str, str],
    /,
    picture: Path,
    sheet: str | None,
    measured: str | None,
    agency: Path,
    *,
    portrait: bool,
    keep_scale: bool,
    **key: str,
) -> None:
    """照片 A photograph or scan of the printed target.

    放在深色底面上，四条纸边全部入镜。 On a darker ground, with all four edges of the paper in view.
    """
    from certgen.calibration.measuring import from_photo  # noqa: PLC0415
    from certgen.commands import calibrate_work as work  # noqa: PLC0415
    from certgen.exchange.calibration_target import named  # noqa: PLC0415
    from verify.calibration.photo import look  # noqa: PLC0415

    expected = named(sheet, upright=portrait) if sheet else None
    found = from_photo(look(picture, expected), work.size(measured))
    work.conclude(found, work.key_of(key, agency), agency, obj["lang"], keep_scale)


@calibrate.command("list", epilog="例 Example:  certgen calibrate list")
@AGENCY
@DAYS
@click.pass_obj
def list_(obj: dict[str, str], /, agency: Path, *, days: int) -> None:
    """校准档案 What is kept, and which is old."""
    from certgen import terminal  # noqa: PLC0415
    from certgen.calibration import profiles  # noqa: PLC0415
    from certgen.commands import calibrate_words as words  # noqa: PLC0415
    from certgen.commands import calibrate_work as work  # noqa: PLC0415

    folder = agency.parent / profiles.FOLDER
    kept = [profiles.dated(one, work.now(), days=days) for one in profiles.listed(folder)]
    for profile in kept:
        click.echo(words.row(profile, obj["lang"]))
    if not kept:
        said = Said(
            f"{folder} 里还没有校准档案：请先运行 certgen calibrate sheet",
            f"no profile in {folder} yet: run certgen calibrate sheet first",
        )
        click.echo(said.in_(obj["lang"]), err=True)
    found = [finding for profile in kept for finding in profile.findings]
    terminal.findings(found, obj["lang"])
    sys.exit(terminal.exit_code(found, done=1))
