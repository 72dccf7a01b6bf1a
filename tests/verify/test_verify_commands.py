"""The commands as their user meets them: exit codes, JSON, files, and errors in one sentence."""

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from certgen.exchange import payload
from tests.exchange.lists import AGENCY, NOW, ROOT, a_key_list, a_status_list
from tests.exchange.payload_vectors import ORDINARY
from tests.exchange.signing import CODE, HOST
from tests.trust.builders import pem
from tests.verify.world import moved, photo
from verify.cli import main
from verify.commands import options
from verify.trust import pins
from verify.trust.store import TrustStore

SCHEMA = Path(__file__).parents[2] / "verify" / "report.schema.json"
TEXT = payload.sign(HOST, CODE, ORDINARY, AGENCY)
OTHER = CODE[:-1] + "2"


@pytest.fixture
def trust(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(options, "now", lambda: NOW)
    for name in ("photo", "pdf", "code", "record", "batch"):
        monkeypatch.setattr(f"verify.commands.{name}.now", lambda: NOW)
    store = TrustStore.open(tmp_path / "trust")
    store.add(pins.read(pem(ROOT), label="某省中心"), by="张科长", now=NOW)
    store.update(a_key_list(), NOW)
    store.update(a_status_list(), NOW)
    return str(store.folder)


def picture(folder: Path, text: str) -> str:
    path = folder / "IMG.png"
    path.write_bytes(photo(text))
    return str(path)


def call(*words: str, lang: str = "zh") -> Result:
    return CliRunner().invoke(main, ["--lang", lang, *words], catch_exceptions=False)


@pytest.mark.parametrize(
    ("text", "code", "word"),
    [
        (TEXT, 0, "有效"),
        (moved(TEXT, OTHER), 1, "无效"),
        (f"https://{HOST}/c/{CODE}", 3, "待核实"),
    ],
    ids=["valid", "replayed", "plain"],
)
def test_a_photo_gets_a_word_and_an_exit_code(
    tmp_path: Path, trust: str, text: str, code: int, word: str
) -> None:
    done = call("photo", picture(tmp_path, text), "--trust", trust, "--no-ocr")
    assert (done.exit_code, word in done.stdout) == (code, True)


def test_json_html_and_case_at_once(tmp_path: Path, trust: str) -> None:
    page, folder = tmp_path / "r.html", tmp_path / "case"
    done = call(
        *("photo", picture(tmp_path, TEXT), "--trust", trust, "--no-ocr", "--json"),
        *("--html", str(page), "--case", str(folder)),
    )
    jsonschema.validate(json.loads(done.stdout), json.loads(SCHEMA.read_text("utf-8")))
    assert page.read_text("utf-8").startswith("<!doctype html>")
    again = call("rerun", str(folder))
    assert (again.exit_code, "与案卷一致" in again.stdout) == (0, True)


def test_what_is_no_picture_ends_with_2_and_one_sentence(tmp_path: Path, trust: str) -> None:
    path = tmp_path / "x.jpg"
    path.write_bytes(b"no picture")
    for command in ("photo", "pdf"):
        done = call(command, str(path), "--trust", trust)
        assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
        assert done.stderr.startswith("错误：")


def test_a_code_is_explained_and_never_valid(trust: str) -> None:
    done = call("code", CODE, "--trust", trust, lang="en")
    assert done.exit_code == 3
    assert "social assessment body" in done.stdout


def test_a_person_records_what_the_official_page_said(tmp_path: Path, trust: str) -> None:
    shot, kept = tmp_path / "jndj.png", tmp_path / "official.json"
    shot.write_bytes(b"picture")
    done = call(
        *("record", CODE, "--found", "--by", "核验员甲", "--screenshot", str(shot)),
        *("-o", str(kept)),
    )
    assert done.exit_code == 0
    assert len(json.loads(kept.read_text("utf-8"))["sha256"]) == 64
    told = call("code", CODE, "--trust", trust, "--official", str(kept)).stdout
    assert "人工记录：核验员甲" in told
    other = call("code", OTHER, "--trust", trust, "--official", str(kept)).stdout
    assert "人工记录是另一编码" in other


def test_a_record_for_no_certificate_code_is_refused(tmp_path: Path) -> None:
    done = call("record", "11010519491231002X", "--found", "-o", str(tmp_path / "x.json"))
    assert done.exit_code == 2
    assert "身份证件号码" in done.stderr


def test_a_file_that_is_no_record_is_refused_in_words(tmp_path: Path, trust: str) -> None:
    path = tmp_path / "x.json"
    path.write_text("[1]", encoding="utf-8")
    done = call("code", CODE, "--trust", trust, "--official", str(path))
    assert (done.exit_code, "不是官方查询记录" in done.stderr) == (2, True)


def test_a_batch_says_an_account_that_adds_up(tmp_path: Path, trust: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    picture(folder, TEXT)
    done = call("batch", str(folder), "--trust", trust, "--no-ocr", "-o", str(tmp_path / "out"))
    assert done.exit_code == 0
    assert "页 1 = 有效 1 + 无效 0 + 待核实 0 + 无法读取 0" in done.stdout


def test_a_batch_of_nothing_is_a_usage_error() -> None:
    assert call("batch").exit_code == 2
