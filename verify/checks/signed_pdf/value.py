"""The value of a signature: a CMS SignedData (RFC 5652) in strict DER, with one signer, and nothing smuggled along.

What a signature does not protect (the certificates, the lists of algorithms, the unsigned attributes) is held to one
form, so that none of it can be changed without notice. The value proper is checked with OpenSSL, and by pyHanko again.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NoReturn

from asn1crypto import core, tsp
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from verify.checks.signed_pdf.rules import Found
from verify.der import CONTEXT_0, INTEGER, OCTETS, OID, SEQUENCE, SET, Element, read_sequence
from verify.fault import Fault

_CONTEXT_1 = 0xA1
_NULL = bytes.fromhex("0500")

_SIGNED_DATA = "1.2.840.113549.1.7.2"
_DATA, _TIME_STAMP = "1.2.840.113549.1.7.1", "1.2.840.113549.1.9.16.1.4"
_CONTENT_TYPE, _MESSAGE_DIGEST = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"
_SIGNING_TIME, _ALGORITHMS = "1.2.840.113549.1.9.5", "1.2.840.113549.1.9.52"
_SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12"
_SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47"
_TOKEN = "1.2.840.113549.1.9.16.2.14"  # noqa: S105 - the signature time stamp, not a password

_REQUIRED = {_CONTENT_TYPE, _MESSAGE_DIGEST}
_ALLOWED = {  # EN 319 142-1 6.3 has the signing time in the PDF's /M, so a seal may not repeat it
    _DATA: _REQUIRED | {_SIGNING_CERTIFICATE_V2, _ALGORITHMS},
    _TIME_STAMP: _REQUIRED
    | {_SIGNING_CERTIFICATE, _SIGNING_CERTIFICATE_V2, _SIGNING_TIME, _ALGORITHMS},
}

_HASHES: dict[str, hashes.HashAlgorithm] = {
    "2.16.840.1.101.3.4.2.1": hashes.SHA256(),
    "2.16.840.1.101.3.4.2.2": hashes.SHA384(),
    "2.16.840.1.101.3.4.2.3": hashes.SHA512(),
}
_SIGNS_WITH = {  # None: the digest is named beside it
    "1.2.840.113549.1.1.1": None,
    "1.2.840.113549.1.1.11": "sha256",
    "1.2.840.113549.1.1.12": "sha384",
    "1.2.840.113549.1.1.13": "sha512",
    "1.2.840.10045.4.3.2": "sha256",
    "1.2.840.10045.4.3.3": "sha384",
    "1.2.840.10045.4.3.4": "sha512",
}
_RSA_LEAST = 2048
_CURVES = ("secp256r1", "secp384r1", "secp521r1")
_DEEPEST, _MOST_ELEMENTS = 32, 20_000


@dataclass(frozen=True, slots=True)
class Value:
    """What a signature's value says."""

    signer: x509.Certificate
    certificates: tuple[bytes, ...]  # DER, the signer's among them
    hash_name: str
    token: bytes | None  # the time stamp over the signature, DER
    signature: bytes  # what that time stamp is about
    stamped: tsp.TSTInfo | None  # what a time stamp states

    @property
    def own(self) -> bytes:
        """The signer's certificate, DER."""
        return self.signer.public_bytes(Encoding.DER)

    @property
    def certificate_sha256(self) -> str:
        """Its fingerprint."""
        return hashlib.sha256(self.own).hexdigest()

    @property
    def key_sha256(self) -> str:
        """The fingerprint of its key."""
        spki = self.signer.public_key().public_bytes(
            Encoding.DER, PublicFormat.SubjectPublicKeyInfo
        )
        return hashlib.sha256(spki).hexdigest()


class _Broken(Exception):  # noqa: N818 - it carries a rule; nothing failed in the program
    """A rule is broken, and reading on makes no sense."""


def read_value(der: bytes, found: Found, field: str, *, token: bool = False) -> Value | None:
    """The value, its own signature verified over its attributes; None where a rule broke, which is noted.

    The digest that it signs is compared by `check_digest`.
    """
    try:
        return _read(der, _TIME_STAMP if token else _DATA)
    except Fault:
        found.note("signature/der", field)
    except _Broken as broken:
        found.note(str(broken), field)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        found.note("signature/form", field)
    return None


