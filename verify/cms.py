"""Whether a CMS signature (RFC 5652, as PAdES B-B restricts it) was made by one given certificate.

Stricter than the standards, on purpose: our press writes one form only, so what a general verifier
skips because nobody signs it (versions, algorithm lists, spare certificates) must be as expected.
"""

import hashlib
from functools import lru_cache

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from verify.der import CONTEXT_0, INTEGER, OCTETS, OID, SEQUENCE, SET, Element, read_sequence
from verify.fault import Fault, require

PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey

_VERSION_1 = b"\x01"
_NULL = bytes.fromhex(
    "0500"
)  # parameters of an algorithm; some writers leave them out (RFC 5754 2)
_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")  # 1.2.840.113549.1.7.2
_DATA = bytes.fromhex("2a864886f70d010701")  # 1.2.840.113549.1.7.1
_SHA256 = bytes.fromhex("0609608648016503040201")  # 2.16.840.1.101.3.4.2.1
_SHA256_RSA = bytes.fromhex("06092a864886f70d01010b")  # 1.2.840.113549.1.1.11
_SHA256_ECDSA = bytes.fromhex("06082a8648ce3d040302")  # 1.2.840.10045.4.3.2

# The signed attributes that PAdES B-B asks for (EN 319 142-1 6.3).
_CONTENT_TYPE = bytes.fromhex("2a864886f70d010903")  # 1.2.840.113549.1.9.3
_MESSAGE_DIGEST = bytes.fromhex("2a864886f70d010904")  # 1.2.840.113549.1.9.4
_TIME_STAMP_TOKEN = bytes.fromhex("2a864886f70d010910020e")  # 1.2.840.113549.1.9.16.2.14
_TST_INFO = bytes.fromhex("2a864886f70d0109100104")  # 1.2.840.113549.1.9.16.1.4
_CONTEXT_1 = 0xA1  # [1], constructed: the unsigned attributes
_SIGNING_CERTIFICATE_V2 = bytes.fromhex("2a864886f70d010910022f")  # 1.2.840.113549.1.9.16.2.47


def check_cms(der: bytes, digest: bytes, signed_by: str, *, stamped: bool = False) -> None:
    """Raise `Fault` unless `der` signs the SHA-256 `digest` with the certificate expected.

    `signed_by` is the SHA-256 of that certificate's DER, in hex. Whether the certificate deserves
    trust is not asked here: that it is this one is. `stamped`: it must carry a time stamp (B-T), and
    else must not; who made the stamp is pyHanko's to find out.
    """
    certificates, info = _unpack(der)
    tags = (INTEGER, SEQUENCE, SEQUENCE, CONTEXT_0, SEQUENCE, OCTETS)
    version, signer, digests_with, attributes, signs_with, value, *unsigned = info.shaped(
        *tags, *((_CONTEXT_1,) if stamped else ())
    )
    _require_form(version.value == _VERSION_1 and _is(digests_with, _SHA256))
    key = _public_key(certificates, signer, signed_by)
    _check_attributes(attributes, digest, signed_by)
    _check_value(attributes, signs_with, value.value, key)
    for attribute in unsigned:
        _check_stamp(attribute.only(SEQUENCE), value.value)


def signer_of(der: bytes) -> tuple[bytes, ...]:
    """The certificate (DER) that a signature names as its signer's, and the others it carries.

    Nothing is believed: `check_cms` finds out whether that certificate has signed.
    """
    certificates, info = _unpack(der)
    _, signer, *_ = info.parts
    carried = [certificate.raw for certificate in certificates]
    own = next((one for one in carried if _issuer_and_serial(one) == signer.value), None)
    if own is None:
        raise Fault(zh="签名中没有签名人的证书", en="the signature lacks its signer's certificate")
    return (own, *(one for one in carried if one != own))


def is_stamped(der: bytes) -> bool:
    """Whether a signature has unsigned attributes, of which a time stamp is the only one there may be."""
    _, info = _unpack(der)
    return info.parts[-1].tag == _CONTEXT_1


def _unpack(der: bytes) -> tuple[tuple[Element, ...], Element]:
    """The certificates and the one SignerInfo of a SignedData without content (RFC 5652 5.1)."""
    kind, body = read_sequence(der).shaped(OID, CONTEXT_0)
    version, digests, content, certificates, infos = body.only(SEQUENCE).shaped(
        INTEGER, SET, SEQUENCE, CONTEXT_0, SET
    )
    _require_form(
        kind.value == _SIGNED_DATA
        and version.value == _VERSION_1
        and _is(digests.only(SEQUENCE), _SHA256)
        and content.only(OID).value == _DATA
    )
    return certificates.parts, infos.only(SEQUENCE)


def _is(algorithm: Element, name: bytes) -> bool:
    return algorithm.value in (name, name + _NULL)


def _require_form(holds: bool, /) -> None:  # noqa: FBT001 - the sentence's subject
    require(
        holds,
        zh="签名值的结构与本程序所写不符",
        en="the signature's value is not of the form that this program writes",
    )


