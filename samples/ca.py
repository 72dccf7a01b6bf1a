"""A sample certificate authority (样例 CA) and signing keys for sample agencies and branches: NOT VALID.

Keys are new on every making and never committed. The root's own key is forgotten as soon as it has
signed. Every certificate bears the marks by which issuer and verifier tell a sample.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from datetime import date as Day  # noqa: N812 -- `date` and `datetime` side by side read badly

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from certgen.exchange.sample_marks import SAMPLE_NOTE, SAMPLE_OID, SAMPLE_ORGANISATION

_LIFE = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Made:
    """The root's certificate and one PKCS#12 file for each name of a file."""

    root_pem: bytes
    pkcs12: Mapping[str, bytes]


def make(signers: Mapping[str, str], passphrase: str, today: Day) -> Made:
    """A new root and, for each file -> name of an agency or branch, a P-256 key in PKCS#12 with its chain."""
    start = datetime.combine(today, time(), UTC)
    root_key = ec.generate_private_key(ec.SECP256R1())
    name = _root_name()
    root = _certificate(name, name, root_key, root_key, start)
    files = {}
    for file, owner in signers.items():
        key = ec.generate_private_key(ec.SECP256R1())
        leaf = _certificate(_leaf_name(owner), name, key, root_key, start)
        files[file] = pkcs12.serialize_key_and_certificates(
            file.encode(), key, leaf, [root], BestAvailableEncryption(passphrase.encode())
        )
    return Made(root.public_bytes(Encoding.PEM), files)


def _root_name() -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, SAMPLE_ORGANISATION),
            x509.NameAttribute(NameOID.COMMON_NAME, "样例根证书 SAMPLE ROOT"),
        ]
    )


def _leaf_name(owner: str) -> x509.Name:
    """The organisation is who signs, exactly as filed: before a batch it is compared with the rows."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, owner),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, SAMPLE_ORGANISATION),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{owner} 样例"),
        ]
    )


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer_key: ec.EllipticCurvePrivateKey,
    start: datetime,
) -> x509.Certificate:
    """A root when it signs itself, else a certificate that may sign documents and nothing else."""
    root = subject == issuer
    builder = (
        x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + _LIFE)
        .add_extension(x509.BasicConstraints(root, 0 if root else None), critical=True)
        .add_extension(_usage(root=root), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
            critical=False,
        )
        .add_extension(
            x509.UnrecognizedExtension(x509.ObjectIdentifier(SAMPLE_OID), SAMPLE_NOTE),
            critical=False,
        )
    )
    return builder.sign(issuer_key, hashes.SHA256())


def _usage(*, root: bool) -> x509.KeyUsage:
    """RFC 5280 4.2.1.3; content commitment is the newer name of nonRepudiation."""
    return x509.KeyUsage(
        digital_signature=not root,
        content_commitment=not root,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=root,
        crl_sign=root,
        encipher_only=False,
        decipher_only=False,
    )


def still_good(root_pem: bytes, now: datetime) -> bool:
    """Whether a root made earlier is valid now, so that a second making may keep its keys."""
    root = x509.load_pem_x509_certificate(root_pem)
    return root.not_valid_before_utc <= now < root.not_valid_after_utc
