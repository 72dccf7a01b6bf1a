"""The keys that sign QR payloads, status lists and key lists (二维码签名密钥、根密钥): made, kept, opened.

    made = make(Path("keys/payload.pem"), b"passphrase", Algorithm.ES256)
    key = load(Path("keys/payload.pem"), b"passphrase")     # signs: certgen.exchange.cose.Signs

An encrypted PKCS#8 file in PEM, for its owner's eyes only; beside it, `.pub.pem` is for everybody. Signing
again gives the same bytes (RFC 6979, RFC 8032).
"""

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from certgen.errors import SigningError
from certgen.exchange import cose
from certgen.exchange.cose import Algorithm
from certgen.sign.secret_files import read_secret, write_new

_Private = ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey
_ECDSA = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)


@dataclass(frozen=True, slots=True)
class PayloadKey:
    """An open key. No pickle: each process opens the key itself."""

    private: _Private = field(repr=False)
    public_key: bytes  # SubjectPublicKeyInfo, DER
    algorithm: Algorithm

    @property
    def key_id(self) -> bytes:
        """As payloads and lists name it."""
        return cose.key_id(self.public_key)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the public key, in hex: what is published and compared."""
        return sha256(self.public_key).hexdigest()

    def sign(self, message: bytes) -> bytes:
        """64 bytes; the same again for the same message."""
        if isinstance(self.private, ed25519.Ed25519PrivateKey):
            return self.private.sign(message)
        r, s = decode_dss_signature(self.private.sign(message, _ECDSA))
        return r.to_bytes(32) + s.to_bytes(32)


def of_private(private: _Private) -> PayloadKey:
    """The key around a private key of one of the two kinds. `SigningError` for another."""
    public = cose.spki(private.public_key())
    try:
        algorithm, _ = cose.load_public_key(public)
    except cose.BrokenError as error:
        raise SigningError(
            zh="二维码签名密钥只能是 P-256 或 Ed25519", en="a payload key is of P-256 or Ed25519"
        ) from error
    return PayloadKey(private, public, algorithm)


def make(path: Path, passphrase: bytes, algorithm: Algorithm) -> PayloadKey:
    """A new key in a new file at `path`, its public half in `.pub.pem` beside it. Never overwrites."""
    if not passphrase:
        raise SigningError(zh="口令不能为空", en="the passphrase must not be empty")
    private: _Private = (
        ed25519.Ed25519PrivateKey.generate()
        if algorithm is Algorithm.EDDSA
        else ec.generate_private_key(ec.SECP256R1())
    )
    key = of_private(private)
    encrypted = private.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase)
    )
    write_new(path, encrypted, secret=True)
    write_new(public_path(path), public_pem(key), secret=False)
    return key


def load(path: Path, passphrase: bytes) -> PayloadKey:
    """The key in the file at `path`. Raises `SigningError`, also if others can read the file."""
    data = read_secret(path)
    if b"ENCRYPTED PRIVATE KEY" not in data:
        raise SigningError(
            zh=f"{path} 不是加密的 PKCS#8 私钥（PEM）：请用 certgen keys make 生成",
            en=f"{path} is no encrypted PKCS#8 key in PEM: make one with certgen keys make",
        )
    try:
        private = load_pem_private_key(data, passphrase)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise SigningError(
            zh=f"密钥 {path} 的口令不对，或文件已损坏：请核对后重试",
            en=f"wrong passphrase for the key {path}, or the file is damaged: try again",
        ) from error
    if not isinstance(private, _Private):
        raise SigningError(
            zh=f"{path} 不是 P-256 或 Ed25519 密钥", en=f"{path} is no key of P-256 or Ed25519"
        )
    return of_private(private)


def public_path(path: Path) -> Path:
    """Where the public half lies: 'payload.pem' -> 'payload.pub.pem'."""
    return path.with_name(f"{path.stem}.pub.pem")


def public_pem(key: PayloadKey) -> bytes:
    """The public half, for everybody."""
    return key.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def fingerprint_of(path: Path) -> str:
    """SHA-256, in hex, of a public key in PEM."""
    try:
        public = load_pem_public_key(path.read_bytes())
        der = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    except (OSError, ValueError, UnsupportedAlgorithm) as error:
        raise SigningError(
            zh=f"{path} 不是 PEM 公钥（.pub.pem）", en=f"{path} is no public key in PEM (.pub.pem)"
        ) from error
    return sha256(der).hexdigest()
