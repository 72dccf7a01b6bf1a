"""One signature over some bytes: COSE_Sign1 (RFC 9052), the narrow form that all our signed data share.

    [ protected header (bytes), {}, payload (bytes), signature (64 bytes) ]        untagged, canonical CBOR

The protected header is `{1: algorithm, 4: key id}` and nothing else. What is signed also binds a domain, so that a
signature made for one purpose is worth nothing for another, and whatever stands outside the message (a code, say).
"""

import hashlib
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
)

from certgen.exchange import cbor, sm2
from certgen.exchange.sm2 import Sm2Key

SIGNATURE_BYTES = 64
KEY_ID_BYTES = 4


class Algorithm(IntEnum):
    """How a key signs, by its COSE number. The number belongs to the key: a message cannot choose."""

    ES256 = -7  # ECDSA on P-256 with SHA-256: every browser knows it
    EDDSA = -8  # Ed25519
    SM2 = (
        -65538
    )  # SM2 with SM3 (GB/T 32918); no number is assigned, this one is of the private range


_ALGORITHMS = frozenset(Algorithm)  # `in` on an enum class refuses plain values in Python 3.11

PublicKey = EllipticCurvePublicKey | Ed25519PublicKey | Sm2Key


class Signs(Protocol):
    """Whoever holds a key: a file of ours, or an agency's own signing service."""

    @property
    def algorithm(self) -> Algorithm:
        """How it signs."""

    @property
    def public_key(self) -> bytes:
        """SubjectPublicKeyInfo (RFC 5280) in DER, by which verifiers know it."""

    def sign(self, message: bytes) -> bytes:
        """The 64 bytes of the signature over `message`, which is not hashed yet; the same again for the same."""


class BrokenError(ValueError):
    """Not a message, or no key, of this form. `reason`: 'cbor', 'structure', 'algorithm', 'size' or 'key'."""

    def __init__(self, *, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Sign1:
    """A message as it was read: well formed, not yet verified."""

    protected: bytes  # as signed
    algorithm: Algorithm
    key_id: bytes
    payload: bytes
    signature: bytes


def key_id(public_key: bytes) -> bytes:
    """The first four bytes of SHA-256 over SubjectPublicKeyInfo: which key to try, not proof of anything."""
    return hashlib.sha256(public_key).digest()[:KEY_ID_BYTES]


def spki(public_key: EllipticCurvePublicKey | Ed25519PublicKey) -> bytes:
    """SubjectPublicKeyInfo (RFC 5280) in DER."""
    return public_key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def load_public_key(der: bytes) -> tuple[Algorithm, PublicKey]:
    """The key and how it signs. `BrokenError` unless it is P-256, Ed25519 or SM2, in its one DER form."""
    if (chinese := sm2.load(der)) is not None:
        return Algorithm.SM2, chinese
    try:
        key = load_der_public_key(der)
    except (ValueError, UnsupportedAlgorithm):
        raise BrokenError(reason="key", detail="not a public key that this program knows") from None
    if isinstance(key, Ed25519PublicKey):
        algorithm = Algorithm.EDDSA
    elif isinstance(key, EllipticCurvePublicKey) and isinstance(key.curve, SECP256R1):
        algorithm = Algorithm.ES256
    else:
        raise BrokenError(reason="key", detail="neither a P-256, an Ed25519 nor an SM2 key")
    if spki(key) != der:
        raise BrokenError(reason="key", detail="not the usual form of this public key")
    return algorithm, key


def make(payload: bytes, external: bytes, signer: Signs) -> bytes:
    """`payload` signed by `signer`, together with what stands outside."""
    protected = cbor.write({1: int(signer.algorithm), 4: key_id(signer.public_key)})
    signature = signer.sign(to_be_signed(protected, external, payload))
    if len(signature) != SIGNATURE_BYTES:
        raise BrokenError(reason="size", detail=f"signature of {len(signature)} bytes")
    return cbor.write([protected, {}, payload, signature])


def read(data: bytes, *, limit: int) -> Sign1:
    """The message that `data` is, exactly. Raises `BrokenError`."""
    match _cbor(data, limit):
        case [bytes(protected), dict(unprotected), bytes(payload), bytes(signature)]:
            pass
        case _:
            raise BrokenError(
                reason="structure", detail="not an array of header, map, payload and signature"
            )
    if unprotected:
        raise BrokenError(reason="structure", detail="something stands in the unprotected header")
    header = _cbor(protected, limit)
    if not isinstance(header, dict) or list(header) != [1, 4]:
        raise BrokenError(
            reason="structure", detail="the header holds more or less than algorithm and key id"
        )
    algorithm, identity = header[1], header[4]
    if not cbor.is_whole(algorithm) or algorithm not in _ALGORITHMS:
        raise BrokenError(reason="algorithm", detail="an algorithm that this program does not know")
    if not isinstance(identity, bytes) or len(identity) != KEY_ID_BYTES:
        raise BrokenError(reason="size", detail=f"a key id that is not of {KEY_ID_BYTES} bytes")
    if len(signature) != SIGNATURE_BYTES:
        raise BrokenError(
            reason="size", detail=f"a signature that is not of {SIGNATURE_BYTES} bytes"
        )
    return Sign1(protected, Algorithm(algorithm), identity, payload, signature)


def to_be_signed(protected: bytes, external: bytes, payload: bytes) -> bytes:
    """Sig_structure (RFC 9052 4.4): the bytes that the signature covers."""
    return cbor.write(["Signature1", protected, external, payload])


def holds(message: Sign1, external: bytes, algorithm: Algorithm, public_key: PublicKey) -> bool:
    """Whether `public_key`, which signs by `algorithm`, signed the message. False also if the message says another one.

    Not for use outside `exchange`: there `verify` functions raise, so that nobody forgets to look.
    """
    if message.algorithm is not algorithm:
        return False
    signed = to_be_signed(message.protected, external, message.payload)
    try:
        if isinstance(public_key, Sm2Key):
            return public_key.verifies(message.signature, signed)
        if isinstance(public_key, Ed25519PublicKey):
            public_key.verify(message.signature, signed)
        else:
            half = SIGNATURE_BYTES // 2
            r, s = (
                int.from_bytes(part)
                for part in (message.signature[:half], message.signature[half:])
            )
            public_key.verify(encode_dss_signature(r, s), signed, ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def _cbor(data: bytes, limit: int) -> cbor.Value:
    try:
        return cbor.read(data, limit=limit)
    except cbor.CborError as error:
        raise BrokenError(reason="cbor", detail=str(error)) from None
