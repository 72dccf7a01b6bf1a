"""`certverify signatures FOLDER`: accepted and refused with the reason, and sums that add up."""

import json
from pathlib import Path

import pytest
from asn1crypto import pem
from click.testing import CliRunner, Result

from tests.forger import longterm
from tests.forger.families import appended, signers
from tests.forger.genuine import one_seal, stamped, two_seals
from tests.forger.house import AGENCY, BRANCH, the_house
from verify.cli import main


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Genuine files, a forged one, a stranger's, an unsigned one, and something that is no PDF."""
    where = tmp_path_factory.mktemp("received")
    files = {
        "good/one.pdf": one_seal(),
        "good/two.pdf": two_seals(),
        "good/lta.PDF": longterm.b_lta(),
        "bad/forged.pdf": appended.a_table_without_an_end_mark(),
        "bad/stranger.pdf": signers.a_ca_of_the_same_name(),
        "bad/print.pdf": stamped(),
        "bad/noise.pdf": b"\\0 noise",
        "bad/notes.txt": b"not looked at",
    }
    for name, data in files.items():
        (where / name).parent.mkdir(exist_ok=True)
        (where / name).write_bytes(data)
    house = the_house()
    (where / "root.pem").write_bytes(pem.armor("CERTIFICATE", house.ca.der))
    (where / "tsa.der").write_bytes(house.tsa_ca.der)
    (where / "ca.crl").write_bytes(house.ca.crl())
    (where / "tsa.crl").write_bytes(pem.armor("X509 CRL", house.tsa_ca.crl()))
    (where / "empty").mkdir()
    return where


def run(folder: Path, *words: str, lang: str = "en", crls: bool = True) -> Result:
    pinned = ["--root", str(folder / "root.pem"), "--tsa-root", str(folder / "tsa.der")]
    lists = ["--crl", str(folder / "ca.crl"), "--crl", str(folder / "tsa.crl")] if crls else []
    trust = ["--trust", str(folder / "empty")]
    return CliRunner().invoke(main, ["--lang", lang, "signatures", *words, *pinned, *lists, *trust])


def test_a_folder_of_genuine_files_is_accepted(folder: Path) -> None:
    done = run(folder, str(folder / "good"))
    assert done.exit_code == 0, done.output
    assert {f"accepted  {name}" for name in ("lta.PDF", "one.pdf", "two.pdf")} <= set(
        done.stdout.splitlines()
    )
    assert f"B-B  {AGENCY}; {BRANCH}  says " in done.stdout
    assert "proved by a time stamp" in done.stdout
    assert done.stdout.split()[-4:] == ["accepted", "3", "all", "3"]


def test_a_mixed_folder_names_each_and_adds_up(folder: Path) -> None:
    done = run(folder, str(folder), "--json")
    assert done.exit_code == 1
    found = json.loads(done.stdout)
    standings = {one["file"]: one["standing"] for one in found["files"]}
    assert standings == {
        "good/one.pdf": "accepted",
        "good/two.pdf": "accepted",
        "good/lta.PDF": "accepted",
        "bad/forged.pdf": "changed-after-signing",
        "bad/stranger.pdf": "unknown-signer",
        "bad/print.pdf": "unsigned",
        "bad/noise.pdf": "unreadable",
    }
    counts = found["counts"]
    assert counts.pop("files") == sum(counts.values()) == 7
    assert "190000200403010112" not in done.stdout


def test_without_a_revocation_list_nothing_is_plainly_accepted(folder: Path) -> None:
    done = run(folder, str(folder / "good" / "one.pdf"), lang="zh", crls=False)
    assert done.exit_code == 3
    assert "通过，吊销状态未查  one.pdf" in done.stdout


def test_the_reason_is_told_with_its_rule(folder: Path) -> None:
    done = run(folder, str(folder / "bad" / "forged.pdf"), lang="zh")
    assert done.exit_code == 1
    assert "签名后被改动  forged.pdf" in done.stdout
    assert "[bytes/end] 文件末尾不完整，或有多余的字节" in done.stdout


def test_a_folder_without_a_pdf_is_a_mistake(folder: Path) -> None:
    done = run(folder, str(folder / "empty"))
    assert done.exit_code == 2
    assert "there is no PDF file" in done.stderr


def test_a_root_that_is_no_certificate_is_named(folder: Path) -> None:
    done = run(folder, str(folder / "good"), "--root", str(folder / "ca.crl"))
    assert done.exit_code == 2
    assert "ca.crl is no certificate" in done.stderr
