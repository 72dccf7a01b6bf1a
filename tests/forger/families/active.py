"""What makes a page show another thing tomorrow, or elsewhere: scripts, layers, XFA, attachments, passwords."""

from io import BytesIO

import pikepdf
from pyhanko.sign.fields import MDPPerm

from tests.forger.edit import (
    HELVETICA,
    PATCH,
    append,
    body,
    page_number,
    size_of,
    stream,
    trailer_of,
)
from tests.forger.forgery import forgery
from tests.forger.genuine import one_seal, stamped
from tests.forger.house import the_house
from tests.forger.signing import Step, signed
from verify.checks.signature import Standing


def _in_catalog(entries: bytes, objects: dict[int, bytes] | None = None) -> bytes:
    data = one_seal()
    catalog = body(data, 1)
    return append(data, {1: catalog[:-2] + entries + b">>", **(objects or {})})


@forgery("changes/catalog")
def a_script_that_runs_when_the_file_is_opened() -> bytes:
    return _in_catalog(b"/OpenAction<</S/JavaScript/JS(this.getField\\('x'\\))>>")


@forgery("changes/catalog")
def scripts_by_name() -> bytes:
    return _in_catalog(b"/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(1)>>]>>>>")


@forgery("changes/catalog")
def an_embedded_file() -> bytes:
    new = size_of(one_seal())
    return _in_catalog(
        b"/Names<</EmbeddedFiles<</Names[(x.exe)<</Type/Filespec/F(x.exe)/EF<</F %d 0 R>>>>]>>>>"
        % new,
        {new: stream(b"MZ")},
    )


@forgery("changes/catalog")
def layers_in_the_catalog() -> bytes:
    new = size_of(one_seal())
    return _in_catalog(
        b"/OCProperties<</OCGs[%d 0 R]/D<</OFF[]>>>>" % new, {new: b"<</Type/OCG/Name(x)>>"}
    )


@forgery("changes/page", shows=True)
def a_layer_that_is_switched_on() -> bytes:
    """Prepared before, visible after: the layer carries another name."""
    data = one_seal()
    new = size_of(data)
    page = body(data, page_number(data))
    page = page.replace(b" 0 R]/Annots", b" 0 R %d 0 R]/Annots" % new)
    page = page.replace(
        b"/Font<<", b"/Properties<</Other %d 0 R>>/Font<</Forged %d 0 R" % (new + 2, new + 1)
    )
    layers = b"/OCProperties<</OCGs[%d 0 R]/D<</ON[%d 0 R]>>>>" % (new + 2, new + 2)
    return append(
        data,
        {
            1: body(data, 1)[:-2] + layers + b">>",
            page_number(data): page,
            new: stream(b"/OC /Other BDC " + PATCH + b" EMC"),
            new + 1: HELVETICA,
            new + 2: b"<</Type/OCG/Name(Other)>>",
        },
    )


@forgery("form/catalog")
def a_form_of_xfa() -> bytes:
    data = one_seal()
    new = size_of(data)
    catalog = body(data, 1).replace(b"/AcroForm<<", b"/AcroForm<</XFA %d 0 R" % new)
    return append(data, {1: catalog, new: stream(b"<xdp:xdp/>")})


@forgery("changes/fields")
def appearances_to_be_made_anew() -> bytes:
    """NeedAppearances: the reader draws the seals as it likes."""
    data = one_seal()
    catalog = body(data, 1).replace(b"/AcroForm<<", b"/AcroForm<</NeedAppearances true")
    return append(data, {1: catalog})


@forgery("changes/page")
def an_action_of_the_page() -> bytes:
    data = one_seal()
    page = body(data, page_number(data)).replace(
        b"/Parent", b"/AA<</O<</S/JavaScript/JS(1)>>>>/Parent"
    )
    return append(data, {page_number(data): page})


@forgery("read/password", Standing.UNREADABLE)
def a_password_in_the_trailer() -> bytes:
    """Encryption that is only claimed: some readers decrypt what never was encrypted."""
    data = one_seal()
    crypt = b"/Encrypt<</Filter/Standard/V 1/R 2/O(%b)/U(%b)/P -4>>" % (b"o" * 32, b"u" * 32)
    return append(data, {size_of(data): b"null"}, trailer=trailer_of(data) + crypt)


@forgery("form/encrypted")
def the_whole_file_encrypted_anew() -> bytes:
    made = BytesIO()
    with pikepdf.open(BytesIO(one_seal())) as pdf:
        pdf.save(made, encryption=pikepdf.Encryption(owner="x", user=""), static_id=False)
    return made.getvalue()


@forgery("signature/byte-range")
def the_whole_file_saved_anew() -> bytes:
    """By a tool that knows nothing of signatures."""
    made = BytesIO()
    with pikepdf.open(BytesIO(one_seal())) as pdf:
        pdf.save(made)
    return made.getvalue()


def _signed_by_the_agency(change: dict[int, bytes]) -> bytes:
    """The agency itself signed it: whole, trusted, and not what an agency issues."""
    data = append(stamped(), change)
    return signed(data, [Step(the_house().agency, "AgencySeal", MDPPerm.NO_CHANGES)])


@forgery("form/catalog", Standing.NOT_OURS)
def a_script_that_the_agency_signed() -> bytes:
    catalog = body(stamped(), 1)
    return _signed_by_the_agency({1: catalog[:-2] + b"/OpenAction<</S/JavaScript/JS(1)>>>>"})


@forgery("form/page", Standing.NOT_OURS)
def a_layer_that_the_agency_signed() -> bytes:
    data = stamped()
    page = body(data, page_number(data)).replace(b"/Font<<", b"/Properties<<>>/Font<<")
    return _signed_by_the_agency({page_number(data): page})


@forgery("form/filters", Standing.NOT_OURS)
def a_stream_packed_in_a_way_of_its_own() -> bytes:
    new = size_of(stamped())
    return _signed_by_the_agency({new: stream(b"48656c6c6f>", b"/Filter/ASCIIHexDecode")})
