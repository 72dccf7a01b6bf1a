"""Levels B-T, B-LT and B-LTA with a real time-stamp authority and OCSP responder (OpenSSL over HTTP on loopback)."""

import hashlib
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from office import BRANCH, MAIN, Office, codes, passphrase

from certgen import api
from certgen.errors import SigningError, TimestampError
from certgen.sign import http
from certgen.sign.cms import Signer
from certgen.sign.timestamps import StampedSigner, Timestamper
from tests.render.builders import a_key, pdfbox_codes, run
from tests.sign.pki import (
    AGENCY,
    Authority,
    Services,
    new_key,
    now,
    serving,
    write_p12,
)
from tests.sign.pki import BRANCH as BRANCH_NAME
from verify.cms import check_cms
from verify.fault import Fault
from verify.pades import check_pades

INVISIBLE = {"5.3.1"}
"""PDFBox, part 1: an annotation without appearance. ISO 19005-2 6.3.3 exempts one whose rectangle has no size."""

DIGEST = hashlib.sha256(b"covered bytes").digest()


@dataclass
class Desk:
    """云河 with keys of a full certificate authority, and its services."""

    office: Office
    services: Services
    root: Authority

    def issue(self) -> Any:
        return self.office.issue()


@pytest.fixture
def desk(employer: Office, tmp_path: Path) -> Iterator[Desk]:
    root, stamps = Authority.root("样例根"), Authority.root("样例 TSA 根")
    sub = root.below("样例中级")
    keys = employer.folder / "keys"
    serials = []
    for file, owner in (("agency.p12", AGENCY), ("zezhou.p12", BRANCH_NAME)):
        private = new_key()
        own = sub.issue(owner, "样例", private.public_key())
        write_p12(keys / file, private, own, [sub.certificate])
        serials.append(own.serial_number)
    (keys / "roots.pem").write_bytes(root.pem)
    (keys / "tsa.pem").write_bytes(stamps.pem)
    (keys / "crl").mkdir()
    (keys / "crl" / "root.crl").write_bytes(root.crl())
    (keys / "crl" / "tsa.crl").write_bytes(stamps.crl())
    employer.now = now()
    (tmp_path / "srv").mkdir()
    with serving(tmp_path / "srv", sub, stamps) as services:
        services.known = serials
        yield Desk(employer, services, root)


def at_level(desk: Desk, level: str) -> None:
    desk.office.change_settings(
        "[key]\n",
        f'[key]\nlevel = "{level}"\nroot = "keys/roots.pem"\ncrl = "keys/crl"\n'
        f'ocsp_url = "{desk.services.ocsp}"\ntimestamp_url = "{desk.services.tsa}"\n'
        'timestamp_root = "keys/tsa.pem"\n',
    )


@pytest.mark.parametrize(("level", "revisions"), [("B-T", 2), ("B-LT", 3), ("B-LTA", 4)])
def test_every_level_is_issued_checked_and_read_by_everybody(
    desk: Desk, level: str, revisions: int
) -> None:
    """The self-check reads all of it back, pyHanko included: a file it dislikes would be held."""
    at_level(desk, level)
    desk.office.roster((), BRANCH[:1])
    account = desk.issue()
    assert (account.issued, account.held, codes(account.findings)) == (1, 0, [])
    (path,) = desk.office.out.glob("*/Y*.pdf")
    data = path.read_bytes()
    assert data.count(b"startxref") == data.count(b"%%EOF") == revisions
    done = run(["qpdf", "--check", path])
    assert (done.returncode, done.stderr) == (0, "")
    done = run(["mutool", "draw", "-r", "30", "-F", "png", "-o", "/dev/null", path, "1"])
    assert done.returncode == 0
    assert not re.search("^error", done.stderr, re.MULTILINE)
    assert run(["pdftotext", path, "-"]).stderr == ""
    assert run(["pdfsig", "-nocert", path]).stdout.count("Signature is Valid") == 2
    assert pdfbox_codes(path) == (INVISIBLE if level == "B-LTA" else set())
    with pikepdf.open(path) as file:
        assert ("/DSS" in file.Root) == (level in {"B-LT", "B-LTA"})
        names = [str(field.T) for field in file.Root.AcroForm.Fields]
        assert ("Timestamp1" in names) == (level == "B-LTA")
        if level != "B-T":
            assert len(file.Root.DSS.CRLs) == 2
            assert len(file.Root.DSS.OCSPs) == 2
            assert len(file.Root.DSS.Certs) >= 6


