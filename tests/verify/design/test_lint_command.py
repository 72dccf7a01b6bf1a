import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.design_samples import pages, pdf
from tests.verify.design.designs import ENGLISH, NAME
from verify.cli import main

AGENCY = f"""format = 1
[agency]
name = "{NAME}"
english_name = "{ENGLISH}"
category = "Y"
[[sites]]
id = "main"
prefix = "Y000041018999"
filed_from = 2024-03-01
filed_until = 2027-02-28
[qr]
profile = "own-host"
host = "cert.yunhe.example"
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lint")
    page = pages.changed(pages.a_page(), lambda i: None if i.slot.startswith("seal") else i)
    (folder / "good.json").write_text(pages.listed(page), encoding="utf-8")
    bad = pages.with_text(page, "title.zh", "全国职业技能等级证书")
    (folder / "bad.json").write_text(pages.listed(bad), encoding="utf-8")
    (folder / "bad.pdf").write_bytes(pdf.drawn(bad))
    (folder / "agency.toml").write_text(AGENCY, encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    return folder


def lint(folder: Path, *arguments: str, lang: str = "zh") -> Result:
    paths = [str(folder / a) if (folder / a).exists() and a else a for a in arguments]
    return CliRunner().invoke(
        main, ["--lang", lang, "lint", *paths, "--agency", str(folder / "agency.toml")]
    )


def test_a_design_in_order_ends_with_0(folder: Path) -> None:
    result = lint(folder, "good.json")
    assert result.exit_code == 0, result.output
    assert "未发现不符合" in result.stdout


def test_an_error_ends_with_1_with_carets_under_the_word(folder: Path) -> None:
    result = lint(folder, "bad.pdf")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    at = next(n for n, line in enumerate(lines) if line.strip() == "^^^^")
    assert lines[at - 1].strip() == "全国职业技能等级证书"
    assert "人社鉴发〔2021〕1号 五(二)" in result.stdout


def test_english_is_spoken_too(folder: Path) -> None:
    result = lint(folder, "bad.json", lang="en")
    assert "not in order: 2 to change" in result.stdout


def test_without_a_filing_nothing_is_clean(folder: Path) -> None:
    result = CliRunner().invoke(main, ["lint", str(folder / "good.json")])
    assert result.exit_code == 3


def test_many_designs_end_in_a_table_and_what_is_unreadable_is_said(folder: Path) -> None:
    result = lint(folder, "good.json", "bad.json", "broken.pdf")
    assert result.exit_code == 1
    assert "broken.pdf" in result.stderr
    assert "title/other-title" in result.stdout.rsplit("规则", 1)[-1]
    alone = lint(folder, "broken.pdf")
    assert alone.exit_code == 2


def test_files_are_written_and_a_former_report_is_answered(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert lint(folder, "bad.pdf", "--out", str(out)).exit_code == 1
    names = {path.name for path in out.iterdir()}
    assert names == {
        *(
            "bad-报告.html",
            "bad-标注.pdf",
            "bad-核对单.html",
            "bad-复函.docx",
            "bad.json",
            "bad.sarif",
        ),
    }
    result = lint(folder, "good.json", "--against", str(out / "bad.json"))
    assert "已修改" in result.stdout
    assert "未修改" not in result.stdout
    again = lint(folder, "bad.json", "--against", str(folder / "good.json"))
    assert "新出现" in again.stdout


def test_json_on_stdout_is_json_alone(folder: Path) -> None:
    result = lint(folder, "bad.json", "good.json", "--print", "json")
    assert [d["exit_code"] for d in json.loads(result.stdout)["designs"]] == [1, 0]
    assert json.loads(lint(folder, "bad.json", "--print", "sarif").stdout)["version"] == "2.1.0"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(("good.json", "--profile", "no-such"), "no-such", id="profile"),
        pytest.param(("good.json", "--write", "html"), "--out", id="write without out"),
        pytest.param(("good.json", "bad.json", "--against", "bad.json"), "--against", id="two"),
        pytest.param(("good.json", "--directory", "bad.json"), "--directory", id="both"),
    ],
)
def test_what_cannot_be_done_is_said_and_ends_with_2(
    folder: Path, arguments: tuple[str, ...], says: str
) -> None:
    result = lint(folder, *arguments)
    assert result.exit_code == 2
    assert says in result.output


def test_a_rule_prints_its_clause_and_all_rules_are_listed() -> None:
    result = CliRunner().invoke(main, ["--lang", "zh", "rule", "title/other-title"])
    assert "证书名称应统一使用“职业技能等级证书”" in result.stdout
    assert "wording/state-name" in CliRunner().invoke(main, ["rule"]).stdout
    wrong = CliRunner().invoke(main, ["--lang", "zh", "rule", "state-name"])
    assert (wrong.exit_code, "wording/state-name" in wrong.stderr) == (2, True)


def test_the_template_is_written_once(tmp_path: Path) -> None:
    path = tmp_path / "复函.docx"
    command = ["letter-template", str(path)]
    assert CliRunner().invoke(main, command).exit_code == 0
    assert CliRunner().invoke(main, command).exit_code == 2
    assert CliRunner().invoke(main, [*command, "--force"]).exit_code == 0
