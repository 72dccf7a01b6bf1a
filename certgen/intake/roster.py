"""Reads a roster (花名册): each person's row becomes one `Row`, a checked record or the reasons.

A batch never stops at a bad row: what is wrong with it is a finding with row and column. Only a
file that is no roster at all raises `InputError`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from certgen.errors import Said
from certgen.exchange.agency import Agency
from certgen.intake import candidates
from certgen.intake.adopted import Adoption
from certgen.intake.candidates import Candidates
from certgen.intake.filing import Filing
from certgen.intake.photos import PhotoFolder
from certgen.intake.repeats import Repeats
from certgen.intake.rows import Hidden, Row, RowReader
from certgen.intake.sheets import Sheet, find_sheet
from certgen.intake.survey import survey
from certgen.model.finding import Finding, Place
from certgen.standards.forms import FORMS

__all__ = ["Roster", "Row", "read"]


@dataclass(frozen=True, slots=True)
class Roster:
    """The file as it was understood, before any row is read."""

    file: Path
    sheet: str  # '' for CSV
    header_row: int
    columns: Mapping[str, str]  # field -> letter of the column it is read from
    findings: tuple[Finding, ...]  # about the file, not about a row
    last_row: int  # of the table, empty rows included: how far a progress bar has to go


def read(
    path: Path,
    agency: Agency,
    photos: PhotoFolder | None,
    today: date,
    *,
    sheet: str | None = None,
    include_hidden: bool = False,
    earlier: Candidates = candidates.none,
    on_row: Callable[[Row], None] | None = None,
) -> tuple[Roster, Iterator[Row]]:
    """The roster and its rows in the order of the file, read one at a time.

    Empty rows, totals and notes under the table are no rows (the roster's findings name them);
    every other row below the header yields exactly one `Row`. `sheet` names the sheet to read, else
    it is the first with a header. Hidden and filtered rows are refused unless `include_hidden`.
    `earlier` knows the identity numbers of earlier batches: with the photos' names they are offered
    where a spreadsheet has damaged a number. Without a photo folder (photos are pasted by hand)
    records have no photo. `on_row` is told of every row before the caller gets it. Raises
    `InputError` when the file holds no roster.
    """
    found = find_sheet(path, sheet, agency.form)
    seen = survey(found, with_names=photos is not None)
    header, table = found.header, found.table
    columns = {field.value: header.letter(field) for field in header.columns}
    findings = (*found.findings, *seen.findings)
    roster = Roster(path, table.sheet, header.row, columns, findings, table.last_row)
    reader = RowReader(
        header=header,
        filing=Filing(agency),
        repeats=Repeats(seen.two_names),
        adoption=Adoption(adopts=agency.adopt_numbers, kind=FORMS[agency.form].numbers),
        photos=photos,
        names=seen.names,
        candidates=candidates.either(_photographed(photos), earlier),
        hidden=Hidden(table.marks().hidden_rows, include_hidden),
        shift=seen.shift,
        today=today,
        needs_print_number=agency.print_number,
        form=agency.form,
        own_layout=agency.layout_file is not None,
    )
    return roster, _rows(found, reader, on_row)


def _rows(sheet: Sheet, reader: RowReader, on_row: Callable[[Row], None] | None) -> Iterator[Row]:
    for number, cells in sheet.people():
        row = reader.read(Place(sheet.place.file, sheet.place.sheet, number), cells)
        if on_row:
            on_row(row)
        yield row


def _photographed(photos: PhotoFolder | None) -> Candidates:
    """The numbers that photos are named by."""
    if photos is None:
        return candidates.none
    place = Said("照片文件名", "a photo's file name")
    return candidates.among((number, place) for number in sorted(photos.identity_numbers()))
