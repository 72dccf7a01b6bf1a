"""What a reader finds on the pages: text by two engines that share no code, and the photo.

pdfium draws and reads in Chromium; pypdf is pure Python. A file that is two documents at once, depending on who reads,
shows in their difference.
"""

import hashlib
import re
from io import BytesIO

import pikepdf
from pypdf import PdfReader

from verify.checks.signed_pdf.report import PageFacts
from verify.checks.signed_pdf.rules import Found
from verify.pdf_page import lines_of, open_pages, squeezed

_CODE = re.compile(r"(?<![0-9A-Z])[YS][0-9]{21}(?![0-9A-Z])")
_MOST_PAGES = 8
_PHOTO = "/Photo"


def read_page(data: bytes, pdf: pikepdf.Pdf, found: Found) -> PageFacts | None:
    """The facts, if both engines agree on the text; else the rule is noted."""
    try:
        ours, theirs = _by_pdfium(data), _by_pypdf(data)
    except Exception:  # noqa: BLE001 - each engine has its own errors
        found.note("read/text")
        return None
    found.unless(squeezed(ours) == squeezed(theirs), "text/engines")
    codes = set(_CODE.findall("\n".join(map(squeezed, ours.splitlines()))))
    about = pdf.trailer.get("/Info", pikepdf.Dictionary())
    return PageFacts(
        pages=len(pdf.pages),
        text=squeezed(ours),
        code=codes.pop() if len(codes) == 1 else None,
        title=str(about.get("/Title", "")),
        author=str(about.get("/Author", "")),
        photo_sha256=_photo(pdf),
    )


def _by_pdfium(data: bytes) -> str:
    with open_pages(data) as document:
        return "\n".join(
            lines_of(document, number) for number in range(min(len(document), _MOST_PAGES))
        )


def _by_pypdf(data: bytes) -> str:
    pages = PdfReader(BytesIO(data), strict=True).pages
    return "\n".join(page.extract_text() for page in pages[:_MOST_PAGES])


def _photo(pdf: pikepdf.Pdf) -> str | None:
    resources = pdf.pages[0].obj.get("/Resources", pikepdf.Dictionary())
    photo = resources.get("/XObject", pikepdf.Dictionary()).get(_PHOTO)
    return None if photo is None else hashlib.sha256(photo.read_raw_bytes()).hexdigest()
