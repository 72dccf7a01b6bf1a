"""The user's own list given back with results: their sheet and columns stay, ours stand to the right of them.

An .xlsx or .xlsm is copied as it is; any other list becomes an .xlsx or a CSV of the same rows. The source is never
touched. What openpyxl cannot carry over is lost in the copy: drawn shapes, slicers.
"""

import csv
import io
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from certgen.errors import InputError
from verify.batch.listing import Listing, decoded, delimiter
from verify.batch.results import UNREADABLE, Result
from verify.claims import Field
from verify.verdict import Verdict

HEADS = ("核验结论", "说明", "与名单不一致", "文件/页")
_WIDTHS = (14, 60, 18, 24)
_OWN = frozenset({".xlsx", ".xlsm"})
_COLOURS = {Verdict.VALID.value: "D8F0DE", Verdict.INVALID.value: "F6CFCB"}
_OTHER_COLOUR = "FBEBC8"
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def write(listing: Listing, results: Mapping[int, Result], folder: Path) -> Path:
    """Write the copy into `folder`; its path."""
    suffix = listing.path.suffix.lower()
    if suffix in {".csv", ".txt", ".tsv"}:
        return _csv(listing, results, folder / f"{listing.path.stem}-核验.csv")
    target = folder / f"{listing.path.stem}-核验{suffix if suffix in _OWN else '.xlsx'}"
    book = _own(listing) if suffix in _OWN else _copied(listing)
    sheet = book[listing.sheet] if listing.sheet in book.sheetnames else book.worksheets[0]
    first = max(sheet.max_column, listing.width) + 1
    for offset, head in enumerate(HEADS):
        cell = sheet.cell(row=listing.header, column=first + offset, value=head)
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(first + offset)].width = _WIDTHS[offset]
    for number, result in results.items():
        for offset, text in enumerate(cells(result)):
            written: Any = sheet.cell(row=number, column=first + offset)
            written.value, written.data_type = text, "s"  # never a formula, whatever it begins with
            written.alignment = Alignment(vertical="top", wrap_text=offset == 1)
            if offset == 0:
                colour = _COLOURS.get(result.verdict, _OTHER_COLOUR)
                written.fill = PatternFill("solid", fgColor=colour)
    book.save(target)
    return target


def cells(result: Result) -> tuple[str, ...]:
    """The four cells of one row."""
    word = "无法读取" if result.verdict == UNREADABLE else Verdict(result.verdict).said.zh
    differs = "、".join(Field(name).said.zh for name in result.differs)
    return word, "；".join(said.zh for said in result.why), differs, result.where


def _own(listing: Listing) -> Workbook:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_workbook(listing.path, keep_vba=listing.path.suffix.lower() == ".xlsm")
    except (OSError, BadZipFile, ValueError, KeyError) as problem:
        raise InputError(
            zh=f"无法写回名单 {listing.path.name}：请另存为新的 xlsx 再试",
            en=f"the list {listing.path.name} cannot be written back: save it as a new xlsx and try again",
        ) from problem


def _copied(listing: Listing) -> Workbook:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "名单"
    for number, row in enumerate(listing.table, 1):
        for column, value in enumerate(row, 1):
            if value not in {"", None}:
                cell = sheet.cell(row=number, column=column, value=value)
                if isinstance(value, str):
                    cell.data_type = "s"
    return book


def _csv(listing: Listing, results: Mapping[int, Result], target: Path) -> Path:
    text = decoded(listing.path.read_bytes())
    separator = delimiter(text)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=separator), 1):
        padded = [*row, *[""] * (listing.width - len(row))]
        if number == listing.header:
            writer.writerow([*padded, *HEADS])
        elif number in results:
            writer.writerow([*padded, *map(safe, cells(results[number]))])
        else:
            writer.writerow(row)
    target.write_text(out.getvalue(), encoding="utf-8-sig", newline="")
    return target


def safe(text: str) -> str:
    """`text` so that a spreadsheet does not take it for a formula."""
    return f"'{text}" if text.startswith(_RISKY) else text
