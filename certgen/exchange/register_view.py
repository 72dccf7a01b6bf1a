"""What a verifier may ask of a register (证书台账): one code, and no more of its holder than a certificate shows.

A protocol: the verifier knows no database. `certgen.registry.view` answers it from a register file, when somebody asks
for that by name.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from certgen.standards.identity_types import IdentityType


class Standing(StrEnum):
    """What the register says of a number."""

    ISSUED = "issued"
    PENDING = "pending"  # reserved, not issued: no certificate with it may be about
    VOID = "void"
    SUSPENDED = "suspended"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Registered:
    """One number, as the register has it."""

    code: str
    standing: Standing
    name: str
    identity_type: IdentityType
    last_four: str  # of the identity number: more never leaves the register this way
    occupation: str
    job: str | None
    issue_date: date
    why: str = ""  # the reason that was recorded when it was voided


class RegisterView(Protocol):
    """A register that can be asked."""

    @property
    def source(self) -> str:
        """What to call it in a report: the file name."""

    def find(self, code: str) -> Registered | None:
        """What it knows of a code; None if nothing."""

    def close(self) -> None:
        """Let go of it."""
