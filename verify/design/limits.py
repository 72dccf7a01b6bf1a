"""How much of a proposed design is read, so that a hostile file ends with a message in bounded time.

Each limit is far above what a lawful design needs; where one is passed the file is refused
(`InputError`) or the rest is *undecided*, never clean.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one reading. The defaults suit a design of some pages on a small computer."""

    file_bytes: int = 100_000_000
    pages: int = 200
    seconds: float = 60.0  # for all pages, and 10 more for each page over 60
    seconds_a_page: float = 20.0
    memory_bytes: int = 2_000_000_000  # address space of the reading process
    characters: int = 200_000  # a page
    objects: int = 100_000  # a page
    depth: int = 12  # form XObjects or XML elements nested in each other count separately
    pixels: int = 100_000_000  # of one picture
    side_mm: float = 3_000.0  # of a page
    dpi: int = 150  # at which a page is drawn to see what is painted
    zip_bytes: int = 300_000_000  # unpacked
    zip_parts: int = 5_000
    xml_depth: int = 200
    conversion_seconds: float = 90.0  # LibreOffice
    convert: bool = True  # have LibreOffice lay out DOCX and PPTX where it is there
    ocr: bool = False  # read pictures with the extra [ocr]


DEFAULT = Limits()
