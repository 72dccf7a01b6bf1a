"""Which reader a file goes to, by its first bytes; and a clear word where there is none for it."""

import zipfile
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from certgen.errors import InputError
from verify.design.extract.parts import Parts
from verify.design.limits import Limits

_Reader = Callable[..., Parts]

_START = 4096  # bytes that are looked at
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"BM", b"GIF8")
_READERS = {
    "pdf": "verify.design.extract.pdf:read_pdf",
    "picture": "verify.design.extract.picture:read_picture",
    "svg": "verify.design.extract.svg:read_svg",
    "office": "verify.design.extract.office:read_office",
    "listing": "verify.design.extract.listing:read_listing",
    "foreign": "verify.design.extract.foreign:read_foreign",
}
CONVERTED = frozenset({"office", "foreign"})
"""What LibreOffice lays out: DOCX and PPTX, whose text is read as well; all else that only it can open."""


def parts_of(path: Path, kind: str, limits: Limits, rendition: Path | None) -> Parts:
    """The parts of the design at `path`, by the reader for its kind. Raises `InputError`.

    `rendition` is the PDF that LibreOffice made of it, for the kinds in `CONVERTED`.
    """
    module, _, name = _READERS[kind].partition(":")
    reader: _Reader = getattr(import_module(module), name)
    if kind in CONVERTED:
        return reader(path, limits, rendition)
    return reader(path, limits)


def kind_of(path: Path) -> str:
    """'pdf', 'picture', 'svg', 'office', 'listing' or 'foreign'. Raises `InputError` for all others."""
    try:
        with path.open("rb") as file:
            start = file.read(_START)
    except OSError as problem:
        raise InputError(
            zh=f"无法读取 {path.name}：{problem.strerror}",
            en=f"cannot read {path.name}: {problem.strerror}",
        ) from problem
    return _kind(path, start)


def _kind(path: Path, start: bytes) -> str:
    if not start:
        raise InputError(zh=f"{path.name} 是空文件", en=f"{path.name} is empty")
    if b"%PDF-" in start[:1024]:
        return "pdf"
    if start.startswith(_PICTURES) or (start[:4] == b"RIFF" and start[8:12] == b"WEBP"):
        return "picture"
    if start.startswith(b"PK\x03\x04"):
        return _zipped(path)
    if start.startswith(b"\xd0\xcf\x11\xe0"):  # [MS-CFB]: .doc, .wps, .ppt, or an encrypted .docx
        return _compound(path)
    if start.startswith(b"8BPS") or (start[:4] == b"RIFF" and start[8:11].upper() == b"CDR"):
        return "foreign"  # Photoshop, CorelDRAW
    return _text_kind(path, start)


def _text_kind(path: Path, start: bytes) -> str:
    text = _as_text(start).lstrip("\ufeff \t\r\n")
    if text.startswith("{"):
        return "listing"
    if text.startswith("<") and "<svg" in _as_text(path.read_bytes()[:200_000]):
        return "svg"
    raise _unknown(path, start)


def _zipped(path: Path) -> str:
    with suppress(zipfile.BadZipFile, OSError, ValueError), zipfile.ZipFile(path) as package:
        names = set(package.namelist())
        if any(name.startswith(("word/", "ppt/")) for name in names):
            return "office"
        if "content.xml" in names or "content/riffData.cdr" in names:
            return "foreign"  # OpenDocument, CorelDRAW from X4 on
        if "OFD.xml" in names:
            raise _ask_for_pdf(path, "OFD")
    raise InputError(
        zh=f"{path.name} 是压缩包，不是设计稿：请解压后逐个检查，或请对方提供 PDF",
        en=f"{path.name} is an archive, not a design: unpack it and check each file, or ask for a PDF",
    )


def _compound(path: Path) -> str:
    """A file of [MS-CFB]: an old document, or a new one behind a password."""
    if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
        raise InputError(
            zh=f"{path.name} 有打开密码，无法读取：请提供无密码的文件",
            en=f"{path.name} has a password: ask for one without",
        )
    return "foreign"


def _as_text(data: bytes) -> str:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", "replace")
    return data.decode("utf-8", "replace")


_FOREIGN = (
    (b"WL", "CorelDRAW (.cdr)"),
    (b"%!PS", "PostScript / Illustrator (.eps, .ai)"),
    (b"\xc5\xd0\xd3\xc6", "EPS"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
)


def _unknown(path: Path, start: bytes) -> InputError:
    return _ask_for_pdf(path, next((name for mark, name in _FOREIGN if start.startswith(mark)), ""))


def _ask_for_pdf(path: Path, kind: str) -> InputError:
    named_zh, named_en = (f"（{kind}）", f" ({kind})") if kind else ("", "")
    return InputError(
        zh=f"不能读取 {path.name}{named_zh}：请让对方另存为 PDF，嵌入字体，文字不要转曲；也可用 "
        "PNG/JPEG/TIFF、SVG、DOCX、PPTX",
        en=f"{path.name}{named_en} cannot be read: ask the sender for a PDF with embedded fonts and text "
        "not outlined; PNG, JPEG, TIFF, SVG, DOCX and PPTX are read too",
    )
