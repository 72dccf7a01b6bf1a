"""Read a proposed design (设计稿) of any accepted format; its content decides what it is, not its name.

    design = read(Path("样式.pdf"))             # all of it
    with reading(Path("样本册.pdf")) as parts:  # page after page, in bounded memory
        for page in parts.pages: …

The work is done in a process of its own with limits of time and memory: a file that hangs or breaks
a parser ends with an `InputError` here.
"""

import hashlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from certgen.errors import InputError
from verify.bounded import Overrun, stream
from verify.design.design import Design, DesignPage, Source
from verify.design.extract.convert import converted
from verify.design.extract.parts import Head, Parts
from verify.design.extract.readers import CONVERTED, kind_of, parts_of
from verify.design.limits import DEFAULT, Limits

_OCR_ROOM = 6_000_000_000
"""Address space that the OCR engine maps; it uses a tenth of it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A design being read: what belongs to the whole file is there, `pages` come one by one."""

    source: Source
    head: Head
    pages: Iterator[DesignPage]


def read(path: Path, *, limits: Limits = DEFAULT, isolated: bool = True) -> Design:
    """The whole design at `path`. Raises `InputError` where nothing can be read.

    `isolated=False` reads in this process, without its fence: for files of our own.
    """
    with reading(path, limits=limits, isolated=isolated) as parts:
        pages = tuple(parts.pages)
    return Design(
        parts.source,
        pages,
        parts.head.runs,
        parts.head.undecided,
        parts.head.facts,
        parts.head.rendition,
    )


@contextmanager
def reading(path: Path, *, limits: Limits = DEFAULT, isolated: bool = True) -> Iterator[Reading]:
    """The design at `path`, its pages one by one: what was read of the last page may be forgotten."""
    digest = _digest(path, limits)
    kind = kind_of(path)
    with _rendition(path, kind, limits) as rendition:
        arguments = path, kind, limits, rendition
        parts = _isolated(*arguments) if isolated else parts_of(*arguments)
        with closing(parts):
            yield _started(path, digest, parts)


def _started(path: Path, digest: str, parts: Parts) -> Reading:
    head = next(parts)
    if not isinstance(head, Head):
        raise TypeError(head)
    source = Source(
        path.name,
        head.format,
        digest,
        str(path),
        head.pages,
        head.producer,
        head.converted_by,
        head.notes,
    )
    return Reading(source, head, _pages(parts))


@contextmanager
def _rendition(path: Path, kind: str, limits: Limits) -> Iterator[Path | None]:
    """What LibreOffice makes of the file, if it is one for LibreOffice."""
    if kind not in CONVERTED or (kind == "office" and not limits.convert):
        yield None
        return
    with converted(path, limits) as made:
        if made is None and kind == "foreign":
            raise InputError(
                zh=f"读取 {path.name} 需要 LibreOffice，本机没有：请安装，或请对方另存为 PDF（嵌入字体、"
                "文字不转曲）",
                en=f"{path.name} needs LibreOffice, which is not here: install it, or ask for a PDF with "
                "embedded fonts and text not outlined",
            )
        yield made


def _pages(parts: Parts) -> Iterator[DesignPage]:
    for page in parts:
        if isinstance(page, DesignPage):
            yield page


def _isolated(path: Path, kind: str, limits: Limits, rendition: Path | None) -> Parts:
    try:
        yield from stream(
            parts_of,
            path,
            kind,
            limits,
            rendition,
            seconds=limits.seconds,
            memory=limits.memory_bytes + (_OCR_ROOM if limits.ocr else 0),
        )
    except Overrun as problem:
        raise InputError(
            zh=f"{path.name}：{problem.said.zh}。文件可能已损坏、过于复杂或带有恶意，请重新导出后再试",
            en=f"{path.name}: {problem.said.en}. The file may be broken, too complex or hostile: "
            "export it again",
        ) from problem


def _digest(path: Path, limits: Limits) -> str:
    try:
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise InputError(
                zh=f"{path.name} 有 {size // 1_000_000} MB，上限 {limits.file_bytes // 1_000_000} MB："
                "请压缩图片后重新导出",
                en=f"{path.name} has {size // 1_000_000} MB, the limit is "
                f"{limits.file_bytes // 1_000_000} MB: reduce its pictures",
            )
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as problem:
        raise InputError(
            zh=f"无法读取 {path.name}：{problem.strerror}",
            en=f"cannot read {path.name}: {problem.strerror}",
        ) from problem
