"""Calibration profiles (校准档案): how a printer misses, kept by printer, tray, paper and form version (纸张版本).

One TOML file each in the folder `calibration` beside the agency file, so that two operators never overwrite each
other's. A profile of the same four names takes the place of the older one.

    profile = find(folder, "HP-1", "2", "120g", "2026A", now)
    profile.misplacement, profile.findings
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from math import isfinite
from pathlib import Path
from typing import Any, NamedTuple

from certgen.calibration.measuring import Measured, Method
from certgen.errors import InputError, Said
from certgen.issuing import files
from certgen.model.finding import Finding, Place, Severity
from certgen.model.misplacement import Misplacement, Size
from certgen.model.page import Mm

FOLDER = "calibration"
FORMAT = 1
MAX_AGE_DAYS = 90
"""Ours: rollers wear and trays are moved; nothing official speaks of it."""

MAX_BYTES = 16_384
MAX_FILES = 1_000
_NAME = 60  # characters
_LIMITS = {
    "dx_mm": (-20.0, 20.0),
    "dy_mm": (-20.0, 20.0),
    "scale_x": (0.9, 1.1),
    "scale_y": (0.9, 1.1),
    "angle_deg": (-5.0, 5.0),
    "residual_mm": (0.0, 1.0),
    "rms_mm": (0.0, 1.0),
}


class Key(NamedTuple):
    """What a profile is kept by. An empty part is a part of its own: no tray named."""

    printer: str
    tray: str = ""
    paper: str = ""
    form_version: str = ""

    def in_(self, lang: str) -> str:
        """'HP-1, tray 2, paper 120g, form version 2026A': the parts that are named."""
        zh = lang == "zh"
        words = (
            ("", "纸盒 ", "纸张 ", "纸张版本 ") if zh else ("", "tray ", "paper ", "form version ")
        )
        parts = [word + part for word, part in zip(words, self, strict=True) if part]
        return ("，" if zh else ", ").join(parts)


@dataclass(frozen=True, slots=True)
class Profile:
    """How one printer misses from one tray on one paper, and when that was measured."""

    key: Key
    misplacement: Misplacement
    sheet: Size = (0.0, 0.0)  # the size it was measured on; 0 where nothing is kept
    residual: Mm = 0.0  # the largest
    rms: Mm = 0.0
    method: Method | None = None
    measured: datetime | None = None  # with its zone
    findings: tuple[Finding, ...] = ()  # none kept, old, from the future


def of(key: Key, measured: Measured, now: datetime) -> Profile:
    """The profile of a measurement. `InputError` for a name that cannot be kept."""
    _check(key)
    return Profile(
        key,
        measured.printer,
        measured.target.size,
        measured.residual,
        measured.rms,
        measured.method,
        now,
    )


def save(folder: Path, profile: Profile) -> Path:
    """Write a profile, whole or not at all; its path. `StorageError` when the disk refuses."""
    name = file_name(profile.key)
    files.replace(folder, {name: written(profile).encode()})
    return folder / name


def find(
    folder: Path,
    printer: str,
    tray: str,
    paper: str,
    form_version: str,
    now: datetime,
    *,
    days: int = MAX_AGE_DAYS,
) -> Profile:
    """The profile of these four names; where none is kept, one that misses by nothing and has an error as finding.

    A profile older than `days` warns. `InputError` for a file in the folder that is no profile of ours.
    """
    key = Key(printer, tray, paper, form_version)
    _check(key)
    path = folder / file_name(key)
    with files.in_words(folder):
        there = path.is_file()
    if not there:
        return Profile(key, Misplacement(), findings=(_missing(folder, key),))
    return dated(read(path), now, days=days)


def listed(folder: Path) -> tuple[Profile, ...]:
    """Every profile that is kept, by name. `InputError` for a file that is none."""
    return tuple(sorted((read(path) for path in _files(folder)), key=lambda profile: profile.key))


def dated(profile: Profile, now: datetime, *, days: int = MAX_AGE_DAYS) -> Profile:
    """The same, with what its date says today."""
    if profile.measured is None:
        return profile
    age = now - profile.measured
    place = Place(f"{FOLDER}/{file_name(profile.key)}")
    day = f"{profile.measured:%Y-%m-%d}"
    if age > timedelta(days=days):
        said = Said(
            f"{profile.key.in_('zh')}：校准于 {day}，已过 {age.days} 天（限 {days} 天），请重新校准",
            f"{profile.key.in_('en')}: calibrated on {day}, {age.days} days ago (limit {days}): calibrate again",
        )
        found = Finding("calibration/old", Severity.WARNING, said, place)
    elif age < -timedelta(days=1):
        said = Said(
            f"{profile.key.in_('zh')}：校准日期 {day} 在将来，请检查电脑时钟",
            f"{profile.key.in_('en')}: calibrated on {day}, which is in the future: check the computer's clock",
        )
        found = Finding("calibration/future", Severity.WARNING, said, place)
    else:
        return profile
    return replace(profile, findings=(*profile.findings, found))


def file_name(key: Key) -> str:
    """A name that any disk takes: what is plain of the printer's name, and a digest of all four."""
    plain = re.sub(r"[^0-9A-Za-z]+", "-", key.printer).strip("-").lower()[:24]
    digest = sha256("\n".join(key).encode()).hexdigest()[:12]
    return f"{plain or 'printer'}-{digest}.toml"


