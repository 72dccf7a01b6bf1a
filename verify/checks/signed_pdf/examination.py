"""One examination of one file, layer by layer. Runs in the examiner's process; see `verify.checks.signature`.

Every layer is asked, whatever the ones before it found, so that the report says all that is wrong; a layer that breaks
is a reason of its own.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO

import pikepdf

from verify.checks.signed_pdf import binding, chain, changes, content, shape, times
from verify.checks.signed_pdf.opinion import ask_pyhanko
from verify.checks.signed_pdf.page import read_page
from verify.checks.signed_pdf.paths import Evidence
from verify.checks.signed_pdf.policy import Question
from verify.checks.signed_pdf.report import (
    Level,
    PageFacts,
    Reason,
    SignatureReport,
    Standing,
    standing_of,
)
from verify.checks.signed_pdf.rules import Found
from verify.checks.signed_pdf.signatures import AGENCY, Signature, filled_names, read_signatures


def examine_here(data: bytes, question: Question) -> SignatureReport:
    """The report on a file's bytes. Takes the time and memory that the file makes it take."""
    found = Found()
    chain.check_frame(data, found)
    revisions = chain.read_chain(data, found)
    signatures: tuple[Signature, ...] = ()
    signers: tuple[times.Signer, ...] = ()
    page: PageFacts | None = None
    level: Level | None = None
    evidence = Evidence()
    with _layer(found), _opened(data, found) as pdf:
        with _layer(found):
            content.check_content(pdf, found)
        with _layer(found):
            signatures = read_signatures(data, pdf, found)
            shape.check_shape(pdf, signatures, found)
            _check_coverage(data, pdf, signatures, revisions, found)
        with _layer(found):
            evidence = times.evidence_in(pdf, question.policy, found)
            signers = times.judge_all(data, signatures, evidence, question, found)
        if signatures:
            about = times.contexts(signatures, signers, evidence, question)
            ask_pyhanko(data, about, filled_names(pdf), found)
        with _layer(found):
            page = read_page(data, pdf, found)
            level = _level(pdf, signers)
        if signatures:
            binding.check_binding(signers, page, question.policy, found)
    reasons = _counted(found.reasons, question)
    return SignatureReport(
        standing=_standing(reasons, data),
        reasons=reasons,
        seals=tuple(one.seal for one in signers if not one.is_timestamp),
        level=level,
        page=page,
        sha256=hashlib.sha256(data).hexdigest(),
    )


@contextmanager
def _layer(found: Found) -> Iterator[None]:
    """A layer that breaks is a reason: "could not check" is never green."""
    try:
        yield
    except Exception:  # noqa: BLE001 - hostile files break engines in every way
        found.note("read/broke")


@contextmanager
def _opened(data: bytes, found: Found) -> Iterator[pikepdf.Pdf]:
    """The file as qpdf reads it. A warning means that qpdf had to repair: other readers repair otherwise."""
    try:
        pdf = pikepdf.open(BytesIO(data))
    except pikepdf.PasswordError:
        found.note("read/password")
        raise
    except pikepdf.PdfError:
        found.note("read/damaged")
        raise
    with pdf:
        content.check_sizes(pdf, found)
        problems = pdf.check_pdf_syntax()
        found.unless(not problems and not pdf.get_warnings(), "read/damaged")
        yield pdf


def _check_coverage(
    data: bytes,
    pdf: pikepdf.Pdf,
    signatures: Sequence[Signature],
    revisions: Sequence[chain.Revision] | None,
    found: Found,
) -> None:
    """Each signature covers a revision to its end, and what came behind it is only what may come."""
    if not signatures:
        return
    first = signatures[0].end
    for revision in revisions or ():
        if revision.start >= first:
            chain.check_tail(data, revision, found)
            with _layer(found):
                changes.check_purpose(revision, pdf, signatures, found)
    ends = {revision.end for revision in revisions} if revisions else {len(data)}
    for one in signatures:
        if revisions is not None or one is signatures[-1]:
            found.unless(one.end in ends, "signature/coverage", one.field)
        if one.end != len(data):
            branch = one.field == AGENCY
            changes.check_changes(data, one.end, pdf, found, branch=branch)


def _level(pdf: pikepdf.Pdf, signers: Sequence[times.Signer]) -> Level | None:
    """As the file claims; whether each time stamp holds is among the reasons."""
    if not signers:
        return None
    if not all(one.has_token for one in signers if not one.is_timestamp):
        return Level.B
    if "/DSS" not in pdf.Root:
        return Level.T
    return Level.LTA if any(one.is_timestamp for one in signers) else Level.LT


_OURS_ALONE = (
    "binding/", "certify/", "form/", "fields/unexpected", "fields/order", "fields/lock", "fields/awaiting",
    "signature/kind", "signature/time", "xref/kind",
)  # fmt: skip


def _counted(reasons: Sequence[Reason], question: Question) -> tuple[Reason, ...]:
    """All of them; to measure by fiat, all but who signed and what only our own certificates are held to."""
    if not question.policy.unsafe_any_signer:
        return tuple(reasons)
    return tuple(
        one
        for one in reasons
        if one.standing is not Standing.UNKNOWN_SIGNER and not one.rule.startswith(_OURS_ALONE)
    )


def _standing(reasons: tuple[Reason, ...], data: bytes) -> Standing:
    """The gravest. A file that never was signed cannot have been changed since."""
    if b"/ByteRange" not in data:
        reasons = tuple(one for one in reasons if one.standing is not Standing.CHANGED)
        if not reasons:
            return Standing.UNSIGNED
    return standing_of(reasons)
