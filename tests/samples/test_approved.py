from datetime import date
from pathlib import Path

import agencies
import pytest
from agencies import SampleAgency

from certgen.eligibility.gate import Gate
from certgen.exchange import agency_file
from certgen.intake.roster import read

TODAY = date(2026, 6, 1)


@pytest.mark.parametrize("agency", agencies.AGENCIES, ids=lambda agency: agency.folder)
def test_everybody_in_a_sample_roster_is_approved(made_samples: Path, agency: SampleAgency) -> None:
    folder = made_samples / agency.folder
    filed = agency_file.load(folder / "agency.toml")
    gate = Gate.load(filed, TODAY, approved=folder / agency.approved_name)
    _, rows = read(folder / agency.roster_name, filed, None, TODAY)
    records = [row.record for row in rows if row.record]
    assert len(records) == len(agency.holders)
    assert [finding for record in records for finding in gate.findings(record)] == []
    assert gate.closing() == ()
