"""Fingerprints (密钥指纹) that can be told without a passphrase: of public keys and certificates that lie open.

What is locked in a PKCS#12 file or on a token is named, and told only by who opens it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes

from certgen.errors import Said, SigningError
from certgen.exchange.agency import Agency, KeyFile
from certgen.sign import key_files, payload_keys


@dataclass(frozen=True, slots=True)
class PublicHalf:
    """A key by its owner; `fingerprint` is SHA-256 in hex, '' where it cannot be told without opening the key."""

    owner: Said
    fingerprint: str


def public_halves(agency: Agency) -> tuple[PublicHalf, ...]:
    """The keys that the agency file names: of electronic certificates, of its branches, of QR codes."""
    return tuple(_halves(agency))


def _halves(agency: Agency) -> Iterator[PublicHalf]:
    if agency.key is not None:
        yield _certificate(Said("电子证书签名证书", "certificate that signs"), agency.key)
    for branch, key in agency.branch_keys.items():
        name = agency.branches[branch].name
        yield _certificate(Said(f"{name} 签名证书", f"certificate of branch {branch}"), key)
    if agency.payload_key is not None:
        public = payload_keys.public_path(agency.payload_key.path)
        found = payload_keys.fingerprint_of(public) if public.exists() else ""
        yield PublicHalf(Said("二维码签名密钥", "key of the QR codes"), found)


def _certificate(owner: Said, key: KeyFile) -> PublicHalf:
    if key.certificates is None:
        return PublicHalf(owner, "")
    try:
        own = key_files.read_certificates(key.certificates)[0]
    except SigningError:  # told by whoever signs with it: a specimen is not signed
        return PublicHalf(owner, "")
    return PublicHalf(owner, own.fingerprint(hashes.SHA256()).hex())
