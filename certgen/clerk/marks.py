"""Red cells and comments: findings gathered by cell and laid over a worksheet, and taken off again.

The copy is corrected, saved and checked again; what an earlier run marked must then disappear.
"""

from collections.abc import Iterable

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from certgen.clerk.words import COLOURS, SEVERITIES, gravest_first, width, writable
from certgen.model.finding import Finding, Place, Severity

AUTHOR = "certgen"
HEAD = "── certgen 核对 ──"
"""Stands over our lines in a comment: the clerk's own remark may stand above it."""

_GROUNDS = {one: PatternFill("solid", fgColor=colour) for one, colour in COLOURS.items()}
_LOOK_AT = 64  # columns in which a row without a named column is looked for
_COLUMNS_A_LINE = 44  # half-width characters beside each other in a comment of this width
_COMMENT_WIDTH = 330  # pixels
_LINE_HEIGHT = 18  # pixels


def mark(sheet: Worksheet, findings: Iterable[Finding]) -> None:
    """Mark the cell of every finding, cell by cell; one comment holds all that was found in it.

    Every finding has a row. Notes ask for nothing and mark nothing.
    """
    cells: dict[str, tuple[Cell, list[Finding]]] = {}
    for finding in gravest_first(findings):
        if finding.severity is not Severity.NOTE:
            cell = cell_of(sheet, finding.place)
            cells.setdefault(cell.coordinate, (cell, []))[1].append(finding)
    for cell, found in cells.values():
        cell.fill = _GROUNDS[found[0].severity]
        theirs = f"{cell.comment.text.rstrip()}\n\n" if cell.comment else ""
        _write(cell, theirs + comment_text(found))


def cell_of(sheet: Worksheet, place: Place) -> Cell:
    """The cell to mark: of a merged range the first, of a row without column the first with content."""
    row = place.row or 1
    column = column_index_from_string(place.column) if place.column else _first(sheet, row)
    cell = sheet.cell(row, column)
    if isinstance(cell, Cell):
        return cell
    area = next(area for area in sheet.merged_cells.ranges if cell.coordinate in area)
    first = sheet.cell(area.min_row, area.min_col)
    assert isinstance(first, Cell)  # noqa: S101 -- the first cell of a range is never a merged one
    return first


def comment_text(findings: Iterable[Finding]) -> str:
    """Chinese for the clerk, English below it for whoever helps."""
    findings = tuple(findings)
    zh = [
        f"【{SEVERITIES[one.severity].zh}】{one.said.zh}"
        + (f"（{one.clause}）" if one.clause else "")
        for one in findings
    ]
    en = [f"[{SEVERITIES[one.severity].en}] {one.said.en}" for one in findings]
    return writable("\n".join((HEAD, *zh, "", *en)))


def take_off(sheet: Worksheet) -> None:
    """Remove what an earlier run marked. The ground below our colour is lost and becomes none."""
    for cell in existing(sheet).values():
        if cell.comment is None or HEAD not in cell.comment.text:
            continue
        theirs = cell.comment.text.partition(HEAD)[0].rstrip()
        if isinstance(cell, Cell) and cell.fill.fgColor.rgb in COLOURS.values():
            cell.fill = PatternFill()
        if theirs:
            _write(cell, theirs)
        else:
            cell.comment = None


def existing(sheet: Worksheet) -> dict[tuple[int, int], Cell | MergedCell]:
    """The cells that are there. `iter_rows` would make every cell between the outermost ones."""
    return sheet._cells  # noqa: SLF001 -- openpyxl has no other sparse view


def _first(sheet: Worksheet, row: int) -> int:
    cells = existing(sheet)
    filled = (
        at for at in range(1, _LOOK_AT) if (row, at) in cells and cells[row, at].value is not None
    )
    return next(filled, 1)


def _write(cell: Cell | MergedCell, text: str) -> None:
    author = cell.comment.author if cell.comment else AUTHOR
    lines = sum(width(line) // _COLUMNS_A_LINE + 1 for line in text.splitlines())
    cell.comment = Comment(text, author, height=_LINE_HEIGHT * (lines + 1), width=_COMMENT_WIDTH)
