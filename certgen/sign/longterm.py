"""What a file of level B-LT or B-LTA (长期验证) carries besides its signatures, gathered once a batch.

Certificates up to the roots, revocation lists or OCSP answers for each, of the signers and of the
time-stamp authority; for B-LTA a stamp over all of it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509

from certgen.exchange.agency import SignatureLevel, SignaturePolicy
from certgen.sign.revocation import Proofs, Revocations
from certgen.sign.timestamps import DocumentStamper, Timestamper

FRESH_FOR = timedelta(hours=1)
"""A long batch asks again: a list or an answer may run out meanwhile."""


@dataclass(slots=True)
class LongTerm:
    """Proofs for the signatures of a batch, and the stamp over a finished file."""

    policy: SignaturePolicy
    chains: Sequence[tuple[x509.Certificate, ...]]
    stamper: Timestamper
    clock: Callable[[], datetime]
    _proofs: Proofs | None = None
    _gathered: datetime | None = None

    def proofs(self) -> Proofs:
        """What goes into the file. Raises `SigningError` where a certificate is not known to be good."""
        now = self.clock()
        if self._proofs is None or self._gathered is None or now - self._gathered > FRESH_FOR:
            revocations = Revocations.of(self.policy)
            found = Proofs()
            for chain in (*self.chains, self.stamper.chain):
                found |= revocations.of_chain(chain, now)
            self._proofs, self._gathered = found, now
        return self._proofs

    @property
    def archive(self) -> DocumentStamper | None:
        """Who stamps the whole file; None below B-LTA."""
        is_archived = self.policy.level is SignatureLevel.B_LTA
        return DocumentStamper(self.stamper) if is_archived else None
