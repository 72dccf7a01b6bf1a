"""Makes the benchmark's signing key: P-256, self-signed, worth nothing, in a PKCS#12 file.

Every engine that signs gets this file. It is made anew for every run and never kept.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from bench.data import AGENCY


def make_key(path: Path, passphrase: str) -> None:
    """Write a new P-256 key with its certificate, for its owner's eyes only."""
    key = ec.generate_private_key(ec.SECP256R1())
    secret = serialization.BestAvailableEncryption(passphrase.encode())
    bundle = pkcs12.serialize_key_and_certificates(b"bench", key, _certificate(key), None, secret)
    path.touch(mode=0o600)
    path.write_bytes(bundle)


def _certificate(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, AGENCY),  # else it may not sign for it
            x509.NameAttribute(NameOID.COMMON_NAME, "SAMPLE bench"),
        ]
    )
    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365))
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
