"""Time stamps (时间戳, RFC 3161): asked of an authority over HTTP, checked, and put into a signature (PAdES B-T).

An authority is outside our hands: each request is tried three times, and a row without its stamp
waits for the next run. After several rows in a row nothing more is asked in this run: ten thousand
rows must not wait a minute each for an authority that is down.
"""

import hashlib
import secrets
from pathlib import Path

from asn1crypto import algos, cms, tsp
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from certgen.errors import SigningError, TimestampError
from certgen.sign import http
from certgen.sign.fitness import to_root
from certgen.sign.interface import DocumentSigner

FAILURES_IN_A_ROW = 3
"""So many rows without a stamp, and the authority counts as down until the next run."""

_TOKEN_OID = bytes.fromhex("060b2a864886f70d010910020e")  # 1.2.840.113549.1.9.16.2.14
_SPARE = 512  # tokens of one authority differ by a few bytes: serial, nonce, fractions of a second
_HASHES = {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}


class Timestamper:
    """One authority, and the roots that its certificate must lead to."""

    def __init__(self, url: str, roots: Path | None, *, post: http.Post = http.post) -> None:
        self._url, self._roots, self._post = url, roots, post
        self._failures = 0
        self.chain: tuple[x509.Certificate, ...] = ()
        """The authority's certificate and its issuers, as the last token brought them."""
        first = self.token(hashlib.sha256(b"certgen: how long is a token?").digest())
        self.size: int = len(first) + _SPARE
        """Bytes that a token needs."""

    def token(self, digest: bytes) -> bytes:
        """The token (DER) over a SHA-256 digest. Raises `TimestampError` where there is none that holds."""
        if self._failures >= FAILURES_IN_A_ROW:
            raise self._down(
                zh="多次无法取得时间戳，本次不再尝试",
                en="several stamps failed: not tried again now",
            )
        nonce = secrets.randbits(63)
        query = tsp.TimeStampReq(
            {
                "version": 1,
                "message_imprint": {
                    "hash_algorithm": {"algorithm": "sha256"},
                    "hashed_message": digest,
                },
                "nonce": nonce,
                "cert_req": True,
            }
        )
        self._failures += 1  # taken back below
        try:
            answer = self._post(self._url, query.dump(), "application/timestamp-query")
        except OSError as problem:
            raise self._down(zh="没有答复", en="it does not answer") from problem
        token = self._checked(answer, digest, nonce)
        self._failures = 0
        return token

    def _checked(self, answer: bytes, digest: bytes, nonce: int) -> bytes:
        try:
            # The library wants a token even in a refusal, which has none: the status is read by itself.
            status = tsp.PKIStatusInfo.load(answer[_start(answer) :])["status"].native
            if status not in {"granted", "granted_with_mods"}:
                raise self._down(zh=f"拒绝了请求（{status}）", en=f"it refused ({status})")
            response = tsp.TimeStampResp.load(answer, strict=True)
            token: bytes = response["time_stamp_token"].dump()
            self.chain = self._verified(response["time_stamp_token"], digest, nonce)
        except (ValueError, TypeError, KeyError, IndexError, InvalidSignature) as problem:
            raise self._down(zh="答复无法验证", en="its answer does not verify") from problem
        return token

    def _verified(
        self, token: cms.ContentInfo, digest: bytes, nonce: int
    ) -> tuple[x509.Certificate, ...]:
        """The authority's chain; raises where the token is not over `digest`, or not by an authority."""
        signed = token["content"]
        content = signed["encap_content_info"]["content"]
        info = content.parsed
        imprint = info["message_imprint"]
        (signer,) = signed["signer_infos"]
        carried = [
            x509.load_der_x509_certificate(one.chosen.dump()) for one in signed["certificates"]
        ]
        own = next((one for one in carried if _is_named(signer["sid"], one)), None)
        if own is None or not (
            imprint["hash_algorithm"]["algorithm"].native == "sha256"
            and imprint["hashed_message"].native == digest
            and info["nonce"].native == nonce
            and _is_authority(own)
        ):
            raise self._down(
                zh="答复不是对本次请求的时间戳", en="its answer is no stamp over what was asked"
            )
        _verify(signer, bytes(content), own)
        if self._roots is None:
            return (own, *carried)
        when = info["gen_time"].native
        try:
            return to_root(own, carried, self._roots, self._url, when)
        except SigningError as problem:
            raise self._down(zh=problem.said.zh, en=problem.said.en) from problem

    def _down(self, *, zh: str, en: str) -> TimestampError:
        return TimestampError(
            zh=f"时间戳服务 {self._url}：{zh}。请检查网络和服务后再次运行，编号为该行保留",
            en=f"time-stamp authority {self._url}: {en}. Check the network and the service and run "
            "again; the number is kept for this row",
        )


