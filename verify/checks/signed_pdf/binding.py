"""Whether who signed is the agency whose certificate this is: a pinned root may have other subscribers.

By the key list (密钥清单), which says with which certificates an agency signs and which codes it may issue; without
one, by name: the organisation in the signer's certificate must be the agency named on the page.
"""

from collections.abc import Sequence

from verify.checks.signed_pdf.policy import Policy
from verify.checks.signed_pdf.report import PageFacts, Seal
from verify.checks.signed_pdf.rules import Found
from verify.checks.signed_pdf.signatures import AGENCY
from verify.checks.signed_pdf.times import Signer
from verify.pdf_page import squeezed

SAMPLE = "SAMPLE / 样例 (NOT VALID)"  # the organisation of everything that the sample CA makes
_SAMPLE_SUFFIX = " 样例 SAMPLE"


def check_binding(
    signers: Sequence[Signer], page: PageFacts | None, policy: Policy, found: Found
) -> None:
    """Note where a seal is not the agency's."""
    if page is None:
        return  # noted already: without text there is no agency to be bound to
    seals = [one.seal for one in signers if not one.is_timestamp]
    for seal in seals:
        sample = seal.organisation.startswith("SAMPLE")
        found.unless(policy.allow_sample or not sample, "signer/sample", seal.field)
    if page.code is None:
        found.note("binding/code")
        return
    for seal in seals:
        listed = _listed(seal, page.code, policy) if policy.signers else _named(seal, page)
        found.unless(listed, "binding/agency", seal.field)


def _listed(seal: Seal, code: str, policy: Policy) -> bool:
    prints = {seal.certificate_sha256, seal.key_sha256}
    return any(
        prints & agency.fingerprints and code.startswith(agency.prefixes)
        for agency in policy.signers
    )


def _named(seal: Seal, page: PageFacts) -> bool:
    names = {seal.organisation, seal.signer}
    if seal.organisation == SAMPLE:
        names = {seal.signer.removesuffix(_SAMPLE_SUFFIX)}
    on_page = {name for name in names if name and squeezed(name) in page.text}
    return bool(on_page) if seal.field != AGENCY else page.author in on_page
