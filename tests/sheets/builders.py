"""Records and portraits for sheets, and what can be read back from one. People are invented."""

import io
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image

from certgen.model.finding import Place
from certgen.model.record import Record
from certgen.standards.identity import IdentityType, check_digit
from certgen.standards.levels import Level

MADE = datetime(2026, 1, 5, 8, tzinfo=UTC)


def a_number(serial: int = 1) -> str:
    """A resident number with a right check digit and an impossible place."""
    first = f"99000019900101{serial:03}"
    return first + check_digit(first)


def a_record(serial: int = 1, **changes: Any) -> Record:
    """A record in row `serial` + 1, changed as asked."""
    facts: dict[str, Any] = {
        "name": "张样例",
        "identity_type": IdentityType.RESIDENT_CARD,
        "identity_number": a_number(serial),
        "occupation": "车工",
        "job": "数控车工",
        "level": Level.THREE,
        "issue_date": date(2026, 1, 5),
        "site": "main",
        "place": Place("roster.xlsx", "", serial + 1),
    }
    return Record(**(facts | changes))


def a_photo(folder: Path, size: tuple[int, int] = (413, 579)) -> Path:
    path = folder / f"{size[0]}x{size[1]}.jpg"
    data = io.BytesIO()
    Image.new("RGB", size, (200, 220, 240)).save(data, "JPEG")
    path.write_bytes(data.getvalue())
    return path


@dataclass(frozen=True)
class Shown:
    """One page as a reader sees it."""

    text: str
    sizes: list[tuple[float, float]]  # of its pictures, in mm


def pages(path: Path) -> list[Shown]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [_shown(document[number]) for number in range(len(document))]
    finally:
        document.close()


def _shown(page: Any) -> Shown:
    boxes = [item.get_bounds() for item in page.get_objects(filter=[3])]  # FPDF_PAGEOBJ_IMAGE
    sizes = [
        (round((right - left) / 72 * 25.4, 1), round((top - bottom) / 72 * 25.4, 1))
        for left, bottom, right, top in boxes
    ]
    return Shown(page.get_textpage().get_text_bounded(), sizes)
