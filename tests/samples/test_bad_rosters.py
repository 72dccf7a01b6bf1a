from datetime import date
from pathlib import Path

import agencies
import bad_rosters
import pytest
from agencies import SampleAgency
from bad_rosters import BadRoster, Stage

from certgen.errors import InputError, MissingGlyphError
from certgen.exchange import agency_file
from certgen.exchange.agency import Agency
from certgen.fonts import fontset
from certgen.intake import roster
from certgen.intake.photos import PhotoFolder, prepare

TODAY = date(2026, 6, 1)
CASES = bad_rosters.cases()


@pytest.fixture(scope="module")
def employer(made_samples: Path) -> Agency:
    return agency_file.load(made_samples / "yunhe" / "agency.toml")


@pytest.fixture(scope="module")
def photos(made_samples: Path) -> PhotoFolder:
    return PhotoFolder(made_samples / "yunhe" / "photos")


@pytest.mark.parametrize("sample", agencies.AGENCIES, ids=lambda sample: sample.folder)
def test_a_good_roster_gives_its_holders_and_no_finding(
    made_samples: Path, sample: SampleAgency
) -> None:
    folder = made_samples / sample.folder
    agency = agency_file.load(folder / "agency.toml")
    photos = PhotoFolder(folder / "photos")
    _, rows = roster.read(folder / sample.roster_name, agency, photos, TODAY)
    records = []
    for row in rows:
        assert not row.findings
        records.append(row.record)
    assert [(r.name, r.identity_type, r.identity_number, r.level) for r in records if r] == [
        (h.name, h.kind, h.number, h.level) for h in sample.holders
    ]
    assert [(r.occupation, r.job, r.issue_date) for r in records if r] == [
        (h.trade.occupation, h.trade.job, h.issued) for h in sample.holders
    ]


@pytest.mark.parametrize("sample", agencies.AGENCIES, ids=lambda sample: sample.folder)
def test_every_portrait_is_good_enough_to_print(made_samples: Path, sample: SampleAgency) -> None:
    for path in (made_samples / sample.folder / "photos").iterdir():
        photo = prepare(path)
        assert photo.height > photo.width
        assert b"Exif" not in photo.jpeg
        assert not [finding for finding in photo.findings if finding.refuses]


@pytest.mark.parametrize(
    "case", [c for c in CASES if c.expected.stage is Stage.INTAKE], ids=lambda case: case.file
)
def test_a_bad_roster_gives_its_finding_and_no_other(
    made_samples: Path, employer: Agency, photos: PhotoFolder, case: BadRoster
) -> None:
    _, rows = roster.read(made_samples / "bad" / case.file, employer, photos, TODAY)
    read = list(rows)
    expected = case.expected
    found = [(f.code, f.place.row, f.place.column) for row in read for f in row.findings]
    assert found == [(expected.code, row, expected.column) for row in expected.rows]
    assert sum(row.record is not None for row in read) == expected.good


@pytest.mark.parametrize(
    "case", [c for c in CASES if c.expected.stage is Stage.FILE], ids=lambda case: case.file
)
def test_a_file_that_is_no_roster_is_an_error(
    made_samples: Path, employer: Agency, photos: PhotoFolder, case: BadRoster
) -> None:
    with pytest.raises(InputError):
        roster.read(made_samples / "bad" / case.file, employer, photos, TODAY)


@pytest.mark.parametrize(
    "case", [c for c in CASES if c.expected.stage is Stage.FONTS], ids=lambda case: case.file
)
def test_a_character_without_a_face_passes_the_intake_and_stops_at_the_fonts(
    made_samples: Path, employer: Agency, photos: PhotoFolder, case: BadRoster
) -> None:
    faces = fontset.load()
    _, rows = roster.read(made_samples / "bad" / case.file, employer, photos, TODAY)
    undrawn = []
    for row in rows:
        assert row.record is not None
        try:
            faces.runs("fangsong", row.record.name)
        except MissingGlyphError:
            undrawn.append(row.place.row)
    assert tuple(undrawn) == case.expected.rows
