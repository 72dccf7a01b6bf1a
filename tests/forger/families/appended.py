"""Incremental saving attacks (ISA): something is put behind what was signed."""

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
from verify.checks.signature import Standing


@forgery("changes/page", shows=True)
def a_whole_revision() -> bytes:
    """What every writer does when it saves: objects, table, trailer, all in order."""
    data = one_seal()
    return append(data, forged_page(data))


@forgery("bytes/end")
def objects_and_nothing_else() -> bytes:
    data = one_seal()
    return lay(data, forged_page(data)).data


@forgery("signature/coverage", shows=True)
def objects_and_an_end_mark() -> bytes:
    """No table, and the old one too far from the end to be found: readers rebuild it, and find the forged page."""
    data = one_seal()
    return lay(data, forged_page(data)).data + b"%" * 4096 + b"\n%%EOF\n"


@forgery("signature/coverage", shows=True)
def a_bare_startxref() -> bytes:
    data = one_seal()
    return lay(data, forged_page(data)).data + b"startxref\n0\n%%EOF\n"


@forgery("bytes/end", shows=True)
def a_table_without_an_end_mark() -> bytes:
    """isa_B of the published corpus: pyHanko overlooks what has no %%EOF."""
    data = one_seal()
    return append(data, forged_page(data), ending=b"")


@forgery("bytes/end", shows=True)
def half_an_end_mark() -> bytes:
    data = one_seal()
    return append(data, forged_page(data), ending=b"%%EO")


@forgery("signature/coverage", shows=True)
def a_trailer_without_a_table() -> bytes:
    data = one_seal()
    laid = lay(data, forged_page(data))
    trailer = b"trailer\n<</Size %d%b>>\n" % (size_of(data) + 2, trailer_of(data))
    return laid.data + b"%" * 4096 + b"\n" + trailer + b"%%EOF\n"


@forgery("signature/coverage", shows=True)
def a_startxref_to_the_first_table() -> bytes:
    """The table that counts is the old one; some readers rebuild all the same."""
    data = one_seal()
    out = lay(data, forged_page(data)).data
    # A reader that finds the table of the old revision in order shows the genuine page: broken on purpose.
    return out + b"startxref\n%d\n%%%%EOF\n" % (last_xref(data) + 1)


@forgery("bytes/end")
def bytes_behind_the_end() -> bytes:
    return one_seal() + b"\n" * 7 + b"% nothing to see here"


@forgery("bytes/end")
def two_line_ends() -> bytes:
    return one_seal() + b"\n"


@forgery("signature/coverage")
def a_second_end_mark() -> bytes:
    return one_seal() + b"%%EOF\n"


@forgery("bytes/start")
def bytes_before_the_beginning() -> bytes:
    return b"\n" + one_seal()


@forgery("bytes/end")
def cut_off_in_its_table() -> bytes:
    return one_seal()[:-400]


@forgery("read/damaged", Standing.UNREADABLE)
def cut_off_in_the_middle() -> bytes:
    return one_seal()[:20_000]


@forgery("changes/page", shows=True)
def a_new_catalog_under_a_new_number() -> bytes:
    """Two roots: the signed one stays in the file, the trailer names another."""
    data = one_seal()
    new = size_of(data)
    pages, page = b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (new + 2), new + 2
    forged = forged_page(data)
    own = forged.pop(page_number(data)).replace(b"/Parent 2 0 R", b"/Parent %d 0 R" % (new + 1))
    own = own.replace(b"%d 0 R]/Annots" % new, b"%d 0 R]/Annots" % (new + 3))
    own = own.replace(b"/Forged %d" % (new + 1), b"/Forged %d" % (new + 4))
    moved = dict(zip((new + 3, new + 4), forged.values(), strict=True))
    catalog = body(data, 1).replace(b"/Pages 2 0 R", b"/Pages %d 0 R" % (new + 1))
    trailer = trailer_of(data).replace(b"/Root 1 0 R", b"/Root %d 0 R" % new)
    return append(data, {new: catalog, new + 1: pages, page: own, **moved}, trailer=trailer)


@forgery("changes/page", shows=True)
def a_page_tree_of_its_own() -> bytes:
    data = one_seal()
    new = size_of(data)
    forged = forged_page(data)
    own = forged.pop(page_number(data))
    return append(
        data, {2: b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (new + 2), new + 2: own, **forged}
    )


@forgery("changes/page")
def a_second_page() -> bytes:
    """Behind the first, where nobody looks."""
    data = one_seal()
    new = size_of(data)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents %d 0 R/Resources<<>>>>" % (
        new + 1
    )
    kids = b"<</Type/Pages/Count 2/Kids[%d 0 R %d 0 R]>>" % (page_number(data), new)
    return append(data, {2: kids, new: page, new + 1: stream(b"9 9 200 200 re f")})


@forgery("changes/page", shows=True)
def a_page_in_front() -> bytes:
    """The first page is what everybody sees; the signed one follows."""
    data = one_seal()
    new = size_of(data)
    forged = forged_page(data)
    own = forged.pop(page_number(data))
    kids = b"<</Type/Pages/Count 2/Kids[%d 0 R %d 0 R]>>" % (new + 2, page_number(data))
    return append(data, {2: kids, new + 2: own, **forged})
