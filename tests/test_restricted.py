from dataclasses import replace
from datetime import date

import pytest

from certgen.exchange.agency import Agency, Branch, Site
from certgen.model.finding import Finding, Place, Severity
from certgen.model.record import Record
from certgen.restricted import filed_names, of_forms, of_record, of_records
from certgen.standards.identity import IdentityType
from certgen.standards.levels import Level
from tests.first_batch import FIRST_BATCH

NUMBER = "990000199001010015"
AGENCY = Agency(
    name="样例机械有限公司",
    english_name="Sample Machinery Co., Ltd.",
    category="Y",
    sites={"main": Site("main", "Y000041000123", date(2020, 1, 1), date(2030, 12, 31))},
)
RECORD = Record(
    name="张样例",
    identity_type=IdentityType.RESIDENT_CARD,
    identity_number=NUMBER,
    occupation="车工",
    job=None,
    level=Level.THREE,
    issue_date=date(2026, 1, 5),
    site="main",
    place=Place("roster.xlsx", "名单", 7),
)
COLUMNS = {"name": "A", "occupation": "D", "job": "E"}


def in_record(**changes: object) -> list[Finding]:
    return of_record(replace(RECORD, **changes), filed_names(AGENCY), COLUMNS)  # type: ignore[arg-type]


def refusing(findings: tuple[Finding, ...]) -> list[Finding]:
    return [finding for finding in findings if finding.severity is not Severity.NOTE]


def test_an_ordinary_certificate_is_clean() -> None:
    assert list(of_records(AGENCY, [RECORD], COLUMNS)) == []


@pytest.mark.parametrize("name", FIRST_BATCH)
def test_an_agency_of_the_first_batch_is_clean_and_the_exemption_is_said(name: str) -> None:
    branch = Branch("north", f"{name}北方分公司", "Sample North", "main")
    agency = replace(AGENCY, name=name, branches={"north": branch})
    found = of_forms(agency)
    assert refusing(found) == []
    assert {finding.code for finding in found} == {"wording/filed-name"}
    assert any(branch.name in finding.said.zh for finding in found)


def test_a_note_is_made_once_for_each_name_and_term() -> None:
    found = of_forms(replace(AGENCY, name=FIRST_BATCH[0]))
    assert len(found) == 2  # 中国, 国家: in the body and under it


def test_a_word_outside_the_filed_name_is_found_with_its_slot() -> None:
    (found,) = of_forms(replace(AGENCY, provincial_query="国家职业资格网 http://query.example/"))[
        :1
    ]
    assert (found.code, found.severity) == ("wording/state-name", Severity.ERROR)
    assert "provincial_query" in found.said.zh
    assert found.clause == "人社鉴发〔2021〕1号 五(二)"


def test_an_occupation_is_found_with_its_cell() -> None:
    state, claim = in_record(occupation="国家电网职业资格")
    assert (state.code, claim.code) == ("wording/state-name", "wording/qualification-claim")
    assert state.place == Place("roster.xlsx", "名单", 7, "D")
    assert {state.severity, claim.severity} == {Severity.ERROR}


def test_a_job_is_found_with_its_cell() -> None:
    (found,) = in_record(job="全 国劳模")
    assert found.place.column == "E"
    assert "写作“全 国”" in found.said.zh


def test_a_filed_name_in_a_value_is_exempt() -> None:
    agency = replace(AGENCY, name=FIRST_BATCH[0])
    record = replace(RECORD, occupation=f"{FIRST_BATCH[0]}车工")
    assert of_record(record, filed_names(agency), COLUMNS) == []


def test_a_holder_called_like_a_term_is_looked_at_and_not_refused() -> None:
    (found,) = in_record(name="陈国家")
    assert found.severity is Severity.REVIEW
    assert found.place.column == "A"
    assert "陈" not in found.said.zh


def test_a_term_for_associations_is_looked_at() -> None:
    (found,) = in_record(occupation="安全员人员资格")
    assert (found.code, found.severity) == ("wording/personnel-qualification", Severity.REVIEW)


def test_nothing_is_matched_across_two_fields() -> None:
    assert in_record(name="张建国", occupation="家政服务员") == []


def test_no_identity_number_is_told() -> None:
    (found,) = in_record(occupation=f"国家{NUMBER}")
    assert not any(NUMBER in said for said in found.said)
