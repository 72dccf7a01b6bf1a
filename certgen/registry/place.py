"""Where a register may lie: a file in a folder on a local disk.

SQLite's write-ahead log needs memory that all processes share, and network shares (共享文件夹)
answer file locks wrongly or not at all: two offices would give one number twice. So a share that
can be recognised is refused.
"""

import re
from pathlib import Path

from certgen.errors import RegisterError

_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "davfs", "vboxsf"}
    | {"fuse.sshfs", "fuse.davfs", "fuse.glusterfs", "fuse.vmhgfs-fuse"}
)
_MOUNTS = Path("/proc/self/mountinfo")  # Linux only; elsewhere the UNC test below is what there is
# Two letters before the colon: 'C:/...' is a Windows drive. `Path` has already made '//' into '/'.
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:[/\\]")


def local_file(path: Path) -> Path:
    """The absolute path of the register file; raises `RegisterError` where none may lie."""
    if _URL.match(str(path)):
        raise RegisterError(
            zh="台账目前只支持本机的 SQLite 文件，请填写文件路径而不是数据库地址",
            en="the register is a SQLite file on this machine for now: "
            "give a file path, not a database URL",
        )
    path = path.absolute()
    if not path.parent.is_dir():
        raise RegisterError(
            zh=f"文件夹 {path.parent} 不存在，请先建立再放台账",
            en=f"no folder {path.parent}: make it first, the register goes there",
        )
    if is_network(path.parent.resolve()):
        raise RegisterError(
            zh=f"台账 {path} 在网络共享上，多台电脑会发出同一个编码；请放在本机硬盘上",
            en=f"the register {path} lies on a network share, where two computers could give one "
            "number twice: put it on a local disk",
        )
    return path


def is_network(folder: Path) -> bool:
    """Whether `folder` is on a share, as far as the system tells."""
    if str(folder).startswith("\\\\"):  # a Windows share; `resolve` turns a mapped drive into it
        return True
    if not _MOUNTS.exists():
        return False
    return filesystem(folder, _MOUNTS.read_text("utf-8", "surrogateescape")) in _NETWORK


def filesystem(folder: Path, mountinfo: str) -> str:
    """The type of the file system that holds `folder`, by the deepest mount in Linux's list."""
    found, depth = "", -1
    for line in mountinfo.splitlines():
        before, _, after = line.partition(" - ")
        mount = Path(
            re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), before.split()[4])
        )
        if folder.is_relative_to(mount) and len(mount.parts) >= depth:
            found, depth = after.split()[0], len(mount.parts)
    return found
