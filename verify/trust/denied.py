"""The deny list: sample keys and roots (样例密钥), which anybody can make. Only `--allow-sample` accepts them.

A sample is known by the key itself where that is always the same, and by the mark that samples carry in their
names: a real agency, filed with a department, has neither.
"""

from hashlib import sha256

from cryptography import x509

from certgen.exchange.sample_marks import SAMPLE_WORD
from verify.trust.denied_certificates import bears_mark

MARK = SAMPLE_WORD

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
    return SAMPLE_WORD in name


def is_denied_certificate(certificate: x509.Certificate) -> bool:
    """Whether an X.509 certificate belongs to a sample, or was issued by one."""
    return bears_mark(certificate)
