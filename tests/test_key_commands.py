"""`certgen keys` and `certgen status`: the ceremony from docs/trust.md, as the people who keep keys do it."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from certgen.cli import main
from certgen.errors import SigningError
from certgen.exchange import key_list
from certgen.exchange.cose import Algorithm
from certgen.exchange.key_list import KeyList, KeyStatus
from certgen.sign import payload_keys
from tests.trust.builders import certificate

SECRET: Mapping[str, str] = {"SECRET": "correct horse"}
AGENCY = """\
format = 1
[agency]
name = "{name}"
english_name = "School"
category = "S"
[[sites]]
id = "main"
prefix = "{prefix}"
filed_from = 2026-01-01
filed_until = 2028-12-31
[qr]
profile = "signed"
host = "cert.example.cn"
key = "payload.pem"
passphrase_env = "SECRET"
"""
YEAR = ("--from", "2026-01-01", "--until", "2026-12-31")


def certgen(*words: str | Path, lang: str = "en") -> Result:
    return CliRunner().invoke(main, ["--lang", lang, *map(str, words)], env=SECRET)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    path = tmp_path / "root.pem"
    assert certgen("keys", "make", path, "--pass-env", "SECRET").exit_code == 0
    return path


def an_agency(folder: Path, name: str = "青木学校", prefix: str = "S000041019999") -> Path:
    """An agency's folder with its key; the path of its introduction."""
    folder.mkdir()
    (folder / "agency.toml").write_text(AGENCY.format(name=name, prefix=prefix), "utf-8")
    certgen("keys", "make", folder / "payload.pem", "--pass-env", "SECRET")
    made = folder / "introduction.key-list"
    result = certgen("keys", "introduce", "-a", folder / "agency.toml", *YEAR, "-o", made)
    assert result.exit_code == 0, result.output
    return made


def publish(root: Path, number: int, *words: str | Path) -> tuple[Result, Path]:
    path = root.with_name(f"{number}.key-list")
    return certgen("keys", "publish", root, *words, "-o", path, "--pass-env", "SECRET"), path


def listed(path: Path) -> KeyList:
    return key_list.parse(path.read_bytes())


def test_a_key_is_made_for_its_owner_alone_and_its_fingerprint_is_openssls(root: Path) -> None:
    assert root.stat().st_mode & 0o777 == 0o600
    assert b"BEGIN ENCRYPTED PRIVATE KEY" in root.read_bytes()
    public = root.with_name("root.pub.pem")
    shown = "".join(certgen("keys", "fingerprint", public).stdout.split("SHA-256")[1].split())
    assert shown == payload_keys.load(root, b"correct horse").fingerprint


def test_a_key_is_never_overwritten(root: Path) -> None:
    before = root.read_bytes()
    result = certgen("keys", "make", root, "--pass-env", "SECRET")
    assert (result.exit_code, root.read_bytes()) == (2, before)
    assert "not overwritten" in result.stderr


def test_a_folder_lists_its_public_keys(root: Path) -> None:
    assert "root.pub.pem" in certgen("keys", "list", root.parent).stdout


def test_a_root_takes_agencies_in_one_after_another(root: Path, tmp_path: Path) -> None:
    first = an_agency(tmp_path / "one")
    second = an_agency(tmp_path / "two", "邻县中心", "S000041019997")
    result, one = publish(root, 1, "--add", first)
    assert result.exit_code == 0, result.output
    assert "青木学校" in result.stdout
    _, two = publish(root, 2, "--previous", one, "--add", second)
    assert [agency.name for agency in listed(two).agencies] == ["青木学校", "邻县中心"]
    assert listed(two).number > listed(one).number
    key_list.verify(listed(two), payload_keys.load(root, b"correct horse").public_key)


def test_a_prefix_cannot_be_taken_by_another_agency(root: Path, tmp_path: Path) -> None:
    _, one = publish(root, 1, "--add", an_agency(tmp_path / "one"))
    thief = an_agency(tmp_path / "two", "冒名学校")
    result, two = publish(root, 2, "--previous", one, "--add", thief)
    assert (result.exit_code, two.exists()) == (2, False)
    assert "belongs to '青木学校'" in result.stderr


