"""Who signs a batch: the agency (评价机构), and each branch (分支机构) whose key is here."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from certgen.exchange.agency import SignatureLevel
from certgen.model.finding import Finding
from certgen.sign.interface import DocumentSigner
from certgen.sign.longterm import LongTerm


@dataclass(frozen=True, slots=True)
class Signers:
    """The open keys of one batch, and what must be said about them."""

    agency: DocumentSigner | None = None  # None: the electronic certificates are unsigned
    branches: Mapping[str, DocumentSigner] = field(default_factory=dict)  # by branch id
    long_term: LongTerm | None = None  # what B-LT and B-LTA add; None below
    level: SignatureLevel = SignatureLevel.B_B
    warnings: tuple[Finding, ...] = ()  # told once, with the account

    def of_branch(self, branch: str | None) -> DocumentSigner | None:
        """The key of a branch, if it is here."""
        return self.branches.get(branch) if branch else None
