"""What the trust store answers: how a key, a status or a PDF signer stands, as facts for the verdict to weigh.

Every answer carries the number and date of the list behind it: "valid" is always "valid as of a day".
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from verify.trust.pins import Pin


@dataclass(frozen=True, slots=True)
class ListFacts:
    """Which list an answer comes from."""

    number: int
    issued: datetime
    expires: datetime
    expired: bool  # at the moment of asking: it then says only what was

    def age(self, now: datetime) -> timedelta:
        """How old it is."""
        return now - self.issued


class KeyUse(StrEnum):
    """How a payload key stands towards one certificate. Only `GOOD` speaks for it."""

    GOOD = "good"
    UNKNOWN = "unknown"  # no pinned root knows it: "signed by an unknown key"
    SAMPLE = "sample"  # on the deny list, and samples were not allowed
    OUT_OF_SCOPE = "out-of-scope"  # another agency's: it may not sign codes of this site
    TOO_EARLY = "too-early"  # the issue date is before the key's validity
    TOO_LATE = "too-late"  # the issue date is after it
    COMPROMISED = "compromised"  # somebody else may have it: no date that it signs proves anything


@dataclass(frozen=True, slots=True)
class KeyStanding:
    """The answer about a payload key.

    `public_key` is given wherever the key is known, also if it may not sign this: verify the signature with it
    first. The key id has four bytes only: a payload that the key did not sign is not its agency's doing.
    """

    use: KeyUse
    public_key: bytes | None = None  # SubjectPublicKeyInfo, DER
    agency: str = ""  # whose key it is
    pin: Pin | None = None  # the pinned root or agency key that vouches for it
    key_list: ListFacts | None = None
    not_before: date | None = None
    not_after: date | None = None
    since: date | None = None  # retired or compromised from this day
    site_known: bool = False  # whether a list of a pinned root names the site of the code at all
    pinned: bool = False  # whether anything that could vouch for payload keys is pinned


class StatusAnswer(StrEnum):
    """What the newest status list says."""

    VALID = "valid"
    VOID = "void"
    SUPERSEDED = "superseded"
    SUSPENDED = "suspended"
    UNKNOWN = "unknown"  # no list of this agency, or the certificate is younger than the list


@dataclass(frozen=True, slots=True)
class StatusStanding:
    """The answer about one version of a certificate."""

    answer: StatusAnswer
    status_list: ListFacts | None = None  # None: there is none
    agency: str = ""


class Taken(StrEnum):
    """What became of a list in an update."""

    NEW = "new"
    KNOWN = "known"  # the same bytes are there already
    OLDER = "older"  # an older list than one seen: refused
    CONFLICT = "conflict"  # the same number with other contents: refused
    UNKNOWN_SIGNER = "unknown-signer"  # no pinned root, or no key of a listed agency, signed it
    BAD_SIGNATURE = "bad-signature"
    OUT_OF_SCOPE = "out-of-scope"  # its signer may not speak for these sites
    SAMPLE = "sample"
    FUTURE = "future"  # issued after the present day: a clock is wrong, and it would lock out all later lists


@dataclass(frozen=True, slots=True)
class Update:
    """One list of an update."""

    kind: str  # 'key-list' or 'status-list'
    taken: Taken
    facts: ListFacts
    name: str  # of the root or agency

    @property
    def is_refused(self) -> bool:
        """Whether the store does not use it."""
        return self.taken not in {Taken.NEW, Taken.KNOWN}
