"""From a file to what stands in it: QR texts, page text, metadata and a picture to show. No judgement here.

read_photo(Path("photo.jpg"))  # Seen(...)
read_pdf(Path("cert.pdf"))     # the same, in a process of its own: PDF parsers are written in C
"""

import io
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from math import atan2, degrees
from pathlib import Path

from PIL import Image

from certgen.errors import InputError, Said
from verify import bounded
from verify.decode import reader
from verify.decode.pages import pages
from verify.decode.picture import Picture, open_picture
from verify.decode.reading import Corners, Reading
from verify.page.lines import PageText
from verify.qr_text import QrKind, best, known, understand

PDF_SECONDS = 90.0
PDF_MEMORY = 4_000_000_000
PAGES_LOOKED_AT = 20
"""Pages of a PDF that are searched for the certificate; a longer one is for `certverify batch`."""

_NO_TEXT = Said("PDF 页面没有文字层（扫描件）", "the page of the PDF has no text (a scan)")
_NO_OCR = Said(
    "没有安装文字识别组件（certgen[ocr]），纸面文字未比较，请用眼核对",
    "the OCR extra (certgen[ocr]) is not installed: the printed text was not compared, use your eyes",
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What stands in one page of one file."""

    reading: Reading
    page: PageText | None = None
    page_trouble: Said | None = None  # why there is no text; None where nobody asked
    metadata: Mapping[str, str] = field(default_factory=dict)
    picture: bytes = field(default=b"", repr=False)  # JPEG, upright
    pages: int = 1
    portrait: str = ""  # fingerprint of the holder's picture, '' where it was not found

    @property
    def texts(self) -> tuple[str, ...]:
        """All QR texts, as they were found."""
        return tuple(one.text for one in self.reading.found)


def read_photo(source: Path | bytes, *, ocr: bool, seconds: float = reader.SECONDS) -> Seen:
    """What stands in a photo or scan. Raises `InputError` for a file that is no picture or breaks the limits."""
    reading = reader.read(source, known, seconds=seconds)
    return _photo(source, open_picture(source, reading.page), reading, ocr=ocr)


def read_pdf(source: Path | bytes, number: int | None = None, *, ocr: bool = False) -> Seen:
    """Page `number` (from 1) of a PDF, or the page with the best QR code.

    Raises `CertgenError` for a PDF that cannot be read within time and memory.
    """
    return bounded.call(_read_pdf, source, number, ocr, seconds=PDF_SECONDS, memory=PDF_MEMORY)


def read_page(source: Path | bytes, number: int, *, pdf: bool, ocr: bool | None) -> Seen:
    """One page of a batch. `ocr` None: printed text is read only where no code was found otherwise.

    Reads in this very process: `verify.batch.seeing` gives it one of its own.
    """
    if pdf:
        return _read_pdf(source, number, ocr)
    picture = open_picture(source, number)
    reading = reader.read(picture, known, seconds=5.0)
    wanted = ocr if ocr is not None else not _has_code(reading)
    return _photo(source, picture, reading, ocr=wanted)


def _photo(source: Path | bytes, picture: Picture, reading: Reading, *, ocr: bool) -> Seen:
    turn = quarter_turns(_corners(reading))
    page, trouble = _text(picture, turn) if ocr else (None, None)
    return Seen(
        reading,
        page,
        trouble,
        picture=_shown(source, reading.page, turn),
        portrait=_portrait(picture, reading),
    )


def _read_pdf(source: Path | bytes, number: int | None, ocr: bool | None) -> Seen:  # noqa: FBT001 - for the child
    from verify.page import pdf_text, shown  # noqa: PLC0415 - pdfium only where a PDF is read
    from verify.pdf_page import open_pages  # noqa: PLC0415

    picture, reading = _best_page(source, number)
    with open_pages(source) as document:
        page: PageText | None = pdf_text.page_text(document, picture.page - 1)
        metadata, count = pdf_text.metadata(document), len(document)
        jpeg = shown.of_page(document, picture.page - 1)
    trouble = None
    if page is not None and not page.lines:
        wanted = ocr if ocr is not None else not _has_code(reading)
        turn = quarter_turns(_corners(reading))
        page, trouble = _text(picture, turn) if wanted else (None, _NO_TEXT)
    portrait = _portrait(picture, reading)
    return Seen(reading, page, trouble, metadata, jpeg, count, portrait)


def _has_code(reading: Reading) -> bool:
    found = best(tuple(one.text for one in reading.found))
    return found is not None and bool(found.code)


def _portrait(picture: Picture, reading: Reading) -> str:
    from verify.batch.portraits import fingerprint  # noqa: PLC0415

    found = best(tuple(one.text for one in reading.found))
    return fingerprint(picture.grey, _corners(reading), found.text) if found else ""


def _best_page(source: Path | bytes, number: int | None) -> tuple[Picture, Reading]:
    found: tuple[int, Picture, Reading] | None = None
    for picture in pages(source, number):
        reading = reader.read(picture, known, seconds=5.0)
        one = best(tuple(each.text for each in reading.found))
        score = -1 if one is None else int(one.kind)
        if found is None or score > found[0]:
            found = score, picture, reading
        if score == QrKind.SIGNED or number is not None or picture.page >= PAGES_LOOKED_AT:
            break
    if found is None:
        raise InputError(
            zh=f"文件中没有第 {number or 1} 页", en=f"the file has no page {number or 1}"
        )
    return found[1], found[2]


def _text(picture: Picture, turn: int) -> tuple[PageText | None, Said | None]:
    from verify.page import ocr, shown  # noqa: PLC0415 - an extra, loaded when asked for

    if not ocr.installed():
        return None, _NO_OCR
    page = ocr.read_page(shown.turned(picture.red() or picture.grey, turn))
    if page.lines:
        return page, None
    return None, Said("图片中没有读到文字", "no text could be read in the picture")


def _corners(reading: Reading) -> Corners:
    """Those of the symbol that counts."""
    found = max(reading.found, key=lambda one: understand(one.text).kind, default=None)
    return found.corners if found else ()


def quarter_turns(corners: Corners) -> int:
    """How many quarter turns, anticlockwise, set the page upright, by the upper edge of its QR code."""
    if len(corners) < 2:
        return 0
    (x0, y0), (x1, y1) = corners[0], corners[1]
    return round(degrees(atan2(y1 - y0, x1 - x0)) / 90) % 4


def _shown(source: Path | bytes, page: int, turn: int) -> bytes:
    """The page as JPEG; b'' where Pillow changes its mind: a picture to look at is no evidence."""
    from verify.page import shown  # noqa: PLC0415 - pdfium comes with it

    with suppress(Exception):
        stream = io.BytesIO(source) if isinstance(source, bytes) else source
        with Image.open(stream) as image:
            if page > 1:
                image.seek(page - 1)
            return shown.of_picture(image, turn)
    return b""
