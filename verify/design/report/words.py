"""How every report words a place: page and millimetres, the line with its span, numbers of people masked."""

import re
import unicodedata
from typing import NamedTuple

from certgen.errors import Said
from verify.design.clauses import NO_CLAUSE, Clause
from verify.design.finding import Finding, Place

_AROUND = 24
"""Characters of context on each side of the span."""

_PERSONAL = re.compile(r"(?<![0-9A-Za-z])(?=[A-Za-z]{0,3}[0-9])[0-9A-Za-z]{8,18}(?![0-9A-Za-z])")
_PRINT_NUMBER = re.compile(r"8{8}")


class Line(NamedTuple):
    """A line of context: what stands before the span, the span, and behind it."""

    before: str
    span: str
    behind: str


def masked(text: str) -> str:
    """`text` with whatever may be an identity number starred but for its end; its length stays.

    A certificate code has 22 characters and stays, as does the 88888888 of a specimen.
    """
    return _PERSONAL.sub(_starred, text)


def _starred(found: re.Match[str]) -> str:
    word = found.group()
    if _PRINT_NUMBER.fullmatch(word) or word.isalpha():
        return word
    return "*" * (len(word) - 2) + word[-2:]


def line_of(place: Place) -> Line:
    """The span in its line, with a little of what stands around it; invisible characters are named."""
    text = masked(place.context)
    first = max(text.rfind("\n", 0, place.start) + 1, place.start - _AROUND)
    end = text.find("\n", place.end)
    last = min(len(text) if end < 0 else end, place.end + _AROUND)
    before = ("…" if first > 0 and text[first - 1] != "\n" else "") + text[first : place.start]
    behind = text[place.end : last] + ("…" if last < len(text) and text[last] != "\n" else "")
    return Line(visible(before), visible(text[place.start : place.end]), visible(behind))


def visible(text: str) -> str:
    """Line ends as ↵, and what draws nothing by its number: 国<U+200B>家."""
    return "".join(map(_visible, text))


def _visible(char: str) -> str:
    if char in "\n\r":
        return "↵"
    if char in " \u3000":
        return char
    return char if char.isprintable() else f"<U+{ord(char):04X}>"


def width_of(text: str) -> int:
    """Columns of a terminal: a Chinese character takes two."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def where(place: Place) -> Said:
    """'第 1 页，左 24.0 上 61.5 mm', or the part of the file."""
    if place.page == 0:
        name = place.where or ""
        return Said(
            f"文件：{name}" if name else "整个文件", f"file: {name}" if name else "the whole file"
        )
    box = place.box
    if box is None:
        return Said(f"第 {place.page} 页", f"page {place.page}")
    return Said(
        f"第 {place.page} 页，距左 {box.x0:.1f} mm、距上 {box.y0:.1f} mm",
        f"page {place.page}, {box.x0:.1f} mm from the left, {box.y0:.1f} from the top",
    )


def clause_of(clause: Clause) -> Said:
    """Document and article, or that there is none."""
    return Said(str(clause), str(clause)) if clause.document else NO_CLAUSE


def quoted(finding: Finding) -> str:
    """'人社鉴发〔2021〕1号 五(二)：“…”', and the clause that lets it pass."""
    if not finding.clause.document:
        return ""
    parts = [f"{finding.clause}：“{finding.clause.quote}”"]
    if finding.also:
        parts.append(f"{finding.also}：“{finding.also.quote}”")
    return "；".join(parts)
