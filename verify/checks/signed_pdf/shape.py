"""The shape that our signed certificates have: which fields, in which order, and who certifies what.

One signature: the agency certifies and allows no change (DocMDP P=1). Two: both fields exist before the first
signature, the agency certifies and allows the other signature (P=2), the branch signs and locks all fields.
"""

from collections.abc import Sequence

import pikepdf

from verify.checks.signed_pdf.rules import Found
from verify.checks.signed_pdf.signatures import (
    AGENCY,
    BRANCH,
    PADES,
    RFC3161,
    TIMESTAMP,
    Signature,
    field_names,
)


def check_shape(pdf: pikepdf.Pdf, signatures: Sequence[Signature], found: Found) -> None:
    """Note what differs from our shape. Without any signature there is nothing to say."""
    if not signatures:
        return
    names = field_names(pdf)
    expected = all(name in (AGENCY, BRANCH) or TIMESTAMP.fullmatch(name) for name in names)
    found.unless(expected, "fields/unexpected")
    _check_order(signatures, names, found)
    two = BRANCH in names
    for one in signatures:
        _check_kind(one, found)
        if one.field == AGENCY:
            _check_certifies(pdf, one, 2 if two else 1, found)
        else:
            found.unless(not one.permits, "certify/other", one.field)
        if one.field == BRANCH:
            found.unless(one.locks == ("/All",), "fields/lock", one.field)


def _check_order(signatures: Sequence[Signature], names: Sequence[str], found: Found) -> None:
    order = [one.field for one in signatures]
    if BRANCH in names and BRANCH not in order:
        found.note("fields/awaiting", BRANCH)
    seals = [name for name in (AGENCY, BRANCH) if name in order]
    found.unless(AGENCY in order and order[: len(seals)] == seals, "fields/order")


def _check_kind(one: Signature, found: Found) -> None:
    stamp = one.field not in (AGENCY, BRANCH)
    right = one.is_timestamp == stamp and one.subfilter == (RFC3161 if stamp else PADES)
    found.unless(right, "signature/kind", one.field)


def _check_certifies(pdf: pikepdf.Pdf, agency: Signature, permits: int, found: Found) -> None:
    certified = pdf.Root.get("/Perms", pikepdf.Dictionary()).get("/DocMDP")
    named = certified is not None and certified.objgen == agency.number
    if not (named and agency.permits):
        found.note("certify/missing", agency.field)
    elif agency.permits != (permits,):
        found.note("certify/permission", agency.field)
