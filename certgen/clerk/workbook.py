"""The agency's own workbook (工作簿) given back with red cells and comments where something was found.

An .xlsx or .xlsm keeps its formats, widths, merges, macros and other sheets; of any other roster a
workbook of text cells is made. The source is never touched, and nothing is overwritten. What
openpyxl cannot carry over is lost in the copy: charts of other programs, drawn shapes, slicers.
"""

import shutil
import warnings
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path

from openpyxl import Workbook, load_workbook

from certgen.clerk import guard, summary
from certgen.clerk.marks import mark, take_off
from certgen.clerk.text_copy import text_copy
from certgen.clerk.whole import refuse_existing, written_whole
from certgen.clerk.words import gravest_first
from certgen.errors import InputError
from certgen.model.finding import Finding

SHOWN_AT_MOST = 10_000
"""Findings in one workbook: Excel opens more comments slowly and stops at 65,530 links a sheet."""
_SUFFIX = "-核对"


def annotate(source: Path, findings: Iterable[Finding], target: Path) -> None:
    """Write `target`: a copy of the roster `source` in which every finding stands at its cell.

    `marked_name` gives a free name. Raises `InputError` for a source that cannot be read or is too
    large, a target that exists or has the wrong suffix; `StorageError` where the disk refuses.
    """
    _refuse_target(source, target)
    book, own = _open(source, target)
    summary.remove(book)
    for sheet in book.worksheets:
        take_off(sheet)
    found = gravest_first(findings)
    shown = [(one, _sheet_of(book, source, one, own=own)) for one in found[:SHOWN_AT_MOST]]
    for sheet in book.worksheets:
        mark(sheet, [finding for finding, where in shown if where == sheet.title])
    summary.add(book, source.name, shown, found)
    with written_whole(target) as part, book.vba_archive or nullcontext():
        book.save(part)
        shutil.copymode(source, part)  # it holds the same identity numbers


def marked_name(source: Path, folder: Path) -> Path:
    """A free name in `folder` for the marked copy: '名单-核对.xlsx', then '名单-核对2.xlsx'."""
    suffix = _suffix(source)
    stem = source.stem.rpartition(_SUFFIX)[0] or source.stem  # a marked copy may be checked again
    path, number = folder / f"{stem}{_SUFFIX}{suffix}", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}{_SUFFIX}{number}{suffix}"
    return path


def _suffix(source: Path) -> str:
    """What a copy must be called: Excel refuses macros in an .xlsx, and an .xlsm without them."""
    return ".xlsm" if guard.is_package(source) and guard.has_macros(source) else ".xlsx"


def _refuse_target(source: Path, target: Path) -> None:
    refuse_existing(target)  # the source too: it exists
    suffix = _suffix(source)
    if target.suffix.lower() != suffix:
        raise InputError(
            zh=f"标注后的文件名应以 {suffix} 结尾：{target.name}",
            en=f"the marked copy must be called {suffix}: {target.name}",
        )


def _open(source: Path, target: Path) -> tuple[Workbook, bool]:
    """The workbook to mark, and whether it is the agency's own."""
    if not guard.is_package(source):
        return text_copy(source), False
    guard.check(source)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl leaves out is told in the docstring
        try:
            macros = target.suffix.lower() == ".xlsm"
            book = load_workbook(source, rich_text=True)
            if macros:  # only now: a load that fails would leave their archive open
                book = load_workbook(source, rich_text=True, keep_vba=True)
        except Exception as problem:  # openpyxl lets any kind escape from files that WPS wrote
            if macros:
                raise _macros_lost(source) from problem
            return text_copy(source), False
    return book, True


def _sheet_of(book: Workbook, source: Path, finding: Finding, *, own: bool) -> str:
    """The title of the sheet in which the finding is marked; '' where it has no cell in this file."""
    place = finding.place
    if place.row is None or place.file not in {"", source.name}:
        return ""
    titles = [sheet.title for sheet in book.worksheets]
    if not place.sheet and (not own or len(titles) == 1):
        return titles[0]
    return place.sheet if place.sheet in titles else ""


def _macros_lost(source: Path) -> InputError:
    return InputError(
        zh=f"{source.name} 含宏且无法标注：请另存为不含宏的 .xlsx 后再试，或查看 errors.csv",
        en=f"{source.name} has macros and cannot be marked: save it as .xlsx without macros and try "
        "again, or see errors.csv",
    )
