"""The report (核验报告): verdict, evidence and claims about one certificate, as a value that becomes JSON.

The JSON has a versioned schema, `verify/report.schema.json`; `docs/verify.md` explains it. No identity number is in it,
only its last four characters; the picture is kept beside it and is no part of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from certgen.errors import Said
from certgen.standards.codes.identify import DocumentKind
from certgen.standards.codes.parts import Part
from verify.claims import Channel, Claims
from verify.evidence import Evidence
from verify.held import ListFacts
from verify.verdict import Judgement, Verdict

SCHEMA = "certverify-report/1"


@dataclass(frozen=True, slots=True)
class Subject:
    """What was looked at: untouched, and known by its digest."""

    kind: str  # 'photo', 'pdf', 'code'
    name: str  # file name without its folder, or the code
    sha256: str = ""  # of the file's bytes; '' for a typed code
    size: int = 0  # bytes
    page: int = 1  # of the file, from 1
    pages: int = 1


@dataclass(frozen=True, slots=True)
class Read:
    """How the picture was read."""

    stage: str = ""  # the decoder stage that answered
    ms: float = 0.0
    pixels: tuple[int, int] = (0, 0)
    troubles: tuple[Said, ...] = ()  # why nothing was read, the likeliest first
    notes: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Everything about one certificate."""

    subject: Subject
    judgement: Judgement
    evidence: tuple[Evidence, ...]
    claims: Claims
    trusted: frozenset[Channel]  # whose claims are proven; all others are shown as claims only
    kind: DocumentKind
    kind_said: Said
    parts: tuple[Part, ...]  # the code explained, digit by digit
    caveats: tuple[Said, ...]  # what the verdict does not say
    advice: tuple[Said, ...]  # what to do next
    sources: tuple[ListFacts, ...]  # lists that were relied on, with their dates
    read: Read
    checked_at: datetime
    software: str
    picture: bytes = field(
        default=b"", repr=False
    )  # JPEG of the page, for a person; not in the JSON

    @property
    def verdict(self) -> Verdict:
        """The one word."""
        return self.judgement.verdict

    def to_json(self) -> dict[str, Any]:
        """As `report.schema.json` has it."""
        return {
            "schema": SCHEMA,
            "verdict": self.verdict.value,
            "answers": {
                axis.value: answer.value for axis, answer in self.judgement.answers.items()
            },
            "because": [one.check for one in self.judgement.because],
            "subject": {
                "kind": self.subject.kind,
                "name": self.subject.name,
                "sha256": self.subject.sha256,
                "size": self.subject.size,
                "page": self.subject.page,
                "pages": self.subject.pages,
            },
            "document": {"kind": self.kind.value, "said": _both(self.kind_said)},
            "claims": [
                {
                    "channel": claim.channel.value,
                    "field": claim.field.value,
                    "value": claim.value,
                    "trusted": claim.channel in self.trusted,
                }
                for claim in self.claims
            ],
            "code": [
                {
                    "first": part.first,
                    "last": part.last,
                    "text": part.text,
                    "name": _both(part.name),
                    "meaning": _both(part.meaning),
                    "clause": part.clause,
                }
                for part in self.parts
            ],
            "evidence": [
                {
                    "check": one.check,
                    "number": one.number,
                    "axis": one.axis.value,
                    "outcome": one.outcome.value,
                    "reason": one.reason.value if one.reason else "",
                    "said": _both(one.said),
                    "clause": one.clause,
                    "data": dict(one.data),
                }
                for one in self.evidence
            ],
            "caveats": [_both(said) for said in self.caveats],
            "advice": [_both(said) for said in self.advice],
            "sources": [_source(source) for source in self.sources],
            "read": {
                "stage": self.read.stage,
                "ms": round(self.read.ms, 1),
                "pixels": list(self.read.pixels),
                "troubles": [_both(said) for said in self.read.troubles],
                "notes": [_both(said) for said in self.read.notes],
            },
            "checked_at": self.checked_at.isoformat(timespec="seconds"),
            "software": self.software,
        }


def _both(said: Said) -> Mapping[str, str]:
    return {"zh": said.zh, "en": said.en}


def _source(source: ListFacts) -> Mapping[str, Any]:
    return {
        "kind": source.kind,
        "issuer": source.issuer,
        "number": source.number,
        "issued": source.issued.isoformat() if source.issued else None,
        "expires": source.expires.isoformat() if source.expires else None,
        "expired": source.expired,
        "sha256": source.sha256,
    }
