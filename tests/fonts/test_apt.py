import os
import shutil
from pathlib import Path

import pytest

from certgen.errors import FontError
from certgen.fonts.apt import Repository, repositories, signed_by

DEB822 = """\
# the machine's own
Types: deb
URIs: http://mirror.invalid/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: /keys/first.gpg

Types: deb
URIs: http://mirror.invalid/debian-security
Suites: bookworm-security
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 mDMEY865UxYJKwYBBAHaRw8B
 -----END PGP PUBLIC KEY BLOCK-----
Enabled: yes
"""
ONE_LINE = """\
# comment
deb [arch=amd64 signed-by=/keys/one.gpg] http://mirror.invalid/ubuntu jammy main
deb http://mirror.invalid/ubuntu jammy universe
"""
TARGETS = """\
Packages|https://elsewhere.invalid/apt/|nodistro|main|/nowhere/else.list:1
Translations|http://mirror.invalid/debian/|bookworm|main|{entry}
Packages|http://mirror.invalid/debian/|bookworm-updates|main|{entry}
Packages|http://mirror.invalid/debian/|bookworm|main|{entry}
Packages|http://mirror.invalid/debian/|bookworm|contrib|{entry}
Packages|http://mirror.invalid/debian/|bookworm|universe|{entry}
"""


@pytest.mark.parametrize(
    ("name", "text", "number", "key"),
    [
        pytest.param("a.sources", DEB822, 1, "/keys/first.gpg", id="stanza"),
        pytest.param("a.sources", DEB822.replace("\n\n", "\n\n\n\n"), 1, "/keys/first.gpg"),
        pytest.param("a.sources", DEB822, 3, "", id="no such stanza"),
        pytest.param("a.list", ONE_LINE, 2, "/keys/one.gpg", id="line"),
        pytest.param("a.list", ONE_LINE, 3, "", id="line without options"),
        pytest.param("a.list", ONE_LINE, 9, "", id="no such line"),
    ],
)
def test_the_key_is_read_from_the_entry(
    tmp_path: Path, name: str, text: str, number: int, key: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert signed_by(f"{tmp_path / name}:{number}") == key


def test_a_key_that_stands_in_the_entry_is_kept_whole(tmp_path: Path) -> None:
    (tmp_path / "a.sources").write_text(DEB822, encoding="utf-8")
    key = signed_by(f"{tmp_path}/a.sources:2")
    stanza = Repository("http://mirror.invalid/debian", "sid", ("main",), key).stanza()
    assert "Signed-By: \n -----BEGIN" in stanza
    assert stanza.endswith(" -----END PGP PUBLIC KEY BLOCK-----\n")


def test_an_entry_that_is_gone_names_no_key(tmp_path: Path) -> None:
    assert signed_by(f"{tmp_path}/gone.sources:1") == ""


def pretend(folder: Path, patch: pytest.MonkeyPatch, distribution: str, targets: str) -> None:
    """A machine whose apt-get lists these targets."""
    (folder / "targets").write_text(targets, encoding="utf-8")
    for tool in ("apt-get", "dpkg-deb"):
        (folder / tool).write_text(f"#!/bin/sh\ncat '{folder}/targets'\n", encoding="utf-8")
        (folder / tool).chmod(0o755)
    patch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    info = {"ID": distribution, "VERSION_CODENAME": "bookworm"}
    patch.setattr("platform.freedesktop_os_release", lambda: info)


@pytest.mark.parametrize(
    ("distribution", "suites"),
    [("debian", ["sid", "bookworm"]), ("ubuntu", ["devel", "bookworm"]), ("mint", ["bookworm"])],
)
def test_the_newest_release_of_the_machines_own_server_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, distribution: str, suites: list[str]
) -> None:
    sources = tmp_path / "a.sources"
    sources.write_text(DEB822, encoding="utf-8")
    pretend(tmp_path, monkeypatch, distribution, TARGETS.format(entry=f"{sources}:1"))
    found = repositories()
    assert [repository.suite for repository in found] == suites
    assert {(r.uri, r.components, r.signed_by) for r in found} == {
        ("http://mirror.invalid/debian/", ("main", "universe"), "/keys/first.gpg")
    }


def test_a_machine_without_sources_is_told_of_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend(tmp_path, monkeypatch, "debian", "")
    with pytest.raises(FontError, match="name a folder"):
        repositories()


def test_a_machine_without_apt_is_told_of_the_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(FontError, match=r"no apt-get.*name a folder") as raised:
        repositories()
    assert "文件夹" in raised.value.said.zh
