"""Whether a key may sign for an agency (评价机构): what others say of it, asked before a batch.

The certificate must name who signs, lead to a root that the agency file names, be revoked by
nobody, outlive the batch, and belong to the key: a signature made for a test must verify.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509

from certgen.errors import Said, SigningError
from certgen.exchange.agency import SignaturePolicy
from certgen.model.finding import Finding, Place, Severity
from certgen.sign.key_files import read_certificates
from certgen.sign.keys import RawKey, is_issued, verifies
from certgen.sign.revocation import Revocations

BATCH = timedelta(days=1)
"""A certificate that ends sooner could end in the middle of a batch."""

_SOON = timedelta(days=30)
_ORGANISATION_ID = x509.ObjectIdentifier(
    "2.5.4.97"
)  # organizationIdentifier, ETSI EN 319 412-1 5.1.4


def check(
    key: RawKey, owners: Sequence[str], policy: SignaturePolicy, where: str, today: datetime
) -> tuple[tuple[x509.Certificate, ...], tuple[Finding, ...]]:
    """The chain up to the root, as far as one is named, and what must be said of the key.

    Raises `SigningError` where it may not sign for `owners`.
    """
    check_identity(key.certificate, owners, where)
    chain = (key.certificate, *key.chain)
    if policy.root is not None:
        chain = to_root(key.certificate, key.chain, policy.root, where, today)
    if policy.crl is not None or policy.ocsp_url:
        Revocations.of(policy).of_chain(chain, today)
    _self_test(key, where)
    return chain, _ends_soon(key.certificate, where, today)


def to_root(
    certificate: x509.Certificate,
    others: Sequence[x509.Certificate],
    roots: Path,
    where: str,
    today: datetime,
) -> tuple[x509.Certificate, ...]:
    """From `certificate` up to one of the roots in the PEM file `roots`, all valid today."""
    known = read_certificates(roots)
    chain = [certificate]
    while chain[-1] not in known:
        issuer = next((one for one in (*known, *others) if is_issued(chain[-1], one)), None)
        if issuer is None or issuer in chain:
            raise SigningError(
                zh=f"{where} 的证书链不到 {roots.name} 中的任何根证书：请核对根证书，或补全中级证书",
                en=f"the certificate of {where} does not lead to a root in {roots.name}: check the "
                "roots, or add the intermediate certificates",
            )
        _check_issuer(issuer, where, today)
        chain.append(issuer)
    return tuple(chain)


def _check_issuer(issuer: x509.Certificate, where: str, today: datetime) -> None:
    name = issuer.subject.rfc4514_string()
    try:
        constraints = issuer.extensions.get_extension_for_class(x509.BasicConstraints).value
        is_authority = constraints.ca
    except x509.ExtensionNotFound:
        is_authority = False
    if not is_authority:
        raise SigningError(
            zh=f"{where} 的上级证书 {name} 不是 CA 证书：证书链无效",
            en=f"{name}, which issued the certificate of {where}, is no authority: the chain is broken",
        )
    if not issuer.not_valid_before_utc <= today <= issuer.not_valid_after_utc:
        raise SigningError(
            zh=f"{where} 的上级证书 {name} 不在有效期内：请向发证的 CA 机构换证",
            en=f"{name}, which issued the certificate of {where}, is outside its validity: renew both",
        )


def check_identity(certificate: x509.Certificate, owners: Sequence[str], where: str) -> None:
    """A certificate of somebody else would prove that somebody else has issued."""
    names = [
        str(attribute.value)
        for oid in (x509.NameOID.ORGANIZATION_NAME, _ORGANISATION_ID)
        for attribute in certificate.subject.get_attributes_for_oid(oid)
    ]
    if not set(names) & set(owners):
        found, wanted = "、".join(names) or "—", owners[0]
        raise SigningError(
            zh=f"{where} 的证书属于“{found}”，不是“{wanted}”：请使用本机构的签名证书，"
            "证书中的机构名称须与备案名称一字不差",
            en=f"the certificate of {where} names {found} and not {wanted}: use the signing certificate "
            "of this agency, whose organisation is the filed name to the letter",
        )


def _self_test(key: RawKey, where: str) -> None:
    message = b"certgen: does this key belong to its certificate?"
    if not verifies(key.certificate.public_key(), key.sign(message), message):
        raise SigningError(
            zh=f"{where} 试签失败：私钥与证书不符，或密码设备故障",
            en=f"the trial signature of {where} does not verify: another key, or a faulty device",
        )


def _ends_soon(certificate: x509.Certificate, where: str, today: datetime) -> tuple[Finding, ...]:
    end = certificate.not_valid_after_utc
    if today + BATCH > end:
        raise SigningError(
            zh=f"{where} 的证书将在一天内（{end:%Y-%m-%d %H:%M} UTC）过期，可能等不到批次结束：请先换证",
            en=f"the certificate of {where} ends within a day ({end:%Y-%m-%d %H:%M} UTC), perhaps "
            "before the batch does: renew it first",
        )
    if today + _SOON <= end:
        return ()
    said = Said(
        zh=f"签名证书将于 {end:%Y-%m-%d} 过期，请及时换证",
        en=f"the signing certificate ends on {end:%Y-%m-%d}: renew it in time",
    )
    place = Place(file=where.rpartition("/")[2])
    return (Finding("key/ends-soon", Severity.WARNING, said, place),)
