"""Signed QR codes through the whole batch: signed once, printed, read back, verified by a stranger's store."""

from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from office import BRANCH, MAIN, Office, message

from certgen.api import Step
from certgen.errors import InputError, PayloadError, SigningError
from certgen.exchange import agency_file, payload, status_list
from certgen.exchange.cose import Algorithm
from certgen.issuing import statuses
from certgen.registry.entries import Mark, State
from certgen.sign import payload_keys
from certgen.sign.payload_keys import PayloadKey
from verify.decode.qr import read_qr
from verify.pdf_page import open_pages, picture_of
from verify.trust import pins
from verify.trust.standing import KeyUse, StatusAnswer
from verify.trust.store import TrustStore


@pytest.fixture
def store(sample_agencies: Path, tmp_path: Path) -> TrustStore:
    """A stranger's store that pinned the sample root and has the sample key list."""
    folder = sample_agencies / "trust"
    store = TrustStore.open(tmp_path / "store", allow_sample=True)
    root = pins.read((folder / "root.pem").read_bytes(), label="样例根")
    now = Office(tmp_path).now
    store.add(root, by="", now=now)
    store.update((folder / "samples.key-list").read_bytes(), now)
    return store


def text_on(path: Path) -> str:
    with open_pages(path) as document:
        (text,) = read_qr(picture_of(document, 0, 200))
    return text


def test_what_the_page_says_is_what_a_stranger_verifies(
    employer: Office, store: TrustStore
) -> None:
    employer.roster(MAIN[:2], BRANCH[:1])
    assert employer.issue().issued == 3
    for entry in employer.entries():
        (path,) = employer.out.glob(f"*/{entry.code}.pdf")
        text = text_on(path)
        assert text == entry.qr
        signed = payload.parse(text)
        record = entry.record
        assert signed.host == "cert.yunhe.example"
        assert signed.code == entry.code
        assert signed.claims.name == record.name
        assert signed.claims.last_four == record.identity_number[-4:]
        assert signed.claims.issue_date == record.issue_date
        assert signed.claims.status_index == entry.status_index
        assert record.identity_number not in text
        standing = store.payload_key(
            signed.code, signed.key_id, signed.claims.issue_date, employer.now
        )
        assert (standing.use, standing.agency) == (KeyUse.GOOD, "云河样例机械制造有限公司")
        assert standing.public_key is not None
        payload.verify(signed, standing.public_key)


@pytest.mark.parametrize("step", [Step.QR, Step.PLAN])
def test_a_run_that_was_stopped_signs_the_same(employer: Office, step: Step) -> None:
    employer.roster(MAIN[:2])
    employer.stopped_at(step)
    before = {entry.code: entry.qr for entry in employer.entries() if entry.qr}
    employer.issue()
    after = {entry.code: entry.qr for entry in employer.entries()}
    assert before.items() <= after.items()
    assert all(after.values())


def test_another_key_in_the_middle_leaves_what_was_signed(employer: Office) -> None:
    employer.roster(MAIN[:2])
    employer.stopped_at(Step.PLAN)
    before = {entry.code: entry.qr for entry in employer.entries()}
    old = employer.folder / "keys" / "payload.pem"
    old.unlink()
    payload_keys.public_path(old).unlink(missing_ok=True)
    payload_keys.make(old, b"sample", Algorithm.EDDSA)
    assert employer.issue().issued == 2
    assert {entry.code: entry.qr for entry in employer.entries()} == before


class Broken:
    """A signing service that answers with the signature of something else."""

    def __init__(self, key: PayloadKey) -> None:
        self.algorithm, self.public_key, self._key = key.algorithm, key.public_key, key

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message + b"!")


def opened(office: Office) -> PayloadKey:
    return payload_keys.load(office.folder / "keys" / "payload.pem", b"sample")


def test_a_service_whose_signatures_do_not_verify_stops_the_batch(employer: Office) -> None:
    employer.roster(MAIN[:2])
    broken = Broken(opened(employer))
    error = message(lambda: employer.issue(payload_signer=broken), SigningError)
    assert "does not verify" in error.said.en
    assert [entry.state for entry in employer.entries()] == [State.PENDING] * 2
    assert not any(entry.qr for entry in employer.entries())


def test_without_its_passphrase_nothing_is_made(employer: Office) -> None:
    employer.roster(MAIN[:1])
    message(lambda: employer.issue(payload_passphrase=None), InputError)
    message(lambda: employer.issue(payload_passphrase=lambda _key: b"wrong"), SigningError)
    assert not employer.out.exists() or not list(employer.out.rglob("*.pdf"))


def test_the_status_list_says_what_the_register_says(employer: Office, store: TrustStore) -> None:
    employer.roster(MAIN[:4])
    employer.issue()
    void, suspended, replaced, good = employer.entries()
    with employer.register() as register:
        register.void(void.code, "姓名有误")
        register.mark(suspended.code, Mark.SUSPENDED, "复核中")
        register.mark(replaced.code, Mark.SUPERSEDED, "换发")
        agency = agency_file.load(employer.agency)
        data = statuses.publish(agency, register, opened(employer), now=employer.now)
    store.update(data, employer.now)
    answers = [
        store.status(entry.code, entry.status_index or 0, employer.now).answer
        for entry in (void, suspended, replaced, good)
    ]
    assert answers == [
        StatusAnswer.VOID,
        StatusAnswer.SUSPENDED,
        StatusAnswer.SUPERSEDED,
        StatusAnswer.VALID,
    ]
    assert len(data) < 400
    assert status_list.parse(data).ttl == timedelta(days=31)


def test_the_account_has_the_fingerprint_for_the_hand_over_papers(employer: Office) -> None:
    employer.roster(MAIN[:1])
    fingerprint = sha256(opened(employer).public_key).hexdigest()
    assert employer.issue().qr_fingerprint == fingerprint


def test_a_row_that_no_qr_code_can_carry_is_refused_before_it_has_a_number(
    employer: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    employer.roster(MAIN[:2])

    def check(_host: str, _code: str, claims: payload.Claims) -> None:
        if claims.name == MAIN[0].name:
            raise PayloadError(zh="放不进二维码", en="does not fit", reason="too-long")

    monkeypatch.setattr(payload, "check", check)
    account = employer.issue()
    assert (account.issued, account.refused) == (1, 1)
    assert [finding.code for finding in account.findings if finding.refuses] == ["qr/claims"]
    assert len(employer.entries()) == 1


def test_the_key_stays_in_the_process(employer: Office) -> None:
    assert isinstance(opened(employer).private, EllipticCurvePrivateKey)
    assert "private" not in repr(opened(employer))
