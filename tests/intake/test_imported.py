"""Lists of numbers issued elsewhere, as files."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from certgen.errors import InputError
from certgen.exchange.agency import Agency, FirstSerial, Site
from certgen.intake.imported import ImportList, read
from certgen.registry.register import Register
from certgen.standards.identity import check_digit
from certgen.standards.levels import Level

PREFIX = "S000041011234"
TODAY = date(2026, 2, 1)
HEADER = ("证书编号", "姓名", "证件号码", "职业名称", "工种", "等级", "发证日期")


def agency(*first: FirstSerial) -> Agency:
    """It filed in 2026 only, and for nothing: what is out already is not held against that."""
    return Agency(
        name="样例培训学校",
        english_name="Sample School",
        category="S",
        sites={"main": Site("main", PREFIX, date(2026, 1, 1), date(2026, 12, 31))},
        first_serials=first,
    )


def a_number(nth: int) -> str:
    first = f"99000019900101{nth:03}"
    return first + check_digit(first)


def a_line(nth: int = 1, **changes: str) -> tuple[str, ...]:
    line = {
        "code": f"{PREFIX}253{nth:06}",
        "name": "样例",
        "number": a_number(nth),
        "occupation": "保育师",
        "job": "--",
        "level": "三级",
        "issued": "2025-06-30",
    }
    return tuple((line | changes).values())


def listed(
    tmp_path: Path, *lines: tuple[str, ...], first: tuple[FirstSerial, ...] = ()
) -> ImportList:
    path = tmp_path / "elsewhere.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows((HEADER, *lines))
    found = read(path, agency(*first), TODAY)
    assert found.total == len(lines)
    return found


def test_a_good_row_becomes_what_the_register_takes(tmp_path: Path) -> None:
    found = listed(tmp_path, a_line(7), first=(FirstSerial("main", 2025, Level.THREE, 120),))
    (row,) = found.rows
    assert (row.adopted, row.prefix, row.first_serial) == (f"{PREFIX}253000007", PREFIX, 120)
    assert (row.record.name, row.record.identity_number) == ("样例", a_number(7))
    assert (row.record.job, row.record.level, row.record.batch) == (None, Level.THREE, "")
    assert (row.record.site, row.record.issue_date) == ("main", date(2025, 6, 30))
    assert (row.record.place.file, row.record.place.row) == ("elsewhere.csv", 2)
    assert found.refused == 0
    assert not any(finding.refuses for finding in found.findings)


@pytest.mark.parametrize(
    ("changes", "expected", "column"),
    [
        pytest.param({"code": ""}, "code/missing", "A", id="no code"),
        pytest.param({"code": PREFIX + "2530000７"}, "code/form", "A", id="no code of this kind"),
        pytest.param({"code": "S000041019999253000001"}, "import/other-site", "A", id="other site"),
        pytest.param({"issued": "2024-06-30"}, "code/year", "A", id="other year"),
        pytest.param({"level": "四级"}, "code/level", "A", id="other level"),
        pytest.param({"name": ""}, "name/missing", "B", id="no name"),
        pytest.param({"number": "990000199001010010"}, "identity/check-digit", "C", id="number"),
        pytest.param({"occupation": "#N/A"}, "cell/excel-error", "D", id="Excel error"),
        pytest.param({"issued": ""}, "date/missing", "G", id="no date"),
    ],
)
def test_a_bad_row_is_refused_with_its_cell(
    tmp_path: Path, changes: dict[str, str], expected: str, column: str
) -> None:
    found = listed(tmp_path, a_line(1, **changes), a_line(2))
    refusals = [finding for finding in found.findings if finding.refuses]
    assert (expected, 2, column) in [(f.code, f.place.row, f.place.column) for f in refusals]
    assert {finding.place.row for finding in refusals} == {2}
    assert [row.adopted for row in found.rows] == [f"{PREFIX}253000002"]


def test_a_file_without_codes_is_no_list(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text("姓名,证件号码,职业,等级\n", encoding="utf-8")
    with pytest.raises(InputError, match="lacks a column") as refusal:
        read(path, agency(), TODAY)
    assert "证书编号、发证日期" in refusal.value.said.zh


def test_the_register_takes_the_list_over(tmp_path: Path) -> None:
    found = listed(tmp_path, a_line(1), a_line(2), a_line(3, code=""))
    now = datetime(2026, 2, 1, tzinfo=UTC)
    with Register.open(tmp_path / "register.db", clock=lambda: now) as register:
        report = register.import_numbers(found.rows, file="elsewhere.csv", sha256="f" * 64)
        assert (report.imported, found.refused) == (2, 1)
        assert register.counts()["issued"] == 2
