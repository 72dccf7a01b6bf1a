"""The fields of a certificate, found beside their labels: 姓名, 证件号码, 职业名称 and the others.

人社鉴发〔2021〕1号 附件 gives the labels; their values stand to the right, on the same line, and may go on below.
Nothing is guessed: a label without a value beside it gives nothing.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from certgen.errors import LevelError
from certgen.standards.contents import ISSUE_DATE, LABELS
from certgen.standards.identity_types import IdentityType
from certgen.standards.levels import Level
from certgen.standards.text import half_width
from verify.claims import Channel, Claim, Field
from verify.page.lines import Line, PageText, folded

_AGENCY = re.compile(r"本证书由(.{2,60}?)颁发")
_CODE = re.compile(r"[YS][0-9]{21}")
_DATE_ZH = re.compile(r"(20[0-9]{2})年([0-9]{1,2})月([0-9]{1,2})日")
_DATE_EN = re.compile(r"([A-Z][a-z]{2,8})([0-9]{1,2}),?(20[0-9]{2})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_COLON = "：:"
_TAIL = 4


def fields_of(page: PageText) -> tuple[Claim, ...]:
    """What the page claims, at most one value a field."""
    channel = Channel.OCR if page.by_ocr else Channel.PDF_TEXT
    return tuple(Claim(field, value, channel) for field, value in _values(page).items())


def _values(page: PageText) -> dict[Field, str]:
    found: dict[Field, str] = {}
    for id_, label in LABELS.items():
        text = _beside(page.lines, label.zh)
        if text:
            found.update(_read(id_, text))
    text = _beside(page.lines, ISSUE_DATE.zh) or ""
    day = _date(text) or _date(_beside(page.lines, ISSUE_DATE.en)) or _date(page.text)
    if day:
        found[Field.ISSUE_DATE] = day.isoformat()
    agency = _AGENCY.search(folded("".join(line.text for line in _left_column(page.lines))))
    if agency:
        found[Field.AGENCY] = agency.group(1)
    return found


def _read(id_: str, text: str) -> Iterator[tuple[Field, str]]:
    """The value as claims keep it; nothing where it is not of the form of its field."""
    plain = half_width("".join(text.split()))
    match id_:
        case "code":
            found = _CODE.search(plain.upper())
            yield Field.CODE, found.group() if found else plain
        case "identity_number":
            yield Field.IDENTITY_TAIL, plain[-_TAIL:].upper()
        case "identity_type":
            kind = IdentityType.parse(plain)
            if kind:
                yield Field.IDENTITY_TYPE, kind.value
        case "level":
            try:
                yield Field.LEVEL, f"{Level.parse(plain):d}"
            except LevelError:
                return
        case _:
            yield Field(id_), text


def _beside(lines: Iterable[Line], label: str) -> str:
    """What stands to the right of `label`, '' if the label or anything beside it is missing."""
    lines = tuple(lines)
    for line in lines:
        text = folded(line.text)
        if not text.startswith(folded(label)):
            continue
        rest = text[len(folded(label)) :]
        if rest and rest[0] not in _COLON:
            continue  # 工种 also begins other words
        inside = line.text.partition("：")[2] or line.text.partition(":")[2]
        if inside.strip():
            return inside.strip()
        return _right_of(line, lines)
    return ""


def _right_of(label: Line, lines: tuple[Line, ...]) -> str:
    """The pieces right of the label on its line, and those that go on under the first of them."""
    right = sorted(
        (one for one in lines if one.left >= label.right - label.height and one.beside(label)),
        key=lambda one: one.left,
    )
    right = [one for one in right if one is not label]
    if not right:
        return ""
    first, text = right[0], right[0].text
    for one in right[1:]:
        text += one.text
    below = [
        one
        for one in lines
        if one is not first
        and abs(one.left - first.left) < first.height
        and 0 < one.middle - first.middle < 1.6 * first.height
        and not any(_is_label(other) and other.beside(one) for other in lines)
    ]
    return text + "".join(one.text for one in sorted(below, key=lambda one: one.top))


def _is_label(line: Line) -> bool:
    text = folded(line.text)
    return any(text.startswith(folded(label.zh)) for label in (*LABELS.values(), ISSUE_DATE))


def _left_column(lines: Iterable[Line]) -> list[Line]:
    """The lines of the left half, top down: the body stands there."""
    return sorted((line for line in lines if line.left < 0.5), key=lambda line: line.top)


def _date(text: str) -> date | None:
    plain = half_width("".join(text.split()))
    chinese, english = _DATE_ZH.search(plain), _DATE_EN.search(plain)
    try:
        if chinese:
            year, month, day = (int(part) for part in chinese.groups())
            return date(year, month, day)
        if english:
            name, day_text, year_text = english.groups()
            return date(int(year_text), _MONTHS.index(name[:3].lower()) + 1, int(day_text))
    except ValueError:
        return None
    return None