def _public_key(certificates: tuple[Element, ...], signer: Element, signed_by: str) -> PublicKey:
    """The key of the certificate expected, which the signature must carry and name."""
    carried = [certificate.raw for certificate in certificates]
    own = next((der for der in carried if hashlib.sha256(der).hexdigest() == signed_by), None)
    if own is None:
        raise Fault(zh="签名证书不是预期的证书", en="it was signed with another certificate")
    carried.remove(own)
    require(
        signer.value == _issuer_and_serial(own),
        zh="签名人标识与签名证书不符",
        en="the signature names another signer than its certificate",
    )
    return _key_above(own, frozenset(carried))


def _issuer_and_serial(certificate: bytes) -> bytes:
    """How a signature names its signer: both fields as they stand in the certificate (RFC 5280)."""
    to_be_signed, _, _ = read_sequence(certificate).parts
    _, serial, _, issuer, *_ = to_be_signed.parts
    return issuer.raw + serial.raw


@lru_cache(maxsize=8)  # one batch, one key: what was found for its first file holds for all
def _key_above(own: bytes, others: frozenset[bytes]) -> PublicKey:
    """The key of certificate `own`; the `others` must be its issuers, each signed by the next.

    Nothing vouches for the topmost if it is no root, or an old one signed with SHA-1, which the
    library no longer verifies: a byte of it may differ.
    """
    signer = certificate = x509.load_der_x509_certificate(own)
    left = [x509.load_der_x509_certificate(der) for der in others]
    while issuer := next((other for other in left if _issued(other, certificate)), None):
        left.remove(issuer)
        certificate = issuer
    require(
        not left and not _altered_root(certificate),
        zh="签名所附的证书不成链，或被改动",
        en="the certificates in the signature form no chain, or were altered",
    )
    key = signer.public_key()
    if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        raise Fault(zh="签名证书的密钥类型不受支持", en="the signer's key is of an unknown kind")
    return key


def _issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def _altered_root(certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(certificate)
    except InvalidSignature:
        return True
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return False  # its own issuer it is not, or not verifiable
    return False


def _check_attributes(attributes: Element, digest: bytes, signed_by: str) -> None:
    """What is signed: this digest, by this certificate. Each attribute once, with one value."""
    pairs = [attribute.shaped(OID, SET) for attribute in attributes.parts]
    found = {name.value: values for name, values in pairs}
    _require_form(
        len(found) == len(pairs)
        and found.keys() >= {_CONTENT_TYPE, _MESSAGE_DIGEST, _SIGNING_CERTIFICATE_V2}
        and found[_CONTENT_TYPE].only(OID).value == _DATA
    )
    require(
        found[_MESSAGE_DIGEST].only(OCTETS).value == digest,
        zh="文件内容与签名时不同",
        en="the file is not what was signed",
    )
    # SigningCertificateV2 > certs > ESSCertIDv2, whose hash is SHA-256 by default (RFC 5035 5.4.1).
    named = found[_SIGNING_CERTIFICATE_V2].only(SEQUENCE).only(SEQUENCE).only(SEQUENCE).parts[0]
    require(
        named.tag == OCTETS and named.value.hex() == signed_by,
        zh="签名属性中的证书不是预期的证书",
        en="the signed attributes name another certificate",
    )


def _check_value(attributes: Element, signs_with: Element, value: bytes, key: PublicKey) -> None:
    """The signature proper, over the attributes as a SET OF, without their [0] (RFC 5652 5.4)."""
    message = bytes([SET]) + attributes.raw[1:]
    try:
        if isinstance(key, rsa.RSAPublicKey):
            _require_form(_is(signs_with, _SHA256_RSA))
            key.verify(value, message, padding.PKCS1v15(), hashes.SHA256())
        else:
            _require_form(_is(signs_with, _SHA256_ECDSA))
            key.verify(value, message, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature as error:
        raise Fault(zh="签名验证失败", en="the signature does not verify") from error


def _check_stamp(attribute: Element, value: bytes) -> None:
    """The time stamp (RFC 3161) is over this very signature."""
    kind, tokens = attribute.shaped(OID, SET)
    token_kind, body = tokens.only(SEQUENCE).shaped(OID, CONTEXT_0)
    _require_form(kind.value == _TIME_STAMP_TOKEN and token_kind.value == _SIGNED_DATA)
    content = body.only(SEQUENCE).parts[2]
    content_kind, wrapped = content.shaped(OID, CONTEXT_0)
    _, _, imprint, *_ = read_sequence(wrapped.only(OCTETS).value).parts
    hashed_with, hashed = imprint.shaped(SEQUENCE, OCTETS)
    _require_form(content_kind.value == _TST_INFO and _is(hashed_with, _SHA256))
    require(
        hashed.value == hashlib.sha256(value).digest(),
        zh="时间戳不是这个签名的",
        en="the time stamp is over another signature",
    )
