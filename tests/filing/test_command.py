"""`certgen filing-pack` as a clerk meets it: the real linter, both languages, exit codes, the register as it was."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from office import Office

from certgen.cli import main
from certgen.commands import filing_work
from certgen.layouts import national_2021
from certgen.layouts.own_template import template
from tests.filing.builders import not_judged


def run(*arguments: object, lang: str = "en") -> Result:
    wide = {"COLUMNS": "250"}  # so that nothing is wrapped
    return CliRunner().invoke(main, ["--lang", lang, "filing-pack", *map(str, arguments)], env=wide)


def test_a_pack_of_the_sample_agency_leaves_only_its_seals_to_look_at(employer: Office) -> None:
    register = employer.folder / "register.db"
    register.write_bytes(b"as it was")
    done = run(
        "-a", employer.agency, "-o", employer.folder / "pack", "--date", "2026-06-01", lang="zh"
    )
    assert done.exit_code == 3, done.output
    assert "seal/other-text" in done.output
    assert "不符合 0 项" in done.stderr
    assert "样式检查（无法判断）" in done.stdout
    assert done.stdout.rstrip().endswith("filing-pack.pdf")
    assert register.read_bytes() == b"as it was"
    again = run("-a", employer.agency, "-o", employer.agency)  # a file, and not ours
    assert again.exit_code == 2


def test_a_deviation_gives_exit_code_one_in_both_languages(
    employer: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filing_work, "lint", not_judged)
    size = 'latin = "times"\nsize_pt = 30'
    text = template(national_2021.style_2())
    (employer.folder / "own.toml").write_text(
        text.replace(size, size.replace("30", "26"), 1), "utf-8"
    )
    employer.add_settings('[layout]\nfile = "own.toml"')
    said = {
        "en": "title (Chinese) measures FandolKai 26 pt; asked: 楷体 30pt",
        "zh": "证书名称（中文）实测 FandolKai 26 pt，要求楷体 30pt",
    }
    for lang, words in said.items():
        done = run("-a", employer.agency, "-o", employer.folder / "pack", lang=lang)
        assert done.exit_code == 1, done.output
        assert "filing-pack/not-met" in done.output
        assert words in done.stdout


def test_what_stands_in_the_way_is_told_before_anything_is_made(
    employer: Office, tmp_path: Path
) -> None:
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "mine.txt").write_text("mine", "utf-8")
    done = run("-a", employer.agency, "-o", tmp_path / "pack")
    assert done.exit_code == 2
    assert "is not overwritten" in done.stderr
    assert [path.name for path in (tmp_path / "pack").iterdir()] == ["mine.txt"]


def test_the_withdrawn_form_is_refused_with_its_clause(
    sample_agencies: Path, tmp_path: Path
) -> None:
    done = run("-a", sample_agencies / "reprints/agency.toml", "-o", tmp_path / "pack", lang="zh")
    assert done.exit_code == 2
    assert "人社鉴发〔2021〕1号 五(一)" in done.stderr
    assert not (tmp_path / "pack").exists()
