"""The 证书编号 column of a roster, held against its row position by position."""

from datetime import date
from typing import Any

import pytest

from certgen.intake.adopted import Adoption, contradictions, read_code
from certgen.intake.cells import Cell
from certgen.standards.codes.national import CertificateCode
from certgen.standards.levels import Level

PREFIX = "S000041011234"
CODE = PREFIX + "263000812"
ROW: dict[str, Any] = {"prefix": PREFIX, "issued": date(2026, 1, 5), "level": Level.THREE}


def codes_of(cell: Cell) -> list[str]:
    return [finding.code for finding in read_code(cell).findings]


@pytest.mark.parametrize("cell", [CODE, f" {CODE} ", f"{CODE}\n", f'="{CODE}"'])
def test_a_code_is_read_as_it_stands(cell: Cell) -> None:
    assert read_code(cell) == (CertificateCode.parse(CODE), ())


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        pytest.param("", "code/missing", id="empty"),
        pytest.param("  ", "code/missing", id="spaces"),
        pytest.param(CODE[:-1], "code/form", id="21 characters"),
        pytest.param(CODE.lower(), "code/form", id="small letter"),
        pytest.param(CODE.replace("26", "２６"), "code/form", id="full-width digits"),
        pytest.param(CODE.replace("41", "99", 1), "code/form", id="province 99"),
        pytest.param(f"{PREFIX} 26 3 000812", "code/form", id="spaces inside"),
        pytest.param(PREFIX + "263000000", "code/form", id="serial 0"),
        pytest.param(PREFIX + "266000001", "code/form", id="level 6"),
        pytest.param(1.0, "code/form", id="a number"),
    ],
)
def test_what_is_no_code_is_refused(cell: Cell, expected: str) -> None:
    assert codes_of(cell) == [expected]
    assert read_code(cell).value is None
    assert read_code(cell).findings[0].refuses


def test_another_document_is_called_by_its_name() -> None:
    (finding,) = read_code("1234567890123456").findings
    assert "职业资格证书" in finding.said.zh


@pytest.mark.parametrize("number", ["99000019900101001X", "990000900101001", "E12345678"])
def test_an_identity_number_in_the_column_is_not_repeated(number: str) -> None:
    (finding,) = read_code(number).findings
    assert number not in f"{finding.said}"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, [], id="all agrees"),
        pytest.param({"prefix": "S000041011235"}, ["code/site"], id="二(四)"),
        pytest.param({"issued": date(2025, 12, 31)}, ["code/year"], id="二(五)"),
        pytest.param({"level": Level.FOUR}, ["code/level"], id="二(六)"),
        pytest.param(
            {"issued": date(2027, 1, 1), "level": Level.ONE}, ["code/year", "code/level"], id="two"
        ),
    ],
)
def test_each_part_of_the_code_agrees_with_its_row(
    changes: dict[str, Any], expected: list[str]
) -> None:
    found = list(contradictions(CertificateCode.parse(CODE), *(ROW | changes).values()))
    assert [finding.code for finding in found] == expected
    assert all(finding.refuses and "附件1" in finding.clause for finding in found)


def test_what_henan_doubts_only_warns() -> None:
    code = CertificateCode.parse("S000041991234263000812")
    (doubt,) = contradictions(code, code.prefix, date(2026, 1, 5), Level.THREE)
    assert (doubt.code, doubt.severity) == ("henan/city", "warning")


def test_a_number_stands_once_in_a_roster() -> None:
    adoption = Adoption(adopts=True)
    code = CertificateCode.parse(CODE)
    assert adoption.findings(4, code, **ROW) == ()
    assert adoption.findings(4, code, **ROW) == ()  # the same row, read again
    (finding,) = adoption.findings(9, code, **ROW)
    assert finding.code == "code/duplicate"
    assert "row 4" in finding.said.en


def test_a_platform_gives_every_row_its_number() -> None:
    adoption = Adoption(adopts=True)
    assert adoption.read(CODE).value == CertificateCode.parse(CODE)
    assert [finding.code for finding in adoption.read("").findings] == ["code/missing"]


def test_where_this_register_counts_no_row_brings_a_number() -> None:
    adoption = Adoption(adopts=False)
    assert adoption.read("") == (None, ())
    assert [finding.code for finding in adoption.read(CODE).findings] == ["code/unexpected"]
