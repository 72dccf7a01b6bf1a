"""Who signs a batch: the agency (评价机构), and each branch (分支机构) whose key is here.

`DocumentSigner` is the seam for a signing service of your own: anything with these four members signs
a batch (docs/signing.md has one that runs).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from certgen.model.finding import Finding


class DocumentSigner(Protocol):
    """Signs the digests of PDF files: `certgen.sign.cms.Signer`, or a service of the agency's own."""

    size: int
    """Bytes that the longest signature needs."""
    common_name: str
    """Who signs, as readers show it."""
    certificate_sha256: str
    """Of the signing certificate (DER), in hex: the self-check asks for this very certificate."""

    def sign(self, document_digest: bytes) -> bytes:
        """DER of a detached CMS SignedData over a SHA-256 digest, at most `size` bytes."""


@dataclass(frozen=True, slots=True)
class Signers:
    """The open keys of one batch, and what must be said about them."""

    agency: DocumentSigner | None = None  # None: the electronic certificates are unsigned
    branches: Mapping[str, DocumentSigner] = field(default_factory=dict)  # by branch id
    warnings: tuple[Finding, ...] = ()  # told once, with the account

    def of_branch(self, branch: str | None) -> DocumentSigner | None:
        """The key of a branch, if it is here."""
        return self.branches.get(branch) if branch else None
