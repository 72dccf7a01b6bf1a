"""A second opinion on every signature: pyHanko, which knows PAdES as a whole, under the strictest of its policies.

Its verdict alone is not enough (it accepts bytes behind the last revision, see docs/signatures.md), and neither is
ours: both must hold.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DocInfoRule,
    DSSCompareRule,
    FormUpdatingRule,
    ModificationLevel,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
)
from pyhanko.sign.validation import async_validate_pdf_signature, async_validate_pdf_timestamp
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import (
    DocumentTimestampStatus,
    PdfSignatureStatus,
    SignatureCoverageLevel,
)
from pyhanko_certvalidator import ValidationContext

from verify.checks.signed_pdf.rules import Found
from verify.silence import silent

# No filling in of other fields, no new visible fields, no new metadata, no object streams.
_POLICY = StandardDiffPolicy(
    global_rules=[
        CatalogModificationRule(),  # type: ignore[no-untyped-call]
        DocInfoRule().as_qualified(ModificationLevel.LTA_UPDATES),
        DSSCompareRule().as_qualified(ModificationLevel.LTA_UPDATES),
    ],
    form_rule=FormUpdatingRule(
        field_rules=[
            SigFieldCreationRule(  # type: ignore[no-untyped-call]
                allow_new_visible_after_certify=False
            ),
            SigFieldModificationRule(),
        ],
    ),
)

_ANY_USE = KeyUsageConstraints(key_usage=set())  # `times` looks at it, and says what is wrong
_TOLERANCE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Context:
    """Under which roots, and as of when, one signature is to be believed."""

    roots: tuple[bytes, ...]
    tsa_roots: tuple[bytes, ...]
    others: tuple[bytes, ...]
    moment: datetime  # for the signer's certificate
    tsa_moment: datetime  # for the certificate of the authority that stamped the signature


def ask_pyhanko(
    data: bytes, contexts: Mapping[str, Context], filled: set[str], found: Found
) -> None:
    """Note where pyHanko would not accept. `contexts` is by field; `filled` are the signed fields that qpdf saw."""
    with silent():
        try:
            reader = PdfFileReader(BytesIO(data), strict=True)
            embedded = list(reader.embedded_signatures)
        except Exception:  # noqa: BLE001 - anything escapes from it on hostile files
            found.note("read/strict")
            return
        found.unless(not reader.xrefs.hybrid_xrefs_present, "xref/hybrid")
        found.unless(reader.xrefs.total_revisions == data.count(b"startxref"), "bytes/revisions")
        found.unless({one.field_name for one in embedded} == filled, "fields/engines")
        for one in embedded:
            context = contexts.get(one.field_name)
            if context is not None:
                _ask(one, context, found)


def _ask(embedded: EmbeddedPdfSignature, context: Context, found: Found) -> None:
    field = embedded.field_name
    # Where our own rules name what is wrong with a signature, its distrust adds nothing.
    explained = any(one.field == field for one in found.reasons)
    tsa = _validation(context.tsa_roots, context, context.tsa_moment)
    own = _validation(context.roots, context, context.moment)
    status: DocumentTimestampStatus | PdfSignatureStatus
    try:
        if embedded.sig_object_type == "/DocTimeStamp":
            status = asyncio.run(async_validate_pdf_timestamp(embedded, tsa, diff_policy=_POLICY))
        else:
            asking = async_validate_pdf_signature(
                embedded, own, tsa, diff_policy=_POLICY, key_usage_settings=_ANY_USE
            )
            status = asyncio.run(asking)
    except Exception:  # noqa: BLE001 - ValueError, TypeError and AssertionError escape from it
        found.note("pades/invalid", field)
        return
    whole = (SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION)
    found.unless(status.coverage in whole, "signature/coverage", field)
    unchanged = status.modification_level is not None and (
        status.modification_level <= ModificationLevel.FORM_FILLING
    )
    last = status.coverage is SignatureCoverageLevel.ENTIRE_FILE or (
        status.modification_level is not ModificationLevel.NONE  # else bytes outside every revision
    )
    found.unless(unchanged and last, "pades/changed", field)
    if not (status.intact and status.valid):
        found.note("pades/invalid", field)
    elif isinstance(status, PdfSignatureStatus) and status.docmdp_ok is False:
        found.note("pades/changed", field)
    elif not explained and not (status.trusted and _bottom_line(status)):
        found.note("pades/untrusted", field)


def _bottom_line(status: DocumentTimestampStatus | PdfSignatureStatus) -> bool:
    return not isinstance(status, PdfSignatureStatus) or bool(status.bottom_line)


def _validation(roots: tuple[bytes, ...], context: Context, moment: datetime) -> ValidationContext:
    return ValidationContext(
        trust_roots=[x509.Certificate.load(root) for root in roots],
        other_certs=[x509.Certificate.load(der) for der in context.others],
        moment=moment,
        time_tolerance=_TOLERANCE,
        allow_fetching=False,
        revocation_mode="soft-fail",  # `paths` asks for revocation, and says what it could not ask
    )
