"""Whether a certificate has been revoked (吊销): lists (CRL) from files, else an OCSP responder asked over HTTP.

What is found is checked (who signed it, of what day it is) and kept, because a signature of level
B-LT carries it. Whatever cannot be found out is refused: "not known to be revoked" is not "good".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Self

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

from certgen.errors import SigningError
from certgen.exchange.agency import SignaturePolicy
from certgen.sign import http
from certgen.sign.keys import is_issued

_CLOCKS_DIFFER = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Proofs:
    """What shows that certificates were good: DER, each once, in order."""

    certificates: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()

    def __or__(self, other: "Proofs") -> "Proofs":
        """Both, each part once."""
        return Proofs(
            tuple(dict.fromkeys(self.certificates + other.certificates)),
            tuple(dict.fromkeys(self.crls + other.crls)),
            tuple(dict.fromkeys(self.ocsps + other.ocsps)),
        )


@dataclass(slots=True)
class Revocations:
    """The lists that are at hand, and a responder to ask where they are silent."""

    lists: tuple[x509.CertificateRevocationList, ...] = ()
    ocsp_url: str = ""
    post: http.Post = field(default=http.post)

    @classmethod
    def of(cls, policy: SignaturePolicy) -> Self:
        """What an agency file names."""
        return cls(read_lists(policy.crl) if policy.crl else (), policy.ocsp_url)

    def of_chain(self, chain: Sequence[x509.Certificate], now: datetime) -> Proofs:
        """Proofs for every certificate of a chain but its root. Raises `SigningError` if one is not good."""
        found = Proofs(tuple(_der(one) for one in chain))
        for certificate, issuer in pairwise(chain):
            found |= self._of(certificate, issuer, now)
        return found

    def _of(self, certificate: x509.Certificate, issuer: x509.Certificate, now: datetime) -> Proofs:
        for one in self.lists:
            if _speaks_of(one, issuer) and _is_fresh(one.last_update_utc, one.next_update_utc, now):
                if one.get_revoked_certificate_by_serial_number(certificate.serial_number):
                    raise _revoked(certificate)
                return Proofs(crls=(one.public_bytes(Encoding.DER),))
        if self.ocsp_url:
            return self._ask(certificate, issuer, now)
        name = certificate.subject.rfc4514_string()
        raise SigningError(
            zh=f"没有可用的吊销列表说明证书 {name} 的状态（缺少其签发者的列表，或列表已过期）："
            "请更新 [key] crl，或设 ocsp_url",
            en=f"no current revocation list speaks of {name} (none by its issuer, or out of date): "
            "renew [key] crl, or set ocsp_url",
        )

    def _ask(
        self, certificate: x509.Certificate, issuer: x509.Certificate, now: datetime
    ) -> Proofs:
        builder = ocsp.OCSPRequestBuilder()
        # SHA-1 names the issuer, as RFC 6960 responders expect; nothing is proved by it.
        builder = builder.add_certificate(certificate, issuer, hashes.SHA1())  # noqa: S303
        body = builder.build().public_bytes(Encoding.DER)
        try:
            data = self.post(self.ocsp_url, body, "application/ocsp-request")
            answer = ocsp.load_der_ocsp_response(data)
            responder = _responder(answer, issuer)
        except (OSError, ValueError, UnsupportedAlgorithm) as problem:
            raise SigningError(
                zh=f"OCSP 服务 {self.ocsp_url} 没有给出可用的答复：请检查网络后重试，或改用吊销列表",
                en=f"the OCSP responder {self.ocsp_url} gave no usable answer: check the network and "
                "try again, or use revocation lists",
            ) from problem
        fresh = _is_fresh(answer.this_update_utc, answer.next_update_utc, now)
        if not (fresh and answer.serial_number == certificate.serial_number and responder):
            raise SigningError(
                zh=f"OCSP 服务 {self.ocsp_url} 的答复不可信或已过期",
                en=f"the answer of the OCSP responder {self.ocsp_url} cannot be trusted or is out of date",
            )
        if answer.certificate_status is not ocsp.OCSPCertStatus.GOOD:
            raise _revoked(certificate)
        others = tuple(_der(one) for one in answer.certificates)
        return Proofs(others, ocsps=(data,))


def read_lists(path: Path) -> tuple[x509.CertificateRevocationList, ...]:
    """The list at `path`, or every one in that folder; PEM or DER."""
    files = sorted(one for one in path.iterdir() if one.is_file()) if path.is_dir() else [path]
    return tuple(_read_list(one) for one in files)


def _read_list(path: Path) -> x509.CertificateRevocationList:
    try:
        data = path.read_bytes()
        if data.startswith(b"-----BEGIN"):
            return x509.load_pem_x509_crl(data)
        return x509.load_der_x509_crl(data)
    except (OSError, ValueError) as error:
        raise SigningError(
            zh=f"无法读取吊销列表 {path}：应为 CRL 文件（PEM 或 DER）",
            en=f"cannot read the revocation list {path}: a CRL is needed, PEM or DER",
        ) from error


def _speaks_of(one: x509.CertificateRevocationList, issuer: x509.Certificate) -> bool:
    public = issuer.public_key()
    if one.issuer != issuer.subject or not isinstance(
        public, rsa.RSAPublicKey | ec.EllipticCurvePublicKey
    ):
        return False
    return one.is_signature_valid(public)


def _is_fresh(since: datetime, until: datetime | None, now: datetime) -> bool:
    return since - _CLOCKS_DIFFER <= now and (until is None or now <= until + _CLOCKS_DIFFER)


def _responder(answer: ocsp.OCSPResponse, issuer: x509.Certificate) -> bool:
    """Whether the answer is by the issuer, or by somebody it has appointed (RFC 6960 4.2.2.2)."""
    if answer.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
        return False
    return any(_signed(answer, one) for one in _appointed(answer.certificates, issuer))


def _appointed(
    carried: Iterable[x509.Certificate], issuer: x509.Certificate
) -> Iterable[x509.Certificate]:
    yield issuer
    for one in carried:
        try:
            uses = one.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        except x509.ExtensionNotFound:
            continue
        if ExtendedKeyUsageOID.OCSP_SIGNING in uses and is_issued(one, issuer):
            yield one


def _signed(answer: ocsp.OCSPResponse, by: x509.Certificate) -> bool:
    public, algorithm = by.public_key(), answer.signature_hash_algorithm
    try:
        if algorithm is None:
            return False
        if isinstance(public, rsa.RSAPublicKey):
            public.verify(
                answer.signature, answer.tbs_response_bytes, padding.PKCS1v15(), algorithm
            )
        elif isinstance(public, ec.EllipticCurvePublicKey):
            public.verify(answer.signature, answer.tbs_response_bytes, ec.ECDSA(algorithm))
        else:
            return False
    except Exception:  # noqa: BLE001 - whatever the library says: it is not signed by this one
        return False
    return True


def _revoked(certificate: x509.Certificate) -> SigningError:
    name = certificate.subject.rfc4514_string()
    return SigningError(
        zh=f"证书 {name} 已被吊销，不能再签名：请向发证的 CA 机构换证",
        en=f"the certificate {name} has been revoked and signs no more: get another from its issuer",
    )


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)
