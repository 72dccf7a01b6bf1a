"""Opens the zip inside a .docx or .pptx that somebody sent: bombs, passwords and broken parts are refused by name."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from certgen.errors import InputError
from verify.design.limits import Limits

_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)
_RATIO, _RATIO_ROOM = 200, 20_000_000
"""XML shrinks a hundredfold at most; a part that swells more, and by over 20 MB, is a bomb."""


class Package:
    """The parts of an open package."""

    def __init__(self, package: zipfile.ZipFile, name: str) -> None:
        self._zip = package
        self._name = name
        self.names = [info.filename for info in package.infolist() if not info.is_dir()]

    def read(self, name: str) -> bytes:
        """One part, never more of it than it declares."""
        try:
            return self._zip.read(name)
        except RuntimeError as problem:  # zipfile's word for a password
            raise InputError(
                zh=f"{self._name} 有密码，无法读取：请提供无密码的文件",
                en=f"{self._name} has a password: ask for one without",
            ) from problem
        except _DAMAGE as problem:
            raise _damaged(self._name) from problem

    def size(self, name: str) -> int:
        """How many bytes a part unpacks to."""
        return self._zip.getinfo(name).file_size

    def __contains__(self, name: str) -> bool:
        return name in self._zip.NameToInfo


@contextmanager
def package(path: Path, limits: Limits) -> Iterator[Package]:
    """The package at `path`, judged before anything is unpacked. Raises `InputError`."""
    try:
        opened = zipfile.ZipFile(path)
    except _DAMAGE as problem:
        raise _damaged(path.name) from problem
    with opened:
        infos = opened.infolist()
        total = sum(info.file_size for info in infos)
        swollen = any(info.file_size > info.compress_size * _RATIO + _RATIO_ROOM for info in infos)
        if total > limits.zip_bytes or len(infos) > limits.zip_parts or swollen:
            raise InputError(
                zh=f"{path.name} 解压后会膨胀到 {total // 1_000_000} MB（{len(infos)} 个部件），"
                "可能是恶意文件，未读取",
                en=f"{path.name} would swell to {total // 1_000_000} MB ({len(infos)} parts) and may "
                "be hostile: it was not read",
            )
        yield Package(opened, path.name)


def _damaged(name: str) -> InputError:
    return InputError(
        zh=f"{name} 已损坏，无法读取：请重新保存", en=f"{name} is damaged: save it again"
    )