def message_digest(der: bytes) -> bytes:
    """The digest that the value's attributes name. Raises for what `read_value` refuses."""
    *_, infos = _signed_data(der)
    attributes = _attributes(_infos(infos)[0][3])
    return attributes[_MESSAGE_DIGEST].only(OCTETS).value


def stamped_at(value: Value) -> datetime:
    """The time that a time stamp states."""
    if value.stamped is None:
        raise AssertionError(value.certificate_sha256)
    moment: datetime = value.stamped["gen_time"].native
    return moment.astimezone(UTC)


def imprint_of(value: Value) -> tuple[str, bytes]:
    """Algorithm and digest that a time stamp is about."""
    if value.stamped is None:
        raise AssertionError(value.certificate_sha256)
    imprint = value.stamped["message_imprint"]
    return str(imprint["hash_algorithm"]["algorithm"].native), bytes(
        imprint["hashed_message"].native
    )


def _read(der: bytes, kind: str) -> Value:
    _check_depth(read_sequence(der))
    version, digests, content, certificates, infos = _signed_data(der)
    _require(version == (b"\x01" if kind == _DATA else b"\x03"), "signature/form")
    inner = content.parts
    _require(bool(inner) and _oid(inner[0]) == kind, "signature/form")
    _require(len(inner) == (1 if kind == _DATA else 2), "signature/form")
    parts, unsigned = _infos(infos)
    info_version, signer, digests_with, attributes, signs_with, signature = parts
    _require(info_version.value == b"\x01", "signature/form")
    hashing = _hash(digests_with)
    listed = [one.raw for one in digests.parts]
    _require(len(set(listed)) == len(listed), "signature/form")
    _require(bool(listed) and _same_algorithm(digests.parts[0], digests_with), "signature/form")
    _require(len(listed) == 1, "signature/form")
    carried = tuple(one.raw for one in certificates.parts)
    own = _own(carried, signer)
    named = _attributes(attributes)
    _require(_REQUIRED <= named.keys() <= _ALLOWED[kind], "signature/form")
    _require(_oid(named[_CONTENT_TYPE].only(OID)) == kind, "signature/form")
    _check_named_certificate(named, own)
    certificate = x509.load_der_x509_certificate(own)
    _verify(attributes, signs_with, signature.value, certificate, hashing)
    stamped = None
    if kind == _TIME_STAMP:
        body = inner[1].only(OCTETS).value
        digest = hashlib.new(hashing.name, body).digest()
        _require(named[_MESSAGE_DIGEST].only(OCTETS).value == digest, "tsa/broken")
        stamped = tsp.TSTInfo.load(body, strict=True)
    return Value(
        signer=certificate,
        certificates=carried,
        hash_name=hashing.name,
        token=_token(unsigned, kind),
        signature=signature.value,
        stamped=stamped,
    )


def _signed_data(der: bytes) -> tuple[bytes, Element, Element, Element, Element]:
    kind, body = read_sequence(der).shaped(OID, CONTEXT_0)
    _require(_oid(kind) == _SIGNED_DATA, "signature/form")
    parts = body.only(SEQUENCE).parts
    # Revocation lists travel in the DSS; here nobody would have signed them (RFC 5652 5.1).
    _require(_CONTEXT_1 not in [part.tag for part in parts], "signature/unsigned")
    _require(
        [part.tag for part in parts] == [INTEGER, SET, SEQUENCE, CONTEXT_0, SET], "signature/form"
    )
    return parts[0].value, parts[1], parts[2], parts[3], parts[4]


def _infos(infos: Element) -> tuple[tuple[Element, ...], Element | None]:
    signers = infos.parts
    _require(len(signers) == 1, "signature/signers")
    parts = signers[0].parts
    unsigned = parts[6] if len(parts) == 7 and parts[6].tag == _CONTEXT_1 else None
    shape = [INTEGER, SEQUENCE, SEQUENCE, CONTEXT_0, SEQUENCE, OCTETS]
    kept = parts[:6] if unsigned else parts
    _require([part.tag for part in kept] == shape, "signature/form")
    return kept, unsigned


def _attributes(attributes: Element) -> dict[str, Element]:
    pairs = [attribute.shaped(OID, SET) for attribute in attributes.parts]
    named = {_oid(name): values for name, values in pairs}
    _require(len(named) == len(pairs), "signature/form")
    return named


