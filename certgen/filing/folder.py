"""A folder that is there whole or not at all, and never takes the place of anything but an earlier pack.

put(Path("报备材料"), {"filing-pack.pdf": data, MARKER: marker, SUMS: sums})
"""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from secrets import token_hex

from certgen.errors import InputError
from certgen.issuing import files

MARKER = "filing-pack.json"
"""By this file a folder is known as a pack of ours."""

SUMS = "SHA256SUMS"
FORMAT = 1
_MOST = 1_000_000  # bytes that are read of a marker or a list


def sums(contents: Mapping[str, bytes]) -> bytes:
    """The list that `sha256sum -c` reads."""
    lines = [f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in contents.items()]
    return "".join(lines).encode()


def refuse_foreign(target: Path) -> None:
    """Raise `InputError` unless nothing is at `target` yet, or an earlier pack with nothing of the user's own in it."""
    if target.is_symlink():
        raise _not_ours(target, zh="是符号链接", en="is a symbolic link")
    if not target.exists():
        return
    if not target.is_dir():
        raise _not_ours(target, zh="是文件", en="is a file")
    if not _is_pack(target / MARKER):
        if any(target.iterdir()):
            raise _not_ours(target, zh="已有其他内容", en="is there and holds something else")
        return
    strange = sorted({path.name for path in target.iterdir()} - _listed(target))
    if strange:
        raise _not_ours(
            target,
            zh=f"中有不属于报备材料包的文件（{strange[0]}）",
            en=f"holds a file that is not of a pack ({strange[0]})",
        )


def put(target: Path, contents: Mapping[str, bytes]) -> None:
    """Write the folder under another name, flush it, and give it its own. An earlier pack is replaced whole."""
    refuse_foreign(target)
    parent = target.absolute().parent
    with files.in_words(parent):
        parent.mkdir(parents=True, exist_ok=True)
        _sweep(parent, target.name)
        made = parent / f".{target.name}.{token_hex(4)}.part"
        made.mkdir()
        try:
            for name, data in contents.items():
                (made / name).write_bytes(data)
            files.flush([made / name for name in contents])
            _exchange(made, target)
        finally:
            shutil.rmtree(made, ignore_errors=True)
        if os.name != "nt":  # Windows opens no folder, and journals names by itself
            handle = os.open(parent, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _exchange(made: Path, target: Path) -> None:
    """The new folder takes the place of the old one, which is removed only then."""
    old = made.with_name(f".{target.name}.{token_hex(4)}.part")
    if target.exists():
        target.rename(old)
    try:
        made.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _sweep(parent: Path, name: str) -> None:
    """Remove what a killed run left behind: unfinished packs, and an earlier one that was being replaced."""
    pattern = re.compile(re.escape(f".{name}.") + "[0-9a-f]{8}" + re.escape(".part"))
    for path in parent.iterdir():
        if pattern.fullmatch(path.name) and path.is_dir():
            shutil.rmtree(path, ignore_errors=True)


def _is_pack(marker: Path) -> bool:
    try:
        with marker.open("rb") as file:
            data = json.loads(file.read(_MOST))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(data, dict) and data.get("certgen_filing_pack") == FORMAT


def _listed(target: Path) -> set[str]:
    """The files that the pack says it has; the list itself is one of them."""
    try:
        with (target / SUMS).open("rb") as file:
            text = file.read(_MOST).decode("utf-8", "replace")
    except OSError:
        text = ""
    return {SUMS, MARKER, *(line[66:] for line in text.splitlines())}


def _not_ours(target: Path, *, zh: str, en: str) -> InputError:
    return InputError(
        zh=f"{target} {zh}，不会覆盖：请用 -o 指定另一个文件夹，或先移走它",
        en=f"{target} {en} and is not overwritten: choose another folder with -o, or move it away",
    )
