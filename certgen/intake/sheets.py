"""Chooses the sheet of a file that is the roster, and says what in the file may be overlooked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from certgen.errors import InputError
from certgen.intake.asides import SENTENCE, Aside, Asides
from certgen.intake.cells import Cell, column_letter, is_blank, review, warning
from certgen.intake.columns import ALIASES, HEADER_WITHIN, Header, find_header, necessary
from certgen.intake.tables import Table, open_partner, open_tables
from certgen.model.finding import Finding, Place
from certgen.standards.forms import FormId


@dataclass(frozen=True, slots=True)
class Sheet:
    """The table with a roster's header, and findings about the file."""

    table: Table
    header: Header
    findings: tuple[Finding, ...]
    place: Place  # the file and the sheet

    def below(self) -> Iterator[tuple[int, Sequence[Cell], Aside | None]]:
        """A new pass over the rows below the header in which anything stands."""
        asides = Asides(self.table, self.header)
        for number, cells in self.table.rows():
            if number > self.header.row and not all(map(is_blank, cells)):
                yield number, cells, asides.of(number, cells)

    def people(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        """A new pass over the rows that are people."""
        return ((number, cells) for number, cells, aside in self.below() if aside is None)


def find_sheet(path: Path, name: str | None = None, form: FormId = FormId.NATIONAL_2021) -> Sheet:
    """The sheet called `name`, or the first one with a header, visible ones before hidden ones.

    Raises `InputError` for a file without one; the message names the columns that are missing.
    """
    tables = open_tables(path)
    if name is not None:
        tables = tuple(table for table in tables if table.sheet == name) or _no_sheet(path, tables)
    headed = [(table, find_header(table, form)) for table in tables]
    rosters = [(table, header) for table, header in headed if not header.missing]
    if not rosters:
        nearest = min((header for _, header in headed), key=lambda h: len(h.missing), default=None)
        raise _no_header(path, nearest or Header(0, {}, necessary(form)))
    (table, header), *others = rosters
    findings = (
        *_open_elsewhere(path),
        *_repeated(header),
        *_merged(table, header),
        *_hidden_columns(table, header),
        *(_unread(other, table) for other, _ in others),
    )
    place = Place(path.name, table.sheet)
    placed = (
        replace(finding, place=replace(place, row=finding.place.row, column=finding.place.column))
        for finding in findings
    )
    return Sheet(table, header, tuple(placed), place)


def _open_elsewhere(path: Path) -> Iterator[Finding]:
    lock = open_partner(path)
    if lock:
        yield warning(
            "roster/open-elsewhere",
            zh=f"旁边有 {lock}：花名册可能正在别的程序中打开，尚未保存的修改没有读到；请先保存并关闭",
            en=f"{lock} stands beside it: the roster may be open in another program, and changes "
            "that are not saved are not read; save and close it",
        )


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
        if area.first_row == area.last_row > header.row and len(columns) >= SENTENCE:
            continue  # a sentence under the table
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


def _hidden_columns(table: Table, header: Header) -> Iterator[Finding]:
    """What nobody sees on the screen is read nevertheless, and would be printed."""
    hidden = table.marks().hidden_columns
    for field, (column, *_) in header.columns.items():
        if column in hidden:
            said = review(
                "roster/hidden-column",
                zh=f"“{ALIASES[field][0]}”列是隐藏列，仍会读取；请取消隐藏并核对",
                en=f"the column of {field} is hidden and is read all the same: show and check it",
            )
            yield replace(said, place=Place(row=header.row, column=column_letter(column)))


def _unread(other: Table, chosen: Table) -> Finding:
    return warning(
        "roster/other-sheet",
        zh=f"工作表“{other.sheet}”也像花名册，本次只读“{chosen.sheet}”；"
        "需要时请指定工作表，或另存为单独的文件",
        en=f"sheet '{other.sheet}' looks like a roster too, only '{chosen.sheet}' is read: choose "
        "the sheet by name, or save it as a file of its own, if it is needed",
    )


def _no_sheet(path: Path, tables: Sequence[Table]) -> tuple[Table, ...]:
    listed = "、".join(table.sheet for table in tables if table.sheet)
    raise InputError(
        zh=f"{path.name} 中没有这个工作表，现有：{listed}"
        if listed
        else f"{path.name} 是 CSV，没有工作表可选，请去掉该选项",
        en=f"{path.name} has no sheet of that name; it has: {listed}"
        if listed
        else f"{path.name} is CSV and has no sheets: leave the option out",
    )


def _no_header(path: Path, nearest: Header) -> InputError:
    # A row that names nothing but, say, 'Level' is a title, not a header with three columns lost.
    wanted = nearest.necessary
    missing = nearest.missing if len(nearest.missing) < len(wanted) else wanted
    zh = "；".join(f"{ALIASES[f][0]}（可写作 {'、'.join(ALIASES[f][1:])}）" for f in missing)
    en = "; ".join(f"{f} ({', '.join(ALIASES[f])})" for f in missing)
    where_zh = f"第 {nearest.row} 行的表头" if nearest.row else f"前 {HEADER_WITHIN} 行"
    where_en = f"the header in row {nearest.row}" if nearest.row else f"first {HEADER_WITHIN} rows"
    return InputError(
        zh=f"{path.name}：{where_zh}缺少必需的列：{zh}",
        en=f"{path.name}: {where_en}: necessary columns not found: {en}",
    )