def _token(unsigned: Element | None, kind: str) -> bytes | None:
    """The one thing that may stand beside what is signed: a time stamp over the signature itself."""
    if unsigned is None:
        return None
    named = [attribute.shaped(OID, SET) for attribute in unsigned.parts]
    alone = kind == _DATA and len(named) == 1 and _oid(named[0][0]) == _TOKEN
    _require(alone and len(named[0][1].parts) == 1, "signature/unsigned")
    return named[0][1].parts[0].raw


def _own(carried: tuple[bytes, ...], signer: Element) -> bytes:
    own = [der for der in carried if _issuer_and_serial(der) == signer.value]
    _require(len(own) == 1 and len(set(carried)) == len(carried), "signature/certificates")
    return own[0]


def _issuer_and_serial(certificate: bytes) -> bytes:
    to_be_signed, _, _ = read_sequence(certificate).parts
    fields = to_be_signed.parts
    offset = 1 if fields[0].tag == CONTEXT_0 else 0  # the version, left out in version 1
    return fields[offset + 2].raw + fields[offset].raw


def _check_named_certificate(named: dict[str, Element], own: bytes) -> None:
    """The signed attributes must name the certificate, so that no other can take its place (RFC 5035)."""
    attribute = named.get(_SIGNING_CERTIFICATE_V2) or named.get(_SIGNING_CERTIFICATE)
    if attribute is None:
        _refuse("signature/form")
    first = attribute.only(SEQUENCE).parts[0].parts[0].parts
    algorithm = "sha1" if _SIGNING_CERTIFICATE_V2 not in named else "sha256"
    if first[0].tag == SEQUENCE:
        algorithm = _hash(first[0]).name
        first = first[1:]
    digest = hashlib.new(algorithm, own, usedforsecurity=False).digest()
    _require(first[0].tag == OCTETS and first[0].value == digest, "signature/certificates")


def _hash(algorithm: Element) -> hashes.HashAlgorithm:
    name = _algorithm(algorithm)
    if name not in _HASHES:
        _refuse("strength/hash")
    return _HASHES[name]


def _same_algorithm(one: Element, other: Element) -> bool:
    return _algorithm(one) == _algorithm(other)


def _algorithm(algorithm: Element) -> str:
    parts = algorithm.parts
    _require(
        bool(parts) and b"".join(part.raw for part in parts[1:]) in (b"", _NULL), "signature/form"
    )
    return _oid(parts[0])


def _verify(
    attributes: Element,
    signs_with: Element,
    signature: bytes,
    certificate: x509.Certificate,
    hashing: hashes.HashAlgorithm,
) -> None:
    """The signature proper, over the attributes as a SET OF, without their [0] (RFC 5652 5.4)."""
    name = _algorithm(signs_with)
    _require(name in _SIGNS_WITH, "strength/key")
    _require(_SIGNS_WITH[name] in (None, hashing.name), "signature/form")
    message = bytes([SET]) + attributes.raw[1:]
    key = certificate.public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            _require(
                name.startswith("1.2.840.113549") and key.key_size >= _RSA_LEAST, "strength/key"
            )
            key.verify(signature, message, padding.PKCS1v15(), hashing)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            _require(name.startswith("1.2.840.10045") and key.curve.name in _CURVES, "strength/key")
            key.verify(signature, message, ec.ECDSA(hashing))
        else:
            _refuse("strength/key")
    except InvalidSignature as error:
        _refuse("signature/value", error)


def _oid(element: Element) -> str:
    if element.tag != OID:
        _refuse("signature/form")
    return str(core.ObjectIdentifier.load(element.raw).dotted)


def _require(holds: bool, rule: str) -> None:  # noqa: FBT001 - the sentence's subject
    if not holds:
        _refuse(rule)


def _refuse(rule: str, cause: Exception | None = None) -> NoReturn:
    raise _Broken(rule) from cause


def _check_depth(root: Element) -> None:
    """Every constructed element must be proper DER to the last leaf."""
    level, seen = [root], 0
    for _ in range(_DEEPEST):
        level = [part for one in level if one.tag & 0x20 for part in one.parts]
        seen += len(level)
        if not level:
            return
        if seen > _MOST_ELEMENTS:
            break
    raise Fault(zh="签名值嵌套过深或过大", en="a signature's value is too deep or too large")
