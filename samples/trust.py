"""Sample trust material (样例信任材料): a root, its key list, and each agency's key for QR codes. NOT VALID.

The root is always the same, derived from a phrase that anybody can read here; `verify.trust.denied` knows it, and only
--allow-sample accepts it. The agencies' keys are new on every making.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

import people
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    pkcs12,
)

from certgen.exchange import cose, key_list
from certgen.exchange.key_list import KeyStatus, ListedAgency, ListedKey
from certgen.sign.payload_keys import PayloadKey, of_private, public_pem

PHRASE = b"certgen sample root: trusted by nobody"
_LIFE = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Agency:
    """What the key list says of a sample agency, beside its key."""

    name: str
    prefixes: tuple[str, ...]
    pkcs12: tuple[bytes, ...]  # whose certificates sign its PDFs


@dataclass(frozen=True, slots=True)
class Made:
    """The files: an encrypted key for each agency's folder, and what verifiers get."""

    keys: Mapping[str, bytes]
    root_pem: bytes
    key_list: bytes


def root() -> PayloadKey:
    """The root of every sample key list."""
    number = int.from_bytes(sha256(PHRASE).digest())
    return of_private(ec.derive_private_key(number, ec.SECP256R1()))


def make(agencies: Mapping[str, Agency], passphrase: str, now: datetime) -> Made:
    """New keys and a key list for these agencies, by folder, valid from the first issue date of the samples."""
    secret = passphrase.encode()
    first = min(
        holder.issued for holder in people.EMPLOYER_MAIN + people.EMPLOYER_BRANCH + people.SCHOOL
    )
    last = max(first, now.date()) + _LIFE
    files, listed = {}, []
    for folder, agency in agencies.items():
        key = ec.generate_private_key(ec.SECP256R1())
        files[folder] = key.private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(secret)
        )
        public = cose.spki(key.public_key())
        payload_key = ListedKey(public, first, last, KeyStatus.ACTIVE, None)
        signers = tuple(_signer(file, secret) for file in agency.pkcs12)
        listed.append(ListedAgency(agency.name, agency.prefixes, (payload_key,), signers))
    number = int(now.timestamp()) // 60
    return Made(files, public_pem(root()), key_list.make(number, now, now + _LIFE, listed, root()))


def still_good(file: bytes, now: datetime) -> bool:
    """Whether a key list made earlier is valid now."""
    return now < key_list.parse(file).expires


def _signer(file: bytes, secret: bytes) -> str:
    bag = pkcs12.load_pkcs12(file, secret)
    if bag.cert is None:
        raise AssertionError(len(file))
    public = bag.cert.certificate.public_key()
    if not isinstance(public, ec.EllipticCurvePublicKey):
        raise TypeError(type(public))
    return sha256(cose.spki(public)).hexdigest()
