"""Make the signature that stands in a signed PDF: detached CMS, PAdES B-B (ETSI EN 319 142-1).

From one file to the next only two things change: the digest of the file and the signature value.
The rest, some 1,000 bytes of DER, is built once and kept as a template. ECDSA is deterministic
(RFC 6979), so that the same file signed again gives the same bytes.

    signer = Signer(load_pkcs12(path, passphrase, today=now))
    signer.sign(hashlib.sha256(covered).digest())
"""

import hashlib

from asn1crypto import cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from certgen.sign.keys import PublicKey, RawKey

# Stands for the document's digest in the template; 32 bytes that occur nowhere else in it.
_MARK = hashlib.sha256(b"the digest of the document goes here").digest()


class Signer:
    """Signs the digests of PDF files with one key. One process opens a key: nothing here can be pickled."""

    def __init__(self, key: RawKey) -> None:
        der = key.certificate.public_bytes(Encoding.DER)
        self.certificate_sha256: str = hashlib.sha256(der).hexdigest()
        self.common_name: str = _common_name(key.certificate)
        public = key.certificate.public_key()
        if not isinstance(public, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
            raise TypeError(type(public))
        self._raw = key.sign
        self._algorithm = _algorithm(public)
        self._certificates = (_asn1(key.certificate), *map(_asn1, key.chain))
        self._attributes = _attributes(der)
        # Signed are the attributes as a SET OF, without the [0] they carry inside (RFC 5652 5.4).
        self._signed_head, self._signed_tail = self._attributes.dump().split(_MARK)
        self._templates: dict[int, tuple[bytes, bytes]] = {}
        longest = _longest_signature(public)
        self.size: int = sum(map(len, self._template(longest))) + len(_MARK) + longest
        """Bytes that the longest signature of this key needs; ECDSA signatures vary by a few."""

    def sign(self, document_digest: bytes) -> bytes:
        """DER of the SignedData over `document_digest`, the SHA-256 of what /ByteRange names."""
        if len(document_digest) != len(_MARK):
            message = f"a SHA-256 digest has {len(_MARK)} bytes, not {len(document_digest)}"
            raise ValueError(message)
        signature = self._raw(self._signed_head + document_digest + self._signed_tail)
        head, tail = self._template(len(signature))
        return head + document_digest + tail + signature

    def _template(self, length: int) -> tuple[bytes, bytes]:
        """The DER before and after the digest, for a signature of `length` bytes at its end."""
        if length not in self._templates:
            head, tail = self._signed_data(bytes(length)).split(_MARK)
            self._templates[length] = head, tail[:-length]
        return self._templates[length]

    def _signed_data(self, signature: bytes) -> bytes:
        own = self._certificates[0]
        number = {"issuer": own.issuer, "serial_number": own.serial_number}
        info = {
            "version": "v1",
            "sid": cms.SignerIdentifier("issuer_and_serial_number", number),
            "digest_algorithm": {"algorithm": "sha256"},
            "signed_attrs": self._attributes,
            "signature_algorithm": self._algorithm,
            "signature": signature,
        }
        signed = {
            "version": "v1",
            "digest_algorithms": [{"algorithm": "sha256"}],
            "encap_content_info": {"content_type": "data"},
            "certificates": [cms.CertificateChoices("certificate", c) for c in self._certificates],
            "signer_infos": [info],
        }
        content = {"content_type": "signed_data", "content": cms.SignedData(signed)}
        return bytes(cms.ContentInfo(content).dump())


def _attributes(certificate: bytes) -> cms.CMSAttributes:
    """The signed attributes; the signing time stands in the PDF's /M (EN 319 142-1 6.3)."""
    own = tsp.ESSCertIDv2({"cert_hash": hashlib.sha256(certificate).digest()})  # SHA-256 by default
    values = {
        "content_type": "data",
        "message_digest": _MARK,
        "signing_certificate_v2": tsp.SigningCertificateV2({"certs": [own]}),
    }
    return cms.CMSAttributes(
        [cms.CMSAttribute({"type": kind, "values": [value]}) for kind, value in values.items()]
    )


def _algorithm(public: PublicKey) -> dict[str, object]:
    if isinstance(public, rsa.RSAPublicKey):
        return {"algorithm": "sha256_rsa", "parameters": core.Null()}  # NULL: RFC 4055 5
    return {"algorithm": "sha256_ecdsa"}


def _longest_signature(public: PublicKey) -> int:
    """RSA fills its modulus; ECDSA is a SEQUENCE of two integers, each with a sign byte at most."""
    size = (public.key_size + 7) // 8
    return size if isinstance(public, rsa.RSAPublicKey) else 2 + 2 * (2 + 1 + size)


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))


def _common_name(certificate: x509.Certificate) -> str:
    """Who signs, as readers show it: the subject's CN, or all of a subject that has none."""
    names = certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(names[0].value) if names else certificate.subject.rfc4514_string()
