"""Something is laid over the page, which itself stays as it was signed: remarks, fields, seals of strangers."""

from io import BytesIO

from PIL import Image
from pyhanko import stamp
from pyhanko.pdf_utils import images
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter

from certgen.sign.keys import Key
from tests.forger.edit import append, body, number_of, page_number, patch_form, size_of
from tests.forger.forgery import forgery
from tests.forger.genuine import one_seal
from tests.forger.house import Authority, new_key, the_house
from tests.forger.signing import Unasked, simple_signer


def _annotated(annotation: bytes, *, form: bool = True) -> bytes:
    """An annotation on the page; `%d` in it is the number of its appearance."""
    data = one_seal()
    new = size_of(data)
    page = body(data, page_number(data)).replace(b"/Annots[", b"/Annots[%d 0 R " % (new + 2))
    appearance = b"/AP<</N %d 0 R>>" % new if form else b""
    objects = {
        page_number(data): page,
        new + 2: b"<</Type/Annot/Rect[540 380 800 420]/F 4%b%b>>" % (annotation, appearance),
    }
    return append(data, objects | (patch_form(new) if form else {}))


@forgery("changes/page", shows=True)
def a_rubber_stamp() -> bytes:
    return _annotated(b"/Subtype/Stamp/Name/Approved")


@forgery("changes/page", shows=True)
def free_text() -> bytes:
    return _annotated(b"/Subtype/FreeText/DA(/Helv 12 Tf)/Contents(FORGED LI SI)")


@forgery("changes/page", shows=True)
def a_white_square() -> bytes:
    """Takes away instead of adding."""
    return _annotated(b"/Subtype/Square/C[1 1 1]/IC[1 1 1]", form=False)


@forgery("changes/page", shows=True)
def a_highlight() -> bytes:
    points = b"540 420 800 420 540 380 800 380"
    return _annotated(b"/Subtype/Highlight/C[0 0 0]/QuadPoints[%b]" % points, form=False)


@forgery("changes/page", shows=True)
def a_watermark() -> bytes:
    return _annotated(b"/Subtype/Watermark")


@forgery("changes/page")
def a_link_to_elsewhere() -> bytes:
    return _annotated(b"/Subtype/Link/A<</S/URI/URI(https://forged.example/)>>", form=False)


@forgery("changes/page", shows=True)
def a_redaction() -> bytes:
    return _annotated(b"/Subtype/Redact/IC[0 0 0]/QuadPoints[540 420 800 420 540 380 800 380]")


@forgery("fields/unexpected", shows=True)
def a_text_field_over_the_name() -> bytes:
    """The form-field shadow: the page stays, the field's value covers it."""
    data = one_seal()
    new = size_of(data)
    annotated = _annotated(b"/Subtype/Widget/FT/Tx/T(Name)/V(FORGED LI SI)")
    seal = number_of(data, b"/T(AgencySeal)")
    catalog = body(data, 1).replace(
        b"/Fields[%d 0 R" % seal, b"/Fields[%d 0 R %d 0 R" % (seal, new + 2)
    )
    return append(annotated, {1: catalog})


@forgery("changes/page", shows=True)
def a_widget_of_no_field() -> bytes:
    """On the page alone: a form has never heard of it."""
    return _annotated(b"/Subtype/Widget/FT/Tx/T(Name)/V(FORGED LI SI)")


def _picture() -> images.PdfImage:
    return images.PdfImage(Image.new("RGB", (260, 40), (250, 250, 250)))


def _countersigned(key: Key, name: str, *, visible: bool = True) -> bytes:
    """Somebody signs once more, with a picture over the name."""
    writer = IncrementalPdfFileWriter(BytesIO(one_seal()))
    box = (540, 380, 800, 420) if visible else None
    fields.append_signature_field(writer, SigFieldSpec(name, box=box, on_page=0))
    meta = signers.PdfSignatureMetadata(
        field_name=name, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    style = stamp.StaticStampStyle(border_width=0, background=_picture(), background_opacity=1.0)
    signer = Unasked(meta, signer=simple_signer(key), stamp_style=style if visible else None)
    return bytes(signer.sign_pdf(writer, existing_fields_only=True).getbuffer())


@forgery("fields/unexpected", shows=True)
def a_stranger_s_visible_signature() -> bytes:
    """The sneaky signature: a seal that is a patch, made by anybody."""
    return _countersigned(Authority("陌生 CA").certify("李四", new_key()), "Signature1")


@forgery("certify/permission", shows=True)
def a_branch_that_was_never_asked() -> bytes:
    """The branch's own key is trusted; the agency allowed nobody to sign after it."""
    return _countersigned(the_house().branch, "BranchSeal")


@forgery("fields/unexpected")
def a_stranger_s_invisible_signature() -> bytes:
    return _countersigned(
        Authority("陌生 CA").certify("李四", new_key()), "Approval", visible=False
    )


@forgery("fields/duplicate", shows=True)
def a_second_field_of_the_same_name() -> bytes:
    data = one_seal()
    new = size_of(data)
    seal = number_of(data, b"/T(AgencySeal)")
    annotated = _annotated(b"/Subtype/Widget/FT/Sig/T(AgencySeal)")
    catalog = body(data, 1).replace(
        b"/Fields[%d 0 R" % seal, b"/Fields[%d 0 R %d 0 R" % (seal, new + 2)
    )
    return append(annotated, {1: catalog})