def written(profile: Profile) -> str:
    """The file of a profile."""
    printer = profile.misplacement
    lines = [
        "# 打印校准档案，由 certgen calibrate 写成 Calibration profile, written by certgen calibrate",
        f"format = {FORMAT}",
        *(
            f"{name} = {json.dumps(value, ensure_ascii=False)}"
            for name, value in profile.key._asdict().items()
        ),
        f"sheet_mm = [{profile.sheet[0]:g}, {profile.sheet[1]:g}]",
        f'method = "{profile.method}"',
        f"measured = {profile.measured.isoformat(timespec='seconds') if profile.measured else ''}",
        f"residual_mm = {profile.residual:.4f}",
        f"rms_mm = {profile.rms:.4f}",
        f"dx_mm = {printer.dx:.4f}  # 向右 to the right",
        f"dy_mm = {printer.dy:.4f}  # 向下 down",
        f"scale_x = {printer.scale_x:.6f}",
        f"scale_y = {printer.scale_y:.6f}",
        f"angle_deg = {printer.angle_deg:.5f}  # 顺时针 clockwise",
    ]
    return "\n".join(lines) + "\n"


def read(path: Path) -> Profile:
    """One file. `InputError` names it and what is wrong with it: it may come from anywhere."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as problem:
        raise _refused(path, "无法读取", f"cannot be read ({problem.strerror})") from problem
    if len(raw) > MAX_BYTES:
        raise _refused(path, "过大，不是校准档案", "is too large to be a profile")
    try:
        data = tomllib.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError) as problem:
        raise _refused(path, "不是有效的 TOML", "is no valid TOML") from problem
    if data.get("format") != FORMAT:
        raise _refused(path, f"不是格式 {FORMAT} 的校准档案", f"is no profile of format {FORMAT}")
    return _profile(path, data)


def _profile(path: Path, data: Mapping[str, Any]) -> Profile:
    key = Key(*(_text(path, data, name) for name in Key._fields))
    if path.name != file_name(key):
        raise _refused(
            path, "文件名与内容不符，可能被改名或复制", "was renamed, or copied from another"
        )
    numbers = {name: _number(path, data, name, *limits) for name, limits in _LIMITS.items()}
    measured, method, sheet = data.get("measured"), data.get("method"), data.get("sheet_mm")
    if not isinstance(measured, datetime) or measured.tzinfo is None:
        raise _wrong(path, "measured")
    if method not in list(Method):
        raise _wrong(path, "method")
    if not isinstance(sheet, list) or len(sheet) != 2:
        raise _wrong(path, "sheet_mm")
    width, height = (_number(path, {"sheet_mm": side}, "sheet_mm", 50, 2000) for side in sheet)
    printer = Misplacement(
        numbers["dx_mm"],
        numbers["dy_mm"],
        numbers["scale_x"],
        numbers["scale_y"],
        numbers["angle_deg"],
    )
    residual, rms = numbers["residual_mm"], numbers["rms_mm"]
    return Profile(key, printer, (width, height), residual, rms, Method(method), measured)


def _text(path: Path, data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    if not isinstance(value, str) or not _keeps(value):
        raise _wrong(path, name)
    return value


def _number(path: Path, data: Mapping[str, Any], name: str, low: float, high: float) -> float:
    value = data.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _wrong(path, name)
    if not low <= value <= high or not isfinite(value):  # also not a number
        raise _wrong(path, name)
    return float(value)


def _keeps(name: str) -> bool:
    return len(name) <= _NAME and name.isprintable() and name == name.strip()


def _check(key: Key) -> None:
    if not key.printer:
        raise InputError(
            zh="请用 --printer 写明打印机，如“财务室 HP-1”",
            en="name the printer with --printer, such as 'office HP-1'",
        )
    for part in key:
        if not _keeps(part):
            raise InputError(
                zh=f"名称最多 {_NAME} 个字符，不含换行等控制字符，首尾不留空格",
                en=f"a name has at most {_NAME} characters, no line breaks, no spaces at its ends",
            )


def _files(folder: Path) -> Iterator[Path]:
    with files.in_words(folder):
        found = sorted(folder.glob("*.toml")) if folder.is_dir() else []
    if len(found) > MAX_FILES:
        raise InputError(
            zh=f"{folder.name} 里有 {len(found)} 个文件，超过 {MAX_FILES}：请确认是校准档案的文件夹",
            en=f"{len(found)} files in {folder.name}, above {MAX_FILES}: is it the folder of profiles?",
        )
    yield from found


def _missing(folder: Path, key: Key) -> Finding:
    """Says which profiles there are for this printer: a tray is easily mistyped."""
    near = [profile.key for profile in listed(folder) if profile.key.printer == key.printer]
    zh, en = f"没有校准档案：{key.in_('zh')}", f"no calibration profile for {key.in_('en')}"
    if near:
        zh += f"；这台打印机已有：{'；'.join(one.in_('zh') for one in near[:5])}"
        en += f"; this printer has: {'; '.join(one.in_('en') for one in near[:5])}"
    zh += "。请先运行 certgen calibrate sheet"
    en += ": run certgen calibrate sheet first"
    return Finding("calibration/missing", Severity.ERROR, Said(zh, en))


def _wrong(path: Path, name: str) -> InputError:
    return _refused(path, f"的 {name} 缺失或不合理", f"has no sensible {name}")


def _refused(path: Path, zh: str, en: str) -> InputError:
    return InputError(
        zh=f"校准档案 {path.name} {zh}：请删去它，重新校准",
        en=f"calibration profile {path.name} {en}: remove it and calibrate again",
    )
