"""The way in: examine a signed certificate in a process of its own, and say what it is."""

import json
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.forger.bombs import bomb
from tests.forger.genuine import (
    another_holder_s,
    one_seal,
    policy,
    stamped,
    two_seals,
    waiting_for_the_branch,
)
from tests.forger.house import AGENCY, BRANCH, MADE, NOW, STRANGER, the_house
from tests.render.builders import CODE
from verify.checks.signature import (
    AgencySigner,
    Examiner,
    Level,
    Limits,
    Policy,
    Revocation,
    SignatureReport,
    Standing,
    examine,
)
from verify.checks.signed_pdf import report as reports


@pytest.fixture(scope="module")
def examiner() -> Iterator[Examiner]:
    with Examiner(policy(), clock=lambda: NOW) as one:
        yield one


def rules(report: SignatureReport) -> set[str]:
    return {reason.rule for reason in report.reasons}


def test_a_genuine_certificate_is_accepted_and_says_who_signed_it(examiner: Examiner) -> None:
    report = examiner.examine(one_seal())
    assert (report.standing, report.reasons) == (Standing.ACCEPTED, ())
    (seal,) = report.seals
    assert (seal.field, seal.organisation, seal.signer) == ("AgencySeal", AGENCY, AGENCY)
    assert (seal.stated, seal.proved, report.level) == (MADE, None, Level.B)
    assert (seal.revocation, seal.revocation_as_of) == (Revocation.GOOD, NOW - timedelta(hours=1))


def test_two_seals_are_accepted_and_both_signers_named(examiner: Examiner) -> None:
    report = examiner.examine(two_seals())
    assert (report.standing, report.reasons) == (Standing.ACCEPTED, ())
    assert [(one.field, one.organisation) for one in report.seals] == [
        ("AgencySeal", AGENCY),
        ("BranchSeal", BRANCH),
    ]


def test_a_certificate_that_waits_for_its_branch_is_not_signed_yet(examiner: Examiner) -> None:
    report = examiner.examine(waiting_for_the_branch())
    assert (report.standing, rules(report)) == (Standing.UNSIGNED, {"fields/awaiting"})


def test_the_page_is_read_as_its_holder_reads_it(examiner: Examiner) -> None:
    page = examiner.examine(one_seal()).page
    assert page is not None
    assert (page.code, page.author, page.pages) == (CODE, AGENCY, 1)
    assert page.title == f"职业技能等级证书 {CODE}"
    assert {"丁一", "车工", "数控车床"} <= {
        word for word in ("丁一", "车工", "数控车床") if word in page.text
    }
    assert page.photo_sha256 is not None


def test_the_same_photo_has_the_same_digest_whoever_holds_it(examiner: Examiner) -> None:
    other = examiner.examine(another_holder_s())
    own = examiner.examine(one_seal())
    assert own.page is not None
    assert other.page is not None
    assert own.page.photo_sha256 == other.page.photo_sha256
    assert own.page.text != other.page.text


def test_without_a_pinned_root_the_signer_is_unknown(examiner: Examiner) -> None:
    report = examiner.examine(one_seal(), policy=Policy())
    assert report.standing is Standing.UNKNOWN_SIGNER
    assert "signer/no-root" in rules(report)


def test_without_a_list_revocation_was_not_checked_and_says_so(examiner: Examiner) -> None:
    report = examiner.examine(one_seal(), policy=policy(crls=()))
    assert report.accepted
    assert report.revocation is Revocation.NOT_CHECKED


def test_a_stale_list_checks_nothing(examiner: Examiner) -> None:
    stale = the_house().ca.crl(made=NOW - timedelta(days=60))
    assert (
        examiner.examine(one_seal(), policy=policy(crls=(stale,))).revocation
        is Revocation.NOT_CHECKED
    )


def test_a_revoked_signer_is_refused(examiner: Examiner) -> None:
    house = the_house()
    report = examiner.examine(one_seal(), policy=policy(crls=(house.ca.crl(house.agency),)))
    assert "signer/revoked" in rules(report)
    assert (report.standing, report.revocation) == (Standing.UNKNOWN_SIGNER, Revocation.REVOKED)


