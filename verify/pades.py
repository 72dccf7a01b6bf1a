"""A second opinion on a signed PDF: pyHanko, which knows PAdES as a whole and is slow.

Asked for integrity only. The trust root is the topmost certificate that the signature itself
carries, so nothing is fetched and the system's list of roots is never consulted.
"""

from io import BytesIO

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from verify.fault import require
from verify.silence import silent

# The key's use was looked at when it was opened. By default (also for None) pyHanko refuses
# certificates that state no use, and those for digitalSignature alone.
_ANY_USE = KeyUsageConstraints(key_usage=set())


def check_pades(data: bytes, signatures: int, *, stamped: bool, archived: bool) -> None:
    """Raise `Fault` unless pyHanko finds so many signatures, all sound, and nothing changed behind them.

    The first certifies; behind it only a second signature, validation data and, if `archived`, a
    document time stamp are allowed. If `stamped`, each signature has a time stamp that holds.
    """
    with silent():
        reader = PdfFileReader(BytesIO(data), strict=True)
        found = reader.embedded_regular_signatures
        require(
            len(found) == signatures and len(reader.embedded_timestamp_signatures) == archived,
            zh=f"pyHanko 找到 {len(found)} 个签名，应为 {signatures} 个",
            en=f"pyHanko finds {len(found)} signatures, expected {signatures}",
        )
        for number, signature in enumerate(found):
            _check(signature, last=number == signatures - 1, stamped=stamped)
        for stamp in reader.embedded_timestamp_signatures:
            status = validate_pdf_timestamp(stamp, validation_context=_context(stamp))
            _require_sound(
                status.valid
                and status.trusted
                and status.coverage is SignatureCoverageLevel.ENTIRE_FILE
            )


def _check(signature: EmbeddedPdfSignature, *, last: bool, stamped: bool) -> None:
    status = validate_pdf_signature(
        signature,
        signer_validation_context=_context(signature),
        ts_validation_context=_context(signature),
        key_usage_settings=_ANY_USE,
    )
    signing_again = ModificationLevel.NONE if last else ModificationLevel.FORM_FILLING
    allowed = {ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, signing_again}
    stamp = status.timestamp_validity
    _require_sound(
        status.bottom_line
        and status.coverage >= SignatureCoverageLevel.ENTIRE_REVISION
        and status.modification_level in allowed
        and (stamp is not None) == stamped
        and (stamp is None or (stamp.valid and stamp.trusted))
    )


def _require_sound(holds: bool, /) -> None:  # noqa: FBT001 - the sentence's subject
    require(
        holds,
        zh="pyHanko 认为签名无效或文件被改动",
        en="pyHanko finds the signature invalid or the file altered",
    )


def _context(signature: EmbeddedPdfSignature) -> ValidationContext:
    """What stands in the file itself: its certificates, and the topmost of each chain as roots."""
    carried = [signature.signer_cert, *signature.other_embedded_certs]
    roots = [_topmost(signature.signer_cert, carried)]
    for token in extract_tst_data_iter(signature.signer_info, signed=False):
        inside = [one.chosen for one in token["certificates"]]
        roots += [_topmost(one, inside) for one in inside]
        carried += inside
    return ValidationContext(
        trust_roots=roots, other_certs=carried, allow_fetching=False, revocation_mode="soft-fail"
    )


def _topmost(certificate: x509.Certificate, others: list[x509.Certificate]) -> x509.Certificate:
    left = [other for other in others if other != certificate]
    while issuer := next((o for o in left if o.subject == certificate.issuer), None):
        left.remove(issuer)
        certificate = issuer
    return certificate
