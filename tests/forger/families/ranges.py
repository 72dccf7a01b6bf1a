"""Signature wrapping and universal forgery (SWA, USF): the byte range and the hole are bent."""

import re

from asn1crypto import cms

from tests.forger.edit import (
    append,
    body,
    forged_page,
    hole,
    last_xref,
    lay,
    number_of,
    place_of_signer,
    size_of,
    trailer_of,
    value_in,
    with_value,
)
from tests.forger.forgery import forgery
from tests.forger.genuine import one_seal
from verify.checks.signature import Standing

_RANGE = re.compile(rb"/ByteRange\[0 ([0-9]+) ([0-9]+) ([0-9]+)\] *")


def _slim(data: bytes) -> bytes:
    """The value without the root that it carries: nobody signed the list of certificates, so there is room."""
    content = cms.ContentInfo.load(value_in(data))
    own = place_of_signer(content["content"])
    content["content"]["certificates"] = [content["content"]["certificates"][own]]
    return bytes(content.dump(force=True))


def _numbers(data: bytes) -> tuple[int, int, int]:
    found = _RANGE.search(data)
    assert found is not None
    before, after, rest = map(int, found.groups())
    return before, after, rest


@forgery("signature/gap", shows=True)
def wrapped() -> bytes:
    """What is signed comes last, the hole grows, and in it lies a revision of the forger's.

    The signed bytes end with `startxref` of their old table: at that very place in the hole stands the new one.
    """
    data = one_seal()
    start, _ = hole(data)
    before, after, rest = _numbers(data)
    table_at = last_xref(data)
    forged = forged_page(data)
    value = _slim(data).hex().encode()
    # The new byte range stands in the hole, behind the one that was signed: the last of two counts.
    length = table_at + 60_000
    closing = b">/ByteRange[0 %d %d %d]>>\nendobj\n" % (before, length, rest)
    opened = data[:start] + value + closing
    assert len(opened) <= table_at
    table = b"xref\n0 %d\n0000000000 65535 f \n" % size_of(data)
    offsets = {
        number: data.rindex(b"\n%d 0 obj\n" % number) + 1 for number in range(1, size_of(data))
    }
    laid = opened.ljust(table_at)
    size = max(forged) + 1
    room = len(b"xref\n") + 20 * size + 400
    objects = lay(b" " * (table_at + room) + b"\n", forged)
    offsets |= objects.offsets
    table = b"xref\n0 %d\n0000000000 65535 f \n" % size
    table += b"".join(b"%010d 00000 n \n" % offsets[number] for number in range(1, size))
    table += b"trailer\n<</Size %d%b>>\n" % (size, trailer_of(data))
    assert len(table) <= room
    laid += table.ljust(room) + b"\n" + objects.data[table_at + room + 1 :]
    laid += b"%".ljust(length - len(laid) - 1, b"x") + b"\n"
    return laid + data[after:]


@forgery("signature/gap")
def a_range_that_leaves_more_out() -> bytes:
    """A little of the page is no longer covered, and may be changed."""
    data = one_seal()
    before, after, rest = _numbers(data)
    changed = b"/ByteRange[0 %d %d %d]" % (before - 400, after, rest)
    return _RANGE.sub(lambda found: changed.ljust(len(found[0])), data)


@forgery("signature/byte-range")
def ranges_that_overlap() -> bytes:
    data = one_seal()
    before, after, rest = _numbers(data)
    changed = b"/ByteRange[0 %d %d %d]" % (before, before - 10, rest + after - before + 10)
    return _RANGE.sub(lambda found: changed.ljust(len(found[0])), data)


@forgery("signature/byte-range")
def a_range_of_three_pieces() -> bytes:
    data = one_seal()
    before, after, rest = _numbers(data)
    changed = b"/ByteRange[0 %d %d %d 9 9]" % (before, after, rest)
    return _RANGE.sub(lambda found: changed.ljust(len(found[0])), data)


@forgery("signature/byte-range")
def a_range_beyond_the_end() -> bytes:
    data = one_seal()
    before, after, rest = _numbers(data)
    changed = b"/ByteRange[0 %d %d %d]" % (before, after, rest + 1)
    return _RANGE.sub(lambda found: changed.ljust(len(found[0])), data)


@forgery("signature/byte-range")
def a_range_that_starts_later() -> bytes:
    return one_seal().replace(b"/ByteRange[0 ", b"/ByteRange[9 ")


