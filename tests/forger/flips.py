"""Flip one bit of a signed PDF and ask: is it refused, or does it at least still say what it said?

Most flips are found by the first rules, in milliseconds. More rules only add reasons, so what those refuse needs no
further question; the rest goes through the whole examination.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BytesIO

import pikepdf

from tests.forger.genuine import policy
from tests.forger.house import NOW
from verify.checks.signed_pdf import chain
from verify.checks.signed_pdf.examination import examine_here
from verify.checks.signed_pdf.policy import Question
from verify.checks.signed_pdf.report import Revocation, SignatureReport
from verify.checks.signed_pdf.rules import Found
from verify.checks.signed_pdf.signatures import read_signatures
from verify.checks.signed_pdf.value import imprint_of, message_digest, read_value


def flipped(data: bytes, position: int, bit: int | None = None) -> bytes:
    changed = bytearray(data)
    changed[position] ^= 1 << (position % 8 if bit is None else bit)
    return bytes(changed)


def said(report: SignatureReport) -> tuple[object, ...]:
    """What may never differ in a file that is accepted: page, fields, signers and times.

    Validation data of B-LT are under no signature: damaged, they may prove less. "Not checked" is never green.
    """
    unknown = Revocation.NOT_CHECKED
    seals = [replace(one, revocation=unknown, revocation_as_of=None) for one in report.seals]
    return report.page, seals, report.level


def proves_more(report: SignatureReport, genuine: SignatureReport) -> bool:
    """Whether a flip made revocation look better than it was."""
    order = list(Revocation)
    return order.index(report.revocation) > order.index(genuine.revocation)


def first_rules_refuse(data: bytes) -> bool:
    """Frame, revisions, holes and digests: a part of what the examination asks."""
    found = Found()
    chain.check_frame(data, found)
    chain.read_chain(data, found)
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            for one in read_signatures(data, pdf, found):
                value = read_value(one.value, found, one.field, token=one.is_timestamp)
                if value is None:
                    return True
                algorithm, digest = (
                    imprint_of(value)
                    if one.is_timestamp
                    else (value.hash_name, message_digest(one.value))
                )
                if one.digest(data, algorithm) != digest:
                    return True
    except Exception:  # noqa: BLE001 - what the examination turns into a reason
        return True
    return bool(found.reasons)


def slipped(data: bytes, positions: Iterable[int], bit: int | None = None) -> Iterator[int]:
    """The positions where a flip is accepted and the file says something else."""
    question = Question(policy(), NOW)
    genuine = examine_here(data, question)
    for position in positions:
        changed = flipped(data, position, bit)
        if not first_rules_refuse(changed):
            report = examine_here(changed, question)
            same = said(report) == said(genuine) and not proves_more(report, genuine)
            if report.accepted and not same:
                yield position
