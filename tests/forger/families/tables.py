"""Cross-reference tables of other kinds, or that lead in circles: each reader follows them its own way."""

from tests.forger.edit import (
    append,
    body,
    forged_page,
    last_xref,
    lay,
    page_number,
    size_of,
    stream,
    trailer_of,
)
from tests.forger.forgery import forgery
from tests.forger.genuine import one_seal


def _xref_stream(data: bytes, objects: dict[int, bytes], *, hybrid: bool) -> bytes:
    """The objects packed in an object stream, listed by a cross-reference stream."""
    new = size_of(data) + 10
    plain = {number: content for number, content in objects.items() if b"stream\n" in content}
    inside = {number: content for number, content in objects.items() if number not in plain}
    heads, contents = b"", b""
    for number, content in inside.items():
        heads += b"%d %d " % (number, len(contents))
        contents += content + b" "
    entries = b"/Type/ObjStm/N %d/First %d" % (len(inside), len(heads))
    laid = lay(data, {**plain, new: stream(heads + contents, entries)})
    rows = {number: (1, offset, 0) for number, offset in laid.offsets.items()}
    rows |= {number: (2, new, nth) for nth, number in enumerate(inside)}
    at = len(laid.data)
    rows[new + 1] = (1, at, 0)
    index = b" ".join(b"%d 1" % number for number in sorted(rows))
    packed = b"".join(
        bytes([kind]) + first.to_bytes(4) + second.to_bytes(2)
        for _, (kind, first, second) in sorted(rows.items())
    )
    about = b"/Type/XRef/W[1 4 2]/Index[%b]/Size %d%b/Prev %d" % (
        index,
        new + 2,
        trailer_of(data),
        last_xref(data),
    )
    whole = laid.data + b"%d 0 obj\n%b\nendobj\n" % (new + 1, stream(packed, about))
    if not hybrid:
        return whole + b"startxref\n%d\n%%%%EOF\n" % at
    table = b"xref\n0 0\ntrailer\n<</Size %d%b/Prev %d/XRefStm %d>>\n" % (
        new + 2,
        trailer_of(data),
        last_xref(data),
        at,
    )
    return whole + table + b"startxref\n%d\n%%%%EOF\n" % len(whole)


@forgery("xref/kind", shows=True)
def a_stream_with_the_page_in_an_object_stream() -> bytes:
    data = one_seal()
    return _xref_stream(data, forged_page(data), hybrid=False)


@forgery("xref/hybrid", shows=True)
def a_hybrid_that_old_readers_read_otherwise() -> bytes:
    data = one_seal()
    return _xref_stream(data, forged_page(data), hybrid=True)


@forgery("xref/chain")
def a_revision_that_follows_itself() -> bytes:
    data = one_seal()
    at = len(lay(data, forged_page(data)).data)
    return append(data, forged_page(data), prev=at)


@forgery("xref/chain")
def a_previous_table_that_lies_ahead() -> bytes:
    data = one_seal()
    return append(data, forged_page(data), prev=10**8)


@forgery("signature/coverage", shows=True)
def a_history_that_leaves_the_signed_table_out() -> bytes:
    """All objects are listed anew: the chain ends before it comes to what was signed."""
    data = one_seal()
    changed = {number: _own(data, number) for number in range(1, size_of(data))}
    changed |= forged_page(data)
    laid = lay(data, changed)
    size = max(changed) + 1
    table = laid.table().replace(b"xref\n", b"xref\n0 1\n0000000000 65535 f \n", 1)
    about = b"trailer\n<</Size %d%b>>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        trailer_of(data),
        len(laid.data),
    )
    return laid.data + table + about


def _own(data: bytes, number: int) -> bytes:
    return body(data, number)


@forgery("bytes/revisions")
def a_startxref_that_nobody_follows() -> bytes:
    data = one_seal()
    new = size_of(data)
    return append(data, {new: b"(startxref 0)"})


@forgery("changes/page", shows=True)
def ten_revisions() -> bytes:
    """The forgery is in the third, and nothing happens in the rest."""
    data = one_seal()
    for nth in range(10):
        new = size_of(data)
        data = append(data, forged_page(data) if nth == 2 else {new: b"null"})
    return data


@forgery("read/damaged")
def a_generation_that_was_never_there() -> bytes:
    data = one_seal()
    made = append(data, forged_page(data))
    page = b"%d 1\n" % page_number(data)
    at = made.rindex(page) + len(page)
    return made[:at] + made[at:].replace(b" 00000 n", b" 00001 n", 1)
