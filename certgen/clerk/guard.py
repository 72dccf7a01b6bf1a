"""Looks into a workbook (工作簿) before it is loaded whole: one that would fill the memory is refused.

A few kilobytes can ask for gigabytes: zip bombs, XML entities, one merge over a whole sheet.
"""

import zipfile
from pathlib import Path
from typing import IO, NoReturn
from xml.parsers import expat

from openpyxl.worksheet.cell_range import CellRange

from certgen.errors import InputError

XML_LIMIT = 64 << 20
"""Bytes of unpacked XML: some 100,000 rows, for which openpyxl needs some 600 MB."""
LIMIT = 256 << 20
"""Bytes unpacked, pictures included."""
MERGED_LIMIT = 1_000_000
"""Cells under merges: each becomes an object when the workbook is loaded."""

_XML = (".xml", ".rels", ".vml")
_MACROS = "xl/vbaproject.bin"


def is_package(path: Path) -> bool:
    """Whether the file is an Excel workbook of XML parts (.xlsx, .xlsm): only that can be copied as it is."""
    try:
        with zipfile.ZipFile(path) as package:
            return "xl/workbook.xml" in package.namelist()
    except (zipfile.BadZipFile, OSError):
        return False  # what it is instead, intake says


def has_macros(path: Path) -> bool:
    """Whether a workbook of XML parts carries macros (宏)."""
    with zipfile.ZipFile(path) as package:
        return any(name.casefold() == _MACROS for name in package.namelist())


def check(path: Path) -> None:
    """Raises `InputError` for a workbook of XML parts that is damaged or would not fit the memory."""
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
            xml = [part for part in parts if part.filename.casefold().endswith(_XML)]
            if sum(part.file_size for part in xml) > XML_LIMIT:
                too_large(path)
            if sum(part.file_size for part in parts) > LIMIT:
                too_large(path)
            merged = 0
            for part in xml:
                with package.open(part) as stream:
                    merged += _merged_cells(path, stream)
                if merged > MERGED_LIMIT:
                    too_large(path)
    except (zipfile.BadZipFile, expat.ExpatError, ValueError, OSError) as problem:
        raise InputError(
            zh=f"{path.name} 已损坏，无法在其中标注：请用 Excel 或 WPS 打开并另存为 .xlsx 后再试",
            en=f"{path.name} is damaged and cannot be marked: open it in Excel or WPS, save it as "
            ".xlsx and try again",
        ) from problem


def too_large(path: Path) -> NoReturn:
    """Refuse to copy a workbook of this size."""
    raise InputError(
        zh=f"{path.name} 过大，无法在其中标注：请分成几个文件，或查看 errors.csv，其中有全部问题",
        en=f"{path.name} is too large to be marked: split it, or see errors.csv, which has all "
        "findings",
    )


def _merged_cells(path: Path, stream: IO[bytes]) -> int:
    """How many cells the part merges. A document type is refused: no office program writes one."""
    total = 0

    def refuse(*_: object) -> NoReturn:
        too_large(path)

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal total
        if name.rpartition(":")[2] == "mergeCell":
            size = CellRange(attributes.get("ref", "")).size
            total += size["rows"] * size["columns"]

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = start
    parser.ParseFile(stream)
    return total
