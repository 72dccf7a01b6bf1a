"""`certverify trust`, as its user meets it."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from certgen.exchange.fingerprints import grouped
from tests.exchange.lists import AGENCY, ROOT, a_key, a_key_list, a_status_list, an_agency
from tests.trust.builders import certificate, pem, private_pem
from verify.cli import main
from verify.trust import pins
from verify.trust.store import TrustStore

PRINT = sha256(ROOT.spki).hexdigest()
NOW = datetime.now(UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "trust"


def trust(folder: Path, *words: str | Path) -> Result:
    command = ["--lang", "en", "trust", str(words[0]), "--trust", str(folder), *map(str, words[1:])]
    return CliRunner().invoke(main, command)


def file(folder: Path, data: bytes, name: str = "file") -> Path:
    path = folder.parent / name
    path.write_bytes(data)
    return path


def test_a_root_is_pinned_by_the_published_fingerprint_and_listed(folder: Path) -> None:
    result = trust(
        folder, "add", file(folder, pem(ROOT)), "--label", "Centre", "--fingerprint", grouped(PRINT)
    )
    assert result.exit_code == 0
    assert grouped(PRINT)[:39] in result.stderr
    listed = trust(folder, "list")
    assert listed.exit_code == 0
    assert "Centre" in listed.stdout
    assert grouped(PRINT)[:19] in listed.stdout


@pytest.mark.parametrize(
    "published", [PRINT.upper(), ":".join(PRINT[at : at + 2] for at in range(0, 64, 2))]
)
def test_a_fingerprint_may_be_written_in_any_usual_way(folder: Path, published: str) -> None:
    words = ("add", file(folder, pem(ROOT)), "--label", "Centre", "--fingerprint", published)
    assert trust(folder, *words).exit_code == 0


@pytest.mark.parametrize(
    ("published", "why"),
    [("0" * 64, "another file"), (PRINT[:16], "64 hexadecimal"), (None, "--fingerprint")],
)
def test_nothing_is_pinned_without_the_right_fingerprint(
    folder: Path, published: str | None, why: str
) -> None:
    given = ("--fingerprint", published) if published else ()
    result = trust(folder, "add", file(folder, pem(ROOT)), "--label", "Centre", *given)
    assert (result.exit_code, TrustStore.open(folder).pins) == (2, ())
    assert why in result.stderr


@pytest.mark.parametrize(
    ("data", "why"),
    {
        "a private key": (private_pem(ROOT), "private key"),
        "a key list of a root": (a_key_list(), "pin its root first"),
        "two certificates": (certificate() * 2, "more than one certificate"),
        "something else": (b"hello", "expected a public key"),
        "a broken key": (pem(ROOT).replace(b"MF", b"MX"), "cannot be read"),
    }.values(),
)
def test_what_cannot_be_pinned_says_why(folder: Path, data: bytes, why: str) -> None:
    result = trust(folder, "add", file(folder, data), "--label", "x", "--fingerprint", PRINT)
    assert result.exit_code == 2
    assert why in result.stderr


def test_a_certificate_is_a_root_of_signatures_or_of_timestamps(folder: Path) -> None:
    for kind, data in (("pdf-root", certificate("A")), ("tsa-root", certificate("B"))):
        fingerprint = pins.read(data).fingerprint
        result = trust(
            folder, "add", file(folder, data), "--as", kind, "--fingerprint", fingerprint
        )
        assert result.exit_code == 0
    store = TrustStore.open(folder)
    assert (len(store.pdf_roots()), len(store.tsa_roots())) == (1, 1)


def test_an_agency_introduces_its_own_key(folder: Path) -> None:
    data = a_key_list(an_agency(a_key(AGENCY)), signer=AGENCY, issued=NOW)
    fingerprint = sha256(AGENCY.spki).hexdigest()
    result = trust(folder, "add", file(folder, data), "--fingerprint", fingerprint)
    assert result.exit_code == 0
    assert "S000041019999" in result.stderr
    assert len(TrustStore.open(folder).sources) == 1


def test_lists_are_taken_in_and_older_ones_refused(folder: Path) -> None:
    trust(folder, "add", file(folder, pem(ROOT)), "--label", "Centre", "--fingerprint", PRINT)
    new = file(folder, a_key_list(number=8, issued=NOW), "new")
    old = file(folder, a_key_list(number=7, issued=NOW), "old")
    status = file(folder, a_status_list(issued=NOW - timedelta(hours=1)), "status")
    assert trust(folder, "update", new, status).exit_code in {0, 1}
    refused = trust(folder, "update", old)
    assert refused.exit_code == 1
    assert "older than one seen" in refused.stdout.replace("\n", " ")


def test_a_file_that_is_no_list_is_named(folder: Path) -> None:
    result = trust(folder, "update", file(folder, b"junk", "junk.bin"))
    assert result.exit_code == 2
    assert "junk.bin" in result.stderr.replace("\n", "")


def test_an_empty_store_says_what_that_means(folder: Path) -> None:
    result = trust(folder, "list")
    assert result.exit_code == 3
    assert "unknown key" in result.stderr


def test_a_pin_is_removed_by_its_fingerprint(folder: Path) -> None:
    trust(folder, "add", file(folder, pem(ROOT)), "--label", "Centre", "--fingerprint", PRINT)
    assert trust(folder, "remove", PRINT).exit_code == 0
    assert TrustStore.open(folder).pins == ()
