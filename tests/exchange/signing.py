"""Fixed keys and hand-made messages for the tests of everything signed: never to be trusted, published on purpose."""

from collections.abc import Mapping
from dataclasses import dataclass

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from certgen.exchange import cose
from certgen.exchange.cose import Algorithm

HOST = "cert.example.cn"
CODE = "S000041019999263000001"


@dataclass(frozen=True)
class TestKey:
    """Signs by the book: deterministic ECDSA (RFC 6979) or Ed25519."""

    __test__ = False

    private: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey

    @property
    def spki(self) -> bytes:
        return cose.spki(self.private.public_key())

    @property
    def public_key(self) -> bytes:
        return self.spki

    @property
    def algorithm(self) -> Algorithm:
        return cose.load_public_key(self.spki)[0]

    @property
    def key_id(self) -> bytes:
        return cose.key_id(self.spki)

    def sign(self, message: bytes) -> bytes:
        if isinstance(self.private, ed25519.Ed25519PrivateKey):
            return self.private.sign(message)
        der = self.private.sign(message, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
        return b"".join(number.to_bytes(32) for number in decode_dss_signature(der))


def p256(number: int) -> TestKey:
    return TestKey(ec.derive_private_key(number, ec.SECP256R1()))


def edwards(number: int) -> TestKey:
    return TestKey(ed25519.Ed25519PrivateKey.from_private_bytes(number.to_bytes(32)))


KEYS: Mapping[str, TestKey] = {
    "es256": p256(20260101),
    "eddsa": edwards(20260102),
    "stranger": p256(20260103),
}


def signed(
    payload: bytes,
    external: bytes,
    key: TestKey = KEYS["es256"],
    *,
    protected: bytes | None = None,
    unprotected: bytes = b"\xa0",
    signature: bytes | None = None,
) -> bytes:
    """A COSE_Sign1 put together by hand, right but for what is given."""
    if protected is None:
        protected = cbor2.dumps({1: int(key.algorithm), 4: key.key_id})
    if signature is None:
        signature = key.sign(cbor2.dumps(["Signature1", protected, external, payload]))
    parts = (cbor2.dumps(protected), unprotected, cbor2.dumps(payload), cbor2.dumps(signature))
    return b"\x84" + b"".join(parts)
