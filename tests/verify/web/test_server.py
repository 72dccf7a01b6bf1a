"""`certverify serve`: the page and the Python pipeline on this computer, for whoever asks nicely and nobody else."""

import http.client
import json
import math
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from certgen.errors import InputError
from tests.verify.web import world
from tests.verify.web.examiners import counting, crashing, refusing, sleeping
from tests.verify.web.serving import running
from tests.verify.web.world import World, picture, qr_text
from verify.cli import main
from verify.trust.store import TrustStore
from verify.web.build import SOURCE
from verify.web.examine import examiner
from verify.web.limits import Limits, Rate
from verify.web.server import ASKING

ROOT = Path(__file__).parents[3]
WORLD = World()
OURS = {ASKING: "1"}


@pytest.fixture(autouse=True, scope="module")
def importable() -> Iterator[None]:
    """The process that runs an examiner takes our path over."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT))
        yield


def ask(
    port: int,
    path: str = "/c/api/check",
    body: bytes | None = None,
    headers: dict[str, str] | None = None,
    method: str = "",
) -> tuple[int, dict[str, str], bytes]:
    """Status, headers, body."""
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    asked.request(method or ("GET" if body is None else "POST"), path, body, headers or {})
    answer = asked.getresponse()
    found = (
        answer.status,
        {name.lower(): value for name, value in answer.getheaders()},
        answer.read(),
    )
    asked.close()
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("page")
    (place / "lists").mkdir()
    (place / "index.html").write_text("<!doctype html>page", "utf-8")
    (place / "a.wasm").write_bytes(b"\0asm")
    (place / "lists" / "one.keys").write_bytes(b"list")
    (place.parent / "secret.txt").write_text("secret", "utf-8")
    return place


@pytest.fixture(scope="module")
def port(folder: Path) -> Iterator[int]:
    with running(folder, counting, Limits(file_bytes=1000, per_minute=10_000)) as found:
        yield found


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/c/", 200, "text/html; charset=utf-8"),
        (f"/c/{world.CODE}", 200, "text/html; charset=utf-8"),
        ("/c/a.wasm", 200, "application/wasm"),
        ("/c/lists/one.keys", 200, "application/octet-stream"),
        ("/", 307, None),
        ("/c/Y123", 404, "text/plain; charset=utf-8"),
        ("/c/../secret.txt", 404, "text/plain; charset=utf-8"),
        ("/c/%2e%2e/secret.txt", 404, "text/plain; charset=utf-8"),
        ("/c//etc/passwd", 404, "text/plain; charset=utf-8"),
        ("/c/lists", 404, "text/plain; charset=utf-8"),
    ],
)
def test_it_hands_out_the_folder_and_nothing_else(
    port: int, path: str, status: int, kind: str | None
) -> None:
    found, headers, _ = ask(port, path)
    assert (found, headers.get("content-type")) == (status, kind)


@pytest.mark.parametrize("path", ["/c/", "/c/nothing", "/c/api/check"])
def test_every_answer_carries_the_security_headers(port: int, path: str) -> None:
    _, headers, _ = ask(port, path)
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"


def test_another_name_that_leads_here_is_refused(port: int) -> None:
    assert ask(port, "/c/", headers={"host": "evil.example"})[0] == 400
    assert ask(port, body=b"x", headers={**OURS, "host": "evil.example"})[0] == 400


def test_a_page_of_another_site_cannot_send_files(port: int) -> None:
    # Without our header a browser sends it unasked; with it, it asks first, and we never say yes.
    assert ask(port, body=b"x")[0] == 403
    status, headers, _ = ask(
        port,
        headers={
            "origin": "https://evil.example",
            "access-control-request-method": "POST",
            "access-control-request-headers": ASKING,
        },
        method="OPTIONS",
    )
    assert status == 405
    assert not [name for name in headers if name.startswith("access-control")]


def test_a_file_within_the_limit_is_answered(port: int) -> None:
    status, _, body = ask(port, body=b"x" * 1000, headers=OURS)
    assert (status, json.loads(body)) == (200, {"size": 1000})


@pytest.mark.parametrize(
    ("size", "body"),
    [
        ("Content-Length: 1001", b""),  # refused by what it says, before a byte has come
        ("Content-Length: 99999999999999999999", b""),
        (
            "Transfer-Encoding: chunked",
            2 * (b"258\r\n" + b"x" * 0x258 + b"\r\n"),
        ),  # as soon as it is too much
    ],
    ids=["stated", "absurd", "not stated"],
)
def test_a_file_beyond_the_limit_is_not_read_to_its_end(port: int, size: str, body: bytes) -> None:
    head = f"POST /c/api/check HTTP/1.1\r\nHost: localhost\r\n{ASKING}: 1\r\n{size}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=10) as asked:
        asked.sendall(head.encode() + body)
        answer = asked.recv(65536)
    assert answer.startswith(b"HTTP/1.1 413")


def test_the_page_sends_nothing_that_the_server_would_refuse_for_its_size() -> None:
    stated = re.search(r"MAX_BYTES = ([0-9 *]+);", (SOURCE / "picture.js").read_text("utf-8"))
    assert stated
    factors = [int(factor) for factor in stated[1].split("*")]
    assert math.prod(factors) == Limits().file_bytes


def test_what_cannot_be_read_is_said_in_both_languages(folder: Path) -> None:
    with running(folder, refusing) as port:
        status, _, body = ask(port, body=b"xyz", headers=OURS)
    assert (status, json.loads(body)) == (422, {"error": {"zh": "读不了 3", "en": "cannot read 3"}})


def test_a_file_that_takes_too_long_or_crashes_its_reader_hurts_nobody(folder: Path) -> None:
    with running(folder, sleeping, Limits(seconds=1.0)) as port:
        began = time.monotonic()
        status, _, body = ask(port, body=b"x", headers=OURS)
        assert status == 422
        assert "gave up after 1 seconds" in json.loads(body)["error"]["en"]
        assert time.monotonic() - began < 10
        assert ask(port, "/c/")[0] == 200
    with running(folder, crashing) as port:
        assert ask(port, body=b"x", headers=OURS)[0] == 422
        assert ask(port, "/c/")[0] == 200


def test_only_so_many_files_at_once(folder: Path) -> None:
    with running(folder, sleeping, Limits(seconds=3.0, at_once=1)) as port:
        first = threading.Thread(target=ask, args=(port,), kwargs={"body": b"x", "headers": OURS})
        first.start()
        time.sleep(0.8)
        status, headers, body = ask(port, body=b"x", headers=OURS)
        first.join()
    assert (status, headers["retry-after"]) == (503, "3")
    assert "busy" in json.loads(body)["error"]["en"]


def test_only_so_many_files_of_one_client_in_a_minute(folder: Path) -> None:
    with running(folder, counting, Limits(per_minute=2)) as port:
        answers = [ask(port, body=b"x", headers=OURS)[0] for _ in range(3)]
    assert answers == [200, 200, 429]


def test_the_rate_forgets_after_a_minute_and_remembers_few_clients() -> None:
    now = [0.0]
    rate = Rate(2, clients=3, clock=lambda: now[0])
    assert [rate.wait("a") for _ in range(3)] == [0, 0, 60]
    now[0] = 59.0
    assert rate.wait("a") == 1.0
    now[0] = 61.0
    assert rate.wait("a") == 0
    for client in "bcdefgh":
        rate.wait(client)
    assert len(rate._asked) == 3


# --- the whole program ------------------------------------------------------------------------------


@contextmanager
def program(*words: str) -> Iterator[tuple["subprocess.Popen[str]", int, list[str]]]:
    """`certverify serve` as a user starts it, its port, and all it says."""
    command = Path(sys.executable).with_name("certverify")
    started = subprocess.Popen(  # noqa: S603  (our own program)
        [command, "--lang", "en", "serve", "--port", "0", *words],
        stderr=subprocess.STDOUT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert started.stdout
    said: list[str] = []
    try:
        for line in started.stdout:
            said.append(line)
            if found := re.search(r"http://127\.0\.0\.1:(\d+)/c/", line):
                break
        else:
            raise AssertionError(said)
        _until_it_answers(int(found[1]))
        yield started, int(found[1]), said
    finally:
        started.send_signal(signal.SIGINT)
        said.extend(started.communicate(timeout=20)[0].splitlines())


def _until_it_answers(port: int) -> None:
    for _ in range(100):
        try:
            if ask(port, "/c/")[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(port)


def test_the_program_verifies_a_picture_and_tells_nobody(tmp_path: Path) -> None:
    store = TrustStore.open(tmp_path / "trust")
    store.add(world.PIN, by="test", now=world.NOW)
    for data in WORLD.lists().values():
        store.update(data, world.NOW)
    before = set(tmp_path.rglob("*"))
    with program("--trust", str(store.folder)) as (started, port, said):
        status, _, body = ask(port, body=picture(qr_text()), headers=OURS)
        assert ask(port, f"/c/{world.CODE}")[0] == 200
    report = json.loads(body)
    assert (status, report["verdict"], report["schema"]) == (200, "VALID", "certverify-report/1")
    assert started.returncode == 0
    everything = "".join(said)
    assert world.CODE not in everything  # addresses hold certificate numbers: none is logged
    assert world.CLAIMS.name not in everything
    assert set(tmp_path.rglob("*")) == before


def test_the_examiner_refuses_what_is_neither_picture_nor_pdf(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        examiner(tmp_path / "trust", allow_sample=False)(b"hello")


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    program_ = (
        "import sys; sys.modules['uvicorn'] = None; sys.argv = ['certverify', '--lang', 'en', 'serve'];"
        "from verify.cli import main; main()"
    )
    done = subprocess.run(  # noqa: S603  (our own words)
        [sys.executable, "-c", program_], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.returncode == 2
    assert 'pip install "certgen[web]"' in done.stderr


def test_listening_to_others_needs_a_name(tmp_path: Path) -> None:
    words = ["--lang", "en", "serve", "--host", "192.0.2.1", "--trust", str(tmp_path)]
    done = CliRunner().invoke(main, words)
    assert (done.exit_code, "--name" in done.output) == (2, True)
