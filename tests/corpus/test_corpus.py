"""Every messy roster gives exactly its findings: no row is lost, none passes that must not."""

from pathlib import Path

import pytest

from certgen import api
from certgen.errors import InputError
from certgen.model.finding import Finding

from . import base
from .base import NOW
from .files import NO_ROSTERS
from .make import Case, cases

CASES = cases()


def place(finding: Finding) -> tuple[str, int | None, str]:
    return finding.code, finding.place.row, finding.place.column


def test_no_two_cases_have_one_name() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 120


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_mess_is_found_where_it_is_and_nothing_else(case: Case, tmp_path: Path) -> None:
    agency, roster, photos = case.save(tmp_path)
    report = api.check(agency, roster, photos=photos, clock=lambda: NOW)
    paper = case.paper
    assert set(map(place, report.findings)) == case.expected
    assert report.rows == len(paper.counted)
    assert report.refused == len(paper.refused)
    assert report.good == report.rows - report.refused
    blamed = {finding.place.row for finding in report.findings if finding.refuses}
    assert paper.refused <= blamed


@pytest.mark.parametrize("name", NO_ROSTERS)
def test_a_file_that_is_no_roster_is_refused_and_the_message_says_why(
    name: str, tmp_path: Path
) -> None:
    content, words = NO_ROSTERS[name]
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError) as refusal:
        api.check(base.agency(tmp_path), path, clock=lambda: NOW)
    assert words in refusal.value.said.en
    assert refusal.value.said.zh


@pytest.mark.parametrize("name", ["missing.csv", "a_folder.xlsx"])
def test_no_file_at_all_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "a_folder.xlsx").mkdir()
    with pytest.raises(InputError, match="cannot read"):
        api.check(base.agency(tmp_path), tmp_path / name, clock=lambda: NOW)
