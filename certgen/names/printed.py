"""The texts a batch will print, each with its role and where the clerk finds it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from certgen.compose import by_script, layout_for, static_texts
from certgen.exchange.agency import Agency
from certgen.intake.cells import Cell, Read, text_of
from certgen.intake.columns import Field
from certgen.intake.hands import Hand
from certgen.intake.sheets import Sheet
from certgen.intake.texts import read_job, read_name, read_occupation
from certgen.model.finding import Place

FILLED_ROLE = "fangsong"
"""Filled values: 统一使用小四号仿宋体字填写, 人社鉴发〔2021〕1号 三(一)."""

_READERS: Mapping[Field, Callable[[Cell], Read[str]]] = {
    Field.NAME: read_name,
    Field.OCCUPATION: read_occupation,
    Field.JOB: read_job,
}


@dataclass(frozen=True, slots=True)
class Printed:
    """One text in one role."""

    text: str
    role: str  # kai, fangsong, hei, times
    place: Place


def in_roster(sheet: Sheet) -> Iterator[Printed]:
    """Names, occupations and jobs of every row; those of a row that is refused as they stand."""
    for row, cells in sheet.people():
        hand = Hand(replace(sheet.place, row=row), sheet.header, cells)
        for field, reader in _READERS.items():
            text = hand.take(field, reader)
            if text is None:  # a character that cannot be printed: the very thing to be shown
                text = text_of(hand.cell(field)).strip()
            place = replace(hand.place, column=sheet.header.letter(field))
            yield Printed(text, FILLED_ROLE, place)


def in_forms(agency: Agency) -> Iterator[Printed]:
    """What stands on every certificate, of the agency and of each branch."""
    for branch in (None, *agency.branches):
        texts = static_texts(agency, branch)
        for slot in layout_for(agency, branch).texts:
            for part in slot.parts if slot.static else ():
                for text, role in by_script(texts[part.key], part.role, part.latin):
                    yield Printed(text, role, Place(file=f"机构配置 agency file ({slot.id})"))
