"""What is held against a certificate (核对依据): facts from pinned keys, key lists and status lists.

The trust store answers with its own values; `verify.trusting` turns them into these. Nothing here does I/O.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from certgen.errors import Said


@dataclass(frozen=True, slots=True)
class ListFacts:
    """One list that was relied on, for the report: which, how new, how old it may get."""

    kind: str  # 'key-list', 'status-list', 'status-pack', 'agency-key'
    issuer: str  # label of the pin or name of the agency
    number: int | None
    issued: date | None
    expires: date | None
    expired: bool
    sha256: str = ""  # of the list's bytes, or of the pinned key

    @property
    def dated(self) -> str:
        """'2026-05-01', or '' where it has no date."""
        return self.issued.isoformat() if self.issued else ""


class KeyUse(StrEnum):
    """What the list says of a key."""

    ACTIVE = "active"
    RETIRED = "retired"
    COMPROMISED = "compromised"


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """The key that a payload names. `found` is False where no pinned list or key has it."""

    found: bool
    sample: bool = False  # it is a key of the samples, and those were not allowed
    rolled_back: bool = False  # the only list that has it is older than one seen before
    agency: str = ""  # filed name, as the list has it
    spki: bytes = b""
    in_scope: bool = False  # the list gives it the prefix of this code
    site_known: bool = False  # some list names that prefix: then it is another agency's
    valid_then: bool = False  # the issue date lies in its period
    period: str = ""  # '2026-01-01 – 2026-12-31', for a sentence
    use: KeyUse = KeyUse.ACTIVE
    compromised_since: date | None = None
    source: ListFacts | None = None
    hosts: tuple[str, ...] = ()


class Status(StrEnum):
    """What a status list says of one certificate."""

    VALID = "valid"
    VOID = "void"
    SUPERSEDED = "superseded"
    SUSPENDED = "suspended"
    UNKNOWN = "unknown"  # the list does not cover it


@dataclass(frozen=True, slots=True)
class StatusFacts:
    """The status of one certificate by the newest list that was accepted."""

    status: Status
    source: ListFacts | None  # None: there is no list of this agency
    rolled_back: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class SignerFacts:
    """Who may sign PDFs of one code, by the agency's key list."""

    fingerprints: frozenset[str]  # SHA-256 of certificate or SubjectPublicKeyInfo, in hex
    agency: str = ""
    source: ListFacts | None = None


class PdfStanding(StrEnum):
    """What the acceptance rules say of a signed PDF."""

    CHANGED = "changed-after-signing"
    UNREADABLE = "unreadable"
    UNSIGNED = "unsigned"
    UNKNOWN_SIGNER = "unknown-signer"
    NOT_OURS = "not-ours"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """The signature of a PDF, as the acceptance rules found it."""

    standing: PdfStanding
    reasons: tuple[Said, ...] = ()
    rules: tuple[str, ...] = ()  # permanent ids of the rules behind the reasons
    signers: tuple[str, ...] = ()  # names in the certificates, in the order of the signatures
    fingerprints: frozenset[str] = frozenset()  # SHA-256 of each signer's certificate and key
    level: str = ""  # 'B-B', 'B-T', 'B-LT', 'B-LTA'
    revocation: str = "not-checked"  # 'good', 'revoked', 'not-checked'
    stated: str = ""  # when the first signer says that it signed
    proved: str = ""  # when a pinned time stamp authority proves it
