"""What a batch looks at: every file of a folder or zip, page by page, in an order that does not change.

A zip is read where it lies; its members are counted and measured before one is opened.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from certgen.errors import InputError
from verify.decode.pages import is_pdf

SUFFIXES = frozenset(
    {
        ".jpg",
        ".jpeg",
        ".png",
        ".webp",
        ".tif",
        ".tiff",
        ".bmp",
        ".gif",
        ".heic",
        ".heif",
        ".avif",
        ".pdf",
    }
)
MAX_FILES = 20_000
MAX_MEMBER = 256_000_000
"""Bytes of one unpacked member of a zip."""

_UTF8_FLAG = 0x800  # APPNOTE.TXT 4.4.4, bit 11


@dataclass(frozen=True, slots=True)
class Source:
    """One file: on the disk, or a member of a zip there."""

    path: Path
    member: str = ""  # as the zip spells it
    name: str = ""  # as a person reads it

    def content(self) -> Path | bytes:
        """What readers take: the path, or the member's bytes. Raises `InputError`."""
        if not self.member:
            return self.path
        try:
            with ZipFile(self.path) as archive:
                return archive.read(self.member)
        except (OSError, BadZipFile, KeyError, RuntimeError, NotImplementedError) as problem:
            raise InputError(
                zh=f"压缩包中的 {self.name} 无法读取：损坏或有密码",
                en=f"{self.name} in the zip cannot be read: damaged, or locked with a password",
            ) from problem


@dataclass(frozen=True, slots=True)
class Unit:
    """One page of one file: what becomes one report."""

    source: Source
    page: int
    pages: int
    sha256: str
    size: int
    pdf: bool

    @property
    def key(self) -> str:
        """By which a resumed batch knows it: the content, not the name."""
        return f"{self.sha256}:{self.page}"

    @property
    def name(self) -> str:
        """'scan.pdf' or 'scan.pdf#page=3'."""
        return self.source.name + (f"#page={self.page}" if self.pages > 1 else "")


def sources(where: Path) -> Iterator[Source]:
    """Every file that may hold a certificate, sorted by name. Raises `InputError` for what cannot be opened."""
    if where.is_dir():
        found = sorted(
            path
            for path in where.rglob("*")
            if path.suffix.lower() in SUFFIXES and path.is_file() and not path.name.startswith(".")
        )
        _check_count(len(found))
        yield from (Source(path, name=str(path.relative_to(where))) for path in found)
    elif where.suffix.lower() == ".zip":
        yield from _members(where)
    else:
        yield Source(where, name=where.name)


def measured(source: Source) -> tuple[str, int, bool]:
    """Digest, size and whether it is a PDF."""
    content = source.content()
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest(), len(content), is_pdf(content)
    with content.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return digest, content.stat().st_size, is_pdf(content)


def _members(path: Path) -> Iterator[Source]:
    try:
        with ZipFile(path) as archive:
            infos = [one for one in archive.infolist() if not one.is_dir()]
    except (OSError, BadZipFile) as problem:
        raise InputError(
            zh=f"无法打开压缩包 {path.name}：损坏或不是 zip", en=f"cannot open the zip {path.name}"
        ) from problem
    kept = [(_name(one), one) for one in infos]
    kept = [(name, one) for name, one in kept if _wanted(name)]
    _check_count(len(kept))
    for name, info in sorted(kept, key=lambda pair: pair[0]):
        if info.file_size > MAX_MEMBER:
            raise InputError(
                zh=f"压缩包中的 {name} 解压后有 {info.file_size // 1_000_000} MB，过大，请先解压",
                en=f"{name} in the zip unpacks to {info.file_size // 1_000_000} MB: unpack the zip first",
            )
        yield Source(path, info.filename, name)


def _wanted(name: str) -> bool:
    last = name.rpartition("/")[2]
    plain = not last.startswith(".") and "__MACOSX" not in name
    return plain and Path(last).suffix.lower() in SUFFIXES


def _name(info: ZipInfo) -> str:
    """UTF-8 with its flag, else as Chinese Windows writes it; a name that is neither stays as it is."""
    if info.flag_bits & _UTF8_FLAG:
        return info.filename
    raw = info.filename.encode("cp437", errors="replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _check_count(found: int) -> None:
    if found > MAX_FILES:
        raise InputError(
            zh=f"共有 {found} 个文件，上限 {MAX_FILES} 个，请分批",
            en=f"{found} files, at most {MAX_FILES}: split",
        )
