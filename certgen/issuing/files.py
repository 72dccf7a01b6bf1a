"""Files that are whole or absent: temporary name → fsync → rename → fsync of the folder, chunk by chunk.

A finished file waits in the hidden folder `.part` of its batch until the register knows its digest; only then does
`publish` give it its public name. Whoever looks into the batch folder never sees half a certificate.
"""

import errno
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from certgen.errors import StorageError

WAITING = ".part"


def waiting(folder: Path, name: str) -> Path:
    """Where a file waits before it is published; its folder is made."""
    with in_words(folder):
        path = folder / WAITING / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path


def write_waiting(folder: Path, name: str, pieces: Sequence[bytes]) -> Path:
    """Write one file under its temporary name, not yet flushed; its path."""
    path = waiting(folder, name)
    with in_words(folder), path.open("wb") as file:
        file.writelines(pieces)
    return path


def flush(paths: Sequence[Path]) -> None:
    """Have the disk hold these files and their names, in one go a chunk."""
    with in_words(paths[0].parent if paths else Path()):
        for path in paths:
            _fsync(path, os.O_RDWR)  # Windows flushes nothing through a handle that only reads
        for folder in {path.parent for path in paths}:
            _flush_folder(folder)


def publish(names: Sequence[str], folder: Path) -> None:
    """Move waiting files to their public names. One that was moved before is left as it is."""
    if not names:  # nothing was made, the folder perhaps neither
        return
    with in_words(folder):
        for name in names:
            path = folder / WAITING / name
            if path.exists():
                path.replace(folder / name)
        _flush_folder(folder)


def replace(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write small files whole or not at all, in this order: temporary name, fsync, rename, fsync of the folder."""
    with in_words(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in contents.items():
            part = folder / f".{name}.part"
            with part.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.replace(folder / name)
        _flush_folder(folder)


def discard(path: Path) -> None:
    """Remove a waiting file that will not be published."""
    with in_words(path.parent):
        path.unlink(missing_ok=True)


def tidy(folder: Path) -> None:
    """Remove the waiting folder, left-overs of a killed run included. Only when nothing waits any more."""
    room = folder / WAITING
    with in_words(folder):
        if room.is_dir():
            for path in room.iterdir():
                path.unlink()
            room.rmdir()


@contextmanager
def in_words(folder: Path) -> Iterator[None]:
    """Turn what the disk refuses into a sentence with its remedy."""
    try:
        yield
    except OSError as problem:
        if problem.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise StorageError(
                zh=f"磁盘已满（{folder}）：请腾出空间后再次运行同一命令，编号与已完成的证书都不会丢失",
                en=f"the disk is full ({folder}): free some space and run the same command again; "
                "no number and no finished certificate is lost",
            ) from problem
        raise StorageError(
            zh=f"无法写入 {folder}：{problem.strerror}；请检查权限，或换一个输出文件夹后再次运行",
            en=f"cannot write to {folder}: {problem.strerror}; check its permissions or choose another "
            "output folder, then run again",
        ) from problem


def _fsync(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _flush_folder(folder: Path) -> None:
    """Windows cannot open a folder; its file system journals names by itself."""
    if os.name != "nt":
        _fsync(folder, os.O_RDONLY)
