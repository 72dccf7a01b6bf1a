"""What our certificates are made of, and what they never hold: a whitelist of the catalog and the page.

Scripts, layers, attachments, forms of XFA, remarks: whatever could make a page show another thing tomorrow than today
is refused, even if the agency itself signed it.
"""

import zlib

import pikepdf

from verify.checks.signed_pdf.rules import Found
from verify.checks.signed_pdf.signatures import field_names

_CATALOG = {
    "/Type", "/Pages", "/AcroForm", "/Perms", "/Metadata", "/OutputIntents", "/Lang", "/Version",
    "/Extensions", "/ViewerPreferences", "/DSS",
}  # fmt: skip
_FORM = {"/Fields", "/SigFlags"}
_PAGE = {"/Type", "/Parent", "/MediaBox", "/TrimBox", "/Contents", "/Annots", "/Resources"}
_RESOURCES = {"/Font", "/XObject", "/ExtGState", "/ProcSet", "/ColorSpace"}
_XOBJECTS = {"/Image", "/Form"}
_PIECE = 1_048_576


_FILTERS = {"/FlateDecode", "/DCTDecode"}
_MOST_DECODED = 64 * 1_048_576  # all streams together; a certificate has about one


class TooLargeError(Exception):
    """Decoded, the file would be larger than any certificate: nobody shall decode it."""


def check_sizes(pdf: pikepdf.Pdf, found: Found) -> None:
    """Decode every compressed stream, up to a limit. Raises `TooLargeError` where more would come."""
    left = _MOST_DECODED
    for one in pdf.objects:
        if not isinstance(one, pikepdf.Stream):
            continue
        how = one.get("/Filter")
        plain = how is None or how in _FILTERS
        found.unless(plain, "form/filters")
        if how == "/FlateDecode":
            left -= _decoded_size(one.read_raw_bytes(), left)
        if left <= 0:
            found.note("read/size")
            raise TooLargeError


def _decoded_size(raw: bytes, most: int) -> int:
    size, engine = 0, zlib.decompressobj()
    while raw and size < most and not engine.eof:
        size += len(engine.decompress(raw, _PIECE))
        raw = engine.unconsumed_tail
    return size


def check_content(pdf: pikepdf.Pdf, found: Found) -> None:
    """Note whatever a certificate does not have."""
    found.unless(not pdf.is_encrypted, "form/encrypted")
    catalog = pdf.Root
    form = catalog.get("/AcroForm", pikepdf.Dictionary())
    plain = set(catalog.keys()) <= _CATALOG and set(form.keys()) <= _FORM
    found.unless(plain, "form/catalog")
    pages = list(pdf.pages)
    found.unless(len(pages) == 1, "form/pages")
    for page in pages:
        _check_page(page.obj, found)
    names = field_names(pdf)
    found.unless(len(set(names)) == len(names), "fields/duplicate")


def _check_page(page: pikepdf.Object, found: Found) -> None:
    resources = page.get("/Resources", pikepdf.Dictionary())
    objects = resources.get("/XObject", pikepdf.Dictionary())
    plain = set(page.keys()) <= _PAGE and set(resources.keys()) <= _RESOURCES
    plain = plain and all(
        objects[name].get("/Subtype") in _XOBJECTS and "/OC" not in objects[name]
        for name in objects.keys()  # noqa: SIM118 - a pikepdf object iterates over something else
    )
    found.unless(plain, "form/page")
    widgets = all(
        one.get("/Subtype") == "/Widget"
        and one.get("/FT") == "/Sig"
        and not {"/A", "/AA", "/OC"} & set(one.keys())
        for one in page.get("/Annots", pikepdf.Array())
    )
    found.unless(widgets, "form/annotations")
