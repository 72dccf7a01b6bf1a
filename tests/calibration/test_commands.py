"""`certgen calibrate` as a clerk meets it: what it prints, what it keeps, how it ends."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bench.calibration.scene import plain
from bench.calibration.taking import Raster, photograph, printed
from certgen.calibration import drawing
from certgen.cli import main
from certgen.exchange.calibration_target import Target
from certgen.fonts.faces import Face
from certgen.fonts.fontset import FontSet
from certgen.model.misplacement import Misplacement
from tests.calibration.conftest import MADE

PRINTER = Misplacement(0.8, -0.5, 1.0, 1.0, 0.15)
READ = [
    "--top-left", "20.4,19.8", "--top-right", "19.5，19.9", "--bottom-right", "19.6 20.1", "--bottom-left", "20.3,20.2",
]  # fmt: skip
NAMED = ["--printer", "财务室 HP-1", "--tray", "2", "--form-version", "2026A"]


@pytest.fixture
def agency(tmp_path: Path) -> list[str]:
    return ["--agency", str(tmp_path / "agency.toml")]


def run(*words: str, lang: str = "en", typed: str | None = None) -> Result:
    return CliRunner().invoke(main, ["--lang", lang, "calibrate", *words], input=typed)


def test_a_target_is_drawn_and_named(tmp_path: Path, agency: list[str]) -> None:
    path = tmp_path / "t.pdf"
    done = run("sheet", "--sheet", "A5", "--portrait", "-o", str(path), *NAMED, *agency)
    assert (done.exit_code, done.stdout.strip()) == (0, str(path))
    assert "actual size" in done.stderr
    assert path.read_bytes().startswith(b"%PDF-1.7")


def test_readings_are_told_kept_and_listed(tmp_path: Path, agency: list[str]) -> None:
    done = run("readings", *READ, *NAMED, *agency)
    assert done.exit_code == 0
    assert "0.40 mm right, 0.15 mm up; scale 100.04% x 100.00%" in done.stdout
    assert done.stdout.splitlines()[-1].startswith(str(tmp_path / "calibration" / "hp-1-"))
    listed = run("list", *agency)
    assert listed.exit_code == 0
    assert "财务室 HP-1, tray 2, form version 2026A" in listed.stdout
    assert "297×210  ruler" in listed.stdout


def test_keeping_it_again_says_what_it_takes_the_place_of(agency: list[str]) -> None:
    run("readings", *READ, *NAMED, *agency)
    done = run("readings", *READ, *NAMED, *agency, lang="zh")
    assert "替换" in done.stderr
    assert "向右 0.40 毫米" in done.stderr


def test_without_a_printer_nothing_is_kept(tmp_path: Path, agency: list[str]) -> None:
    done = run("readings", *READ, *agency, lang="zh")
    assert done.exit_code == 0
    assert "没有保存：要保存请加上 --printer" in done.stderr
    assert not (tmp_path / "calibration").exists()


def test_a_shrunk_page_is_not_kept_unless_it_is_insisted_on(
    tmp_path: Path, agency: list[str]
) -> None:
    shrunk = [
        "--top-left",
        "24,22.7",
        "--top-right",
        "24,22.7",
        "--bottom-right",
        "24,22.7",
        "--bottom-left",
        "24,22.7",
    ]
    done = run("readings", *shrunk, *NAMED, *agency)
    assert done.exit_code == 1
    assert "choose actual size" in " ".join(done.stdout.split())
    assert "not kept" in done.stderr
    assert not (tmp_path / "calibration").exists()
    assert run("readings", *shrunk, *NAMED, "--keep-scale", *agency).exit_code == 1
    assert len(list((tmp_path / "calibration").iterdir())) == 1


def test_a_sheet_that_was_not_measured_is_asked_for(tmp_path: Path, agency: list[str]) -> None:
    wide = [
        "--top-left",
        "20,20",
        "--top-right",
        "21,20",
        "--bottom-right",
        "21,20",
        "--bottom-left",
        "20,20",
    ]
    done = run("readings", *wide, *NAMED, *agency)
    assert done.exit_code == 3
    assert "--measured" in done.stdout
    assert not (tmp_path / "calibration").exists()
    assert run("readings", *wide, *NAMED, "--measured", "298x210", *agency).exit_code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (READ[:6], "the reading --bottom-left is missing"),
        ([*READ[:7], "20.3"], "'20.3' is not two readings"),
        ([*READ[:7], "20.3,a"], "'20.3,a' is not two readings"),
        ([*READ, "--measured", "wide"], "'wide' is no width x height"),
        ([*READ, "--sheet", "A9"], "unknown sheet 'A9'"),
        ([*READ[:7], "21.6,20.2"], "the readings contradict each other"),
    ],
)
def test_what_cannot_be_used_ends_with_two(words: list[str], said: str, agency: list[str]) -> None:
    done = run("readings", *words, *agency)
    assert done.exit_code == 2
    assert said in done.stderr


def test_at_a_terminal_each_corner_is_asked_for_in_the_words_of_the_sheet(
    agency: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("certgen.commands.calibrate_work.sits_there", lambda: True)
    answers = "20.4,19.8\n19.5,19.9\n19.6,20.1\n20.3,20.2\n297.1x210\n"
    done = run("readings", *NAMED, *agency, lang="zh", typed=answers)
    assert done.exit_code == 0, done.stderr
    assert "左上角：十字到左边，到上边" in done.stderr
    assert "这张纸实测的宽x高" in done.stderr
    assert "向右 0.45 毫米" in done.stdout


def test_a_photograph_is_read_and_the_check_sheet_confirms_it(
    raster: Raster, fonts: FontSet[Face], tmp_path: Path, agency: list[str]
) -> None:
    scene = plain((297.0, 210.0), PRINTER, megapixels=3.0)
    shot = tmp_path / "IMG_1.jpg"
    shot.write_bytes(photograph(raster, scene))
    done = run("photo", str(shot), *NAMED, *agency)
    assert done.exit_code == 0, done.stderr
    assert "photograph" in done.stdout
    wrong = run("photo", str(shot), "--sheet", "A5", *agency)
    assert wrong.exit_code == 2
    assert "the target for 297 x 210 mm, not 210 x 148" in wrong.stderr

    corrected = tmp_path / "check.pdf"
    assert run("check", *NAMED, "-o", str(corrected), *agency).exit_code == 0
    again = tmp_path / "IMG_2.jpg"
    again.write_bytes(photograph(printed(corrected, 2), scene))
    done = run("photo", str(again), *NAMED, *agency)
    assert done.exit_code == 0, done.stdout
    assert "confirmed: with the correction the worst corner is off by 0.0" in done.stdout

    uncorrected = tmp_path / "plain.pdf"
    drawing.write(uncorrected, Target(297, 210, is_check=True), fonts, made=MADE)
    again.write_bytes(photograph(printed(uncorrected, 2), scene))
    done = run("photo", str(again), *NAMED, *agency)
    assert done.exit_code == 1
    assert "calibration/not-confirmed" in done.stdout


def test_a_check_read_with_a_ruler_keeps_nothing(tmp_path: Path, agency: list[str]) -> None:
    done = run("readings", "--check", *READ, *NAMED, *agency)
    assert done.exit_code == 1
    assert "still off by" in " ".join(done.stdout.split())
    assert not (tmp_path / "calibration").exists()


def test_an_old_profile_warns_in_the_list(
    agency: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("certgen.commands.calibrate_work.now", lambda: MADE)
    run("readings", *READ, *NAMED, *agency)
    monkeypatch.setattr("certgen.commands.calibrate_work.now", lambda: MADE.replace(year=2027))
    done = run("list", *agency)
    assert done.exit_code == 1
    assert "365 days ago (limit 90)" in " ".join(done.stdout.split())
    assert run("list", "--days", "400", *agency).exit_code == 0


def test_no_check_sheet_without_a_profile(tmp_path: Path, agency: list[str]) -> None:
    done = run("check", *NAMED, "-o", str(tmp_path / "c.pdf"), *agency)
    assert done.exit_code == 2
    assert "calibration/missing" in done.stdout
    assert not (tmp_path / "c.pdf").exists()


def test_no_profile_yet_is_said(agency: list[str]) -> None:
    done = run("list", *agency)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "certgen calibrate sheet" in done.stderr


def test_a_damaged_profile_is_named(tmp_path: Path, agency: list[str]) -> None:
    run("readings", *READ, *NAMED, *agency)
    (path,) = (tmp_path / "calibration").iterdir()
    path.write_text("format = 1", encoding="utf-8")
    done = run("list", *agency)
    assert done.exit_code == 2
    assert path.name in done.stderr
