from pathlib import Path

import pytest

from certgen.eligibility.schools import SchoolLevels
from certgen.eligibility.staff import StaffList, read
from certgen.exchange.agency import Agency, Site
from certgen.intake.columns import Field
from certgen.model.finding import Severity
from certgen.standards.levels import Level

from .builders import FILED, a_csv, a_number, a_record, an_agency

SCHOOL = an_agency(technical_school=True)


def warned(agency: Agency, level: Level, staff: StaffList | None = None) -> bool:
    found = list(SchoolLevels(agency, staff).findings(a_record(level=level)))
    assert all(
        (finding.code, finding.severity, field)
        == ("level/technical-school", Severity.WARNING, Field.LEVEL)
        for field, finding in found
    )
    return bool(found)


@pytest.mark.parametrize("level", Level)
def test_a_school_assesses_levels_5_to_3(level: Level) -> None:
    assert warned(SCHOOL, level) is (level <= Level.TWO)


@pytest.mark.parametrize("level", Level)
def test_other_employers_assess_every_level(level: Level) -> None:
    assert not warned(an_agency(), level)


@pytest.mark.parametrize(
    ("prefix", "is_centre"),
    [
        pytest.param("Y000041019123", True, id="Henan, 9 at position 10"),
        pytest.param("Y000041018123", False, id="Henan, an employer"),
        pytest.param("Y000044019123", False, id="another province has no such rule"),
    ],
)
def test_henan_tells_a_school_by_its_code(prefix: str, *, is_centre: bool) -> None:
    agency = an_agency(sites={"main": Site("main", prefix, *FILED)})
    assert warned(agency, Level.TWO) is is_centre


@pytest.mark.parametrize(
    ("kind", "school_class", "level", "expected"),
    [
        ("在册学生", "中级工班", Level.FOUR, False),
        ("在册学生", "中级工班", Level.THREE, True),
        ("在册学生", "2024级高级工班", Level.THREE, False),
        ("在册学生", "高级工班", Level.TWO, True),
        ("在册学生", "预备技师班", Level.THREE, False),
        ("在册学生", "", Level.TWO, True),
        ("在册学生", "数控一班", Level.THREE, False),
        ("", "", Level.TWO, True),
        ("教职工", "", Level.ONE, False),
    ],
)
def test_the_class_decides_and_teachers_may_have_any_level(
    tmp_path: Path, kind: str, school_class: str, level: Level, *, expected: bool
) -> None:
    header = ("姓名", "身份证号", "人员类别", "班级类别")
    line = ("张样例", a_number(), kind, school_class)
    staff = read(a_csv(tmp_path / "staff.csv", header, line))
    assert warned(SCHOOL, level, staff) is expected
