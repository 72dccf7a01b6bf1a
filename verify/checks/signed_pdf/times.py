"""Who signed and when: every value read, every digest compared, every certificate judged at the right moment.

A document time stamp (文档时间戳) is judged as of now, or of the next one behind it; a signature as of the oldest time
that a pinned authority has proved for it; without any, as of now. The time that a signer states proves nothing.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import pikepdf
from asn1crypto import ocsp
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from verify.checks.signed_pdf.opinion import Context
from verify.checks.signed_pdf.paths import Evidence, Judgement, judge, topmost
from verify.checks.signed_pdf.policy import Policy, Question
from verify.checks.signed_pdf.report import Seal
from verify.checks.signed_pdf.rules import Found
from verify.checks.signed_pdf.signatures import Signature
from verify.checks.signed_pdf.value import Value, imprint_of, message_digest, read_value, stamped_at

_CLOCKS = timedelta(minutes=5)  # how far a signer's clock may run ahead
_MOST_EVIDENCE = 64


@dataclass(frozen=True, slots=True)
class Signer:
    """One signature with everything that was found about it."""

    field: str
    is_timestamp: bool
    value: Value
    seal: Seal
    has_token: bool
    roots: tuple[bytes, ...]
    tsa_roots: tuple[bytes, ...]
    moment: datetime
    tsa_moment: datetime


def evidence_in(pdf: pikepdf.Pdf, policy: Policy, found: Found) -> Evidence:
    """The certificates, revocation lists and answers that the file carries (DSS), and the policy's lists."""
    dss = pdf.Root.get("/DSS")
    if not isinstance(dss, pikepdf.Dictionary):
        return Evidence(crls=policy.crls)
    try:
        certificates = _streams(dss, "/Certs", x509.load_der_x509_certificate)
        crls = _streams(dss, "/CRLs", x509.load_der_x509_crl)
        ocsps = _streams(dss, "/OCSPs", _load_ocsp)
    except (ValueError, TypeError):
        found.note("changes/dss")
        return Evidence(crls=policy.crls)
    return Evidence(certificates, (*crls, *policy.crls), ocsps)


def _streams(dss: pikepdf.Object, key: str, load: Callable[[bytes], object]) -> tuple[bytes, ...]:
    ders = [bytes(one.read_bytes()) for one in list(dss.get(key, ()))[: _MOST_EVIDENCE + 1]]
    if len(ders) > _MOST_EVIDENCE:
        raise ValueError(key)
    for der in ders:
        load(der)
    return tuple(ders)


def _load_ocsp(der: bytes) -> object:
    return ocsp.OCSPResponse.load(der, strict=True).response_data


def judge_all(
    data: bytes,
    signatures: Sequence[Signature],
    evidence: Evidence,
    question: Question,
    found: Found,
) -> tuple[Signer, ...]:
    """The signers, oldest signature first. A signature whose value cannot be read has none."""
    signers = []
    moment, proved = question.now, False
    for one in reversed(signatures):
        value = read_value(one.value, found, one.field, token=one.is_timestamp)
        if value is None:
            continue
        judged = _Judging(one, value, evidence, question, found, moment, proved)
        signer = judged.timestamp(data) if one.is_timestamp else judged.seal(data)
        signers.append(signer)
        if one.is_timestamp and signer.seal.proved is not None:
            moment, proved = signer.seal.proved, True
    return tuple(reversed(signers))


