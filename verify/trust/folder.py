"""The trust store on the disk: one JSON file of pins, and the newest list of each signer as it came.

Everything is checked again whenever it is read: the folder is only as safe as the account it lies in.
"""

import json
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from certgen.errors import InputError, StorageError
from verify.trust import pins
from verify.trust.pins import Pin

_PINS = "pins.json"
_FORMAT = 1
_LISTS = "lists"


def default_folder() -> Path:
    """Where this platform keeps a user's settings, '~/.config/certverify/trust' on Linux."""
    if sys.platform == "win32":
        base = Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return base / "certverify" / "trust"


def read_pins(folder: Path) -> tuple[Pin, ...]:
    """The pins; none where nothing was pinned yet. Raises `InputError` for a file that is no store of ours."""
    path = folder / _PINS
    try:
        _refuse_open(path)
        found = json.loads(path.read_bytes())
        if found["format"] == _FORMAT:
            return tuple(pins.from_json(one) for one in found["pins"])
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise InputError(
            zh=f"{path} 无法读取：{error.strerror}", en=f"{path} cannot be read: {error.strerror}"
        ) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _damaged(path) from error
    raise _damaged(path)


def write_pins(folder: Path, kept: Iterable[Pin]) -> None:
    """Replace the pins, all at once."""
    found = {"format": _FORMAT, "pins": [pins.as_json(pin) for pin in kept]}
    text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    _replace(folder / _PINS, text.encode("utf-8"))


def read_lists(folder: Path, ending: str, limit: int) -> Iterator[bytes]:
    """The contents of all kept lists of a kind; files larger than any list are passed over."""
    for path in sorted((folder / _LISTS).glob(f"*.{ending}")):
        with suppress(OSError), path.open("rb") as file:
            data = file.read(limit + 1)
            if len(data) <= limit:
                yield data


def write_list(folder: Path, name: str, data: bytes) -> None:
    """Keep a list under a name of hex digits and an ending."""
    _replace(folder / _LISTS / name, data)


def remove_list(folder: Path, name: str) -> None:
    """Forget a list; one that is not there is forgotten already."""
    (folder / _LISTS / name).unlink(missing_ok=True)


def _refuse_open(path: Path) -> None:
    if os.name == "posix" and path.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise InputError(
            zh=f"{path} 可被他人改写，其中的信任不可靠：请运行 chmod go-w 并核对 certverify trust list",
            en=f"others can write {path}, so it proves nothing: run chmod go-w, then certverify trust list",
        )


def _damaged(path: Path) -> InputError:
    return InputError(
        zh=f"{path} 已损坏：请移走它，再重新固定各根密钥（certverify trust add）",
        en=f"{path} is damaged: move it away and pin your roots again (certverify trust add)",
    )


def _replace(path: Path, data: bytes) -> None:
    """Whole or not at all, for its owner's eyes only."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(path)
    except OSError as error:
        raise StorageError(
            zh=f"{path} 无法写入：{error.strerror}",
            en=f"{path} cannot be written: {error.strerror}",
        ) from error
