"""The keys of an agency file that say who may be issued."""

from datetime import date
from pathlib import Path

import pytest

from certgen.errors import AgencyFileError
from certgen.exchange.agency import Site
from certgen.exchange.agency_file import load

SMALLEST = """\
format = 1
[agency]
name = "云河样例机械有限公司"
english_name = "Yunhe Sample Machinery Co., Ltd."
category = "Y"
[[sites]]
id = "main"
prefix = "Y000041000001"
filed_from = 2026-01-01
filed_until = 2028-12-31
"""
SOCIAL = SMALLEST.replace('"Y', '"S')
SCHOOL = ("[[sites]]", "technical_school = true\n[[sites]]")


def said(folder: Path, text: str) -> str:
    path = folder / "agency.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AgencyFileError) as caught:
        load(path)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param(
            f"{SMALLEST}suspended_until = 2026-09-30\n",
            "sites[0].suspended_until: a suspension that ends must begin",
            id="a suspension without a beginning",
        ),
        pytest.param(
            f"{SMALLEST}suspended_from = 2026-10-01\nsuspended_until = 2026-09-30\n",
            "sites[0].suspended_until: is before suspended_from, 2026-10-01",
            id="a suspension that runs backwards",
        ),
        pytest.param(
            SOCIAL.replace(*SCHOOL),
            "agency.technical_school: is for the centre of a technical school",
            id="a school that assesses the public is a social body",
        ),
        pytest.param(
            f'{SMALLEST}[staff]\nlist = "none.xlsx"\n',
            "staff.list: none.xlsx is not there",
            id="a staff list that is not there",
        ),
        pytest.param(
            f'{SOCIAL}[staff]\nlist = "agency.toml"\n',
            "staff: a staff list is for an employer",
            id="a staff list of a social body",
        ),
        pytest.param(
            f"{SMALLEST}[staff]\n", "staff.list: required", id="a staff section without its list"
        ),
        pytest.param(
            f'{SMALLEST}[approval]\nrequired = "yes"\n',
            "approval.required: must be true or false",
            id="required is a switch",
        ),
    ],
)
def test_a_problem_names_its_key(tmp_path: Path, text: str, words: str) -> None:
    assert words in said(tmp_path, text)


def test_an_agency_without_such_keys_asks_nothing(tmp_path: Path) -> None:
    path = tmp_path / "agency.toml"
    path.write_text(SMALLEST, encoding="utf-8")
    agency = load(path)
    assert not agency.technical_school
    assert not agency.approval_required
    assert (agency.approved_list, agency.staff_list) == (None, None)


@pytest.mark.parametrize(
    ("until", "day", "suspended"),
    [
        (date(2026, 9, 30), "2026-06-30", False),
        (date(2026, 9, 30), "2026-07-01", True),
        (date(2026, 9, 30), "2026-09-30", True),
        (date(2026, 9, 30), "2026-10-01", False),
        (None, "2030-01-01", True),
    ],
)
def test_a_suspension_holds_from_its_first_to_its_last_day(
    until: date | None, day: str, *, suspended: bool
) -> None:
    filed = (date(2026, 1, 1), date(2028, 12, 31))
    site = Site("main", "Y000041000001", *filed, date(2026, 7, 1), until)
    assert site.suspended_on(date.fromisoformat(day)) is suspended
