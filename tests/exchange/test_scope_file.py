from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certgen.errors import InputError
from certgen.exchange.agency import ScopeEntry
from certgen.exchange.scope_file import read
from certgen.standards.levels import Level

HEADER = "职业编码,职业名称,工种/职业方向,等级\n"
Write = Callable[[str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def to(text: str | bytes) -> Path:
        path = tmp_path / "scope.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return to


def levels(*digits: int) -> frozenset[Level]:
    return frozenset(map(Level, digits))


def test_the_form_of_the_henan_notice_is_read_as_it_stands(write: Write) -> None:
    path = write(
        "评价范围\n\n职业编码,职业名称,工种/职业方向,级别,评价标准\n"
        "6-18-01-01,车工,,5,国家职业技能标准\n"
        "6-18-01-01,车工,普通车床,4、3、2、1,国家职业技能标准\n"
    )
    assert read(path) == (
        ScopeEntry("车工", None, levels(5), "6-18-01-01"),
        ScopeEntry("车工", "普通车床", levels(1, 2, 3, 4), "6-18-01-01"),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_usual_encoding_is_read(write: Write, encoding: str, newline: str) -> None:
    text = f"{HEADER}4-10-01-06,家政服务员,母婴护理员,5-3\n".replace("\n", newline)
    (entry,) = read(write(text.encode(encoding)))
    assert entry == ScopeEntry("家政服务员", "母婴护理员", levels(3, 4, 5), "4-10-01-06")


@pytest.mark.parametrize(
    "header",
    ["职业名称,等级", "职业 名称 ,职业技能等级", "职业,级别", "Occupation Name,Levels"],
)
def test_headers_have_aliases(write: Write, header: str) -> None:
    assert read(write(f"{header}\n钳工,3\n")) == (ScopeEntry("钳工", None, levels(3)),)


@pytest.mark.parametrize("header", ["工种", "工种／职业方向", "职业方向", "job"])
def test_the_column_of_the_job_has_aliases(write: Write, header: str) -> None:
    (entry,) = read(write(f"职业名称,{header},等级\n车工,数控车床,3\n"))
    assert entry.job == "数控车床"


@pytest.mark.parametrize("job", ["", "--", "——", " -- "])
def test_no_job_may_be_written_in_several_ways(write: Write, job: str) -> None:
    (entry,) = read(write(f"{HEADER},车工,{job},5\n"))
    assert entry.job is None


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("3", {3}),
        ("三级", {3}),
        ("三级/高级工", {3}),
        ("高级工（三级）", {3}),
        ("5、4、3", {3, 4, 5}),
        ('"5,4,3"', {3, 4, 5}),
        ("5；4;3、", {3, 4, 5}),
        ("5/4/3", {3, 4, 5}),
        ("高级工/技师", {2, 3}),
        ("五级/初级工、四级/中级工", {4, 5}),
        ("5-3", {3, 4, 5}),
        ("1—5级", {1, 2, 3, 4, 5}),
        ("五级至三级", {3, 4, 5}),
        ("五级/初级工 ～ 三级/高级工", {3, 4, 5}),
        ("5、3-1", {1, 2, 3, 5}),
    ],
)
def test_levels_are_listed_as_people_list_them(write: Write, text: str, digits: set[int]) -> None:
    (entry,) = read(write(f"{HEADER},车工,,{text}\n"))
    assert entry.levels == digits


@pytest.mark.parametrize(
    ("listed", "name"),
    [
        ("数字化管理师S", "数字化管理师"),
        ("碳排放管理员 L", "碳排放管理员"),
        ("工程技术人员L/S", "工程技术人员"),
        ("工程技术人员（S）", "工程技术人员"),
        ("LNG", "LNG"),
        ("品酒师", "品酒师"),
    ],
)
def test_the_marks_of_the_catalogue_are_no_part_of_a_name(
    write: Write, listed: str, name: str
) -> None:
    (entry,) = read(write(f"{HEADER},{listed},,3\n"))
    assert entry.occupation == name


LIMITED = "职业名称,等级,站点,起始日期,截止日期\n"


def test_a_line_may_be_limited_to_sites_and_dates(write: Write) -> None:
    path = write(f"{LIMITED}车工,3,main、zezhou,2026-03-01,2026年12月31日\n钳工,3,,,2026/6/1\n")
    assert read(path, ["main", "zezhou"]) == (
        ScopeEntry(
            *("车工", None, levels(3), "", frozenset({"main", "zezhou"})),
            *(date(2026, 3, 1), date(2026, 12, 31)),
        ),
        ScopeEntry("钳工", None, levels(3), filed_until=date(2026, 6, 1)),
    )


def test_a_site_may_be_called_3(write: Write) -> None:
    (entry,) = read(write(f"{LIMITED}车工,5,3,,\n"), ["3"])
    assert (entry.levels, entry.sites) == (levels(5), frozenset({"3"}))


def test_a_site_that_the_agency_file_has_not_is_named(write: Write) -> None:
    with pytest.raises(InputError, match=r"scope\.csv:2  .*no site 'north'; it has: main"):
        read(write(f"{LIMITED}车工,5,main、north,,\n"), ["main"])


@pytest.mark.parametrize(
    ("day", "held"),
    [("2026-02-28", False), ("2026-03-01", True), ("2026-06-30", True), ("2026-07-01", False)],
)
def test_first_and_last_day_belong_to_the_filing(day: str, *, held: bool) -> None:
    entry = ScopeEntry(
        *("车工", None, levels(3)), filed_from=date(2026, 3, 1), filed_until=date(2026, 6, 30)
    )
    assert entry.filed_on(date.fromisoformat(day)) is held
    assert ScopeEntry("车工", None, levels(3)).filed_on(date.fromisoformat(day))


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        pytest.param(f"{LIMITED}车工,3,,2026-02-30,\n", 2, "2026-03-01", id="no such day"),
        pytest.param(f"{LIMITED}车工,3,,26-03-01,\n", 2, "2026-03-01", id="a short year"),
        pytest.param(f"{LIMITED}车工,3,,2026-3,\n", 2, "2026-03-01", id="a month"),
        pytest.param(f"{LIMITED}车工,3,,²026-03-01,\n", 2, "2026-03-01", id="a superscript digit"),
        pytest.param(
            f"{LIMITED}车工,3,,2026-03-01,2026-02-01\n", 2, "before the first", id="backwards"
        ),
        pytest.param("", 1, "no header", id="an empty file"),
        pytest.param("职业名称,工种\n车工,\n", 1, "no header", id="no level column"),
        pytest.param(HEADER, 1, "nothing under the header", id="a header alone checks nothing"),
        pytest.param(f"{HEADER},,,3\n", 2, "no occupation", id="no occupation"),
        pytest.param(f"{HEADER}6-18,车工,,3\n", 2, "6-18-01-01", id="a short occupation code"),
        pytest.param(f"{HEADER}\n,车工,,\n", 3, "no skill level", id="no level"),
        pytest.param(f"{HEADER},车工,,6\n", 2, "no skill level", id="level 6"),
        pytest.param(f"{HEADER},车工,,5月3日\n", 2, "with 、", id="5-3 became a date in Excel"),
        pytest.param(f"{HEADER},车工,,三级/中级工\n", 2, "different", id="levels contradict"),
        pytest.param(f"{HEADER},车工,,特级技师\n", 2, "特级技师", id="a step without a code"),
        pytest.param(f"{HEADER},车工,,5,4,3\n", 2, "several cells", id="levels without quotes"),
        pytest.param("职业名称,等级,等级\n车工,3,3\n", 1, "repeats", id="the same column twice"),
        pytest.param(f'{HEADER},"车\n工",,3\n,钳工,,9\n', 4, "no skill", id="after a line break"),
        pytest.param(f"{HEADER},{'长' * 140_000},,3\n", 2, "not CSV", id="a cell without end"),
    ],
)
def test_a_problem_names_its_line(write: Write, text: str, line: int, words: str) -> None:
    with pytest.raises(InputError) as caught:
        read(write(text))
    said = caught.value.said
    assert said.en.startswith(f"scope.csv:{line}  ")
    assert said.zh.startswith(f"scope.csv:{line}  ")
    assert words in said.en


def test_all_problems_are_reported_at_once(write: Write) -> None:
    with pytest.raises(InputError) as caught:
        read(write(f"{HEADER}6,,,\n,车工,,3\n,钳工,,7\n"))
    places = [line.split()[0] for line in str(caught.value).splitlines()]
    assert places == ["scope.csv:2", "scope.csv:2", "scope.csv:2", "scope.csv:4"]


def test_bytes_of_no_encoding_are_refused_with_their_line(write: Write) -> None:
    with pytest.raises(InputError, match=r"scope\.csv:2 .*neither UTF-8 nor GB18030"):
        read(write(HEADER.encode("gb18030") + b"\xff\xff,\n"))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot read the filed scope none\.csv"):
        read(tmp_path / "none.csv")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary() | st.text('车工级五3-/、至S,\n"').map(lambda rows: (HEADER + rows).encode()))
def test_any_file_is_read_or_refused(write: Write, data: bytes) -> None:
    try:
        entries = read(write(data))
    except InputError:
        return
    assert entries
    assert all(entry.occupation and entry.levels for entry in entries)
