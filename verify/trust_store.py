"""The trust store (信任库) as the pipeline asks it: its standings become the facts that the checks read.

Held.open(None, allow_sample=False)  # the user's own store
"""

import hashlib
import weakref
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from typing import Self

from verify.checks.signature import AgencySigner, Examiner, Limits, Policy, SignatureReport
from verify.held import (
    KeyFacts,
    KeyUse,
    ListFacts,
    PdfFacts,
    PdfStanding,
    SignerFacts,
    Status,
    StatusFacts,
)
from verify.trust import standing
from verify.trust.proof import Source, facts_of
from verify.trust.store import TrustStore


class Held:
    """Satisfies `verify.trusting.Trusted`. PDFs are examined one after another in one process, which ends with this."""

    def __init__(self, store: TrustStore, *, allow_sample: bool) -> None:
        self.store = store
        self._allow_sample = allow_sample
        self._examiner = Examiner(policy_of(store, allow_sample=allow_sample))
        self._one_at_a_time = Lock()
        weakref.finalize(self, self._examiner.close)

    @classmethod
    def open(cls, folder: Path | None, *, allow_sample: bool) -> Self:
        """The store in `folder`; None: the user's own. Raises `InputError` for a damaged one."""
        return cls(TrustStore.open(folder, allow_sample=allow_sample), allow_sample=allow_sample)

    def digest(self) -> str:
        """Of everything in the store: what a verdict depends on."""
        found = hashlib.sha256(str(self._allow_sample).encode())
        folder = self.store.folder
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.is_file():
                found.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes())
        return found.hexdigest()

    def key(self, code: str, key_id: bytes, issue_date: date, now: datetime) -> KeyFacts:
        """What is known of a payload's key."""
        found = self.store.payload_key(code, key_id, issue_date, now)
        use = found.use
        is_known = found.public_key is not None and use is not standing.KeyUse.UNKNOWN
        is_sample = use is standing.KeyUse.SAMPLE
        label = found.pin.label if found.pin else ""
        return KeyFacts(
            found=is_known,
            sample=is_sample,
            agency=found.agency,
            spki=b"" if is_sample else found.public_key or b"",
            in_scope=use is not standing.KeyUse.OUT_OF_SCOPE,
            site_known=found.site_known,
            valid_then=use not in {standing.KeyUse.TOO_EARLY, standing.KeyUse.TOO_LATE},
            period=f"{found.not_before} – {found.not_after}",
            use=_use(found),
            compromised_since=found.since,
            source=_list("key-list", label, found.key_list),
        )

    def status(self, code: str, index: int, now: datetime) -> StatusFacts:
        """What the newest status list says."""
        found = self.store.status(code, index, now)
        source = _list("status-list", found.agency, found.status_list)
        return StatusFacts(Status(found.answer.value), source)

    def signers(self, code: str, now: datetime) -> SignerFacts | None:
        """Who may sign PDFs of this code."""
        fingerprints = self.store.pdf_signers(code)
        if fingerprints is None:
            return None
        source, agency = self._source(code)
        listed = facts_of(source.listed, now) if source else None
        label = source.pin.label if source else ""
        return SignerFacts(fingerprints, agency, _list("key-list", label, listed))

    def prefixes(self) -> tuple[str, ...]:
        """Of every agency that a list names."""
        return tuple(
            prefix
            for source in self.store.sources
            for agency in source.listed.agencies
            for prefix in agency.prefixes
        )

    def examine(self, pdf: bytes | Path, now: datetime) -> PdfFacts:
        """The signature of a PDF, by the acceptance rules."""
        if _plainly_unsigned(pdf):
            return PdfFacts(PdfStanding.UNSIGNED)
        policy = policy_of(self.store, allow_sample=self._allow_sample)  # lists may have come since
        with self._one_at_a_time:
            return _pdf(self._examiner.examine(pdf, now=now, policy=policy))

    def _source(self, code: str) -> tuple[Source | None, str]:
        for source in self.store.sources:
            agency = source.listed.agency_of(code[:13])
            if agency is not None:
                return source, agency.name
        return None, ""


def policy_of(store: TrustStore, *, allow_sample: bool) -> Policy:
    """Whose signatures on a PDF a store lets count."""
    return Policy(
        roots=store.pdf_roots(),
        tsa_roots=store.tsa_roots(),
        signers=tuple(
            AgencySigner(agency.name, frozenset(agency.pdf_signers), tuple(agency.prefixes))
            for source in store.sources
            for agency in source.listed.agencies
            if agency.pdf_signers
        ),
        allow_sample=allow_sample,
    )


def _plainly_unsigned(pdf: bytes | Path) -> bool:
    """Whether no signature can be in it: saves a process for prints and scans. To hide one proves nothing."""
    if isinstance(pdf, Path):
        if pdf.stat().st_size > Limits().size_mb * 1_000_000:
            return False  # the acceptance rules say that it is too large
        pdf = pdf.read_bytes()
    return b"/ByteRange" not in pdf


def _use(found: standing.KeyStanding) -> KeyUse:
    if found.use is standing.KeyUse.COMPROMISED:
        return KeyUse.COMPROMISED
    return KeyUse.RETIRED if found.since else KeyUse.ACTIVE


def _list(kind: str, issuer: str, facts: standing.ListFacts | None) -> ListFacts | None:
    if facts is None:
        return None
    return ListFacts(
        kind,
        issuer,
        facts.number,
        facts.issued.date(),
        facts.expires.date(),
        expired=facts.expired,
    )


def _pdf(report: SignatureReport) -> PdfFacts:
    prints = {one for seal in report.seals for one in (seal.certificate_sha256, seal.key_sha256)}
    first = report.seals[0] if report.seals else None
    return PdfFacts(
        PdfStanding(report.standing.value),
        tuple(one.said for one in report.reasons),
        tuple(dict.fromkeys(one.rule for one in report.reasons)),
        tuple(seal.organisation or seal.signer for seal in report.seals),
        frozenset(prints),
        report.level.value if report.level else "",
        report.revocation.value,
        _day(first.stated if first else None),
        _day(first.proved if first else None),
    )


def _day(moment: datetime | None) -> str:
    return moment.strftime("%Y-%m-%d %H:%M") if moment else ""
