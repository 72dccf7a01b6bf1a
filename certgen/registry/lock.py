"""One issuing process at a time per register: an OS lock, so that a killed run frees it.

Not the database's own lock, which lasts one transaction: this one lasts a whole run, so that two
clerks who start the same roster do not draw the same files side by side. Reading the register
needs no lock.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from certgen.errors import CertgenError, RegisterError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_BYTE = 1 << 30
"""The locked byte. It lies far behind the text: on Windows nobody may read what is locked."""

_held: set[Path] = set()
"""What this process holds. POSIX lets one process lock a byte twice and frees both with one."""


@contextmanager
def issuing(register: Path) -> Iterator[None]:
    """Hold the issuing lock of `register`; raises `RegisterError` at once if it is held."""
    register = register.resolve()  # a link to a register is that register
    with holding(register.with_name(register.name + ".lock"), lambda pid: _busy(register, pid)):
        yield


@contextmanager
def holding(path: Path, busy: Callable[[str], CertgenError]) -> Iterator[None]:
    """Hold the lock at `path`; raises at once what `busy(pid of the holder)` gives if it is held."""
    path = path.resolve()
    if path in _held:
        raise busy(str(os.getpid()))
    handle = _open(path)
    try:
        if not _take(handle):
            raise busy(_text(handle))
        _write(handle, str(os.getpid()))
        _held.add(path)
        yield
    finally:
        _held.discard(path)
        # Closing frees the lock. The file stays: removed, it could be locked by one run while
        # another makes it anew and locks that.
        os.close(handle)


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise RegisterError(
            zh=f"无法建立锁文件 {path}：{error.strerror}；请换一个可写的本机文件夹",
            en=f"the lock file {path} cannot be made: {error.strerror}; "
            "choose a local folder that can be written",
        ) from error


def _take(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            os.lseek(handle, _BYTE, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            # lockf, not flock: a lock that belongs to the process is not kept alive by workers it
            # forked when the process itself is killed.
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _BYTE)
    except OSError:
        return False
    return True


def _text(handle: int) -> str:
    os.lseek(handle, 0, os.SEEK_SET)
    return os.read(handle, 20).decode("ascii", "replace")


def _write(handle: int, text: str) -> None:
    os.ftruncate(handle, 0)
    os.lseek(handle, 0, os.SEEK_SET)
    os.write(handle, text.encode())


def _busy(register: Path, pid: str) -> RegisterError:
    return RegisterError(
        zh=f"另一个制证任务正在使用台账 {register}（进程 {pid or '未知'}），请等它结束后再运行",
        en=f"another issue is running on the register {register} (pid {pid or 'unknown'}): "
        "wait for it to end",
    )
