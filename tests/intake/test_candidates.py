"""A number that a spreadsheet damaged is explained with what may help, and never repaired."""

from pathlib import Path

import pytest

from certgen.errors import Said
from certgen.intake.candidates import KEPT, Candidates, among, either
from certgen.intake.identities import read_number
from certgen.intake.photos import PhotoFolder
from certgen.intake.roster import read

from .builders import (
    TODAY,
    a_number,
    a_portrait,
    a_row,
    an_agency,
    csv_file,
    facts,
    good_and,
    read_all,
    saved,
    xlsx_file,
)

NUMBER = a_number(7)
BATCH = Said("台账 Y0001", "register Y0001")
EARLIER = among([(NUMBER, BATCH), (a_number(901), BATCH), ("E12345678", BATCH), ("", BATCH)])


@pytest.mark.parametrize(
    "cell",
    [
        float(NUMBER[:KEPT] + "000"),
        int(NUMBER[:KEPT] + "000"),
        f"{NUMBER[0]}.{NUMBER[1:KEPT]}E+17",
        f"{NUMBER[0]}.{NUMBER[1:KEPT]}e17",
        f"{NUMBER[:KEPT]}000.0",
    ],
)
def test_a_damaged_number_names_those_that_share_15_digits(cell: float | str) -> None:
    value, (finding,) = read_number(cell, EARLIER)
    assert value is None
    assert finding.code == "identity/excel-damaged"
    assert "990***" in finding.said.zh
    assert "台账 Y0001" in finding.said.zh
    assert "register Y0001" in finding.said.en
    assert NUMBER not in finding.said.zh + finding.said.en


@pytest.mark.parametrize("cell", ["9.9E+17", "9E+17", 1.2e17])
def test_where_too_little_is_left_nothing_is_offered(cell: float | str) -> None:
    _, (finding,) = read_number(cell, EARLIER)
    assert finding.code == "identity/excel-damaged"
    assert "前 15 位" not in finding.said.zh


def test_damage_that_was_saved_as_text_is_told_from_a_typing_slip(tmp_path: Path) -> None:
    damaged = next(n for n in (a_number(s)[:KEPT] + "000" for s in range(1, 9)) if n != a_number(1))
    path = csv_file(tmp_path, good_and(a_row(identity_number=damaged)))
    _, rows = read_all(path)
    assert facts(rows[1]) == {("identity/excel-damaged", 3, "C")}


def test_candidates_come_from_photo_names_and_earlier_batches(tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    (folder / f"{a_number(8)}.jpg").write_bytes(saved(a_portrait()))
    path = xlsx_file(tmp_path, [a_row(identity_number=float(NUMBER[:KEPT] + "000"))])
    _, rows = read(path, an_agency(), PhotoFolder(folder), TODAY, earlier=EARLIER)
    (row,) = rows
    assert row.record is None
    said = row.findings[0].said.zh
    assert "照片文件名" in said
    assert "台账 Y0001" in said


def test_many_candidates_are_cut_short() -> None:
    known: Candidates = among((a_number(serial), BATCH) for serial in range(10, 99))
    _, (finding,) = read_number(float(NUMBER[:KEPT] + "000"), either(known, EARLIER))
    assert "…" in finding.said.zh
    assert finding.said.zh.count("台账") == 5


def test_the_text_form_of_exporting_programs_is_unwrapped() -> None:
    value, (finding,) = read_number(f'="{NUMBER}"')
    assert value == NUMBER
    assert finding.code == "identity/tidied"
