"""Judges a zipped workbook (.xlsx, .ods) before a reader is let loose on it.

A password, a bomb, broken XML or another kind of package is refused by name: "damaged file" would
send the clerk the wrong way, and the reader never returns from some broken files.
"""

import re
import zipfile
import zlib
from enum import StrEnum
from pathlib import Path

from certgen.errors import InputError
from certgen.intake.delimited import no_roster
from certgen.intake.plain_xml import Attributes, XmlError, check, scan

_UNPACKED_LIMIT = 1 << 30  # bytes: a workbook that unpacks to more is a bomb, not a roster
# A reader keeps a rectangle from A1 to the last cell: one stray cell in XFD1048576 is 17 thousand
# million. 300,000 rows of 60 columns are 18 million.
_MOST_CELLS = 1 << 26
_ENCRYPTED = 0x1  # flag of a zip member
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
_SHORT = 1 << 20  # bytes
_PIECE = 1 << 22
_OVERLAP = 32
_REFERENCE = re.compile(rb"\sr=[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")


DAMAGE = (XmlError, zipfile.BadZipFile, zlib.error, UnicodeError, EOFError, KeyError, IndexError)
"""What a damaged package raises, here and when it is read again for its marks."""


class Package(StrEnum):
    """The zipped workbooks that are read."""

    XLSX = "xlsx"
    ODS = "ods"


def package_of(path: Path) -> Package:
    """Which it is, fit to be read. Raises `InputError`."""
    try:
        with zipfile.ZipFile(path) as package:
            kind = _kind(path, package)
            if kind is Package.ODS:
                cells = _Repeats()
                with package.open("content.xml") as file:
                    scan(file, cells.start)
                most = cells.total
            else:
                most = _largest_sheet(package)
    except RuntimeError as problem:  # zipfile's word for a member with a password
        raise password(path) from problem
    except DAMAGE as problem:
        raise no_roster(path) from problem
    if most > _MOST_CELLS:
        raise _too_wide(path)
    return kind


def password(path: Path) -> InputError:
    """The refusal of a workbook that asks for a password."""
    return InputError(
        zh=f"{path.name} 设有打开密码，无法读取；请用 Excel 或 WPS 打开，取消密码后另存一份",
        en=f"{path.name} has a password and cannot be read: open it in Excel or WPS and save a "
        "copy without the password",
    )


def _kind(path: Path, package: zipfile.ZipFile) -> Package:
    parts = {part.filename: part for part in package.infolist()}
    if sum(part.file_size for part in parts.values()) > _UNPACKED_LIMIT:
        raise no_roster(path)
    manifest = _short(package, parts.get("META-INF/manifest.xml"))
    if any(part.flag_bits & _ENCRYPTED for part in parts.values()) or (
        b"encryption-data" in manifest
    ):
        raise password(path)
    if "content.xml" in parts:
        if not _short(package, parts.get("mimetype")).startswith(_OPEN_DOCUMENT):
            raise no_roster(path)
        return Package.ODS
    if "xl/workbook.bin" in parts:
        raise _binary(path)
    if "xl/workbook.xml" not in parts:
        raise no_roster(path)
    return Package.XLSX


def _short(package: zipfile.ZipFile, part: zipfile.ZipInfo | None) -> bytes:
    """The content of a part that is never long, b'' where there is none or it is."""
    return package.read(part) if part and part.file_size <= _SHORT else b""


def _largest_sheet(package: zipfile.ZipFile) -> int:
    """Cells in the rectangle of the largest sheet; every part is checked on the way."""
    largest = 0
    for name in package.namelist():
        if name.startswith("xl/") and name.endswith((".xml", ".rels")):
            with package.open(name) as file:
                check(file)
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            largest = max(largest, _rectangle(package, name))
    return largest


def _rectangle(package: zipfile.ZipFile, name: str) -> int:
    """By the references alone: cells without one follow each other and cost bytes of the file."""
    letters: set[bytes] = set()
    last_row, tail = 0, b""
    with package.open(name) as file:
        while piece := file.read(_PIECE):
            found = _REFERENCE.findall(tail + piece)
            letters.update(column for column, _ in found)
            last_row = max(last_row, *(int(row) for _, row in found), 0)
            tail = piece[-_OVERLAP:]
    return last_row * max(map(_width, letters), default=0)


def _width(letters: bytes) -> int:
    width = 0
    for letter in letters:
        width = width * 26 + letter - ord("A") + 1
    return width


class _Repeats:
    """Counts the cells with a value that an OpenDocument sheet stands for."""

    def __init__(self) -> None:
        self.total = 0
        self._rows = 1

    def start(self, tag: str, found: Attributes) -> None:
        if tag == "table-row":
            self._rows = _repeat(found["number-rows-repeated"])
        elif tag == "table-cell" and (found["office:value-type"] or found["formula"]):
            self.total += self._rows * _repeat(found["number-columns-repeated"])


def _repeat(text: str) -> int:
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else 1


def _binary(path: Path) -> InputError:
    return InputError(
        zh=f"{path.name} 是二进制工作簿（.xlsb），请用 Excel 或 WPS 另存为 .xlsx",
        en=f"{path.name} is a binary workbook (.xlsb): save it as .xlsx in Excel or WPS",
    )


def _too_wide(path: Path) -> InputError:
    return InputError(
        zh=f"{path.name} 的有效区域过大（可能有单元格远在表格之外），"
        "请删除多余的行和列，或把名单复制到新的工作簿后再试",
        en=f"{path.name} has cells far away from the table: delete the unused rows and columns, or "
        "copy the list into a new workbook",
    )
