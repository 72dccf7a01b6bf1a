"""Text in GB18030 or UTF-8: one form each, and the same in a browser for every character of Unicode."""

import base64
import subprocess
from pathlib import Path

import pytest

from certgen.exchange import compact_text
from certgen.exchange.compact_text import FORBIDDEN, UNSAFE, TextFormError

_SCRIPT = """\
<body><script>
const bytes = (id) => Uint8Array.from(atob(document.getElementById(id).textContent), (c) => c.charCodeAt(0));
const decoded = new TextDecoder('gb18030', {fatal: true}).decode(bytes('chinese'));
const wanted = new TextDecoder('utf-8', {fatal: true}).decode(bytes('wanted'));
document.body.textContent = decoded === wanted ? `the same ${[...wanted].length}` : 'different';
</script></body>
"""


def test_a_browser_reads_every_character_as_we_wrote_it(tmp_path: Path) -> None:
    text = "".join(
        chr(point)
        for point in range(0x110000)
        if not FORBIDDEN.match(chr(point)) and not UNSAFE.match(chr(point))
    )
    packed = compact_text.pack(text)
    assert isinstance(packed, bytes)
    parts = {"chinese": packed, "wanted": text.encode("utf-8")}
    page = tmp_path / "page.html"
    page.write_text(
        "<!doctype html><meta charset=utf-8>"
        + "".join(
            f'<script type="text/plain" id="{name}">{base64.b64encode(data).decode()}</script>'
            for name, data in parts.items()
        )
        + _SCRIPT
    )
    command = [
        "chromium",
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={tmp_path}/profile",
    ]
    shown = subprocess.run(  # noqa: S603
        [*command, "--virtual-time-budget=20000", "--dump-dom", page.as_uri()],
        capture_output=True,
        check=True,
        timeout=120,
    ).stdout.decode()
    assert f"the same {len(text)}" in shown


@pytest.mark.parametrize(
    ("text", "packed"),
    {
        "Han": ("张三", bytes.fromhex("d5c5c8fd")),
        "Latin": ("AB", b"AB"),
        "four bytes": ("𬭎", bytes.fromhex("9933a932")),
        "an unsafe letter": ("ḿ", "ḿ"),
        "private use": ("王\ue000", "王\ue000"),
        "empty": ("", b""),
    }.values(),
)
def test_each_text_has_one_form(text: str, packed: bytes | str) -> None:
    assert compact_text.pack(text) == packed
    assert compact_text.unpack(packed) == text


@pytest.mark.parametrize(
    "packed", ["张三", b"\xff", b"\xd5", "\ue000".encode("gb18030"), "A\u202e", b"A\0", "\ufeff王"]
)
def test_other_forms_are_refused(packed: bytes | str) -> None:
    with pytest.raises(TextFormError):
        compact_text.unpack(packed)
