"""Flowing pages: headings, paragraphs and tables that break where the page ends, with a foot that counts the pages.

    flow = Flow(Typesetter(fonts), foot="样例厂 · 报备材料")
    flow.heading(Said("一、尺寸", "1  Sizes"))
    flow.table((Column(40, Said("项目", "item")), Column(30, Said("实测", "measured"))), rows)
    for page in flow.pages(): document.add(page)

Chinese stands first and larger; English beside or below it, smaller.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from functools import partial

from certgen.compose import by_script
from certgen.errors import Said
from certgen.model.page import BLACK, Colour, Mark, Mm, Rule, Segment, Shape, TextRun
from certgen.sheets.document import HEIGHT, WIDTH, Item, Typesetter, page_number
from certgen.wrapping import wrap

LEFT: Mm = 20.0
RIGHT: Mm = WIDTH - 20.0
TOP: Mm = 20.0
BOTTOM: Mm = HEIGHT - 18.0

GREY = Colour((0.93, 0.93, 0.93), (0, 0, 0, 0.07))
RED = Colour((0.75, 0.05, 0.05), (0, 1, 1, 0.2))
FAINT = Colour((0.42, 0.42, 0.42), (0, 0, 0, 0.58))

_ZH_PT, _EN_PT = 9.0, 7.0
_ZH_STEP, _EN_STEP = 3.9, 3.0  # mm from one line to the next
_PAD: Mm = 1.3


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its width, its heading."""

    width: Mm
    heading: Said


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell; `en` may be ''. Both wrap."""

    zh: str
    en: str = ""
    colour: Colour = BLACK


def cell(said: Said, colour: Colour = BLACK) -> Cell:
    """A cell that says both."""
    return Cell(said.zh, "" if said.en == said.zh else said.en, colour)


Row = Sequence[Cell]


@dataclass(slots=True)
class Flow:
    """Pages that fill from the top. `foot` stands at the bottom of each beside its number."""

    setter: Typesetter
    foot: str
    y: Mm = TOP
    _pages: list[list[Item]] = field(default_factory=lambda: [[]])

    def pages(self, after: int = 0) -> list[list[Item]]:
        """Every page with its foot; `after` pages of another kind follow and are counted."""
        total = len(self._pages) + after
        return [
            [*page, *self._foot(number, total)] for number, page in enumerate(self._pages, start=1)
        ]

    @property
    def count(self) -> int:
        """How many pages there are so far."""
        return len(self._pages)

    def put(self, items: Sequence[Item]) -> None:
        """Items that know their own place on the present page."""
        self._pages[-1] += items

    def new_page(self) -> None:
        """Go on at the top of the next page."""
        self._pages.append([])
        self.y = TOP

    def room(self, height: Mm) -> None:
        """Go on at the next page unless so much is left on this one."""
        if self.y + height > BOTTOM and self.y > TOP:
            self.new_page()

    def gap(self, height: Mm) -> None:
        """Leave some white."""
        self.y += height

    def text(
        self,
        words: str,
        size_pt: float,
        *,
        role: str = "fangsong",
        step: Mm | None = None,
        indent_em: float = 0.0,
        x0: Mm = LEFT,
        x1: Mm = RIGHT,
        colour: Colour = BLACK,
    ) -> None:
        """A paragraph."""
        em = size_pt * 25.4 / 72
        leading = step or em * 1.6
        width = partial(self._width, role=role, size_pt=size_pt)
        lines = wrap(words, width, x1 - x0, first_width=x1 - x0 - indent_em * em)
        for number, line in enumerate(lines):
            self.room(leading)
            self.y += leading
            x = x0 + (indent_em * em if number == 0 else 0)
            self.put(self.line(line, role, size_pt, x, self.y - leading * 0.28, colour))

    def heading(self, said: Said) -> None:
        """A heading that stays with what follows."""
        self.room(32)
        self.gap(3 if self.y > TOP else 0)
        self.y += 6
        self.put(self.line(said.zh, "hei", 12, LEFT, self.y - 1.2))
        x = LEFT + self._width(said.zh, role="hei", size_pt=12) + 3
        self.put(self.line(said.en, "times", 9, x, self.y - 1.2, FAINT))
        self.y += 1.5

    def note(self, said: Said) -> None:
        """A remark in both languages."""
        self.text(said.zh, _ZH_PT, step=_ZH_STEP)
        self.text(said.en, _EN_PT + 0.5, step=_EN_STEP + 0.3, colour=FAINT)
        self.gap(1)

    def table(self, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        """A table whose headings come again on every page."""
        edges = [LEFT]
        for column in columns:
            edges.append(edges[-1] + column.width)
        heads = [cell(column.heading) for column in columns]
        self.room(self._height(heads, columns) + (self._height(rows[0], columns) if rows else 0))
        self._head(heads, columns, edges)
        for row in rows:
            if self.y + self._height(row, columns) > BOTTOM:
                self.new_page()
                self._head(heads, columns, edges)
            self._row(row, columns, edges)
        self.gap(2)

    def line(
        self, text: str, role: str, size_pt: float, x: Mm, baseline: Mm, colour: Colour = BLACK
    ) -> list[Item]:
        """One line whose Latin letters are set in Times."""
        items: list[Item] = []
        for piece, piece_role in by_script(text, role, "times"):
            for run in self.setter.line(piece, piece_role, size_pt, x, baseline):
                items.append(_in_colour(run, colour))
                x += run.width
        return items

    def _width(self, text: str, role: str, size_pt: float) -> Mm:
        return sum(
            self.setter.width(piece, piece_role, size_pt)
            for piece, piece_role in by_script(text, role, "times")
        )

    def _wrapped(self, words: str, size_pt: float, room: Mm) -> tuple[str, ...]:
        if not words:
            return ()
        width = partial(self._width, role="fangsong", size_pt=size_pt)
        return tuple(
            line for part in words.split("\n") for line in wrap(part, width, room - 2 * _PAD)
        )

    def _height(self, row: Row, columns: Sequence[Column]) -> Mm:
        heights = [
            len(self._wrapped(one.zh, _ZH_PT, column.width)) * _ZH_STEP
            + len(self._wrapped(one.en, _EN_PT, column.width)) * _EN_STEP
            for one, column in zip(row, columns, strict=True)
        ]
        return max(heights) + 2 * _PAD

    def _head(self, heads: Row, columns: Sequence[Column], edges: Sequence[Mm]) -> None:
        height = self._height(heads, columns)
        self.put([ground(edges[0], self.y, edges[-1], self.y + height)])
        self.put([_level(edges, self.y)])
        self._row(heads, columns, edges)

    def _row(self, row: Row, columns: Sequence[Column], edges: Sequence[Mm]) -> None:
        height = self._height(row, columns)
        for one, column, x in zip(row, columns, edges, strict=False):
            y = self.y + _PAD
            for line in self._wrapped(one.zh, _ZH_PT, column.width):
                y += _ZH_STEP
                self.put(self.line(line, "fangsong", _ZH_PT, x + _PAD, y - 0.9, one.colour))
            for line in self._wrapped(one.en, _EN_PT, column.width):
                y += _EN_STEP
                colour = FAINT if one.colour == BLACK else one.colour
                self.put(self.line(line, "fangsong", _EN_PT, x + _PAD, y - 0.8, colour))
        bottom = self.y + height
        self.put([Rule("table", edge, self.y, edge, bottom, 0.4) for edge in edges])
        self.y = bottom
        self.put([_level(edges, bottom)])

    def _foot(self, number: int, total: int) -> list[Item]:
        right = page_number(number, total)
        x = RIGHT - self._width(right, role="fangsong", size_pt=8)
        size = self.setter.fitting(self.foot, "fangsong", 8, x - LEFT - 6)
        return [
            Rule("foot", LEFT, HEIGHT - 14, RIGHT, HEIGHT - 14, 0.3),
            *self.line(self.foot, "fangsong", size, LEFT, HEIGHT - 10, FAINT),
            *self.line(right, "fangsong", 8, x, HEIGHT - 10, FAINT),
        ]


def _in_colour(run: TextRun, colour: Colour) -> TextRun:
    if colour == BLACK:
        return run
    plain = {one.name: getattr(run, one.name) for one in fields(TextRun)}
    return Mark(**plain, colour=colour)


def ground(x0: Mm, y0: Mm, x1: Mm, y1: Mm, colour: Colour = GREY) -> Shape:
    """A tinted rectangle."""
    path: tuple[Segment, ...] = (
        ("m", (x0, y0)),
        ("l", (x1, y0)),
        ("l", (x1, y1)),
        ("l", (x0, y1)),
        ("h", ()),
    )
    return Shape("ground", path, fill=colour)


def _level(edges: Sequence[Mm], y: Mm) -> Rule:
    return Rule("table", edges[0], y, edges[-1], y, 0.4)
