"""The deny list: sample keys and roots (样例密钥), which anybody can make. Only `--allow-sample` accepts them.

A sample is known by the key itself where that is always the same, and by the mark that samples carry in their
names: a real agency, filed with a department, has neither.
"""

from hashlib import sha256

from cryptography import x509
from cryptography.x509.oid import NameOID

from certgen.exchange.sample_marks import SAMPLE_OID

MARK = "样例"
"""Stands in the name of every sample agency and in the subject of every sample certificate (samples/)."""

KEYS = frozenset(
    {
        # samples/trust.py derives the root of the sample key lists from a published phrase.
        "09f809616bff89b6343603b8c482ed3de598ff37c8f0c6d2a3d0381969b8a5cb",
    }
)
"""SHA-256 of SubjectPublicKeyInfo, in hex."""


def is_denied_key(public_key: bytes) -> bool:
    """Whether this key (SubjectPublicKeyInfo, DER) is one of the samples'."""
    return sha256(public_key).hexdigest() in KEYS


def is_denied_name(name: str) -> bool:
    """Whether an agency of this name is a sample."""
    return MARK in name


def is_denied_certificate(certificate: x509.Certificate) -> bool:
    """Whether an X.509 certificate belongs to a sample, or was issued by one."""
    names = (certificate.subject, certificate.issuer)
    kinds = (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME)
    if any(one.oid.dotted_string == SAMPLE_OID for one in certificate.extensions):
        return True
    return any(
        MARK in str(attribute.value)
        for name in names
        for kind in kinds
        for attribute in name.get_attributes_for_oid(kind)
    )
