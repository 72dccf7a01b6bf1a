"""Only validation data and time stamps may come behind the last signature: so forgeries come dressed as them."""

from datetime import timedelta

from tests.forger.edit import (
    append,
    body,
    forged_page,
    last_xref,
    lay,
    page_number,
    patch_form,
    size_of,
    stream,
    trailer_of,
)
from tests.forger.forgery import forgery
from tests.forger.genuine import stamped
from tests.forger.house import NOW, Authority, the_house
from tests.forger.longterm import (
    b_lt,
    b_lta,
    b_t,
    token,
    token_over,
    with_dss,
    with_timestamp,
    with_token,
)
from verify.checks.signature import Standing

_UNKNOWN = Standing.UNKNOWN_SIGNER


@forgery("changes/page", shows=True)
def a_page_among_the_validation_data() -> bytes:
    """One revision: the validation data are sound, and the page is another."""
    data = b_t()
    moved = {
        number + 40 if number >= size_of(data) else number: content
        for number, content in forged_page(data).items()
    }
    new = size_of(data)
    page = moved[page_number(data)].replace(b"%d 0 R]/Annots" % new, b"%d 0 R]/Annots" % (new + 40))
    page = page.replace(b"/Forged %d 0 R" % (new + 1), b"/Forged %d 0 R" % (new + 41))
    return with_dss(data, objects={**moved, page_number(data): page})


@forgery("changes/dss")
def something_else_in_the_validation_data() -> bytes:
    return with_dss(b_t(), entries=b"/Forged(LI SI)")


@forgery("changes/dss")
def validation_data_that_are_none() -> bytes:
    return with_dss(b_t(), certificates=[b"no certificate at all"])


@forgery("changes/dss")
def validation_data_without_streams() -> bytes:
    data = b_t()
    return append(data, {1: body(data, 1)[:-2] + b"/DSS<</Certs[(x)]>>>>"})


@forgery("changes/objects")
def an_object_that_belongs_to_nothing() -> bytes:
    """Nobody refers to it today."""
    data = b_t()
    return with_dss(data, objects={size_of(data) + 60: stream(b"FORGED")})


@forgery("changes/objects")
def the_page_written_again_without_a_change() -> bytes:
    data = b_lt()
    return append(data, {page_number(data): body(data, page_number(data))})


@forgery("changes/objects")
def a_revision_of_nothing() -> bytes:
    data = b_lt()
    return append(data, {1: body(data, 1)})


@forgery("bytes/tail", shows=False)
def objects_between_the_listed_ones() -> bytes:
    """Sound for whoever follows the table; there for whoever searches the file for objects."""
    data = b_t()
    made = with_dss(data)
    tail = made[len(data) :]
    second = tail.index(b"endobj\n") + len(b"endobj\n")
    hidden = b"%d 0 obj\n%b\nendobj\n" % (page_number(data), body(data, page_number(data)))
    table = last_xref(made)
    moved = made[: len(data) + second] + hidden + made[len(data) + second : table]
    rows = made[table:].split(b"\n")
    for at, row in enumerate(rows):
        if row.endswith(b" 00000 n ") and int(row[:10]) >= len(data) + second:
            rows[at] = b"%010d 00000 n " % (int(row[:10]) + len(hidden))
    closing = b"\n".join(rows).replace(
        b"startxref\n%d" % table, b"startxref\n%d" % (table + len(hidden))
    )
    return moved + closing


@forgery("changes/timestamp", shows=True)
def a_time_stamp_that_is_seen() -> bytes:
    """Its field lies over the name, and has an appearance."""
    data = b_lt()
    new = size_of(data) + 2
    return with_timestamp(
        data,
        box=b"540 380 800 420",
        entries=b"/AP<</N %d 0 R>>" % new,
        objects=patch_form(new),
        at=NOW,
    )


@forgery("changes/timestamp")
def a_time_stamp_that_does_something() -> bytes:
    return with_timestamp(b_lt(), entries=b"/A<</S/JavaScript/JS(1)>>", at=NOW)


@forgery("fields/unexpected")
def a_time_stamp_of_another_name() -> bytes:
    return with_timestamp(b_lt(), name=b"Signature9", at=NOW)


@forgery("tsa/unknown", _UNKNOWN)
def a_time_stamp_of_a_stranger() -> bytes:
    key = Authority("陌生时间戳 CA").certify(
        "陌生时间戳", the_house().tsa.private, stamps_time=True
    )
    return with_timestamp(b_lt(), key=key, at=NOW)


@forgery("tsa/unknown", _UNKNOWN)
def a_signature_s_stamp_of_a_stranger() -> bytes:
    """Back-dated by an authority of one's own."""
    key = Authority("陌生时间戳 CA").certify(
        "陌生时间戳", the_house().tsa.private, stamps_time=True
    )
    data = stamped(the_house().agency, room=True)
    return with_token(data, token_over(data, key))


@forgery("tsa/unknown", _UNKNOWN)
def an_agency_that_stamps_the_time() -> bytes:
    """Its certificate is trusted for documents; it stamps under the root of the agencies."""
    key = the_house().ca.certify("云河精工机械制造有限公司", the_house().tsa.private)
    data = stamped(the_house().agency, room=True)
    return with_token(data, token_over(data, key))


@forgery("tsa/unknown", _UNKNOWN)
def a_certificate_of_the_authority_that_is_not_for_stamping() -> bytes:
    key = the_house().tsa_ca.certify("测试时间戳机构", the_house().tsa.private)
    data = stamped(the_house().agency, room=True)
    return with_token(data, token_over(data, key))


@forgery("tsa/broken")
def the_stamp_of_another_signature() -> bytes:
    return with_token(stamped(the_house().agency, room=True), token(b"\7" * 32))


@forgery("tsa/broken")
def a_stamp_from_the_future() -> bytes:
    data = stamped(the_house().agency, room=True)
    return with_token(data, token_over(data, the_house().tsa, NOW + timedelta(days=30)))


@forgery("signature/digest")
def a_time_stamp_over_something_else() -> bytes:
    return b_lta().replace(b"/F 132/Rect[0 0 0 0]", b"/F 133/Rect[0 0 0 0]")


@forgery("changes/page", shows=True)
def a_revision_behind_the_last_time_stamp() -> bytes:
    data = b_lta()
    return append(data, forged_page(data))


@forgery("signature/coverage", shows=True)
def objects_behind_the_last_time_stamp() -> bytes:
    data = b_lta()
    trailer = b"trailer\n<</Size %d%b>>\n" % (size_of(data) + 2, trailer_of(data))
    return lay(data, forged_page(data)).data + b"%" * 4096 + b"\n" + trailer + b"%%EOF\n"


@forgery("signer/revoked", _UNKNOWN)
def validation_data_of_somebody_who_was_revoked() -> bytes:
    """The file brings the list that refuses it."""
    house = the_house()
    return with_dss(b_t(), crls=[house.ca.crl(house.agency), house.tsa_ca.crl()])
