"""Whether who signed is the agency whose certificate this is: a pinned root may have other subscribers.

By the key list (密钥清单), which says with which certificates an agency signs and which codes it may issue; where no
list knows either, by name: the organisation in the signer's certificate must be the agency named on the page.
"""

from collections.abc import Sequence

from verify.checks.signed_pdf.policy import Policy
from verify.checks.signed_pdf.report import PageFacts, Seal
from verify.checks.signed_pdf.rules import Found
from verify.checks.signed_pdf.signatures import AGENCY
from verify.checks.signed_pdf.times import Signer
from verify.pdf_page import squeezed
from verify.trust.denied import is_denied_certificate


def check_binding(
    signers: Sequence[Signer], page: PageFacts | None, policy: Policy, found: Found
) -> None:
    """Note where a seal is not the agency's."""
    seals = [one for one in signers if not one.is_timestamp]
    for one in seals:
        sample = is_denied_certificate(one.value.signer)
        found.unless(policy.allow_sample or not sample, "signer/sample", one.field)
    if page is None:
        return  # noted already: without text there is no agency to be bound to
    if page.code is None:
        found.note("binding/code")
        return
    for one in seals:
        by_list = _listed(one.seal, page.code, policy)
        bound = _named(one.seal, page) if by_list is None else by_list
        found.unless(bound, "binding/agency", one.field)


def _listed(seal: Seal, code: str, policy: Policy) -> bool | None:
    """What the key list says; None where it knows neither the code nor the signer."""
    prints = {seal.certificate_sha256, seal.key_sha256}
    about = [
        (code.startswith(one.prefixes), bool(prints & one.fingerprints)) for one in policy.signers
    ]
    if not any(covers or knows for covers, knows in about):
        return None
    return any(covers and knows for covers, knows in about)


def _named(seal: Seal, page: PageFacts) -> bool:
    """The agency is the author of the file and stands on the page; the branch stands on the page."""
    on_page = bool(seal.organisation) and squeezed(seal.organisation) in page.text
    return on_page and (seal.field != AGENCY or seal.organisation == page.author)