@dataclass(frozen=True, slots=True)
class _Judging:
    """One signature, under one question, as of the moment that what stands behind it in the file proves."""

    one: Signature
    value: Value
    evidence: Evidence
    question: Question
    found: Found
    later: datetime
    later_is_proved: bool

    def timestamp(self, data: bytes) -> Signer:
        algorithm, imprint = imprint_of(self.value)
        self._compare(data, algorithm, imprint)
        moment = self._stamped(self.value)
        return self._signer(Judgement(), moment or self.later, self.later, proved=moment)

    def seal(self, data: bytes) -> Signer:
        self._compare(data, self.value.hash_name, message_digest(self.one.value))
        moment, proved = self.later, self.later_is_proved
        if self.value.token is not None:
            stamped = self._token(self.value.token)
            if stamped is not None:
                moment, proved = min(stamped, moment), True
        self._check_stated(moment)
        judged = self._judge_signer(moment, proved=proved)
        return self._signer(judged, moment, self.later, proved=moment if proved else None)

    def _compare(self, data: bytes, algorithm: str, digest: bytes) -> None:
        if algorithm not in ("sha256", "sha384", "sha512"):
            self.found.note("strength/hash", self.one.field)
        elif self.one.digest(data, algorithm) != digest:
            self.found.note("signature/digest", self.one.field)

    def _token(self, der: bytes) -> datetime | None:
        """The time that the stamp over the signature proves."""
        token = read_value(der, self.found, self.one.field, token=True)
        if token is None:
            return None
        algorithm, imprint = imprint_of(token)
        if algorithm not in ("sha256", "sha384", "sha512"):
            self.found.note("strength/hash", self.one.field)
            return None
        if hashlib.new(algorithm, self.value.signature).digest() != imprint:
            self.found.note("tsa/broken", self.one.field)
            return None
        return self._stamped(token)

    def _stamped(self, token: Value) -> datetime | None:
        """The time that a stamp states, if its authority is pinned and was valid."""
        roots = self._tsa_roots(token)
        evidence = self._with(token.certificates)
        judged = judge(token.own, roots, evidence, self.later, proved=self.later_is_proved)
        moment = stamped_at(token)
        if judged.rule or not _is_authority(token.signer):
            self.found.note("tsa/unknown", self.one.field)
            return None
        self._check_carried(token, judged, roots)
        if moment > self.later + _CLOCKS:
            self.found.note("tsa/broken", self.one.field)
            return None
        return moment

    def _judge_signer(self, moment: datetime, *, proved: bool) -> Judgement:
        roots = self._roots()
        judged = judge(
            self.value.own, roots, self._with(self.value.certificates), moment, proved=proved
        )
        if judged.rule:
            self.found.note(judged.rule, self.one.field)
        else:
            self._check_carried(self.value, judged, roots)
        self.found.unless(_may_sign(self.value.signer), "signer/use", self.one.field)
        return judged

    def _check_carried(self, value: Value, judged: Judgement, roots: tuple[bytes, ...]) -> None:
        """Nobody signs the certificates that a signature carries: each must be one of the path that was judged."""
        known = {*judged.path, *roots}
        self.found.unless(
            set(value.certificates) <= known, "signature/certificates", self.one.field
        )

    def _check_stated(self, moment: datetime) -> None:
        stated, certificate = self.one.stated, self.value.signer
        begun = certificate.not_valid_before_utc - _CLOCKS
        self.found.unless(
            stated is not None
            and begun <= stated <= min(moment + _CLOCKS, certificate.not_valid_after_utc),
            "signature/time",
            self.one.field,
        )

    def _with(self, certificates: Iterable[bytes]) -> Evidence:
        own = (*certificates, *self.evidence.certificates)
        return Evidence(own, self.evidence.crls, self.evidence.ocsps)

    def _roots(self) -> tuple[bytes, ...]:
        if self.question.policy.unsafe_any_signer:
            return (topmost(self.value.own, self._with(self.value.certificates).certificates),)
        return self.question.policy.roots

    def _tsa_roots(self, token: Value) -> tuple[bytes, ...]:
        if self.question.policy.unsafe_any_signer:
            return (topmost(token.own, self._with(token.certificates).certificates),)
        return self.question.policy.tsa_roots

    def _signer(
        self, judged: Judgement, moment: datetime, tsa_moment: datetime, *, proved: datetime | None
    ) -> Signer:
        subject = self.value.signer.subject
        seal = Seal(
            field=self.one.field,
            signer=_name(subject, NameOID.COMMON_NAME),
            organisation=_name(subject, NameOID.ORGANIZATION_NAME),
            certificate_sha256=self.value.certificate_sha256,
            key_sha256=self.value.key_sha256,
            stated=self.one.stated,
            proved=proved,
            revocation=judged.revocation,
            revocation_as_of=judged.as_of,
        )
        return Signer(
            field=self.one.field,
            is_timestamp=self.one.is_timestamp,
            value=self.value,
            seal=seal,
            has_token=self.value.token is not None,
            roots=() if self.one.is_timestamp else self._roots(),
            tsa_roots=self._tsa_roots(self.value) if self.one.is_timestamp else self._token_roots(),
            moment=moment,
            tsa_moment=tsa_moment,
        )

    def _token_roots(self) -> tuple[bytes, ...]:
        if self.value.token is None or not self.question.policy.unsafe_any_signer:
            return self.question.policy.tsa_roots
        token = read_value(self.value.token, Found(), self.one.field, token=True)
        return () if token is None else self._tsa_roots(token)


def contexts(
    signatures: Iterable[Signature],
    signers: Iterable[Signer],
    evidence: Evidence,
    question: Question,
) -> dict[str, Context]:
    """Under which roots and as of when pyHanko is asked about each field."""
    now, policy = question.now, question.policy
    plain = Context(policy.roots, policy.tsa_roots, evidence.certificates, now, now)
    by_field = {one.field: plain for one in signatures}
    for one in signers:
        others = (*one.value.certificates, *evidence.certificates)
        by_field[one.field] = Context(one.roots, one.tsa_roots, others, one.moment, one.tsa_moment)
    return by_field


def _name(subject: x509.Name, kind: x509.ObjectIdentifier) -> str:
    found = subject.get_attributes_for_oid(kind)
    return str(found[0].value) if found else ""


def _may_sign(certificate: x509.Certificate) -> bool:
    """RFC 5280 4.2.1.3 and 4.2.1.9: for signing, and no authority."""
    try:
        basic = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
    except x509.ExtensionNotFound:
        basic = x509.BasicConstraints(ca=False, path_length=None)
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return not basic.ca
    return not basic.ca and (usage.digital_signature or usage.content_commitment)


def _is_authority(certificate: x509.Certificate) -> bool:
    """RFC 3161 2.3: the one extended use is time stamping, and it is critical."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except x509.ExtensionNotFound:
        return False
    return usage.critical and list(usage.value) == [ExtendedKeyUsageOID.TIME_STAMPING]
