"""What the pipeline asks of whatever is trusted: one small protocol, so that the checks need no store of files."""

from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from verify.held import KeyFacts, PdfFacts, SignerFacts, StatusFacts


class Trusted(Protocol):
    """Pinned keys and the lists below them."""

    def key(self, code: str, key_id: bytes, issue_date: date, now: datetime) -> KeyFacts:
        """What is known of the key that a payload names, for a code of that issue date."""

    def status(self, code: str, index: int, now: datetime) -> StatusFacts:
        """What the newest accepted status list says of a certificate."""

    def signers(self, code: str, now: datetime) -> SignerFacts | None:
        """Who may sign PDFs of this code; None where no list speaks of it."""

    def prefixes(self) -> tuple[str, ...]:
        """The first 13 characters of the codes of every agency that a list names."""

    def examine(self, pdf: bytes | Path, now: datetime) -> PdfFacts:
        """The signature of a PDF by the acceptance rules, under the pinned roots. Never raises."""
