"""The samples as an agency issues them, verified by a stranger with the sample roots: VALID, and never INVALID."""

from pathlib import Path

import pytest
from office import BRANCH, MAIN, Office

from certgen.exchange import agency_file
from certgen.issuing import statuses
from certgen.registry.view import open_view
from certgen.sign import payload_keys
from tests.verify.world import rasterised
from verify.pipeline import Against, verify_pdf, verify_photo
from verify.report import Report
from verify.trust import pins
from verify.trust.store import TrustStore
from verify.trust_store import Held
from verify.verdict import Verdict


def failed(report: Report) -> list[str]:
    return [f"{one.check} {one.reason}" for one in report.evidence if one.outcome == "failed"]


@pytest.fixture
def issued(employer: Office) -> Office:
    employer.roster(MAIN[:2], BRANCH[:2])
    assert employer.issue().issued == 4
    return employer


@pytest.fixture
def store(sample_agencies: Path, tmp_path: Path) -> TrustStore:
    """A stranger's, who pinned the sample roots of key lists and PDF signatures."""
    store = TrustStore.open(tmp_path / "store", allow_sample=True)
    now = Office(tmp_path).now
    for path in (sample_agencies / "trust" / "root.pem", sample_agencies / "ca.pem"):
        store.add(pins.read(path.read_bytes(), label="样例"), by="", now=now)
    store.update((sample_agencies / "trust" / "samples.key-list").read_bytes(), now)
    return store


def held(store: TrustStore, *, sample: bool = True) -> Held:
    return Held.open(store.folder, allow_sample=sample)


def certificates(office: Office) -> list[Path]:
    found = [path for path in office.out.glob("*/*.pdf") if not path.name.startswith("print")]
    assert len(found) == 4
    return sorted(found)


def publish(office: Office, store: TrustStore) -> None:
    """What `certgen status publish` does, taken into the stranger's store."""
    agency = agency_file.load(office.agency)
    signer = payload_keys.load(office.folder / "keys" / "payload.pem", b"sample")
    with office.register() as register:
        data = statuses.publish(agency, register, signer, now=office.now)
    store.update(data, office.now)


def test_every_sample_in_both_layouts_is_valid_as_file_and_as_picture(
    issued: Office, store: TrustStore
) -> None:
    publish(issued, store)
    trust = held(store)
    for path in certificates(issued):
        report = verify_pdf(path, trust, issued.now, ocr=False)
        assert report.verdict is Verdict.VALID, failed(report)
        passed = {one.check for one in report.evidence if one.outcome == "passed"}
        assert {"pdf/signature", "pdf/signer", "payload/signature", "page/name"} <= passed
    report = verify_photo(rasterised(path.read_bytes()), trust, issued.now, ocr=False)
    assert report.verdict is Verdict.VALID, failed(report)


def test_without_allowing_samples_none_is_valid_and_none_invalid(
    issued: Office, store: TrustStore
) -> None:
    publish(issued, store)
    for path in certificates(issued)[:2]:
        report = verify_pdf(path, held(store, sample=False), issued.now, ocr=False)
        assert report.verdict is Verdict.INDETERMINATE
        assert "sample-key" in {one.reason for one in report.evidence}


def test_a_void_number_is_invalid_by_list_and_by_register(
    issued: Office, store: TrustStore
) -> None:
    path = certificates(issued)[0]
    with issued.register() as register:
        register.void(path.stem, "姓名有误")
    publish(issued, store)
    report = verify_pdf(path, held(store), issued.now, ocr=False)
    assert (report.verdict, failed(report)) == (Verdict.INVALID, ["status/standing void"])
    view = open_view(issued.folder / "register.db")
    try:
        report = verify_pdf(path, None, issued.now, ocr=False, against=Against(register=view))
    finally:
        view.close()
    assert (report.verdict, failed(report)) == (Verdict.INVALID, ["register/entry void"])


def test_a_changed_byte_of_the_page_is_invalid(issued: Office, store: TrustStore) -> None:
    publish(issued, store)
    path = certificates(issued)[0]
    data = path.read_bytes()
    at = data.index(b"/CreationDate") + 18
    altered = data[:at] + (b"1" if data[at : at + 1] != b"1" else b"2") + data[at + 1 :]
    report = verify_pdf(altered, held(store), issued.now, ocr=False)
    assert (report.verdict, failed(report)) == (
        Verdict.INVALID,
        ["pdf/signature changed-after-signing"],
    )
