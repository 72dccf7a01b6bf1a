"""The command line as a clerk meets it: exit codes, both languages, results on stdout, talk on stderr."""

import subprocess
import sys
from pathlib import Path

import people
import pytest
from click.testing import CliRunner, Result
from office import MAIN, Office

from certgen import api
from certgen.cli import main
from certgen.errors import Said
from certgen.exchange import page_listing
from certgen.model.finding import Finding, Severity
from certgen.model.page import TextRun
from certgen.speaking import language

HEAVY = (
    "reportlab",
    "sqlalchemy",
    "PIL",
    "pikepdf",
    "fontTools",
    "rich",
    "cryptography",
    "pyhanko",
)
CODE = "Y000041018999261000001"


def certgen(*arguments: object, lang: str = "en") -> Result:
    return CliRunner().invoke(main, ["--lang", lang, *map(str, arguments)])


def in_office(office: Office, command: str, *more: object, lang: str = "en") -> Result:
    """`command` on the office's roster, with its agency file and photos."""
    roster = office.folder / "roster.csv"
    return certgen(command, roster, "-a", office.agency, "-p", office.photos, *more, lang=lang)


def issue(office: Office, lang: str = "en") -> Result:
    return in_office(office, "issue", "-o", office.out, lang=lang)


# Light, and in two languages


def test_nothing_heavy_is_loaded_before_a_command_needs_it() -> None:
    code = f"import sys, certgen.cli; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run(  # noqa: S603  (our own interpreter)
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "command",
    [
        *("init", "check", "preview", "listing", "issue", "show", "void", "fonts", "fonts fetch"),
        "filing-pack",
    ],
)
def test_every_command_explains_itself_with_an_example(command: str) -> None:
    result = certgen(*command.split(), "--help")
    assert result.exit_code == 0
    assert f"certgen {command}" in result.stdout.split("Example:")[1]


@pytest.mark.parametrize(
    ("name", "value", "lang"),
    [
        ("LC_ALL", "zh_CN.UTF-8", "zh"),
        ("LANG", "zh_TW.UTF-8", "zh"),
        ("LANG", "en_US.UTF-8", "en"),
        ("LC_MESSAGES", "C", "en"),
    ],
)
def test_the_language_is_that_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, lang: str
) -> None:
    for other in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(other, raising=False)
    monkeypatch.setenv(name, value)
    assert language() == lang


@pytest.mark.parametrize(
    ("lang", "sum_", "said"),
    [
        ("zh", "名册 2 = 本次发证 1 + 以前已发 0 + 未发 1", "姓名"),
        ("en", "rows 2 = issued now 1 + issued before 0 + refused 1", "name"),
    ],
)
def test_the_account_and_the_findings_speak_the_asked_language(
    employer: Office, lang: str, sum_: str, said: str
) -> None:
    employer.roster(MAIN[:2])
    employer.rows[1][0] = ""
    employer.write()
    result = issue(employer, lang)
    assert result.exit_code == 1
    assert sum_ in result.stdout
    assert said in result.stdout
    assert "refused.csv" in "".join(result.stdout.split())


# Exit codes


def test_a_batch_without_findings_exits_0_and_says_where_the_files_are(employer: Office) -> None:
    employer.roster(MAIN[:1])
    result = issue(employer)
    assert result.exit_code == 0
    assert "print-1.pdf" in "".join(result.stdout.split())
    assert not result.stderr
    again = issue(employer)
    assert again.exit_code == 0
    assert "issued before 1" in again.stdout


def test_a_roster_of_which_nothing_can_be_done_exits_2(employer: Office) -> None:
    employer.roster(MAIN[:1])
    employer.rows[0][0] = ""
    employer.write()
    assert in_office(employer, "check").exit_code == 2
    assert issue(employer).exit_code == 2


@pytest.mark.parametrize(("lang", "said"), [("zh", "错误："), ("en", "error: ")])
def test_what_the_caller_must_mend_is_one_sentence_on_stderr_and_exit_2(
    employer: Office, lang: str, said: str
) -> None:
    employer.agency.write_text("format = 1\n", "utf-8")
    employer.roster(MAIN[:1])
    result = issue(employer, lang)
    assert result.exit_code == 2
    assert result.stderr.startswith(said)
    assert "Traceback" not in result.stderr
    assert not result.stdout


def test_a_wrong_option_exits_2(tmp_path: Path) -> None:
    assert certgen("issue", tmp_path / "no.xlsx").exit_code == 2
    assert certgen("nonsense").exit_code == 2


