"""Each mutation gives exactly its findings at its place; what is untouched gives none."""

from pathlib import Path

import pytest

from certgen.model.box import Box
from tests.design_samples import pages, pdf, scans
from tests.first_batch import FIRST_BATCH
from tests.verify.design.designs import FILING, base, found, plain, rules_of
from tests.verify.design.mutations import Mutation, in_memory
from verify.design.filing import Filing
from verify.design.finding import Finding, Kind
from verify.design.read import read

MUTATIONS = tuple(in_memory())


def test_there_are_hundreds_of_them_and_no_two_are_called_alike() -> None:
    ids = [mutation.id for mutation in MUTATIONS]
    assert len(set(ids)) == len(ids) >= 300


@pytest.mark.parametrize("mutation", MUTATIONS, ids=[mutation.id for mutation in MUTATIONS])
def test_a_mutation_gives_exactly_its_findings_at_its_place(mutation: Mutation) -> None:
    findings = found(mutation.design, *mutation.profiles, filing=mutation.filing, art=mutation.art)
    undecided = {f.rule for f in findings if f.kind is Kind.UNDECIDED}
    assert rules_of(findings) | (undecided & mutation.rules) == mutation.rules
    if mutation.box:
        assert all(_lies_in(finding, mutation.box) for finding in findings)
    if mutation.written:
        assert {finding.place.written for finding in findings} == {mutation.written}


def _lies_in(finding: Finding, box: Box) -> bool:
    roomy = box.grown(0.5)
    return bool(finding.place.boxes) and finding.place.boxes[0].overlap(roomy) > 0


@pytest.mark.parametrize("name", FIRST_BATCH)
@pytest.mark.parametrize("roles", [True, False])
def test_an_agency_of_the_first_batch_is_clean_and_what_exempts_it_is_told(
    name: str, *, roles: bool
) -> None:
    filing = Filing(name, FILING.english_name, "Y", association=False, qr_host=FILING.qr_host)
    design = base(name=name) if roles else plain(name=name)
    assert found(design, filing=filing) == []


@pytest.mark.parametrize("name", FIRST_BATCH[:3])
def test_without_a_filing_such_a_name_is_asked_for_and_not_accused(name: str) -> None:
    findings = found(plain(name=name), filing=None)
    assert {f.kind for f in findings} <= {Kind.REVIEW, Kind.UNDECIDED}
    assert "wording/state-name" in {f.rule for f in findings}


def test_a_scan_of_our_own_page_accuses_nobody(tmp_path: Path) -> None:
    path = tmp_path / "scan.jpg"
    sheet = pdf.drawn(pages.a_page())
    path.write_bytes(scans.scanned(sheet, border_mm=8, skew_deg=-1, form="JPEG"))
    kinds = {finding.kind for finding in found(read(path, isolated=False))}
    assert kinds == {Kind.UNDECIDED}
