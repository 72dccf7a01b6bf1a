"""The signatures of a PDF as qpdf reads them: field, byte range, value, what each certifies and locks.

What a signature leaves out of its range must be its own value and nothing else, written in one way only, so that no
byte of the file is free.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import pikepdf

from verify.checks.signed_pdf.pdf_dates import read_date
from verify.checks.signed_pdf.rules import Found
from verify.der import read_first
from verify.fault import Fault

AGENCY, BRANCH = "AgencySeal", "BranchSeal"  # the fields that the press writes
TIMESTAMP = re.compile(r"Timestamp[1-9][0-9]?")

PADES, RFC3161 = "/ETSI.CAdES.detached", "/ETSI.RFC3161"
_HEX = re.compile(rb"<(?:[0-9a-f]+|[0-9A-F]+)>")
_MOST_FIELDS = 32


@dataclass(frozen=True, slots=True)
class Signature:
    """One filled signature field."""

    field: str
    number: tuple[int, int]  # of the object that holds it
    is_timestamp: bool
    subfilter: str
    before: int  # the hole in the byte range
    after: int
    end: int  # of what it covers
    value: bytes  # DER, without the padding
    stated: datetime | None
    permits: tuple[int, ...]  # DocMDP: what it certifies
    locks: tuple[str, ...]  # FieldMDP actions

    def digest(self, data: bytes, algorithm: str) -> bytes:
        """The digest of all that it covers."""
        state = hashlib.new(algorithm)
        state.update(memoryview(data)[: self.before])
        state.update(memoryview(data)[self.after : self.end])
        return state.digest()


def read_signatures(data: bytes, pdf: pikepdf.Pdf, found: Found) -> tuple[Signature, ...]:
    """Every signature that can be placed in the bytes, oldest first. What is wrong is noted."""
    filled = list(_filled(pdf, found))
    shared = [value.objgen for _, value in filled]
    found.unless(len(set(shared)) == len(shared) and (0, 0) not in shared, "signature/shared")
    read = [one for name, value in filled if (one := _read(data, name, value, found))]
    holes = {one.before for one in read}
    ends = {one.end for one in read}
    found.unless(len(holes) == len(read) and len(ends) == len(read), "signature/shared")
    if not filled and b"/ByteRange" not in data:
        found.note("signature/none")
    elif not filled:
        # Something was signed once, and no reader is led to it any more.
        found.note("changes/fields")
    return tuple(sorted(read, key=lambda one: one.end))


def filled_names(pdf: pikepdf.Pdf) -> set[str]:
    """The names of the signed fields."""
    return {name for name, _ in _filled(pdf, Found())}


def field_names(pdf: pikepdf.Pdf) -> list[str]:
    """The names of all fields, filled or not, in their order."""
    return [str(one.get("/T", "")) for one in _fields(pdf)]


def _fields(pdf: pikepdf.Pdf) -> Sequence[pikepdf.Object]:
    form = pdf.Root.get("/AcroForm")
    fields = form.get("/Fields") if isinstance(form, pikepdf.Dictionary) else None
    return list(fields)[:_MOST_FIELDS] if isinstance(fields, pikepdf.Array) else []


def _filled(pdf: pikepdf.Pdf, found: Found) -> Iterator[tuple[str, pikepdf.Object]]:
    for one in _fields(pdf):
        if not isinstance(one, pikepdf.Dictionary):
            found.note("fields/unexpected")
            continue
        plain = one.get("/FT") == "/Sig" and "/Kids" not in one and "/Parent" not in one
        found.unless(plain, "fields/unexpected")
        value = one.get("/V")
        if plain and isinstance(value, pikepdf.Dictionary):
            yield str(one.get("/T", "")), value


def _read(data: bytes, name: str, value: pikepdf.Object, found: Found) -> Signature | None:
    span = _span(data, value)
    if span is None:
        found.note("signature/byte-range", name)
        return None
    before, after, end = span
    der = _value(data, before, after, value, name, found)
    if der is None:
        return None
    references = value.get("/Reference")
    transforms = list(_transforms(references)) if references is not None else []
    return Signature(
        field=name,
        number=value.objgen,
        is_timestamp=value.get("/Type") == "/DocTimeStamp",
        subfilter=str(value.get("/SubFilter", "")),
        before=before,
        after=after,
        end=end,
        value=der,
        stated=read_date(str(value.get("/M", ""))),
        permits=tuple(int(one.get("/P", 2)) for how, one in transforms if how == "/DocMDP"),
        locks=tuple(str(one.get("/Action", "")) for how, one in transforms if how == "/FieldMDP"),
    )


def _transforms(references: pikepdf.Object) -> Iterator[tuple[str, pikepdf.Object]]:
    for one in references:
        yield (
            str(one.get("/TransformMethod", "")),
            one.get("/TransformParams", pikepdf.Dictionary()),
        )


def _span(data: bytes, value: pikepdf.Object) -> tuple[int, int, int] | None:
    numbers = value.get("/ByteRange")
    if not isinstance(numbers, pikepdf.Array) or len(numbers) != 4:
        return None
    if not all(isinstance(number, int) for number in numbers):
        return None
    start, before, after, rest = (int(number) for number in numbers)
    good = start == 0 and 0 < before < after and rest > 0 and after + rest <= len(data)
    return (before, after, after + rest) if good else None


def _value(
    data: bytes, before: int, after: int, value: pikepdf.Object, name: str, found: Found
) -> bytes | None:
    gap = data[before:after]
    plain = _HEX.fullmatch(gap) is not None and len(gap) % 2 == 0
    if not (plain and data[max(0, before - 64) : before].rstrip(b" \r\n").endswith(b"/Contents")):
        found.note("signature/gap", name)
        return None
    contents = bytes.fromhex(gap[1:-1].decode("ascii"))
    if bytes(value.get("/Contents", b"")) != contents:
        found.note("signature/gap", name)
        return None
    try:
        element, padding = read_first(contents)
    except Fault:
        found.note("signature/der", name)
        return None
    found.unless(not padding.strip(b"\0"), "signature/padding", name)
    return element.raw
