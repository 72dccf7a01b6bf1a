"""Chooses the sheet of a file that is the roster, and says what in the file may be overlooked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from certgen.errors import InputError
from certgen.intake.cells import Cell, column_letter, is_blank, warning
from certgen.intake.columns import ALIASES, HEADER_WITHIN, NECESSARY, Header, find_header
from certgen.intake.tables import Table, open_tables
from certgen.model.finding import Finding, Place


@dataclass(frozen=True, slots=True)
class Sheet:
    """The table with a roster's header, and findings about the file."""

    table: Table
    header: Header
    findings: tuple[Finding, ...]

    def data(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        """A new pass over the rows below the header in which anything stands."""
        for number, cells in self.table.rows():
            if number > self.header.row and not all(map(is_blank, cells)):
                yield number, cells


def find_sheet(path: Path) -> Sheet:
    """The first sheet with a header.

    Raises `InputError` for a file without one; the message names the columns that are missing.
    """
    tables = open_tables(path)
    headed = [(table, find_header(table)) for table in tables]
    rosters = [(table, header) for table, header in headed if not header.missing]
    if not rosters:
        nearest = min((header for _, header in headed), key=lambda h: len(h.missing), default=None)
        raise _no_header(path, nearest or Header(0, {}))
    (table, header), *others = rosters
    findings = (
        *_repeated(header),
        *_merged(table, header),
        *(_unread(other, table) for other, _ in others),
    )
    place = Place(path.name, table.sheet)
    placed = (
        replace(finding, place=replace(place, row=finding.place.row, column=finding.place.column))
        for finding in findings
    )
    return Sheet(table, header, tuple(placed))


def _repeated(header: Header) -> Iterator[Finding]:
    for field, columns in header.columns.items():
        if len(columns) > 1:
            letters = "、".join(map(column_letter, columns))
            said = warning(
                "roster/duplicate-column",
                zh=f"{letters} 列的表头都是“{ALIASES[field][0]}”；"
                f"只读 {column_letter(columns[0])} 列，内容不一致的行将被退回",
                en=f"columns {letters} are all headed {field}; {column_letter(columns[0])} is "
                "read, and rows in which they differ are refused",
            )
            yield replace(said, place=Place(row=header.row, column=column_letter(columns[1])))


def _merged(table: Table, header: Header) -> Iterator[Finding]:
    """Only the first cell of a merged range has its value: the rows below it come out empty."""
    used = {column for columns in header.columns.values() for column in columns}
    for area in table.merged:
        columns = range(area.first_column, area.last_column + 1)
        if area.last_row < header.row or used.isdisjoint(columns):
            continue
        in_header = area.first_row <= header.row
        if in_header and len(columns) == 1 and area.last_row == header.row:
            continue  # a heading over two title rows hides nothing
        said = warning(
            "roster/merged-header" if in_header else "roster/merged-cells",
            zh=f"{area.name} 是合并单元格，只有第一格有内容，请取消合并并逐格填写",
            en=f"{area.name} is a merged cell and only its first cell has content: unmerge it "
            "and fill in every cell",
        )
        yield replace(
            said, place=Place(row=area.first_row, column=column_letter(area.first_column))
        )


def _unread(other: Table, chosen: Table) -> Finding:
    return warning(
        "roster/other-sheet",
        zh=f"工作表“{other.sheet}”也像花名册，本次只读“{chosen.sheet}”；需要时请另存为单独的文件",
        en=f"sheet '{other.sheet}' looks like a roster too, only '{chosen.sheet}' is read: save it "
        "as a file of its own if it is needed",
    )


def _no_header(path: Path, nearest: Header) -> InputError:
    # A row that names nothing but, say, 'Level' is a title, not a header with three columns lost.
    missing = nearest.missing if len(nearest.missing) < len(NECESSARY) else NECESSARY
    zh = "；".join(f"{ALIASES[f][0]}（可写作 {'、'.join(ALIASES[f][1:])}）" for f in missing)
    en = "; ".join(f"{f} ({', '.join(ALIASES[f])})" for f in missing)
    where_zh = f"第 {nearest.row} 行的表头" if nearest.row else f"前 {HEADER_WITHIN} 行"
    where_en = f"the header in row {nearest.row}" if nearest.row else f"first {HEADER_WITHIN} rows"
    return InputError(
        zh=f"{path.name}：{where_zh}缺少必需的列：{zh}",
        en=f"{path.name}: {where_en}: necessary columns not found: {en}",
    )