def test_a_branch_that_signs_elsewhere_brings_the_file_to_its_level(
    desk: Desk, tmp_path: Path
) -> None:
    at_level(desk, "B-LTA")
    shutil.copytree(desk.office.folder, tmp_path / "branch")
    here = 'pkcs12 = "keys/zezhou.p12"\npassphrase_env = "CERTGEN_PASSPHRASE"\n'
    desk.office.change_settings(
        f"[key.branches.zezhou]\n{here}", "[key.branches.zezhou]\nelsewhere = true\n"
    )
    desk.office.roster((), BRANCH[:1])
    account = desk.issue()
    assert (account.issued, account.awaiting) == (1, {"zezhou": 1})
    signed = api.sign_as(
        tmp_path / "branch" / "agency.toml", "zezhou", account.folder, passphrase, clock=now
    )
    assert (signed.signed, signed.findings) == (1, [])
    (path,) = account.folder.glob("Y*.pdf")
    check_pades(path.read_bytes(), 2, stamped=True, archived=True)
    assert pdfbox_codes(path) == INVISIBLE


@pytest.fixture
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http.post, "__kwdefaults__", {"waits": (0, 0), "sleep": lambda _: None})


@pytest.mark.usefixtures("no_waiting")
def test_an_authority_that_goes_down_holds_its_rows_and_the_next_run_finishes_them(
    desk: Desk,
) -> None:
    at_level(desk, "B-T")
    desk.office.roster(MAIN[:6])
    stamps = 0

    def refuse(path: str) -> bool:
        nonlocal stamps
        stamps += path == "/tsa"
        return stamps > 3  # one at opening, two rows

    desk.services.refuse = refuse
    account = desk.issue()
    assert (account.rows, account.issued, account.held, account.refused) == (6, 2, 4, 4)
    assert codes(account.findings) == ["sign/timestamp"] * 4
    assert stamps == 3 + 3 * 3  # three rows were tried three times, the fourth not at all
    numbers = desk.office.numbers()
    desk.services.refuse = lambda _path: False
    again = desk.issue()
    assert (again.issued, again.already, again.refused) == (4, 2, 0)
    assert desk.office.numbers() == numbers


def stamper(desk: Desk, roots: Path | None = None) -> Timestamper:
    return Timestamper(desk.services.tsa, roots or desk.office.folder / "keys" / "tsa.pem")


def flipped(data: bytes) -> bytes:
    return data[:-1] + bytes([data[-1] ^ 1])


@pytest.mark.parametrize(
    ("garble", "why"),
    [
        pytest.param(flipped, "does not verify", id="another signature"),
        pytest.param(lambda data: data[:200], "does not verify", id="cut off"),
        pytest.param(lambda _: b"<html>proxy</html>", "does not verify", id="a web page"),
        pytest.param(lambda _: b"", "does not verify", id="nothing"),
        pytest.param(lambda _: bytes.fromhex("30053003020102"), "refused", id="a refusal"),
    ],
)
def test_an_answer_that_is_no_stamp_is_refused(
    desk: Desk, garble: Callable[[bytes], bytes], why: str
) -> None:
    made = stamper(desk)
    desk.services.garble = garble
    with pytest.raises(TimestampError, match=why):
        made.token(DIGEST)


def test_a_stamp_over_something_else_or_given_before_is_refused(desk: Desk) -> None:
    made = stamper(desk)
    answers: list[bytes] = []
    desk.services.garble = lambda data: answers.append(data) or data  # type: ignore[func-returns-value]
    made.token(DIGEST)
    desk.services.garble = lambda _: answers[0]
    with pytest.raises(TimestampError, match="no stamp over what was asked"):
        made.token(DIGEST)  # the nonce is another


def test_an_authority_under_another_root_is_refused(desk: Desk, tmp_path: Path) -> None:
    other = tmp_path / "other.pem"
    other.write_bytes(Authority.root("别的根").pem)
    with pytest.raises(SigningError, match="does not lead to a root"):
        stamper(desk, other)


def test_a_certificate_for_something_else_makes_no_stamp(desk: Desk) -> None:
    for part in ("key", "pem"):
        shutil.copy(desk.services.folder / f"ocsp.{part}", desk.services.folder / f"tsa.{part}")
    with pytest.raises(SigningError):
        stamper(desk)


def test_the_stamp_in_a_signature_is_over_that_signature(desk: Desk) -> None:
    signer = Signer(a_key("P-256"))
    stamped = StampedSigner(signer, stamper(desk))
    der = stamped.sign(DIGEST)
    assert len(der) <= stamped.size
    check_cms(der, DIGEST, signer.certificate_sha256, stamped=True)
    with pytest.raises(Fault):
        check_cms(der, DIGEST, signer.certificate_sha256)  # none was expected


def test_an_answer_of_the_responder_that_is_gone_stops_before_anything_is_made(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http.post, "__kwdefaults__", {"waits": (0, 0), "sleep": lambda _: None})
    at_level(desk, "B-LT")
    desk.office.roster(MAIN[:1])
    desk.services.refuse = lambda path: path == "/ocsp"
    with pytest.raises(SigningError, match="no usable answer"):
        desk.issue()
    assert not desk.office.out.exists()
