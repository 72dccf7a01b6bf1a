"""What an examination of a signed PDF (签名 PDF) found: plain values that travel as JSON.

The examiner runs in a process of its own, which hostile bytes may have taken over: it hands back JSON, never pickles.

>>> SignatureReport(Standing.UNSIGNED).accepted
False
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from certgen.errors import Said


class Standing(StrEnum):
    """What a file is to us. Where several hold, the one that stands first here is reported."""

    CHANGED = "changed-after-signing"  # 签名后被改动
    UNREADABLE = "unreadable"  # 无法读取
    UNSIGNED = "unsigned"  # 未签名
    UNKNOWN_SIGNER = "unknown-signer"  # 签名人未知
    NOT_OURS = "not-ours"  # 不是本类证书: signed and whole, and still not what an agency issues
    ACCEPTED = "accepted"  # 通过


class Revocation(StrEnum):
    """Whether the signer's certificate was withdrawn (吊销). "Not checked" is never green."""

    REVOKED = "revoked"
    NOT_CHECKED = "not-checked"
    GOOD = "good"


class Level(StrEnum):
    """How much of its own proof the file carries (ETSI EN 319 142-1)."""

    B = "B-B"  # a signature
    T = "B-T"  # with a trusted time stamp (可信时间戳)
    LT = "B-LT"  # with certificates, CRLs and OCSP answers
    LTA = "B-LTA"  # all of it under a document time stamp


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason why a file is not accepted."""

    rule: str  # permanent id: "bytes/behind-the-end"
    standing: Standing
    said: Said  # never quotes the file: it could hold an identity number
    field: str = ""  # the signature field it is about


@dataclass(frozen=True, slots=True)
class Seal:
    """One signature, and who made it according to its certificate."""

    field: str
    signer: str  # the subject's common name
    organisation: str
    certificate_sha256: str
    key_sha256: str  # of the SubjectPublicKeyInfo
    stated: datetime | None  # when the signer says that it signed: the machine's word
    proved: datetime | None  # when it was signed at the latest, by a pinned time stamp authority
    revocation: Revocation = Revocation.NOT_CHECKED
    revocation_as_of: datetime | None = None  # how old the list or answer is


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a reader finds in the file. `text` holds personal data, identity number and all."""

    pages: int
    text: str = field(repr=False)  # of all pages, without white space
    code: str | None  # the one certificate code (证书编码) in the text
    title: str
    author: str
    photo_sha256: str | None  # of the JPEG as it stands in the file


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """The standing of one file, the reasons for it, and what it says."""

    standing: Standing
    reasons: tuple[Reason, ...] = ()
    seals: tuple[Seal, ...] = ()
    level: Level | None = None
    page: PageFacts | None = None
    sha256: str = ""

    @property
    def accepted(self) -> bool:
        """Whether nothing speaks against the file. Revocation is a question of its own."""
        return self.standing is Standing.ACCEPTED

    @property
    def revocation(self) -> Revocation:
        """The worst of all signatures."""
        order = list(Revocation)
        return min(
            (s.revocation for s in self.seals), key=order.index, default=Revocation.NOT_CHECKED
        )


def standing_of(reasons: tuple[Reason, ...]) -> Standing:
    """The gravest standing that a reason gives; accepted where there is none."""
    order = list(Standing)
    return min((reason.standing for reason in reasons), key=order.index, default=Standing.ACCEPTED)


def to_json(report: SignatureReport, *, text: bool) -> dict[str, Any]:
    """The report as JSON values; the page's text, which is personal, only if `text`."""
    values = asdict(report)
    for reason, kept in zip(values["reasons"], report.reasons, strict=True):
        reason["said"] = kept.said._asdict()
    for seal in values["seals"]:
        for name in ("stated", "proved", "revocation_as_of"):
            seal[name] = seal[name] and seal[name].isoformat()
    if values["page"] is not None and not text:
        del values["page"]["text"]
    return {**values, "revocation": report.revocation}


def from_json(values: Mapping[str, Any]) -> SignatureReport:
    """The report that `to_json` wrote, text included. Raises for any other shape."""
    return SignatureReport(
        standing=Standing(values["standing"]),
        reasons=tuple(_reason(one) for one in values["reasons"]),
        seals=tuple(_seal(one) for one in values["seals"]),
        level=Level(values["level"]) if values["level"] else None,
        page=PageFacts(**values["page"]) if values["page"] else None,
        sha256=str(values["sha256"]),
    )


def _reason(values: Mapping[str, Any]) -> Reason:
    said = Said(str(values["said"]["zh"]), str(values["said"]["en"]))
    return Reason(str(values["rule"]), Standing(values["standing"]), said, str(values["field"]))


def _seal(values: Mapping[str, Any]) -> Seal:
    def time(name: str) -> datetime | None:
        return datetime.fromisoformat(values[name]) if values[name] else None

    words = ("field", "signer", "organisation", "certificate_sha256", "key_sha256")
    return Seal(
        **{name: str(values[name]) for name in words},
        stated=time("stated"),
        proved=time("proved"),
        revocation=Revocation(values["revocation"]),
        revocation_as_of=time("revocation_as_of"),
    )