class StampedSigner:
    """A signer whose signatures carry a time stamp (B-T)."""

    def __init__(self, signer: DocumentSigner, stamper: Timestamper) -> None:
        self._signer, self._stamper = signer, stamper
        self.size = signer.size + stamper.size + _SPARE
        self.common_name = signer.common_name
        self.certificate_sha256 = signer.certificate_sha256

    def sign(self, document_digest: bytes) -> bytes:
        """The signature with the token over it as an unsigned attribute (RFC 3161 appendix A)."""
        signed = self._signer.sign(document_digest)
        (info,) = cms.ContentInfo.load(signed)["content"]["signer_infos"]
        token = self._stamper.token(hashlib.sha256(info["signature"].native).digest())
        attribute = _tlv(0x30, _TOKEN_OID + _tlv(0x31, token))
        # ContentInfo > [0] > SignedData > signerInfos > SignerInfo: each the last part of the one before.
        return _appended(signed, 4, _tlv(0xA1, attribute))


def _appended(der: bytes, depth: int, extra: bytes) -> bytes:
    """`der` with `extra` at the end of its last part's last part, so many levels down.

    By hand: asn1crypto would encode all certificates anew, which takes minutes for a token inside a signature.
    """
    content = der[_start(der) :]
    if depth == 0:
        return _tlv(der[0], content + extra)
    last = at = 0
    while at < len(content):
        last, at = at, at + _whole(content[at:])
    return _tlv(der[0], content[:last] + _appended(content[last:], depth - 1, extra))


def _start(der: bytes) -> int:
    """Where the content of the first element begins."""
    return 2 + (der[1] - 0x80 if der[1] >= 0x80 else 0)


def _whole(der: bytes) -> int:
    """How long the first element is."""
    start = _start(der)
    return start + (int.from_bytes(der[2:start]) if start > 2 else der[1])


def _tlv(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    digits = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes([tag, 0x80 + len(digits)]) + digits + content


class DocumentStamper:
    """Fills the hole of a document time stamp (B-LTA), as a signer fills that of a signature."""

    common_name = ""

    def __init__(self, stamper: Timestamper) -> None:
        self._stamper = stamper
        self.size = stamper.size

    def sign(self, document_digest: bytes) -> bytes:
        """The token over the document."""
        return self._stamper.token(document_digest)


def _is_named(sid: cms.SignerIdentifier, certificate: x509.Certificate) -> bool:
    if sid.name == "issuer_and_serial_number":
        named: int = sid.chosen["serial_number"].native
        return named == certificate.serial_number
    identifier = x509.SubjectKeyIdentifier.from_public_key(certificate.public_key())
    named_key: bytes = sid.chosen.native
    return named_key == identifier.digest


def _is_authority(certificate: x509.Certificate) -> bool:
    """RFC 3161 2.3: its only use is time stamping, and that is critical."""
    try:
        found = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except x509.ExtensionNotFound:
        return False
    return found.critical and list(found.value) == [ExtendedKeyUsageOID.TIME_STAMPING]


def _verify(signer: cms.SignerInfo, content: bytes, certificate: x509.Certificate) -> None:
    """Raise `InvalidSignature` unless the token's signature holds. RSA and every curve, not only ours."""
    attributes = {one["type"].native: one["values"][0].native for one in signer["signed_attrs"]}
    digests_with = signer["digest_algorithm"]["algorithm"].native
    if attributes["message_digest"] != hashlib.new(digests_with, content).digest():
        raise InvalidSignature
    message = b"\x31" + signer["signed_attrs"].dump()[1:]  # as a SET OF, RFC 5652 5.4
    value, public = signer["signature"].native, certificate.public_key()
    algorithm = _HASHES[_hash_of(signer["signature_algorithm"], digests_with)]
    if isinstance(public, rsa.RSAPublicKey):
        public.verify(value, message, padding.PKCS1v15(), algorithm)
    elif isinstance(public, ec.EllipticCurvePublicKey):
        public.verify(value, message, ec.ECDSA(algorithm))
    else:
        raise InvalidSignature


def _hash_of(algorithm: algos.SignedDigestAlgorithm, otherwise: str) -> str:
    """The hash of a signature algorithm; plain rsaEncryption leaves it to the digest's."""
    try:
        name: str = algorithm.hash_algo
    except ValueError:
        return otherwise
    return name
