"""Whatever is done to a good roster: nothing crashes, no row is lost, no damaged row passes."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certgen.errors import InputError
from certgen.exchange import agency_file
from certgen.exchange.agency import Agency
from certgen.intake.cells import Cell
from certgen.intake.roster import Roster, Row, read
from certgen.standards.identity import check_digit, tidy

from . import base
from .forms import csv_bytes, ods_bytes, xls_bytes, xlsx_bytes
from .make import FORMS
from .paper import HEADER, Mess, Paper, all_of, cell, text

TODAY = date(2026, 6, 1)
PEOPLE = tuple(f"p{i}" for i in range(1, 7))
DAMAGES: tuple[tuple[str, Cell, str], ...] = (
    ("name", "", "name/missing"),
    ("name", "王□", "text/lost-character"),
    ("identity_number", "1.9E+17", "identity/excel-damaged"),
    ("identity_number", "", "identity/missing"),
    ("occupation", "", "occupation/missing"),
    ("level", "三级/中级工", "level/unknown"),
    ("issue_date", "2026-02-30", "date/impossible"),
    ("site", "nowhere", "site/unknown"),
    ("branch", "#REF!", "cell/excel-error"),
)


UNPRINTABLE = {"Cc", "Cf", "Co", "Zl", "Zp"}
"""Not 'Cn': Unicode grows, and what it has not yet today the fonts refuse."""


def _agency() -> Agency:
    with TemporaryDirectory() as folder:
        return agency_file.load(base.agency(Path(folder)))


AGENCY = _agency()
unhurried = settings(deadline=None, max_examples=60)  # two cores are shared with everybody


def reading(content: bytes, name: str = "roster.csv") -> tuple[Roster, list[Row]]:
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        roster, rows = read(path, AGENCY, None, TODAY)
        return roster, list(rows)


def found_in(roster: Roster, rows: list[Row]) -> set[tuple[str, int | None, str]]:
    findings = (*roster.findings, *(finding for row in rows for finding in row.findings))
    return {(found.code, found.place.row, found.place.column) for found in findings}


# The last person is spared: a cell that is empty there alone raises the question of a slipped column.
damages = st.dictionaries(st.sampled_from(PEOPLE[:-1]), st.sampled_from(DAMAGES))


UNNEEDED = {("p4", "site"), ("p6", "job")}
"""A branch is filed at a site of its own; 车工 at level five has no job."""


def damaged(chosen: dict[str, tuple[str, Cell, str]]) -> Mess:
    return all_of(*(cell(key, *damage) for key, damage in chosen.items()))


@unhurried
@given(
    damages,
    st.permutations(tuple(base.HEADINGS)),
    st.integers(0, 12),
    st.lists(st.sampled_from((HEADER, *PEOPLE[:-1])), max_size=3),
    st.sampled_from(tuple(FORMS)),
)
def test_moving_rows_and_columns_moves_the_findings_and_changes_nothing_else(
    chosen: dict[str, tuple[str, Cell, str]],
    columns: list[str],
    titles: int,
    blanks: list[str],
    form: str,
) -> None:
    paper = damaged(chosen)(base.good_roster())
    for key in blanks:
        paper = paper.under(key, text(" "))
    paper = paper.above(*map(text, ["花名册"] * titles))
    moved = Paper(tuple(columns), paper.lines, paper.facts)
    roster, rows = reading(FORMS[form](moved), f"roster{form}")
    assert found_in(roster, rows) == moved.expected
    assert [row.place.row for row in rows] == sorted(moved.counted)
    assert {row.place.row for row in rows if not row.record} == moved.refused


@unhurried
@given(st.sampled_from(tuple(base.HEADINGS)), st.text(max_size=30), st.sampled_from(PEOPLE))
def test_any_text_in_any_cell_loses_no_row_and_passes_only_what_it_says(
    field: str, value: str, key: str
) -> None:
    paper = base.good_roster().written(key, **{field: value.replace("\0", "")})
    _, rows = reading(csv_bytes(paper.grid, "utf-16"))
    assert [row.place.row for row in rows] == sorted(paper.counted)
    for row in rows:
        assert (row.record is None) is any(finding.refuses for finding in row.findings)
        if row.record and row.place.row == paper.row(key):
            assert row.record.name.strip()
            assert UNPRINTABLE.isdisjoint(map(category, row.record.name))
            number = row.record.identity_number
            assert number == tidy(str(paper.line(key).cells["identity_number"]))


@unhurried
@given(st.sampled_from(PEOPLE), st.sampled_from(tuple(base.HEADINGS)))
def test_a_row_that_lost_a_cell_is_refused_or_needs_none(key: str, field: str) -> None:
    paper = base.good_roster().written(key, **{field: ""})
    _, rows = reading(csv_bytes(paper.grid))
    row = next(row for row in rows if row.place.row == paper.row(key))
    may_be_empty = field in {"identity_type", "branch", "batch"} or (key, field) in UNNEEDED
    assert (row.record is not None) is may_be_empty
    assert len(rows) == 6


@unhurried
@given(st.integers(0, 17), st.sampled_from("0123456789X"), st.integers(1, 999))
def test_one_wrong_character_in_a_number_never_passes(at: int, sign: str, serial: int) -> None:
    right = base.number(serial)
    wrong = right[:at] + sign + right[at + 1 :]
    if wrong == right:
        return
    paper = base.good_roster().written("p3", identity_number=wrong)
    _, rows = reading(csv_bytes(paper.grid))
    assert next(row for row in rows if row.place.row == 4).record is None


@unhurried
@given(st.integers(0, 16), st.integers(1, 999))
def test_two_neighbours_exchanged_in_a_number_never_pass(at: int, serial: int) -> None:
    right = base.number(serial)
    wrong = right[:at] + right[at + 1] + right[at] + right[at + 2 :]
    if wrong == right:
        return
    assert not wrong[:17].isdecimal() or check_digit(wrong[:17]) != wrong[17]
    paper = base.good_roster().written("p3", identity_number=wrong)
    _, rows = reading(csv_bytes(paper.grid))
    assert next(row for row in rows if row.place.row == 4).record is None


_WRITERS: dict[str, Callable[..., bytes]] = {
    "csv": csv_bytes,
    "xlsx": xlsx_bytes,
    "ods": ods_bytes,
    "xls": xls_bytes,
}
WHOLE = {form: write(base.good_roster().grid) for form, write in _WRITERS.items()}


@pytest.mark.parametrize("form", WHOLE)
@unhurried
@given(data=st.data())
def test_a_damaged_file_is_refused_or_read_and_never_crashes(
    form: str, data: st.DataObject
) -> None:
    whole = bytearray(WHOLE[form])
    for _ in range(data.draw(st.integers(0, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(0, len(whole)) | st.just(len(whole)))
    try:
        _, rows = reading(bytes(whole[:end]), f"roster.{form}")
    except InputError:
        return
    assert all((row.record is None) is any(f.refuses for f in row.findings) for row in rows)


@unhurried
@given(st.binary(max_size=400))
def test_any_bytes_are_refused_or_read_and_never_crash(content: bytes) -> None:
    with pytest.raises(InputError):  # no bytes of this length make the four headings by chance
        reading(content)
