import pytest

from certgen.standards.access_occupations import CATALOGUE, ENTRIES, Kind, find


def test_the_catalogue_has_thirteen_items() -> None:
    assert sorted({entry.item for entry in ENTRIES}) == list(range(1, 14))


def test_five_occupations_are_only_proposed() -> None:
    """涉及安全……拟依法调整为准入类职业资格."""
    proposed = [entry.name for entry in ENTRIES if entry.kind is Kind.PROPOSED]
    assert proposed == ["民航安全检查员", "消防员", "森林消防员", "应急救援员", "机场运行指挥员"]


@pytest.mark.parametrize(
    ("occupation", "item"),
    [
        ("民用核安全设备焊工", 1),
        ("核安全设备焊接人员", 1),
        ("国防科技工业军用核安全设备焊接人员", 1),
        ("保安员", 2),
        ("消防设施操作员", 4),
        ("游泳救生员", 5),
        ("民航乘务员", 6),
        ("轨道列车司机", 7),
        pytest.param("轨道交通司机", 7, id="the misprint of our copy"),
        ("危险货物水路运输从业人员", 8),
        ("出租汽车驾驶员", 9),
        ("特种作业人员", 10),
        ("建筑施工特种作业人员", 11),
        ("特种设备安全管理和作业人员", 12),
        ("家畜繁殖员", 13),
        pytest.param(" 保 安 员 ", 2, id="spaces"),
    ],
)
def test_an_access_occupation_is_found_at_its_item(occupation: str, item: int) -> None:
    match = find(occupation)
    assert match
    assert match.certain
    assert match.entry.kind is Kind.ACCESS
    assert match.entry.source == f"{CATALOGUE} 第 {item} 项"


@pytest.mark.parametrize(
    ("occupation", "job"),
    [
        pytest.param("焊工", "电焊工", id="ordinary welding is in no list"),
        ("车工", None),
        pytest.param("消防装备维护员", None, id="a name that only begins alike"),
        pytest.param("社会体育指导员", "健身", id="a sport without danger"),
        ("", None),
    ],
)
def test_other_occupations_are_not_found(occupation: str, job: str | None) -> None:
    assert find(occupation, job) is None


def test_a_job_is_found_under_another_occupation() -> None:
    match = find("焊工", "民用核安全设备焊工")
    assert match
    assert match.entry.item == 1


@pytest.mark.parametrize("job", ["游泳", "滑雪指导", "潜水", "攀岩"])
def test_a_sports_instructor_needs_access_for_dangerous_sports(job: str) -> None:
    match = find("社会体育指导员", job)
    assert match
    assert match.certain


@pytest.mark.parametrize("job", [None, "", "社会体育指导员"])
def test_a_sports_instructor_without_a_job_is_uncertain(job: str | None) -> None:
    match = find("社会体育指导员", job)
    assert match
    assert not match.certain


def test_no_two_entries_share_a_name() -> None:
    names = [name for entry in ENTRIES for name in (entry.name, *entry.other_names)]
    assert len(names) == len(set(names))