def test_a_key_is_rotated_and_the_old_one_stays(root: Path, tmp_path: Path) -> None:
    _, one = publish(root, 1, "--add", an_agency(tmp_path / "one"))
    new, made = tmp_path / "one" / "2027.pem", tmp_path / "one" / "2027.key-list"
    certgen("keys", "make", new, "--pass-env", "SECRET", "--algorithm", "eddsa")
    words = ("--from", "2026-12-01", "--until", "2027-12-31", "--key", new, "-o", made)
    agency = tmp_path / "one" / "agency.toml"
    assert certgen("keys", "introduce", "-a", agency, *words, "--pass-env", "SECRET").exit_code == 0
    old = listed(one).agencies[0].keys[0].fingerprint
    changes = ("--add", made, "--retire", old, "--since", "2026-12-31")
    _, two = publish(root, 2, "--previous", one, *changes)
    keys = listed(two).agencies[0].keys
    assert [key.status for key in keys] == [KeyStatus.RETIRED, KeyStatus.ACTIVE]
    assert [key.algorithm for key in keys] == [Algorithm.ES256, Algorithm.EDDSA]


def test_a_compromised_key_stays_compromised(root: Path, tmp_path: Path) -> None:
    introduction = an_agency(tmp_path / "one")
    _, one = publish(root, 1, "--add", introduction)
    key = listed(one).agencies[0].keys[0].fingerprint
    _, two = publish(root, 2, "--previous", one, "--compromised", key, "--since", "2026-03-01")
    result, _ = publish(root, 3, "--previous", two, "--retire", key)
    assert result.exit_code == 2
    _, four = publish(root, 4, "--previous", two, "--add", introduction)
    assert listed(four).agencies[0].keys[0].status is KeyStatus.COMPROMISED


def test_only_the_same_root_continues_a_list(root: Path, tmp_path: Path) -> None:
    _, one = publish(root, 1, "--add", an_agency(tmp_path / "one"))
    other = tmp_path / "other.pem"
    certgen("keys", "make", other, "--pass-env", "SECRET")
    result, _ = publish(other, 2, "--previous", one)
    assert result.exit_code == 2
    assert "did not sign the previous list" in result.stderr


def test_pdf_certificates_are_bound_to_the_agency(tmp_path: Path) -> None:
    an_agency(tmp_path / "one")
    pem = tmp_path / "pdf.pem"
    pem.write_bytes(certificate())
    made = tmp_path / "made.key-list"
    agency = tmp_path / "one" / "agency.toml"
    certgen("keys", "introduce", "-a", agency, *YEAR, "--pdf-certificate", pem, "-o", made)
    assert len(listed(made).agencies[0].pdf_signers) == 1


def test_what_a_list_says_can_be_read(root: Path, tmp_path: Path) -> None:
    _, one = publish(root, 1, "--add", an_agency(tmp_path / "one"))
    for lang, word in (("en", "active"), ("zh", "使用中")):
        shown = certgen("keys", "show", one, lang=lang).stdout
        assert word in shown
        assert "S000041019999" in shown


def test_without_a_register_there_is_no_status(tmp_path: Path) -> None:
    an_agency(tmp_path / "one")
    agency = tmp_path / "one" / "agency.toml"
    result = certgen("status", "publish", "-a", agency, "-o", tmp_path / "made")
    assert (result.exit_code, (tmp_path / "made").exists()) == (2, False)


def test_a_wrong_passphrase_and_a_readable_key_file_are_refused(root: Path) -> None:
    with pytest.raises(SigningError, match="wrong passphrase"):
        payload_keys.load(root, b"wrong")
    root.chmod(0o644)
    with pytest.raises(SigningError, match="open to other users"):
        payload_keys.load(root, b"correct horse")


@pytest.mark.parametrize("passphrase", [b"", b"x"])
def test_only_an_encrypted_key_of_a_known_kind_is_opened(tmp_path: Path, passphrase: bytes) -> None:
    path = tmp_path / "rsa.pem"
    private = rsa.generate_private_key(65537, 2048)
    how = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    path.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, how))
    path.chmod(0o600)
    with pytest.raises(SigningError):
        payload_keys.load(path, passphrase)


def test_no_key_is_made_without_a_passphrase(tmp_path: Path) -> None:
    with pytest.raises(SigningError, match="empty"):
        payload_keys.make(tmp_path / "key.pem", b"", Algorithm.ES256)
    assert not list(tmp_path.iterdir())
