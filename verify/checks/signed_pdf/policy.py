"""What the verifier trusts when it examines a signed PDF, and how much time and memory it spends.

Nothing is trusted by default: no root ships with the toolkit, and the system's list of roots is never asked.
"""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class AgencySigner:
    """Which certificates or keys one agency (评价机构) signs its PDFs with, and for which codes."""

    name: str  # as filed (备案名称)
    fingerprints: frozenset[str]  # SHA-256 of certificate or SubjectPublicKeyInfo, in hex
    prefixes: tuple[str, ...] = ("",)  # beginnings of the certificate codes it may issue


@dataclass(frozen=True, slots=True)
class Policy:
    """Roots and signers. Certificates and lists are DER.

    Where no entry of `signers` covers the certificate's code, the signer is bound to the agency by
    name alone: the organisation in its certificate must be the agency that the page names.
    """

    roots: tuple[bytes, ...] = ()
    tsa_roots: tuple[bytes, ...] = ()  # of time stamp authorities (时间戳机构), and of nobody else
    signers: tuple[AgencySigner, ...] = ()
    crls: tuple[bytes, ...] = ()  # beside those that the file carries
    allow_sample: bool = False  # accept what the sample CA (样例 CA) signed
    unsafe_any_signer: bool = False
    """Trust whatever root a file brings, and ask only whether it was changed: to measure, never to verify."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. Our certificates take about a second, 200 MB and 0.2 MB of file."""

    seconds: float = 20
    memory_mb: int = 1024
    size_mb: int = 20


def to_json(policy: Policy) -> dict[str, Any]:
    """The policy as JSON values, for the examiner's process."""
    values = asdict(policy)
    for name in ("roots", "tsa_roots", "crls"):
        values[name] = [b64encode(der).decode("ascii") for der in values[name]]
    for signer in values["signers"]:
        signer["fingerprints"] = sorted(signer["fingerprints"])
    return values


def from_json(values: Mapping[str, Any]) -> Policy:
    """The policy that `to_json` wrote."""

    def ders(name: str) -> tuple[bytes, ...]:
        return tuple(b64decode(text) for text in values[name])

    return Policy(
        roots=ders("roots"),
        tsa_roots=ders("tsa_roots"),
        crls=ders("crls"),
        signers=tuple(
            AgencySigner(one["name"], frozenset(one["fingerprints"]), tuple(one["prefixes"]))
            for one in values["signers"]
        ),
        allow_sample=values["allow_sample"],
        unsafe_any_signer=values["unsafe_any_signer"],
    )


@dataclass(frozen=True, slots=True)
class Question:
    """One examination: a policy, and the moment for which it is asked."""

    policy: Policy
    now: datetime
