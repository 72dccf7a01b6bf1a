"""Files that hold a secret: read only if nobody else can, written so that nobody else ever could."""

import os
import stat
from pathlib import Path

from certgen.errors import SigningError

_LIMIT = 1 << 20  # bytes; a key file has a few hundred


def read_secret(path: Path) -> bytes:
    """The bytes of a key file of its owner's alone. The mode is that of the opened file."""
    try:
        with path.open("rb") as stream:
            mode = os.fstat(stream.fileno()).st_mode
            # Windows has no such bits: there the folder's access list protects the file.
            if os.name != "posix" or not mode & (stat.S_IRWXG | stat.S_IRWXO):
                return stream.read(_LIMIT)
    except OSError as error:
        raise SigningError(
            zh=f"无法读取私钥文件 {path}：请检查路径和权限",
            en=f"cannot read key file {path}: check its path and permissions",
        ) from error
    raise SigningError(
        zh=f"私钥文件 {path} 可被其他用户读取：请执行 chmod 600 {path}",
        en=f"key file {path} is open to other users: run chmod 600 {path}",
    )


def write_new(path: Path, data: bytes, *, secret: bool) -> None:
    """A file that was not there before, on the disk when this returns. Never overwrites."""
    mode = 0o600 if secret else 0o644
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError as error:
        raise SigningError(
            zh=f"{path} 已存在，不会覆盖：请换一个文件名",
            en=f"{path} exists and is not overwritten: choose another name",
        ) from error
    except OSError as error:
        raise SigningError(
            zh=f"{path} 无法写入：{error.strerror}",
            en=f"{path} cannot be written: {error.strerror}",
        ) from error
