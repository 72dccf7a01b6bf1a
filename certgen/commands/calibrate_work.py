"""What the commands of `certgen calibrate` do in common: read typed values, judge, keep, speak."""

import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from certgen import api, overprinting, terminal
from certgen.calibration import profiles
from certgen.calibration.measuring import Measured
from certgen.calibration.profiles import Key
from certgen.commands import calibrate_words as words
from certgen.errors import InputError, Said
from certgen.exchange import agency_file
from certgen.exchange.calibration_target import Corner
from certgen.fonts.faces import Face
from certgen.fonts.fontset import FontSet
from certgen.model.finding import Finding, Severity

CONFIRMED = 0.3  # mm: what a check sheet may still miss at its worst corner, ours

PRINT = Said(
    "请按“实际大小”（100%）打印，用证书的纸或同样大小的白纸、同一纸盒、同一朝向",
    "print it at actual size (100 %), on the form or plain paper of its size, from the same tray, the same way round",
)
_NOT_KEPT = Said("没有保存为档案", "not kept as a profile")
_UNNAMED = Said(
    "没有保存：要保存请加上 --printer（以及 --tray、--paper、--form-version）",
    "not kept: to keep it, name it with --printer (and --tray, --paper, --form-version)",
)


def conclude(found: Measured, key: Key, agency: Path, lang: str, keep_scale: bool) -> None:  # noqa: FBT001
    """Say what was measured, keep it where it may be kept, leave with the exit code."""
    if found.target.is_check:
        found = _judged(found)
    click.echo(words.measured(found).in_(lang))
    terminal.findings(found.findings, lang)
    if found.target.is_check:
        if not found.findings:
            click.echo(words.confirmed(found, CONFIRMED).in_(lang))
    elif found.findings and not (
        keep_scale and found.findings[0].code == "calibration/driver-scale"
    ):
        click.echo(_NOT_KEPT.in_(lang), err=True)
    elif not key.printer:
        click.echo(_UNNAMED.in_(lang), err=True)
    else:
        click.echo(_kept(found, key, agency, lang))
    sys.exit(terminal.exit_code(found.findings, done=1))


def _judged(found: Measured) -> Measured:
    """Of a check sheet: what it still misses."""
    if found.findings or (off := found.off_by()) <= CONFIRMED:
        return found
    said = Said(
        f"修正后最差的角仍偏 {off:.2f} 毫米，超过 {CONFIRMED:g} 毫米：请检查纸盒挡板和进纸方向，重新校准",
        f"with the correction the worst corner is still off by {off:.2f} mm, above {CONFIRMED:g} mm: check the guides "
        "of the tray and which way the sheet is fed, then calibrate again",
    )
    still = Finding("calibration/not-confirmed", Severity.ERROR, said)
    return replace(found, findings=(still,))


def _kept(found: Measured, key: Key, agency: Path, lang: str) -> Path:
    """Save the profile; what it takes the place of is said."""
    folder = agency.parent / profiles.FOLDER
    profile = profiles.of(key, found, now())
    path = folder / profiles.file_name(key)
    if path.exists():
        old = profiles.read(path)
        missed = words.missed(old.misplacement)
        day = f"{old.measured:%Y-%m-%d}" if old.measured else ""
        said = Said(
            f"替换 {day} 的档案（{missed.zh}）", f"takes the place of that of {day} ({missed.en})"
        )
        click.echo(said.in_(lang), err=True)
    return profiles.save(folder, profile)


def sits_there() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty()


def ask(corner: Corner, lang: str) -> str:
    """Two readings from the terminal. `InputError` where nobody sits there."""
    if not sits_there():
        raise InputError(
            zh=f"缺少读数 --{corner}：四个角都要给出，如 --{corner} 20.4,19.8",
            en=f"the reading --{corner} is missing: give all four corners, such as --{corner} 20.4,19.8",
        )
    return str(click.prompt(words.CORNERS[corner].in_(lang), err=True))


def ask_paper(lang: str) -> str | None:
    """The sheet's own size, or None where it was not measured."""
    said = words.PAPER.in_(lang)
    return str(click.prompt(said, default="", show_default=False, err=True)) or None


def pair(text: str) -> tuple[float, float]:
    """'20.4,19.8', with a full-width comma or a space too."""
    parts = text.replace("，", ",").replace(",", " ").split()
    try:
        first, second = (float(part) for part in parts)
    except ValueError as problem:
        raise InputError(
            zh=f"“{text[:40]}”不是两个读数：应为“到左或右边,到上或下边”，毫米，如 20.4,19.8",
            en=f"'{text[:40]}' is not two readings: the distance sideways, then up or down, in mm, such as 20.4,19.8",
        ) from problem
    return first, second


def size(text: str | None) -> tuple[float, float] | None:
    """'296.8x209.9'; None stays None."""
    if text is None:
        return None
    parts = text.lower().replace("×", "x").split("x")
    try:
        width, height = (float(part) for part in parts)
    except ValueError as problem:
        raise InputError(
            zh=f"“{text[:40]}”不是纸张实测的宽x高：单位毫米，如 296.8x209.9",
            en=f"'{text[:40]}' is no width x height of a sheet: in mm, such as 296.8x209.9",
        ) from problem
    return width, height


def key_of(names: dict[str, str], agency: Path) -> Key:
    """The four names of a profile; the usual printer of the agency file, where none is named."""
    described = agency_file.load(agency) if agency.exists() else None
    key = overprinting.profile_key(described, names["printer"], names["tray"], names["paper"])
    return key._replace(form_version=names["form_version"])


def fonts(agency: Path) -> FontSet[Face]:
    """Those of the agency file where there is one."""
    return api.fonts_of(agency_file.load(agency) if agency.exists() else None)


def now() -> datetime:
    """The local time with its zone."""
    return datetime.now().astimezone()
