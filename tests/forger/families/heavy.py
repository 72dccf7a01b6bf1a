"""Files made to stop the verifier: bombs, circles, towers. Refused within their limits."""

import zlib

from tests.forger.bombs import assembled, bomb
from tests.forger.edit import append, body, forged_page, page_number, size_of, stream
from tests.forger.forgery import forgery
from tests.forger.genuine import one_seal
from verify.checks.signature import Standing

_UNREADABLE = Standing.UNREADABLE


@forgery("read/size", _UNREADABLE)
def a_stream_that_unpacks_to_a_hundred_megabytes() -> bytes:
    """Behind a genuine certificate."""
    data = one_seal()
    engine = zlib.compressobj(1)
    packed = b"".join(engine.compress(bytes(1 << 20)) for _ in range(100)) + engine.flush()
    return append(data, {size_of(data): stream(packed, b"/Filter/FlateDecode")})


@forgery("read/size", _UNREADABLE)
def a_page_that_unpacks_to_a_hundred_megabytes() -> bytes:
    return bomb(100 << 20)


@forgery("read/size", _UNREADABLE)
def a_value_of_thirty_megabytes() -> bytes:
    data = one_seal()
    return append(data, {size_of(data): b"<</Type/Sig/Contents<%b>>>" % (b"00" * 15_000_000)})


@forgery("read/broke", _UNREADABLE)
def a_page_tree_that_bites_its_tail() -> bytes:
    catalog, pages = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[2 0 R]/Parent 2 0 R>>",
    )
    return assembled([catalog, pages])


@forgery("read/damaged", _UNREADABLE)
def a_tower_of_arrays() -> bytes:
    catalog = b"<</Type/Catalog/Pages 2 0 R/AcroForm " + b"[" * 100_000 + b"]" * 100_000 + b">>"
    return assembled([catalog, b"<</Type/Pages/Count 0/Kids[]>>"])


@forgery("changes/page")
def a_thousand_pages() -> bytes:
    data = one_seal()
    kids = b" ".join([b"%d 0 R" % page_number(data)] * 1000)
    return append(data, {2: b"<</Type/Pages/Count 1000/Kids[%b]>>" % kids})


@forgery("xref/chain")
def a_hundred_revisions() -> bytes:
    data = one_seal()
    for _ in range(100):
        data = append(data, {size_of(data): b"null"})
    return append(data, forged_page(data))


@forgery("changes/fields")
def ten_thousand_fields() -> bytes:
    data = one_seal()
    new = size_of(data)
    catalog = body(data, 1).replace(b"/Fields[", b"/Fields[" + b"%d 0 R " % new * 10_000)
    return append(data, {1: catalog, new: b"<</FT/Sig/T(x)>>"})
