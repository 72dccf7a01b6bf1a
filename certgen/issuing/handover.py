"""The two lists that go between headquarters (总部) and a branch (分支机构) that signs in its own place.

`handover-<branch>.csv` leaves with the files and says which there are, by digest; `signed-<branch>.csv`
comes back with the finished ones. Each has its sender's signature beside it (`.p7s`, detached CMS), so
that neither a file nor the list can be changed, left out or exchanged on the way.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from certgen.errors import InputError
from certgen.issuing import files
from certgen.sign.interface import DocumentSigner

_HEAD = (
    "证书编号 code",
    "文件 file",
    "SHA-256 before",
    "字节 bytes",
    "SHA-256 after",
    "级别 level",
)
_NAME = re.compile(r"[YS][0-9]{21}\.pdf")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_LEVELS = ("B-B", "B-T", "B-LT", "B-LTA")
_MOST_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class Line:
    """One file on its way."""

    code: str
    file: str  # its name, without a folder
    before: str  # SHA-256 of the file as headquarters signed it
    size: int  # bytes of that
    level: str  # of the agency's signature
    after: str = ""  # SHA-256 of the finished file; '' while it waits


def outgoing(branch: str) -> str:
    """The name of the list that leaves headquarters."""
    return f"handover-{branch}.csv"


def returning(branch: str) -> str:
    """The name of the list that comes back."""
    return f"signed-{branch}.csv"


def signature_of(path: Path) -> Path:
    """Where the signature over a list lies."""
    return path.with_suffix(path.suffix + ".p7s")


def write(path: Path, lines: Iterable[Line], signer: DocumentSigner) -> str:
    """Write a list and its signature; its SHA-256. An equal list that is there already stays as it is."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_HEAD)
    writer.writerows(
        (line.code, line.file, line.before, str(line.size), line.after, line.level)
        for line in lines
    )
    data = text.getvalue().encode("utf-8-sig")
    digest = sha256(data)
    beside = signature_of(path)
    if path.is_file() and path.read_bytes() == data and beside.is_file():
        return digest.hexdigest()
    files.replace(path.parent, {beside.name: signer.sign(digest.digest()), path.name: data})
    return digest.hexdigest()


def remove(path: Path) -> None:
    """Take away a list that has nothing on it any more."""
    with files.in_words(path.parent):
        for one in (path, signature_of(path)):
            one.unlink(missing_ok=True)


def read(path: Path) -> tuple[bytes, bytes]:
    """The bytes of a list and of its signature. Nothing is believed yet."""
    found = []
    for one in (path, signature_of(path)):
        try:
            if one.stat().st_size > _MOST_BYTES:
                raise _damaged(path)
            found.append(one.read_bytes())
        except OSError as problem:
            raise InputError(
                zh=f"找不到交接清单 {one.name}：请把总部发来的文件夹原样复制过来（文件夹 {path.parent}）",
                en=f"{one.name} is not in {path.parent}: copy the folder as it was sent",
            ) from problem
    return found[0], found[1]


def lines_of(data: bytes, path: Path) -> Sequence[Line]:
    """What a list says. `InputError` for any other form: it is written by this program alone."""
    try:
        head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    except (ValueError, csv.Error) as problem:
        raise _damaged(path) from problem
    lines = [_line(row, path) for row in rows]
    if tuple(head) != _HEAD or len({line.file for line in lines}) != len(lines):
        raise _damaged(path)
    return lines


def _line(row: Sequence[str], path: Path) -> Line:
    if len(row) != len(_HEAD):
        raise _damaged(path)
    code, file, before, size, after, level = row
    if not (
        _NAME.fullmatch(file)
        and file == f"{code}.pdf"
        and _DIGEST.fullmatch(before)
        and re.fullmatch(r"[1-9][0-9]{0,9}", size)
        and (not after or _DIGEST.fullmatch(after))
        and level in _LEVELS
    ):
        raise _damaged(path)
    return Line(code, file, before, int(size), level, after)


def _damaged(path: Path) -> InputError:
    return InputError(
        zh=f"交接清单 {path.name} 不是本程序所写的格式：请重新索取",
        en=f"{path.name} is not as this program writes it: ask for it again",
    )
