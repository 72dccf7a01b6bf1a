"""The seam for a signing service of your own: anything with these members signs a batch.

docs/signing.md has one that runs. Every signature it gives is read back by the self-check, which asks
for RSA or ECDSA with SHA-256 (SM2 seals are made by their own systems, on unsigned files).
"""

from typing import Protocol


class DocumentSigner(Protocol):
    """Signs the digests of PDF files: `certgen.sign.cms.Signer`, or a service of the agency's own."""

    @property
    def size(self) -> int:
        """Bytes that the longest signature needs."""

    @property
    def common_name(self) -> str:
        """Who signs, as readers show it."""

    @property
    def certificate_sha256(self) -> str:
        """Of the signing certificate (DER), in hex: the self-check asks for this very certificate."""

    def sign(self, document_digest: bytes) -> bytes:
        """DER of a detached CMS SignedData over a SHA-256 digest, at most `size` bytes."""
