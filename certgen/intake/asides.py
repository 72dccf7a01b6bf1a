"""Rows under the header that are no people: totals (合计), notes and signatures, numbered blanks.

They are passed over, and each is said, so that the clerk can see that nobody was lost. A row that
has anything like an identity number is a person, whatever else stands in it.
"""

import re
from collections.abc import Sequence
from enum import StrEnum

from certgen.intake.cells import Cell, is_blank, note, text_of
from certgen.intake.columns import Field, Header
from certgen.intake.grids import Merged, Table
from certgen.model.finding import Finding
from certgen.standards.text import half_width, shown


class Aside(StrEnum):
    """Why a row is no person. The values are the codes of the notes."""

    TOTAL = "roster/total-row"
    NOTE = "roster/note-row"
    BLANK = "roster/blank-row"  # only a running number, or cells of unknown columns


_NUMBER_LIKE = re.compile(r"[0-9]{6}|[0-9](?:\.[0-9]+)?e\+?[0-9]", re.IGNORECASE)
_IDENTITY_LIKE = re.compile("[0-9]{15}")
_TOTAL = re.compile(
    r"(?:本页|本班|以上)?(?:合计|小计|总计|共计|累计|总人数|合计人数|total|sub-?total|grandtotal|sum)"
    r"[:：]?(?:[0-9]+(?:人|名|本|张)?)?",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"(?:备注|附注|说明|填表说明|注|制表|制表人|填表人|填报人|编制|审核|审核人|复核|复核人|审批|负责人|经办人"
    r"|联系人|联系电话|填报单位|制表单位|单位盖章|盖章|日期|制表日期|填表日期|制表时间"
    r"|notes?|remarks?|prepared ?by|checked ?by|approved ?by|signed|date)"
    r"(?:\([^()]*\))?[0-9]*(?:[:.、].*)?",
    re.IGNORECASE | re.DOTALL,
)
_LONG = 15  # characters: no count is as long
SENTENCE = 3
"""From as many merged columns on, a row is a sentence and no value of a column."""


class Asides:
    """Tells the people of one table from its other rows."""

    def __init__(self, table: Table, header: Header) -> None:
        self._number = header.columns[Field.IDENTITY_NUMBER][0]
        self._skill = tuple(header.columns[field][0] for field in header.necessary[2:])
        self._known = tuple(at for columns in header.columns.values() for at in columns)
        self._wide = _wide_rows(table.merged, header)

    def of(self, row: int, cells: Sequence[Cell]) -> Aside | None:
        """Why the row is no person; None for a person. `cells` are not all blank."""
        number = _text(cells, self._number)
        if len(number) >= _LONG or _NUMBER_LIKE.search(half_width(number)):
            return None
        if all(not _is_label(_text(cells, at)) for at in self._skill):
            return None  # an occupation and a level: somebody whose number is missing
        filled = [half_width(text_of(cell)).strip() for cell in cells if not is_blank(cell)]
        if any(map(_IDENTITY_LIKE.search, filled)):
            return None  # a number in another column: to be refused, not passed over
        if any(_TOTAL.fullmatch("".join(text.split())) for text in filled):
            return Aside.TOTAL
        if _NOTE.fullmatch(filled[0]) or row in self._wide:
            return Aside.NOTE
        return None if any(_text(cells, at) for at in self._known) else Aside.BLANK


def _text(cells: Sequence[Cell], at: int) -> str:
    return text_of(cells[at]).strip() if at < len(cells) else ""


def _is_label(text: str) -> bool:
    """Whether the text is no value of a person: blank, or a signature such as '审核：'."""
    return not text or ":" in half_width(text)


def passed_over(aside: Aside, first: str) -> Finding:
    """The note about a total or a signature; `first` is the text of its first filled cell."""
    quoted = shown(first.strip())
    if aside is Aside.TOTAL:
        return note(
            aside,
            zh=f"“{quoted}”是合计行，不算人员",
            en=f"'{quoted}' is a row of totals and no person",
        )
    return note(
        aside,
        zh=f"“{quoted}”是表下的说明或签名，不算人员",
        en=f"'{quoted}' is a note or a signature under the table and no person",
    )


def _wide_rows(merged: Sequence[Merged], header: Header) -> frozenset[int]:
    return frozenset(
        area.first_row
        for area in merged
        if area.first_row > header.row and area.last_column - area.first_column + 1 >= SENTENCE
    )
