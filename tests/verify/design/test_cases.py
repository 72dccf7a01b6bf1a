import pytest

from tests.verify.design import case_files

CASES = case_files.read()


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_case_gives_exactly_the_rules_it_expects(case: case_files.Case) -> None:
    found = {finding.rule for finding in case_files.found(case)}
    assert found == set(case["expected"]), case["why"]
