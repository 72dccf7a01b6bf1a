"""Good rosters, damaged at random: nothing crashes, no row is lost, no damage passes in silence."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certgen.intake.roster import Roster, Row
from certgen.standards.identity import check_digit

from .builders import HEADINGS, a_row, csv_text, read_all

COLUMNS = {**HEADINGS, "sex": "性别", "birth_date": "出生日期"}
VITAL = ("name", "identity_number", "occupation", "level", "issue_date")
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
DELIMITERS = st.sampled_from([",", ";", "\t"])
SIZES = st.integers(5, 20)
unhurried = settings(deadline=None, max_examples=50)  # two cores are shared with everybody


def people(count: int) -> list[dict[str, Any]]:
    return [_person(index) for index in range(count)]


def _person(index: int) -> dict[str, Any]:
    born = date(1975, 3, 3) + timedelta(days=53 * index)
    first = f"990000{born:%Y%m%d}{index:03}"
    number = first + check_digit(first)
    name = "样例" + chr(0x4E00 + index)
    sex = "男" if int(number[16]) % 2 else "女"
    known = {"sex": sex, "birth_date": born.isoformat(), "photo": f"{name}.jpg"}
    return a_row(name=name, identity_number=number, **known)


Reader = Callable[..., tuple[Roster, list[Row]]]


@pytest.fixture(scope="module")
def roster_of(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    path = tmp_path_factory.mktemp("mutated") / "roster.csv"

    def reader(
        rows: list[dict[str, Any]], encoding: str = "utf-8", delimiter: str = ","
    ) -> tuple[Roster, list[Row]]:
        text = csv_text(rows, headings=COLUMNS, delimiter=delimiter)
        path.write_bytes(text.encode(encoding))
        return read_all(path)

    return reader


@unhurried
@given(count=SIZES, encoding=ENCODINGS, delimiter=DELIMITERS)
def test_encoding_and_delimiter_change_nothing(
    count: int, encoding: str, delimiter: str, roster_of: Reader
) -> None:
    rows = people(count)
    roster, found = roster_of(rows, encoding, delimiter)
    assert roster.findings == ()
    assert [row.record.name for row in found if row.record] == [row["name"] for row in rows]


@unhurried
@given(count=SIZES, row=st.integers(0, 4), field=st.sampled_from(VITAL))
def test_a_dropped_cell_refuses_its_row_only(
    count: int, row: int, field: str, roster_of: Reader
) -> None:
    rows = people(count)
    rows[row][field] = ""
    _, found = roster_of(rows)
    assert [one.place.row for one in found] == list(range(2, count + 2))
    assert [one.place.row for one in found if not one.record] == [row + 2]


@unhurried
@given(count=SIZES, row=st.integers(0, 4), digit=st.integers(0, 16), by=st.integers(1, 9))
def test_a_mistyped_digit_never_passes(
    count: int, row: int, digit: int, by: int, roster_of: Reader
) -> None:
    rows = people(count)
    number = rows[row]["identity_number"]
    wrong = str((int(number[digit]) + by) % 10)
    rows[row]["identity_number"] = number[:digit] + wrong + number[digit + 1 :]
    _, found = roster_of(rows)
    assert [one.place.row for one in found if not one.record] == [row + 2]


@unhurried
@given(count=SIZES, row=st.integers(0, 4))
def test_a_repeated_row_is_issued_once(count: int, row: int, roster_of: Reader) -> None:
    rows = people(count)
    rows.append(rows[row])
    _, found = roster_of(rows)
    assert len(found) == count + 1
    assert [one.place.row for one in found if not one.record] == [count + 2]


@unhurried
@given(
    count=SIZES,
    at=st.integers(0, 4),
    field=st.sampled_from(["name", "identity_number", "birth_date", "photo"]),
    down=st.booleans(),
)
def test_a_slipped_column_never_passes(
    count: int,
    at: int,
    field: str,
    *,
    down: bool,
    roster_of: Reader,
) -> None:
    rows = people(count)
    column = [row[field] for row in rows]
    column = [*column[:at], "", *column[at:]] if down else [*column[:at], *column[at + 1 :], ""]
    rows += [{}] if down else []
    for row, value in zip(rows, column, strict=True):
        row[field] = value
    roster, found = roster_of(rows)
    assert len(found) == len([row for row in rows if any(row.values())])
    assert all(row.record for row in found[:at])
    suspects = found[at + 1 : count - 1]  # rows that hold another person's cell
    passed = [row for row in suspects if row.record and not row.findings]
    assert not passed
    assert roster.findings or len(suspects) <= 2


@unhurried
@given(rows=st.permutations(range(8)), field=st.sampled_from(["identity_number", "birth_date"]))
def test_a_column_that_was_sorted_alone_never_passes(
    rows: list[int], field: str, roster_of: Reader
) -> None:
    table = people(8)
    values = [table[index][field] for index in rows]
    for row, value in zip(table, values, strict=True):
        row[field] = value
    _, found = roster_of(table)
    moved = [at + 2 for at, index in enumerate(rows) if at != index]
    refused = [row.place.row for row in found if not row.record]
    assert set(moved) <= set(refused)
