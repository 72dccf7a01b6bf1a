import json
import os
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import agencies
import make

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def _files(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _is_secret(name: str) -> bool:
    """Keys, and what names them. The root of the key list is always the same."""
    return name.endswith((".p12", ".pem", ".key-list")) and name != "trust/root.pem"


def _same(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {name for name in before if before[name] == after[name]}


def test_two_makings_differ_only_in_keys(
    made_samples: Path, tmp_path: Path, seal_font: Path
) -> None:
    make.make(tmp_path, NOW + timedelta(days=3), seal_font)
    first, second = _files(made_samples), _files(tmp_path)
    assert first.keys() == second.keys()
    differing = {name for name in first if first[name] != second[name]}
    assert differing == {name for name in first if _is_secret(name)}


def test_a_second_making_keeps_keys_that_are_valid(tmp_path: Path) -> None:
    make.keys(tmp_path, NOW)
    before = _files(tmp_path)
    make.keys(tmp_path, NOW + timedelta(days=300))
    assert _files(tmp_path) == before


def test_keys_are_made_anew_when_one_is_lost(tmp_path: Path) -> None:
    make.keys(tmp_path, NOW)
    before = _files(tmp_path)
    (tmp_path / "yunhe" / "keys" / "agency.p12").unlink()
    make.keys(tmp_path, NOW)
    assert _same(before, _files(tmp_path)) == {"trust/root.pem"}  # nobody's secret, always the same


def test_keys_are_made_anew_after_their_year(tmp_path: Path) -> None:
    make.keys(tmp_path, NOW)
    before = _files(tmp_path)
    make.keys(tmp_path, NOW + timedelta(days=366))
    assert _same(before, _files(tmp_path)) == {"trust/root.pem"}  # nobody's secret, always the same


def test_only_the_owner_reads_a_key(made_samples: Path) -> None:
    for agency in agencies.AGENCIES:
        mode = (made_samples / agency.folder / "keys" / "agency.p12").stat().st_mode
        assert mode & 0o777 == 0o600 or os.name == "nt"  # Windows keeps no such modes


def test_every_holder_has_a_portrait_and_three_of_each_agency_lie(made_samples: Path) -> None:
    for agency in agencies.AGENCIES:
        photos = made_samples / agency.folder / "photos"
        assert {path.stem for path in photos.iterdir()} == {h.number for h in agency.holders}
        assert sum(b"Exif" in path.read_bytes() for path in photos.iterdir()) == 3


def test_the_expected_findings_name_every_bad_roster(made_samples: Path) -> None:
    rosters = json.loads((made_samples / "bad" / "expected.json").read_bytes())["rosters"]
    assert set(rosters) == {p.name for p in (made_samples / "bad").iterdir()} - {"expected.json"}
    assert len(rosters) >= 20
