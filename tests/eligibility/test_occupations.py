from typing import Any

import pytest

from certgen.eligibility.occupations import Occupations
from certgen.exchange.agency import ScopeEntry
from certgen.standards.levels import Level

from .builders import a_record, an_agency


def found(**changes: Any) -> list[tuple[str, str, str]]:
    scope = (ScopeEntry(changes["occupation"], changes.get("job"), frozenset(Level)),)
    findings = Occupations(an_agency(scope=scope)).findings(a_record(**changes))
    return [(finding.code, finding.severity.value, finding.clause) for _, finding in findings]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param(
            {"occupation": "消防设施操作员", "job": None},
            [("occupation/access", "error", "人社厅发〔2018〕148号 一(三)")],
            id="准入类 is refused, filed or not",
        ),
        pytest.param(
            {"occupation": "消防员", "job": None, "site": "north"},
            [("occupation/access-proposed", "error", "豫职鉴〔2021〕1号 三(一)")],
            id="Henan refuses 拟调整为准入类",
        ),
        pytest.param(
            {"occupation": "消防员", "job": None, "site": "main"},
            [("occupation/access-proposed", "review", "中就培函〔2020〕41号 二(二)")],
            id="elsewhere it needs eyes",
        ),
        pytest.param(
            {"occupation": "社会体育指导员", "job": None},
            [("occupation/access-jobs", "review", "人社厅发〔2018〕148号 一(三)")],
            id="only some jobs are 准入类 and none is given",
        ),
        pytest.param({"occupation": "社会体育指导员", "job": "健身"}, [], id="another job"),
        pytest.param({"occupation": "焊工", "job": "电焊工"}, [], id="ordinary welding"),
    ],
)
def test_access_occupations(changes: dict[str, Any], expected: list[tuple[str, str, str]]) -> None:
    assert found(**changes) == expected
