"""A second opinion on a signed PDF: pyHanko, which knows PAdES as a whole and is slow.

Asked for integrity only. The trust root is the topmost certificate that the signature itself
carries, so nothing is fetched and the system's list of roots is never consulted.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from verify.fault import require

# The key's use was looked at when it was opened. By default (also for None) pyHanko refuses
# certificates that state no use, and those for digitalSignature alone.
_ANY_USE = KeyUsageConstraints(key_usage=set())


def check_pades(data: bytes) -> None:
    """Raise `Fault` unless pyHanko finds one certifying signature that covers all of `data`."""
    with _silent():
        signatures = PdfFileReader(BytesIO(data), strict=True).embedded_regular_signatures
        require(
            len(signatures) == 1,
            zh="pyHanko 没有找到唯一的签名",
            en="pyHanko does not find exactly one signature",
        )
        status = validate_pdf_signature(
            signatures[0],
            signer_validation_context=_context(signatures[0]),
            key_usage_settings=_ANY_USE,
        )
    require(
        status.bottom_line
        and status.coverage is SignatureCoverageLevel.ENTIRE_FILE
        and status.modification_level is ModificationLevel.NONE,
        zh="pyHanko 认为签名无效或文件被改动",
        en="pyHanko finds the signature invalid or the file altered",
    )


def _context(signature: EmbeddedPdfSignature) -> ValidationContext:
    others = list(signature.other_embedded_certs)
    root = _topmost(signature.signer_cert, others)
    return ValidationContext(
        trust_roots=[root], other_certs=others, allow_fetching=False, revocation_mode="soft-fail"
    )


def _topmost(certificate: x509.Certificate, others: list[x509.Certificate]) -> x509.Certificate:
    left = [other for other in others if other != certificate]
    while issuer := next((o for o in left if o.subject == certificate.issuer), None):
        left.remove(issuer)
        certificate = issuer
    return certificate


@contextmanager
def _silent() -> Iterator[None]:
    """PyHanko logs a traceback for every refusal; the finding says it in one sentence."""
    loggers = [logging.getLogger(name) for name in ("pyhanko", "pyhanko_certvalidator")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
