"""Profiles: kept by four names, found again, dated, and no file believed that is not ours."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from certgen.calibration.measuring import Method, from_readings
from certgen.calibration.profiles import (
    Key,
    Profile,
    dated,
    file_name,
    find,
    listed,
    of,
    read,
    save,
)
from certgen.errors import InputError
from certgen.model.finding import Severity
from certgen.model.misplacement import Misplacement
from tests.calibration.test_fit import A4, read_from

NOW = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)
KEY = Key("财务室 HP-1", "2", "120g", "2026A")
PRINTER = Misplacement(0.52, -0.213, 1.0012, 0.9987, -0.125)


def kept(folder: Path, key: Key = KEY, when: datetime = NOW) -> Path:
    return save(folder, of(key, from_readings(A4, read_from(PRINTER), A4.size), when))


def test_a_profile_is_found_by_its_four_names(tmp_path: Path) -> None:
    kept(tmp_path)
    found = find(tmp_path, *KEY, NOW)
    printer = found.misplacement
    assert (printer.dx, printer.dy) == pytest.approx((0.52, -0.213), abs=1e-4)
    assert (printer.scale_x, printer.scale_y) == pytest.approx((1.0012, 0.9987), abs=1e-6)
    assert printer.angle_deg == pytest.approx(-0.125, abs=1e-5)
    assert (found.sheet, found.method, found.measured, found.findings) == (
        A4.size,
        Method.READINGS,
        NOW,
        (),
    )


@pytest.mark.parametrize(
    "other",
    [
        ("HP-2", "2", "120g", "2026A"),
        ("财务室 HP-1", "3", "120g", "2026A"),
        ("财务室 HP-1", "2", "120g", "2026B"),
    ],
)
def test_another_printer_tray_or_form_has_none(
    tmp_path: Path, other: tuple[str, str, str, str]
) -> None:
    kept(tmp_path)
    found = find(tmp_path, *other, NOW)
    assert found.misplacement == Misplacement()
    assert [(one.code, one.severity) for one in found.findings] == [
        ("calibration/missing", Severity.ERROR)
    ]
    same_printer = other[0] == KEY.printer
    assert ("this printer has: 财务室 HP-1, tray 2" in found.findings[0].said.en) == same_printer


def test_a_profile_of_the_same_names_takes_the_place_of_the_older(tmp_path: Path) -> None:
    kept(tmp_path, when=NOW - timedelta(days=100))
    kept(tmp_path)
    assert [profile.measured for profile in listed(tmp_path)] == [NOW]
    assert [path.name for path in tmp_path.iterdir()] == [file_name(KEY)]


@pytest.mark.parametrize(
    ("days", "codes"), [(90, []), (91, ["calibration/old"]), (-3, ["calibration/future"])]
)
def test_an_old_profile_warns_and_is_used(tmp_path: Path, days: int, codes: list[str]) -> None:
    kept(tmp_path, when=NOW - timedelta(days=days))
    found = find(tmp_path, *KEY, NOW)
    assert [one.code for one in found.findings] == codes
    assert all(one.severity is Severity.WARNING for one in found.findings)
    assert found.misplacement.dx == pytest.approx(0.52, abs=1e-4)


def test_how_old_is_old_may_be_said() -> None:
    profile = Profile(KEY, PRINTER, measured=NOW - timedelta(days=40))
    assert not dated(profile, NOW).findings
    assert "40 days ago (limit 30)" in dated(profile, NOW, days=30).findings[0].said.en


def test_names_with_quotes_and_backslashes_come_back_as_they_were(tmp_path: Path) -> None:
    key = Key('HP "新" \\ 1', "手送", "", "=A1")
    kept(tmp_path, key)
    assert find(tmp_path, *key, NOW).key == key


@pytest.mark.parametrize(
    "key", [Key(""), Key("a\nb"), Key("x" * 61), Key(" HP"), Key("HP", "\x1b[2J")]
)
def test_a_name_that_cannot_be_kept_is_refused(tmp_path: Path, key: Key) -> None:
    with pytest.raises(InputError):
        find(tmp_path, *key, NOW)


def altered(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("format = 1", "format = 2", "no profile of format 1"),
        ("dx_mm = 0.5200", "dx_mm = nan", "no sensible dx_mm"),
        ("dx_mm = 0.5200", "dx_mm = 21", "no sensible dx_mm"),
        ("dx_mm = 0.5200", f"dx_mm = {'9' * 400}", "no sensible dx_mm"),
        ("dx_mm = 0.5200", "dx_mm = true", "no sensible dx_mm"),
        ("dx_mm = 0.5200", 'dx_mm = "0.52"', "no sensible dx_mm"),
        ("scale_x = 1.001200", "scale_x = 0", "no sensible scale_x"),
        ("2026-06-01T09:30:00+00:00", "2026-06-01T09:30:00", "no sensible measured"),
        ("2026-06-01T09:30:00+00:00", '"yesterday"', "no sensible measured"),
        ('method = "readings"', 'method = "guess"', "no sensible method"),
        ("sheet_mm = [297, 210]", "sheet_mm = [297]", "no sensible sheet_mm"),
        ("sheet_mm = [297, 210]", "sheet_mm = [297, inf]", "no sensible sheet_mm"),
        ('tray = "2"', 'tray = "3"', "was renamed, or copied"),
        ('tray = "2"', 'tray = "\\u001b[31m"', "no sensible tray"),
        ('tray = "2"', "", "no sensible tray"),
        ("format = 1", "format = ", "no valid TOML"),
        ("format = 1", "format = 1\n" + "x = " + "[" * 5000, "no valid TOML"),
        ("format = 1", "format = 1\n#" + "x" * 20_000, "too large"),
    ],
)  # fmt: skip
def test_a_profile_that_is_not_ours_is_refused_by_name(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    path = kept(tmp_path)
    altered(path, old, new)
    for reading in (
        lambda: read(path),
        lambda: find(tmp_path, *KEY, NOW),
        lambda: listed(tmp_path),
    ):
        with pytest.raises(InputError, match=said) as refused:
            reading()
        assert path.name in refused.value.said.zh


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    kept(tmp_path).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="no valid TOML"):
        listed(tmp_path)


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert listed(tmp_path / "none") == ()
    assert find(tmp_path / "none", *KEY, NOW).findings


def test_a_profile_names_only_the_parts_that_were_given() -> None:
    assert (
        replace(Profile(KEY, PRINTER), key=Key("HP-1", paper="120g")).key.in_("en")
        == "HP-1, paper 120g"
    )
    assert KEY.in_("zh") == "财务室 HP-1，纸盒 2，纸张 120g，纸张版本 2026A"
