"""A key on a token (PKCS#11): SoftHSM2 stands for the agency's device. The key never leaves it."""

import hashlib
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pkcs11
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from certgen.errors import SigningError
from certgen.sign import keys, token
from certgen.sign.cms import Signer
from certgen.sign.token import TokenKey
from tests.sign.pki import AGENCY, Authority, new_key
from verify.cms import check_cms

LIBRARY = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN = b"2468-sample"
TOKEN = "certgen-test"  # noqa: S105 - a label


@dataclass
class Device:
    """A token with one key of each kind, each with its certificate."""

    root: Authority
    certificates: dict[str, x509.Certificate]

    def open(
        self, label: str, pin: bytes = PIN, others: tuple[x509.Certificate, ...] = ()
    ) -> TokenKey:
        return token.open_token(LIBRARY, TOKEN, label, pin, others)


@pytest.fixture(autouse=True)
def logged_out() -> Iterator[None]:
    yield
    token.close_all()


def tool(*words: str) -> None:
    subprocess.run(["softhsm2-util", *words], check=True, capture_output=True)  # noqa: S603, S607 - of the system


@pytest.fixture(scope="module")
def device(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """One token for the module: a process can load the library once, with one configuration."""
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(
        f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(folder / "softhsm2.conf"))
        tool(
            "--init-token",
            "--free",
            "--label",
            TOKEN,
            "--so-pin",
            "1357-sample",
            "--pin",
            PIN.decode(),
        )
        root = Authority.root("样例根")
        device = Device(root, {})
        for number, kind in enumerate(("P-256", "RSA-3072", "P-384")):
            _import(device, folder, kind, f"{number + 1:02d}")
        yield device


def _import(device: Device, folder: Path, kind: str, number: str) -> None:
    key = new_key(kind)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "key.pem").write_bytes(pem)
    tool(
        "--import", str(folder / "key.pem"), "--token", TOKEN, "--label", kind, "--id", number,
        "--pin", PIN.decode(),
    )  # fmt: skip
    (folder / "key.pem").unlink()
    certificate = device.root.issue(AGENCY, kind, key.public_key())
    device.certificates[kind] = certificate
    if kind == "P-384":  # its certificate lies in a file
        return
    library = pkcs11.lib(str(LIBRARY))
    with library.get_token(token_label=TOKEN).open(user_pin=PIN.decode(), rw=True) as session:
        session.create_object(
            {
                pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE,
                pkcs11.Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
                pkcs11.Attribute.TOKEN: True,
                pkcs11.Attribute.LABEL: kind,
                pkcs11.Attribute.ID: bytes.fromhex(number),
                pkcs11.Attribute.SUBJECT: certificate.subject.public_bytes(),
                pkcs11.Attribute.VALUE: certificate.public_bytes(Encoding.DER),
            }
        )


@pytest.mark.parametrize("kind", ["P-256", "RSA-3072"])
def test_a_token_signs_with_the_certificate_it_holds(device: Device, kind: str) -> None:
    key = device.open(kind)
    assert key.certificate == device.certificates[kind]
    signer = Signer(key)
    digest = hashlib.sha256(b"a file").digest()
    for _ in range(5):
        der = signer.sign(digest)
        assert len(der) <= signer.size
        check_cms(der, digest, signer.certificate_sha256)


def test_a_certificate_may_lie_in_a_file_beside_the_token(device: Device) -> None:
    own = device.certificates["P-384"]
    key = device.open("P-384", others=(device.root.certificate, own))
    assert key.certificate == own
    assert key.chain == (device.root.certificate,)
    assert keys.verifies(own.public_key(), key.sign(b"x"), b"x")


@pytest.mark.parametrize(
    ("call", "why"),
    [
        pytest.param(lambda d: d.open("P-256", b"0000"), "wrong PIN", id="PIN"),
        pytest.param(lambda d: d.open("seal"), "no such key", id="label"),
        pytest.param(
            lambda d: d.open("P-384"), "no certificate of its private key", id="certificate"
        ),
        pytest.param(
            lambda _: token.open_token(LIBRARY, "other", "x", PIN, ()), "no such token", id="token"
        ),
        pytest.param(
            lambda _: token.open_token(Path("/nowhere.so"), TOKEN, "x", PIN, ()),
            "the token failed",
            id="library",
        ),
    ],
)
def test_what_cannot_be_opened_is_a_sentence_without_the_pin(
    device: Device, call: Callable[[Device], object], why: str
) -> None:
    with pytest.raises(SigningError, match=why) as refusal:
        call(device)
    for said in refusal.value.said:
        assert PIN.decode() not in said
        assert "0000" not in said


def test_two_keys_of_one_token_are_open_side_by_side(device: Device) -> None:
    one, other = device.open("P-256"), device.open("RSA-3072")
    for key in (one, other, one):
        assert keys.verifies(key.certificate.public_key(), key.sign(b"x"), b"x")


def test_another_process_may_not_use_an_open_token(
    device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = device.open("P-256")
    monkeypatch.setattr("os.getpid", lambda: 1)
    with pytest.raises(AssertionError):
        key.sign(b"x")
