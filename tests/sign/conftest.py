"""Keys, certificates and PKCS#12 files for the tests of signing: made on the spot, never kept."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from certgen.sign.keys import Key

CURVES = {"P-256": ec.SECP256R1(), "P-384": ec.SECP384R1(), "P-521": ec.SECP521R1()}
USES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


@cache
def private_key(kind: str, owner: str = "agency") -> Any:  # noqa: ARG001 - one key each owner
    """A key of `kind`: 'P-256', 'RSA-2048', 'Ed25519'. Made once a run: RSA is slow to make."""
    if kind in CURVES:
        return ec.generate_private_key(CURVES[kind])
    if kind == "Ed25519":
        return ed25519.Ed25519PrivateKey.generate()
    return rsa.generate_private_key(65537, int(kind.removeprefix("RSA-")))


def name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "SAMPLE / 样例 (NOT VALID)"),
            x509.NameAttribute(x509.NameOID.COMMON_NAME, common_name),
        ]
    )


@cache
def authority() -> x509.Certificate:
    """The sample CA."""
    key = private_key("P-256", "ca")
    start, end = datetime(2025, 1, 1, tzinfo=UTC), datetime(2035, 1, 1, tzinfo=UTC)
    ca = name("样例 CA")
    return (
        x509.CertificateBuilder(ca, ca, key.public_key(), 1, start, end)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )


def certificate(
    kind: str,
    start: datetime = datetime(2026, 1, 1, tzinfo=UTC),
    end: datetime = datetime(2027, 1, 1, tzinfo=UTC),
    usage: Sequence[str] | None = ("digital_signature", "content_commitment"),
) -> x509.Certificate:
    """The agency's certificate, issued by the sample CA; without keyUsage if `usage` is None."""
    public = private_key(kind).public_key()
    builder = x509.CertificateBuilder(
        authority().subject, name("样例机构"), public, 4711, start, end
    )
    if usage is not None:
        uses = x509.KeyUsage(**{use: use in usage for use in USES})
        builder = builder.add_extension(uses, critical=True)
    return builder.sign(private_key("P-256", "ca"), hashes.SHA256())


@pytest.fixture
def make_key() -> Callable[[str], Key]:
    """A key of a kind, as `load_pkcs12` would give it."""
    return lambda kind: Key(private_key(kind), certificate(kind), (authority(),))


@pytest.fixture
def make_p12(tmp_path: Path) -> Callable[..., Path]:
    """A key file, mode 0600, with the certificate asked for and the CA's."""

    def make(
        passphrase: bytes, kind: str = "P-256", *, stranger: bool = False, **certificate_parts: Any
    ) -> Path:
        others = (certificate("P-384"), authority()) if stranger else (authority(),)
        data = pkcs12.serialize_key_and_certificates(
            b"agency",
            private_key(kind),
            certificate(kind, **certificate_parts),
            others,
            BestAvailableEncryption(passphrase),
        )
        path = tmp_path / "agency.p12"
        path.write_bytes(data)
        path.chmod(0o600)
        return path

    return make


@pytest.fixture
def strange_p12(tmp_path: Path) -> Callable[..., Path]:
    """A key file that is no key file: without its key, or with another's certificate."""

    def make(passphrase: bytes, *, with_key: bool) -> Path:
        data = pkcs12.serialize_key_and_certificates(
            b"agency",
            private_key("P-256") if with_key else None,
            None,
            (authority(),),
            BestAvailableEncryption(passphrase),
        )
        path = tmp_path / "agency.p12"
        path.write_bytes(data)
        path.chmod(0o600)
        return path

    return make
