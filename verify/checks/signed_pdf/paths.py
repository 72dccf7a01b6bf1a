"""Whether a signer's certificate leads to a pinned root at a given moment, and whether it was revoked.

certvalidator walks the path. Nothing is fetched, and the system's list of roots is never asked.
"""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from asn1crypto import crl, ocsp, x509
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    ExpiredError,
    InsufficientRevinfoError,
    NotYetValidError,
    PathError,
    RevokedError,
    ValidationError,
)
from pyhanko_certvalidator.path import ValidationPath

from verify.checks.signed_pdf.report import Revocation

_TOLERANCE = timedelta(minutes=5)  # between the clocks of signer, authority and verifier


@dataclass(frozen=True, slots=True)
class Evidence:
    """What may help to judge a path: certificates, and what says who was revoked. All DER."""

    certificates: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """A path, root included, or the rule that broke it."""

    path: tuple[bytes, ...] = ()
    rule: str = ""
    revocation: Revocation = Revocation.NOT_CHECKED
    as_of: datetime | None = None


def judge(
    certificate: bytes,
    roots: Sequence[bytes],
    evidence: Evidence,
    moment: datetime,
    *,
    proved: bool,
) -> Judgement:
    """Judge a certificate as of `moment`, which is `proved` by a time stamp or simply now."""
    if not roots:
        return Judgement(rule="signer/no-root")
    checked = _walk(certificate, roots, evidence, moment, proved=proved, require=True)
    if isinstance(checked, ValidationPath):
        return Judgement(_ders(checked), "", Revocation.GOOD, _as_of(evidence))
    if checked != "insufficient":
        return _refusal(checked)
    lenient = _walk(certificate, roots, evidence, moment, proved=proved, require=False)
    if isinstance(lenient, ValidationPath):
        return Judgement(_ders(lenient))
    return _refusal(lenient)


def _refusal(rule: str) -> Judgement:
    revoked = Revocation.REVOKED if rule == "signer/revoked" else Revocation.NOT_CHECKED
    return Judgement(rule=rule, revocation=revoked)


def _walk(
    certificate: bytes,
    roots: Sequence[bytes],
    evidence: Evidence,
    moment: datetime,
    *,
    proved: bool,
    require: bool,
) -> ValidationPath | str:
    context = ValidationContext(
        trust_roots=[x509.Certificate.load(root) for root in roots],
        other_certs=[x509.Certificate.load(der) for der in evidence.certificates],
        crls=[crl.CertificateList.load(der) for der in evidence.crls],
        ocsps=[ocsp.OCSPResponse.load(der) for der in evidence.ocsps],
        moment=moment,
        time_tolerance=_TOLERANCE,
        allow_fetching=False,
        revocation_mode="require" if require else "soft-fail",
        # A list made after a proved time of signing tells of revocations before it as well.
        retroactive_revinfo=proved,
    )
    validator = CertificateValidator(x509.Certificate.load(certificate), validation_context=context)
    try:
        return asyncio.run(validator.async_validate_path())
    except RevokedError:
        return "signer/revoked"
    except InsufficientRevinfoError:
        return "insufficient"
    except (ExpiredError, NotYetValidError):
        return "signer/expired"
    except (PathError, ValidationError, ValueError, TypeError):
        return "signer/unknown"


def _ders(path: ValidationPath) -> tuple[bytes, ...]:
    return tuple(bytes(one.dump()) for one in path.iter_certs(include_root=True))


def _as_of(evidence: Evidence) -> datetime | None:
    """When the newest list or answer was made."""
    times: list[datetime] = [
        crl.CertificateList.load(der)["tbs_cert_list"]["this_update"].native
        for der in evidence.crls
    ]
    times += [moment for der in evidence.ocsps if (moment := _answered(der)) is not None]
    return max(times, default=None)


def _answered(der: bytes) -> datetime | None:
    data = ocsp.OCSPResponse.load(der).response_data
    moment: datetime | None = data["produced_at"].native if data is not None else None
    return moment


def topmost(certificate: bytes, others: Iterable[bytes]) -> bytes:
    """The end of the chain that a signature carries itself: a root by fiat, for measuring only."""
    own = x509.Certificate.load(certificate)
    left = [x509.Certificate.load(der) for der in others if der != certificate]
    while issuer := next((one for one in left if one.subject == own.issuer), None):
        left.remove(issuer)
        own = issuer
    return bytes(own.dump())
