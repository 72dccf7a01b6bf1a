"""Reads a roster (花名册): each data row becomes one `Row`, a checked record or the reasons.

A batch never stops at a bad row: what is wrong with it is a finding with row and column. Only a
file that is no roster at all raises `InputError`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from certgen.exchange.agency import Agency
from certgen.intake.cells import Cell, Read, column_letter, error, text_of
from certgen.intake.columns import Field, Header
from certgen.intake.dates import read_date
from certgen.intake.filing import Filing
from certgen.intake.identities import number_findings, read_number, read_type
from certgen.intake.photos import PhotoFolder, photo_of
from certgen.intake.repeats import Repeats, numbers_with_two_names
from certgen.intake.sheets import Sheet, find_sheet
from certgen.intake.texts import (
    read_job,
    read_level,
    read_name,
    read_occupation,
    read_print_number,
    read_text,
)
from certgen.model.finding import Finding, Place
from certgen.model.record import Record
from certgen.standards.identity import IdentityType
from certgen.standards.levels import Level

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row:
    """One data row. `record` is None exactly when one of the findings refuses."""

    place: Place
    record: Record | None
    findings: tuple[Finding, ...]


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
    on_row: Callable[[Row], None] | None = None,
) -> tuple[Roster, Iterator[Row]]:
    """The roster and its rows in the order of the file, read one at a time.

    Empty rows are no rows; every other row below the header yields exactly one `Row`. Without a
    photo folder (photos are pasted by hand) records have no photo. `on_row` is told of every row
    before the caller gets it. Raises `InputError` when the file holds no roster.
    """
    sheet = find_sheet(path)
    header = sheet.header
    columns = {field.value: header.letter(field) for field in header.columns}
    roster = Roster(
        path, sheet.table.sheet, header.row, columns, sheet.findings, sheet.table.last_row
    )
    repeats = Repeats(numbers_with_two_names(_holders(sheet)))
    reader = _RowReader(header, Filing(agency), repeats, photos, today, agency.print_number)
    return roster, _rows(sheet, reader, Place(path.name, sheet.table.sheet), on_row)


def _rows(
    sheet: Sheet, reader: "_RowReader", file: Place, on_row: Callable[[Row], None] | None
) -> Iterator[Row]:
    for number, cells in sheet.data():
        row = reader.read(Place(file.file, file.sheet, number), cells)
        if on_row:
            on_row(row)
        yield row


def _holders(sheet: Sheet) -> Iterator[tuple[int, str, str]]:
    """Row, identity number and name of every row in which both can be read."""
    for number, cells in sheet.data():
        hand = _Hand(Place(row=number), sheet.header, cells)
        identity_number = hand.take(Field.IDENTITY_NUMBER, read_number)
        name = hand.take(Field.NAME, read_name)
        if identity_number and name:
            yield number, identity_number, name


class _Hand:
    """A row in hand: gives out its cells by field and collects what is found in them."""

    def __init__(self, place: Place, header: Header, cells: Sequence[Cell]) -> None:
        self.place = place
        self.findings: list[Finding] = []
        self._header = header
        self._cells = cells

    def cell(self, field: Field) -> Cell:
        """What stands in the column of `field`; '' where there is no such column."""
        columns = self._header.columns.get(field)
        return self._at(columns[0]) if columns else ""

    def take(self, field: Field, reader: Callable[[Cell], Read[T]]) -> T | None:
        """The value that `reader` finds in the cell of `field`."""
        value, findings = reader(self.cell(field))
        if findings:  # seldom: this line is passed a dozen times a row
            self.say(field, *findings)
        return value

    def say(self, field: Field, *findings: Finding | None) -> None:
        """Notes findings at the cell of `field`; None is no finding."""
        for finding in filter(None, findings):
            place = replace(self.place, column=self._header.letter(field))
            self.findings.append(replace(finding, place=place))

    def compare_twins(self) -> None:
        """Two columns of one heading must say the same, or the one that was not read is lost."""
        for field, (first, *others) in self._header.twins.items():
            said = text_of(self._at(first)).strip()
            differing = [i for i in others if text_of(self._at(i)).strip() != said]
            if differing:
                letters = "、".join(column_letter(index) for index in (first, *differing))
                clash = error(
                    "roster/columns-differ",
                    zh=f"{letters} 列表头含义相同而内容不同，请只保留正确的一列",
                    en=f"columns {letters} have the same heading and differ: keep the right one",
                )
                self.say(field, clash)

    def _at(self, index: int) -> Cell:
        return self._cells[index] if index < len(self._cells) else ""


@dataclass(frozen=True, slots=True)
class _RowReader:
    header: Header
    filing: Filing
    repeats: Repeats
    photos: PhotoFolder | None
    today: date
    needs_print_number: bool

    def read(self, place: Place, cells: Sequence[Cell]) -> Row:
        hand = _Hand(place, self.header, cells)
        hand.compare_twins()
        record = self._record(hand)
        refused = any(finding.refuses for finding in hand.findings)
        return Row(place, None if refused else record, tuple(hand.findings))

    def _record(self, hand: _Hand) -> Record | None:
        name = hand.take(Field.NAME, read_name)
        kind, number = self._identity(hand)
        occupation, job, level = self._skill(hand)
        issued = hand.take(Field.ISSUE_DATE, partial(read_date, today=self.today))
        branch, site = self._issuer(hand, issued)
        batch = hand.take(Field.BATCH, read_text)
        print_number = self._print_number(hand)
        photo = self._photo(hand, number)
        # Spelt out, because a None here may stand beside its finding or beside another field's.
        if not (name and kind and number and occupation and level and issued and site):
            return None
        if job is None or batch is None:
            return None
        again = (kind, number, occupation, job, str(int(level)), batch)
        hand.say(Field.IDENTITY_NUMBER, self.repeats.certificate(_row(hand), *again))
        return Record(
            name=name,
            identity_type=kind,
            identity_number=number,
            occupation=occupation,
            job=job or None,
            level=level,
            issue_date=issued,
            site=site,
            branch=branch or None,
            batch=batch,
            photo=photo,
            print_number=print_number or None,
            place=hand.place,
        )

    def _identity(self, hand: _Hand) -> tuple[IdentityType | None, str | None]:
        number = hand.take(Field.IDENTITY_NUMBER, read_number)
        kind = hand.take(Field.IDENTITY_TYPE, partial(read_type, number=number))
        if number and kind:
            hand.say(Field.IDENTITY_NUMBER, *number_findings(kind, number, self.today))
        if number:
            hand.say(Field.NAME, self.repeats.holder(number))
        return kind, number

    def _skill(self, hand: _Hand) -> tuple[str | None, str | None, Level | None]:
        occupation = hand.take(Field.OCCUPATION, read_occupation)
        job = hand.take(Field.JOB, read_job)
        level = hand.take(Field.LEVEL, read_level)
        if occupation and job is not None and level:
            hand.say(Field.OCCUPATION, self.filing.in_scope(occupation, job, level))
        return occupation, job, level

    def _issuer(self, hand: _Hand, issued: date | None) -> tuple[str | None, str | None]:
        branch = hand.take(Field.BRANCH, self.filing.branch)
        site = hand.take(Field.SITE, partial(self.filing.site, branch=branch))
        if site and issued:
            hand.say(Field.ISSUE_DATE, self.filing.in_period(site, issued))
        return branch, site

    def _print_number(self, hand: _Hand) -> str | None:
        print_number = hand.take(Field.PRINT_NUMBER, read_print_number)
        if print_number:
            hand.say(Field.PRINT_NUMBER, self.repeats.sheet(_row(hand), print_number))
        elif print_number == "" and self.needs_print_number:
            missing = error(
                "print-number/missing",
                zh="机构配置要求印制流水码，本行没有，请填写",
                en="the agency file asks for print numbers and this row has none: fill it in",
                clause="人社鉴发〔2021〕1号 二(一)",
            )
            hand.say(Field.PRINT_NUMBER, missing)
        return print_number

    def _photo(self, hand: _Hand, number: str | None) -> Path | None:
        if self.photos is None:
            return None
        named = text_of(hand.cell(Field.PHOTO)).strip()
        field = Field.PHOTO if Field.PHOTO in self.header.columns else Field.IDENTITY_NUMBER
        photo, findings = photo_of(self.photos, named, number)
        hand.say(field, *findings)
        return photo


def _row(hand: _Hand) -> int:
    return hand.place.row or 0
