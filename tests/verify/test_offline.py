"""Verifying touches no network and loads nothing that issues, in this process and in those that it starts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.verify.world import CODE, certificate, photo, signed

ROOT = Path(__file__).parents[2]
NO_NETWORK = """
import socket
def refused(*_, **__):
    raise AssertionError("the network was touched")
class Local(socket.socket):
    def connect(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6):
            refused()
        return super().connect(address)
    connect_ex = connect
socket.socket = Local
socket.getaddrinfo = socket.gethostbyname = socket.create_connection = refused
"""
PROGRAM = """
import sys
from verify.cli import main
try:
    main(sys.argv[1:])
finally:
    print("\\n".join(sorted(sys.modules)), file=sys.stderr)
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "cert.pdf").write_bytes(certificate())
    (folder / "photo.png").write_bytes(photo(signed()))
    return tmp_path


@pytest.mark.parametrize(
    "words",
    [
        ("photo", "in/photo.png", "--html", "r.html", "--case", "case"),
        ("pdf", "in/cert.pdf", "--json"),
        ("code", CODE),
        ("batch", "in", "-o", "out"),
    ],
    ids=lambda words: words[0],
)
def test_no_network_is_touched_and_nothing_that_issues_is_loaded(
    files: Path, words: tuple[str, ...]
) -> None:
    environment = {**os.environ, "PYTHONPATH": f"{files}{os.pathsep}{ROOT}"}
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", PROGRAM, *words],
        cwd=files,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3, done.stderr  # nothing is trusted: look again
    loaded = set(done.stderr.split())
    assert "verify.pipeline" in loaded
    assert not {"reportlab", "sqlalchemy", "fontTools", "qrcode"} & loaded
    issuing = {name for name in loaded if name.startswith("certgen.")}
    shared = ("errors", "exchange", "model", "speaking", "standards")
    assert {name.split(".")[1] for name in issuing} <= set(shared)


def test_the_guard_itself_works(files: Path) -> None:
    program = "import socket; socket.socket().connect(('192.0.2.1', 9))"
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(files)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "the network was touched" in done.stderr
