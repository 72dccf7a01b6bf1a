"""The set-up script `dev`: what it refuses, what it says, and that the documents name what it can do."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOOLS = ("pdftotext", "mutool", "qpdf", "openssl", "softhsm2-util", "gs", "java")
PACKAGES = "poppler-utils mupdf-tools qpdf openssl softhsm2 ghostscript default-jre-headless"


def run(
    *words: str, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  (our own words)
        [shutil.which("sh") or "sh", str(ROOT / "dev"), *words],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture
def bare_user(tmp_path: Path) -> dict[str, str]:
    """An ordinary user without sudo on a machine without any tool of the tests."""
    for name in ("dirname", "tr"):
        (tmp_path / name).symlink_to(shutil.which(name) or name)
    for name, body in (("id", "echo 1000"), ("sudo", "exit 1")):
        (tmp_path / name).write_text(f"#!{shutil.which('sh')}\n{body}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    return {"PATH": str(tmp_path)}


def test_without_a_command_it_explains_itself_and_ends_with_2() -> None:
    done = run()
    assert done.returncode == 2
    assert all(f"./dev {command}" in done.stderr for command in ("sample", "test", "check"))


def test_an_ordinary_user_is_told_the_line_an_administrator_must_run(
    bare_user: dict[str, str],
) -> None:
    done = run("test", environment=bare_user)
    assert done.returncode == 2
    assert (
        f"\napt-get update && apt-get install -y --no-install-recommends {PACKAGES}" in done.stderr
    )


def test_tools_that_are_there_are_not_asked_for(bare_user: dict[str, str]) -> None:
    for tool in TOOLS[1:]:
        (Path(bare_user["PATH"]) / tool).symlink_to("/bin/true")
    done = run("test", environment=bare_user)
    assert "--no-install-recommends poppler-utils " in done.stderr
    assert not [package for package in PACKAGES.split()[1:] if package in done.stderr]


def test_a_machine_without_python_is_told_so(bare_user: dict[str, str], tmp_path: Path) -> None:
    shutil.copy(ROOT / "dev", tmp_path / "dev")
    done = subprocess.run(  # noqa: S603  (our own words)
        [shutil.which("sh") or "sh", str(tmp_path / "dev"), "sample"],
        env=bare_user, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "Python 3.11" in done.stderr


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_first_two_commands_of_a_readme_are_sample_and_test(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    commands = re.findall(r"^    (\./dev .*?)(?:  .*)?$", text, re.MULTILINE)
    assert commands[:2] == ["./dev sample", "./dev test"]


def test_the_check_of_a_change_is_the_second_command() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert lines[-1] == "exec ./dev test"


@pytest.mark.parametrize("script", ["dev", ".ci/run"])
def test_scripts_may_be_run(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md", *sorted(
    str(path.relative_to(ROOT)) for path in (ROOT / "docs").rglob("*.md")
)])  # fmt: skip
def test_every_link_of_a_document_leads_to_a_file(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)
    missing = [link for link in links if not ((ROOT / page).parent / link).exists()]
    assert not missing
