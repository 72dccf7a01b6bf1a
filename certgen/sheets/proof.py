"""The proof sheet (姓名校对单): every name, large, for its holder to compare and to sign.

A name goes onto a certificate as the roster has it, and a wrong one costs a number. So each holder
sees the own name in the face of the certificate (仿宋, 人社鉴发〔2021〕1号 三(一)). Characters that
are easily mistaken for others stand below the name with their code points.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from unicodedata import category

from certgen.fonts.faces import Face
from certgen.fonts.fontset import FontSet
from certgen.model.page import Mm, Rule
from certgen.model.record import Record
from certgen.sheets.document import (
    HEIGHT,
    MARGIN,
    UNDRAWN,
    WIDTH,
    Item,
    Typesetter,
    last_four,
    page_number,
    writing,
)
from certgen.standards.characters import tier
from certgen.wrapping import wrap

ROWS = 20
"""Rows on a page, when none of them needs a second line for a long name."""

_COLUMNS = (12.0, 56.0, 18.0, 44.0, 24.0, 32.0)  # mm
_HEADINGS = (
    "行 Row",
    "姓名 Name",
    "证件号 No.",
    "职业/工种 Occupation",
    "等级 Level",
    "签名 Signature",
)
_EDGES = tuple(MARGIN + sum(_COLUMNS[:at]) for at in range(len(_COLUMNS) + 1))
_TOP, _BOTTOM = 34.0, 14.0  # mm: title and headings above the rows, page number below
_ROW = (HEIGHT - _TOP - _BOTTOM) / ROWS
_PAD = 1.5  # mm between a line of the table and its text
_NAME_PT, _NAME_STEP = 16.0, 6.4  # mm from one line of a name to the next
_SMALL_PT, _SMALL_STEP = 9.0, 3.7
_NOTE_PT, _NOTE_STEP = 7.0, 3.0
_ASK = (
    "请逐字核对姓名及证件号末位，无误请签名；有误请勿签名，并告知工作人员。",
    "Compare every character of your name and the end of your number. Sign if all is right.",
)
_FIRST_LESS_COMMON_TIER = 3  # 通用规范汉字表 (国发〔2013〕23号): names and places


@dataclass(frozen=True, slots=True)
class _Entry:
    """One row of the table, broken into lines."""

    record: Record
    name: tuple[str, ...]
    notes: tuple[str, ...]
    work: tuple[str, ...]

    @property
    def height(self) -> Mm:
        name = len(self.name) * _NAME_STEP + len(self.notes) * _NOTE_STEP + 2 * _PAD
        return max(_ROW, name, len(self.work) * _SMALL_STEP + 2 * _PAD)


def write(
    path: Path, records: Sequence[Record], fonts: FontSet[Face], title: str, *, made: datetime
) -> None:
    """Write the proof sheet of these records to `path`. `StorageError` when the disk refuses it."""
    setter = Typesetter(fonts)
    pages = _paged([_entry(setter, record) for record in records])
    with writing(path, fonts, title, made) as document:
        for number, page in enumerate(pages, start=1):
            items = _head(setter, title, len(records))
            y = _TOP
            for entry in page:
                items += _row(setter, entry, y)
                y += entry.height
            items += [_level(_TOP), *(_upright(edge, _TOP - 7, y) for edge in _EDGES)]
            foot = page_number(number, len(pages))
            document.add([*items, *setter.centred(foot, "fangsong", 9, WIDTH / 2, HEIGHT - 7)])


def rare(text: str, fonts: FontSet[Face]) -> tuple[str, ...]:
    """The characters of a name to be compared with special care, each once.

    Those of the third tier of 通用规范汉字表 or outside it, and those that another face must draw.
    """
    first = fonts.faces["fangsong"][0]
    return tuple(
        char
        for char in dict.fromkeys(text)
        if not first.draws(char)
        or (
            category(char) == "Lo"
            and (tier(char) or _FIRST_LESS_COMMON_TIER) >= _FIRST_LESS_COMMON_TIER
        )
    )


def _entry(setter: Typesetter, record: Record) -> _Entry:
    def lines(text: str, size_pt: float, column: int) -> tuple[str, ...]:
        width = partial(setter.width, role="fangsong", size_pt=size_pt)
        return wrap(text, width, _COLUMNS[column] - 2 * _PAD)

    work = f"{record.occupation} / {record.job}" if record.job else record.occupation
    chain = setter.fonts.faces["fangsong"]
    marks = [
        f"{char} U+{ord(char):04X}"
        if any(face.draws(char) for face in chain)
        else f"{UNDRAWN} U+{ord(char):04X} 无字形 no glyph"
        for char in rare(record.name, setter.fonts)
    ]
    notes = lines("※ " + "  ".join(marks), _NOTE_PT, 1) if marks else ()
    return _Entry(record, lines(record.name, _NAME_PT, 1), notes, lines(work, _SMALL_PT, 3))


def _paged(entries: Sequence[_Entry]) -> list[list[_Entry]]:
    """The rows of each page; a page is full when the next row would not fit."""
    pages: list[list[_Entry]] = [[]]
    left = room = ROWS * _ROW + 1e-6  # heights are sums of fractions
    for entry in entries:
        if entry.height > left:
            pages.append([])
            left = room
        pages[-1].append(entry)
        left -= entry.height
    return pages


def _head(setter: Typesetter, title: str, count: int) -> list[Item]:
    items = setter.centred(title, "hei", 14, WIDTH / 2, 12)
    about = f"姓名校对单 Proof sheet · {count} 行 rows"
    for text, baseline in zip((about, *_ASK), (16.5, 20.5, 24.0), strict=True):
        items += setter.centred(text, "fangsong", _SMALL_PT, WIDTH / 2, baseline)
    for heading, left in zip(_HEADINGS, _EDGES, strict=False):
        items += setter.line(heading, "fangsong", 8, left + _PAD, _TOP - 2.2)
    return [*items, _level(_TOP - 7)]


def _row(setter: Typesetter, entry: _Entry, y: Mm) -> list[Item]:
    record = entry.record
    small = partial(setter.line, role="fangsong", size_pt=_SMALL_PT)
    x = [edge + _PAD for edge in _EDGES]
    baseline = y + _PAD + 5.2
    items = small(str(record.place.row or ""), x=x[0], baseline=baseline)
    items += small(last_four(record.identity_number), x=x[2], baseline=baseline)
    items += small(record.level_written, x=x[4], baseline=baseline)
    first = baseline if len(entry.work) == 1 else y + _PAD + 3.2
    for at, text in enumerate(entry.work):
        items += small(text, x=x[3], baseline=first + at * _SMALL_STEP)
    for at, text in enumerate(entry.name):
        items += setter.line(text, "fangsong", _NAME_PT, x[1], baseline + at * _NAME_STEP)
    below = baseline + (len(entry.name) - 1) * _NAME_STEP + 0.6
    for at, text in enumerate(entry.notes, start=1):
        items += setter.line(text, "fangsong", _NOTE_PT, x[1], below + at * _NOTE_STEP)
    return [*items, _level(y + entry.height)]


def _level(y: Mm) -> Rule:
    return Rule("table", _EDGES[0], y, _EDGES[-1], y, thickness_pt=0.5)


def _upright(x: Mm, top: Mm, bottom: Mm) -> Rule:
    return Rule("table", x, top, x, bottom, thickness_pt=0.5)
