"""Makes the folder of the verification page (核验页面): to publish under `/c/`, or to open from a disk.

    certverify page OUT --trust FOLDER

The folder is whole: HTML, script, the decoder and its WASM from npm (pinned, digest compared), what is trusted,
and the lists as they were on that day. The same input gives the same bytes.
"""

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from certgen import __version__
from certgen.errors import InputError, Said
from verify.web import npm
from verify.web.bundle import bundle
from verify.web.facts import facts
from verify.web.pinned import Contents

SOURCE = Path(__file__).with_name("page")
MARK = "certverify-page.json"
"""Stands in every folder that we made: only such a folder is written over."""

_POLICY = (
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",  # the decoder is WASM; nothing else may be evaluated
    "style-src 'self'",
    "img-src 'self' blob:",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
)
CSP = "; ".join(_POLICY)
"""In the page itself; as a header it may also say `frame-ancestors 'none'`, which no page can."""

_COPIED = ("style.css", "icon.svg", "manifest.json")
_DECODER = ("LICENSE", "dist/iife/reader/index.js", "dist/reader/zxing_reader.wasm")
_NOTICE = """\
zxing.js, zxing_reader.wasm, zxing_wasm.js: zxing-wasm {version}.
Its WASM is compiled from zxing-cpp (Apache License 2.0, https://www.apache.org/licenses/LICENSE-2.0).

{licence}"""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page is made for."""

    publisher: Said  # who publishes it: under the title
    built: str  # day, '2026-11-28'
    contents: Contents  # what it trusts
    sample: bool = False
    api: str = (
        ""  # where files may be sent for the Python pipeline, relative to the page; '': nowhere
    )


def build(out: Path, page: Page) -> tuple[str, ...]:
    """Write the folder; the names of its files. Raises `InputError`."""
    _may_write(out)
    files = {
        **_ours(),
        **_decoder(),
        **{f"lists/{name}": data for name, data in page.contents.lists.items()},
    }
    version = f"{__version__}+{_digest({**files, 'data.js': _data(page, '')})[:12]}"
    files["data.js"] = _data(page, version)
    for name in ("index.html", "404.html"):
        files[name] = _read("index.html").replace("@CSP@", CSP).encode()
    kept = sorted(name for name in files if not name.startswith("lists/") and name != "404.html")
    kept.remove("zxing_wasm.js")  # for pages on a disk, which have no service worker
    worker = _read("sw.js").replace("@VERSION@", version).replace("@FILES@", " ".join(kept))
    files["sw.js"] = worker.encode()
    files[MARK] = _mark(version, page, files)
    for name, data in files.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tuple(sorted(files))


def _may_write(out: Path) -> None:
    """Into an empty folder, a new one, or one of ours."""
    if out.exists() and not out.is_dir():
        raise InputError(zh=f"{out} 不是文件夹", en=f"{out} is no folder")
    if out.is_dir() and any(out.iterdir()) and not (out / MARK).is_file():
        raise InputError(
            zh=f"文件夹 {out} 里有别的文件，未写入；请给一个空文件夹或新文件夹",
            en=f"the folder {out} holds other files and was left alone; name an empty or a new one",
        )


def _ours() -> dict[str, bytes]:
    return {
        **{name: (SOURCE / name).read_bytes() for name in _COPIED},
        "app.js": bundle(SOURCE / "app.js").encode(),
        "worker.js": f'importScripts("zxing.js");\n{bundle(SOURCE / "worker.js")}'.encode(),
    }


def _decoder() -> dict[str, bytes]:
    licence, script, wasm = npm.files("zxing-wasm", *_DECODER)
    notice = _NOTICE.format(version=npm.version("zxing-wasm"), licence=licence.decode())
    return {
        "zxing.js": script,
        "zxing_reader.wasm": wasm,
        "zxing_wasm.js": b'globalThis.ZXING_WASM = "' + b64encode(wasm) + b'";\n',
        "LICENSES.txt": notice.encode(),
    }


def _data(page: Page, version: str) -> bytes:
    """What the page knows, as a script: a page on a disk can load nothing else."""
    config = {
        "version": version,
        "built": page.built,
        "publisher": {"zh": page.publisher.zh, "en": page.publisher.en},
        "sample": page.sample,
        "api": page.api,
        "trust": dict(page.contents.trust),
    }
    known = json.dumps({"facts": facts(), "config": config}, sort_keys=True)
    return f'"use strict";\nglobalThis.CERTVERIFY = {known};\n'.encode()


def _digest(files: Mapping[str, bytes]) -> str:
    whole = sha256()
    for name, data in sorted(files.items()):
        whole.update(f"{name}\0{sha256(data).hexdigest()}\n".encode())
    return whole.hexdigest()


def _mark(version: str, page: Page, files: Mapping[str, bytes]) -> bytes:
    """Which page this is, and the digest of every file: to compare what a server hands out."""
    said = {
        "version": version,
        "built": page.built,
        "decoder": f"zxing-wasm {npm.version('zxing-wasm')}",
        "content_security_policy": CSP,
        "sha256": {name: sha256(data).hexdigest() for name, data in sorted(files.items())},
    }
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def _read(name: str) -> str:
    return (SOURCE / name).read_text(encoding="utf-8")
