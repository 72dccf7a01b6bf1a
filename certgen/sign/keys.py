"""A key that may sign (签名私钥): what is asked of every one, wherever it is kept.

A certificate (数字证书) that has run out or a short key would each still give a signature, and some
readers would even show it as valid. So everything is looked at before the first certificate is
made: here what key and certificate say of themselves, in `fitness` what others say of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from certgen.errors import Said, SigningError
from certgen.model.finding import Finding, Place, Severity

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey

_RSA_LEAST = 2048
_RSA_GOOD = 3072  # NIST SP 800-57 part 1: 2048 bits are worth 112, and 128 are asked for after 2030
_CURVES = ("secp256r1", "secp384r1")  # P-256, P-384: what PDF readers other than pyHanko verify


class RawKey(Protocol):
    """A private key, wherever it is: in memory, on a token, behind a service of the agency's own."""

    @property
    def certificate(self) -> x509.Certificate:
        """The certificate of this key."""

    @property
    def chain(self) -> tuple[x509.Certificate, ...]:
        """Its issuers, the nearest first; may stop below the root."""

    def sign(self, message: bytes) -> bytes:
        """The signature over `message`: PKCS#1 v1.5 or ECDSA in DER, with SHA-256."""


@dataclass(frozen=True, slots=True)
class Key:
    """A private key in memory that may sign today, its certificate, and that certificate's issuers."""

    private: PrivateKey = field(repr=False)
    certificate: x509.Certificate
    chain: tuple[
        x509.Certificate, ...
    ] = ()  # issuer first, then its issuer; may stop below the root
    warnings: tuple[Finding, ...] = ()

    def sign(self, message: bytes) -> bytes:
        """PKCS#1 v1.5, or ECDSA, which is deterministic (RFC 6979): the same again gives the same bytes."""
        if isinstance(self.private, rsa.RSAPrivateKey):
            return self.private.sign(message, padding.PKCS1v15(), hashes.SHA256())
        return self.private.sign(message, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))


def a_key(
    private: PrivateKey, certificates: Sequence[x509.Certificate], where: str, today: datetime
) -> Key:
    """The key with its own certificate and issuers out of `certificates`. Raises `SigningError` if it may not sign."""
    public = private.public_key()
    certificate = certificate_of(public, certificates, where)
    warnings = check(certificate, where, today)
    return Key(private, certificate, chain_of(certificate, certificates), warnings)


def check(certificate: x509.Certificate, where: str, today: datetime) -> tuple[Finding, ...]:
    """What must be said of key and certificate; raises `SigningError` where they may not sign."""
    warnings = _check_public(certificate.public_key(), where)
    _check_certificate(certificate, where, today)
    return warnings


def _check_public(public: object, where: str) -> tuple[Finding, ...]:
    """Refuse a key too weak to sign or of a curve few readers know; warn of one that is short."""
    if not isinstance(public, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        raise SigningError(
            zh=f"{where} 中的私钥类型不能用于签署 PDF：请使用 P-256、P-384 或 RSA",
            en=f"the key in {where} is of a kind PDF readers do not verify: use P-256, P-384 or RSA",
        )
    if isinstance(public, ec.EllipticCurvePublicKey):
        if public.curve.name not in _CURVES:
            raise SigningError(
                zh=f"{where} 的椭圆曲线 {public.curve.name} 不受支持：请使用 P-256 或 P-384",
                en=f"curve {public.curve.name} of {where} is not supported: use P-256 or P-384",
            )
        return ()
    bits = public.key_size
    if bits < _RSA_LEAST:
        raise SigningError(
            zh=f"{where} 的 RSA 密钥只有 {bits} 位：请换用 P-256，或至少 {_RSA_LEAST} 位",
            en=f"the RSA key of {where} has only {bits} bits: use P-256, or {_RSA_LEAST} at least",
        )
    if bits < _RSA_GOOD:
        said = Said(
            zh=f"RSA 密钥为 {bits} 位，2030 年以后将不够安全："
            f"下次换证时请改用 P-256 或 RSA-{_RSA_GOOD}",
            en=f"the RSA key has {bits} bits, too few after 2030: at the next renewal ask for "
            f"P-256 or RSA-{_RSA_GOOD}",
        )
        return (
            Finding("key/rsa-length", Severity.WARNING, said, Place(file=where.rpartition("/")[2])),
        )
    return ()


def certificate_of(
    public: PublicKey, certificates: Iterable[x509.Certificate], where: str
) -> x509.Certificate:
    """The certificate of this very key: files exported by hand sometimes hold another's."""
    for certificate in certificates:
        if certificate.public_key() == public:
            return certificate
    raise SigningError(
        zh=f"{where} 中没有与私钥对应的证书：请重新导出私钥和它的证书",
        en=f"{where} holds no certificate of its private key: export both again",
    )


def _check_certificate(certificate: x509.Certificate, where: str, today: datetime) -> None:
    """Refuse a certificate outside its validity (有效期) or issued for another use (密钥用途)."""
    start, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if today < start:
        raise SigningError(
            zh=f"{where} 的证书要到 {start:%Y-%m-%d} 才生效：请核对本机日期，或到期后再签",
            en=f"the certificate of {where} is not valid before {start:%Y-%m-%d}: "
            "check the date of this machine, or wait",
        )
    if today > end:
        raise SigningError(
            zh=f"{where} 的证书已于 {end:%Y-%m-%d} 过期：请向发证的 CA 机构换证",
            en=f"the certificate of {where} expired on {end:%Y-%m-%d}: renew it with its issuer",
        )
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not (usage.digital_signature or usage.content_commitment):
        raise SigningError(
            zh=f"{where} 的证书不是签名证书（密钥用途没有数字签名）：请选用签名证书",
            en=f"the certificate of {where} is not for signing (keyUsage has neither "
            "digitalSignature nor nonRepudiation): choose the signing certificate",
        )


def chain_of(
    certificate: x509.Certificate, others: Iterable[x509.Certificate]
) -> tuple[x509.Certificate, ...]:
    """The issuers found among `others`, in order; certificates of strangers stay out."""
    found: list[x509.Certificate] = []
    left = [other for other in others if other != certificate]
    while issuer := next((other for other in left if is_issued(certificate, other)), None):
        found.append(issuer)
        left.remove(issuer)
        certificate = issuer
    return tuple(found)


def is_issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Whether `issuer` has signed `certificate`."""
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def verifies(public: object, signature: bytes, message: bytes) -> bool:
    """Whether `signature` is over `message`, by the key with this public half, with SHA-256."""
    try:
        if isinstance(public, rsa.RSAPublicKey):
            public.verify(signature, message, padding.PKCS1v15(), hashes.SHA256())
        elif isinstance(public, ec.EllipticCurvePublicKey):
            public.verify(signature, message, ec.ECDSA(hashes.SHA256()))
        else:
            return False
    except InvalidSignature:
        return False
    return True
