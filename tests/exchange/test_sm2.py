"""SM2 payloads: signed by OpenSSL, verified here; and nothing said where that cannot be done."""

import importlib
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from certgen.errors import InputError, PayloadError, PayloadSignatureError
from certgen.exchange import cose, payload, qr_address, sm2
from certgen.exchange.cose import Algorithm
from tests.exchange.payload_vectors import ORDINARY
from tests.exchange.signing import CODE, HOST, KEYS


class OpenSsl:
    """A signing service: an SM2 key that only OpenSSL's command line touches."""

    algorithm = Algorithm.SM2

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._run(
            "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:SM2", "-out", "key.pem"
        )
        self.public_key = self._run("pkey", "-in", "key.pem", "-pubout", "-outform", "DER")

    def sign(self, message: bytes) -> bytes:
        (self._folder / "message").write_bytes(message)
        words = ("-sign", "-inkey", "key.pem", "-rawin", "-digest", "sm3", "-in", "message")
        der = self._run("pkeyutl", *words, "-pkeyopt", f"distid:{sm2.IDENTIFIER.decode()}")
        return b"".join(number.to_bytes(32) for number in decode_dss_signature(der))

    def _run(self, *words: str) -> bytes:
        command = ["openssl", *words]
        return subprocess.run(command, cwd=self._folder, check=True, capture_output=True).stdout  # noqa: S603


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> OpenSsl:
    return OpenSsl(tmp_path_factory.mktemp("sm2"))


def test_what_openssl_signs_with_sm2_verifies(service: OpenSsl) -> None:
    text = payload.sign(HOST, CODE, ORDINARY, service)
    signed = payload.parse(text)
    assert signed.algorithm is Algorithm.SM2
    payload.verify(signed, service.public_key)
    for other in (text.replace(CODE, CODE[:-1] + "2"),):
        with pytest.raises(PayloadSignatureError):
            payload.verify(payload.parse(other), service.public_key)


@pytest.mark.parametrize("at", [20, 60, -64, -1])
def test_a_changed_byte_does_not_verify(service: OpenSsl, at: int) -> None:
    raw = bytearray(payload.parse(payload.sign(HOST, CODE, ORDINARY, service)).raw)
    raw[at] ^= 1
    try:
        signed = payload.parse(qr_address.write(HOST, CODE, bytes(raw)))
    except PayloadError:
        return
    with pytest.raises(PayloadSignatureError):
        payload.verify(signed, service.public_key)


@pytest.mark.parametrize("signature", [bytes(64), b"\xff" * 64, bytes(63) + b"\1"])
def test_numbers_that_no_signature_has_do_not_verify(service: OpenSsl, signature: bytes) -> None:
    key = sm2.load(service.public_key)
    assert key is not None
    assert not key.verifies(signature, b"message")


def test_an_sm2_key_verifies_no_other_algorithm(service: OpenSsl) -> None:
    signed = payload.parse(payload.sign(HOST, CODE, ORDINARY, KEYS["es256"]))
    with pytest.raises(PayloadSignatureError):
        payload.verify(signed, service.public_key)


def test_a_point_off_the_curve_is_no_key(service: OpenSsl) -> None:
    bad = bytearray(service.public_key)
    bad[-1] ^= 1
    assert sm2.load(bytes(bad)) is None
    with pytest.raises(cose.BrokenError):
        cose.load_public_key(bytes(bad))


def test_without_the_extra_nothing_is_said(
    service: OpenSsl, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = importlib.import_module

    def missing(name: str) -> object:
        if name == "gmalg":
            raise ModuleNotFoundError(name)
        return found(name)

    monkeypatch.setattr(sm2, "import_module", missing)
    signed = payload.parse(payload.sign(HOST, CODE, ORDINARY, service))
    with pytest.raises(InputError, match="nothing can be said"):
        payload.verify(signed, service.public_key)
