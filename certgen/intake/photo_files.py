"""Lists the photo files of a folder: the folders and zip archives in it too, each file once."""

import os
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from certgen.errors import InputError
from certgen.intake import archives
from certgen.intake.cells import Read, error, warning
from certgen.intake.photo_names import Label, label_of, safe_name
from certgen.model.finding import Finding, Place

FILE_LIMIT = 20_000_000
"""Bytes; a camera's largest JPEG is about half of that."""

READ = (".jpg", ".jpeg", ".png", ".webp", ".bmp")
_NOT_READ = frozenset({".heic", ".heif", ".avif", ".tif", ".tiff", ".gif", ".pdf", ".rar", ".7z"})


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """One photo; nobody has looked inside it yet."""

    path: Path  # of a member of an archive: the archive's path, then the member's
    within: str  # its path in the photo folder, with forward slashes
    label: Label


def list_photos(folder: Path) -> tuple[tuple[PhotoFile, ...], tuple[Finding, ...]]:
    """All photos in `folder` (or the one archive that it is), sorted by path, and what was passed over.

    Raises `InputError` where the folder or an archive cannot be opened.
    """
    photos: list[PhotoFile] = []
    unread: list[str] = []
    findings: list[Finding] = []
    for path, within in _files(folder):
        suffix = within.suffix.lower()
        if suffix == archives.SUFFIX:
            opened = archives.open_archive(path)
            photos += _photos((path / name, within / name) for name in opened.members)
            unread += [
                (within / name).as_posix() for name in opened.members if _is_unread(PurePath(name))
            ]
            findings += [
                placed(found, (within / at).as_posix()) for at, found in opened.left_out.items()
            ]
        photos += _photos([(path, within)])
        unread += [within.as_posix()] if _is_unread(within) else []
    if unread:
        findings.append(placed(_unread(len(unread)), unread[0]))
    return tuple(sorted(photos, key=lambda photo: photo.within)), tuple(findings)


def load(path: Path) -> Read[bytes]:
    """The bytes of a photo, in an archive or not; or the finding that says why there are none."""
    archive = archives.archive_of(path)
    try:
        if archive:
            loaded = archives.read(archive, path, FILE_LIMIT)
            return loaded if loaded.value is not None or loaded.findings else _too_large()
        return Read(path.read_bytes()) if path.stat().st_size <= FILE_LIMIT else _too_large()
    except OSError as problem:
        reason = problem.strerror or "I/O"
        unreadable = error(
            "photo/unreadable",
            zh=f"无法读取照片文件：{reason}",
            en=f"cannot read the photo file: {reason}",
        )
        return Read(None, (unreadable,))


def same_bytes(photos: Iterable[PhotoFile]) -> Mapping[Path, tuple[PhotoFile, ...]]:
    """Each photo that has copies under other names, with those copies.

    Only photos of one size are read. Size and CRC-32 stand for the bytes: among ten thousand photos
    of one size, two different ones agree by chance once in a hundred folders.
    """
    sized: dict[int, list[PhotoFile]] = {}
    for photo in photos:
        sized.setdefault(_size(photo.path), []).append(photo)
    groups: dict[tuple[int, int], list[PhotoFile]] = {}
    for size, alike in sized.items():
        for photo in alike if size and len(alike) > 1 else ():
            groups.setdefault((size, zlib.crc32(load(photo.path).value or b"")), []).append(photo)
    return {
        photo.path: tuple(other for other in group if other is not photo)
        for group in groups.values()
        if len(group) > 1
        for photo in group
    }


def _files(folder: Path) -> Iterator[tuple[Path, PurePath]]:
    """Every file and its path in the folder. A folder that is a single archive holds that archive."""
    if folder.is_file():
        yield folder, PurePath(folder.name)
        return
    for parent, folders, names in os.walk(folder, onerror=_refuse):
        folders.sort()
        for name in sorted(names):
            path = Path(parent, name)
            if not archives.is_hidden(path.relative_to(folder)):
                yield path, path.relative_to(folder)


def _refuse(problem: OSError) -> None:
    name = Path(problem.filename or "").name
    raise InputError(
        zh=f"无法打开照片文件夹 {name}：{problem.strerror}",
        en=f"cannot open the photo folder {name}: {problem.strerror}",
    ) from problem


def _photos(files: Iterable[tuple[Path, PurePath]]) -> list[PhotoFile]:
    return [
        PhotoFile(path, within.as_posix(), label_of(within.stem))
        for path, within in files
        if within.suffix.lower() in READ
    ]


def _is_unread(path: PurePath) -> bool:
    return path.suffix.lower() in _NOT_READ


def _size(path: Path) -> int:
    """Bytes of a photo, 0 where it has gone."""
    archive = archives.archive_of(path)
    try:
        if not archive:
            return path.stat().st_size
        members = archives.open_archive(archive).members
        return members[path.relative_to(archive).as_posix()].file_size
    except (OSError, InputError, KeyError):
        return 0


def placed(finding: Finding, within: str) -> Finding:
    """The finding at a photo, whose name is masked."""
    return replace(finding, place=Place(safe_name(within)))


def _unread(count: int) -> Finding:
    return warning(
        "photo/format",
        zh=f"照片文件夹中有 {count} 个文件的格式不能读取（如 heic、tif、gif、rar）："
        "请另存为 jpg，压缩包请解压",
        en=f"the photo folder has {count} files in formats that are not read (heic, tif, gif, rar): "
        "save them as jpg, unpack archives",
    )


def _too_large() -> Read[bytes]:
    finding = error(
        "photo/too-large",
        zh=f"照片文件超过 {FILE_LIMIT // 1_000_000} MB，请换一张一寸照片",
        en=f"the photo file is over {FILE_LIMIT // 1_000_000} MB: give a one-inch photo",
    )
    return Read(None, (finding,))
