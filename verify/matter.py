"""The matter (待核验事项) that the checks look at: what was read, and what it may be held against. No I/O."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from certgen.errors import Said
from verify.claims import Claims
from verify.page.lines import PageText

if TYPE_CHECKING:
    from certgen.exchange.payload import SignedPayload
    from certgen.exchange.register_view import Registered
    from verify.held import KeyFacts, PdfFacts, SignerFacts, StatusFacts
    from verify.official import OfficialAnswer


@dataclass(frozen=True, slots=True)
class Matter:
    """Everything that is known before anything is judged. What is None was not there or not asked."""

    now: datetime
    claims: Claims = field(default_factory=Claims)
    code: str = ""  # the certificate code as it was found, perhaps malformed
    qr_texts: tuple[str, ...] = ()
    reading_trouble: tuple[Said, ...] = ()  # why no QR code was read
    signed: "SignedPayload | None" = None
    payload_trouble: Said | None = None  # it looks like a payload of ours and is broken
    key: "KeyFacts | None" = None
    signature_trouble: Said | None = None  # the payload's signature does not verify
    status: "StatusFacts | None" = None
    page: PageText | None = None
    page_trouble: Said | None = None  # why there is no text of the page
    pdf: bool = False
    pdf_signature: "PdfFacts | None" = None
    pdf_signer: "SignerFacts | None" = None
    register_asked: bool = False
    registered: "Registered | None" = None
    official: "OfficialAnswer | None" = None
    filed_names: tuple[str, ...] = ()  # of the agency, as a key list has them
    known_prefixes: tuple[str, ...] = ()  # of all agencies that are trusted
    hosts: tuple[str, ...] = ()  # the agency's own, as a key list has them
