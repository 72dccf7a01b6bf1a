"""Photos inside zip archives (压缩包), read where they lie: nothing is ever unpacked onto the disk.

A member's path is the archive's path followed by its name, `photos.zip/一班/张三.jpg`. So a run that
is resumed finds the same photo at the same path, no copy of somebody's face is left in a temporary
folder, and a member that is called `../../x` has nowhere to escape to.

Names: the zip format knows only UTF-8 (flagged) and cp437; Chinese Windows writes GBK without a
flag, and macOS UTF-8 without a flag. As with rosters: strict UTF-8, then GB18030.
"""

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePath, PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from certgen.errors import InputError, Said
from certgen.intake.cells import Read, error, warning
from certgen.model.finding import Finding

SUFFIX = ".zip"

_UTF8_FLAG = 0x800  # APPNOTE.TXT 4.4.4, bit 11
_LOCKED_FLAG = 0x1  # bit 0
_BOMB_RATIO, _BOMB_ROOM = 10, 10_000_000
"""Pictures hardly shrink in a zip: one that would swell tenfold (and by over 10 MB) is a bomb."""

_LOCKED = Said("有密码，请解压后再用", "locked with a password: unpack the archive first")
_LINK = Said("是链接，请放入照片本身", "links: put the photos themselves there")
_OUTSIDE = Said("的路径指向压缩包之外，请重新压缩", "paths lead out of the archive: pack it again")
_NESTED = Said("是压缩包中的压缩包，请解压后再用", "archives inside the archive: unpack them first")
_REPEATED = Said("与另一个文件同路径，请只留一个", "stand there twice under one path: leave one")


@dataclass(frozen=True, slots=True)
class Archive:
    """An open zip: its usable members by name, and why others are left out."""

    zip: ZipFile
    members: Mapping[str, ZipInfo]
    left_out: Mapping[str, Finding]  # by the first name it is about; without a place


def open_archive(path: Path) -> Archive:
    """The members of the zip at `path`; it stays open for `read`. Raises `InputError` for no zip."""
    try:
        facts = path.stat()
        # A forked worker must not share the file's position with its parent: the process counts.
        return _opened(path, facts.st_mtime_ns, facts.st_size, os.getpid())
    except (OSError, BadZipFile, ValueError, NotImplementedError) as problem:
        raise InputError(
            zh=f"无法打开压缩包 {path.name}，文件可能损坏或不是 zip：请重新压缩为 zip，或改用文件夹",
            en=f"cannot open the archive {path.name}, it may be damaged or no zip: pack it again as "
            "zip, or give a folder",
        ) from problem


def archive_of(path: Path) -> Path | None:
    """The zip that a photo's path leads into; None for a plain file."""
    inside = (parent for parent in path.parents if parent.suffix.lower() == SUFFIX)
    return next((parent for parent in inside if parent.is_file()), None)


def read(archive: Path, path: Path, limit: int) -> Read[bytes]:
    """The bytes of the member at `path`, whose size must not pass `limit`.

    None without a finding means that it is too large. Never more than its declared size is unpacked.
    """
    try:
        opened = open_archive(archive)
        member = opened.members[path.relative_to(archive).as_posix()]
        if member.file_size > limit:
            return Read(None)
        return Read(opened.zip.read(member))
    except InputError as problem:
        return Read(None, (_unreadable(problem.said),))
    except KeyError:
        gone = Said("压缩包中已没有此照片", "the archive no longer has this photo")
        return Read(None, (_unreadable(gone),))
    except Exception:  # noqa: BLE001 - four ways of packing, each with errors of its own
        damaged = Said(
            "压缩包中的照片已损坏或压缩方法不支持，请重新压缩为普通 zip",
            "the photo in the archive is damaged or packed in an unknown way: pack a plain zip again",
        )
        return Read(None, (_unreadable(damaged),))


@lru_cache(maxsize=4)
def _opened(path: Path, _changed: int, size: int, _process: int) -> Archive:
    """The archive, parsed once for all its photos; the arguments tell when it is another one."""
    opened = ZipFile(path)
    infos = [info for info in opened.infolist() if not info.is_dir()]
    unpacked = sum(info.file_size for info in infos)
    if unpacked > size * _BOMB_RATIO + _BOMB_ROOM:
        opened.close()
        raise _bomb(path, unpacked)
    members: dict[str, ZipInfo] = {}
    left_out: dict[Said, list[str]] = {}
    for info in infos:
        name = _name(info)
        if is_hidden(PurePosixPath(name)):
            continue
        problem = _REPEATED if name in members else _problem(info, name)
        if problem:
            left_out.setdefault(problem, []).append(name)
        else:
            members[name] = info
    found = {names[0]: _left_out(problem, len(names)) for problem, names in left_out.items()}
    return Archive(opened, members, found)


def _name(info: ZipInfo) -> str:
    """The name as its writer meant it, with forward slashes and no empty parts.

    From `orig_filename`, because `filename` has lost bytes where a GBK character ends in a backslash.
    """
    name = info.orig_filename
    if not info.flag_bits & _UTF8_FLAG:
        raw = name.encode("cp437")
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            name = raw.decode("gb18030", errors="replace")
    return PurePosixPath(name.replace("\\", "/")).as_posix()


def is_hidden(path: PurePath) -> bool:
    """Whether a file is none of the clerk's: macOS keeps a shadow of every picture."""
    return any((part.startswith(".") and part != "..") or part == "__MACOSX" for part in path.parts)


def _problem(info: ZipInfo, name: str) -> Said | None:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or ":" in name or "\0" in name:
        return _OUTSIDE
    if stat.S_ISLNK(info.external_attr >> 16):
        return _LINK
    if info.flag_bits & _LOCKED_FLAG:
        return _LOCKED
    return _NESTED if path.suffix.lower() == SUFFIX else None


def _bomb(path: Path, unpacked: int) -> InputError:
    size = f"{unpacked // 1_000_000} MB"
    return InputError(
        zh=f"压缩包 {path.name} 解压后会膨胀到 {size}，可能是恶意文件：请改用文件夹",
        en=f"the archive {path.name} would swell to {size} and may be a bomb: give a folder",
    )


def _left_out(problem: Said, count: int) -> Finding:
    return warning(
        "photo/archive",
        zh=f"压缩包中有 {count} 个文件{problem.zh}；没有使用",
        en=f"the archive has {count} files left out: {problem.en}",
    )


def _unreadable(reason: Said) -> Finding:
    return error("photo/unreadable", zh=reason.zh, en=reason.en)