def test_when_only_review_is_left_the_exit_code_is_3(
    employer: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    employer.roster(MAIN[:1])
    review = Finding("test/review", Severity.REVIEW, Said("请看一下", "look at it"))
    report = api.CheckReport(rows=1, good=1, about_rows=[review])
    monkeypatch.setattr(api, "check", lambda *_, **__: report)
    assert in_office(employer, "check").exit_code == 3


def test_an_interrupted_batch_says_that_nothing_is_lost(
    employer: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    employer.roster(MAIN[:1])
    monkeypatch.setattr(api, "issue", interrupted)
    result = issue(employer)
    assert result.exit_code == 2
    assert "run the same command to go on" in result.stderr


# Commands


def test_init_writes_an_agency_file_that_check_accepts(tmp_path: Path) -> None:
    result = certgen("init", tmp_path / "new", "--sample")
    assert result.exit_code == 0
    assert [Path(line).name for line in result.stdout.splitlines()] == ["agency.toml", "scope.csv"]
    roster = tmp_path / "roster.csv"
    roster.write_text(
        f"姓名,证件号码,职业,等级,发证日期\n丁一,{MAIN[0].number},钳工,三级,2026-05-01\n", "utf-8"
    )
    checked = certgen("check", roster, "-a", tmp_path / "new" / "agency.toml")
    assert checked.exit_code == 0, checked.output
    assert "can be issued 1" in checked.stdout
    assert certgen("init", tmp_path / "new").exit_code == 2


def test_preview_writes_a_png_and_names_it(employer: Office, tmp_path: Path) -> None:
    employer.roster(MAIN[:1])
    shown = tmp_path / "row.png"
    result = in_office(employer, "preview", "--dpi", 50, "-o", shown)
    assert (result.exit_code, result.stdout.strip()) == (0, str(shown))
    assert shown.read_bytes().startswith(b"\x89PNG")


def test_listing_writes_the_page_of_a_row_for_the_linter(employer: Office, tmp_path: Path) -> None:
    employer.roster(MAIN[:1])
    written = tmp_path / "row.json"
    roster = employer.folder / "roster.csv"
    result = certgen("listing", roster, "-a", employer.agency, "-o", written)
    assert (result.exit_code, result.stdout.strip()) == (0, str(written))
    page = page_listing.loads(written.read_text("utf-8"))
    assert MAIN[0].name in {run.text for run in page.items if isinstance(run, TextRun)}


@pytest.mark.parametrize(
    ("code", "exit_code", "said"),
    [
        (CODE, 0, "孙晓禾"),
        (CODE[:-1] + "9", 1, "the register has no such number"),
        ("1234567890123456", 0, "old qualification"),
        ("hello", 2, "not recognised"),
    ],
)
def test_show_tells_what_a_code_is(employer: Office, code: str, exit_code: int, said: str) -> None:
    employer.roster(MAIN[:1])
    employer.issue()
    result = certgen("show", code, "-a", employer.agency)
    assert result.exit_code == exit_code
    assert said in " ".join(result.stdout.split())


def test_void_takes_a_number_out_of_use_and_show_says_why(employer: Office) -> None:
    employer.roster(MAIN[:1])
    employer.issue()
    result = certgen("void", CODE, "--reason", "姓名录入错误", "-a", employer.agency)
    assert result.exit_code == 0
    assert CODE in result.stdout
    assert "姓名录入错误" in certgen("show", CODE, "-a", employer.agency).stdout
    assert certgen("void", CODE, "-a", employer.agency).exit_code == 2  # no reason given


def test_no_output_of_any_command_has_an_identity_number(employer: Office) -> None:
    holders = [people.EMPLOYER_MAIN[3], *people.EMPLOYER_MAIN[20:], MAIN[0]]
    employer.roster(holders)
    employer.rows[1][2] = employer.rows[1][2][:-1]
    employer.rows.append(employer.rows[-1])
    employer.write()
    (employer.photos / f"{holders[0].number}.jpg").unlink()
    results = [issue(employer), in_office(employer, "check", lang="zh")]
    results += [certgen("show", entry.code, "-a", employer.agency) for entry in employer.entries()]
    assert results[0].exit_code == 1
    said = "".join("".join(result.output.split()) for result in results)
    secrets = [one.number[3:-2] if len(one.number) > 9 else one.number for one in holders]
    assert not [secret for secret in secrets if secret in said]


def test_a_passphrase_may_come_from_a_descriptor_and_never_from_the_command_line(
    employer: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("CERTGEN_PASSPHRASE")
    employer.roster(MAIN[:1])
    assert issue(employer).exit_code == 2  # nobody at the keyboard, nothing in the environment
    secret = tmp_path / "secret"
    secret.write_text("sample\nsample\n")  # the agency's, then its branch's
    with secret.open() as file, secret.open() as other:
        descriptors = ("--pass-fd", file.fileno(), "--qr-pass-fd", other.fileno())
        result = in_office(employer, "issue", "-o", employer.out, *descriptors)
    assert result.exit_code == 0, result.output
    assert "--passphrase" not in certgen("issue", "--help").stdout
