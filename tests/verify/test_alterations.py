# ruff: noqa: E501 - a table is read by rows
"""What becomes of a certificate when something about it is altered: the verdict, and the check that says why.

Every row is one thing that somebody could do, or that could have happened, to one lawful certificate.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest

from certgen.errors import InputError
from certgen.exchange.register_view import Registered, Standing
from certgen.standards.identity_types import IdentityType
from tests.exchange.signing import KEYS
from tests.verify.world import (
    AGENCY,
    CODE,
    FOREIGN_CODE,
    HOST,
    KEY_LIST,
    NOW,
    OTHER_CODE,
    STATUS_LIST,
    Trust,
    a_trust,
    certificate,
    moved,
    photo,
    signed,
)
from verify.evidence import Outcome
from verify.held import KeyUse, PdfFacts, PdfStanding, SignerFacts, Status, StatusFacts
from verify.official import OfficialAnswer
from verify.pipeline import Against, verify_code, verify_pdf, verify_photo
from verify.reasons import Reason
from verify.report import Report
from verify.verdict import Verdict

NEW_SITE = "Y000041018998263000001"
VALID, INVALID, LOOK = Verdict.VALID, Verdict.INVALID, Verdict.INDETERMINATE


class Register:
    """A register that knows one certificate."""

    source = "register.db"

    def __init__(self, **changes: Any) -> None:
        entry = Registered(
            CODE,
            Standing.ISSUED,
            "丁一",
            IdentityType.RESIDENT_CARD,
            "0112",
            "车工",
            "数控车床",
            date(2026, 1, 15),
        )
        self.entry = replace(entry, **changes)

    def find(self, code: str) -> Registered | None:
        return self.entry if code == self.entry.code else None

    def close(self) -> None:
        """Nothing to let go of."""


def status(of: Status, *, old: bool = False) -> Trust:
    source = replace(STATUS_LIST, expired=True) if old else STATUS_LIST
    return replace(a_trust(), status_facts=StatusFacts(of, source))


def listless(*, rolled_back: bool = False) -> Trust:
    facts = StatusFacts(Status.UNKNOWN, None, rolled_back=rolled_back)
    return replace(a_trust(), status_facts=facts)


def pdf_trust(standing: PdfStanding, **changes: Any) -> Trust:
    facts = PdfFacts(
        standing, signers=(AGENCY,), fingerprints=frozenset({"aa"}), level="B-T", **changes
    )
    return replace(
        a_trust(), pdf=facts, signer_facts=SignerFacts(frozenset({"aa"}), AGENCY, KEY_LIST)
    )


def broken_digit() -> str:
    text = signed()
    return text[:-1] + str((int(text[-1]) + 1) % 10)


@dataclass(frozen=True)
class Row:
    what: str
    report: Callable[[], Report]
    verdict: Verdict
    check: str
    reason: Reason | None


def by_photo(*texts: str, trust: Trust | None = None, **against: Any) -> Callable[[], Report]:
    trust = trust or a_trust()
    return lambda: verify_photo(
        photo(*texts), trust, NOW, ocr=False, against=Against(**against), seconds=3
    )


def by_pdf(trust: Trust | None = None, **made: Any) -> Callable[[], Report]:
    return lambda: verify_pdf(certificate(**made), trust or a_trust(), NOW, ocr=False)


def by_code(code: str, **against: Any) -> Callable[[], Report]:
    return lambda: verify_code(code, a_trust(), NOW, against=Against(**against))


def answer(*, found: bool) -> OfficialAnswer:
    return OfficialAnswer(CODE, found, "核验员甲", NOW)


ROWS = (
    # As it should be.
    Row("nothing", by_photo(signed()), VALID, "payload/signature", None),
    Row("nothing, as a PDF", by_pdf(), VALID, "page/compared", None),
    Row("nothing, with the register", by_photo(signed(), register=Register()), VALID, "register/entry", None),
    # The signed content, its key and its lists.
    Row("replayed under another code", by_photo(moved(signed(), OTHER_CODE)), INVALID, "payload/signature", Reason.BAD_SIGNATURE),
    Row("replayed at another level", by_photo(moved(signed(), CODE[:15] + "2" + CODE[16:])), INVALID, "payload/signature", Reason.BAD_SIGNATURE),
    Row("one digit changed", by_photo(broken_digit()), INVALID, "payload/signature", Reason.BAD_SIGNATURE),
    Row("cut short", by_photo(signed()[:-9]), LOOK, "payload/form", Reason.PAYLOAD_MALFORMED),
    Row("another version of the form", by_photo(signed().replace("#1", "#2")), LOOK, "payload/form", Reason.PAYLOAD_MALFORMED),
    Row("signed by nobody known", by_photo(signed(key=KEYS["stranger"])), LOOK, "payload/key", Reason.KEY_UNKNOWN),
    Row("other agency's key", by_photo(signed(key=KEYS["eddsa"])), INVALID, "payload/scope", Reason.KEY_OF_ANOTHER_AGENCY),
    Row("a site that no list names", by_photo(signed(code=NEW_SITE)), LOOK, "payload/scope", Reason.KEY_OUT_OF_SCOPE),
    Row("our key for another agency's code", by_photo(signed(code=FOREIGN_CODE)), INVALID, "payload/scope", Reason.KEY_OF_ANOTHER_AGENCY),
    Row("key not yet or no longer in use", by_photo(signed(), trust=a_trust(valid_then=False)), LOOK, "payload/validity", Reason.KEY_NOT_VALID_THEN),
    Row("key compromised", by_photo(signed(), trust=a_trust(use=KeyUse.COMPROMISED, compromised_since=date(2026, 4, 1))), LOOK, "payload/validity", Reason.KEY_COMPROMISED),
    Row("key list expired", by_photo(signed(), trust=a_trust(source=replace(KEY_LIST, expired=True))), LOOK, "payload/list-age", Reason.LIST_EXPIRED),
    Row("key list rolled back", by_photo(signed(), trust=a_trust(rolled_back=True)), LOOK, "payload/key", Reason.LIST_ROLLED_BACK),
    Row("sample key, not allowed", by_photo(signed(), trust=a_trust(sample=True, spki=b"")), LOOK, "payload/key", Reason.SAMPLE_KEY),
    Row("nothing trusted at all", lambda: verify_photo(photo(signed()), None, NOW, ocr=False), LOOK, "payload/key", Reason.NO_LIST),
    Row("another host", by_photo(signed(host="cert.other.example")), LOOK, "payload/host", Reason.OTHER_HOST),
    Row("a host that imitates the official one", by_photo(signed(host="jndj-osta.org.cn")), LOOK, "page/address", Reason.LOOK_ALIKE_ADDRESS),
    Row("asked for another code", by_photo(signed(), asked=OTHER_CODE), LOOK, "payload/code-asked", Reason.TYPED_DIFFERS),
    Row("issued tomorrow", by_photo(signed(issue_date=NOW.date() + timedelta(days=2))), LOOK, "code/future", Reason.CODE_AGAINST_DATE),
    # The status.
    Row("void", by_photo(signed(), trust=status(Status.VOID)), INVALID, "status/standing", Reason.VOID),
    Row("void, by an old list", by_photo(signed(), trust=status(Status.VOID, old=True)), INVALID, "status/standing", Reason.VOID),
    Row("superseded", by_photo(signed(), trust=status(Status.SUPERSEDED)), INVALID, "status/standing", Reason.SUPERSEDED),
    Row("suspended", by_photo(signed(), trust=status(Status.SUSPENDED)), LOOK, "status/standing", Reason.SUSPENDED),
    Row("status list expired", by_photo(signed(), trust=status(Status.VALID, old=True)), LOOK, "status/list-age", Reason.LIST_EXPIRED),
    Row("status list rolled back", by_photo(signed(), trust=listless(rolled_back=True)), LOOK, "status/standing", Reason.LIST_ROLLED_BACK),
    Row("no status list", by_photo(signed(), trust=listless()), LOOK, "status/standing", Reason.NO_LIST),
    Row("not covered by the list", by_photo(signed(), trust=status(Status.UNKNOWN)), LOOK, "status/standing", Reason.STATUS_UNKNOWN),
    # Unsigned QR codes.
    Row("a plain address", by_photo(f"https://{HOST}/c/{CODE}"), LOOK, "payload/form", Reason.PLAIN_ADDRESS),
    Row("the code alone", by_photo(CODE), LOOK, "payload/form", Reason.NO_PAYLOAD),
    Row("the official address", by_photo("http://jndj.osta.org.cn/"), LOOK, "payload/form", Reason.NO_PAYLOAD),
    Row("a false query address", by_photo(f"https://jndj.osta.org.cn.chaxun.top/c/{CODE}"), LOOK, "page/address", Reason.LOOK_ALIKE_ADDRESS),
    Row("a second QR code beside it", by_photo("https://shop.example/1", signed()), VALID, "payload/signature", None),
    # The page of the PDF against what was signed.
    Row("name altered on the page", by_pdf(name="丁二"), INVALID, "page/name", Reason.CONTRADICTS_SIGNED),
    Row("identity number altered", by_pdf(identity_number="190000200403010139"), INVALID, "page/identity-tail", Reason.CONTRADICTS_SIGNED),
    Row("occupation altered", by_pdf(occupation="钳工"), INVALID, "page/occupation", Reason.CONTRADICTS_SIGNED),
    Row("job altered", by_pdf(job="普通车床"), INVALID, "page/job", Reason.CONTRADICTS_SIGNED),
    Row("job taken away", by_pdf(job=None), INVALID, "page/job", Reason.CONTRADICTS_SIGNED),
    Row("level altered", by_pdf(level=2), INVALID, "page/level", Reason.CONTRADICTS_SIGNED),
    Row("date altered", by_pdf(issue_date=date(2026, 1, 16)), INVALID, "page/issue-date", Reason.CONTRADICTS_SIGNED),
    Row("code altered on the page", by_pdf(code=OTHER_CODE), INVALID, "page/code", Reason.CONTRADICTS_SIGNED),
    Row("QR code of another certificate", by_pdf(qr=signed(code=OTHER_CODE, name="戊二", last_four="0139")), INVALID, "page/name", Reason.CONTRADICTS_SIGNED),
    Row("restricted wording added", by_pdf(agency={"name": "中国云河样例机械制造有限公司"}), LOOK, "page/wording", Reason.RESTRICTED_WORDING),
    # The signature of the PDF.
    Row("PDF signed and whole", by_pdf(trust=pdf_trust(PdfStanding.ACCEPTED)), VALID, "pdf/signer", None),
    Row("PDF changed after signing", by_pdf(trust=pdf_trust(PdfStanding.CHANGED)), INVALID, "pdf/signature", Reason.CHANGED_AFTER_SIGNING),
    Row("PDF signed by a stranger", by_pdf(trust=pdf_trust(PdfStanding.UNKNOWN_SIGNER), qr=f"https://{HOST}/c/{CODE}"), LOOK, "pdf/signature", Reason.SIGNER_UNKNOWN),
    Row("PDF signed by another agency", by_pdf(trust=replace(pdf_trust(PdfStanding.ACCEPTED), signer_facts=SignerFacts(frozenset({"bb"}), AGENCY, KEY_LIST))), LOOK, "pdf/signer", Reason.SIGNER_OF_ANOTHER_AGENCY),
    Row("PDF signer revoked", by_pdf(trust=pdf_trust(PdfStanding.ACCEPTED, revocation="revoked")), LOOK, "pdf/signer", Reason.SIGNER_REVOKED),
    Row("PDF breaks the acceptance rules", by_pdf(trust=pdf_trust(PdfStanding.NOT_OURS)), LOOK, "pdf/signature", Reason.NOT_ACCEPTED),
    # The register.
    Row("register: void", by_photo(signed(), register=Register(standing=Standing.VOID)), INVALID, "register/entry", Reason.VOID),
    Row("register: superseded", by_photo(signed(), register=Register(standing=Standing.SUPERSEDED)), INVALID, "register/entry", Reason.SUPERSEDED),
    Row("register: suspended", by_photo(signed(), register=Register(standing=Standing.SUSPENDED)), LOOK, "register/entry", Reason.SUSPENDED),
    Row("register: reserved, not issued", by_photo(signed(), register=Register(standing=Standing.PENDING)), LOOK, "register/entry", Reason.NOT_IN_REGISTER),
    Row("register: another name", by_photo(signed(), register=Register(name="戊二")), INVALID, "register/facts", Reason.CONTRADICTS_REGISTER),
    Row("register: unknown number", by_photo(signed(), register=Register(code=OTHER_CODE)), LOOK, "register/entry", Reason.NOT_IN_REGISTER),
    # A typed code.
    Row("code typed, nothing to hold it against", by_code(CODE), LOOK, "status/standing", Reason.NO_LIST),
    Row("code typed with a slip", by_code(CODE[:-1]), LOOK, "code/form", Reason.CODE_MALFORMED),
    Row("code with an unknown province", by_code("Y000099018999263000001"), LOOK, "code/province", Reason.CODE_MALFORMED),
    Row("code of a Henan city that is none", by_code("Y000041998999263000001"), LOOK, "code/henan", Reason.LOCAL_RULE),
    Row("code typed, register knows it", by_code(CODE, register=Register()), LOOK, "register/entry", None),
    Row("code typed, register: void", by_code(CODE, register=Register(standing=Standing.VOID)), INVALID, "register/entry", Reason.VOID),
    Row("a person found it on the official page", by_code(CODE, official=answer(found=True)), LOOK, "official/recorded", None),
    Row("a person did not find it there", by_code(CODE, official=answer(found=False)), LOOK, "official/recorded", Reason.OFFICIAL_NOT_FOUND),
    Row("an old qualification number", by_code("1641000003112345"), LOOK, "code/form", Reason.OTHER_DOCUMENT),
)  # fmt: skip


def test_there_are_at_least_forty_alterations() -> None:
    assert len({row.what for row in ROWS}) == len(ROWS) >= 40


@pytest.mark.parametrize("row", ROWS, ids=[row.what for row in ROWS])
def test_it_gets_the_expected_verdict_for_the_expected_reason(row: Row) -> None:
    report = row.report()
    spoke = {(one.check, one.reason) for one in report.evidence}
    assert (row.check, row.reason) in spoke
    assert report.verdict is row.verdict, sorted(spoke, key=str)
    if row.verdict is not VALID and row.reason is not None:
        decided = {one.check for one in report.judgement.because}
        assert row.check in decided
    assert not [one for one in report.evidence if one.outcome == "error"]


def test_a_signature_whose_algorithm_is_not_installed_is_not_checked_and_condemns_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An SM2 payload where the extra is missing."""

    def verify(_signed: object, _key: bytes) -> None:
        raise InputError(zh="未安装", en="not installed")

    monkeypatch.setattr("certgen.exchange.payload.verify", verify)
    report = verify_photo(photo(signed()), a_trust(), NOW)
    assert report.verdict is LOOK
    (evidence,) = [one for one in report.evidence if one.check == "payload/signature"]
    assert evidence.outcome is Outcome.SKIPPED
