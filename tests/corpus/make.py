"""Makes the corpus: well over a hundred messy rosters (花名册), each named for its mess.

    python -m tests.corpus.make FOLDER

writes each into a folder of its own in FOLDER, to be opened and looked at. The answers stand beside the messes, as
findings by person and field; the tests read every file and compare.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from . import cells, files, gates, photos, shapes, slips
from .base import agency, good_roster
from .forms import csv_bytes, ods_bytes, xls_bytes, xlsx_bytes
from .paper import Fact, Mess, Paper, all_of, cell, text

Writer = Callable[[Paper], bytes]


@dataclass(frozen=True, slots=True)
class Case:
    """A file, and what must be said of it."""

    name: str  # names the mess
    paper: Paper
    suffix: str
    write: Writer
    agency: str = ""  # what its agency file says besides
    files: Mapping[str, bytes] = field(default_factory=dict)  # that stand beside it
    elsewhere: tuple[tuple[str, int | None, str], ...] = ()  # findings in these files
    photos: Callable[[Path], Path] | None = None  # fills the folder with them and says where

    def save(self, folder: Path) -> tuple[Path, Path, Path | None]:
        """The agency file, the roster and the photos in the folder."""
        path = folder / f"{self.name}{self.suffix}"
        path.write_bytes(self.write(self.paper))
        agency_file = agency(folder, self.agency)
        for name, content in self.files.items():
            (folder / name).write_bytes(content)
        return agency_file, path, self.photos(folder) if self.photos else None

    @property
    def expected(self) -> set[tuple[str, int | None, str]]:
        """Code, row and column of all that must be found."""
        unapproved = set() if "[approval]" in self.agency else {("approval/unchecked", None, "")}
        return {*self.paper.expected, *self.elsewhere, *unapproved}


def cases() -> tuple[Case, ...]:
    """All of them; the name of each is its own."""
    return (
        *_texts(),
        *_typed(),
        *_shapes(),
        *_hidden(),
        *_odd_files(),
        *_photos(),
        *_gates(),
        *_combined(),
    )


def as_csv(paper: Paper, **form: Any) -> bytes:
    """Text, as WPS saves it unless `form` says otherwise."""
    return csv_bytes(paper.grid, **form)


def as_xlsx(paper: Paper, change: Callable[[Worksheet], None] | None = None) -> bytes:
    """A workbook with the hidden rows and columns of the paper."""

    def finish(sheet: Worksheet) -> None:
        for row, line in enumerate(paper.lines, 1):
            sheet.row_dimensions[row].hidden = line.hidden
        for key in paper.hidden_columns:
            sheet.column_dimensions[paper.letter(key)].hidden = True
        if change:
            change(sheet)

    return xlsx_bytes(paper.grid, finish)


def _as_ods(paper: Paper) -> bytes:
    return ods_bytes(paper.grid, _hidden_rows(paper))


def _as_xls(paper: Paper) -> bytes:
    return xls_bytes(paper.grid, _hidden_rows(paper))


FORMS: dict[str, Writer] = {
    ".csv": as_csv,
    ".xlsx": as_xlsx,
    ".ods": _as_ods,
    ".xls": _as_xls,
}


def _hidden_rows(paper: Paper) -> list[int]:
    return [row for row, line in enumerate(paper.lines, 1) if line.hidden]


def _case(name: str, mess: Mess, suffix: str = ".csv", write: Writer | None = None) -> Case:
    return Case(name, mess(good_roster()), suffix, write or FORMS[suffix])


def _texts() -> Iterator[Case]:
    for name, mess in cells.TEXT_CELLS.items():
        yield _case(name, mess)


def _typed() -> Iterator[Case]:
    for name, mess in cells.TYPED.items():
        yield _case(name, mess, ".xlsx")


def _shapes() -> Iterator[Case]:
    for name, mess in (shapes.HEADERS | shapes.ROWS | shapes.ASIDES | slips.SLIPS).items():
        yield _case(name, mess)


def _hidden() -> Iterator[Case]:
    for suffix in (".xlsx", ".ods", ".xls"):
        for name, mess in shapes.HIDDEN.items():
            yield _case(f"{name}_in_{suffix[1:]}", mess, suffix)


def _odd_files() -> Iterator[Case]:
    for name, (content, paper) in files.ODD_FILES.items():
        stem, _, suffix = name.rpartition(".")
        yield Case(f"{stem}_{suffix}", paper, f".{suffix}", partial(_given, content))


def _photos() -> Iterator[Case]:
    for name, (fill, mess) in photos.PHOTOS.items():
        yield Case(name, mess(good_roster()), ".csv", as_csv, photos=fill)


def _gates() -> Iterator[Case]:
    for name, gate in gates.GATES.items():
        paper = gate.mess(good_roster())
        yield Case(name, paper, ".csv", as_csv, gate.agency, gate.files, gate.elsewhere)


def _given(content: bytes, _: Paper) -> bytes:
    return content


def _combined() -> Iterator[Case]:
    """Several messes in one file, in every form a roster comes in."""
    for suffix in FORMS:
        for name, mess in COMBINED.items():
            yield _case(f"{name}_in_{suffix[1:]}", mess, suffix)
    for encoding in ("utf-8", "gb18030", "utf-16", "utf-16-le", "utf-16-be"):
        mess, name = COMBINED["everything_at_once"], encoding.replace("-", "_")
        for delimiter, word in ((",", "commas"), (";", "semicolons"), ("\t", "tabs")):
            write = partial(as_csv, encoding=encoding, delimiter=delimiter)
            yield _case(f"everything_at_once_in_{name}_with_{word}", mess, write=write)


COMBINED: dict[str, Mess] = {
    "nothing_wrong": all_of(),
    "three_people_bad_in_three_ways": all_of(
        cell("p1", "name", "", "name/missing"),
        cell("p3", "level", "三级/中级工", "level/unknown"),
        cell("p6", "issue_date", "2026-02-30", "date/impossible"),
    ),
    "one_person_bad_in_every_cell": all_of(
        cell("p3", "name", "王?2", "name/digits"),
        cell("p3", "identity_number", "123", "identity/shape"),
        cell("p3", "occupation", "", "occupation/missing"),
        cell("p3", "level", "学徒工", "level/unknown"),
        cell("p3", "issue_date", "不详", "date/form"),
        cell("p3", "site", "zezhou", "site/unknown"),
        cell("p3", "branch", "东部", "branch/unknown"),
    ),
    "everything_at_once": all_of(
        shapes.headed({"identity_number": "*身份证号", "job": "工种（职业方向）"}),
        shapes.order("site", "batch", "level", "name", "issue_date", "identity_number",
                     "identity_type", "job", "occupation", "branch"),
        shapes.column("index", "序号", {"p1": 1, "p2": 2, "p3": 3}, at=0),
        shapes.rows_after("p2", text(" ")),
        shapes.titles("花名册", ""),
        shapes.again("p1", "p7"),
        shapes.also(Fact("roster/duplicate", "p7", "identity_number")),
        cell("p3", "name", "王\ue863", "text/private-use"),
        cell("p4", "name", "欧阳・示例", "name/middle-dot", refuses=False),
        cell("p6", "identity_number", "1.9E+17", "identity/excel-damaged"),
    ),
}  # fmt: skip


def main(arguments: list[str]) -> None:
    """Write every case into the folder that is named."""
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    for case in cases():
        (folder / case.name).mkdir(exist_ok=True)
        case.save(folder / case.name)


if __name__ == "__main__":
    main(sys.argv[1:])
