"""Takes single files out of npm packages that are pinned in `package.json` by version and SHA-512.

npm fetches a package's archive and no more: nothing is installed, no script of it runs. Archives are kept
in the cache, so that the second build needs neither npm nor network.
"""

import json
import os
import shutil
import subprocess
import sys
import tarfile
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha512
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from certgen.errors import InputError

PINS = Path(__file__).with_name("package.json")
_SECONDS = 180
_MAX_FILE = 8 << 20  # bytes; the largest file taken, the decoder's WASM, has 0.9 MB


def version(name: str) -> str:
    """The pinned version of a package."""
    pins = _pins()
    found = {**pins["dependencies"], **pins["devDependencies"]}[name]
    return str(found)


def files(name: str, *members: str) -> tuple[bytes, ...]:
    """These files of the package, from an archive whose digest is the pinned one.

    Raises `InputError` where npm is missing or fails, or the archive is not the pinned one.
    """
    archive = folder() / f"{name}-{version(name)}.tgz"
    if not archive.is_file() or _digest(archive) != _pins()["integrity"][name]:
        _fetch(name, archive)
    with tarfile.open(archive) as opened:
        return tuple(_member(opened, name, member) for member in members)


def folder(environ: Mapping[str, str] = os.environ) -> Path:
    """$CERTGEN_NPM_CACHE, else the place this system has for caches."""
    if chosen := environ.get("CERTGEN_NPM_CACHE"):
        return Path(chosen)
    if sys.platform == "win32" and (local := environ.get("LOCALAPPDATA")):
        return Path(local) / "certgen" / "npm"
    if shared := environ.get("XDG_CACHE_HOME"):
        return Path(shared) / "certgen" / "npm"
    return Path.home() / ".cache" / "certgen" / "npm"


def _pins() -> dict[str, Any]:
    pins = json.loads(PINS.read_text(encoding="utf-8"))
    assert isinstance(pins, dict)  # noqa: S101  (our own file)
    return pins


def _digest(archive: Path) -> str:
    return "sha512-" + b64encode(sha512(archive.read_bytes()).digest()).decode()


def _fetch(name: str, archive: Path) -> None:
    """Let npm bring the archive; keep it only if its digest is the pinned one."""
    wanted = f"{name}@{version(name)}"
    archive.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=archive.parent) as place:
        _pack(wanted, Path(place))
        brought = sorted(Path(place).glob("*.tgz"))
        if not brought or _digest(brought[0]) != _pins()["integrity"][name]:
            raise InputError(
                zh=f"下载的 {wanted} 与 package.json 中固定的摘要不符，未使用；"
                "请换网络或镜像重试，仍不符时不要发布页面",
                en=f"{wanted} as downloaded has not the digest pinned in package.json and was not used; "
                "try another network or mirror, and if it stays so publish nothing",
            )
        brought[0].replace(archive)


def _pack(wanted: str, place: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise InputError(
            zh="没有找到 npm：页面的二维码识别组件由它下载一次。请安装 Node.js（含 npm），例如 apt-get install npm",
            en="npm was not found: it downloads the page's QR decoder, once. "
            "Install Node.js with npm, for instance: apt-get install npm",
        )
    command = [
        npm,
        "pack",
        wanted,
        "--ignore-scripts",
        "--silent",
        "--pack-destination",
        str(place),
    ]
    try:
        done = subprocess.run(  # noqa: S603  (fixed words, pinned names)
            command, cwd=place, capture_output=True, text=True, timeout=_SECONDS, check=False
        )
        trouble = done.stderr.strip() if done.returncode else ""
        failed = done.returncode != 0
    except subprocess.TimeoutExpired:
        trouble, failed = f"> {_SECONDS} s", True
    if failed:
        raise InputError(
            zh=f"npm 未能取得 {wanted}：请检查网络，或用 npm config set registry 设置可用的镜像，"
            f"然后重试。{trouble[-300:]}",
            en=f"npm could not get {wanted}: check the network, or set a mirror with "
            f"npm config set registry, then try again. {trouble[-300:]}",
        )


def _member(archive: tarfile.TarFile, name: str, member: str) -> bytes:
    info = archive.getmember(f"package/{member}")
    opened = archive.extractfile(info) if info.isfile() and info.size <= _MAX_FILE else None
    if opened is None:
        raise InputError(
            zh=f"{name} 中没有可用的文件 {member}", en=f"{name} has no usable file {member}"
        )
    return opened.read()
