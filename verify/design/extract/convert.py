"""Has LibreOffice turn a document into a PDF: a program of its own, its own profile, a limit of time.

It never runs macros here (a fresh profile forbids them) and is ended with all it started.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from certgen.errors import InputError
from verify.design.limits import Limits

_PROGRAMS = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)


def office() -> str | None:
    """The LibreOffice of this machine."""
    found = next((path for name in _PROGRAMS if (path := shutil.which(name))), None)
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


@contextmanager
def converted(path: Path, limits: Limits) -> Iterator[Path | None]:
    """The PDF that LibreOffice makes of `path`, while the context lasts; None without LibreOffice.

    Raises `InputError` when it gives up, is too slow, or makes nothing.
    """
    program = office()
    if program is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="design-") as folder:
        # A name of ours: the sender's may hold anything. LibreOffice goes by the contents.
        source = Path(folder, f"design{_suffix(path)}")
        shutil.copyfile(path, source)
        _run(program, source, Path(folder), limits.conversion_seconds, path.name)
        made = source.with_suffix(".pdf")
        if not made.is_file():
            raise _failed(path.name)
        yield made


def _suffix(path: Path) -> str:
    suffix = path.suffix.lower()
    return suffix if suffix.isascii() and suffix[1:].isalnum() and suffix != ".pdf" else ".doc"


def _run(program: str, source: Path, folder: Path, seconds: float, name: str) -> None:
    command = [
        program,
        f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault"),
        *("--convert-to", "pdf", "--outdir", str(folder), str(source)),
    ]
    process = subprocess.Popen(  # noqa: S603 - a program of the machine, a file name of ours
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired as problem:
        raise InputError(
            zh=f"LibreOffice 在 {seconds:g} 秒内没有转换完 {name}：请对方提供 PDF",
            en=f"LibreOffice did not convert {name} within {seconds:g} seconds: ask for a PDF",
        ) from problem
    finally:
        _end(process)
    if process.returncode:
        raise _failed(name)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program and what it started; by its group, which holds nothing else."""
    with contextlib.suppress(ProcessLookupError, PermissionError, AttributeError):
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()


def _failed(name: str) -> InputError:
    return InputError(
        zh=f"LibreOffice 无法转换 {name}，文件可能已损坏：请对方提供 PDF",
        en=f"LibreOffice cannot convert {name}, it may be damaged: ask for a PDF",
    )
