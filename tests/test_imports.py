"""Which part may import which, and what a process that only verifies or only helps never loads."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[1]
SHARED = {
    "certgen.errors",
    "certgen.exchange",
    "certgen.model",
    "certgen.speaking",
    "certgen.standards",
}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("certgen", "verify", include_external_packages=True, cache_dir=None)


def loaded_by(program: str) -> set[str]:
    """The modules in memory after a program, in a process of its own."""
    ending = "\nimport sys; print('\\n'.join(sys.modules))"
    done = subprocess.run(  # noqa: S603  (our own words)
        [sys.executable, "-c", program + ending],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.splitlines())


def test_every_contract_of_import_linter_is_kept() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    environment = {**os.environ, "NO_COLOR": "1"}
    done = subprocess.run(  # noqa: S603  (our own words)
        [program, "--no-cache"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_the_contract_of_the_verifier_names_every_part_it_may_not_know(
    graph: grimp.ImportGraph,
) -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    (hidden,) = (one for one in contracts if one.get("allowed_importers") == ["certgen"])
    assert set(hidden["protected_modules"]) == graph.find_children("certgen") - SHARED


@pytest.mark.parametrize("part", ["errors", "standards", "model"])
def test_what_the_notices_say_needs_the_standard_library_alone(
    graph: grimp.ImportGraph, part: str
) -> None:
    modules = {f"certgen.{part}"} | graph.find_descendants(f"certgen.{part}")
    imported = {other for one in modules for other in graph.find_modules_directly_imported_by(one)}
    foreign = {other for other in imported if other.partition(".")[0] != "certgen"}
    assert foreign <= sys.stdlib_module_names


def test_the_package_itself_imports_nothing(graph: grimp.ImportGraph) -> None:
    assert not graph.find_modules_directly_imported_by("certgen")


def test_a_process_that_verifies_loads_nothing_that_issues() -> None:
    loaded = loaded_by("import verify.selfcheck")
    parts = {".".join(name.split(".")[:2]) for name in loaded if name.startswith("certgen.")}
    assert parts <= SHARED
    assert not {"reportlab", "sqlalchemy", "fontTools", "qrcode"} & loaded


@pytest.mark.parametrize("package", ["certgen", "verify"])
def test_help_loads_nothing_heavy(package: str) -> None:
    loaded = loaded_by(f"from {package}.cli import main\nmain(['--help'], standalone_mode=False)")
    heavy = {
        "PIL",
        "cryptography",
        "fontTools",
        "pikepdf",
        "pyhanko",
        "pypdfium2",
        "rich",
        "sqlalchemy",
    }
    assert "click" in loaded
    assert (
        not (heavy | {"certgen.api", "verify" if package == "certgen" else "certgen.cli"}) & loaded
    )
