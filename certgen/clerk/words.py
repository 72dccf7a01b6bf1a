"""The words, colours and order in which the clerk's papers speak of findings (发现)."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from certgen.errors import Said
from certgen.model.finding import Finding, Severity

SEVERITIES: Mapping[Severity, Said] = {
    Severity.ERROR: Said("错误", "error"),
    Severity.REVIEW: Said("复核", "review"),
    Severity.WARNING: Said("提醒", "warning"),
    Severity.NOTE: Said("说明", "note"),
}

COLOURS: Mapping[Severity, str] = {
    Severity.ERROR: "FFFF8080",
    Severity.REVIEW: "FFFFC266",
    Severity.WARNING: "FFFFEB84",
}
"""Grounds (ARGB) on which black text stays readable. A note asks for nothing and has none."""

FACE = "Calibri"
"""openpyxl's own face for cells; a font without a name would be shown in a serif."""

_ORDER = {severity: order for order, severity in enumerate(Severity)}
# What an XML file, and so a workbook, cannot hold (XML 1.0, production Char).
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def gravest_first(findings: Iterable[Finding]) -> list[Finding]:
    """Errors before notes; within a severity from the top of the file down."""
    return sorted(findings, key=lambda finding: (_ORDER[finding.severity], *in_file(finding)))


def in_file(finding: Finding) -> tuple[str, int, int, str]:
    """A key that sorts as the file reads; what is about a whole file comes before its rows."""
    place = finding.place
    return place.sheet, place.row or 0, len(place.column), place.column  # B before AA


def cell_name(finding: Finding) -> str:
    """As Excel names the cell: 'C7'; '' for a finding about a whole file or row."""
    place = finding.place
    return f"{place.column}{place.row}" if place.row and place.column else ""


def width(text: str) -> int:
    """How many half-width columns the widest line of `text` takes: a Chinese character takes two."""
    return max((sum(map(_columns, line)) for line in text.splitlines()), default=0)


def writable(text: str) -> str:
    """`text` as a workbook can hold it: characters that XML forbids become U+FFFD."""
    return _NOT_IN_XML.sub("\ufffd", text)


def _columns(char: str) -> int:
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