@forgery("signature/byte-range", Standing.UNSIGNED)
def no_range() -> bytes:
    return one_seal().replace(b"/ByteRange", b"/ByteRangX")


@forgery("signature/byte-range")
def a_range_of_nothing() -> bytes:
    data = one_seal()
    return _RANGE.sub(lambda found: b"/ByteRange null".ljust(len(found[0])), data)


def _hole_filled(filling: bytes) -> bytes:
    data = one_seal()
    start, end = hole(data)
    return data[: start - 1] + filling.ljust(end - start + 2) + data[end + 1 :]


@forgery("signature/gap")
def an_empty_value() -> bytes:
    return _hole_filled(b"<>")


@forgery("signature/gap")
def no_value() -> bytes:
    return _hole_filled(b"null")


@forgery("signature/gap")
def a_value_of_blanks() -> bytes:
    return _hole_filled(b"(" + b" " * 90 + b")")


@forgery("signature/der")
def a_value_of_noughts() -> bytes:
    data = one_seal()
    start, end = hole(data)
    return data[:start] + b"0" * (end - start) + data[end:]


@forgery("signature/gap")
def a_digit_in_the_other_case() -> bytes:
    """pyHanko alone does not mind, and so the file has two forms."""
    data = one_seal()
    start, end = hole(data)
    at = next(n for n in range(start, end) if data[n : n + 1] in b"abcdef")
    return data[:at] + data[at : at + 1].upper() + data[at + 1 :]


@forgery("signature/gap")
def a_blank_among_the_digits() -> bytes:
    data = with_value(one_seal(), _slim(one_seal()))
    _, end = hole(data)
    return data[: end - 2] + b"  " + data[end:]


@forgery("signature/padding")
def something_in_the_padding() -> bytes:
    """Room enough for a message that nobody signed."""
    return with_value(one_seal(), _slim(one_seal()), filling=b"FORGED")


@forgery("signature/shared")
def two_fields_for_one_signature() -> bytes:
    """The second field carries the same value, and an appearance of its own."""
    data = one_seal()
    new = size_of(data)
    seal = number_of(data, b"/T(AgencySeal)")
    second = body(data, seal).replace(b"(AgencySeal)", b"(Timestamp1)")
    catalog = body(data, 1).replace(
        b"/Fields[%d 0 R" % seal, b"/Fields[%d 0 R %d 0 R" % (seal, new)
    )
    return append(data, {1: catalog, new: second})


@forgery("signature/shared")
def two_values_for_one_range() -> bytes:
    data = one_seal()
    new = size_of(data)
    seal, value = number_of(data, b"/T(AgencySeal)"), number_of(data, b"<</Type/Sig/")
    second = body(data, seal).replace(b"(AgencySeal)", b"(Timestamp1)")
    second = second.replace(b"/V %d 0 R" % value, b"/V %d 0 R" % (new + 1))
    catalog = body(data, 1).replace(
        b"/Fields[%d 0 R" % seal, b"/Fields[%d 0 R %d 0 R" % (seal, new)
    )
    return append(data, {1: catalog, new: second, new + 1: body(data, value)})


@forgery("changes/fields")
def a_signature_nobody_finds_any_more() -> bytes:
    """The field is taken out of the form: an unsigned file, at first sight."""
    data = one_seal()
    seal = number_of(data, b"/T(AgencySeal)")
    catalog = body(data, 1).replace(b"/Fields[%d 0 R]" % seal, b"/Fields[]")
    return append(data, {1: catalog})


@forgery("changes/catalog")
def a_certification_taken_back() -> bytes:
    data = one_seal()
    catalog = re.sub(rb"/Perms<<.*?>>", b"", body(data, 1))
    return append(data, {1: catalog})


@forgery("changes/catalog")
def a_certification_that_allows_more() -> bytes:
    """The value is written again, with the same hole and other powers."""
    data = one_seal()
    value = number_of(data, b"<</Type/Sig/")
    return append(data, {value: body(data, value).replace(b"/P 1/V", b"/P 3/V")})


@forgery("signature/digest")
def one_letter_of_the_page() -> bytes:
    """The plainest of all: a changed byte within what is signed."""
    data = one_seal()
    at = data.index(b" Tj") - 3
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


@forgery("signature/digest")
def the_stated_time() -> bytes:
    data = one_seal()
    at = data.index(b"/M(D:20") + len(b"/M(D:20")
    return data[:at] + b"19" + data[at + 2 :]