@pytest.mark.parametrize(
    ("prints", "prefix", "broken"),
    [
        pytest.param("certificate", CODE[:13], set(), id="its certificate, for its codes"),
        pytest.param("key", CODE[:7], set(), id="its key, for its codes"),
        pytest.param("certificate", "Y000099", {"binding/agency"}, id="for other codes"),
        pytest.param("another", CODE[:13], {"binding/agency"}, id="another's certificate"),
    ],
)
def test_the_key_list_binds_signer_and_codes(
    examiner: Examiner, prints: str, prefix: str, broken: set[str]
) -> None:
    (seal,) = examiner.examine(one_seal(), policy=policy()).seals
    known = {"certificate": seal.certificate_sha256, "key": seal.key_sha256, "another": "00" * 32}
    signer = AgencySigner(AGENCY, frozenset({known[prints]}), (prefix,))
    assert rules(examiner.examine(one_seal(), policy=policy(signers=(signer,)))) == broken


def test_another_agency_under_the_same_root_is_not_ours(examiner: Examiner) -> None:
    key = the_house().ca.certify(STRANGER, the_house().agency.private)
    report = examiner.examine(stamped(key))
    assert (report.standing, rules(report)) == (Standing.NOT_OURS, {"binding/agency"})


def test_an_unsigned_certificate_is_unsigned(examiner: Examiner) -> None:
    report = examiner.examine(stamped())
    assert (report.standing, rules(report)) == (Standing.UNSIGNED, {"signature/none"})


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        pytest.param(b"", "bytes/start", id="nothing"),
        pytest.param(b"%PDF-1.7\n%%EOF", "read/damaged", id="hardly anything"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(999), "bytes/start", id="a picture"),
    ],
)
def test_what_is_no_pdf_is_unreadable(examiner: Examiner, data: bytes, rule: str) -> None:
    report = examiner.examine(data)
    assert report.standing is Standing.UNREADABLE
    assert rule in rules(report)


def test_a_file_that_is_not_there_is_unreadable(examiner: Examiner, tmp_path: Path) -> None:
    report = examiner.examine(tmp_path / "none.pdf")
    assert (report.standing, rules(report)) == (Standing.UNREADABLE, {"read/file"})


def test_a_file_above_the_limit_is_not_even_read() -> None:
    report = examine(bytes(1_048_577), Policy(), limits=Limits(size_mb=1))
    assert (report.standing, rules(report)) == (Standing.UNREADABLE, {"read/size"})


def test_a_file_that_takes_too_long_is_stopped_and_the_next_is_examined() -> None:
    with Examiner(policy(), clock=lambda: NOW) as examiner:
        assert examiner.examine(one_seal()).accepted
        hurried = replace(Limits(), seconds=0.0001)
        examiner._limits = hurried
        began = time.monotonic()
        assert rules(examiner.examine(one_seal())) == {"read/time"}
        assert time.monotonic() - began < 5
        examiner._limits = Limits()
        assert examiner.examine(one_seal()).accepted


def test_a_small_file_that_unpacks_to_a_large_one_is_not_unpacked(examiner: Examiner) -> None:
    report = examiner.examine(bomb(200 << 20))
    assert (report.standing, "read/size" in rules(report)) == (Standing.UNREADABLE, True)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems limit memory in other ways")
def test_a_file_that_takes_too_much_memory_is_refused() -> None:
    report = examine(bomb(60 << 20), policy(), limits=Limits(memory_mb=60), now=NOW)
    assert report.standing is Standing.UNREADABLE
    assert rules(report) & {"read/broke", "read/stopped", "read/text"}


def test_an_examiner_that_is_killed_refuses_and_is_replaced() -> None:
    with Examiner(policy(), clock=lambda: NOW) as examiner:
        assert examiner.examine(one_seal()).accepted
        assert examiner._process is not None
        os.kill(examiner._process.pid, 9)
        assert rules(examiner.examine(one_seal())) == {"read/stopped"}
        assert examiner.examine(one_seal()).accepted


def test_a_report_travels_as_json_and_leaves_the_holder_out_where_told(examiner: Examiner) -> None:
    report = examiner.examine(one_seal())
    assert reports.from_json(json.loads(json.dumps(reports.to_json(report, text=True)))) == report
    public = json.dumps(reports.to_json(report, text=False), ensure_ascii=False)
    assert "190000200403010112" not in public
    assert "190000200403010112" not in repr(report)
